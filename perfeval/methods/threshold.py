"""Threshold: the whole weight once the target is met."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import evolve, frozen

from perfeval.methods.method import Method
from perfeval.methods.normal_form import (
    DIFFERENCE,
    VALUE,
    Measured,
    completion,
)
from perfeval.methods.proportional import proportion
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Amount
from perfeval.numbers.comparison import facing, of_sign
from perfeval.numbers.piecewise import ONE, ZERO, beyond, two_sides
from perfeval.numbers.quantity import Moment, Quantity
from perfeval.text.messages import Said, said


@frozen(kw_only=True)
class Threshold:
    """The whole weight once the target is met; ``otherwise`` an amount, or in proportion."""

    kind: ClassVar[str] = "threshold"
    measures: ClassVar[bool] = True

    otherwise: Amount | Literal["proportional"] = Amount(ZERO)

    @property
    def by_target(self) -> bool:
        return isinstance(self.otherwise, Amount)

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        if not isinstance(self.otherwise, Amount):
            # A target that is met has a completion of 100% or more, and earns the whole weight, whatever the cap.
            measure = completion(better, method.measuring.reverse)
            return method.measured(row, better, measure, proportion(row, ONE), unit=row.unit, met_or_missed=True)
        operator = row.target.operator if isinstance(row.target, Quantity | Moment) else None
        side = of_sign(operator) or facing(up=better == "higher", closed=True)
        full = ONE if row.weight else ZERO
        # The difference serves a target that is a fact: it stands nowhere in the rule file.
        at = ZERO if row.known is None else row.known
        measure = DIFFERENCE if row.known is None else evolve(VALUE, targeted=True)
        curve = two_sides(beyond(side, at, full), self.otherwise.share(row.weight))
        return method.measured(row, better, measure, curve, unit=row.unit)

    def describe(self) -> tuple[Said, ...]:
        if isinstance(self.otherwise, Amount):
            return (said("says-threshold", otherwise=str(self.otherwise)),)
        return (said("says-threshold-proportional"),)
