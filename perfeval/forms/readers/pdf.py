"""Reading tables with ruled lines in PDF files."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

from perfeval.forms.grid import Contents, Square, Table, unreadable
from perfeval.problems import InputError, Origin, problem
from perfeval.text.messages import said
from perfeval.toml import source

#: More pages than any form has.
_PAGES: Final = 200


def read(path: Path) -> Contents:
    """Read the ruled tables and the lines of the PDF *path*. InputError where it cannot be read, or has no text."""
    try:
        import pdfplumber
    except ImportError:
        raise InputError(
            [problem("extra-missing", Origin(str(path)), found=path.suffix, extra="pdf", needed="pdfplumber")]
        ) from None
    source.sized(path)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    blocks: list[Table | Square] = []
    try:
        with pdfplumber.open(path) as document:
            if len(document.pages) > _PAGES:
                raise ValueError(f"{len(document.pages)} > {_PAGES} pages")
            for number, page in enumerate(document.pages, 1):
                blocks += _page(page, number)
    except Exception as error:  # noqa: BLE001  # a broken file raises whatever its objects do
        raise unreadable(path, error) from None
    if not blocks:
        raise InputError([problem("no-text", Origin(str(path)))])
    return Contents(blocks=tuple(blocks), notes=(said("read-from-pdf"),))


def _page(page: Any, number: int) -> list[Table | Square]:
    """The lines and tables of one page, from top to bottom."""
    found: list[tuple[float, Table | Square]] = []
    tables = page.find_tables()
    for index, table in enumerate(tables, 1):
        name = f"page {number} table {index}"
        found.append((table.bbox[1], Table(name=name, grid=_grid(table, name))))
    for line in page.extract_text_lines():
        middle = (line["top"] + line["bottom"]) / 2
        if not any(table.bbox[1] <= middle <= table.bbox[3] for table in tables):
            found.append((line["top"], Square(line["text"].strip(), f"page {number}")))
    return [block for _, block in sorted(found, key=lambda one: one[0])]


def _grid(table: Any, name: str) -> list[list[Square]]:
    """The cells of *table*; a place without a cell of its own belongs to the merged one to its left or above."""
    texts = table.extract()
    grid: list[list[Square]] = []
    for line, (row, values) in enumerate(zip(table.rows, texts, strict=True)):
        squares: list[Square] = []
        for place, (box, text) in enumerate(zip(row.cells, values, strict=True)):
            label = f"{name} row {line + 1} column {place + 1}"
            if box is not None:
                squares.append(Square("".join((text or "").split("\n")).strip(), label))
            elif (
                place
                and row.cells[place - 1 :: -1]
                and any(one is not None for one in row.cells[:place])
                and not _above(table, line, place)
            ):
                squares.append(Square(squares[-1].text, squares[-1].label, continued=True))
            elif line and place < len(grid[-1]):
                above = grid[-1][place]
                squares.append(Square(above.text, above.label, continued=True))
            else:
                squares.append(Square("", label))
        grid.append(squares)
    return grid


def _above(table: Any, line: int, place: int) -> bool:
    """Return True if a cell of a row above reaches down to this place."""
    bottom = max((box[3] for box in table.rows[line].cells if box is not None), default=0)
    for above in table.rows[:line]:
        box = above.cells[place] if place < len(above.cells) else None
        if box is not None and box[3] >= bottom - 1:
            return True
    return False
