"""Converting an actual to the unit or date of its target."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from perfeval.methods.normal_form import Measured
from perfeval.methods.row import MONEY, SIZED, converts, with_unit
from perfeval.numbers.quantity import BARE, Moment, Quantity, Reading, Unit, Words, fits, month_like
from perfeval.numbers.rounding import exact_text
from perfeval.problems import Origin, Problem, problem
from perfeval.text.messages import Said, said

#: What Excel counts its days from, and the numbers that are days of the years 1954 to 2064.
_EXCEL: Final = datetime.date(1899, 12, 30)
_EXCEL_DAYS: Final = range(20000, 60001)
_MONTH_FIRST: Final = r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})"
_SHORT_YEAR: Final = r"([0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"


class RefusedError(Exception):
    """Ends the reading of one fact; the problem says why."""

    def __init__(self, fault: Problem) -> None:
        super().__init__(fault.name)
        self.fault = fault


def refuse(name: str, origin: Origin, /, *, advice: Said | None = None, **args: Any) -> RefusedError:
    return RefusedError(problem(name, origin, advice=advice, **args))


@frozen(kw_only=True, eq=False, repr=False)
class Beside:
    """The value that an actual, or an amount of it, is compared with.

    ``other`` is what was read there and ``unit`` what it stands in; ``name`` is the row and ``called`` the amount, if
    it is one of the fact's own.
    """

    other: Reading | None
    unit: Unit | None
    name: str
    called: str | None = None

    @property
    def what(self) -> Said:
        if self.called is not None:
            return said("the-amount", name=self.called)
        return said("the-target" if isinstance(self.other, Quantity | Moment) else "the-first-edge")

    def value(self, reading: Quantity | Moment, origin: Origin) -> tuple[Fraction, Unit | None, tuple[Said, ...]]:
        """The value of *reading*, the unit both stand in, and what was assumed; refused where that fails."""
        unit = self.unit
        if isinstance(reading, Moment) or isinstance(self.other, Moment):
            self._dates(reading, origin)
            return reading.value, unit, ()
        if unit is None:
            return reading.value, reading.unit, ()
        if converts(reading, unit):
            return reading.value, unit, ()
        if reading.unit == BARE and unit.dimension not in {"", "%"}:
            # A bare number stands in the unit of what it is compared with, as under the heading of a column.
            assumed = said("assumed-unit", found=reading.text, unit=unit.name, name=self.name)
            return reading.number * unit.factor, unit, (assumed,)
        if reading.unit.dimension == "" and unit.dimension and (unit.dimension in MONEY or unit.factor == 1):
            base = unit.dimension if unit.dimension in MONEY else unit.name
            assumed = said("assumed-unit", found=reading.text, unit=base, name=self.name)
            return reading.value, unit, (assumed,)
        if unit == BARE and reading.unit.dimension not in SIZED and reading.unit.factor == 1:
            assumed = said("assumed-number", found=reading.text, expected=self._expected(unit), name=self.name)
            return reading.number, unit, (assumed,)
        raise self._mismatch(reading, unit, origin)

    def _expected(self, unit: Unit) -> str:
        return self.other.text if isinstance(self.other, Quantity) else unit.name

    def _mismatch(self, reading: Quantity, unit: Unit, origin: Origin) -> RefusedError:
        """Return the problem that *reading* does not fit *unit*, with the text that would."""
        args: dict[str, Any] = {"found": reading.text, "other": self.what, "expected": self._expected(unit)}
        if fits(reading.unit, unit) and unit.dimension == "":
            return refuse("unit-mismatch", origin, advice=said("multiplier-in-both"), **args)
        if reading.unit == BARE and unit.dimension == "%":
            mended = f"{exact_text(reading.number)}%"
            share = 0 < reading.number <= 1  # 0.95 more likely is 95% than 0.95%
            advice = said("one-of-two", first=f"{exact_text(reading.number * 100)}%", second=mended) if share else None
            return refuse("unit-missing", origin, advice=advice, mended=mended, **args)
        if reading.unit.dimension == "" and unit.dimension not in {"", "%"}:
            # Of 5万 beside 吨 nobody knows whether the 吨 or the 公斤 are meant.
            mended = f"{exact_text(reading.number)}{reading.unit.name}{unit.name.lstrip('万亿')}"
            return refuse("unit-missing", origin, mended=mended, **args)
        advice = None
        if isinstance(self.other, Quantity) and (whole := with_unit(self.other, reading.unit)) is not None:
            key = self.called or "target"
            if " " in key:  # a sum, which is written nowhere
                advice = None if self.other.unit == BARE else said("did-you-mean", guess=f'"{whole}"')
            elif self.other.unit == BARE:
                advice = said("unit-of", key=key, mended=whole)
            else:
                advice = said("did-you-mean", guess=f'{key} = "{whole}"')
        return refuse("unit-mismatch", origin, advice=advice, **args)

    def _dates(self, reading: Quantity | Moment, origin: Origin) -> None:
        """Refuse two that are not both dates, with a year in both or in neither."""
        other = self.other
        if isinstance(reading, Moment) and isinstance(other, Moment):
            if reading.has_year != other.has_year:
                raise refuse("date-without-year", origin, found=reading.text, expected=other.text)
            return
        if isinstance(other, Moment) and isinstance(reading, Quantity) and reading.unit == BARE:
            raise not_a_date(reading, other, origin)
        expected = other.text if isinstance(other, Quantity | Moment) else said("a-number")
        raise refuse("unit-mismatch", origin, found=reading.text, other=self.what, expected=expected)


def not_a_date(found: Quantity | Words, expected: Moment, origin: Origin) -> RefusedError:
    """Return the problem that a date is expected, with the date that a spreadsheet may have meant."""
    advice: Said | None = None
    if isinstance(found, Quantity):
        if found.number.denominator == 1 and int(found.number) in _EXCEL_DAYS:
            day = _EXCEL + datetime.timedelta(days=int(found.number))
            advice = said("excel-date", found=found.text, date=day.isoformat())
        elif (month := month_like(found)) is not None:
            advice = said("did-you-mean", guess=f'"{month}"')
    elif (likely := _likely(found.text)) is not None:
        advice = said("did-you-mean", guess=f'"{likely.isoformat()}"')
    return refuse("not-a-date", origin, advice=advice, found=found.text, expected=expected.text)


def _likely(text: str) -> datetime.date | None:
    """The only day that 12/31/2022 or 22-12-31 can be."""
    parts = text.split(" ", maxsplit=1)[0] if text.endswith("00:00") else text
    if match := re.fullmatch(_MONTH_FIRST, parts):
        month, day, year = map(int, match.groups())
        # 3/4/2022 is one day to some and another to others.
        if month <= 12 and day <= 12 and month != day:
            return None
        month, day = (day, month) if month > 12 else (month, day)
    elif match := re.fullmatch(_SHORT_YEAR, parts):
        year, month, day = map(int, match.groups())
        year += 2000
    else:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def of_a_day(reading: Moment, target: Moment, lowered: Measured, name: str, origin: Origin) -> tuple[Said, ...]:
    """Return what is assumed of a month or period beside a *target* of one day; refuse it where the day decides."""
    if reading.start is None:
        return ()
    same = (reading.start, reading.day) == (target.start, target.day)
    first, last, at = Fraction(reading.start.toordinal()), reading.value, target.value
    higher, strict = lowered.better == "higher", target.operator in {"<", ">"}
    # What is met at its last day and missed at its first, or the other way round.
    inside = first < at <= last if higher != strict else first <= at < last
    counted = lowered.measure.name == "difference"
    edges = (*lowered.zero, *lowered.reasons)
    piece = lowered.curve.piece(last)
    split = lowered.measure.name == "value" and (
        lowered.curve.piece(first) != piece
        or (piece is not None and piece.slope != 0)
        or any(edge.holds(first) != edge.holds(last) for edge in edges)
    )
    # The same period is reached as a whole, whichever its days are; only an edge inside it can still tell them apart.
    if same and not (split and lowered.bands):
        return ()
    if counted or inside or split:
        raise refuse("vague-date", origin, found=reading.text, expected=target.text)
    day = reading.day.isoformat()[0 if reading.has_year else 5 :]
    return (said("assumed-day", name=name, found=reading.text, day=day),)
