"""The other kinds: proportional, threshold, stepped, graded, counted."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Final, Literal

from attrs import evolve, field, frozen

from perfeval.methods.banded import Banded
from perfeval.methods.method import Method, Scoring
from perfeval.methods.normal_form import (
    DIFFERENCE,
    VALUE,
    Count,
    Judged,
    JudgedTier,
    Measured,
    Step,
    Tallied,
    completion,
    measure_of,
    repeated,
)
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Amount, Edges, Written
from perfeval.numbers.comparison import BELOW, FROM, facing, of_sign
from perfeval.numbers.piecewise import ONE, ZERO, Curve, Piece, beyond, flat, straight, two_sides
from perfeval.numbers.quantity import Moment, Quantity, Unit, read
from perfeval.numbers.rounding import percent_text
from perfeval.problems import NOWHERE, Origin
from perfeval.text.messages import Said, said


@frozen(kw_only=True)
class Proportional:
    """The share is the completion, from 0 up to the cap; ``zero`` is a pass mark below which nothing is earned."""

    kind: ClassVar[str] = "proportional"
    measures: ClassVar[bool] = True
    by_target: ClassVar[bool] = False

    zero: Edges[Written] | None = None

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = completion(better, method.measuring.reverse)
        top = method.limits.shares(row.weight)[1]
        curve = _proportion(row, top)
        return method.measured(row, better, measure, curve, unit=row.unit, zero=self.zero, met_or_missed=True)

    def describe(self) -> tuple[Said, ...]:
        return (said("says-proportional"), *_says_zero(self.zero))


def _says_zero(zero: Edges[Written] | None) -> tuple[Said, ...]:
    return tuple(said("says-zero", edge=f"{side.sign} {at}") for side, at in (zero.given if zero else ()))


def _proportion(row: Row, top: Fraction | None) -> Curve:
    """The share is the completion, levelled off at *top* so that a measure above every bound has a share too."""
    # Without a weight there is nothing to take a part of.
    return _levelled(top) if row.weight else flat(ZERO)


@lru_cache(256)
def _levelled(top: Fraction | None) -> Curve:
    # A negative actual, or one past twice the target on a straight way to zero, earns nothing and costs nothing.
    curve = straight().with_stretch(beyond(BELOW, ZERO, ZERO))
    return curve if top is None else curve.with_stretch(beyond(FROM, top, top))


@frozen(kw_only=True)
class Threshold:
    """The whole weight once the target is met; ``otherwise`` an amount, or in proportion."""

    kind: ClassVar[str] = "threshold"
    measures: ClassVar[bool] = True

    otherwise: Amount | Literal["proportional"] = Amount(ZERO)

    @property
    def by_target(self) -> bool:
        return isinstance(self.otherwise, Amount)

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        if not isinstance(self.otherwise, Amount):
            # A target that is met has a completion of 100% or more, and earns the whole weight, whatever the cap.
            measure = completion(better, method.measuring.reverse)
            return method.measured(row, better, measure, _proportion(row, ONE), unit=row.unit, met_or_missed=True)
        operator = row.target.operator if isinstance(row.target, Quantity | Moment) else None
        side = of_sign(operator) or facing(up=better == "higher", closed=True)
        full = ONE if row.weight else ZERO
        # The difference serves a target that is a fact: it stands nowhere in the rule file.
        at = ZERO if row.known is None else row.known
        measure = DIFFERENCE if row.known is None else evolve(VALUE, targeted=True)
        curve = two_sides(beyond(side, at, full), self.otherwise.share(row.weight))
        return method.measured(row, better, measure, curve, unit=row.unit)

    def describe(self) -> tuple[Said, ...]:
        if isinstance(self.otherwise, Amount):
            return (said("says-threshold", otherwise=str(self.otherwise)),)
        return (said("says-threshold-proportional"),)


@frozen(kw_only=True)
class Stepped:
    """So much off, or on, for each step away from the target; ``start`` is the score at the target itself."""

    kind: ClassVar[str] = "stepped"
    measures: ClassVar[bool] = True
    by_target: ClassVar[bool] = False

    per: Written
    steps: Count
    measure: Literal["difference", "deviation", "completion"] = "difference"
    start: Amount = Amount(ONE, True)
    minus: Amount = Amount(ZERO)
    plus: Amount = Amount(ZERO)
    zero: Edges[Written] | None = None

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = measure_of(self.measure, better, method.measuring.reverse)
        unit = row.unit or (None if measure.is_ratio else self._unit(row))
        per = row.edge(measure, unit, self.per, method.origin / "per")
        if per is not None and per <= 0:
            row.fault("out-of-range", method.origin / "per", key="per", found=self.per.text, range=said("above-zero"))
            return None
        if per is None:
            return None
        at_target = measure.name == "completion"  # a completion counts its steps from 100% and has its own direction
        step = Step(
            per=per,
            count=self.steps,
            centre=ONE if at_target else ZERO,
            better="higher" if at_target else better,
        )
        start, minus, plus = (amount.share(row.weight) for amount in (self.start, self.minus, self.plus))
        worse = Piece(high=ZERO, constant=start, slope=minus)
        level = Piece(low=ZERO, low_closed=True, constant=start, slope=plus)
        curve = Curve((worse, level))
        return method.measured(row, better, measure, curve, unit=unit, step=step, zero=self.zero)

    def describe(self) -> tuple[Said, ...]:
        count = said(f"count-{self.steps}")
        lines = [said("says-stepped", start=str(self.start), measure=said(self.measure))]
        for word, amount in (("says-step-minus", self.minus), ("says-step-plus", self.plus)):
            if amount.value:
                lines.append(said(word, per=self.per.text, amount=str(amount), count=count))
        return (*lines, *_says_zero(self.zero))

    def _unit(self, row: Row) -> Unit | None:
        reading = read(self.per.text, row.units)
        return reading.unit if isinstance(reading, Quantity) else None


@frozen(kw_only=True)
class Tier:
    """One level of a judged scale: a range that begins at ``from``, or a ``score`` of its own."""

    name: str
    from_: Amount | None = None
    score: Amount | None = None
    aliases: tuple[str, ...] = ()
    basis: str | None = None
    note: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Graded:
    """A person picks the tier, and a score inside it where the tier is a range; the edge belongs to the upper tier."""

    kind: ClassVar[str] = "graded"
    measures: ClassVar[bool] = False
    by_target: ClassVar[bool] = False

    tiers: tuple[Tier, ...]

    def lower(self, row: Row, method: Method) -> Judged | None:
        floor, cap = method.limits.shares(row.weight)
        high, closed = cap if cap is not None else ONE, True
        faults = len(row.faults)
        for index, first, key, name in repeated(self.tiers):
            row.fault("duplicate-name", self.tiers[index].origin / key, found=name, first=first + 1)
        tiers: list[JudgedTier] = []
        for index, tier in enumerate(self.tiers):
            if tier.score is not None:
                share = tier.score.share(row.weight)
                tiers.append(_judged(tier, index, share, share, True))
                continue
            assert tier.from_ is not None
            low = max(floor, tier.from_.share(row.weight))
            if low > high and closed:
                top = percent_text(high)
                row.fault(
                    "crossed-limits", tier.origin / "from", low="from", found=str(tier.from_), high="cap", other=top
                )
                continue
            if low >= high and not closed:
                taken, order = said("taken-from", edge=percent_text(high)), said("highest-first")
                at = tier.origin / "from"
                row.fault("unreachable-band", at, index=index + 1, before=index, taken=taken, order=order)
                continue
            tiers.append(_judged(tier, index, low, high, closed))
            high, closed = low, False
        if len(row.faults) > faults:
            return None
        return Judged(tiers=tuple(tiers), floor=floor, cap=cap, items=method.limits.lowered(row.weight))

    def describe(self) -> tuple[Said, ...]:
        return (
            said("says-graded"),
            *(
                said("says-tier", tier=tier.name, earns=str(tier.score))
                if tier.score is not None
                else said("says-tier-from", tier=tier.name, edge=str(tier.from_))
                for tier in self.tiers
            ),
        )


def _judged(tier: Tier, index: int, low: Fraction, high: Fraction, closed: bool) -> JudgedTier:
    return JudgedTier(
        name=tier.name,
        aliases=tier.aliases,
        low=low,
        high=high,
        high_closed=closed,
        index=index,
        basis=tier.basis,
        origin=tier.origin,
    )


@frozen(kw_only=True)
class Counted:
    """Points for what is there and points off for what was found: the method's items, counted by the fact."""

    kind: ClassVar[str] = "counted"
    measures: ClassVar[bool] = False
    by_target: ClassVar[bool] = False

    start: Amount = Amount(ZERO)

    def lower(self, row: Row, method: Method) -> Tallied | None:
        if not method.limits.items:
            where = said("noun-method", kind=self.kind)
            row.fault("missing-key", method.origin, where=where, key="items")
            return None
        floor, cap = method.limits.shares(row.weight)
        if row.weight == 0 and floor == 0 and cap == 0:
            row.fault("earns-nothing", row.origin, found=row.name)
            return None
        start = self.start.share(row.weight)
        return Tallied(start=start, items=method.limits.lowered(row.weight), floor=floor, cap=cap)

    def describe(self) -> tuple[Said, ...]:
        return (said("says-counted", start=str(self.start)),)


_KINDS: Final[tuple[type[Scoring], ...]] = (Proportional, Threshold, Banded, Stepped, Graded, Counted)
#: Every kind of method, by the word a rule file calls it.
KINDS: Final[dict[str, type[Scoring]]] = {one.kind: one for one in _KINDS}
