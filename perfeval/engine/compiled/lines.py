"""The score of a row as straight pieces in whole quanta, from which code is generated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from perfeval.methods.normal_form import DEVIATION, DIFFERENCE, INVERSE, LINEAR, RATIO, VALUE, Edge, Measured, Step
from perfeval.numbers.piecewise import ONE, ZERO, Piece
from perfeval.numbers.rounding import Quantum

#: The number that a line is over: the value itself, or one divided by it.
Over: TypeAlias = Literal["value", "inverse"]


@frozen(kw_only=True)
class Line:
    """So many quanta over one stretch of numbers: ``constant + slope · x``, of one sign, its ends open or closed."""

    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool
    constant: Fraction
    slope: Fraction
    over: Over = "value"

    @property
    def negative(self) -> bool:
        """True if what it says lies below 0, where rounding looks the other way."""
        x = Piece(low=self.low, high=self.high).middle
        return self.constant + (self.slope and self.slope * (x if self.over == "value" else 1 / x)) < 0


@frozen(kw_only=True)
class Stairs:
    """A row that rounds its rate or counts whole steps, before its lines: these are over what comes out of that.

    The measure is ``(scale · x + shift)``, or ``scale ÷ x``. Where an edge of ``zero`` holds it earns ``cut`` quanta.
    """

    scale: Fraction
    shift: Fraction
    over: Over
    rate: Quantum | None
    zero: tuple[Edge, ...]
    cut: Line
    step: Step | None
    lines: tuple[Line, ...]


def lines(
    lowered: Measured, target: Fraction | None, unit: Fraction, size: Fraction = ONE
) -> tuple[Line, ...] | Stairs | None:
    """Return the score of *lowered* over an actual as lines, *unit* quanta being the whole weight; None if it has none.

    *target* is the value of the target, None where there is none; the actual is so many times *size*. Of numbers that
    no line holds, and of those that are not above 0 where the measure divides by them, nothing is said.
    """
    road = _road(lowered, target)
    if road is None or (target == 0 and (lowered.void_at_zero or lowered.at_zero is not None)):
        return None
    scale, shift, over = road
    scale = scale / size if over == "inverse" else scale * size
    step = lowered.step
    if lowered.rate is None and (step is None or step.count == "exact"):
        pieces = lowered.earned
        if over == "inverse":
            return _told([piece.reciprocal(scale) for piece in pieces], unit, over)
        return _told([piece.substituted(scale, shift) for piece in pieces], unit, over)
    if step is None:
        # The number of rate steps takes the place of the measure.
        assert lowered.rate is not None
        moved = [piece.substituted(lowered.rate.step, ZERO) for piece in lowered.earned]
    else:
        moved = [one for piece in lowered.curve.pieces for one in piece.clamped(lowered.floor, lowered.cap)]
    (cut,) = _told(Piece().clamped(lowered.floor, lowered.cap), unit, "value")
    return Stairs(
        scale=scale,
        shift=shift,
        over=over,
        rate=lowered.rate,
        zero=() if step is None else lowered.zero,
        cut=cut,
        step=step,
        lines=_told(moved, unit, "value"),
    )


def ratio_lines(lowered: Measured, scale: Fraction, unit: Fraction) -> tuple[Line, ...] | None:
    """The lines over one amount ÷ another, for a row that makes both of its facts; the measure is *scale* of that."""
    if lowered.measure is not RATIO or lowered.rate is not None or lowered.step is not None:
        return None
    return _told([piece.substituted(scale, ZERO) for piece in lowered.earned], unit, "value")


def _road(lowered: Measured, target: Fraction | None) -> tuple[Fraction, Fraction, Over] | None:
    """Return how the measure follows from the actual: scale and shift, or scale over it."""
    measure = lowered.measure
    if measure is VALUE:
        return ONE, ZERO, "value"
    if target is None:
        return None
    if measure is DIFFERENCE:
        return ONE, -target, "value"
    if target <= 0:
        return None
    if measure is RATIO:
        return 1 / target, ZERO, "value"
    if measure is DEVIATION:
        return 1 / target, -ONE, "value"
    if measure is LINEAR:
        return -1 / target, Fraction(2), "value"
    return (target, ZERO, "inverse") if measure is INVERSE else None


def _told(pieces: Iterable[Piece], unit: Fraction, over: Over) -> tuple[Line, ...]:
    """*pieces* in rising order, as lines that count quanta, each cut where it passes through 0."""
    ordered = sorted((one for one in pieces if not one.empty), key=lambda one: one.start)
    return tuple(
        Line(
            low=part.low,
            low_closed=part.low_closed,
            high=part.high,
            high_closed=part.high_closed,
            constant=part.constant * unit,
            slope=part.slope * unit,
            over=over,
        )
        for piece in ordered
        for part in _one_signed(piece, over)
    )


def _one_signed(piece: Piece, over: Over) -> Iterator[Piece]:
    """*piece* cut where it passes through 0, which belongs to the part below."""
    if not piece.slope or (over == "inverse" and not piece.constant):
        yield piece
        return
    zero = -piece.constant / piece.slope if over == "value" else -piece.slope / piece.constant
    if (piece.low is not None and zero <= piece.low) or (piece.high is not None and zero >= piece.high):
        yield piece
    else:
        yield piece.between(piece.low, piece.low_closed, zero, True)
        yield piece.between(zero, False, piece.high, piece.high_closed)


def cuts(found: Sequence[Line]) -> tuple[list[tuple[Fraction, bool]], list[Line | None]]:
    """Return the cuts between lines, and the lines between the cuts: one more than cuts, None in a gap.

    Each cut is a number, and whether that number still belongs to what lies below it.
    """
    ends: list[tuple[Fraction, bool]] = []
    between: list[Line | None] = []
    at: tuple[Fraction, bool] | None = None
    for line in found:
        start = None if line.low is None else (line.low, not line.low_closed)
        if start is not None and start != at:
            between.append(None)
            ends.append(start)
        between.append(line)
        at = None if line.high is None else (line.high, line.high_closed)
        if at is not None:
            ends.append(at)
    if at is not None or not found:
        between.append(None)
    return ends, between
