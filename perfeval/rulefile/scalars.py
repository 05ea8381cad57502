"""Converting single TOML values, without coercion."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, get_args

from perfeval.numbers.amounts import Amount, Cell, Unlimited, Written, amount_of, points_in
from perfeval.numbers.rounding import DIGITS, percent_text, plain, readable
from perfeval.problems import guess, type_name
from perfeval.text.messages import Said, Value, said, said_of


class RefusedError(Exception):
    """A value that has the wrong shape; the path to it is known only further up."""

    def __init__(self, name: str, *, at: str | None = None, advice: Said | None = None, **args: Value) -> None:
        super().__init__(name)
        self.name, self.at, self.advice, self.args_ = name, at, advice, args


#: The types that one can show how to write.
_SHOWN: Final = frozenset(
    ("type-string", "type-number", "type-integer", "type-boolean", "type-date", "type-array", "type-table")
)


# Each takes what TOML gave and gives the value, or refuses it: cattrs alone would coerce.


def wrong(value: object, expected: str, at: str | None = None) -> RefusedError:
    advice = said_of("as", expected.removeprefix("type-")) if expected in _SHOWN else None
    return RefusedError("wrong-type", at=at, advice=advice, found=type_name(value), expected=said(expected))


def text(value: object, _: object = None) -> str:
    if not isinstance(value, str):
        raise wrong(value, "type-string")
    if not value.strip():
        raise RefusedError(
            "empty-text",
        )
    return value


def truth(value: object, _: object = None) -> bool:
    if not isinstance(value, bool):
        raise wrong(value, "type-boolean")
    return value


def integer(value: object, _: object = None) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(value, "type-integer")
    return value


def number(value: object, _: object = None) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        refused = wrong(value, "type-number")
        if isinstance(value, str) and (alone := points_in(value)) is not None:
            refused.advice = said("number-alone", number=alone)
        raise refused
    if not readable(value):  # Only a program can give one: `source` refuses it in a file.
        if isinstance(value, Decimal) and not value.is_finite():
            raise RefusedError("number-not-finite", value=str(value))
        raise RefusedError("number-too-large", limit=DIGITS)
    return Decimal(value)


def date(value: object, _: object = None) -> datetime.date:
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
        raise wrong(value, "type-date")
    return value


def amount(value: object, _: object = None) -> Amount:
    if isinstance(value, str):
        read = amount_of(value)
        if read is None:
            raise RefusedError("bad-amount", advice=number_in_quotes(value), found=value)
        return read
    return Amount(Fraction(number(value)))


def number_in_quotes(value: str) -> Said | None:
    """Return what to write for a number in quotes; ``0.8`` more likely means 80% than 0.8%."""
    read = amount_of(value + "%")
    if read is None:
        alone = points_in(value)
        return None if alone is None else said("number-alone", number=alone)
    size = read.value * 100
    percent = percent_text(size if 0 < size <= 1 else read.value)
    return said("string-for-number", found=value.strip(), percent=percent)


def cap(value: object, _: object = None) -> Amount | Unlimited:
    return Unlimited() if value == "none" else amount(value)


def otherwise(value: object, _: object = None) -> Amount | str:
    return value if value == "proportional" and isinstance(value, str) else amount(value)


def written(value: object, _: object = None) -> Written:
    if isinstance(value, str):
        return Written(text(value))
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Written(value.isoformat())
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise wrong(value, "type-quantity")
    return Written(plain(Decimal(value)))


def cell(value: object, _: object = None) -> Cell:
    """Return a printed cell: any text, even an empty one, or a number or date without quotes."""
    if isinstance(value, str):
        return Cell(value)
    return Cell(written(value).text)


def literal(value: object, kind: Any) -> object:
    known = get_args(kind)
    if any(value == one and type(value) is type(one) for one in known):
        return value
    if not isinstance(value, str):
        raise wrong(value, "type-string")
    names = tuple(str(one) for one in known)
    raise RefusedError("wrong-value", advice=guess(value, names), found=value, known=names)
