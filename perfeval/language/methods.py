"""The ways of scoring; each one is a self-contained class that lowers itself to the normal form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Final, Literal, TypeAlias

from attrs import evolve, field, frozen

from perfeval.exact import percent_text
from perfeval.language.amounts import EDGE_SIGNS, Amount, Edges, Written
from perfeval.language.curve import ONE, ZERO, Curve, EdgeWord, Piece, beyond, flat, stairs, straight, two_sides
from perfeval.language.method import NOWHERE, Method, Scoring
from perfeval.language.normal import (
    DEVIATION,
    DIFFERENCE,
    VALUE,
    BandNote,
    Better,
    Count,
    Judged,
    JudgedTier,
    Measure,
    Measured,
    Step,
    completion,
    repeated,
)
from perfeval.language.row import Row
from perfeval.messages import Said, said
from perfeval.problems import Origin
from perfeval.quantity import Moment, Quantity, Unit, read

MeasureName: TypeAlias = Literal["value", "completion", "difference", "deviation"]


@frozen(kw_only=True)
class Proportional:
    """The share is the completion, from 0 up to the cap; ``zero`` is a pass mark below which nothing is earned."""

    kind: ClassVar[str] = "proportional"
    judged: ClassVar[bool] = False

    zero: Edges | None = None

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = completion(better, method.measuring.reverse)
        top = method.limits.shares(row.weight)[1]
        curve = _proportion(row, top)
        return method.measured(row, better, measure, curve, unit=row.unit, zero=self.zero, met_or_missed=True)

    def describe(self) -> tuple[Said, ...]:
        return (said("says-proportional"), *_says_zero(self.zero))


def _says_zero(zero: Edges | None) -> tuple[Said, ...]:
    return tuple(said("says-zero", edge=f"{EDGE_SIGNS[word]} {at}") for word, at in (zero.given() if zero else ()))


def _proportion(row: Row, top: Fraction | None) -> Curve:
    """The share is the completion, levelled off at *top* so that a measure above every bound has a share too."""
    if not row.weight:
        return flat(ZERO)  # There is nothing to take a part of.
    # A negative actual, or one past twice the target on a straight way to zero, earns nothing and costs nothing.
    curve = straight().with_stretch(beyond("below", ZERO, ZERO))
    return curve if top is None else curve.with_stretch(beyond("from", top, top))


@frozen(kw_only=True)
class Threshold:
    """The whole weight once the target is met; ``otherwise`` an amount, or in proportion."""

    kind: ClassVar[str] = "threshold"
    judged: ClassVar[bool] = False

    otherwise: Amount | Literal["proportional"] = Amount(ZERO)

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        if not isinstance(self.otherwise, Amount):
            # A target that is met has a completion of 100% or more, and earns the whole weight, whatever the cap.
            measure = completion(better, method.measuring.reverse)
            return method.measured(row, better, measure, _proportion(row, ONE), unit=row.unit, met_or_missed=True)
        strict = isinstance(row.target, Quantity | Moment) and row.target.operator in {"<", ">"}
        word: EdgeWord = {
            ("higher", False): "from",
            ("higher", True): "above",
            ("lower", False): "to",
            ("lower", True): "below",
        }[better, strict]  # type: ignore[assignment]  # mypy widens the values of a dict display to str
        full = ONE if row.weight else ZERO
        # The difference serves a target that is a fact: it stands nowhere in the rule file.
        at = ZERO if row.known is None else row.known
        measure = DIFFERENCE if row.known is None else evolve(VALUE, targeted=True)
        curve = two_sides(beyond(word, at, full), self.otherwise.share(row.weight))
        return method.measured(row, better, measure, curve, unit=row.unit)

    def describe(self) -> tuple[Said, ...]:
        if isinstance(self.otherwise, Amount):
            return (said("says-threshold", otherwise=str(self.otherwise)),)
        return (said("says-threshold-proportional"),)


@frozen(kw_only=True)
class Band:
    """One interval of a measured scale: an edge, and what it earns."""

    from_: Written | None = None
    above: Written | None = None
    to: Written | None = None
    below: Written | None = None
    score: Amount | None = None
    minus: Amount | None = None
    name: str | None = None
    basis: str | None = None
    note: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)

    def edge(self) -> tuple[EdgeWord, Written] | None:
        """The edge of the band; None for the one that takes the rest."""
        given = Edges(from_=self.from_, above=self.above, to=self.to, below=self.below).given()
        return given[0] if given else None

    def share(self, weight: Fraction) -> Fraction:
        if self.score is not None:
            return self.score.share(weight)
        assert self.minus is not None
        return (ONE if weight else ZERO) - self.minus.share(weight)


@frozen(kw_only=True)
class Banded:
    """The first band that fits says what is earned; with ``interpolate``, straight lines between the edges."""

    kind: ClassVar[str] = "banded"
    judged: ClassVar[bool] = False

    bands: tuple[Band, ...]
    measure: MeasureName = "value"
    interpolate: bool = False

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = _named(self.measure, better, method)
        # The edges of a rate are percentages, whatever the unit of what it is the rate of.
        unit = row.unit or (None if measure.is_ratio else self._unit(row))
        # The value is that of the actual, and where a target is made of amounts, so is what is compared with it.
        actual = method.measuring.actual
        made_of = actual.names if actual else ("actual",)
        amounts = made_of if method.measuring.target is not None and measure is VALUE else None
        curve = self._curve(row, measure, unit, amounts)
        made = None if curve is None else method.measured(row, better, measure, curve, unit=unit)
        return (
            None
            if made is None
            else evolve(made, bands=tuple(BandNote(name=band.name, basis=band.basis) for band in self.bands))
        )

    def describe(self) -> tuple[Said, ...]:
        lines = [said("says-banded", measure=said(self.measure))]
        for band in self.bands:
            edge = band.edge()
            earns = str(band.score) if band.score is not None else said("says-minus", minus=str(band.minus))
            words = f"{EDGE_SIGNS[edge[0]]} {edge[1]}" if edge else said("says-rest")
            lines.append(said("says-band", edge=words, earns=earns))
        return (*lines, said("says-interpolate")) if self.interpolate else tuple(lines)

    def _unit(self, row: Row) -> Unit | None:
        """The unit of the first edge, which stands for the target's where there is none."""
        for band in self.bands:
            if (edge := band.edge()) and isinstance(reading := read(edge[1].text, row.units), Quantity):
                return reading.unit
        return None

    def _curve(self, row: Row, measure: Measure, unit: Unit | None, amounts: tuple[str, ...] | None) -> Curve | None:
        faults = len(row.faults)
        steps: list[tuple[EdgeWord, Fraction, Fraction]] = []
        rest: Fraction | None = None
        for index, band in enumerate(self.bands):
            if (edge := band.edge()) is None:
                rest = band.share(row.weight)
                if index + 1 < len(self.bands):
                    _unreachable(row, band.origin, index + 2, index + 1, said("everything"))
                break
            origin = band.origin / edge[0]
            if amounts is not None and _is_percent(edge[1], row):
                row.fault("percent-edge", origin, key=edge[0], found=edge[1].text, made=amounts)
                continue
            at = row.edge(measure, unit, edge[1], origin, percent=said("by-completion"))
            if at is None:
                continue
            if steps and (edge[0] in {"from", "above"}) != (steps[0][0] in {"from", "above"}):
                row.fault("mixed-edges", band.origin / edge[0], first=1, second=index + 1)
            elif steps and not _further(edge[0], at, steps[-1]):
                before = self.bands[index - 1].edge() or edge
                taken = said(f"taken-{before[0]}", edge=before[1].text)
                _unreachable(row, band.origin / edge[0], index + 1, index, taken)
            steps.append((edge[0], at, band.share(row.weight)))
        if len(row.faults) > faults:
            return None
        if rest is None:
            last = self.bands[-1]
            edge = last.edge()
            row.fault("open-bands", last.origin, edge=edge[1].text if edge else "", mended="{ score = 0 }")
            return None
        curve = stairs(steps, rest)
        return _joined(steps, curve) if self.interpolate else curve


