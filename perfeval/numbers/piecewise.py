"""Piecewise linear functions over exact numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Final, TypeAlias

from attrs import evolve, frozen

from perfeval.numbers.comparison import Comparison

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)


@frozen(kw_only=True)
class Piece:
    """One stretch of a curve: between ``low`` and ``high`` the value is ``constant + slope · x``.

    None as an end means no bound on that side. ``index`` is the place of the band it was written as, None where no
    band wrote it.
    """

    low: Fraction | None = None
    low_closed: bool = False
    high: Fraction | None = None
    high_closed: bool = False
    constant: Fraction = ZERO
    slope: Fraction = ZERO
    index: int | None = None

    def holds(self, x: Fraction | None) -> bool:
        """Return True if *x* lies in the piece; None stands for a number above every bound."""
        if x is None:
            return self.high is None
        if self.low is not None:
            side = _side(x, self.low)
            if side < 0 or (side == 0 and not self.low_closed):
                return False
        if self.high is not None:
            side = _side(x, self.high)
            return side < 0 or (side == 0 and self.high_closed)
        return True

    def at(self, x: Fraction | None) -> Fraction:
        """The value at *x*. Only a flat piece has one above every bound."""
        if x is None or not self.slope:
            return self.constant
        rise = x if self.slope == 1 else self.slope * x
        return self.constant + rise if self.constant else rise

    @property
    def empty(self) -> bool:
        """True if no number at all lies in the piece."""
        if self.low is None or self.high is None or self.low < self.high:
            return False
        return not (self.low == self.high and self.low_closed and self.high_closed)

    @property
    def middle(self) -> Fraction:
        """A number in the piece that is not empty, its ends left out where it has more."""
        if self.low is None:
            return ZERO if self.high is None else self.high - 1
        return self.low + 1 if self.high is None else (self.low + self.high) / 2

    @property
    def start(self) -> tuple[bool, Fraction, bool]:
        """A key to sort pieces by where they begin."""
        return (self.low is not None, self.low or ZERO, not self.low_closed)

    @property
    def end(self) -> tuple[bool, Fraction, bool]:
        """A key to sort pieces by where they end."""
        return (self.high is None, self.high or ZERO, self.high_closed)

    def between(self, low: Fraction | None, low_closed: bool, high: Fraction | None, high_closed: bool) -> Piece:
        """The same line between other ends; written out, since ``evolve`` takes longer than all the rest."""
        return Piece(
            low=low,
            low_closed=low_closed,
            high=high,
            high_closed=high_closed,
            constant=self.constant,
            slope=self.slope,
            index=self.index,
        )

    def restricted(self, domain: Piece) -> Piece:
        """The piece as far as it lies in *domain*; it may be empty."""
        low, high = max(self.start, domain.start), min(self.end, domain.end)
        if low == self.start and high == self.end:
            return self  # most are not cut
        return self.between(low[1] if low[0] else None, low[0] and not low[2], None if high[0] else high[1], high[2])

    def substituted(self, scale: Fraction, shift: Fraction) -> Piece:
        """The piece, which is over ``scale · y + shift``, over y."""
        low, high = (None if end is None else (end - shift) / scale for end in (self.low, self.high))
        moved = evolve(self, constant=self.constant + self.slope * shift, slope=self.slope * scale)
        if scale > 0:
            return moved.between(low, self.low_closed, high, self.high_closed)
        return moved.between(high, self.high_closed, low, self.low_closed)

    def reciprocal(self, scale: Fraction) -> Piece:
        """The piece, which is over ``scale ÷ y``, over y above 0: its value there is ``constant + slope ÷ y``.

        *scale* is above 0. It is empty where the piece holds no number above 0.
        """
        high = None if self.low is None or self.low <= 0 else scale / self.low
        if self.high is not None and self.high <= 0:
            return self.between(ZERO, False, ZERO, False)
        low = ZERO if self.high is None else scale / self.high
        closed = self.high_closed and self.high is not None, self.low_closed and high is not None
        return evolve(self, slope=self.slope * scale).between(low, closed[0], high, closed[1])

    def cut(self, ends: Iterable[Fraction]) -> Iterator[Piece]:
        """The parts of the piece between *ends*; each end that lies in the piece belongs to the part above it."""
        inside = sorted(
            x for x in set(ends) if (self.low is None or self.low < x) and (self.high is None or x < self.high)
        )
        lows, highs = [self.low, *inside], [*inside, self.high]
        for index, (low, high) in enumerate(zip(lows, highs, strict=True)):
            first, last = index == 0, index == len(inside)
            yield self.between(low, self.low_closed if first else True, high, self.high_closed if last else False)

    def clamped(self, least: Fraction, most: Fraction | None) -> Iterator[Piece]:
        """The piece cut where its line crosses *least* or *most* (None is no limit), and flat beyond them."""
        limits = [least] if most is None else [least, most]
        if not self.slope and least <= self.constant and (most is None or self.constant <= most):
            yield self
            return
        for part in self.cut((limit - self.constant) / self.slope for limit in limits) if self.slope else (self,):
            value = part.at(part.middle)
            limit = least if value < least else most if most is not None and value > most else None
            yield part if limit is None else evolve(part, constant=limit, slope=ZERO)

    def touches(self, other: Piece) -> bool:
        """Return True if no number lies between this piece and the *other*, which begins where this one ends."""
        return self.high is not None and self.high == other.low and (self.high_closed or other.low_closed)

    @property
    def span(self) -> Range:
        """The least and the most of its values."""
        if not self.slope:
            return Range(low=self.constant, high=self.constant)
        down, up = (self.low, self.high) if self.slope > 0 else (self.high, self.low)
        closed = self.high_closed if self.slope > 0 else self.low_closed
        return Range(
            low=None if down is None else self.at(down), high=None if up is None else self.at(up), high_closed=closed
        )


def _side(x: Fraction, end: Fraction) -> int:
    """Below 0, 0 or above 0 as *x* lies below, at or above *end*: in whole numbers, at half the cost of comparing."""
    numerator, denominator = x.as_integer_ratio()
    above, below = end.as_integer_ratio()
    return numerator * below - above * denominator


@frozen
class Curve:
    """Pieces in rising order, without overlap; a number in none of them has no value."""

    pieces: tuple[Piece, ...]

    def piece(self, x: Fraction | None) -> Piece | None:
        """The piece *x* lies in, or None in a gap."""
        for piece in self.pieces:
            if piece.holds(x):
                return piece
        return None

    def with_stretch(self, stretch: Piece) -> Curve:
        """The curve with *stretch* laid over it."""
        lower: tuple[Piece, ...] = ()
        upper: tuple[Piece, ...] = ()
        if stretch.low is not None:
            lower = within(self.pieces, Piece(high=stretch.low, high_closed=not stretch.low_closed))
        if stretch.high is not None:
            upper = within(self.pieces, Piece(low=stretch.high, low_closed=not stretch.high_closed))
        return Curve((*lower, stretch, *upper))


# Made.


def beyond(side: Comparison, at: Fraction, value: Fraction = ZERO, index: int | None = None) -> Piece:
    """The flat piece where the comparison *side* with *at* holds."""
    if side.up:
        return Piece(low=at, low_closed=side.closed, constant=value, index=index)
    return Piece(high=at, high_closed=side.closed, constant=value, index=index)


def flat(value: Fraction, index: int | None = None) -> Curve:
    """The same value everywhere."""
    return Curve((Piece(constant=value, index=index),))


def two_sides(met: Piece, missed: Fraction) -> Curve:
    """*met* on its side of an edge, the constant *missed* on the other."""
    return flat(missed).with_stretch(met)


def straight() -> Curve:
    """The number itself."""
    return Curve((Piece(slope=ONE),))


@frozen(eq=False, repr=False)
class Stair:
    """The edge of a band, what the band earns, and its place among the bands."""

    side: Comparison
    at: Fraction
    share: Fraction
    index: int


def stairs(steps: Sequence[Stair], rest: Fraction, index: int) -> Curve:
    """First edge that fits wins, *rest* is for whatever no band takes; *index* is the place of that band.

    The edges fall (``from``, ``above``) or rise (``to``, ``below``), so each band ends where the one before begins.
    """
    # Laying the last band first lets every earlier one win where the two overlap: that is what "first" means.
    curve = flat(rest, index)
    for step in reversed(steps):
        curve = curve.with_stretch(beyond(step.side, step.at, step.share, step.index))
    return curve


# Cut and joined.


def within(pieces: Iterable[Piece], domain: Piece) -> tuple[Piece, ...]:
    """Return the part of *pieces* in *domain*."""
    return tuple(one for piece in pieces if not (one := piece.restricted(domain)).empty)


def clamped(pieces: Iterable[Piece], least: Fraction, most: Fraction | None) -> tuple[Piece, ...]:
    """*pieces* between *least* and *most*; neighbours on one line, which no band parts, become one."""
    found: list[Piece] = []
    for piece in (part for one in pieces for part in one.clamped(least, most)):
        last = found[-1] if found else None
        if last is not None and last.touches(piece) and _line(last) == _line(piece):
            found[-1] = last.between(last.low, last.low_closed, piece.high, piece.high_closed)
        else:
            found.append(piece)
    return tuple(found)


def _line(piece: Piece) -> tuple[Fraction, Fraction, int | None]:
    return piece.constant, piece.slope, piece.index


def on_grid(pieces: Sequence[Piece], step: Fraction | None) -> tuple[Piece, ...]:
    """Return the part of *pieces* on multiples of *step*: each piece from its first multiple to its last.

    Without a *step* that is all of them.
    """
    if step is None:
        return tuple(pieces)
    found: list[Piece] = []
    for piece in pieces:
        low = None if piece.low is None else -(-piece.low // step) * step
        high = None if piece.high is None else piece.high // step * step
        if low is not None and low == piece.low and not piece.low_closed:
            low += step
        if high is not None and high == piece.high and not piece.high_closed:
            high -= step
        if low is None or high is None or low <= high:
            found.append(piece.between(low, low is not None, high, high is not None))
    return tuple(found)


# Looked at.


@frozen(kw_only=True)
class Point:
    """A number, the value there, and the piece it lies in."""

    x: Fraction
    share: Fraction
    piece: Piece


#: Two numbers and their values: the first is the smaller one.
Fall: TypeAlias = tuple[Point, Point]


@frozen(kw_only=True)
class Range:
    """Values from ``low`` to ``high``, None for no bound; ``high_closed`` where the most is reached."""

    low: Fraction | None
    high: Fraction | None
    high_closed: bool = True


def joined(ranges: Sequence[Range]) -> Range:
    """The least and the most of *ranges*, of which there is at least one."""
    lows = [one.low for one in ranges if one.low is not None]
    highs = [one.high for one in ranges if one.high is not None]
    low = min(lows) if len(lows) == len(ranges) else None
    high = max(highs) if len(highs) == len(ranges) else None
    return Range(low=low, high=high, high_closed=any(one.high_closed for one in ranges if one.high == high))


def gaps(pieces: Sequence[Piece], domain: Piece) -> Iterator[Piece]:
    """The stretches of *domain* that lie in none of *pieces*; ends count as open or closed as they are."""
    low, low_closed = domain.low, domain.low_closed
    for piece in sorted(within(pieces, domain), key=lambda one: one.start):
        gap = Piece(low=low, low_closed=low_closed, high=piece.low, high_closed=not piece.low_closed)
        # A piece without a lower end leaves nothing below it.
        if piece.low is not None and not gap.empty:
            yield gap
        if piece.high is None:
            return
        if low is None or piece.high > low or (piece.high == low and piece.high_closed):
            low, low_closed = piece.high, not piece.high_closed
    rest = Piece(low=low, low_closed=low_closed, high=domain.high, high_closed=domain.high_closed)
    if not rest.empty:
        yield rest


def overlaps(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece, Fraction]]:
    """Each two neighbours of *pieces* that share a number, and one such number."""
    furthest: Piece | None = None
    for piece in sorted((one for one in pieces if not one.empty), key=lambda one: one.start):
        if furthest is not None and not (both := piece.restricted(furthest)).empty:
            yield furthest, piece, inside(both)
        if furthest is None or piece.end > furthest.end:
            furthest = piece


def inside(piece: Piece) -> Fraction:
    """A number in *piece*, with as few decimals as can be."""
    low, high, low_closed, high_closed = piece.low, piece.high, piece.low_closed, piece.high_closed
    if low is None and high is None:
        return ZERO
    if low is None:
        assert high is not None
        return high if high_closed else Fraction(floor(high) - (floor(high) == high))
    if high is None:
        return low if low_closed else Fraction(floor(low) + 1)
    if low < high:
        # An end that takes many decimals is no better than what lies beside it.
        low_closed, high_closed = low_closed and _short(low), high_closed and _short(high)
    if low_closed:
        return low
    if high_closed:
        return high
    step = ONE
    while True:
        found = (floor(low / step) + 1) * step
        if found < high:
            return found
        step /= 10


def _short(x: Fraction) -> bool:
    return (x * 10**6).denominator == 1


def fall(pieces: Sequence[Piece], *, rising: bool, step: Fraction | None = None) -> Fall | None:
    """Two numbers of which the better one has the smaller value; None where there are none: the curve is monotone.

    With *rising* the greater number is the better one. *pieces* do not overlap. With *step* only its multiples occur.
    """
    ordered = sorted((one for one in on_grid(pieces, step) if not one.empty), key=lambda one: one.start)
    for piece in ordered:
        if piece.low != piece.high and (piece.slope < 0 if rising else piece.slope > 0):
            return _two_in(piece, step)
    # Each piece is monotone, so it is enough to look where two of them meet.
    for left, right in pairwise(ordered):
        end, start = left.at(left.high), right.at(right.low)
        if (end > start) if rising else (end < start):
            return _near(left, left.high, start), _near(right, right.low, end)
    return None


def _two_in(piece: Piece, step: Fraction | None) -> Fall:
    """Two numbers of a piece that is not a point."""
    if step is not None:  # its ends are multiples
        low, high = piece.low, piece.high
        if low is None:
            low = -step if high is None else high - step
        return _point(piece, low), _point(piece, low + step if high is None else high)
    first = inside(piece.between(piece.low, False, piece.high, False))
    second = inside(Piece(low=first, high=piece.high, high_closed=piece.high_closed))
    return _point(piece, first), _point(piece, second)


def _near(piece: Piece, end: Fraction | None, value: Fraction) -> Point:
    """A number of *piece*, so near its end *end* that its value lies on the same side of *value* as at the end."""
    if end is None or not piece.slope or piece.holds(end):
        return _point(piece, inside(piece) if end is None or not piece.holds(end) else end)
    middle = (end + (value - piece.constant) / piece.slope) / 2
    return _point(piece, inside(piece.restricted(Piece(low=min(middle, end), high=max(middle, end)))))


def _point(piece: Piece, x: Fraction) -> Point:
    return Point(x=x, share=piece.at(x), piece=piece)
