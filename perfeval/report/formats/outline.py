"""The outline of a row's curve: its pieces, limits and notable points."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from perfeval.engine.program.program import ProgramRow
from perfeval.methods.normal_form import LINEAR, VALUE, Measured
from perfeval.numbers.piecewise import ONE, ZERO, Piece
from perfeval.numbers.quantity import BARE, Moment, Quantity
from perfeval.numbers.rounding import near_percent, near_text

#: The most steps looked at on either side of the centre.
STEPS: Final = 200


def road(row: ProgramRow, lowered: Measured) -> Measured:
    """*lowered*, or what stands in its place where the target of *row* is known to be 0."""
    if lowered.at_zero is None or _known(row) != 0:
        return lowered
    return evolve(lowered, measure=VALUE, curve=lowered.at_zero, step=None, zero=())


def _known(row: ProgramRow) -> Fraction | None:
    return row.target.value if isinstance(row.target, Quantity | Moment) else None


def aim(row: ProgramRow, lowered: Measured) -> Fraction | None:
    """The measure of what just reaches the target; None where only a fact says."""
    if lowered.measure.name == "value":
        return _known(row)
    return ONE if lowered.measure.name == "completion" else ZERO


def jumps(pieces: Sequence[Piece]) -> dict[tuple[Fraction, Fraction], bool]:
    """The ends where what is earned jumps, or stops being said: measure and share, and whether the end is closed."""
    ends: list[tuple[Fraction, Fraction, bool]] = []
    for left, right in pairwise((None, *pieces, None)):
        if left and right and left.touches(right) and left.at(left.high) == right.at(right.low):
            continue
        if left and left.high is not None:
            ends.append((left.high, left.at(left.high), left.high_closed))
        if right and right.low is not None:
            ends.append((right.low, right.at(right.low), right.low_closed))
    # A point that one piece leaves out may be the end of another: what is closed comes last, and wins.
    return {(x, share): closed for x, share, closed in sorted(ends, key=lambda end: end[2])}


@frozen(kw_only=True)
class Axis:
    """The axis of a measure: how its numbers are written, and which of them are round."""

    percent: bool
    date: Moment | None
    size: Fraction
    #: Round are 1, 2, 5, 10 … times ``grain`` away from ``start``, and tenths of it unless that is ``whole``.
    grain: Fraction
    start: Fraction = ZERO
    whole: bool = False

    def text(self, x: Fraction) -> str:
        """*x* as people write it: a date, a percentage, or a number in the unit of the measure."""
        if self.date is not None:
            text = datetime.date.fromordinal(int(x)).isoformat()
            return text if self.date.has_year else text[5:]
        return near_percent(x) if self.percent else near_text(x / self.size)


def axis(row: ProgramRow, lowered: Measured) -> Axis:
    """Return the axis of the measure of *row*."""
    unit = lowered.unit or BARE
    percent = lowered.measure.is_ratio or unit.dimension == "%"
    size = Fraction(1, 100) if percent else unit.factor
    if lowered.measure.name == "value" and isinstance(row.target, Moment):
        return Axis(percent=False, date=row.target, size=ONE, grain=ONE, start=row.target.value, whole=True)
    if lowered.step is not None and lowered.step.count != "exact":
        step = lowered.step
        return Axis(percent=percent, date=None, size=size, grain=step.per, start=step.centre, whole=True)
    return Axis(percent=percent, date=None, size=size, grain=size)


def window(row: ProgramRow, lowered: Measured) -> tuple[Fraction, Fraction]:
    """From where to where the measure is worth a look: every end of a piece and the target, with a margin.

    What would take more than ``STEPS`` whole or started steps is cut off.
    """
    numbers, target, step = axis(row, lowered), aim(row, lowered), lowered.step
    pieces = lowered.earned
    ends = [end for piece in pieces for end in (piece.low, piece.high) if end is not None]
    ends += [] if target is None else [target]
    # A line that runs to nothing at 0 is shown from there.
    ends += [ZERO] if any(piece.slope and not piece.constant for piece in pieces) else []
    low, high = min(ends, default=ZERO), max(ends, default=ZERO)
    alone = 15 * ONE if numbers.date else abs(low) / 4 or numbers.size
    margin = max((high - low) / 8 or alone, step.per * 5 / 2 if step else ZERO)
    positive = high > low >= 0 and lowered.measure.name in {"value", "completion"} and lowered.measure != LINEAR
    low, high = max(low - margin, ZERO) if positive else low - margin, high + margin
    if step is not None and step.count != "exact":
        low, high = max(low, step.centre - STEPS * step.per), min(high, step.centre + STEPS * step.per)
    return low, high


def round_numbers(low: Fraction, high: Fraction, numbers: Axis, most: int) -> list[Fraction]:
    """The round numbers from *low* to *high*, so far apart that these are *most* times as wide or less."""
    grain = numbers.grain
    while not numbers.whole and high - low <= most * grain / 10:
        grain /= 10
    steps = (grain * 10**power * times for power in itertools.count() for times in (1, 2, 5))
    step = next(step for step in steps if high - low <= most * step)
    first, last = math.ceil((low - numbers.start) / step), math.floor((high - numbers.start) / step)
    return [numbers.start + step * count for count in range(first, last + 1)]
