"""The least and the most that a method can earn in one row, items and limits included."""

from __future__ import annotations

from fractions import Fraction

from perfeval.engine.curves import Range, within
from perfeval.engine.curves import earned as range_of
from perfeval.language.curve import ZERO, Piece
from perfeval.language.normal import INVERSE, Judged, Lowered, Measured, Tallied
from perfeval.quantity import Moment, Quantity, Reading


def domain(lowered: Measured) -> Piece:
    """The measures that can occur: target ÷ actual is above 0, or rounded to it; anything else may be any number."""
    if lowered.measure is not INVERSE:
        return Piece()
    return Piece(low=ZERO, low_closed=lowered.rate is not None and lowered.rate.mode != "up")


def only_at_zero(lowered: Lowered, target: Reading) -> bool:
    """Whether *target* is 0 for good and the method says what counts instead of its curve, or that nothing does."""
    known = target.value if isinstance(target, Quantity | Moment) else None
    return isinstance(lowered, Measured) and known == 0 and (lowered.at_zero is not None or lowered.void_at_zero)


def spread(lowered: Lowered, target: Reading) -> Range:
    """The least and the most that a method can earn beside *target*, as parts of the weight."""
    base = _base(lowered, target)
    low, high, closed = base.low, base.high, base.high_closed
    for item in lowered.items:
        whole = None if item.times is None else item.share * item.times
        if item.share > 0:
            high = None if high is None or whole is None else high + whole
        elif item.share < 0:
            low = None if low is None or whole is None else low + whole
    return _clamped(lowered, base, low, high, closed)


def _clamped(lowered: Lowered, base: Range, low: Fraction | None, high: Fraction | None, closed: bool) -> Range:
    """A range between the limits; a tier's own score may pass them."""
    floor, cap = lowered.floor, lowered.cap
    if isinstance(lowered, Judged):
        floor = floor if base.low is None else min(floor, base.low)
        cap = cap if cap is None or base.high is None else max(cap, base.high)
    low = floor if low is None else max(floor, low)
    if cap is not None:
        high, closed = (cap, True) if high is None or high > cap else (high, closed)
        low = min(cap, low)
    if high is not None:
        high, closed = (high, closed) if high > floor else (floor, True)
    return Range(low=low, high=high, high_closed=closed)


def _base(lowered: Lowered, target: Reading) -> Range:
    """What is earned before items and limits."""
    if isinstance(lowered, Tallied):
        return Range(low=lowered.start, high=lowered.start)
    if isinstance(lowered, Judged):
        lows, highs = [tier.low for tier in lowered.tiers], [tier.high for tier in lowered.tiers]
        return Range(low=min(lows), high=max(highs))
    pieces = [] if lowered.at_zero is None else [*lowered.at_zero.pieces]
    if not only_at_zero(lowered, target):
        # The curve of steps is over steps, of which there are as many as one likes on either side.
        possible = Piece() if lowered.step is not None else domain(lowered)
        for curve in (lowered.curve, lowered.explained):
            pieces += () if curve is None else within(curve.pieces, possible)
        pieces += [Piece()] if lowered.zero else []
    return range_of(pieces) if pieces else Range(low=ZERO, high=ZERO)
