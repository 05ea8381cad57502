"""Reading Excel workbooks (.xlsx, .xlsm)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from perfeval.forms.grid import Contents, Square, Table, unreadable
from perfeval.numbers.rounding import decimal, plain, quantum
from perfeval.problems import InputError, Origin, problem
from perfeval.text.messages import Said, said
from perfeval.toml import source

#: More cells than any form has: a sheet that goes on is refused, and not cut.
ROWS: Final = 20_000
COLUMNS: Final = 60
#: A format that shows a fixed number of decimals, and what else a format holds: fillers, texts, colours.
_FIXED: Final = re.compile(r"[#,0]*0(?:\.(0+))?(%)?")
_BESIDES: Final = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|[$¥￥+\- ]')
#: The format that shows 250000 as 25.0: thousands are left out, and a point stands before the last digits.
_IN_WAN: Final = re.compile(r"0!\.(0+),")
#: A number typed with an equals sign, which Excel keeps as a formula.
_TYPED: Final = re.compile(r"=\s*[0-9]+(?:\.[0-9]+)?%?")
#: A spreadsheet computes with so many digits, and shows no more.
_DIGITS: Final = 15


def read(path: Path) -> Contents:
    """Read the visible cells of the workbook *path*. InputError where it cannot be read."""
    try:
        import openpyxl
    except ImportError:
        raise InputError(
            [problem("extra-missing", Origin(str(path)), found=path.suffix, extra="office", needed="openpyxl")]
        ) from None
    source.sized(path)
    try:
        shown, written = (openpyxl.load_workbook(path, data_only=only, rich_text=True) for only in (True, False))
    except Exception as error:  # noqa: BLE001  # a broken archive raises whatever its parts do
        raise unreadable(path, error) from None
    tables: list[Table] = []
    notes: list[Said] = []
    uncounted: list[str] = []
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(said("left-out-sheet", name=sheet.title))
            continue
        if sheet.max_row > ROWS and _last_row(sheet) > ROWS:
            reason = f"{sheet.title}: {sheet.max_row} > {ROWS} rows"
            raise InputError([problem("document-unreadable", Origin(str(path)), reason=reason)])
        tables.append(_table(sheet, written[sheet.title], len(shown.worksheets) > 1, notes, uncounted))
    if uncounted:
        raise InputError([problem("formula-without-value", Origin(str(path)), cells=tuple(uncounted))])
    return Contents(blocks=tuple(tables), apart=True, notes=tuple(notes))


def _last_row(sheet: Any) -> int:
    """The last row with a value: a sheet may say that it goes on for a million blank ones."""
    filled = (row for row, _ in sheet._cells if sheet._cells[row, _].value is not None)
    return max(filled, default=0)


def _table(sheet: Any, written: Any, named: bool, notes: list[Said], uncounted: list[str]) -> Table:
    """The visible cells of *sheet*, merged ones filled; formulas that nobody has computed yet join *uncounted*."""
    first = _merged(sheet)
    rows, columns = _hidden(sheet.row_dimensions), _hidden_columns(sheet)
    grid: list[list[Square]] = []
    for row in range(1, min(sheet.max_row, _last_row(sheet)) + 1):
        squares: list[Square] = []
        for place in range(1, min(sheet.max_column, COLUMNS) + 1):
            origin = first.get((row, place), (row, place))
            cell = sheet.cell(*origin)
            label = f"{sheet.title}!{cell.coordinate}" if named else str(cell.coordinate)
            text = _text(cell) if cell.value is not None else _typed(written.cell(*origin).value)
            if text is None:
                text = ""
                uncounted += [label] if origin == (row, place) else []
            squares.append(Square(text, label, origin != (row, place)))
        if row in rows:
            if any(one.filled and not one.continued for one in squares):
                notes.append(said("left-out-row", sheet=sheet.title, row=str(row)))
            continue
        grid.append([one for place, one in enumerate(squares, 1) if place not in columns])
    filled = {place for (_, place), cell in sheet._cells.items() if cell.value is not None}
    gone = sorted(place for place in filled if place in columns or place > COLUMNS)
    notes += [said("left-out-column", sheet=sheet.title, column=str(place)) for place in gone]
    return Table(name=sheet.title, grid=grid)


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the first cell of every cell in a merged range, each as row and column."""
    return {
        (row, place): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, min(merged.max_row, ROWS) + 1)
        for place in range(merged.min_col, min(merged.max_col, COLUMNS) + 1)
    }


def _typed(formula: Any) -> str | None:
    """The text of a cell without a value: a number typed with an equals sign; None for a formula not yet computed."""
    if not isinstance(formula, str) or not formula.startswith("="):
        return ""
    return formula if _TYPED.fullmatch(formula) else None


def _hidden(dimensions: Mapping[int, Any]) -> set[int]:
    return {index for index, one in dimensions.items() if one.hidden or one.height == 0}


def _hidden_columns(sheet: Any) -> set[int]:
    found: set[int] = set()
    for one in sheet.column_dimensions.values():
        if one.hidden and one.min is not None:
            found.update(range(one.min, min(one.max or one.min, COLUMNS) + 1))
    return found


def _text(cell: Any) -> str:
    """Return the text of a cell as shown, as far as that is certain: without what is struck out."""
    value = cell.value
    if value is None or (cell.font is not None and cell.font.strike):
        return ""
    if isinstance(value, list):  # rich text: parts with fonts of their own
        return "".join(part if isinstance(part, str) else part.text for part in value if not _struck(part))
    return shown_as(value, str(cell.number_format))


def _struck(part: Any) -> bool:
    font = getattr(part, "font", None)
    return bool(font is not None and font.strike)


def shown_as(value: Any, number_format: str) -> str:
    """Return a value of a spreadsheet as its format shows it: a number with its decimals, a date as a date."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    # A float holds the number that was typed, or computed, only nearly.
    number = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    first = number_format.partition(";")[0]
    if (wan := _IN_WAN.fullmatch(first)) is not None:
        places = len(wan[1])
        steps = quantum(Decimal(1)).round(Fraction(number) / 1000)
        return plain(decimal(steps / 10**places, places))
    match = _FIXED.fullmatch(_BESIDES.sub("", first))
    if match is None:
        return plain(number.normalize() if number == number.to_integral_value() else number)
    places, percent = len(match[1] or ""), match[2] or ""
    rounded = quantum(Decimal(1).scaleb(-places)).round(Fraction(number) * (100 if percent else 1))
    return plain(decimal(rounded, places)) + percent
