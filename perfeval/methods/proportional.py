"""Proportional: the share is the completion."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from attrs import frozen

from perfeval.methods.method import Method
from perfeval.methods.normal_form import (
    Measured,
    completion,
)
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Edges, Written
from perfeval.numbers.comparison import BELOW, FROM
from perfeval.numbers.piecewise import ZERO, Curve, beyond, flat, straight
from perfeval.text.messages import Said, said


@frozen(kw_only=True)
class Proportional:
    """The share is the completion, from 0 up to the cap; ``zero`` is a pass mark below which nothing is earned."""

    kind: ClassVar[str] = "proportional"
    measures: ClassVar[bool] = True
    by_target: ClassVar[bool] = False

    zero: Edges[Written] | None = None

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = completion(better, method.measuring.reverse)
        top = method.limits.shares(row.weight)[1]
        curve = proportion(row, top)
        return method.measured(row, better, measure, curve, unit=row.unit, zero=self.zero, met_or_missed=True)

    def describe(self) -> tuple[Said, ...]:
        return (said("says-proportional"), *says_zero(self.zero))


def says_zero(zero: Edges[Written] | None) -> tuple[Said, ...]:
    return tuple(said("says-zero", edge=f"{side.sign} {at}") for side, at in (zero.given if zero else ()))


def proportion(row: Row, top: Fraction | None) -> Curve:
    """The share is the completion, levelled off at *top* so that a measure above every bound has a share too."""
    # Without a weight there is nothing to take a part of.
    return _levelled(top) if row.weight else flat(ZERO)


@lru_cache(256)
def _levelled(top: Fraction | None) -> Curve:
    # A negative actual, or one past twice the target on a straight way to zero, earns nothing and costs nothing.
    curve = straight().with_stretch(beyond(BELOW, ZERO, ZERO))
    return curve if top is None else curve.with_stretch(beyond(FROM, top, top))
