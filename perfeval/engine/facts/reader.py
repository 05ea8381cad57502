"""Reading one fact for one row; used by everything that scores."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from perfeval.engine.facts.conversion import Beside, RefusedError, not_a_date, of_a_day, refuse
from perfeval.engine.facts.judged import counted, judged
from perfeval.engine.facts.reading import (
    Given,
    Note,
    Subject,
    count_of,
    counts_of,
    is_blank,
    known_keys,
    not_applying,
    reading_of,
    reason_in,
    void,
)
from perfeval.methods.normal_form import Judged, Measured, Tallied
from perfeval.numbers.amounts import Made
from perfeval.numbers.quantity import (
    BARE,
    Blank,
    Moment,
    Quantity,
    Reading,
    Unit,
    Units,
    Words,
    near_number,
    number_text,
    read,
)
from perfeval.numbers.rounding import exact_text, summed
from perfeval.problems import Origin, Problem
from perfeval.text.messages import Said, said

if TYPE_CHECKING:
    from perfeval.engine.facts.merge import Merged

#: What a fact may say besides its amounts and the items of its method.
_KEYS: Final = ("reason", "applies")


def read_fact(subject: Subject, raw: Any, origin: Origin, units: Units, faults: list[Problem]) -> Given | None:
    """*raw*, the fact at *origin*, read for *subject*; None with the reason among *faults*."""
    try:
        if (given := void(subject, raw, origin)) is not None:
            return given
        if isinstance(subject.lowered, Judged):
            return judged(subject, subject.lowered, raw, origin, units)
        if isinstance(subject.lowered, Tallied):
            return counted(subject, subject.lowered, raw, origin, units)
        return _Reader(subject, subject.lowered, origin, units).measured(raw)
    except RefusedError as refused:
        faults.append(refused.fault)
        return None


@frozen(eq=False, repr=False)
class _Reader:
    """Reads the fact of a row that computes."""

    subject: Subject
    lowered: Measured
    origin: Origin
    units: Units

    def measured(self, raw: Any) -> Given:
        if is_blank(raw) or (isinstance(raw, list | tuple) and not raw):
            raise refuse("missing-fact", self.origin, found=self.subject.name)
        if isinstance(raw, list | tuple):
            units = self._merged(raw)
            return self._read(units.table, units) if units.table else not_applying(self.subject, self.origin)
        return self._read(raw, None)

    def _read(self, raw: Any, units: Merged | None) -> Given:
        names = self.lowered.amounts
        table: Mapping[str, Any] = {}
        if not isinstance(raw, Mapping):
            if names != ("actual",):
                raise self._missing(names, names)
            given = self._plain(raw, self.origin)
        else:
            wrong = next((key for key in ("tier", "score") if key in raw), None)
            if wrong is not None:
                method = self.subject.method
                raise refuse("not-judged", self.origin / wrong, found=self.subject.name, method=method)
            items = tuple(item.name for item in self.lowered.items)
            table = known_keys(raw, (*names, *items, *_KEYS), self.origin)
            missing = tuple(name for name in names if is_blank(table.get(name)))
            if missing == ("actual",) == names:
                raise refuse("missing-fact", self.origin, found=self.subject.name)
            if missing:
                raise self._missing(missing, names)
            if self.lowered.actual is None and self.lowered.target is None:
                given = self._plain(table["actual"], self.origin / "actual" if units is None else self.origin)
            else:
                given = self._made(table)
        if given.target_value == 0 and self.lowered.void_at_zero:
            return evolve(given, applies=False, reason=reason_in(table, self.origin))
        counts, silent = counts_of(self.lowered.items, table, self.origin, self.units, self.subject.name)
        reason = reason_in(table, self.origin)
        if not counts and reason is None and units is None:
            return given
        return evolve(
            given,
            counts=counts,
            reason=reason,
            notes=(*(units.notes if units else ()), *given.notes),
            assumed=(*given.assumed, *silent),
        )

    def _merged(self, raw: list[Any] | tuple[Any, ...]) -> Merged:
        """Several units as one, where the method says how."""
        if self.lowered.merge is None:
            raise refuse("unmerged-fact", self.origin, found=self.subject.name)
        from perfeval.engine.facts.merge import merged  # few forms have rows of several units

        counts = tuple(self.lowered.actual.mean) if self.lowered.actual else ()
        return merged(
            raw,
            self.lowered.amounts,
            self.lowered.merge,
            counts=counts,
            items=tuple(item.name for item in self.lowered.items),
            origin=self.origin,
            units=self.units,
            subject=self.subject,
        )

    def _missing(self, missing: tuple[str, ...], names: tuple[str, ...]) -> RefusedError:
        """The amounts that a fact lacks, and how to write all of them."""
        keys = ", ".join(f"{name} = …" for name in names)
        return refuse("missing-amount", self.origin, found=self.subject.name, key=missing, keys=keys)

    def _plain(self, value: Any, origin: Origin) -> Given:
        target = self.subject.target
        # A date is compared with dates even where the bands, and not the target, say with which.
        needed = target if self.lowered.measure.targeted or isinstance(target, Moment) else None
        reading = self._reading(value, origin)
        beside = Beside(other=needed or target, unit=self.lowered.unit, name=self.subject.name)
        known, unit, assumed = beside.value(reading, origin)
        if isinstance(reading, Moment) and isinstance(needed, Moment):
            assumed = of_a_day(reading, needed, self.lowered, self.subject.name, origin)
            if not reading.has_year and reading.text != needed.text:
                same = said("assumed-year", found=reading.text, expected=needed.text, name=self.subject.name)
                assumed = (*assumed, same)
        return Given(
            origin=self.origin,
            actual=reading.text,
            target=None if isinstance(target, Blank) else target.text,
            actual_value=known,
            target_value=target.value if isinstance(target, Quantity | Moment) else None,
            unit=unit,
            actual_origin=origin,
            target_origin=self.subject.target_origin,
            assumed=assumed,
        )

    def _made(self, table: Mapping[str, Any]) -> Given:
        """An actual, and perhaps a target, put together from amounts of the fact."""
        target: Quantity | Moment | None = None
        target_origin: Origin | None = None
        assumed: tuple[Said, ...] = ()
        if self.lowered.target is not None:
            target, target_origin, assumed = self._sum(self.lowered.target, table, self.lowered.unit)
        elif isinstance(self.subject.target, Quantity | Moment):
            target, target_origin = self.subject.target, self.subject.target_origin
        unit = target.unit if isinstance(target, Quantity) else self.lowered.unit
        notes: tuple[Note, ...] = ()
        if self.lowered.actual is not None and not self.lowered.actual.mean:
            beside = (target, self.lowered.target) if isinstance(target, Quantity) else None
            actual, actual_origin, more = self._sum(self.lowered.actual, table, unit, beside)
            value, unit, text = actual.value, actual.unit if target is None else unit, actual.text
        else:
            reading: Quantity | Moment
            if self.lowered.actual is not None:
                actual_origin = self.origin
                reading, note = self._mean(self.lowered.actual, table)
                notes = (note,)
            else:
                actual_origin = self.origin / "actual"
                reading = self._reading(table.get("actual"), actual_origin)
            called = _called(self.lowered.target)
            beside_ = Beside(other=target or self.subject.target, unit=unit, name=self.subject.name, called=called)
            value, unit, more = beside_.value(reading, actual_origin)
            text = reading.text
        if target is not None and self.lowered.target is not None:
            at = target_origin or self.origin
            # A budget of 0 has no rate, and nothing is met by spending nothing of it, unless the rule says so.
            if target.value == 0 and self.lowered.at_zero is None and not self.lowered.void_at_zero:
                raise refuse("zero-target", at)
            if target.value < 0 and self.lowered.measure.divides:
                raise refuse("negative-target", at, found=target.text, measure=said(self.lowered.measure.name))
        return Given(
            origin=self.origin,
            actual=text,
            target=None if target is None else target.text,
            actual_value=value,
            target_value=None if target is None else target.value,
            unit=unit,
            actual_origin=actual_origin,
            target_origin=target_origin,
            notes=notes,
            assumed=(*assumed, *more),
        )

    def _mean(self, made: Made, table: Mapping[str, Any]) -> tuple[Quantity, Note]:
        """The mean of the values of the answers, each as often as the fact counts it."""
        values = {name: read(written.text, self.units) for name, written in made.mean.items()}
        counts = {name: count_of(table[name], self.origin / name, self.units) for name in values}
        votes = sum(counts.values())
        if votes == 0:
            raise refuse("no-votes", self.origin, found=self.subject.name)
        first = next(iter(values.values()))
        assert isinstance(first, Quantity), "lowering has checked the values"
        unit = first.unit
        total = Fraction(0)
        for name, reading in values.items():
            assert isinstance(reading, Quantity)
            total += counts[name] * reading.value
        terms = " + ".join(f"{counts[name]} × {made.mean[name]}" for name in values)
        mean = _amount(total / votes, unit, near_number(total / votes, unit))
        return mean, Note(term="mean", formula=f"({terms}) ÷ {votes}", value=exact_text(mean.value), origin=self.origin)

    def _sum(
        self,
        made: Made,
        table: Mapping[str, Any],
        unit: Unit | None,
        target: tuple[Quantity, Made | None] | None = None,
    ) -> tuple[Quantity, Origin, tuple[Said, ...]]:
        """The amounts *made* names, added up in the unit of the first; a single one keeps the text it has.

        The first is compared with the *target*, if there is one, and the others with the first.
        """
        other: Reading | None = target[0] if target else None
        called = _called(target[1]) if target else None
        values: list[Fraction] = []
        first: Quantity | None = None
        assumed: tuple[Said, ...] = ()
        for name in made.names:
            origin = self.origin / name
            reading = self._reading(table[name], origin)
            beside = Beside(other=other or self.subject.target, unit=unit, name=self.subject.name, called=called)
            value, unit, more = beside.value(reading, origin)
            assumed = (*assumed, *more)
            values.append(value if name in made.add else -value)
            if first is None:
                first = _amount(value, unit or BARE, reading.text)
                other, called = first, name
        assert first is not None, "the schema refuses an empty list"
        if len(made.names) == 1:
            return first, self.origin / made.names[0], assumed
        total = summed(values)
        return _amount(total, first.unit, number_text(total, first.unit)), self.origin, assumed

    def _reading(self, value: Any, origin: Origin) -> Quantity | Moment:
        """A number or a date, and nothing else."""
        reading = reading_of(value, origin, self.subject.name, self.units)
        if isinstance(reading, Words):
            target = self.subject.target
            if isinstance(target, Moment):
                raise not_a_date(reading, target, origin)
            expected = said("a-number") if isinstance(target, Blank | Words) else target.text
            raise refuse("not-a-number", origin, found=reading.text, expected=expected)
        if reading.operator not in {None, "="} or (isinstance(reading, Quantity) and reading.loose):
            raise refuse("bound-as-actual", origin, found=reading.text)
        return reading


def _amount(value: Fraction, unit: Unit, text: str) -> Quantity:
    """A *value* in the base of *unit*, as if it had been written in it."""
    return Quantity(value if unit.factor == 1 else value / unit.factor, unit, None, None, text)


def _called(made: Made | None) -> str | None:
    """Return the name of what is *made*: the amount itself if it is one."""
    return None if made is None else str(made)
