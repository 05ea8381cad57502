"""A method of a rule file: the keys that many kinds share, and how a kind lowers itself."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Final, Literal, Protocol

from attrs import field, frozen

from perfeval.language.amounts import EDGE_SIGNS, Amount, Edges, Made, Unlimited
from perfeval.language.curve import ONE, ZERO, Curve, beyond, flat, two_sides
from perfeval.language.normal import Better, Lowered, Measure, Measured, Step
from perfeval.language.row import Row
from perfeval.messages import Said, said
from perfeval.problems import Origin
from perfeval.quantity import Blank, Moment, Quantity, Unit, Words

NOWHERE: Final = Origin("")
#: The words of a fact that are no amounts.
RESERVED: Final = ("actual", "reason", "applies", "tier", "score")


class Scoring(Protocol):
    """One kind of method: the keys of its own, and how it lowers itself."""

    kind: ClassVar[str]
    judged: ClassVar[bool]

    def lower(self, row: Row, method: Method) -> Lowered | None:
        """The normal form for *row*; None where it has none, with the reasons among ``row.faults``."""

    def describe(self) -> tuple[Said, ...]:
        """What the kind's own keys say, in plain words, a line each."""


@frozen(kw_only=True)
class Measuring:
    """The keys that every kind that computes has."""

    better: Better | None = None
    actual: Made | None = None
    target: Made | None = None
    zero_target: Amount | None = None
    reverse: Literal["ratio", "linear"] | None = None
    needs_reason: Edges | None = None


@frozen(kw_only=True)
class Limits:
    """The keys that every kind has: the row stays between them."""

    cap: Amount | Unlimited = Amount(ONE, True)
    floor: Amount = Amount(ZERO)

    def shares(self, weight: Fraction) -> tuple[Fraction, Fraction | None]:
        """Floor and cap as parts of *weight*; no cap is None."""
        return self.floor.share(weight), None if isinstance(self.cap, Unlimited) else self.cap.share(weight)


@frozen(kw_only=True)
class Method:
    """A method of a rule file: what every kind has, and what its own kind adds."""

    scoring: Scoring
    measuring: Measuring = Measuring()
    limits: Limits = Limits()
    basis: str | None = None
    note: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)

    def lower(self, row: Row) -> Lowered | None:
        """The normal form for *row*, or None with the reasons among ``row.faults``."""
        floor, cap = self.limits.shares(row.weight)
        if cap is not None and floor > cap:
            low, high = str(self.limits.floor), str(self.limits.cap)
            row.fault("crossed-limits", self.origin / "floor", low="floor", found=low, high="cap", other=high)
        for made in (self.measuring.actual, self.measuring.target):
            for name in made.names if made else ():
                if name in RESERVED:
                    key = "actual" if made is self.measuring.actual else "target"
                    row.fault("reserved-name", self.origin / key, found=name, known=RESERVED)
        return self.scoring.lower(row, self)

    def describe(self) -> tuple[Said, ...]:
        """What the method says, in plain words, a line each."""
        lines = list(self.scoring.describe())
        if self.measuring.better is not None:
            lines.append(said("says-better", better=said(self.measuring.better)))
        if self.measuring.reverse == "linear":
            lines.append(said("says-linear"))
        for word, made in (("says-actual", self.measuring.actual), ("says-target", self.measuring.target)):
            if made is not None:
                lines.append(said(word, made=" + ".join(made.add) + "".join(f" - {one}" for one in made.less)))
        if self.measuring.zero_target is not None:
            lines.append(said("says-zero-target", amount=str(self.measuring.zero_target)))
        for word, at in self.measuring.needs_reason.given() if self.measuring.needs_reason else ():
            lines.append(said("says-needs-reason", edge=f"{EDGE_SIGNS[word]} {at}"))
        if str(self.limits.cap) != "100%":
            lines.append(said("says-cap", cap=str(self.limits.cap)))
        if self.limits.floor.value:
            lines.append(said("says-floor", floor=str(self.limits.floor)))
        return tuple(lines)

    def direction(self, row: Row) -> Better:
        """Which side of the target is better: ``≥ > ≤ <`` say, else ``better``, else more is; less is beside a 0."""
        wish = self.measuring.better
        operator = row.target.operator if isinstance(row.target, Quantity | Moment) else None
        if operator in {"≥", ">", "≤", "<"}:
            stated: Better = "higher" if operator in {"≥", ">"} else "lower"
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
        unit: Unit | None,
        step: Step | None = None,
        zero: Edges | None = None,
        met_or_missed: bool = False,
    ) -> Measured | None:
        """What the kinds that compute have in common, put around the *measure* and *curve* of one of them."""
        if not self._targeted(row, measure):
            return None
        floor, cap = self.limits.shares(row.weight)
        if row.weight == 0 and floor == 0 and cap == 0:
            row.fault("earns-nothing", row.origin, found=row.name)
            return None
        return Measured(
            measure=measure,
            better=better,
            unit=unit,
            curve=curve,
            step=step,
            rate=row.rate if measure.is_ratio else None,
            floor=floor,
            cap=cap,
            at_zero=self._at_zero(row, better, measure, met_or_missed),
            zero=tuple(row.edges(measure, unit, zero, self.origin / "zero")),
            reasons=tuple(row.edges(measure, unit, self.measuring.needs_reason, self.origin / "needs_reason")),
            actual=self.measuring.actual,
            target=self.measuring.target,
        )

    def _targeted(self, row: Row, measure: Measure) -> bool:
        """Whether *measure* has the target it needs and can be taken of it."""
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
        """What a target of 0 earns where the method says it, or where nothing may be divided by it.

        With *met_or_missed* it is met by 0 and less, and missed by anything else (after ARITHMETIC Q5).
        """
        if row.known is not None and row.known != 0:
            return None
        if self.measuring.zero_target is not None:
            return flat(self.measuring.zero_target.share(row.weight))
        if row.known is None or not measure.divides:
            return None  # Whether a target that is a fact is 0 shows when it is read.
        operator = row.target.operator if isinstance(row.target, Quantity) else None
        if met_or_missed and operator in {None, "=", "≤"} and better == "lower":
            return two_sides(beyond("to", ZERO, ONE if row.weight else ZERO), ZERO)
        row.fault("zero-target", row.origin / "target")
        return None