def _is_percent(written: Written, row: Row) -> bool:
    reading = read(written.text, row.units)
    return isinstance(reading, Quantity) and reading.unit.dimension == "%"


def _further(word: EdgeWord, at: Fraction, before: tuple[EdgeWord, Fraction, Fraction]) -> bool:
    """Whether an edge leaves something that the band *before* it does not take already."""
    if at == before[1]:
        return word in {"from", "to"} and before[0] in {"above", "below"}
    return at < before[1] if word in {"from", "above"} else at > before[1]


def _unreachable(row: Row, origin: Origin, index: int, before: int, taken: Said) -> None:
    falling = origin.path[-1] in {"from", "above"}
    order = said("highest-first" if falling else "lowest-first" if origin.path[-1] in {"to", "below"} else "rest-last")
    row.fault("unreachable-band", origin, index=index, before=before, taken=taken, order=order)


def _joined(steps: Sequence[tuple[EdgeWord, Fraction, Fraction]], curve: Curve) -> Curve:
    """*curve* with each band's stretch as a straight line from its own edge to the edge of the band before it."""
    return Curve(tuple(_line(steps, piece) for piece in curve.pieces))


def _line(steps: Sequence[tuple[EdgeWord, Fraction, Fraction]], piece: Piece) -> Piece:
    index = piece.index
    # The first band and the one without an edge stay flat, and so does a single point between two edges.
    if not index or index >= len(steps) or steps[index][1] == steps[index - 1][1]:
        return piece
    (_, x1, y1), (_, x2, y2) = steps[index], steps[index - 1]
    slope = (y2 - y1) / (x2 - x1)
    return evolve(piece, constant=y1 - slope * x1, slope=slope)


def _named(name: MeasureName, better: Better, method: Method) -> Measure:
    plain: dict[str, Measure] = {"value": VALUE, "difference": DIFFERENCE, "deviation": DEVIATION}
    return plain.get(name) or completion(better, method.measuring.reverse)


@frozen(kw_only=True)
class Stepped:
    """So much off, or on, for each step away from the target; ``start`` is the score at the target itself."""

    kind: ClassVar[str] = "stepped"
    judged: ClassVar[bool] = False

    per: Written
    steps: Count
    measure: Literal["difference", "deviation", "completion"] = "difference"
    start: Amount = Amount(ONE, True)
    minus: Amount = Amount(ZERO)
    plus: Amount = Amount(ZERO)
    zero: Edges | None = None

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = _named(self.measure, better, method)
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
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Graded:
    """A person picks the tier, and a score inside it where the tier is a range; the edge belongs to the upper tier."""

    kind: ClassVar[str] = "graded"
    judged: ClassVar[bool] = True

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
                _unreachable(row, tier.origin / "from", index + 1, index, said("taken-from", edge=percent_text(high)))
                continue
            tiers.append(_judged(tier, index, low, high, closed))
            high, closed = low, False
        return Judged(tiers=tuple(tiers)) if len(row.faults) == faults else None

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
    )


#: Every kind of method, by the word a rule file calls it.
KINDS: Final[dict[str, type[Scoring]]] = {one.kind: one for one in (Proportional, Threshold, Banded, Stepped, Graded)}
