"""Tables in a terminal, as wide as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable

from perfeval.report.console.screen import plain
from perfeval.report.tables import WIDE, Cell, Meaning, Table

_STYLES: Final[Mapping[Meaning, str]] = {
    "": "",
    "aside": "dim",
    "strong": "bold",
    "differs": "red",
    "lost": "red",
    "gained": "green",
}


def table_view(table: Table, width: int) -> RichTable:
    """The *table* with the columns that have room in *width* cells."""
    view = RichTable(box=box.SIMPLE_HEAD, expand=False, pad_edge=False, show_edge=False, padding=(0, 1))
    columns = table.columns_in(width)
    for one in columns:
        if one.number:
            view.add_column(one.heading, justify="right", no_wrap=True)
        else:
            view.add_column(one.heading, overflow="fold", max_width=one.most[width >= WIDE])
    for row in table.rows:
        view.add_row(*(_cell(row.get(one.key, Cell())) for one in columns))
    if table.total is not None:
        view.add_section()
        view.add_row(*(_cell(table.total.get(one.key, Cell())) for one in columns))
    return view


def _cell(cell: Cell) -> RenderableType:
    text = plain(cell.text, _STYLES[cell.meaning])
    below = [plain(line, "dim") for line in cell.below]
    if below and not cell.text:
        return Group(*below)
    if below:
        return Group(text, *(Padding(line, (0, 0, 0, 2)) for line in below))
    # A name that wraps stays under its own beginning.
    return Padding(text, (0, 0, 0, 2 * cell.depth)) if cell.depth else text
