"""Merging the facts of several units into one, by sum or mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from perfeval.engine.facts.conversion import refuse
from perfeval.engine.facts.reading import Note, Subject, count_of, is_blank, known_keys, reading_of, reason_in, void
from perfeval.methods.row import converts
from perfeval.numbers.amounts import Merge
from perfeval.numbers.quantity import Quantity, Units, near_number
from perfeval.numbers.rounding import exact_text
from perfeval.problems import Origin
from perfeval.text.messages import said


@frozen(eq=False, repr=False)
class Merged:
    """The amounts of all units as those of one, and how each was put together; no table where no unit applies."""

    table: Mapping[str, Any]
    notes: tuple[Note, ...] = ()


@frozen(eq=False, repr=False)
class _Unit:
    """The amounts of one unit, and the place of each: that of the unit itself where it is a plain one."""

    table: Mapping[str, Any]
    places: Mapping[str, Origin]
    reason: str | None

    def has(self, name: str) -> bool:
        return not is_blank(self.table.get(name))


def merged(
    raws: Sequence[Any],
    names: tuple[str, ...],
    merge: Merge,
    *,
    counts: tuple[str, ...],
    items: tuple[str, ...] = (),
    origin: Origin,
    units: Units,
    subject: Subject,
) -> Merged:
    """Merge the units *raws*: each of the amounts *names* added up, or averaged by the weight that *merge* names.

    *counts* are the names among them that count votes, which are added in any case, and so is how often the units found
    the *items* of the method. A unit that does not apply is left out. Raises RefusedError.
    """
    by = merge.weighted_by
    wanted = (*names, *((by,) if by is not None and by not in names else ()))
    found = list(_applying(raws, origin, wanted, items, subject))
    if not found:
        return Merged({})
    weights = None if by is None else _amounts(found, by, units, subject)
    reasons = "; ".join(one.reason for one in found if one.reason is not None)
    made: dict[str, Any] = {"reason": reasons} if reasons else {}
    notes: list[Note] = []
    listed = [name for name in items if any(one.has(name) for one in found)]
    for name in (*names, *listed):
        if name in counts or name in items:
            made[name], formula = _counted(found, name, units)
            value = str(made[name])
        else:
            amounts = _amounts(found, name, units, subject)
            _in_one_unit(amounts, [one.places[name] for one in found])
            total, formula = _added(amounts) if weights is None or name == by else _averaged(amounts, weights, origin)
            unit = amounts[0].unit
            made[name] = Quantity(total / unit.factor, unit, None, None, near_number(total, unit))
            value = exact_text(total)
        notes.append(Note(term="merged", formula=f"{name} = {formula}", value=value, origin=origin))
    return Merged(made, tuple(notes))


def _counted(found: Sequence[_Unit], name: str, units: Units) -> tuple[int, str]:
    numbers = [count_of(one.table[name], one.places[name], units) for one in found if one.has(name)]
    return sum(numbers), " + ".join(map(str, numbers))


def _amounts(found: Sequence[_Unit], name: str, units: Units, subject: Subject) -> list[Quantity]:
    return [_quantity(one.table[name], one.places[name], units, subject.name) for one in found]


def _applying(
    raws: Sequence[Any], origin: Origin, wanted: tuple[str, ...], items: tuple[str, ...], subject: Subject
) -> Iterator[_Unit]:
    for index, raw in enumerate(raws):
        if (one := _unit(raw, origin / index, wanted, items, subject)) is not None:
            yield one


def _unit(raw: Any, place: Origin, wanted: tuple[str, ...], items: tuple[str, ...], subject: Subject) -> _Unit | None:
    """Read one unit, which has all the amounts *wanted*; None if it does not apply."""
    if void(subject, raw, place) is not None:
        return None
    table = raw if isinstance(raw, Mapping) or wanted != ("actual",) else {"actual": raw}
    if not isinstance(table, Mapping):
        raise refuse("missing-amount", place, found=subject.name, key=wanted, keys=_keys(wanted))
    known_keys(table, (*wanted, *items, "reason", "applies"), place)
    missing = tuple(name for name in wanted if is_blank(table.get(name)))
    if missing and table is not raw:
        raise refuse("missing-fact", place, found=subject.name)
    if missing:
        raise refuse("missing-amount", place, found=subject.name, key=missing, keys=_keys(wanted))
    places = {name: place / name if table is raw else place for name in (*wanted, *items)}
    return _Unit(table, places, reason_in(table, place))


def _keys(names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} = …" for name in names)


def _quantity(raw: Any, origin: Origin, units: Units, subject: str) -> Quantity:
    """A plain number, with or without a unit."""
    reading = reading_of(raw, origin, subject, units)
    if not isinstance(reading, Quantity):
        raise refuse("not-a-number", origin, found=reading.text, expected=said("a-number"))
    if reading.operator not in {None, "="} or reading.loose:
        raise refuse("bound-as-actual", origin, found=reading.text)
    return reading


def _in_one_unit(amounts: Sequence[Quantity], places: Sequence[Origin]) -> None:
    first = amounts[0]
    for amount, place in zip(amounts, places, strict=True):
        if not converts(amount, first.unit):
            other = said("the-first-unit")
            raise refuse("unit-mismatch", place, found=amount.text, other=other, expected=first.text)


def _added(amounts: Sequence[Quantity]) -> tuple[Fraction, str]:
    value = sum((amount.value for amount in amounts), Fraction(0))
    return value, " + ".join(amount.text for amount in amounts)


def _averaged(amounts: Sequence[Quantity], weights: Sequence[Quantity], origin: Origin) -> tuple[Fraction, str]:
    """The mean of *amounts*, each with its weight: after ARITHMETIC W10, rates averaged by their budgets."""
    whole = sum((weight.value for weight in weights), Fraction(0))
    if whole <= 0 or any(weight.value < 0 for weight in weights):
        raise refuse("no-merge-weight", origin, found=" + ".join(weight.text for weight in weights))
    value = sum((one.value * by.value for one, by in zip(amounts, weights, strict=True)), Fraction(0)) / whole
    terms = " + ".join(f"{one.text} × {by.text}" for one, by in zip(amounts, weights, strict=True))
    return value, f"({terms}) ÷ ({' + '.join(by.text for by in weights)})"
