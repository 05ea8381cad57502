"""Adding rows up to groups and a total, over any ordered numbers; which overrides hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final

from attrs import evolve, frozen

from perfeval.engine.program.overrides import Gate
from perfeval.engine.program.program import Program
from perfeval.engine.scoring.weights import Weights
from perfeval.rulefile.groups import Adding, Branch, Number, above

ONE: Final = Fraction(1)


@frozen(kw_only=True, eq=False, repr=False)
class Group:
    """One group of a form: where it and its members stand among the scores, and how they become its own."""

    branch: Branch
    place: int
    members: tuple[int, ...]
    adding: Adding


@frozen(kw_only=True, eq=False, repr=False)
class Watch:
    """An override, and what it looks at: the score at ``place`` beside ``at``, or a yes/no fact where that is None."""

    gate: Gate
    place: int | None
    at: Number

    def holds(self, scores: Sequence[Number | None], flags: frozenset[str]) -> bool:
        """Return True if the override holds; what does not apply has no score to compare."""
        if self.gate.edge is None:
            return self.gate.when in flags
        score = None if self.place is None else scores[self.place]
        return score is not None and self.gate.compares(score, self.at)


@frozen(kw_only=True, eq=False, repr=False)
class Adder:
    """Adds up the rows of a form.

    Scores stand in one list, the rows first, then the groups in the order of the program; None is the score of what
    does not apply. ``groups`` has each group before the one that holds it, ``tops`` are the places of what adds up to
    the total: rows, and groups that are more than the sum of theirs.
    """

    groups: tuple[Group, ...]
    tops: tuple[int, ...]
    watches: tuple[Watch, ...]

    def scores(self, rows: Sequence[Number | None]) -> list[Number | None]:
        """The scores of *rows* and, after them, of the groups."""
        found: list[Number | None] = [*rows, *[None] * len(self.groups)]
        for group in self.groups:
            members = [score for place in group.members if (score := found[place]) is not None]
            if members:
                found[group.place] = group.adding.of(members)
        return found

    def sum(self, scores: Sequence[Number | None]) -> Number:
        """Return the sum of the total before its limits and its rounding."""
        return sum([score for place in self.tops if (score := scores[place]) is not None])

    def holding(self, scores: Sequence[Number | None], flags: frozenset[str]) -> tuple[int, ...]:
        """The places of the overrides that hold; *flags* are the yes/no facts that do."""
        return tuple(place for place, watch in enumerate(self.watches) if watch.holds(scores, flags))


def adder(program: Program, weights: Weights, size: Fraction = ONE) -> Adder:
    """Return the adder of a form of *weights*, in scores that count *size* to a point."""
    count = len(program.rows)
    places = {branch.path: count + place for place, branch in enumerate(program.branches)}
    groups = [
        Group(
            branch=branch,
            place=places[branch.path],
            members=(*branch.own, *(places[path] for path in branch.inner)),
            adding=branch.adding.in_form(weights.groups[branch.path], weights.scales[branch.path], size),
        )
        for branch in reversed(program.branches)
    ]
    return Adder(
        groups=tuple(groups),
        tops=tuple(_tops(program, places)),
        watches=tuple(_watch(gate, places, weights, size) for gate in program.gates),
    )


def whole_adder(program: Program, weights: Weights, step: Fraction) -> tuple[int, Adder]:
    """The same in whole numbers, for rows that are multiples of *step*; and how many of them a step is."""
    unit = lcm(*(one.denominator for one in _amounts(adder(program, weights, 1 / step))))
    found = adder(program, weights, unit / step)
    return unit, _in_whole_numbers(found)


def _tops(program: Program, places: dict[str, int]) -> Iterator[int]:
    """The places of what adds up to the total, in the order of the form."""
    adding = {branch.path: branch.adding for branch in program.branches}
    told: set[str] = set()
    for row in program.rows:
        outer = next((path for path in reversed(above(row.group)) if not adding[path].is_plain), None)
        if outer is None:
            yield row.index
        elif outer not in told:
            told.add(outer)
            yield places[outer]


def _watch(gate: Gate, places: dict[str, int], weights: Weights, size: Fraction) -> Watch:
    """*gate* with the place of what it looks at, and the score it compares that with."""
    weight, place = Fraction(0), None
    if gate.row is not None:
        weight, place = weights.rows[gate.row], gate.row
    elif gate.group is not None:
        weight, place = weights.groups[gate.group], places[gate.group]
    at = Fraction(0) if gate.edge is None else gate.edge[1].points(weight) * size
    return Watch(gate=gate, place=place, at=at)


def _amounts(found: Adder) -> Iterator[Fraction]:
    """Every number that a score is compared with, or becomes where its table has no slope."""
    for group in found.groups:
        adding = group.adding
        yield adding.plus
        if adding.cap is not None:
            yield adding.cap
        for piece in (piece for curve in adding.tables.values() for piece in curve.pieces):
            yield piece.constant
            yield from (end for end in (piece.low, piece.high) if end is not None)
    yield from (Fraction(watch.at) for watch in found.watches)


def _in_whole_numbers(found: Adder) -> Adder:
    """*found* with whole numbers as such: they take a third of the time of fractions."""

    def whole(value: Any) -> Any:
        return value if value is None else int(value)

    groups = [
        evolve(one, adding=evolve(one.adding, plus=whole(one.adding.plus), cap=whole(one.adding.cap)))
        for one in found.groups
    ]
    watches = [evolve(one, at=whole(one.at)) for one in found.watches]
    return evolve(found, groups=tuple(groups), watches=tuple(watches))
