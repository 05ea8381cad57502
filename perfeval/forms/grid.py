"""The contents of a document as grids of cells and lines of text, whatever its format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from perfeval.problems import InputError, Origin, problem
from perfeval.text.messages import Said


@frozen
class Square:
    """One cell of a grid: its text as shown, the name of its place, and whether it only continues a merged cell."""

    text: str
    label: str
    continued: bool = False

    @property
    def filled(self) -> bool:
        return bool(self.text.strip())


#: The rows of a table, each a sequence of cells.
Grid: TypeAlias = Sequence[Sequence[Square]]


@frozen(kw_only=True)
class Table:
    """One table or worksheet: its name in the document, and its cells."""

    name: str
    grid: Grid


@frozen(kw_only=True)
class Contents:
    """The tables of a document and the lines of text between them, in order.

    In a workbook each table stands ``apart``: a form never goes on in the next. ``notes`` tell what was left out, such
    as hidden rows, and what to look at.
    """

    blocks: tuple[Table | Square, ...]
    apart: bool = False
    notes: tuple[Said, ...] = ()


def missing(path: Path, *, extra: str, needed: str) -> InputError:
    """The error that the package *needed* to read *path* is not installed, which the *extra* brings."""
    return InputError([problem("extra-missing", Origin(str(path)), found=path.suffix, extra=extra, needed=needed)])


def unreadable(path: Path, error: Exception) -> InputError:
    """The error that *path* cannot be opened, with what the library said."""
    reason = f"{type(error).__name__}: {error}"
    return InputError([problem("document-unreadable", Origin(str(path)), reason=reason)])


def numbered(rows: Sequence[Sequence[str]], name: str = "") -> Table:
    """Rows of texts as a table; each cell is named by its row and column, both from 1."""
    return Table(
        name=name,
        grid=[
            [Square(text, f"R{line}C{place}") for place, text in enumerate(row, 1)] for line, row in enumerate(rows, 1)
        ],
    )


def spanned(
    cells: Sequence[Sequence[tuple[str, int, int]]], label: str = "", *, starts: Sequence[int] = ()
) -> list[list[Square]]:
    """Cells with spans as a grid: each is its text, its columns and its rows; *starts* are blank columns before a row.

    A cell that spans several places fills them all, and only the first is not ``continued``.
    """
    taken: dict[tuple[int, int], Square] = {}
    grid: list[list[Square]] = []
    for line, row in enumerate(cells):
        place = starts[line] if line < len(starts) else 0
        for text, columns, rows in row:
            while (line, place) in taken:
                place += 1
            first = Square(text, f"{label}row {line + 1} column {place + 1}")
            for down in range(rows):
                for right in range(columns):
                    taken[line + down, place + right] = Square(text, first.label, continued=bool(down or right))
            place += columns
        width = max((right for down, right in taken if down == line), default=-1) + 1
        blank = (Square("", f"{label}row {line + 1} column {right + 1}") for right in range(width))
        grid.append([taken.get((line, right), empty) for right, empty in enumerate(blank)])
    return grid
