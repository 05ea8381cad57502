"""Stepped: so much off, or on, for each step away from the target."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from perfeval.methods.method import Method
from perfeval.methods.normal_form import (
    Count,
    Measured,
    Step,
    measure_of,
)
from perfeval.methods.proportional import says_zero
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Amount, Edges, Written
from perfeval.numbers.piecewise import ONE, ZERO, Curve, Piece
from perfeval.numbers.quantity import Quantity, Unit, read
from perfeval.text.messages import Said, said, said_of


@frozen(kw_only=True)
class Stepped:
    """So much off, or on, for each step away from the target; ``start`` is the score at the target itself."""

    kind: ClassVar[str] = "stepped"
    measures: ClassVar[bool] = True
    by_target: ClassVar[bool] = False

    per: Written
    steps: Count
    measure: Literal["difference", "deviation", "completion"] = "difference"
    start: Amount = Amount(ONE, True)
    minus: Amount = Amount(ZERO)
    plus: Amount = Amount(ZERO)
    zero: Edges[Written] | None = None

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = measure_of(self.measure, better, method.measuring.reverse)
        unit = row.unit or (None if measure.is_ratio else self._unit(row))
        per = row.edge(measure, unit, self.per, method.origin / "per")
        if per is not None and per <= 0:
            row.fault("out-of-range", method.origin / "per", key="per", found=self.per.text, range=said("above-zero"))
            return None
        if per is None:
            return None
        at_target = measure.name == "completion"  # a completion counts its steps from 100% and has its own direction
        step = Step(
            per=per,
            count=self.steps,
            centre=ONE if at_target else ZERO,
            better="higher" if at_target else better,
        )
        start, minus, plus = (amount.share(row.weight) for amount in (self.start, self.minus, self.plus))
        worse = Piece(high=ZERO, constant=start, slope=minus)
        level = Piece(low=ZERO, low_closed=True, constant=start, slope=plus)
        curve = Curve((worse, level))
        return method.measured(row, better, measure, curve, unit=unit, step=step, zero=self.zero)

    def describe(self) -> tuple[Said, ...]:
        count = said_of("count", self.steps)
        lines = [said("says-stepped", start=str(self.start), measure=said(self.measure))]
        for word, amount in (("says-step-minus", self.minus), ("says-step-plus", self.plus)):
            if amount.value:
                lines.append(said(word, per=self.per.text, amount=str(amount), count=count))
        return (*lines, *says_zero(self.zero))

    def _unit(self, row: Row) -> Unit | None:
        reading = read(self.per.text, row.units)
        return reading.unit if isinstance(reading, Quantity) else None
