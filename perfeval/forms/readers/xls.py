"""Reading old Excel workbooks (.xls)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perfeval.forms.grid import Contents, Square, Table, unreadable
from perfeval.forms.readers.xlsx import COLUMNS, shown_as
from perfeval.problems import InputError, Origin, problem
from perfeval.text.messages import Said, said
from perfeval.toml import source


def read(path: Path) -> Contents:
    """Read the visible cells of the workbook *path*. InputError where it cannot be read."""
    try:
        import xlrd
    except ImportError:
        raise InputError(
            [problem("extra-missing", Origin(str(path)), found=path.suffix, extra="office", needed="xlrd")]
        ) from None
    source.sized(path)
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=_Nowhere())
        sheets = [book.sheet_by_index(index) for index in range(book.nsheets)]
    except Exception as error:  # noqa: BLE001  # a broken file raises whatever its records do
        raise unreadable(path, error) from None
    notes: list[Said] = []
    tables: list[Table] = []
    for sheet in sheets:
        if sheet.visibility:
            notes.append(said("left-out-sheet", name=sheet.name))
        else:
            tables.append(_table(book, sheet, len(sheets) > 1, notes))
    return Contents(blocks=tuple(tables), apart=True, notes=tuple(notes))


class _Nowhere:
    """A log that nobody reads."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


def _table(book: Any, sheet: Any, named: bool, notes: list[Said]) -> Table:
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for top, bottom, left, right in sheet.merged_cells:
        first |= {(row, place): (top, left) for row in range(top, bottom) for place in range(left, right)}
    columns = {place for place, one in sheet.colinfo_map.items() if one.hidden}
    grid: list[list[Square]] = []
    for row in range(sheet.nrows):
        squares = [
            _square(book, sheet, first, (row, place), f"{sheet.name}!" if named else "")
            for place in range(min(sheet.ncols, COLUMNS))
            if place not in columns
        ]
        info = sheet.rowinfo_map.get(row)
        if info is not None and info.hidden:
            if any(one.filled and not one.continued for one in squares):
                notes.append(said("left-out-row", sheet=sheet.name, row=str(row + 1)))
            continue
        grid.append(squares)
    return Table(name=sheet.name, grid=grid)


def _square(book: Any, sheet: Any, first: dict[Any, Any], at: tuple[int, int], prefix: str) -> Square:
    import xlrd

    row, place = first.get(at, at)
    cell = sheet.cell(row, place)
    form = book.format_map.get(book.xf_list[cell.xf_index].format_key) if cell.xf_index is not None else None
    value: Any = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        value = xlrd.xldate_as_datetime(cell.value, book.datemode)
    elif cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR}:
        value = ""
    font = book.font_list[book.xf_list[cell.xf_index].font_index] if cell.xf_index is not None else None
    text = (
        "" if font is not None and font.struck_out else shown_as(value, "General" if form is None else form.format_str)
    )
    return Square(text, f"{prefix}{xlrd.cellname(row, place)}", (row, place) != at)
