"""A row of a form while it is being bound to a policy."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import define

from perfeval.engine.facts.reading import Claimed, Given, RowReading
from perfeval.engine.program.program import ProgramRow
from perfeval.engine.scoring.interpreter import Outcome
from perfeval.forms.audit.line import Line, printed_number
from perfeval.forms.audit.verdict import Verdict
from perfeval.forms.cells import Figure
from perfeval.forms.form import FundsRow, IndicatorRow
from perfeval.methods.counted import Counted
from perfeval.methods.method import Method
from perfeval.methods.normal_form import Judged, JudgedTier, Tallied, squeezed
from perfeval.numbers.quantity import Blank, Moment, Quantity, Reading
from perfeval.numbers.rounding import Quantum
from perfeval.problems import Origin, Problem
from perfeval.rulefile.scorecard import Indicator
from perfeval.text.messages import Said, said

ZERO: Final = Fraction(0)
#: Stands in a program for the rule of a row that has none: its score is claimed, and nothing is computed.
_NO_RULE: Final = Tallied(start=ZERO, items=(), floor=ZERO, cap=None)
_NO_METHOD: Final = Method(scoring=Counted())


@define(kw_only=True, eq=False, repr=False)
class BoundRow:
    """A row while it is bound: what it prints, the row of the scorecard that it is, and what becomes known of it.

    See ``Line`` for what is called the same there; the group of ``indicator`` is that of the program.
    """

    index: int
    name: str
    group: str
    printed: FundsRow | IndicatorRow
    own: ProgramRow | None
    indicator: Indicator
    weight: Figure | None
    full: Fraction | None
    reported: Figure | None
    target: Reading
    actual: Reading
    method: str | None = None
    program_row: ProgramRow | None = None
    given: Given | None = None
    reading: RowReading | None = None
    why: Said | None = None
    fault: Problem | None = None
    verdict: Verdict | None = None
    tier: JudgedTier | None = None
    named: bool = False

    @property
    def origin(self) -> Origin:
        return self.printed.origin

    def claim(self, *, why: Said | None = None, fault: Problem | None = None) -> None:
        """Take the score that the form prints; a row that prints none and weighs nothing does not take part."""
        score = None if self.reported is None else printed_number(self.reported)
        self.why, self.fault, self.given = why, fault, None
        self.reading = Claimed(origin=self.origin, score=score, applies=score is not None or bool(self.full))

    def void(self) -> None:
        """Let the row not apply."""
        self.give(Given(origin=self.origin, actual="", target=None, actual_origin=self.origin, applies=False))

    def give(self, given: Given) -> None:
        """Let *given* be what the form says of the row."""
        self.given = self.reading = given
        self.why = self.fault = None

    def line(self, outcome: Outcome | None, weight: Fraction) -> Line:
        """The row with what the rules make of it, and what it weighs in this form."""
        known = isinstance(self.reading, Given)
        applies = self.reading is not None and self.reading.applies
        return Line(
            index=self.index,
            name=self.name,
            group=self.group,
            row=self.printed,
            is_execution=isinstance(self.printed, FundsRow),
            weight=self.weight,
            reported=self.reported,
            target=self.target,
            actual=self.actual,
            method=self.method,
            program_row=self.program_row,
            given=self.given,
            outcome=outcome,
            full=None if self.full is None else weight if applies else ZERO if known else self.full,
            computed=None if outcome is None else outcome.points,
            verdict=self.verdict,
            why=self.why,
            fault=self.fault,
            tier=self.tier,
            named=self.named,
        )


def keys(row: BoundRow) -> tuple[str, ...]:
    """The names that overrides may use for the row."""
    own = () if row.own is None else row.own.keys
    return tuple(dict.fromkeys((row.name, squeezed(row.name), f"{row.indicator.group}/{row.name}", *own)))


def without_rule(row: BoundRow) -> ProgramRow:
    """The place of *row* in a program that does not compute it."""
    return ProgramRow(
        index=row.index,
        name=row.name,
        id=None,
        group=row.indicator.group,
        weight=row.full or ZERO,
        target=row.target,
        lowered=_NO_RULE,
        seen=None,
        method=row.method or "",
        scoring=_NO_METHOD,
        kind="",
        basis=None,
        origin=row.origin,
        method_origin=row.origin,
    )


def nothing_to_check(row: BoundRow, made: ProgramRow) -> Said | None:
    """Return why a row that could be computed states nothing to check."""
    target, items = row.target, made.lowered.items
    if items and not (isinstance(made.lowered, Tallied) and len(items) == 1):
        return said("why-items", names=tuple(item.name for item in items))
    if isinstance(target, Quantity) and target.loose:
        return said("why-loose")
    period = isinstance(target, Moment) and target.start is not None
    if period and squeezed(row.actual.text) == squeezed(target.text):
        return said("why-period")
    return None


def judge(row: BoundRow, lowered: Judged) -> None:
    """Take *row* as a person judged it: in the tier that its actual names, or in the first where it repeats its target.

    What its items count, no cell of a form says.
    """
    text = row.actual.text
    tier = lowered.tier(text) if text else None
    same = bool(squeezed(text)) and squeezed(text) == squeezed(row.target.text)
    row.named = tier is not None
    if tier is None and same and not isinstance(row.actual, Blank):
        tier = lowered.tiers[0]
    row.tier = None if lowered.items else tier
    row.claim(why=said("why-judged"))


def weight_of(printed: Figure | None, own: ProgramRow | None) -> Fraction | None:
    """Return the weight of a row: as printed, or as the scorecard states where that agrees or nothing is printed."""
    if own is None:
        return None if printed is None else printed.value
    if printed is None:
        return own.weight
    rounded = Quantum(Fraction(1, 10**printed.decimals), printed.decimals).round(own.weight)
    return own.weight if rounded == printed.value else printed.value
