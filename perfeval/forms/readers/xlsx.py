"""Reading forms in Excel workbooks."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from perfeval.forms.form import Form
from perfeval.forms.layout import Square, read_grid
from perfeval.numbers.rounding import decimal, plain, quantum
from perfeval.problems import InputError, Origin, Problem, problem
from perfeval.toml import source

#: More cells than any form has: a sheet that goes on is refused, and not cut.
_ROWS: Final = 20_000
_COLUMNS: Final = 60
#: A format that shows a fixed number of decimals, and what else a format holds: fillers, texts, colours.
_FIXED: Final = re.compile(r"[#,0]*0(?:\.(0+))?(%)?")
_BESIDES: Final = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|[$¥￥+\- ]')
#: A spreadsheet computes with so many digits, and shows no more.
_DIGITS: Final = 15


def read(path: Path) -> Form:
    """The form in the workbook *path*: the first sheet that has the layout of one. InputError where none has."""
    try:
        import openpyxl
    except ImportError:
        raise InputError([problem("extra-missing", Origin(str(path)), found="xlsx", needed="openpyxl")]) from None
    source.sized(path)
    try:
        shown, written = (openpyxl.load_workbook(path, data_only=only) for only in (True, False))
    except Exception as error:  # noqa: BLE001  # a broken archive raises whatever its parts do
        reason = f"{type(error).__name__}: {error}"
        raise InputError([problem("document-unreadable", Origin(str(path)), reason=reason)]) from None
    failed: list[Problem] = []
    for sheet in shown.worksheets:
        if sheet.max_row > _ROWS:
            reason = f"{sheet.title}: {sheet.max_row} > {_ROWS} rows"
            raise InputError([problem("document-unreadable", Origin(str(path)), reason=reason)])
        grid, uncounted = _grid(sheet, written[sheet.title], len(shown.worksheets) > 1)
        try:
            form = read_grid(grid, str(path))
        except InputError as error:
            failed.extend(error.problems)
            continue
        if uncounted:
            raise InputError([problem("formula-without-value", Origin(str(path)), cells=tuple(uncounted))])
        return form
    raise InputError(failed[:1] or [problem("document-unreadable", Origin(str(path)), reason="no worksheet")])


def _grid(sheet: Any, written: Any, named: bool) -> tuple[list[list[Square]], list[str]]:
    """The cells of *sheet*, merged ones filled; and the formulas nobody has computed yet."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for place in range(merged.min_col, min(merged.max_col, _COLUMNS) + 1):
                first[row, place] = (merged.min_row, merged.min_col)
    grid: list[list[Square]] = []
    uncounted: list[str] = []
    for row in range(1, sheet.max_row + 1):
        squares: list[Square] = []
        for place in range(1, min(sheet.max_column, _COLUMNS) + 1):
            origin = first.get((row, place), (row, place))
            cell = sheet.cell(*origin)
            label = f"{sheet.title}!{cell.coordinate}" if named else str(cell.coordinate)
            formula = written.cell(*origin).value
            if cell.value is None and isinstance(formula, str) and formula.startswith("=") and origin == (row, place):
                uncounted.append(label)
            squares.append(Square(_text(cell), label, origin != (row, place)))
        grid.append(squares)
    return grid, uncounted


def _text(cell: Any) -> str:
    """Return the text of a cell as far as that is certain: a number in its format, a date as a date."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    # A float holds the number that was typed, or computed, only nearly.
    number = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    match = _FIXED.fullmatch(_BESIDES.sub("", str(cell.number_format).partition(";")[0]))
    if match is None:
        return plain(number.normalize() if number == number.to_integral_value() else number)
    places, percent = len(match[1] or ""), match[2] or ""
    shown = quantum(Decimal(1).scaleb(-places)).round(Fraction(number) * (100 if percent else 1))
    return plain(decimal(shown, places)) + percent
