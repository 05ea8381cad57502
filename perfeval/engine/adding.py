"""Groups that are more than their sum, and overrides that look at scores, over whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Final, TypeAlias

from attrs import frozen

from perfeval.engine.gates import Gate
from perfeval.engine.program import Program
from perfeval.engine.weighing import Weights
from perfeval.language.curve import Curve, EdgeWord
from perfeval.language.groups import Branch

#: The scores of the rows in quanta, and the yes/no facts that hold, to what they add up to and the overrides that hold.
Added: TypeAlias = Callable[[Sequence[int], frozenset[str]], "tuple[int, tuple[int, ...]]"]

_HOLDS: Final[dict[EdgeWord, Callable[[int, int], bool]]] = {
    "from": int.__ge__,
    "above": int.__gt__,
    "to": int.__le__,
    "below": int.__lt__,
}


@frozen(kw_only=True)
class _Group:
    """One group: where its members and itself stand among all the scores, and what becomes of them."""

    place: int
    members: tuple[int, ...]
    way: str
    count: int
    plus: int
    cap: int | None
    #: Of a conversion: from each edge on (or above it) so much is earned; the last is for all below.
    stairs: tuple[tuple[int, bool, int], ...] = ()

    def of(self, values: Sequence[int]) -> int:
        """The score of the group."""
        inner = [values[place] for place in self.members]
        if self.way == "best":
            found = sum(sorted(inner)[-self.count :])
        elif self.way == "weakest":
            low = min(inner)
            found = low + self.plus if max(inner) > low else low
        else:
            found = sum(inner)
            for at, reached, score in self.stairs:
                if found > at or (reached and found == at):
                    found = score
                    break
        return found if self.cap is None or found <= self.cap else self.cap


def adder(program: Program, weights: Weights, step: Fraction) -> tuple[int, Added] | None:
    """How many units a quantum is here, and what adds the rows of a form up in units, every row of it applying.

    None where a group becomes its score by a line that is not flat.
    """
    flat = all(
        not piece.slope
        for branch in program.branches
        if branch.adding.way == "convert"
        for piece in branch.adding.tables[_size(branch)].pieces
    )
    if not flat:
        return None
    unit = lcm(*(one.denominator for one in _amounts(program, weights, step)))
    count = len(program.rows)
    places = {branch.path: count + place for place, branch in enumerate(program.branches)}

    def units(value: Fraction) -> int:
        return int(value / step * unit)

    groups = []
    for branch in reversed(program.branches):  # each group before the one that holds it
        adding, scale = branch.adding, weights.scales[branch.path]
        stairs: tuple[tuple[int, bool, int], ...] = ()
        if adding.way == "convert":
            stairs = tuple(_stairs(adding.tables[_size(branch)], weights.groups[branch.path], units))
        groups.append(
            _Group(
                place=places[branch.path],
                members=(*branch.own, *(places[path] for path in branch.inner)),
                way=adding.way,
                count=adding.count,
                plus=units(adding.plus * scale),
                cap=None if adding.cap is None else units(adding.cap * scale),
                stairs=stairs,
            )
        )
    tops = tuple(_tops(program, places))
    gates = tuple((place, *_looked_at(gate, places, weights, units)) for place, gate in enumerate(program.gates))
    room = [0] * len(groups)

    def added(scores: Sequence[int], flags: frozenset[str]) -> tuple[int, tuple[int, ...]]:
        values = [score * unit for score in scores]
        values += room
        for group in groups:
            values[group.place] = group.of(values)
        holding = tuple(
            place
            for place, when, looked, holds, at in gates
            if (when in flags if holds is None else holds(values[looked], at))
        )
        return sum([values[place] for place in tops]), holding

    return unit, added


def _size(branch: Branch) -> int:
    return len(branch.own) + len(branch.inner)


def _amounts(program: Program, weights: Weights, step: Fraction) -> Iterator[Fraction]:
    """Every number that a score is compared with or becomes, in quanta."""
    for branch in program.branches:
        adding, scale = branch.adding, weights.scales[branch.path]
        yield adding.plus * scale / step
        if adding.cap is not None:
            yield adding.cap * scale / step
        if adding.way == "convert":
            for piece in adding.tables[_size(branch)].pieces:
                yield piece.constant * weights.groups[branch.path] / step
                yield from (end / step for end in (piece.low, piece.high) if end is not None)
    for gate in program.gates:
        if gate.edge is not None:
            yield gate.edge[1].points(_weight(gate, weights)) / step


def _stairs(curve: Curve, weight: Fraction, units: Callable[[Fraction], int]) -> Iterator[tuple[int, bool, int]]:
    """The flat pieces of *curve*, the highest first."""
    for piece in reversed(curve.pieces):
        score = units(piece.constant * weight)
        if piece.low is None:
            # Below every other edge: no sum of scores is as low as this.
            yield -(10**60), True, score
        else:
            yield units(piece.low), piece.low_closed, score


def _tops(program: Program, places: dict[str, int]) -> Iterator[int]:
    """Where what adds up to the total stands: rows, and groups that are not just the sum of theirs."""
    adding = {branch.path: branch.adding for branch in program.branches}
    told: set[str] = set()
    for row in program.rows:
        parts = row.group.split("/") if row.group else []
        paths = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
        outer = next((path for path in paths if not adding[path].is_plain), None)
        if outer is None:
            yield row.index
        elif outer not in told:
            told.add(outer)
            yield places[outer]


def _weight(gate: Gate, weights: Weights) -> Fraction:
    if gate.row is not None:
        return weights.rows[gate.row]
    return Fraction(0) if gate.group is None else weights.groups[gate.group]


def _looked_at(
    gate: Gate, places: dict[str, int], weights: Weights, units: Callable[[Fraction], int]
) -> tuple[str, int, Callable[[int, int], bool] | None, int]:
    """What an override looks at: a yes/no fact, or a score beside an edge."""
    if gate.edge is None:
        return gate.when, 0, None, 0
    word, amount = gate.edge
    place = gate.row if gate.row is not None else places[gate.group or ""]
    return gate.when, place, _HOLDS[word], units(amount.points(_weight(gate, weights)))
