"""One fact read against one row, or a problem: shared by everything that scores."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, frozen

from perfeval.engine.beside import Beside, RefusedError, not_a_date, of_a_day, refuse
from perfeval.exact import DIGITS, exact_text, number_of
from perfeval.language.amounts import Made, amount_of
from perfeval.language.leaves import number_in_quotes
from perfeval.language.normal import Judged, JudgedTier, Measured, squeezed
from perfeval.messages import Said, said
from perfeval.problems import Origin, Problem, guess, type_name
from perfeval.quantity import (
    BARE,
    Blank,
    Moment,
    Quantity,
    Reading,
    Unit,
    Units,
    Words,
    from_number,
    number_text,
    read,
)

#: What a fact may say besides its numbers.
#: How people write that a row does not apply.
_NOT_APPLICABLE: Final = frozenset({"不适用", "不涉及", "n/a", "na", "notapplicable"})
_MEASURED_KEYS: Final = ("actual", "reason")
_JUDGED_KEYS: Final = ("tier", "score", "reason", "actual")


@frozen(kw_only=True)
class Given:
    """A fact that has been read. Values stand in the base of their unit; ``unit`` is what they are shown in.

    ``actual`` and ``target`` are the texts as written. For a judged row ``tier`` is the tier and ``share`` the part of
    the weight that the person gave, exact and unrounded.
    """

    origin: Origin
    actual: str
    target: str | None
    actual_value: Fraction = Fraction(0)
    target_value: Fraction | None = None
    unit: Unit | None = None
    actual_origin: Origin
    target_origin: Origin | None = None
    tier: JudgedTier | None = None
    share: Fraction | None = None
    reason: str | None = None
    assumed: tuple[Said, ...] = ()


@frozen(kw_only=True)
class Subject:
    """What a fact is read against: one row of a program, as far as reading needs it."""

    name: str
    weight: Fraction
    target: Reading
    target_origin: Origin
    lowered: Measured | Judged
    #: The method, in a name people know it by.
    method: str | Said


def read_fact(subject: Subject, raw: Any, origin: Origin, units: Units, faults: list[Problem]) -> Given | None:
    """*raw*, the fact at *origin*, read for *subject*; None with the reason among *faults*."""
    try:
        if _says_it_does_not_apply(raw, subject.lowered):
            raise refuse("missing-fact", origin, advice=said("not-yet-applicable"), found=subject.name)
        if isinstance(subject.lowered, Judged):
            return _judged(subject, subject.lowered, raw, origin)
        return _Reader(subject, subject.lowered, origin, units).measured(raw)
    except RefusedError as refused:
        faults.append(refused.fault)
        return None


def _says_it_does_not_apply(raw: Any, lowered: Measured | Judged) -> bool:
    if isinstance(raw, Mapping):
        raws = (raw.get("actual"), raw.get("tier"))
        return raw.get("applies") is False or any(_says_it_does_not_apply(one, lowered) for one in raws)
    if not isinstance(raw, str) or squeezed(raw).casefold() not in _NOT_APPLICABLE:
        return False
    return not isinstance(lowered, Judged) or lowered.tier(raw) is None


def _is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and isinstance(read(raw), Blank))


def _table(raw: Mapping[Any, Any], known: tuple[str, ...], origin: Origin) -> Mapping[str, Any]:
    for key in raw:
        if key not in known:
            advice = guess(str(key), known)
            raise refuse(
                "unknown-key", origin / str(key), advice=advice, where=said("noun-fact"), key=str(key), known=known
            )
    return raw


def _reason(table: Mapping[str, Any], origin: Origin) -> str | None:
    reason = table.get("reason")
    if reason is not None and not isinstance(reason, str):
        raise refuse(
            "bad-fact", origin / "reason", found="reason", type=type_name(reason), expected=said("type-string")
        )
    return reason if reason and reason.strip() else None


@frozen
class _Reader:
    """Reads the fact of a row that computes."""

    subject: Subject
    lowered: Measured
    origin: Origin
    units: Units

    def measured(self, raw: Any) -> Given:
        if _is_blank(raw):
            raise refuse("missing-fact", self.origin, found=self.subject.name)
        judged = next((key for key in ("tier", "score") if isinstance(raw, Mapping) and key in raw), None)
        if judged is not None:
            method = self.subject.method
            raise refuse("not-judged", self.origin / judged, found=self.subject.name, method=method)
        made = (self.lowered.actual, self.lowered.target)
        if made == (None, None):
            return self._plain(raw)
        names = tuple(dict.fromkeys(name for one in made if one for name in one.names))
        if not isinstance(raw, Mapping):
            raise self._missing(names, names)
        own = (*names, *(() if self.lowered.actual else ("actual",)), "reason")
        table = _table(raw, own, self.origin)
        missing = tuple(name for name in own[:-1] if _is_blank(table.get(name)))
        if missing:
            raise self._missing(missing, own[:-1])
        return self._made(table)

    def _missing(self, missing: tuple[str, ...], names: tuple[str, ...]) -> RefusedError:
        """The amounts that a fact lacks, and how to write all of them."""
        keys = ", ".join(f"{name} = …" for name in names)
        return refuse("missing-amount", self.origin, found=self.subject.name, key=missing, keys=keys)

    def _plain(self, raw: Any) -> Given:
        reason, origin, value = None, self.origin, raw
        if isinstance(raw, Mapping):
            table = _table(raw, _MEASURED_KEYS, self.origin)
            reason = _reason(table, self.origin)
            origin, value = self.origin / "actual", table.get("actual")
            if _is_blank(value):
                raise refuse("missing-fact", self.origin, found=self.subject.name)
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
            reason=reason,
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
        if self.lowered.actual is not None:
            beside = (target, self.lowered.target) if isinstance(target, Quantity) else None
            actual, actual_origin, more = self._sum(self.lowered.actual, table, unit, beside)
            value, unit = actual.value, actual.unit if target is None else unit
        else:
            actual_origin = self.origin / "actual"
            reading = self._reading(table.get("actual"), actual_origin)
            called = _called(self.lowered.target)
            beside_ = Beside(other=target or self.subject.target, unit=unit, name=self.subject.name, called=called)
            value, unit, more = beside_.value(reading, actual_origin)
            actual = evolve(from_number(0), text=reading.text)
        if target is not None and self.lowered.target is not None:
            at = target_origin or self.origin
            # A budget of 0 has no rate, and nothing is met by spending nothing of it, unless the rule says so.
            if target.value == 0 and self.lowered.at_zero is None:
                raise refuse("zero-target", at)
            if target.value < 0 and self.lowered.measure.divides:
                raise refuse("negative-target", at, found=target.text, measure=said(self.lowered.measure.name))
        return Given(
            origin=self.origin,
            actual=actual.text,
            target=None if target is None else target.text,
            actual_value=value,
            target_value=None if target is None else target.value,
            unit=unit,
            actual_origin=actual_origin,
            target_origin=target_origin,
            reason=_reason(table, self.origin),
            assumed=(*assumed, *more),
        )

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
        total = Fraction(0)
        first: Quantity | None = None
        assumed: tuple[Said, ...] = ()
        for name in made.names:
            origin = self.origin / name
            reading = self._reading(table[name], origin)
            beside = Beside(other=other or self.subject.target, unit=unit, name=self.subject.name, called=called)
            value, unit, more = beside.value(reading, origin)
            assumed = (*assumed, *more)
            total += value if name in made.add else -value
            if first is None:
                first = Quantity(value / (unit or BARE).factor, unit or BARE, None, None, reading.text)
                other, called = first, name
        assert first is not None, "the schema refuses an empty list"
        if len(made.names) == 1:
            return first, self.origin / made.names[0], assumed
        summed = Quantity(total / first.unit.factor, first.unit, None, None, number_text(total, first.unit))
        return summed, self.origin, assumed

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


def _called(made: Made | None) -> str | None:
    """What to call what is *made*: the amount itself where it is one."""
    return None if made is None else " + ".join(made.add) + "".join(f" - {name}" for name in made.less)


def _no_number(value: int | float | Decimal | Fraction, origin: Origin) -> RefusedError:
    """Why a number that ``number_of`` does not take is refused."""
    finite = value.is_finite() if isinstance(value, Decimal) else not isinstance(value, float) or math.isfinite(value)
    if finite:
        return refuse("number-too-large", origin, limit=DIGITS)
    return refuse("not-finite", origin, found=str(value))


def reading_of(value: Any, origin: Origin, name: str, units: Units) -> Quantity | Moment | Words:
    """What a program or a file gave as a value, read like a cell; what is blank or no number is refused."""
    if isinstance(value, bool | Mapping | list | tuple):
        raise refuse("bad-fact", origin, found=name, type=type_name(value), expected=said("type-quantity"))
    if isinstance(value, int | float | Decimal | Fraction):
        if (number := number_of(value)) is not None:
            return from_number(number)
        raise _no_number(value, origin)
    if isinstance(value, datetime.datetime) and value == datetime.datetime.combine(value.date(), datetime.time()):
        value = value.date()  # a spreadsheet's date, which has no time of its own
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = value.isoformat()
    if not isinstance(value, str):
        raise refuse("bad-fact", origin, found=name, type=type_name(value), expected=said("type-quantity"))
    reading = read(value, units)
    if isinstance(reading, Blank):
        raise refuse("missing-fact", origin, found=name)
    return reading


def _judged(subject: Subject, lowered: Judged, raw: Any, origin: Origin) -> Given:
    names = tuple(tier.name for tier in lowered.tiers)
    if _is_blank(raw):
        raise refuse("missing-fact", origin, found=subject.name)
    table = _table(raw, _JUDGED_KEYS, origin) if isinstance(raw, Mapping) else {"tier": raw}
    key = "actual" if _is_blank(table.get("tier")) and isinstance(table.get("actual"), str) else "tier"
    word = table.get(key)
    place = origin / key if isinstance(raw, Mapping) else origin
    if _is_blank(word) or not isinstance(word, str):
        if not _is_blank(word):
            raise refuse("bad-fact", place, found=subject.name, type=type_name(word), expected=said("type-tier"))
        raise refuse("missing-tier", origin, found=subject.name, known=names)
    tier = lowered.tier(word)
    if tier is None:
        if key == "actual":
            raise refuse("missing-tier", origin, found=subject.name, known=names)
        raise refuse("unknown-tier", place, advice=guess(word, names), found=word, known=names)
    share = _share(subject, tier, table, origin)
    actual = table.get("actual")
    return Given(
        origin=origin,
        actual=actual if isinstance(actual, str) else tier.name,
        target=None if isinstance(subject.target, Blank) else subject.target.text,
        actual_origin=origin / "actual" if isinstance(actual, str) else place,
        target_origin=subject.target_origin,
        tier=tier,
        share=share,
        reason=_reason(table, origin),
    )


def _share(subject: Subject, tier: JudgedTier, table: Mapping[str, Any], origin: Origin) -> Fraction:
    """The part of the weight that the person gave: the tier's own, or the judged score if it lies in the tier."""
    score = table.get("score")
    if _is_blank(score):
        if tier.fixed:
            return tier.low
        raise refuse("missing-score", origin, tier=tier.name, range=range_text(tier, subject.weight))
    place = origin / "score"
    amount = amount_of(score)
    if amount is None:
        if isinstance(score, int | float | Decimal | Fraction) and not isinstance(score, bool):
            raise _no_number(score, place)
        advice = number_in_quotes(score) if isinstance(score, str) else None
        raise refuse(
            "bad-fact", place, advice=advice, found=subject.name, type=type_name(score), expected=said("type-amount")
        )
    share = amount.share(subject.weight)
    spans = range_text(tier, subject.weight)
    if not tier.holds(share):
        raise refuse("score-outside-tier", place, found=str(score), tier=tier.name, range=spans)
    return share


def range_text(tier: JudgedTier, weight: Fraction) -> Said:
    """The scores a tier allows in a row of *weight*, in points."""
    unit = weight or 1
    low, high = exact_text(tier.low * unit), exact_text(tier.high * unit)
    if tier.fixed:
        return said("range-one", score=low)
    return said("range-closed" if tier.high_closed else "range-open", low=low, high=high)
