"""The reading of a fact: its amounts, tiers, counts, reason."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from attrs import frozen

from perfeval.engine.facts.conversion import RefusedError, refuse
from perfeval.methods.normal_form import Item, JudgedTier, Lowered, Measured, squeezed
from perfeval.methods.normal_form import Judged as JudgedMethod
from perfeval.numbers.quantity import Blank, Moment, Quantity, Reading, Unit, Units, Words, from_number, read
from perfeval.numbers.rounding import DIGITS, number_of
from perfeval.numbers.scores import Number
from perfeval.problems import Origin, guess, type_name
from perfeval.text.messages import Said, said

#: How people write that a row does not apply.
_NOT_APPLICABLE: Final = frozenset({"不适用", "不涉及", "n/a", "na", "notapplicable"})


@frozen(kw_only=True, eq=False, repr=False)
class Note:
    """A note on how one amount was made of several: its name, the way, the result."""

    term: str
    formula: str
    value: str
    origin: Origin


@frozen(kw_only=True, eq=False, repr=False)
class Given:
    """A fact that has been read. Values stand in the base of their unit; ``unit`` is what they are shown in.

    ``actual`` and ``target`` are the texts as written. For a judged row ``tier`` is the tier and ``share`` the part of
    the weight that the person gave, exact and unrounded. ``counts`` says how often each item of the method was found.
    A row that does not apply (``applies`` is False) has nothing else to say.
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
    counts: tuple[int, ...] = ()
    reason: str | None = None
    applies: bool = True
    notes: tuple[Note, ...] = ()
    assumed: tuple[Said, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Claimed:
    """The score that somebody gave a row, taken as it is; None where it has none. The rules do not compute it."""

    origin: Origin
    score: Number | None
    applies: bool = True


#: What is known of one row: a fact that was read, or a score that is taken as it is.
RowReading: TypeAlias = Given | Claimed


@frozen(kw_only=True, eq=False, repr=False)
class Subject:
    """The part of a program row that reading a fact needs."""

    name: str
    weight: Fraction
    target: Reading
    target_origin: Origin
    lowered: Lowered
    #: The method, in a name people know it by.
    method: str | Said


def says_it_does_not_apply(raw: Any, lowered: Lowered) -> bool:
    """Return True if a fact says that its row does not apply: ``{ applies = false }``, or in words."""
    if isinstance(raw, Mapping):
        words = (raw.get("actual"), raw.get("tier"))
        inner = any(says_it_does_not_apply(one, lowered) for one in words if isinstance(one, str))
        return raw.get("applies") is False or inner
    if not isinstance(raw, str) or squeezed(raw).casefold() not in _NOT_APPLICABLE:
        return False
    return not isinstance(lowered, JudgedMethod) or lowered.tier(raw) is None


def not_applying(subject: Subject, origin: Origin, reason: str | None = None) -> Given:
    """The fact of a row that does not apply."""
    target = None if isinstance(subject.target, Blank) else subject.target.text
    return Given(origin=origin, actual="", target=target, actual_origin=origin, reason=reason, applies=False)


def void(subject: Subject, raw: Any, origin: Origin) -> Given | None:
    """The fact of a row that does not apply; None where it applies. Raises RefusedError where it says both."""
    if not says_it_does_not_apply(raw, subject.lowered):
        return None
    if not isinstance(raw, Mapping):
        return not_applying(subject, origin)
    lowered = subject.lowered
    amounts: list[str] = []
    if isinstance(lowered, Measured):
        amounts = [name for one in (lowered.actual, lowered.target) if one for name in one.names]
        amounts += [lowered.merge.weighted_by] if lowered.merge and lowered.merge.weighted_by else []
    items = [item.name for item in lowered.items]
    known_keys(raw, ("applies", "reason", "actual", "tier", "score", *amounts, *items), origin)
    for key, value in raw.items():
        says_so = value is False if key == "applies" else says_it_does_not_apply(value, lowered)
        if key != "reason" and not says_so and not is_blank(value):
            raise refuse("contradictory-fact", origin / key, found=subject.name, key=key)
    return not_applying(subject, origin, reason_in(raw, origin))


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and isinstance(read(raw), Blank))


def known_keys(raw: Mapping[Any, Any], known: tuple[str, ...], origin: Origin) -> Mapping[str, Any]:
    """*raw*, if it has no key but the *known* ones."""
    for key in raw:
        if key not in known:
            advice, where = guess(str(key), known), said("noun-fact")
            raise refuse("unknown-key", origin / str(key), advice=advice, where=where, key=str(key), known=known)
    applies = raw.get("applies")
    if applies is not None and not isinstance(applies, bool):
        expected = said("type-boolean")
        raise refuse("bad-fact", origin / "applies", found="applies", type=type_name(applies), expected=expected)
    return raw


def reason_in(table: Mapping[str, Any], origin: Origin) -> str | None:
    """The reason a fact gives; a blank one is none."""
    reason = table.get("reason")
    if reason is not None and not isinstance(reason, str):
        expected = said("type-string")
        raise refuse("bad-fact", origin / "reason", found="reason", type=type_name(reason), expected=expected)
    return reason if reason and reason.strip() else None


def count_of(raw: Any, origin: Origin, units: Units) -> int:
    """Return a count: a whole number of 0 or more, or true for once."""
    if isinstance(raw, bool):
        return int(raw)
    reading = reading_of(raw, origin, str(origin.path[-1]) if origin.path else "", units)
    if isinstance(reading, Quantity) and reading.operator in {None, "="} and not reading.loose:
        number = reading.number
        if number.denominator == 1 and number >= 0 and reading.unit.dimension != "%":
            return int(number * (reading.unit.factor if reading.unit.dimension == "" else 1))
    raise refuse("bad-count", origin, found=str(raw))


def counts_of(
    items: tuple[Item, ...], table: Mapping[str, Any], origin: Origin, units: Units, name: str
) -> tuple[tuple[int, ...], tuple[Said, ...]]:
    """Return the count of each of *items*; one that the fact does not name counts 0, with a note."""
    if not items:
        return (), ()
    silent = tuple(one.name for one in items if is_blank(table.get(one.name)))
    counts = tuple(0 if one.name in silent else count_of(table[one.name], origin / one.name, units) for one in items)
    return counts, (said("assumed-none", name=name, items=silent),) if silent else ()


def no_number(value: int | float | Decimal | Fraction, origin: Origin) -> RefusedError:
    """Return why ``number_of`` refuses a number."""
    finite = value.is_finite() if isinstance(value, Decimal) else not isinstance(value, float) or math.isfinite(value)
    if finite:
        return refuse("number-too-large", origin, limit=DIGITS)
    return refuse("not-finite", origin, found=str(value))


def reading_of(value: Any, origin: Origin, name: str, units: Units) -> Quantity | Moment | Words:
    """Read a value of a program or file like a cell; refuse what is blank or no number."""
    if isinstance(value, Quantity):  # what several units were merged into
        return value
    if not isinstance(value, str) and (number := number_of(value)) is not None:
        return from_number(number)
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        raise no_number(value, origin)
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
