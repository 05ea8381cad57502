"""The base of all kinds: shared keys, and lowering to the normal form."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import ClassVar, Final, Literal, Protocol, TypeAlias

from attrs import field, frozen

from perfeval.immutable import Fixed
from perfeval.methods.normal_form import BandNote, Better, Lowered, Measure, Measured, Step
from perfeval.methods.normal_form import Item as LoweredItem
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Amount, Cited, Edges, Made, Merge, NotApplicable, Unlimited, Written
from perfeval.numbers.comparison import TO, of_sign
from perfeval.numbers.piecewise import ONE, ZERO, Curve, beyond, flat, two_sides
from perfeval.numbers.quantity import Blank, Moment, Quantity, Reading, Unit, Units, Words
from perfeval.numbers.rounding import Quantum
from perfeval.problems import NOWHERE, Origin, Problem
from perfeval.text.messages import Said, said

#: The words of a fact that are no amounts.
RESERVED: Final = ("actual", "reason", "applies", "tier", "score")


#: What a method may break on purpose.
Allowed: TypeAlias = Literal[
    "not-monotone", "cut-better-side", "clipped-score", "idle-cap", "full-marks-unreachable", "tiers-rise", "open-tiers"
]


class Scoring(Protocol):
    """One kind of method: the keys of its own, and how it lowers itself."""

    kind: ClassVar[str]
    #: True if a number is measured, against a target or not; otherwise a person judges, or things are counted.
    measures: ClassVar[bool]

    def lower(self, row: Row, method: Method) -> Lowered | None:
        """The normal form for *row*; None where it has none, with the reasons among ``row.faults``."""

    @property
    def by_target(self) -> bool:
        """True if the curve itself depends on the value of the target."""

    def describe(self) -> tuple[Said, ...]:
        """Describe the kind's own keys in plain words, a line each."""


@frozen(kw_only=True)
class Measuring:
    """The keys that every kind that computes has."""

    better: Better | None = None
    actual: Made | None = None
    target: Made | None = None
    zero_target: Amount | NotApplicable | None = None
    merge: Merge | None = None
    reverse: Literal["ratio", "linear"] | None = None
    needs_reason: Edges[Written] | None = None


@frozen(kw_only=True)
class Item(Cited):
    """One thing that a fact counts, and the points on top or off for each time it does."""

    name: str
    plus: Amount | None = None
    minus: Amount | None = None
    times: int | None = None
    origin: Origin = field(default=NOWHERE, eq=False)

    def lower(self, weight: Fraction) -> LoweredItem:
        """The item as parts of *weight*."""
        amount = self.plus if self.plus is not None else self.minus
        assert amount is not None, "the schema asks for one of the two"
        share = amount.share(weight) if self.plus is not None else -amount.share(weight)
        return LoweredItem(name=self.name, share=share, times=self.times, basis=self.basis, origin=self.origin)


@frozen(kw_only=True)
class Limits:
    """The keys that every kind has: points on top or off by what the fact counts, and what the row stays between.

    ``allow`` names the proofs that the method breaks on purpose.
    """

    items: tuple[Item, ...] = ()
    allow: tuple[Allowed, ...] = ()
    cap: Amount | Unlimited = Amount(ONE, True)
    floor: Amount = Amount(ZERO)

    def lowered(self, weight: Fraction) -> tuple[LoweredItem, ...]:
        """The items as parts of *weight*."""
        return tuple(item.lower(weight) for item in self.items)

    def shares(self, weight: Fraction) -> tuple[Fraction, Fraction | None]:
        """Floor and cap as parts of *weight*; no cap is None."""
        return self.floor.share(weight), None if isinstance(self.cap, Unlimited) else self.cap.share(weight)


