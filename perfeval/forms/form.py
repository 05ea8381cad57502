"""A filled-in form as printed: every value a cell with its place; field names are TOML keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import field, frozen

from perfeval.immutable import Fixed
from perfeval.numbers.amounts import Cell
from perfeval.problems import NOWHERE, KeyPath, Origin, path_text
from perfeval.text.messages import shown
from perfeval.toml.source import Document

#: The version of the layout of a form in TOML.
LAYOUT: Final = 1

_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
#: What the facts of an execution row are called, and the cells that they stand in.
_AMOUNTS: Final = {"budget": "annual_budget"}


def _labels(items: Mapping[KeyPath, str]) -> Mapping[KeyPath, str]:
    return Fixed(items)


@frozen(kw_only=True)
class FundsRow:
    """One line of the money: the total, or a part of it (其中). ``extra`` are values beyond the columns."""

    name: Cell
    year_start_budget: Cell | None = None
    annual_budget: Cell | None = None
    executed: Cell | None = None
    weight: Cell | None = None
    rate: Cell | None = None
    score: Cell | None = None
    extra: tuple[Cell, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False)

    @property
    def budget(self) -> Cell | None:
        """The budget that execution is measured by: the annual one, or the year's start if that is blank."""
        filled = self.annual_budget is not None and self.annual_budget.text.strip()
        return self.annual_budget if filled or self.year_start_budget is None else self.year_start_budget


@frozen(kw_only=True)
class IndicatorRow:
    """One indicator as the form prints it. ``group`` is ``一级/二级``, headings with their points as they stand.

    ``reason`` is None where the form has no such cell. ``bonus`` are points that the row may earn on top of its weight.
    """

    name: Cell
    group: Cell | None = None
    target: Cell | None = None
    actual: Cell | None = None
    weight: Cell | None = None
    score: Cell | None = None
    reason: Cell | None = None
    bonus: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Spending:
    """One line of the breakdown: what money was spent on, and how much."""

    name: Cell
    amount: Cell
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Goal:
    """An overall goal of the year: what was expected, and what the form says became of it."""

    expected: Cell | None = None
    actual: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Evidence:
    """The evidence that was checked, how (座谈, 账目, 现场), and for which indicator if the form says so."""

    checked: Cell
    how: Cell | None = None
    indicator: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Trouble:
    """A problem that the form admits, and what is to be done about it."""

    problem: Cell
    measure: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Results:
    """The use of the results, and where they were made public."""

    use: Cell | None = None
    published: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Claim:
    """The claim that a form prints under its rows: total, grade, and sum of the weights."""

    total: Cell | None = None
    grade: Cell | None = None
    weight_total: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Conclusion:
    """The conclusion of the report around the form, in its own words and numbers."""

    total: Cell | None = None
    grade: Cell | None = None
    budget: Cell | None = None
    executed: Cell | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Form:
    """A filled-in form. ``money`` is the unit that its money columns are headed with (万元), None where it says none.

    ``complete`` is False for a copy of which a part is missing: nothing is then said of its sums. ``document`` is the
    TOML text it was read from; other files give ``labels`` instead: what each value's place is called there.
    """

    form: int
    title: Cell | None = None
    project: Cell | None = None
    department: Cell | None = None
    agency: Cell | None = None
    year: Cell | None = None
    money: str | None = None
    uses: str | None = None
    note: str | None = None
    complete: bool = True
    funds: tuple[FundsRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    spending: tuple[Spending, ...] = ()
    spending_total: Cell | None = None
    goals: tuple[Goal, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Trouble, ...] = ()
    results: Results | None = None
    reported: Claim = Claim()
    report: Conclusion = Conclusion()
    origin: Origin = field(default=NOWHERE, eq=False)
    # What the program fills in.
    document: Document | None = field(default=None, eq=False, repr=False)
    labels: Mapping[KeyPath, str] = field(factory=Fixed, converter=_labels, eq=False, repr=False)

    @property
    def file(self) -> str:
        return self.origin.document

    @property
    def name(self) -> str:
        """The name of the form: its title, or its file."""
        title = next((one.text.strip() for one in (self.title, self.project) if one and one.text.strip()), "")
        return title or Path(self.file).stem

    @property
    def in_year(self) -> int | None:
        """The year of the form; None where no cell says it for certain."""
        for cell in (self.year, self.title):
            found = dict.fromkeys(_YEAR.findall(cell.text)) if cell else {}
            if len(found) == 1:
                return int(next(iter(found)))
        return None

    @property
    def whole(self) -> FundsRow | None:
        """The line of the money as a whole: its parts below it are told apart by their place."""
        return self.funds[0] if self.funds else None

    @property
    def parts(self) -> tuple[FundsRow, ...]:
        """The lines that say where the money came from."""
        return self.funds[1:]

    def spot(self, origin: Origin) -> Spot:
        """Return the place of *origin* as a person finds it."""
        if origin.document != self.file:
            return Spot(file=origin.document, name=path_text(origin.path))
        path = origin.path
        if path[:1] == ("funds",) and path[-1] in _AMOUNTS:
            path = (*path[:-1], _AMOUNTS[str(path[-1])])
        if self.document is not None:
            found = self.document.place(path)
            return Spot(file=self.file, line=found.line, column=found.column)
        near = (path[:length] for length in range(len(path), 0, -1))
        return Spot(file=self.file, name=next((self.labels[one] for one in near if one in self.labels), ""))


@frozen(kw_only=True)
class Spot:
    """A place in a form: a line and column of a text, or the name a document has for a cell."""

    file: str
    line: int | None = None
    column: int | None = None
    name: str = ""

    def __str__(self) -> str:
        if self.line is not None:
            return f"{shown(self.file)}:{self.line}:{self.column}"
        return f"{shown(self.file)}: {shown(self.name)}" if self.name else shown(self.file)
