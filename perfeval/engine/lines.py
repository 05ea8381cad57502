"""What a row scores, as straight lines between ends, counted in quanta: what generated code is written from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from perfeval.engine.earning import earned, limited
from perfeval.exact import Quantum
from perfeval.language.curve import ONE, ZERO, Piece
from perfeval.language.normal import DEVIATION, DIFFERENCE, INVERSE, LINEAR, RATIO, VALUE, Edge, Measured, Step

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
        """Whether what it says lies below 0, where rounding looks the other way."""
        return self._at(_between(self.low, self.high)) < 0

    def _at(self, x: Fraction) -> Fraction:
        if not self.slope:
            return self.constant
        return self.constant + self.slope * (x if self.over == "value" else 1 / x)


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
    """What *lowered* scores over an actual, *unit* quanta being the whole weight; None where it is no line.

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
        pieces = earned(lowered)
        moved = [one for piece in pieces for one in _moved(piece, scale, shift, over)]
        return _told(moved, unit, over)
    if step is None:
        # The number of rate steps takes the place of the measure.
        assert lowered.rate is not None
        moved = [one for piece in earned(lowered) for one in _moved(piece, lowered.rate.step, ZERO, "value")]
    else:
        moved = [one for piece in lowered.curve.pieces for one in limited(piece, lowered.floor, lowered.cap)]
    (cut,) = _told(limited(Piece(), lowered.floor, lowered.cap), unit, "value")
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
    return _told([one for piece in earned(lowered) for one in _moved(piece, scale, ZERO, "value")], unit, "value")


def _road(lowered: Measured, target: Fraction | None) -> tuple[Fraction, Fraction, Over] | None:
    """How the measure comes from the actual: scale and shift, or scale over it."""
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


def _moved(piece: Piece, scale: Fraction, shift: Fraction, over: Over) -> Iterator[Piece]:
    """*piece*, which is over the measure, over the number that the measure comes from."""
    if over == "inverse":
        # The measure is scale / x with both above 0: what lies at or below 0 is met by no x.
        if piece.high is not None and piece.high <= 0:
            return
        low = None if piece.high is None else scale / piece.high
        high = None if piece.low is None or piece.low <= 0 else scale / piece.low
        closed = piece.high_closed and low is not None, piece.low_closed and high is not None
        yield evolve(
            piece,
            low=ZERO if low is None else low,
            low_closed=closed[0],
            high=high,
            high_closed=closed[1],
            slope=piece.slope * scale,
        )
        return
    low, high = (None if end is None else (end - shift) / scale for end in (piece.low, piece.high))
    moved = evolve(piece, constant=piece.constant + piece.slope * shift, slope=piece.slope * scale)
    if scale > 0:
        yield evolve(moved, low=low, high=high)
    else:
        yield evolve(moved, low=high, low_closed=piece.high_closed, high=low, high_closed=piece.low_closed)


def _told(pieces: Iterable[Piece], unit: Fraction, over: Over) -> tuple[Line, ...]:
    """*pieces* in rising order, as lines that count quanta, each cut where it passes through 0."""
    found: list[Line] = []
    for piece in sorted(pieces, key=lambda one: (one.low is not None, one.low or ZERO, not one.low_closed)):
        if piece.empty:
            continue
        line = Line(
            low=piece.low,
            low_closed=piece.low_closed,
            high=piece.high,
            high_closed=piece.high_closed,
            constant=piece.constant * unit,
            slope=piece.slope * unit,
            over=over,
        )
        found.extend(_one_signed(line))
    return tuple(found)


def _one_signed(line: Line) -> Iterator[Line]:
    if not line.slope or (line.over == "inverse" and not line.constant):
        yield line
        return
    zero = -line.constant / line.slope if line.over == "value" else -line.slope / line.constant
    if (line.low is not None and zero <= line.low) or (line.high is not None and zero >= line.high):
        yield line
    else:
        yield evolve(line, high=zero, high_closed=True)
        yield evolve(line, low=zero, low_closed=False)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None:
        return ZERO if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def cuts(found: Sequence[Line]) -> tuple[list[tuple[Fraction, bool]], list[Line | None]]:
    """Where one line gives way to the next, and what lies between: one more than there are cuts, None in a gap.

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
