"""Facts that a person judges or counts: tiers and items."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from perfeval.engine.facts.conversion import refuse
from perfeval.engine.facts.reading import (
    Given,
    Subject,
    count_of,
    counts_of,
    is_blank,
    known_keys,
    no_number,
    reason_in,
)
from perfeval.methods.normal_form import Judged, JudgedTier, Tallied
from perfeval.numbers.amounts import amount_of
from perfeval.numbers.quantity import Blank, Units
from perfeval.numbers.rounding import exact_text
from perfeval.problems import Origin, guess, type_name
from perfeval.rulefile.scalars import number_in_quotes
from perfeval.text.messages import Said, said

#: What a fact may say besides the items of its method.
_JUDGED_KEYS: Final = ("tier", "score", "reason", "actual", "applies")
_COUNTED_KEYS: Final = ("reason", "applies")


def counted(subject: Subject, lowered: Tallied, raw: Any, origin: Origin, units: Units) -> Given:
    """The fact of a row that counts: how often each item was found."""
    if is_blank(raw) or raw == {}:
        raise refuse("missing-fact", origin, found=subject.name)
    names = tuple(item.name for item in lowered.items)
    table: Mapping[str, Any]
    if isinstance(raw, Mapping):
        table = known_keys(raw, (*names, *_COUNTED_KEYS), origin)
        counts, assumed = counts_of(lowered.items, table, origin, units, subject.name)
    elif len(names) == 1:
        table, counts, assumed = {}, (count_of(raw, origin, units),), ()
    else:
        raise refuse("uncounted-fact", origin, found=subject.name, known=names)
    shown = ", ".join(f"{name} × {count}" for name, count in zip(names, counts, strict=True) if count)
    return Given(
        origin=origin,
        actual=shown or "0",
        target=None if isinstance(subject.target, Blank) else subject.target.text,
        actual_origin=origin,
        target_origin=subject.target_origin,
        counts=counts,
        reason=reason_in(table, origin),
        assumed=assumed,
    )


def judged(subject: Subject, lowered: Judged, raw: Any, origin: Origin, units: Units) -> Given:
    """The fact of a judged row: the tier, and the score in it."""
    names = tuple(tier.name for tier in lowered.tiers)
    if is_blank(raw):
        raise refuse("missing-fact", origin, found=subject.name)
    items = tuple(item.name for item in lowered.items)
    table = known_keys(raw, (*_JUDGED_KEYS, *items), origin) if isinstance(raw, Mapping) else {"tier": raw}
    key = "actual" if is_blank(table.get("tier")) and isinstance(table.get("actual"), str) else "tier"
    word = table.get(key)
    place = origin / key if isinstance(raw, Mapping) else origin
    if is_blank(word) or not isinstance(word, str):
        if not is_blank(word):
            raise refuse("bad-fact", place, found=subject.name, type=type_name(word), expected=said("type-tier"))
        raise refuse("missing-tier", origin, found=subject.name, known=names)
    tier = lowered.tier(word)
    if tier is None:
        if key == "actual":
            raise refuse("missing-tier", origin, found=subject.name, known=names)
        raise refuse("unknown-tier", place, advice=guess(word, names), found=word, known=names)
    share = _share(subject, tier, table, origin)
    actual = table.get("actual")
    counts, assumed = counts_of(lowered.items, table, origin, units, subject.name)
    return Given(
        origin=origin,
        actual=actual if isinstance(actual, str) else tier.name,
        target=None if isinstance(subject.target, Blank) else subject.target.text,
        actual_origin=origin / "actual" if isinstance(actual, str) else place,
        target_origin=subject.target_origin,
        tier=tier,
        share=share,
        counts=counts,
        assumed=assumed,
        reason=reason_in(table, origin),
    )


def _share(subject: Subject, tier: JudgedTier, table: Mapping[str, Any], origin: Origin) -> Fraction:
    """The part of the weight that the person gave: the tier's own, or the judged score if it lies in the tier."""
    score = table.get("score")
    if is_blank(score):
        if tier.fixed:
            return tier.low
        raise refuse("missing-score", origin, tier=tier.name, range=range_text(tier, subject.weight))
    place = origin / "score"
    amount = amount_of(score)
    if amount is None:
        if isinstance(score, int | float | Decimal | Fraction) and not isinstance(score, bool):
            raise no_number(score, place)
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
