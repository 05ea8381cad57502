"""Scores as numbers: a Decimal with its printed decimals, or a Fraction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from perfeval.numbers.rounding import decimal, decimals_of, exact_text, near_text, plain, summed

#: A score: a Decimal with the decimals it is printed with; a Fraction only where ``row = "exact"`` never ends.
Number: TypeAlias = Decimal | Fraction


def number(value: Fraction, decimals: int | None) -> Number:
    """*value* with *decimals* decimals; without a number of them as many as it has, a Fraction if they never end."""
    decimals = decimals_of(value) if decimals is None else decimals
    return value if decimals is None else decimal(value, decimals)


def difference(one: Fraction, other: Number) -> Number:
    """*one* less *other*, with the decimals of the finer: 88.90 against 94 differ by 5.10, 3 against 12.5 by 9.5."""
    printed, own = places(other), decimals_of(one)
    return number(one - Fraction(other), None if printed is None or own is None else max(printed, own))


def added_up(scores: Sequence[Number]) -> Number:
    """The sum of *scores*, with the decimals they are printed with."""
    known = [places(score) for score in scores]
    return number(summed(scores), None if None in known else max((one for one in known if one is not None), default=0))


def as_fine(value: Fraction, like: Sequence[Number]) -> Number:
    """*value* with the decimals of the finest of *like*, or its own where it has more."""
    known = [decimals_of(value), *map(places, like)]
    return number(value, None if None in known else max(one for one in known if one is not None))


def places(value: Number) -> int | None:
    """Return the number of printed decimals of *value*; None for a Fraction."""
    if not isinstance(value, Decimal):
        return None
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None


def near_number(value: Number) -> str:
    """*value* as people read it: with four decimals and ``≈`` where its own never end."""
    return plain(value) if isinstance(value, Decimal) else near_text(value)


def number_text(value: Number) -> str:
    """*value* as text, with the decimals it is printed with."""
    return plain(value) if isinstance(value, Decimal) else exact_text(value)