@frozen(kw_only=True)
class Method(Cited):
    """A method of a rule file: what every kind has, and what its own kind adds."""

    scoring: Scoring
    measuring: Measuring = Measuring()
    limits: Limits = Limits()
    title: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)

    def lower(self, row: Row) -> Lowered | None:
        """The normal form for *row*, or None with the reasons among ``row.faults``."""
        floor, cap = self.limits.shares(row.weight)
        if cap is not None and floor > cap:
            low, high = str(self.limits.floor), str(self.limits.cap)
            row.fault("crossed-limits", self.origin / "floor", low="floor", found=low, high="cap", other=high)
        self._check_names(row)
        if self.measuring.actual is not None and self.measuring.actual.mean:
            row.mean(self.measuring.actual.mean, self.origin / "actual" / "mean")
        return self.scoring.lower(row, self)

    def _check_names(self, row: Row) -> None:
        """Check the names of amounts and items: none is a word of the format, no two are the same."""
        measuring, items = self.measuring, self.limits.items
        if not items and measuring.actual is None and measuring.target is None and measuring.merge is None:
            return
        seen: set[str] = set()
        made = (("actual", self.measuring.actual), ("target", self.measuring.target))
        for key, one in made:
            for name in one.names if one else ():
                seen.add(name)
                if name in RESERVED:
                    row.fault("reserved-name", self.origin / key, found=name, known=RESERVED)
        by = self.measuring.merge.weighted_by if self.measuring.merge else None
        if by in RESERVED:
            row.fault("reserved-name", self.origin / "merge", found=by, known=RESERVED)
        first: dict[str, int] = {}
        for index, item in enumerate(self.limits.items):
            if item.name in RESERVED or item.name in seen:
                row.fault("reserved-name", item.origin / "name", found=item.name, known=(*RESERVED, *sorted(seen)))
            elif item.name in first:
                row.fault("duplicate-name", item.origin / "name", found=item.name, first=first[item.name] + 1)
            first.setdefault(item.name, index)

    def looks_at(self, target: Reading, levels: Mapping[str, Written]) -> Hashable:
        """All that lowering looks at in a row but for its weight: rows that agree in both lower alike."""
        seen: tuple[Hashable, ...] = (type(target).__name__,)
        if isinstance(target, Quantity):
            sign = (target.number > 0) - (target.number < 0)
            seen = (target.operator, target.unit.name, sign)
        elif isinstance(target, Moment):
            seen = (target.operator, target.has_year)
        known = target.value if isinstance(target, Quantity | Moment) else None
        brought = tuple((name, written.text) for name, written in levels.items())
        return (*seen, known if self.scoring.by_target else None, brought)

    def describe(self) -> tuple[Said, ...]:
        """Describe the method in plain words, a line each."""
        lines = list(self.scoring.describe())
        if self.measuring.better is not None:
            lines.append(said("says-better", better=said(self.measuring.better)))
        if self.measuring.reverse == "linear":
            lines.append(said("says-linear"))
        for word, made in (("says-actual", self.measuring.actual), ("says-target", self.measuring.target)):
            if made is not None:
                lines.append(said("says-mean" if made.mean else word, made=str(made)))
        if self.measuring.merge is not None:
            by = self.measuring.merge.weighted_by
            lines.append(said("says-merge-sum") if by is None else said("says-merge-mean", by=by))
        if isinstance(self.measuring.zero_target, NotApplicable):
            lines.append(said("says-zero-target-void"))
        elif self.measuring.zero_target is not None:
            lines.append(said("says-zero-target", amount=str(self.measuring.zero_target)))
        for side, at in self.measuring.needs_reason.given if self.measuring.needs_reason else ():
            lines.append(said("says-needs-reason", edge=f"{side.sign} {at}"))
        for item in self.limits.items:
            word = "says-item" if item.times is None else "says-item-times"
            amount = f"+{item.plus}" if item.plus is not None else f"-{item.minus}"
            lines.append(said(word, name=item.name, amount=amount, times=str(item.times)))
        if str(self.limits.cap) != "100%":
            uncapped = isinstance(self.limits.cap, Unlimited)
            lines.append(said("says-no-cap") if uncapped else said("says-cap", cap=str(self.limits.cap)))
        if self.limits.floor.value:
            lines.append(said("says-floor", floor=str(self.limits.floor)))
        lines.extend(said("says-allow", name=name) for name in self.limits.allow)
        return tuple(lines)

    def direction(self, row: Row) -> Better:
        """Return the better side of the target: by ``≥ > ≤ <``, else ``better``, else more; less beside a 0."""
        wish = self.measuring.better
        operator = row.target.operator if isinstance(row.target, Quantity | Moment) else None
        if (side := of_sign(operator)) is not None:
            stated: Better = "higher" if side.up else "lower"
            if wish is not None and wish != stated:
                self._clash(row, stated, wish)
            return stated
        if row.known == 0 and isinstance(row.target, Quantity) and (operator == "=" or wish is None):
            if wish == "higher":
                self._clash(row, "lower", wish)
            return "lower"  # What is to be 0 must not happen.
        if wish is not None:
            return wish
        # A date is a day to be ready by. `=` alone says nothing of the side; more is better, as without an operator.
        return "lower" if isinstance(row.target, Moment) else "higher"

    def _clash(self, row: Row, stated: Better, wish: Better) -> None:
        found, better = row.target.text, said(wish)
        row.fault("direction-clash", row.origin / "target", found=found, operator=said(stated), better=better)

    def measured(
        self,
        row: Row,
        better: Better,
        measure: Measure,
        curve: Curve,
        *,
        explained: Curve | None = None,
        bands: tuple[BandNote, ...] = (),
        unit: Unit | None,
        step: Step | None = None,
        zero: Edges[Written] | None = None,
        met_or_missed: bool = False,
    ) -> Measured | None:
        """Return the normal form of a computing kind with this *measure* and *curve*."""
        if not self._targeted(row, measure):
            return None
        floor, cap = self.limits.shares(row.weight)
        if row.weight == 0 and floor == 0 and cap == 0:
            row.fault("earns-nothing", row.origin, found=row.name)
            return None
        return Measured(
            measure=measure,
            better=better,
            directed=self.measuring.better is not None or not isinstance(row.target, Blank),
            unit=unit,
            curve=curve,
            explained=explained,
            bands=bands,
            step=step,
            rate=row.rate if measure.is_ratio else None,
            floor=floor,
            cap=cap,
            at_zero=self._at_zero(row, better, measure, met_or_missed),
            void_at_zero=isinstance(self.measuring.zero_target, NotApplicable),
            zero=tuple(row.edges(measure, unit, zero, self.origin / "zero")),
            reasons=tuple(row.edges(measure, unit, self.measuring.needs_reason, self.origin / "needs_reason")),
            actual=self.measuring.actual,
            target=self.measuring.target,
            merge=self.measuring.merge,
            items=self.limits.lowered(row.weight),
        )

    def _targeted(self, row: Row, measure: Measure) -> bool:
        """Return True if *measure* has the target it needs and can be taken of it."""
        if not measure.targeted or self.measuring.target is not None:
            return True
        kind = self.scoring.kind
        match row.target:
            case Blank(text=text):
                row.fault("missing-target", row.origin / "target" if text else row.origin, found=row.name, method=kind)
                return False
            case Words(text=text):
                row.fault("target-not-number", row.origin / "target", found=text, method=kind)
                return False
        if isinstance(row.target, Moment) and measure.divides:
            row.fault("date-ratio", row.origin / "target", found=row.target.text, measure=said(measure.name))
            return False
        if row.known is not None and row.known < 0 and measure.divides:
            row.fault("negative-target", row.origin / "target", found=row.target.text, measure=said(measure.name))
            return False
        return True

    def _at_zero(self, row: Row, better: Better, measure: Measure, met_or_missed: bool) -> Curve | None:
        """Return what a target of 0 earns if the method states it, or if nothing may be divided by it.

        With *met_or_missed* it is met by 0 and less, and missed by anything else (after ARITHMETIC Q5).
        """
        if row.known is not None and row.known != 0:
            return None
        if isinstance(self.measuring.zero_target, NotApplicable):
            return None
        if self.measuring.zero_target is not None:
            return flat(self.measuring.zero_target.share(row.weight))
        if row.known is None or not measure.divides:
            return None  # Whether a target that is a fact is 0 shows when it is read.
        operator = row.target.operator if isinstance(row.target, Quantity) else None
        if met_or_missed and operator in {None, "=", "≤"} and better == "lower":
            return two_sides(beyond(TO, ZERO, ONE if row.weight else ZERO), ZERO)
        row.fault("zero-target", row.origin / "target")
        return None


def lower(
    method: Method,
    *,
    name: str,
    weight: Fraction,
    target: Reading,
    units: Units,
    origin: Origin,
    rate: Quantum | None = None,
    levels: Mapping[str, Written] = Fixed(),
) -> tuple[Lowered | None, tuple[Problem, ...]]:
    """The normal form of *method* for the row at *origin*, and what is wrong with the one for the other.

    *rate* is what the file rounds rates to, *levels* are the edges that the row brings.
    """
    faults: list[Problem] = []
    row = Row(
        name=name, weight=weight, target=target, units=units, rate=rate, origin=origin, faults=faults, levels=levels
    )
    return method.lower(row), tuple(faults)
