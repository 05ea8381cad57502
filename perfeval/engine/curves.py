"""What is true of a curve at every point: exact checks over its pieces, each with a counterexample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import TypeAlias

from attrs import evolve, frozen

from perfeval.language.curve import Piece

#: Two measures and what each earns: the first is the smaller one.
Fall: TypeAlias = tuple["Point", "Point"]


@frozen(kw_only=True)
class Point:
    """A measure, the share it earns, and the piece it lies in."""

    x: Fraction
    share: Fraction
    piece: Piece


@frozen(kw_only=True)
class Range:
    """The shares that some measures earn: from ``low`` to ``high``, None for no bound; closed where it is earned."""

    low: Fraction | None
    high: Fraction | None
    high_closed: bool = True


def within(pieces: Sequence[Piece], domain: Piece) -> tuple[Piece, ...]:
    """What of *pieces* lies in *domain*."""
    return tuple(one for piece in pieces if not (one := _common(piece, domain)).empty)


def _common(piece: Piece, domain: Piece) -> Piece:
    """*piece* as far as it lies in *domain*."""
    if domain.low is None and domain.high is None:
        return piece
    low, low_closed, high, high_closed = piece.low, piece.low_closed, piece.high, piece.high_closed
    if domain.low is not None and (low is None or domain.low > low or (domain.low == low and not domain.low_closed)):
        low, low_closed = domain.low, domain.low_closed
    if domain.high is not None and (
        high is None or domain.high < high or (domain.high == high and not domain.high_closed)
    ):
        high, high_closed = domain.high, domain.high_closed
    if (low, low_closed, high, high_closed) == (piece.low, piece.low_closed, piece.high, piece.high_closed):
        return piece  # most are not cut
    return evolve(piece, low=low, low_closed=low_closed, high=high, high_closed=high_closed)


def gaps(pieces: Sequence[Piece], domain: Piece) -> Iterator[Piece]:
    """The stretches of *domain* that lie in none of *pieces*; ends count as open or closed as they are."""
    low, low_closed = domain.low, domain.low_closed
    for piece in sorted(within(pieces, domain), key=_start):
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
    """Each two neighbours of *pieces* that share a measure, and one such measure."""
    furthest: Piece | None = None
    for piece in sorted((one for one in pieces if not one.empty), key=_start):
        if furthest is not None and not (both := _common(piece, furthest)).empty:
            yield furthest, piece, inside(both)
        if furthest is None or _end(piece) > _end(furthest):
            furthest = piece


def _start(piece: Piece) -> tuple[bool, Fraction, bool]:
    return (piece.low is not None, piece.low or Fraction(0), not piece.low_closed)


def _end(piece: Piece) -> tuple[bool, Fraction, bool]:
    return (piece.high is None, piece.high or Fraction(0), piece.high_closed)


def inside(piece: Piece) -> Fraction:
    """A measure in *piece*, with as few decimals as can be."""
    low, high = piece.low, piece.high
    if low is not None and high is not None and low < high:
        # An end that takes many decimals is no better than what lies beside it.
        piece = evolve(
            piece, low_closed=piece.low_closed and _short(low), high_closed=piece.high_closed and _short(high)
        )
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        assert high is not None
        return high if piece.high_closed else Fraction(floor(high) - (floor(high) == high))
    if high is None:
        return low if piece.low_closed else Fraction(floor(low) + 1)
    if piece.low_closed:
        return low
    if piece.high_closed:
        return high
    step = Fraction(1)
    while True:
        found = (floor(low / step) + 1) * step
        if found < high:
            return found
        step /= 10


def _short(x: Fraction) -> bool:
    return (x * 10**6).denominator == 1


def on_grid(pieces: Sequence[Piece], step: Fraction | None) -> tuple[Piece, ...]:
    """What of *pieces* lies on multiples of *step*: each piece from the first multiple in it to the last.

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
            closed = evolve(piece, low_closed=low is not None, high_closed=high is not None)
            found.append(evolve(closed, low=low, high=high))
    return tuple(found)


def fall(pieces: Sequence[Piece], *, rising: bool, step: Fraction | None = None) -> Fall | None:
    """Two measures of which the better one earns less; None where there are none, and the curve is monotone.

    With *rising* the greater measure is the better one. *pieces* do not overlap. With *step* only its multiples occur.
    """
    ordered = sorted((one for one in on_grid(pieces, step) if not one.empty), key=_start)
    for piece in ordered:
        if piece.low != piece.high and (piece.slope < 0 if rising else piece.slope > 0):
            return _two_in(piece, step)
    # Each piece is monotone, so it is enough to look where two of them meet.
    for left, right in pairwise(ordered):
        end, start = _limit(left, left.high), _limit(right, right.low)
        if (end > start) if rising else (end < start):
            return _near(left, left.high, start), _near(right, right.low, end)
    return None


def _limit(piece: Piece, x: Fraction | None) -> Fraction:
    """What *piece* tends to at its end *x*."""
    return piece.constant if x is None else piece.constant + piece.slope * x


def _two_in(piece: Piece, step: Fraction | None) -> Fall:
    """Two measures of a piece that is not a point."""
    if step is not None:  # its ends are multiples
        low, high = piece.low, piece.high
        if low is None:
            low = -step if high is None else high - step
        return _point(piece, low), _point(piece, low + step if high is None else high)
    first = inside(evolve(piece, low_closed=False, high_closed=False))
    rest = Piece(low=first, high=piece.high, high_closed=piece.high_closed)
    second = inside(rest)
    return _point(piece, first), _point(piece, second)


def _near(piece: Piece, end: Fraction | None, share: Fraction) -> Point:
    """A measure of *piece*, so near its end *end* that it lies on the same side of *share* as the end does."""
    if end is None or not piece.slope or piece.holds(end):
        return _point(piece, inside(piece) if end is None or not piece.holds(end) else end)
    middle = (end + (share - piece.constant) / piece.slope) / 2
    return _point(piece, inside(_common(piece, Piece(low=min(middle, end), high=max(middle, end)))))


def _point(piece: Piece, x: Fraction) -> Point:
    return Point(x=x, share=piece.at(x), piece=piece)


def earned(piece: Piece) -> Range:
    """The least and the most that *piece* earns."""
    if not piece.slope:
        return Range(low=piece.constant, high=piece.constant)
    down, up = (piece.low, piece.high) if piece.slope > 0 else (piece.high, piece.low)
    closed = piece.high_closed if piece.slope > 0 else piece.low_closed
    return Range(
        low=None if down is None else piece.at(down), high=None if up is None else piece.at(up), high_closed=closed
    )


def joined(ranges: Sequence[Range]) -> Range:
    """The least and the most of *ranges*, of which there is at least one."""
    lows = [one.low for one in ranges if one.low is not None]
    highs = [one.high for one in ranges if one.high is not None]
    low = min(lows) if len(lows) == len(ranges) else None
    high = max(highs) if len(highs) == len(ranges) else None
    return Range(low=low, high=high, high_closed=any(one.high_closed for one in ranges if one.high == high))
