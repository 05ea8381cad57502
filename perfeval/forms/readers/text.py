"""Reading CSV and plain text: tables with tabs, or one cell a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from attrs import evolve

from perfeval.forms.grid import Contents, Square, Table, numbered
from perfeval.problems import InputError, Origin, problem
from perfeval.toml import source

_GUARD: Final = re.compile(r"^'(?=[=+@-])")
#: Bookmarks that a conversion to text leaves behind.
_MARKS: Final = re.compile(r"\[bookmark: [^\]\n]{1,80}\]")


def read_csv(path: Path) -> Contents:
    """Read the CSV file *path*, in UTF-8 or GB 18030."""
    document = source.read(path)
    lines = csv.reader(io.StringIO(document.text, newline=""), strict=True)
    try:
        rows = list(lines)
    except csv.Error as error:
        origin = Origin(document.name)
        raise InputError([problem("csv-syntax", origin, line=lines.line_num, reason=str(error))]) from None
    # A quote in front keeps a spreadsheet from running a cell, and is no part of it.
    return Contents(blocks=(numbered([[_GUARD.sub("", cell) for cell in row] for row in rows]),))


def read(path: Path) -> Contents:
    """Read text as it is pasted from a page: rows with tabs between their cells, or each cell on a line of its own."""
    document = source.read(path)
    text = _MARKS.sub("", document.text)
    return Contents(blocks=tuple(_blocks(text.split("\n"))))


def _blocks(lines: list[str]) -> Iterator[Table | Square]:
    numbers = [(number, line.rstrip("\r")) for number, line in enumerate(lines, 1)]
    at = 0
    while at < len(numbers):
        number, text = numbers[at]
        end = at + 1
        if _is_cell(text):
            end = _end_of_cells(numbers, at)
            yield _cells(numbers[at:end])
        elif "\t" in text.strip():
            while end < len(numbers) and "\t" in numbers[end][1].strip():
                end += 1
            # A line of two cells above a table is one of its labels; a title stands above it.
            yield _tabs(numbers[at:end])
        elif text.strip():
            yield Square(text.strip(), f"line {number}")
        at = end


def _is_cell(text: str) -> bool:
    """Return True for a cell on a line of its own: a tab, and then its text."""
    return text.startswith("\t") and "\t" not in text.strip("\t")


def _end_of_cells(numbers: list[tuple[int, str]], start: int) -> int:
    """The end of a table of such cells: text without a tab goes on in a cell where another cell follows it soon."""
    end = at = start
    while at < len(numbers):
        if _is_cell(numbers[at][1]):
            end = at = at + 1
            continue
        ahead = range(at, min(at + 6, len(numbers)))
        after = next((one for one in ahead if _is_cell(numbers[one][1])), None)
        gap = [numbers[one][1] for one in range(at, after)] if after is not None else []
        if after is None or any(not one.strip() and not two.strip() for one, two in pairwise(gap)):
            break
        at = after
    return end


def _tabs(rows: list[tuple[int, str]]) -> Table:
    cells = [(number, text.split("\t")) for number, text in rows]
    width = max(len(row) for _, row in cells)
    grid = [
        [Square(text.strip(), f"line {number} column {place}") for place, text in enumerate(row, 1)]
        + [Square("", f"line {number} column {place}") for place in range(len(row) + 1, width + 1)]
        for number, row in cells
    ]
    return Table(name="", grid=grid)


def _cells(lines: list[tuple[int, str]]) -> Table:
    """Rows of cells that each stand on lines of their own: a blank line before the next cell ends a row."""
    rows: list[list[Square]] = [[]]
    for place, (number, text) in enumerate(lines):
        following = lines[place + 1][1] if place + 1 < len(lines) else ""
        if text.startswith("\t"):
            rows[-1].append(Square(text.strip(), f"line {number}"))
        elif text.strip() and rows[-1]:
            cell = rows[-1][-1]
            rows[-1][-1] = evolve(cell, text=f"{cell.text}\n{text.strip()}")
        elif rows[-1] and following.startswith("\t"):
            rows.append([])
    width = max(map(len, rows))
    padded = [[*row, *(Square("", row[-1].label) for _ in range(width - len(row)))] for row in rows if row]
    return Table(name="", grid=padded)
