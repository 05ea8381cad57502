"""The normal form of a method: measure, step, curve and limits, or a table of tiers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, Protocol, TypeAlias

from attrs import frozen

from perfeval.numbers.amounts import Made, Merge
from perfeval.numbers.comparison import Comparison
from perfeval.numbers.piecewise import Curve, Piece, beyond, clamped
from perfeval.numbers.quantity import Unit
from perfeval.numbers.rounding import Quantum
from perfeval.problems import Origin

Better: TypeAlias = Literal["higher", "lower"]
MeasureName: TypeAlias = Literal["value", "completion", "difference", "deviation"]
Count: TypeAlias = Literal["whole", "started", "exact"]


@frozen(kw_only=True)
class Measure:
    """The number a method looks at: its name, its formula as people write it, and the formula itself.

    ``of`` takes actual and target (0 where the method needs none) and gives the number, or None for one above every
    bound: the completion of "less is better" at an actual of 0 or below. ``divides`` says that a target of 0 has none;
    ``is_ratio`` that it is a plain ratio, which the file's ``rounding.rate`` rounds and people read as a percentage.
    """

    name: str
    formula: str
    of: Callable[[Fraction, Fraction], Fraction | None]
    targeted: bool = True
    divides: bool = False
    is_ratio: bool = False


# Functions with names, not lambdas: an evaluation can then be sent to another process.
def _value(actual: Fraction, _: Fraction) -> Fraction:
    return actual


def _difference(actual: Fraction, target: Fraction) -> Fraction:
    return actual - target


def _deviation(actual: Fraction, target: Fraction) -> Fraction:
    return (actual - target) / target


def _ratio(actual: Fraction, target: Fraction) -> Fraction:
    return actual / target


def _inverse(actual: Fraction, target: Fraction) -> Fraction | None:
    return target / actual if actual > 0 else None


def _linear(actual: Fraction, target: Fraction) -> Fraction:
    return 2 - actual / target


VALUE: Final = Measure(name="value", formula="{a}", of=_value, targeted=False)
DIFFERENCE: Final = Measure(name="difference", formula="{a} - {t}", of=_difference)
DEVIATION: Final = Measure(name="deviation", formula="({a} - {t}) ÷ {t}", of=_deviation, divides=True, is_ratio=True)
#: Where more is better.
RATIO: Final = Measure(name="completion", formula="{a} ÷ {t}", of=_ratio, divides=True, is_ratio=True)
#: Where less is better; nothing at all is better than any number.
INVERSE: Final = Measure(name="completion", formula="{t} ÷ {a}", of=_inverse, divides=True, is_ratio=True)
#: Where less is better and the way to zero is straight: zero at twice the target.
LINEAR: Final = Measure(name="completion", formula="2 - {a} ÷ {t}", of=_linear, divides=True, is_ratio=True)


def completion(better: Better, reverse: str | None) -> Measure:
    """Return how far the target is reached: 1 is reached, above it is better."""
    if better == "higher":
        return RATIO
    return LINEAR if reverse == "linear" else INVERSE


def measure_of(name: MeasureName, better: Better, reverse: str | None) -> Measure:
    """The measure called *name*."""
    plain: dict[str, Measure] = {"value": VALUE, "difference": DIFFERENCE, "deviation": DEVIATION}
    return plain.get(name) or completion(better, reverse)


def _whole(count: Fraction) -> Fraction:
    return Fraction(count.numerator // count.denominator)


def _started(count: Fraction) -> Fraction:
    return Fraction(-(-count.numerator // count.denominator))


_COUNTS: Final[dict[Count, Callable[[Fraction], Fraction]]] = {
    "whole": _whole,
    "started": _started,
    "exact": lambda count: count,
}


@frozen(kw_only=True, eq=False, repr=False)
class Step:
    """Counts the steps of ``per`` from ``centre`` to a measure: above 0 on the better side, below on the worse."""

    per: Fraction
    count: Count
    centre: Fraction
    better: Better

    @property
    def scale(self) -> Fraction:
        """By how much one step more changes the measure."""
        return self.per if self.better == "higher" else -self.per

    def of(self, measure: Fraction | None) -> Fraction | None:
        """The signed number of steps; None stays None, above every bound."""
        if measure is None:
            return None
        distance = measure - self.centre if self.better == "higher" else self.centre - measure
        steps = _COUNTS[self.count](abs(distance) / self.per)
        return steps if distance >= 0 else -steps

    def lines(self, curve: Curve) -> tuple[Piece, ...]:
        """*curve*, which is over steps, over the measure; whole and started steps become the lines between them."""
        # Steps are (measure - centre) ÷ scale.
        moved = tuple(piece.substituted(1 / self.scale, -self.centre / self.scale) for piece in curve.pieces)
        return moved if self.scale > 0 else moved[::-1]

    def stairs(self, curve: Curve, low: Fraction, high: Fraction) -> tuple[Piece, ...]:
        """The same with a flat piece for each whole or started step, between two measures and a little beyond."""
        if self.count == "exact":
            return self.lines(curve)
        first, last = sorted((end - self.centre) / self.scale for end in (low, high))
        counts = range(math.floor(first) - 1, math.ceil(last) + 2)
        return self.lines(Curve(tuple(piece for count in counts for piece in self._stair(curve, count))))

    def _stair(self, curve: Curve, count: int) -> Iterator[Piece]:
        """The flat piece of so many steps; none where *curve* says nothing of them."""
        found = curve.piece(Fraction(count))
        if found is None:
            return
        outer = count + (count > 0) - (count < 0)  # a whole step lasts until the next is full
        inner = count - (count > 0) + (count < 0)  # a started one begins where the one before was full
        if self.count == "whole":
            low, high = (-1, 1) if count == 0 else sorted((count, outer))
            closed = (count > 0, count < 0)
        else:
            low, high = sorted((count, inner))
            closed = (count <= 0, count >= 0)
        share = found.at(Fraction(count))
        yield Piece(constant=share).between(Fraction(low), closed[0], Fraction(high), closed[1])


@frozen(kw_only=True, eq=False, repr=False)
class Edge:
    """An edge whose value has been read, and the side on which it holds."""

    side: Comparison
    at: Fraction
    text: str

    def holds(self, x: Fraction | None) -> bool:
        """Return True if *x* lies on that side; None is above every bound."""
        return self.side.holds(x, self.at)

    def __str__(self) -> str:
        return f"{self.side.sign} {self.text}"


@frozen(kw_only=True, eq=False, repr=False)
class BandNote:
    """The name, origin and basis of a band; ``unless_reason`` if a reason lifts it."""

    name: str | None
    basis: str | None
    origin: Origin
    unless_reason: bool = False


@frozen(kw_only=True, eq=False, repr=False)
class Item:
    """Points on top (``share`` above 0) or off, for each time a fact counts it; at most ``times``, None for no end."""

    name: str
    share: Fraction
    times: int | None
    basis: str | None
    origin: Origin

    def of(self, count: int) -> Fraction:
        """Return what *count* times add."""
        return self.share * (count if self.times is None else min(count, self.times))


@frozen(kw_only=True, eq=False, repr=False)
class Measured:
    """A method that computes, lowered for one row.

    ``directed`` says that the target or the method tells which side is better; otherwise nothing does, and more is.
    The order is measure, rounding of the rate, step, curve, items, limits. Where an edge of ``zero`` holds, the
    measure earns nothing. ``explained`` is the curve where the fact gives a reason, ``at_zero`` replaces the whole road
    where the target is 0; with ``void_at_zero`` the row does not apply there. ``bands`` say what the bands are called
    and rest on, ``actual`` and ``target`` which facts make them, where it is not the plain one, and ``merge`` how
    several units become one.
    """

    measure: Measure
    better: Better
    directed: bool
    unit: Unit | None
    curve: Curve
    explained: Curve | None = None
    step: Step | None = None
    rate: Quantum | None = None
    floor: Fraction
    cap: Fraction | None
    zero: tuple[Edge, ...] = ()
    at_zero: Curve | None = None
    void_at_zero: bool = False
    reasons: tuple[Edge, ...] = ()
    bands: tuple[BandNote, ...] = ()
    actual: Made | None = None
    target: Made | None = None
    merge: Merge | None = None
    items: tuple[Item, ...] = ()

    @cached_property
    def earned(self) -> tuple[Piece, ...]:
        """Return the earned share over the measure, with pass marks and limits, before any reason and item."""
        return clamped(self.road(self.curve, self.zero), self.floor, self.cap)

    def drawn(self, low: Fraction, high: Fraction) -> tuple[Piece, ...]:
        """The same between two measures, whole and started steps as the stairs that they are."""
        return clamped(self.road(self.curve, self.zero, (low, high)), self.floor, self.cap)

    def road(
        self, curve: Curve, zero: Sequence[Edge] = (), window: tuple[Fraction, Fraction] | None = None
    ) -> tuple[Piece, ...]:
        """Return the share of *curve* over the measure before the limits, with the pass marks *zero*.

        Whole and started steps are stairs inside *window*; without one they are the straight lines between.
        """
        pieces = curve.pieces
        if self.step is not None:
            pieces = self.step.lines(curve) if window is None else self.step.stairs(curve, *window)
        for edge in zero:
            pieces = Curve(pieces).with_stretch(beyond(edge.side, edge.at)).pieces
        return pieces

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """The amounts that the fact must give: those that the method names, or the actual."""
        made = (self.actual, self.target)
        names = tuple(dict.fromkeys(name for one in made if one for name in one.names))
        return names if self.actual else (*names, "actual")


@frozen(kw_only=True)
class JudgedTier:
    """One tier: the shares a person may give in it. ``low`` = ``high`` where the tier itself is the score."""

    name: str
    aliases: tuple[str, ...]
    low: Fraction
    high: Fraction
    high_closed: bool
    index: int
    basis: str | None
    origin: Origin

    @property
    def fixed(self) -> bool:
        return self.low == self.high and self.high_closed

    def holds(self, share: Fraction) -> bool:
        return self.low <= share and (share < self.high or (self.high_closed and share == self.high))


@frozen(kw_only=True, eq=False, repr=False)
class Judged:
    """A method in which a person picks a tier, lowered for one row: a finite table.

    What ``items`` add stays between ``floor`` and ``cap``, which a tier's own score may pass.
    """

    tiers: tuple[JudgedTier, ...]
    floor: Fraction
    cap: Fraction | None
    items: tuple[Item, ...] = ()

    def tier(self, name: str) -> JudgedTier | None:
        """The tier that *name* is the name or an alias of, white space ignored."""
        return self._called.get(squeezed(name))

    @cached_property
    def _called(self) -> Mapping[str, JudgedTier]:
        # The first that is called so: later ones do not replace it.
        names = [(squeezed(name), tier) for tier in self.tiers for name in (tier.name, *tier.aliases)]
        return dict(reversed(names))


@frozen(kw_only=True, eq=False, repr=False)
class Tallied:
    """A method that only counts, lowered for one row: ``start`` and what the items add, between floor and cap."""

    start: Fraction
    items: tuple[Item, ...]
    floor: Fraction
    cap: Fraction | None


Lowered: TypeAlias = Measured | Judged | Tallied


class Named(Protocol):
    """A tier or a grade: what may be called by its name or by an alias."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


def repeated(items: Sequence[Named]) -> Iterator[tuple[int, int, str, str]]:
    """Each name or alias that an earlier one of *items* has too: where it is, where it was, under which key, itself."""
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        for key, name in (("name", item.name), *(("aliases", alias) for alias in item.aliases)):
            if squeezed(name) in seen:
                yield index, seen[squeezed(name)], key, name
            seen.setdefault(squeezed(name), index)


def squeezed(text: str) -> str:
    """*text* without white space: Chinese forms break words at the edge of a cell."""
    return "".join(text.split())
