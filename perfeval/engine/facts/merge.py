"""Merging the facts of several units into one, by sum or mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """The units *raws* as one: each of the amounts *names* added up, or averaged by the weight that *merge* names.

    *counts* are the names among them that count votes, which are added in any case, and so is how often the units found
    the *items* of the method. A unit that does not apply is left out. Raises RefusedError.
    """
    by = merge.weighted_by
    wanted = (*names, *((by,) if by is not None and by not in names else ()))
    # Each unit with the places of its amounts: that of the unit itself where it is a plain one.
    tables: list[tuple[Mapping[str, Origin], Mapping[str, Any]]] = []
    reasons: list[str] = []
    for index, raw in enumerate(raws):
        place = origin / index
        table = raw if isinstance(raw, Mapping) or wanted != ("actual",) else {"actual": raw}
        if void(subject, raw, place) is not None:
            continue
        if not isinstance(table, Mapping):
            raise refuse("missing-amount", place, found=subject.name, key=wanted, keys=_keys(wanted))
        known_keys(table, (*wanted, *items, "reason", "applies"), place)
        missing = tuple(name for name in wanted if is_blank(table.get(name)))
        if missing and table is not raw:
            raise refuse("missing-fact", place, found=subject.name)
        if missing:
            raise refuse("missing-amount", place, found=subject.name, key=missing, keys=_keys(wanted))
        tables.append(({name: place / name if table is raw else place for name in (*wanted, *items)}, table))
        if (reason := reason_in(table, place)) is not None:
            reasons.append(reason)
    if not tables:
        return Merged({})
    weights = None if by is None else [_quantity(table[by], at[by], units, subject.name) for at, table in tables]
    made: dict[str, Any] = {"reason": "; ".join(reasons)} if reasons else {}
    notes: list[Note] = []
    listed = (name for name in items if any(not is_blank(table.get(name)) for _, table in tables))
    for name in (*names, *listed):
        if name in counts or name in items:
            given = [(at, table) for at, table in tables if not is_blank(table.get(name))]
            found = [count_of(table[name], at[name], units) for at, table in given]
            made[name] = sum(found)
            formula = " + ".join(map(str, found))
            notes.append(Note(term="merged", formula=f"{name} = {formula}", value=str(sum(found)), origin=origin))
            continue
        amounts = [_quantity(table[name], at[name], units, subject.name) for at, table in tables]
        _in_one_unit(amounts, [at[name] for at, _ in tables])
        value, formula = _added(amounts) if weights is None or name == by else _averaged(amounts, weights, origin)
        unit = amounts[0].unit
        text = near_number(value, unit)
        made[name] = Quantity(value / unit.factor, unit, None, None, text)
        notes.append(Note(term="merged", formula=f"{name} = {formula}", value=exact_text(value), origin=origin))
    return Merged(made, tuple(notes))


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
