"""Groups: paths, ways of adding up, splitting a weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from attrs import evolve, field, frozen

from perfeval.immutable import Fixed
from perfeval.numbers.piecewise import Curve
from perfeval.numbers.rounding import Quantum
from perfeval.problems import Origin
from perfeval.rulefile.scorecard import Split

Way: TypeAlias = Literal["sum", "choose", "best", "weakest", "convert"]
#: Points, or whole quanta.
Number: TypeAlias = Fraction | int


def _tables(items: Mapping[int, Curve]) -> Mapping[int, Curve]:
    return Fixed(items)


@frozen(kw_only=True, eq=False, repr=False)
class Adding:
    """The way in which the members of a group become its score: their sum, or some of them.

    ``count`` is how many are chosen, or how many of the best count; ``plus`` comes on top of the weakest; ``tables``
    take the sum of so many members to a part of the weight; ``cap`` is the most the group earns, in points.
    """

    way: Way = "sum"
    count: int = 0
    plus: Fraction = Fraction(0)
    tables: Mapping[int, Curve] = field(factory=Fixed, converter=_tables)
    cap: Fraction | None = None

    @property
    def is_plain(self) -> bool:
        """True if the group is no more than its members."""
        return self.way == "sum" and self.cap is None

    def in_form(self, weight: Fraction, scale: Fraction, size: Fraction = Fraction(1)) -> Adding:
        """The same for a form in which the group weighs *weight*, *scale* times as much as the rules say.

        Scores count *size* to a point. What was a part of the weight becomes scores.
        """
        if self.is_plain:
            return self
        factor = weight * size
        return Adding(
            way=self.way,
            count=self.count,
            plus=self.plus * scale * size,
            tables={count: _sized(curve, size, factor) for count, curve in self.tables.items()},
            cap=None if self.cap is None else self.cap * scale * size,
        )

    def counting(self, scores: Sequence[Number]) -> tuple[int, ...]:
        """The places of the *scores* that count; of two that are the same the first does."""
        places = range(len(scores))
        if self.way != "best":
            return tuple(places)
        return tuple(sorted(sorted(places, key=lambda place: scores[place], reverse=True)[: self.count]))

    def uncapped(self, scores: Sequence[Number]) -> Number:
        """The score of the group before its cap."""
        if self.way == "best":
            return sum(sorted(scores)[-self.count :])
        if self.way == "weakest":
            low = min(scores)
            return low + self.plus if max(scores) > low else low
        if self.way == "convert":
            found = Fraction(sum(scores))
            piece = self.tables[len(scores)].piece(found)
            assert piece is not None, "a list of bands takes every number"
            return piece.at(found)
        return sum(scores)

    def of(self, scores: Sequence[Number]) -> Number:
        """The score of the group, *scores* being those of the members that apply, at least one.

        They may be any numbers that can be ordered and added: points, or whole quanta after ``in_form``.
        """
        found = self.uncapped(scores)
        return found if self.cap is None or found <= self.cap else self.cap


def _sized(curve: Curve, size: Fraction, factor: Fraction) -> Curve:
    """*curve*, from sums in points to parts of a weight, as one over sums that count *size* to a point."""

    def moved(end: Fraction | None) -> Fraction | None:
        return None if end is None else end * size

    return Curve(
        tuple(
            evolve(
                piece,
                low=moved(piece.low),
                high=moved(piece.high),
                constant=piece.constant * factor,
                slope=piece.slope * factor / size,
            )
            for piece in curve.pieces
        )
    )


@frozen(kw_only=True, eq=False, repr=False)
class Branch:
    """A group as it stands in a form: its path, its weight, how it adds up.

    ``rows`` are all that stand under it, at any depth; ``own`` and ``inner`` the rows and the groups directly in it.
    """

    path: str
    weight: Fraction
    rows: tuple[int, ...]
    own: tuple[int, ...]
    inner: tuple[str, ...]
    adding: Adding
    origin: Origin

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@frozen(kw_only=True, eq=False, repr=False)
class Arrangement:
    """The weight of every row, in file order, and the groups, each after the one that holds it."""

    weights: tuple[Fraction, ...]
    branches: tuple[Branch, ...]


@lru_cache(4096)
def tidy(path: str) -> str:
    """A group's path with the spaces around its parts taken off."""
    return "/".join(part.strip() for part in path.split("/") if part.strip())


@lru_cache(4096)
def above(path: str) -> tuple[str, ...]:
    """The path itself and every group above it, nearest first."""
    parts = path.split("/") if path else []
    return tuple("/".join(parts[:length]) for length in range(len(parts), 0, -1))


def shared_out(weight: Fraction, count: int, split: Split) -> list[Fraction]:
    """*weight* in *count* equal parts, rounded as *split* says; what that leaves goes where it says."""
    if split.to is None:
        return [weight / count] * count
    to = Fraction(split.to)
    if split.remainder == "spread":
        part = Quantum(to, 0, "down").round(weight / count)
        parts = [part] * count
        rest = weight - part * count
        for index in range(count):
            more = min(to, rest)
            parts[index], rest = parts[index] + more, rest - more
        return parts
    part = Quantum(to, 0).round(weight / count)
    odd = weight - part * (count - 1)
    return [odd, *[part] * (count - 1)] if split.remainder == "first" else [*[part] * (count - 1), odd]
