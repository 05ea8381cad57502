"""One case to prove: a method lowered for one row."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from attrs import Attribute, fields, frozen, has

from perfeval.engine.proofs.ranges import spread
from perfeval.methods.method import Method
from perfeval.methods.normal_form import Lowered
from perfeval.numbers.amounts import Amount
from perfeval.numbers.piecewise import Range
from perfeval.numbers.quantity import Reading
from perfeval.numbers.rounding import near_percent, near_text
from perfeval.problems import Origin
from perfeval.text.messages import Said, said


@frozen(kw_only=True)
class Case:
    """A method lowered for one row, to be proved; ``real`` where a row or an example has it, and it is no mere try."""

    method: Method
    lowered: Lowered
    weight: Fraction
    target: Reading
    #: Where the row stands.
    origin: Origin
    real: bool = True
    #: A case that differs only in where things stand, so that what holds there holds here.
    like: Case | None = None

    @cached_property
    def span(self) -> Range:
        """The least and the most that the method can earn."""
        return spread(self.lowered, self.target) if self.like is None else self.like.span

    def earns(self, share: Fraction) -> Said | str:
        """Return the *share* of the row in points; as a percentage where there is no row."""
        if self.real or in_points(self.method):
            return said("in-points", points=near_text(share * (self.weight or 1)))
        return near_percent(share)

    @property
    def row(self) -> Origin | None:
        """The row, where there is one and it makes a difference which."""
        return self.origin if self.real and in_points(self.method) else None


def in_points(noun: Any) -> bool:
    """Return True if *noun* states some amount in points, so that what it earns depends on the weight of the row."""
    if isinstance(noun, Amount):
        return not noun.percent and noun.value != 0
    if isinstance(noun, tuple):
        return any(map(in_points, noun))
    kind: Any = type(noun)
    return any(in_points(value) for name in _said_by(kind) if (value := getattr(noun, name)))


@cache
def _said_by(kind: Hashable) -> tuple[str, ...]:
    """Return the fields of a noun of this *kind* without its origin; nothing if it is no noun."""
    every: tuple[Attribute[Any], ...] = fields(kind) if isinstance(kind, type) and has(kind) else ()
    return tuple(one.name for one in every if one.name != "origin")
