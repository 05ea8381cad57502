"""Counted: points for what is there, points off for what was found."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from perfeval.methods.method import Method
from perfeval.methods.normal_form import (
    Tallied,
)
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Amount
from perfeval.numbers.piecewise import ZERO
from perfeval.text.messages import Said, said


@frozen(kw_only=True)
class Counted:
    """Points for what is there and points off for what was found: the method's items, counted by the fact."""

    kind: ClassVar[str] = "counted"
    measures: ClassVar[bool] = False
    by_target: ClassVar[bool] = False

    start: Amount = Amount(ZERO)

    def lower(self, row: Row, method: Method) -> Tallied | None:
        if not method.limits.items:
            where = said("noun-method", kind=self.kind)
            row.fault("missing-key", method.origin, where=where, key="items")
            return None
        floor, cap = method.limits.shares(row.weight)
        if row.weight == 0 and floor == 0 and cap == 0:
            row.fault("earns-nothing", row.origin, found=row.name)
            return None
        start = self.start.share(row.weight)
        return Tallied(start=start, items=method.limits.lowered(row.weight), floor=floor, cap=cap)

    def describe(self) -> tuple[Said, ...]:
        return (said("says-counted", start=str(self.start)),)
