"""Reading forms in Word documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from perfeval.forms.form import Form
from perfeval.forms.layout import Square, read_grid
from perfeval.problems import InputError, Origin, Problem, problem
from perfeval.toml import source

#: A line with the year alone is no longer; a sentence is.
_SHORT: Final = 20


def read(path: Path) -> Form:
    """The form in the document *path*: the first table that has the layout of one. InputError where none has."""
    try:
        import docx
    except ImportError:
        raise InputError([problem("extra-missing", Origin(str(path)), found="docx", needed="python-docx")]) from None
    source.sized(path)
    try:
        document = docx.Document(str(path))
        tables = [_grid(table, number, len(document.tables) > 1) for number, table in enumerate(document.tables, 1)]
        lines = [Square(one.text.strip(), "heading") for one in document.paragraphs]
    except Exception as error:  # noqa: BLE001  # a broken archive raises whatever its parts do
        reason = f"{type(error).__name__}: {error}"
        raise InputError([problem("document-unreadable", Origin(str(path)), reason=reason)]) from None
    above = [one for one in lines if "自评表" in one.text or len(one.text) < _SHORT]
    failed: list[Problem] = []
    for grid in tables:
        try:
            return read_grid(grid, str(path), above=above)
        except InputError as error:
            failed.extend(error.problems)
    raise InputError(failed[:1] or [problem("document-unreadable", Origin(str(path)), reason="no table")])


def _grid(table: Any, number: int, named: bool) -> list[list[Square]]:
    """The cells of *table*. Merged cells are one element of the document, met again in each place they fill."""
    seen: dict[Any, str] = {}
    grid: list[list[Square]] = []
    for line, row in enumerate(table.rows, 1):
        squares: list[Square] = []
        for place, cell in enumerate(row.cells, 1):
            element = cell._tc
            label = f"{f'table {number} ' if named else ''}row {line} column {place}"
            continued = element in seen
            text = "\n".join(one.text for one in cell.paragraphs).strip("\n")
            squares.append(Square(text, seen.setdefault(element, label), continued))
        grid.append(squares)
    return grid
