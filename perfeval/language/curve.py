"""Curves: ordered pieces over exact numbers that take a measure to a share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from perfeval.comparison import Comparison

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)


@frozen(kw_only=True)
class Piece:
    """One stretch of a curve: between ``low`` and ``high`` the share is ``constant + slope · x``.

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
        """Whether *x* lies in the piece; None stands for a measure above every bound."""
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
        """The share at *x*. Only a flat piece has a value above every bound."""
        if x is None or not self.slope:
            return self.constant
        rise = x if self.slope == 1 else self.slope * x
        return self.constant + rise if self.constant else rise

    @property
    def empty(self) -> bool:
        """Whether no number at all lies in the piece."""
        if self.low is None or self.high is None or self.low < self.high:
            return False
        return not (self.low == self.high and self.low_closed and self.high_closed)


def _side(x: Fraction, end: Fraction) -> int:
    """Below 0, 0 or above 0 as *x* lies below, at or above *end*: in whole numbers, at half the cost of comparing."""
    numerator, denominator = x.as_integer_ratio()
    above, below = end.as_integer_ratio()
    return numerator * below - above * denominator


@frozen
class Curve:
    """Pieces in rising order, without overlap; a measure in none of them has no share."""

    pieces: tuple[Piece, ...]

    def piece(self, x: Fraction | None) -> Piece | None:
        """The piece *x* lies in, or None in a gap."""
        for piece in self.pieces:
            if piece.holds(x):
                return piece
        return None

    def with_stretch(self, stretch: Piece) -> Curve:
        """The curve with *stretch* laid over it."""
        lower = [] if stretch.low is None else [_cut_above(piece, stretch) for piece in self.pieces]
        upper = [] if stretch.high is None else [_cut_below(piece, stretch) for piece in self.pieces]
        return Curve((*(one for one in lower if not one.empty), stretch, *(one for one in upper if not one.empty)))


def _cut_above(piece: Piece, stretch: Piece) -> Piece:
    """What of *piece* lies below the start of *stretch*."""
    low = stretch.low
    assert low is not None
    closed = not stretch.low_closed
    if piece.high is None or piece.high > low or (piece.high == low and piece.high_closed and not closed):
        return _between(piece, (piece.low, piece.low_closed), (low, closed))
    return piece


def _cut_below(piece: Piece, stretch: Piece) -> Piece:
    """What of *piece* lies above the end of *stretch*."""
    high = stretch.high
    assert high is not None
    closed = not stretch.high_closed
    if piece.low is None or piece.low < high or (piece.low == high and piece.low_closed and not closed):
        return _between(piece, (high, closed), (piece.high, piece.high_closed))
    return piece


def _between(piece: Piece, low: tuple[Fraction | None, bool], high: tuple[Fraction | None, bool]) -> Piece:
    """*piece* between other ends; written out, since ``evolve`` takes longer than all the rest."""
    return Piece(
        low=low[0],
        low_closed=low[1],
        high=high[0],
        high_closed=high[1],
        constant=piece.constant,
        slope=piece.slope,
        index=piece.index,
    )


def beyond(side: Comparison, at: Fraction, share: Fraction, index: int | None = None) -> Piece:
    """The flat piece where the comparison *side* with *at* holds."""
    if side.up:
        return Piece(low=at, low_closed=side.closed, constant=share, index=index)
    return Piece(high=at, high_closed=side.closed, constant=share, index=index)


def flat(share: Fraction, index: int | None = None) -> Curve:
    """The same share everywhere."""
    return Curve((Piece(constant=share, index=index),))


def two_sides(met: Piece, missed: Fraction) -> Curve:
    """*met* on its side of an edge, the constant share *missed* on the other."""
    return flat(missed).with_stretch(met)


def straight() -> Curve:
    """The share is the measure itself."""
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
