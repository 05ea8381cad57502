"""The measures that can occur, and the range of what a method earns over them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from perfeval.methods.normal_form import INVERSE, Item, Judged, Lowered, Measured, Step, Tallied
from perfeval.numbers.piecewise import ZERO, Curve, Piece, Range, beyond, joined, on_grid, within
from perfeval.numbers.quantity import Moment, Quantity, Reading


def domain(lowered: Measured) -> Piece:
    """The measures that can occur: target ÷ actual is above 0, or rounded to it; anything else may be any number."""
    if lowered.measure is not INVERSE:
        return Piece()
    return Piece(low=ZERO, low_closed=lowered.rate is not None and lowered.rate.hides)


def grid(lowered: Measured, target: Reading) -> Fraction | None:
    """Return the step that every measure is a multiple of: the rounding of the rate, or a day."""
    if lowered.rate is not None:
        return lowered.rate.step
    return Fraction(1) if isinstance(target, Moment) else None


def only_at_zero(lowered: Lowered, target: Reading) -> bool:
    """Return True if *target* is always 0 and the method states what that earns, or that nothing does."""
    known = target.value if isinstance(target, Quantity | Moment) else None
    return isinstance(lowered, Measured) and known == 0 and (lowered.at_zero is not None or lowered.void_at_zero)


@frozen(kw_only=True)
class Part:
    """A range of earned shares before items and limits, and the limits that hold there."""

    earned: Range
    floor: Fraction
    cap: Fraction | None


def spread(lowered: Lowered, target: Reading) -> Range:
    """The least and the most that a method can earn beside *target*, as parts of the weight."""
    found = [_clamped(_with_items(part.earned, lowered.items), part) for part in parts(lowered, target)]
    return joined(found)


def parts(lowered: Lowered, target: Reading) -> list[Part]:
    """Return the earned shares piece by piece, or tier by tier: a tier's own score may pass the limits."""
    floor, cap = lowered.floor, lowered.cap
    if isinstance(lowered, Judged):
        return [
            Part(
                earned=Range(low=tier.low, high=tier.high, high_closed=tier.high_closed),
                floor=min(floor, tier.low),
                cap=None if cap is None else max(cap, tier.high),
            )
            for tier in lowered.tiers
        ]
    pieces = [Piece(constant=lowered.start)] if isinstance(lowered, Tallied) else _pieces(lowered, target)
    return [Part(earned=piece.span, floor=floor, cap=cap) for piece in pieces]


def _with_items(base: Range, items: Sequence[Item]) -> Range:
    """The range *base* with what the items can add and take."""
    low, high = base.low, base.high
    for item in items:
        whole = None if item.times is None else item.share * item.times
        if item.share > 0:
            high = None if high is None or whole is None else high + whole
        elif item.share < 0:
            low = None if low is None or whole is None else low + whole
    return Range(low=low, high=high, high_closed=base.high_closed)


def _clamped(found: Range, part: Part) -> Range:
    """A range between the limits."""
    low, high, closed = found.low, found.high, found.high_closed
    low = part.floor if low is None else max(part.floor, low)
    if part.cap is not None:
        high, closed = (part.cap, True) if high is None or high > part.cap else (high, closed)
        low = min(part.cap, low)
    if high is not None:
        high, closed = (high, closed) if high > part.floor else (part.floor, True)
    return Range(low=low, high=high, high_closed=closed)


def _pieces(lowered: Measured, target: Reading) -> list[Piece]:
    """Return the reachable pieces of a computing method before items and limits."""
    pieces = [] if lowered.at_zero is None else [*lowered.at_zero.pieces]
    if not only_at_zero(lowered, target):
        for curve in (lowered.curve, lowered.explained):
            pieces += () if curve is None else _reached(lowered, curve, grid(lowered, target))
    return pieces or [Piece()]


def _reached(lowered: Measured, curve: Curve, unit: Fraction | None) -> Iterator[Piece]:
    """*curve* as far as some measure, a multiple of *unit*, lies in it, and nothing where a pass mark cuts it off."""
    left: tuple[Piece, ...] = (domain(lowered),)
    for edge in lowered.zero:
        cut, rest = (beyond(side, edge.at) for side in (edge.side, edge.side.opposite))
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
