"""The groups of a form: their paths, how their members become a score, and how a weight is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from attrs import field, frozen

from perfeval.exact import Quantum
from perfeval.fixed import Fixed
from perfeval.language.curve import Curve
from perfeval.language.scorecard import Split
from perfeval.problems import Origin

Way: TypeAlias = Literal["sum", "choose", "best", "weakest", "convert"]


def _tables(items: Mapping[int, Curve]) -> Mapping[int, Curve]:
    return Fixed(items)


@frozen(kw_only=True, eq=False, repr=False)
class Adding:
    """How the members of a group become its score: their sum, or one of the ways in which some count and some do not.

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
        """Whether the group is no more than its members."""
        return self.way == "sum" and self.cap is None


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
