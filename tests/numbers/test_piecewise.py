"""perfeval.numbers.piecewise: pieces with open and closed ends, and one laid over others."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from perfeval.numbers.comparison import ABOVE, BELOW, FROM, TO, EdgeWord, comparison
from perfeval.numbers.piecewise import Curve, Piece, Stair, beyond, flat, stairs, straight, two_sides

#: Whole and half positions, so that end points are often shared, and a look between them and beyond.
ENDS = [Fraction(count, 2) for count in range(-4, 5)]
LOOKS = [Fraction(count, 8) for count in range(-24, 25)]


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    ends = draw(st.tuples(*[st.one_of(st.none(), st.sampled_from(ENDS))] * 2))
    low, high = ends
    if low is not None and high is not None and low > high:
        low, high = high, low
    point = low is not None and low == high
    return Piece(
        low=low,
        low_closed=low is not None and (point or draw(st.booleans())),
        high=high,
        high_closed=high is not None and (point or draw(st.booleans())),
        constant=Fraction(draw(st.integers(0, 9))),
        slope=Fraction(draw(st.integers(-2, 2))),
    )


def inside(piece: Piece, x: Fraction) -> bool:
    after = piece.low is None or x > piece.low or (x == piece.low and piece.low_closed)
    before = piece.high is None or x < piece.high or (x == piece.high and piece.high_closed)
    return after and before


@given(pieces(), st.sampled_from(LOOKS))
def test_a_piece_holds_what_lies_between_its_ends(piece: Piece, x: Fraction) -> None:
    assert piece.holds(x) == inside(piece, x)
    assert piece.holds(None) == (piece.high is None)
    assert piece.empty == (not any(piece.holds(look) for look in LOOKS))


@given(st.lists(pieces(), max_size=5))
def test_the_last_stretch_laid_wins(stretches: list[Piece]) -> None:
    curve = Curve(())
    for stretch in stretches:
        curve = curve.with_stretch(stretch)
    for x in LOOKS:
        top = next((one for one in reversed(stretches) if inside(one, x)), None)
        found = curve.piece(x)
        assert (found is None) == (top is None), x
        if found is not None and top is not None:
            assert found.at(x) == top.constant + top.slope * x, x
        # No overlap: a place has one piece.
        assert sum(piece.holds(x) for piece in curve.pieces) <= 1, x
    assert not any(piece.empty for piece in curve.pieces)
    for before, after in pairwise(curve.pieces):
        assert before.high is not None
        assert after.low is not None
        assert before.high <= after.low


def test_what_lies_in_no_piece_has_no_share() -> None:
    hole = Curve((Piece(high=Fraction(1), high_closed=True), Piece(low=Fraction(2))))
    assert [hole.piece(Fraction(x)) is None for x in (1, "1.5", 2, "2.1")] == [False, True, True, False]
    assert Curve(()).piece(Fraction(0)) is None
    assert Curve((Piece(high=Fraction(1)),)).piece(None) is None


def test_an_edge_word_says_which_side_and_whether_it_is_closed() -> None:
    words: dict[EdgeWord, list[bool]] = {
        "from": [False, True, True],
        "above": [False, False, True],
        "to": [True, True, False],
        "below": [True, False, False],
    }
    for word, expected in words.items():
        piece = beyond(comparison(word), Fraction(5), Fraction(1))
        assert [piece.holds(Fraction(x)) for x in (4, 5, 6)] == expected, word
        curve = two_sides(piece, Fraction(0))
        assert [share_at(curve, x) for x in (4, 5, 6)] == [int(one) for one in expected], word


def test_a_measure_above_every_bound() -> None:
    assert flat(Fraction(1, 2)).pieces[0].at(None) == Fraction(1, 2)
    assert straight().with_stretch(beyond(FROM, Fraction(1), Fraction(1))).piece(None) == beyond(
        FROM, Fraction(1), Fraction(1)
    )


def share_at(curve: Curve, x: int | str) -> Fraction:
    piece = curve.piece(Fraction(x))
    assert piece is not None
    return piece.at(Fraction(x))


EDGES = st.lists(
    st.tuples(st.sampled_from(ENDS), st.booleans(), st.integers(0, 9)),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one[0],
)


@given(EDGES, st.booleans())
def test_of_stairs_the_first_that_fits_wins(edges: list[tuple[Fraction, bool, int]], falling: bool) -> None:
    sides = (FROM, ABOVE) if falling else (TO, BELOW)
    ordered = sorted(edges, key=lambda one: one[0], reverse=falling)
    steps = [Stair(sides[opened], at, Fraction(share), place) for place, (at, opened, share) in enumerate(ordered)]
    curve = stairs(steps, Fraction(-1), len(steps))
    for x in LOOKS:
        fits = {"from": x.__ge__, "above": x.__gt__, "to": x.__le__, "below": x.__lt__}
        index = next((one.index for one in steps if fits[one.side.word](one.at)), len(steps))
        piece = curve.piece(x)
        assert piece is not None
        assert piece.index == index
        assert piece.at(x) == (steps[index].share if index < len(steps) else -1)


@pytest.mark.parametrize("closed", [True, False])
def test_a_point_is_empty_unless_both_its_ends_are_closed(closed: bool) -> None:
    point = Piece(low=Fraction(1), low_closed=True, high=Fraction(1), high_closed=closed)
    assert point.empty is not closed
    assert evolve(point, low=Fraction(2)).empty
