"""Finding the forms in the contents of a document, and what else stands there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import define, evolve, field, frozen

from perfeval.forms.cells import points
from perfeval.forms.form import Form
from perfeval.forms.grid import Contents, Grid, Square, Table
from perfeval.forms.layout import (
    Heading,
    beside,
    indicators_at,
    money_at,
    other_at,
    read_grid,
    squeezed_title,
    unknown_layout,
)
from perfeval.forms.prose import said_around, spending
from perfeval.forms.wordings import FORM, LABELS, OTHER, adds_up, says
from perfeval.numbers.amounts import Cell
from perfeval.problems import InputError, KeyPath, Origin, Problem, problem
from perfeval.text.messages import Said, said

#: A line with the year alone is no longer; a sentence is.
_SHORT = 30


@frozen(kw_only=True)
class Reading:
    """The forms of a file, the problems of what looks like a form and could not be read, and what was not used.

    ``unused`` are filled cells of a form that no part of it came from; ``notes`` tell of other tables and of what was
    left out, such as hidden rows.
    """

    file: str
    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()
    unused: tuple[Square, ...] = ()
    notes: tuple[Said, ...] = ()


@define
class _Part:
    """The rows of one form, as far as they were found."""

    name: str
    above: list[Square]
    rows: list[Sequence[Square]] = field(factory=list)
    heading: Heading | None = None
    has_money: bool = False
    has_total: bool = False


def find_forms(contents: Contents, file: str) -> Reading:
    """Find every form in *contents*."""
    finder = _Finder(contents, file)
    finder.run()
    return finder.reading()


class _Finder:
    def __init__(self, contents: Contents, file: str) -> None:
        self.contents = contents
        self.file = file
        self.parts: list[_Part] = []
        self.notes: list[Said] = list(contents.notes)
        self.lines: list[Square] = []
        self.waiting: list[Sequence[Square]] = []
        self.around: list[tuple[KeyPath, Square]] = []

    def run(self) -> None:
        for block in self.contents.blocks:
            if isinstance(block, Square):
                self.lines.append(block)
            else:
                self._table(block)

    @property
    def part(self) -> _Part | None:
        return self.parts[-1] if self.parts else None

    def _table(self, table: Table) -> None:
        grid = table.grid
        rows = {one.row: one for index in range(len(grid)) if (one := indicators_at(grid, index)) is not None}
        money = {index for index in range(len(grid)) if money_at(grid, index) is not None}
        if not rows and not money:
            self._without_heading(table)
            return
        if self.contents.apart:
            self._begin(table, ())
        elif self.part is None or self._title_between():
            self._begin(table, self.waiting)
        self.waiting = []
        skipped = 0
        for index, row in enumerate(grid):
            kind = self._kind(grid, index, rows, money)
            part = self.part
            assert part is not None
            if kind != "" and self._ends(part, kind, index in money):
                part = self._begin(table, ())
            if index in rows:
                part.heading = rows[index]
                skipped = rows[index].end
            part.has_money |= index in money
            if part.heading is not None and index >= skipped and kind == "total":
                part.has_total = True
            part.rows.append(row)
        self.lines = []

    def _begin(self, table: Table, waiting: Sequence[Sequence[Square]]) -> _Part:
        above = [
            one
            for one in self.lines
            if len(one.text) < _SHORT or _is_title(one.text) or ":" in one.text or "：" in one.text
        ]
        part = _Part(table.name, above, list(waiting))
        self.parts.append(part)
        self.lines = []
        return part

    def _kind(
        self, grid: Grid, index: int, rows: dict[int, Heading], money: set[int]
    ) -> Literal["", "rows", "money", "title", "label", "total"]:
        row = grid[index]
        if index in rows:
            return "rows"
        if index in money:
            return "money"
        filled = [one for one in row if one.filled and not one.continued]
        if len(filled) == 1 and _is_title(filled[0].text):
            return "title"
        if filled and says(filled[0].text, LABELS["project"]):
            return "label"
        return "total" if any(adds_up(one.text) == "form" for one in filled[:2]) else ""

    def _ends(self, part: _Part, kind: str, is_money: bool) -> bool:
        """Return True if *part* is whole, and a row of this *kind* begins the next form."""
        if part.heading is None:
            return kind == "money" and part.has_money
        if kind in {"title", "label"}:
            return True
        return (kind == "rows" and part.has_total) or (is_money and part.has_money)

    def _title_between(self) -> bool:
        """Return True if a line above this table is the title of another form than the last."""
        part = self.part
        titled = any(_is_title(one.text) for one in self.lines)
        return part is not None and part.heading is not None and titled

    def _without_heading(self, table: Table) -> None:
        part = self.part
        grid = table.grid
        going_on = [] if part is None or self.contents.apart else self._continuation(part, grid)
        if part is not None and going_on:
            part.rows.extend(going_on)
            part.has_total |= any(adds_up(one.text) == "form" for row in grid for one in row[:2] if one.filled)
            self.lines = []
            return
        filled = [one for row in grid for one in row if one.filled and not one.continued]
        breakdown = list(spending(grid))
        self.around += breakdown
        if not filled or breakdown:
            return
        if any(says(one.text, words) for one in filled for words in LABELS.values()):
            self.waiting.extend(grid)
        self._note(table, filled)

    def _note(self, table: Table, filled: Sequence[Square]) -> None:
        """Note a table that is no form: another one of the budget cycle, or any."""
        grid = table.grid
        title = next((one.text for one in filled if any(word in one.text for word in OTHER)), None)
        other = title is not None or any(other_at(grid, index) for index in range(len(grid)))
        name = " ".join((title or (table.name if self.contents.apart else filled[0].text)).split())[:40]
        self.notes.append(said("other-table" if other else "no-form-table", name=name, cell=filled[0].label))

    def _continuation(self, part: _Part, grid: Grid) -> list[Sequence[Square]]:
        """Return the rows of *grid* if they go on with *part* after a page break, in its columns; else nothing."""
        if part.heading is None or part.has_total:
            return []
        at = {key: place for place, key in part.heading.columns.items()}
        rows = _aligned(grid, part.rows[-1])
        keys = [at[key] for key in ("weight", "score") if key in at]
        if not any(all(place < len(row) and points(Cell(row[place].text)) for place in keys) for row in rows):
            return []
        first = rows[0]
        if any(one.filled for one in first) and not any(place < len(first) and first[place].filled for place in keys):
            # The page broke inside a row: its cells go on.
            part.rows[-1] = [
                evolve(one, text=one.text + first[place].text) if place < len(first) and not one.continued else one
                for place, one in enumerate(part.rows[-1])
            ]
            rows = rows[1:]
        return rows

    def reading(self) -> Reading:
        forms: list[Form] = []
        problems: list[Problem] = []
        unused: list[Square] = []
        lines = [one for one in self.contents.blocks if isinstance(one, Square)]
        around = [*self.around, *said_around(lines)]
        several = sum(part.heading is not None for part in self.parts) > 1
        for number, part in enumerate(self.parts, 1):
            name = f"{self.file}#{part.name if self._own(part) else number}" if several else self.file
            second = None if part.heading is None else self._beside(part)
            if second is not None:
                problems.append(problem("forms-side-by-side", Origin(name), cell=second.label))
                continue
            try:
                form, left = read_grid(part.rows, name, above=part.above, around=() if several else around)
            except InputError as error:
                problems.extend(error.problems)
                continue
            forms.append(form)
            unused.extend(left)
        return Reading(
            file=self.file,
            forms=tuple(forms),
            problems=tuple(problems),
            unused=tuple(unused),
            notes=tuple(self.notes),
        )

    def _beside(self, part: _Part) -> Square | None:
        found = (indicators_at(part.rows, index) for index in range(len(part.rows)))
        return next((beside(part.rows, one) for one in found if one is not None), None)

    def _own(self, part: _Part) -> bool:
        """Return True if the name of the table tells this form from the others."""
        return bool(part.name) and sum(one.name == part.name for one in self.parts) == 1


def _aligned(grid: Grid, like: Sequence[Square]) -> list[Sequence[Square]]:
    """*grid* in the columns of the row *like*, where it has as many cells in a row, but other spans."""
    starts = _starts(like)
    own = max((_starts(row) for row in grid), key=len, default=[])
    if not grid or len(grid[0]) == len(like) or len(own) != len(starts):
        return list(grid)
    #: For each place of *like*, the place in *grid* whose cell fills it.
    places = [own[max(index for index, start in enumerate(starts) if start <= place)] for place in range(len(like))]
    return [
        [
            evolve(row[at], continued=row[at].continued or place not in starts) if at < len(row) else Square("", "")
            for place, at in enumerate(places)
        ]
        for row in grid
    ]


def _starts(row: Sequence[Square]) -> list[int]:
    """The places at which a cell begins, as seen along the row."""
    return [place for place, one in enumerate(row) if not place or one.label != row[place - 1].label]


def _is_title(text: str) -> bool:
    short = squeezed_title(text)
    return len(short) < 80 and any(word in short for word in FORM) and not any(word in short for word in OTHER)


def nothing_found(contents: Contents, file: str) -> Problem:
    """The problem that no table of *contents* is a form: what was found of one, if anything."""
    rows = [row for one in contents.blocks if isinstance(one, Table) for row in one.grid]
    found = unknown_layout(rows, file)
    apart = contents.apart or any(isinstance(one, Table) for one in contents.blocks)
    return found if apart else problem("no-form", Origin(file))
