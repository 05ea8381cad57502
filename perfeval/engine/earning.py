"""What a lowered method earns over its measure: pass marks, steps and limits included, as pieces."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from perfeval.language.curve import ZERO, Curve, Piece, beyond
from perfeval.language.normal import Edge, Measured, Step


def earned(lowered: Measured, window: tuple[Fraction, Fraction] | None = None) -> tuple[Piece, ...]:
    """What is earned, pass marks and limits included, as pieces over the measure; see ``road`` for *window*."""
    return between(road(lowered, lowered.curve, lowered.zero, window), lowered.floor, lowered.cap)


def between(pieces: Iterable[Piece], floor: Fraction, cap: Fraction | None) -> tuple[Piece, ...]:
    """*pieces* between floor and cap."""
    return _merged(part for piece in pieces for part in limited(piece, floor, cap))


def road(
    lowered: Measured, curve: Curve, zero: Sequence[Edge] = (), window: tuple[Fraction, Fraction] | None = None
) -> tuple[Piece, ...]:
    """What *curve* earns before the limits, with the pass marks *zero*, as pieces over the measure.

    Whole and started steps are stairs inside *window*; without one they are the straight lines between.
    """
    pieces = curve.pieces
    if (step := lowered.step) is not None:
        scale = step.per if step.better == "higher" else -step.per
        if window is not None and step.count != "exact":
            pieces = tuple(_stairs(curve, step, sorted((end - step.centre) / scale for end in window)))
        pieces = tuple(_moved(piece, step.centre, scale) for piece in pieces)[:: 1 if scale > 0 else -1]
    for edge in zero:
        pieces = Curve(pieces).with_stretch(beyond(edge.side, edge.at, ZERO)).pieces
    return pieces


def _stairs(curve: Curve, step: Step, ends: Sequence[Fraction]) -> Iterator[Piece]:
    """A flat piece for each count of steps, over the distance in steps between two *ends* and a little beyond."""
    for count in range(math.floor(ends[0]) - 1, math.ceil(ends[1]) + 2):
        piece = curve.piece(Fraction(count))
        if piece is None:
            continue
        outer = count + (count > 0) - (count < 0)  # a whole step lasts until the next is full
        inner = count - (count > 0) + (count < 0)  # a started one begins where the one before was full
        share = piece.at(Fraction(count))
        if step.count == "whole":
            low, high = (-1, 1) if count == 0 else sorted((count, outer))
            closed = (count > 0, count < 0)
        else:
            low, high = sorted((count, inner))
            closed = (count <= 0, count >= 0)
        yield Piece(low=Fraction(low), high=Fraction(high), low_closed=closed[0], high_closed=closed[1], constant=share)


def _moved(piece: Piece, centre: Fraction, scale: Fraction) -> Piece:
    """*piece*, which is over steps, over the measure ``centre + scale · steps`` instead."""
    low, high = (None if end is None else centre + scale * end for end in (piece.low, piece.high))
    slope = piece.slope / scale
    moved = evolve(piece, low=low, high=high, constant=piece.constant - slope * centre, slope=slope)
    if scale > 0:
        return moved
    return evolve(moved, low=high, low_closed=piece.high_closed, high=low, high_closed=piece.low_closed)


def limited(piece: Piece, floor: Fraction, cap: Fraction | None) -> Iterator[Piece]:
    """*piece* cut where its line crosses floor or cap, and flat beyond them."""
    limits = [floor] if cap is None else [floor, cap]
    if not piece.slope and floor <= piece.constant and (cap is None or piece.constant <= cap):
        yield piece
        return
    crossings = sorted((limit - piece.constant) / piece.slope for limit in limits) if piece.slope else []
    inside = [x for x in dict.fromkeys(crossings) if _between(piece, x)]
    ends = [piece.low, *inside, piece.high]
    for index, (low, high) in enumerate(pairwise(ends)):
        part = evolve(
            piece,
            low=low,
            high=high,
            low_closed=piece.low_closed if index == 0 else True,
            high_closed=piece.high_closed if index == len(inside) else False,
        )
        share = part.at(_middle(low, high))
        limit = floor if share < floor else cap if cap is not None and share > cap else None
        yield part if limit is None else evolve(part, constant=limit, slope=ZERO)


def _between(piece: Piece, x: Fraction) -> bool:
    return (piece.low is None or piece.low < x) and (piece.high is None or x < piece.high)


def _middle(low: Fraction | None, high: Fraction | None) -> Fraction:
    """A number between two ends."""
    if low is None:
        return ZERO if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """*pieces* with neighbours on one line, which no band parts, as one."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and touch(last, piece) and _line(last) == _line(piece):
            found[-1] = evolve(last, high=piece.high, high_closed=piece.high_closed)
        else:
            found.append(piece)
    return tuple(found)


def _line(piece: Piece) -> tuple[Fraction, Fraction, int | None]:
    return piece.constant, piece.slope, piece.index


def touch(left: Piece, right: Piece) -> bool:
    """Whether no number lies between two neighbours."""
    return left.high is not None and left.high == right.low and (left.high_closed or right.low_closed)
