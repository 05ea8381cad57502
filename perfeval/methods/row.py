"""The row that a method is lowered for: its weight and target, with numbers in its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from perfeval.immutable import Fixed
from perfeval.methods.normal_form import Edge, Measure
from perfeval.numbers.amounts import Edges, Written
from perfeval.numbers.quantity import BARE, Moment, Quantity, Reading, Unit, Units, fits, read
from perfeval.numbers.rounding import Quantum, exact_text, percent_meant
from perfeval.problems import Origin, Problem, problem
from perfeval.text.messages import Said, Value, said

#: Money and percentages come in many sizes: a bare number beside one of them could mean any.
SIZED: Final = frozenset({"%", "元", "美元"})
MONEY: Final = SIZED - {"%"}


def with_unit(bare: Quantity, unit: Unit) -> str | None:
    """*bare*, a number or a multiple such as 25万, as it would be written in *unit*; None where it has a unit."""
    if bare.unit.dimension or unit.dimension in {"", "%"} or "/" in unit.dimension:
        return None
    return bare.text + (unit.name if bare.unit == BARE else unit.dimension)


def converts(reading: Quantity, unit: Unit) -> bool:
    """Return True if *reading* is surely the same amount written in *unit*: 24.5 beside 50万 may be 24.5 or 24.5万."""
    if reading.unit is unit:
        return True
    if not fits(reading.unit, unit):
        return False
    return bool(unit.dimension) or (reading.unit == BARE) == (unit == BARE) or not reading.number


@frozen(kw_only=True, eq=False, repr=False)
class Row:
    """One indicator as a method sees it, and where to say what is wrong."""

    name: str
    weight: Fraction
    target: Reading
    units: Units
    rate: Quantum | None
    origin: Origin
    faults: list[Problem]
    levels: Mapping[str, Written] = Fixed()

    @property
    def known(self) -> Fraction | None:
        """The target's value, where the rule file itself says one."""
        return self.target.value if isinstance(self.target, Quantity | Moment) else None

    @property
    def unit(self) -> Unit | None:
        """The unit of the target: days for dates, None where the file says no target."""
        if isinstance(self.target, Quantity):
            return self.target.unit
        return self.units.find("天") if isinstance(self.target, Moment) else None

    def fault(self, name: str, origin: Origin, /, *, advice: Said | None = None, **args: Value) -> None:
        self.faults.append(problem(name, origin, advice=advice, **args))

    def read(self, written: Written, unit: Unit, origin: Origin, *, advice: Said | None = None) -> Fraction | None:
        """The value of what is *written* in a rule file, read in the *unit* it is compared with; None with a fault."""
        reading = read(written.text, self.units)
        if isinstance(reading, Moment) and isinstance(self.target, Moment):
            if reading.has_year != self.target.has_year:
                self.fault("date-without-year", origin, found=written.text, expected=self.target.text)
                return None
            return reading.value
        if not isinstance(reading, Quantity) or reading.operator is not None or reading.loose:
            self._unread(reading, written, origin)
            return None
        if converts(reading, unit):
            return reading.value
        if reading.unit == BARE and unit.dimension and unit.dimension not in SIZED and unit.factor == 1:
            return reading.number
        known = self.target if isinstance(self.target, Quantity | Moment) else None
        other = said("the-first-edge" if known is None else "the-target")
        expected = unit.name if known is None else known.text
        if reading.unit == BARE:
            mended = f"{exact_text(reading.number)}{unit.name}"
            self.fault("unit-missing", origin, found=written.text, other=other, expected=expected, mended=mended)
        else:
            if (whole := with_unit(reading, unit)) is not None:
                advice = said("did-you-mean", guess=f'"{whole}"')
            elif not (reading.unit.dimension == "%" and isinstance(known, Quantity)):
                advice = None
            self.fault("unit-mismatch", origin, advice=advice, found=written.text, other=other, expected=expected)
        return None

    def edge(
        self, measure: Measure, unit: Unit | None, written: Written, origin: Origin, *, percent: Said | None = None
    ) -> Fraction | None:
        """Read *written* as a number of *measure*; None, with a fault, if it is not one.

        *percent* is the advice for a percentage beside a target that is none.
        """
        reading = read(written.text, self.units)
        if measure.name == "value" and isinstance(self.target, Moment) and isinstance(reading, Quantity):
            # A number of days is no day.
            other, expected = said("the-target"), self.target.text
            self.fault("unit-mismatch", origin, found=written.text, other=other, expected=expected)
            return None
        if not measure.is_ratio:
            return self.read(written, unit or BARE, origin, advice=percent)
        if isinstance(reading, Quantity) and reading.unit.dimension == "%" and reading.operator is None:
            return reading.value
        if isinstance(reading, Quantity) and reading.unit == BARE:
            mended = f'"{percent_meant(reading.number)}"'
            key = str(origin.path[-1])
            self.fault("edge-unit", origin, key=key, found=written.text, mended=mended, measure=said(measure.name))
        else:
            self._unread(reading, written, origin)
        return None

    def mean(self, values: Mapping[str, Written], origin: Origin) -> None:
        """Check that the *values* of votes are numbers in one unit."""
        first: Quantity | None = None
        for name, written in values.items():
            reading = read(written.text, self.units)
            if not isinstance(reading, Quantity) or reading.operator is not None or reading.loose:
                self._unread(reading, written, origin / name)
            elif first is not None and not converts(reading, first.unit):
                other = said("the-first-edge")
                self.fault("unit-mismatch", origin / name, found=written.text, other=other, expected=first.text)
            elif first is None:
                first = reading

    def _unread(self, reading: Reading, written: Written, origin: Origin) -> None:
        """Add the fault that *written* is no number; most often it repeats the word of the edge."""
        operator = isinstance(reading, Quantity | Moment) and reading.operator is not None
        advice = said("drop-operator", key=str(origin.path[-1]), found=written.text) if operator else None
        self.fault("bad-quantity", origin, advice=advice, found=written.text)

    def edges(
        self, measure: Measure, unit: Unit | None, edges: Edges[Written] | None, origin: Origin
    ) -> Sequence[Edge]:
        """Every edge of a table of edges, read; those that cannot be are faults."""
        return [
            Edge(side=side, at=at, text=written.text)
            for side, written in (edges.given if edges else ())
            if (at := self.edge(measure, unit, written, origin / side.word)) is not None
        ]
