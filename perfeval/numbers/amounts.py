"""Amounts, edges and cells as a file writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, Final, Generic, TypeVar

import attrs
from attrs import evolve, field, frozen

from perfeval.immutable import Fixed
from perfeval.numbers.comparison import Comparison
from perfeval.numbers.rounding import Mode, Quantum, exact_text, number_of, percent_text, plain, quantum
from perfeval.problems import NOWHERE, Origin

T = TypeVar("T")

_PERCENT: Final = re.compile(r"\s*([+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?)\s*[%％]\s*")

_POINTS: Final = r"([+-]?[0-9０-９]{1,30}(?:[.．][0-9０-９]{1,30})?)\s*(?:分|points?)?"
_DIGITS: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")


@frozen(kw_only=True)
class Cited:
    """The keys that every part of a rule file may have: its basis, a note, and its first and last day."""

    basis: str | None = None
    note: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


def fields_of(noun: Any) -> list[attrs.Attribute[Any]]:
    """Return the fields of the class *noun* in the order of its keys: its own, then those of ``Cited``."""
    return sorted(attrs.fields(attrs.resolve_types(noun)), key=lambda one: one.inherited)


@frozen
class Amount:
    """Points (``8``), or a part of the whole it belongs to (``"80%"``)."""

    value: Fraction
    percent: bool = False

    def share(self, weight: Fraction) -> Fraction:
        """The amount as a part of *weight*. The share of a row without weight is its points."""
        if self.percent:
            return self.value if weight else Fraction(0)
        return self.value / weight if weight and self.value else self.value

    def points(self, whole: Fraction) -> Fraction:
        """The amount in points, as a part of *whole*."""
        return self.value * whole if self.percent else self.value

    def __str__(self) -> str:
        return percent_text(self.value) if self.percent else exact_text(self.value)


def amount_of(value: object) -> Amount | None:
    """The amount that *value* says: a number is points, a text with % a part; None for anything else."""
    if isinstance(value, str):
        return _part(value)
    number = number_of(value)
    return None if number is None else Amount(number)


@lru_cache(4096)
def _part(text: str) -> Amount | None:
    match = _PERCENT.fullmatch(text)
    return Amount(Fraction(match[1]) / 100, True) if match else None


def points_in(text: str) -> str | None:
    """The number alone of a *text* that is a number, with or without the word for points; None for any other."""
    match = re.fullmatch(_POINTS, text.strip())
    return None if match is None else match[1].translate(_DIGITS)


@frozen
class Written:
    """A number or a text as it was written in a cell, not yet read: that takes the units of the rule file."""

    text: str

    def __str__(self) -> str:
        return self.text


@frozen
class Cell:
    """One value of a form, as it is printed there and not yet read; an empty cell has an empty text."""

    text: str
    origin: Origin = field(default=NOWHERE, eq=False)

    def __str__(self) -> str:
        return self.text


@frozen
class Unlimited:
    """``cap = "none"``: there is no cap."""

    def __str__(self) -> str:
        return "none"


#: The field of a noun whose edges are keys of its own table.
EDGES: Final = "edges"


@frozen
class Edges(Generic[T]):
    """The edges that a table writes, each a key: ``{ below = "90%", from = "130%" }``."""

    given: tuple[tuple[Comparison, T], ...] = ()

    @property
    def one(self) -> tuple[Comparison, T] | None:
        """The first edge, where only one is allowed; None where none is written."""
        return self.given[0] if self.given else None

    def __str__(self) -> str:
        return ", ".join(f"{side.sign} {at}" for side, at in self.given)


NO_EDGES: Final[Edges[Any]] = Edges()


@frozen
class NotApplicable:
    """``zero_target = "not-applicable"``: the row does not apply."""

    def __str__(self) -> str:
        return "not-applicable"


def _values(items: Mapping[str, Written]) -> Mapping[str, Written]:
    return Fixed(items)


@frozen(kw_only=True)
class Made:
    """An actual or a target made of amounts of the row's facts, added and taken off, or a mean of votes.

    ``mean`` gives each answer its value; the facts say how many gave it.
    """

    add: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    mean: Mapping[str, Written] = field(factory=Fixed, converter=_values)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (*self.add, *self.less, *self.mean)

    def __str__(self) -> str:
        if self.mean:
            return ", ".join(f"{name} = {value}" for name, value in self.mean.items())
        return " + ".join(self.add) + "".join(f" - {name}" for name in self.less)


@frozen(kw_only=True)
class Merge:
    """Merging several units into one: their amounts are added, or averaged with ``weighted_by`` as weight."""

    weighted_by: str | None = None


@frozen
class Precision:
    """The precision of a value: ``to`` in ``mode``; ``to`` is None for ``"exact"``, ``mode`` for the file's own."""

    to: Decimal | None
    percent: bool = False
    mode: Mode | None = None

    def __str__(self) -> str:
        return "exact" if self.to is None else plain(self.to) + "%" * self.percent

    def quantum(self, mode: Mode) -> Quantum | None:
        """The quantum, in *mode* unless this says its own; None for ``"exact"``."""
        if self.to is None:
            return None
        found = quantum(self.to, self.mode or mode)
        return evolve(found, step=found.step / 100) if self.percent else found
