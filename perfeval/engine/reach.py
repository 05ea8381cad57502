"""The measures that can occur, and the least and the most that a method can earn, items and limits included."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from perfeval.engine.curves import Range, on_grid, within
from perfeval.engine.curves import earned as range_of
from perfeval.language.curve import ZERO, Curve, EdgeWord, Piece, beyond
from perfeval.language.normal import INVERSE, Judged, Lowered, Measured, Step, Tallied
from perfeval.quantity import Moment, Quantity, Reading

#: What holds where an edge does not.
_OTHER_SIDE: Final[dict[EdgeWord, EdgeWord]] = {"from": "below", "above": "to", "to": "above", "below": "from"}


def domain(lowered: Measured) -> Piece:
    """The measures that can occur: target ÷ actual is above 0, or rounded to it; anything else may be any number."""
    if lowered.measure is not INVERSE:
        return Piece()
    return Piece(low=ZERO, low_closed=lowered.rate is not None and lowered.rate.mode != "up")


def grid(lowered: Measured, target: Reading) -> Fraction | None:
    """What every measure is a multiple of: the rounding of the rate, or a day."""
    if lowered.rate is not None:
        return lowered.rate.step
    return Fraction(1) if isinstance(target, Moment) else None


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
        for curve in (lowered.curve, lowered.explained):
            pieces += () if curve is None else _reached(lowered, curve, grid(lowered, target))
    return range_of(pieces) if pieces else Range(low=ZERO, high=ZERO)


def _reached(lowered: Measured, curve: Curve, unit: Fraction | None) -> Iterator[Piece]:
    """*curve* as far as some measure, a multiple of *unit*, lies in it, and nothing where a pass mark cuts it off."""
    left: tuple[Piece, ...] = (domain(lowered),)
    for edge in lowered.zero:
        cut, rest = (beyond(word, edge.at, ZERO) for word in (edge.word, _OTHER_SIDE[edge.word]))
        yield from (Piece() for _ in on_grid(within(left, cut), unit))
        left = within(left, rest)
    if lowered.step is None:
        for possible in left:
            yield from on_grid(within(curve.pieces, possible), unit)
        return
    for possible in on_grid(left, unit):
        yield from within(curve.pieces, _counted(lowered.step, possible))


def _counted(step: Step, possible: Piece) -> Piece:
    """The steps from the centre to what lies in *possible*, from the least to the most; below 0 on the worse side."""
    ends: list[tuple[Fraction | None, bool]] = []
    for at, closed in ((possible.low, possible.low_closed), (possible.high, possible.high_closed)):
        if at is None or closed or step.count == "exact":
            ends.append((step.of(at), closed))
        else:  # what lies between an open end and the next full step counts alike
            ends.append((step.of(_beside(step, possible, at)), True))
    (low, low_closed), (high, high_closed) = ends if step.better == "higher" else ends[::-1]
    return Piece(low=low, low_closed=low_closed, high=high, high_closed=high_closed)


def _beside(step: Step, possible: Piece, at: Fraction) -> Fraction:
    """A measure in *possible* so near its open end *at* that no full step lies between."""
    steps = (at - step.centre) / step.per
    if at == possible.low:
        full, other = step.centre + (math.floor(steps) + 1) * step.per, possible.high
        return (at + (full if other is None else min(full, other))) / 2
    full, other = step.centre + (math.ceil(steps) - 1) * step.per, possible.low
    return (at + (full if other is None else max(full, other))) / 2
