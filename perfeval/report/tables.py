"""Tables as values: columns, rows of cells with a meaning; each format renders them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from attrs import frozen

from perfeval.text.messages import Language

#: Below this many terminal cells a table keeps only its most important columns.
NARROW: Final = 60
#: From this many terminal cells a table shows its optional columns too.
WIDE: Final = 110

#: What a cell means; a format decides how that looks.
Meaning: TypeAlias = Literal["", "aside", "strong", "differs", "lost", "gained"]


@frozen
class Cell:
    """The text of a cell, its meaning, how deep it is indented, and the lines below it."""

    text: str = ""
    meaning: Meaning = ""
    depth: int = 0
    below: tuple[str, ...] = ()


@frozen(kw_only=True)
class Column:
    """A column: its key in the rows, its heading, and how much room it takes.

    A ``number`` is aligned right and never folded. The column is shown from ``shown_from`` cells of width on; ``most``
    is its greatest width below ``WIDE`` and from there on.
    """

    key: str
    heading: str
    number: bool = False
    shown_from: int = 0
    most: tuple[int | None, int | None] = (None, None)


@frozen(kw_only=True)
class Table:
    """Columns and rows; a row lacks the cells that it has nothing to say in. ``total`` stands below a line."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    total: Mapping[str, Cell] | None = None

    def columns_in(self, width: int) -> tuple[Column, ...]:
        """The columns that are shown in *width* cells."""
        return tuple(one for one in self.columns if width >= one.shown_from)


def method_label(name: str | None, title: str | None, lang: Language) -> str:
    """Return what a reader of *lang* calls a method: in Chinese by its title, where it has one."""
    return (title if lang == "zh" and title is not None else name) or ""
