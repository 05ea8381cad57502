"""Validity in time: the rules that are in force in a year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

import attrs

from perfeval.problems import KeyPath
from perfeval.rulefile.scorecard import OURS, Scorecard

T = TypeVar("T")


def first_years(card: Scorecard) -> tuple[int, ...]:
    """The years with which something in *card* begins to stand or no longer does, in order; empty without dates.

    The dates of the file itself do not choose among its rules, and are not among them.
    """
    years = set(_years(card))
    # A rule that stands from the first day of the file, or to its last, chooses nothing.
    first = None if card.since is None else _begins(card.since)
    last = None if card.until is None else _ends(card.until)
    return tuple(sorted(one for one in years if (first is None or one > first) and (last is None or one < last)))


def in_force(card: Scorecard, year: int) -> bool:
    """Return True if the file as a whole stands in *year*."""
    return _stands(card, year)


def standing(card: Scorecard, year: int) -> Scorecard:
    """*card* with what stands in *year*; each noun keeps its origin."""
    kept: Scorecard = _kept(card, year)
    return kept


def settled(card: Scorecard, year: int) -> frozenset[KeyPath]:
    """Return the file as it stands in *year*, without what is not in force and without dates.

    Without them the rest is what ``standing`` keeps; of the examples those of other years go too.
    """
    paths: set[KeyPath] = set()
    for item in _items(card):
        path = item.origin.path if attrs.has(type(item)) else ()
        if not _stands(item, year) or getattr(item, "year", None) not in {None, year}:
            paths.add(path)
        elif path:
            paths |= {(*path, "since"), (*path, "until")}
    return frozenset(paths)


def _begins(since: datetime.date) -> int:
    return since.year


def _ends(until: datetime.date) -> int:
    """The first year of which the last day is past *until*."""
    return until.year + ((until.month, until.day) == (12, 31))


def _stands(noun: Any, year: int) -> bool:
    """Return True if *noun* stands in *year*: what counts is the last day of the year."""
    since, until = getattr(noun, "since", None), getattr(noun, "until", None)
    return (since is None or year >= _begins(since)) and (until is None or year < _ends(until))


@cache
def _holding(cls: Any) -> tuple[str, ...]:
    """The fields of a noun that may hold others.

    Those that hold none are among them: to ask for their types takes longer than to look at what is in them.
    """
    return tuple(field.name for field in attrs.fields(cls) if field.name not in OURS)


def _inner(noun: Any) -> Iterator[Any]:
    """Return the values inside *noun*."""
    if attrs.has(type(noun)):
        kind: Any = type(noun)
        for name in _holding(kind):
            yield getattr(noun, name)
    elif isinstance(noun, tuple):
        yield from noun
    elif isinstance(noun, Mapping):
        yield from noun.values()


def _items(noun: Any) -> Iterator[Any]:
    """Every item of the lists and tables inside *noun*."""
    for inner in _inner(noun):
        if not attrs.has(type(noun)):
            yield inner
        yield from _items(inner)


def _years(noun: Any) -> Iterator[int]:
    for inner in _inner(noun):
        if not inner or isinstance(inner, str):
            continue
        since, until = getattr(inner, "since", None), getattr(inner, "until", None)
        if since is not None:
            yield _begins(since)
        if until is not None:
            yield _ends(until)
        yield from _years(inner)


def _kept(noun: T, year: int) -> T:
    """*noun* without the items inside it that do not stand in *year*."""
    if isinstance(noun, tuple) and noun and attrs.has(type(noun[0])):
        return tuple(_kept(one, year) for one in noun if _stands(one, year))  # type: ignore[return-value]  # as it came
    if isinstance(noun, Mapping) and noun:
        kept = {key: _kept(one, year) for key, one in noun.items() if _stands(one, year)}
        return kept if any(kept.get(key) is not one for key, one in noun.items()) else noun  # type: ignore[return-value]
    if attrs.has(type(noun)):
        changes: dict[str, Any] = {}
        kind: Any = type(noun)
        for name in _holding(kind):
            value = getattr(noun, name)
            if (kept_value := _kept(value, year)) is not value:
                changes[name] = kept_value
        return attrs.evolve(noun, **changes) if changes else noun  # type: ignore[misc]  # an attrs class, as just told
    return noun
