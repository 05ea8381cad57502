"""Reading cells: numbers with units and operators, dates, bounds, words."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from attrs import field, frozen

from perfeval.numbers.bounds import DATE, NUMBER, YEAR, Operator, closing, opening
from perfeval.numbers.rounding import exact_text, near_text, plain, readable
from perfeval.numbers.units import BARE, LONGEST, SPACES, STANDARD, YEARS, Unit, Units, fits, folded

__all__ = [
    "BARE",
    "STANDARD",
    "Blank",
    "Moment",
    "Operator",
    "Quantity",
    "Reading",
    "Unit",
    "Units",
    "Words",
    "fits",
    "from_number",
    "month_like",
    "number_text",
    "read",
]


@frozen
class Quantity:
    """A number with its unit; ``loose`` is the word of approximation, if any.

    How it was written is outside equality: "90%" and "90 ％" are one quantity. ``value`` is the number in the base of
    its unit.
    """

    number: Fraction
    unit: Unit
    operator: Operator | None
    loose: str | None
    text: str = field(eq=False)
    value: Fraction = field(init=False, eq=False, repr=False)

    @value.default
    def _in_base(self) -> Fraction:
        factor = self.unit.factor
        return self.number if factor == 1 else self.number * factor


@frozen
class Moment:
    """A date, or a month or a period with its first day as ``start``; ``day`` is the last.

    Without a year the leap year 2000 stands in. How it was written is outside equality.
    """

    day: datetime.date
    has_year: bool
    operator: Operator | None
    start: datetime.date | None
    text: str = field(eq=False)

    @property
    def value(self) -> Fraction:
        """The number of the last day, so that differences are days."""
        return Fraction(self.day.toordinal())


@frozen
class Words:
    """A text that is not wholly a number or a date."""

    text: str


@frozen
class Blank:
    """An empty cell, or one with only the dash, slash or dots that fill it."""

    text: str


Reading: TypeAlias = Quantity | Moment | Words | Blank

_YEAR_OF_NONE: Final = 2000

_MONTH_LIKE: Final = r"[^0-9]{0,4}([0-9]{4})\.([0-9]{1,2})"

_FILLERS: Final = frozenset("-–—―‐‑‒−─━－/／⁄∕\\＼…⋯") | frozenset(SPACES)


LOOSE_BEFORE: Final = (
    *("大约为", "大约", "大概", "约为", "约", "将近", "接近", "近", "≈"),
    *("approximately", "roughly", "around", "about", "almost", "nearly"),
)
LOOSE_AFTER: Final = ("左右", "上下", "余", "多", "or so")

_SPANS: Final = frozenset({"天", "工作日", "月", "年", "分钟"})


def read(text: str, units: Units = STANDARD) -> Reading:
    """*text* as the quantity or the date that it wholly is; else it is words, never mined for digits."""
    return _standard(text) if units is STANDARD and len(text) <= LONGEST else _read(text, units)


def _read(text: str, units: Units) -> Reading:
    text = text.strip(SPACES)
    if _is_filler(text):
        return Blank(text)
    if len(text) > LONGEST:
        return Words(text)
    line = folded(text)
    return _moment(line, text) or _quantity(line, text, units) or Words(text)


@lru_cache(maxsize=4096)
def _standard(text: str) -> Reading:
    """*text* read in the standard units; kept, since the same cells are looked at again and again."""
    return _read(text, STANDARD)


def open_unit(text: str, units: Units) -> str | None:
    """The unit of *text*, a number with a bound or without, where that is a word that *units* do not know."""
    unbound = NUMBER.unbound(folded(text.strip(SPACES)))
    if unbound is None or len(text) > LONGEST:
        return None
    lower = unbound[1].lower()
    early, late = opening(lower, LOOSE_BEFORE), closing(lower, LOOSE_AFTER)
    return units.open_word(unbound[1][len(early) : len(lower) - len(late)].strip(" "))


def from_number(value: int | Decimal | Fraction) -> Quantity:
    """A number that was never text, as a quantity without a unit; ValueError if it is not finite or absurdly large."""
    if isinstance(value, Fraction):
        return Quantity(value, BARE, None, None, exact_text(value))
    if not readable(value):
        raise ValueError("not a finite number of a size that means something")
    return Quantity(Fraction(value), BARE, None, None, plain(value) if isinstance(value, Decimal) else str(value))


def number_text(value: Fraction, unit: Unit) -> str:
    """A *value* in the base of *unit*, written in *unit*: 245000 in 万元 is ``24.5万元``."""
    gap = " " if unit.name[:1].isascii() and unit.name[:1].isalpha() else ""
    return exact_text(value / unit.factor) + gap + unit.name


def near_number(value: Fraction, unit: Unit) -> str:
    """A *value* in the base of *unit* as people read it: with four decimals and ``≈`` where its own never end."""
    gap = " " if unit.name[:1].isascii() and unit.name[:1].isalpha() else ""
    return near_text(value / unit.factor) + gap + unit.name


def _is_filler(text: str) -> bool:
    return not text or text.isspace() or _FILLERS.issuperset(text) or (len(text) > 2 and not text.strip("."))


def _quantity(line: str, text: str, units: Units) -> Quantity | None:
    unbound = NUMBER.unbound(line)
    if unbound is None:
        return None
    operator, body = unbound
    lower = body.lower()
    early, late = opening(lower, LOOSE_BEFORE), closing(lower, LOOSE_AFTER)
    figure = units.figure(body[len(early) : len(body) - len(late)].strip(" "))
    if figure is None:
        return None
    number, unit = figure.number, figure.unit
    # 近3年 is the last three years, not nearly three.
    if early == "近" and unit.dimension in _SPANS:
        return None
    return Quantity(number, unit, operator, early or figure.loose or late or None, text)


# --- dates ---------------------------------------------------------------------------------------------------------

#: Year, month, day; what is not said is None.
_Parts: TypeAlias = tuple[int | None, int | None, int | None]

_LONGEST_DATE: Final = 40
# Texts, compiled where a date is first met: most forms have none.
_NEEDLESS_SPACE: Final = r"(?<![0-9 ]) +| +(?![0-9 ])"
_WORDED: Final = r"(?:([0-9]{4})(?:年度?|\.(?=[0-9]{1,2}月)))?(?:([0-9]{1,2})月份?)?(?:([0-9]{1,2})[日号])?([底末])?"
_DOTTED: Final = r"([0-9]{4})([-./])([0-9]{1,2})(?:\2([0-9]{1,2}))?"
#: Without one of these nothing is a date, and most cells have none.
_DATED: Final = re.compile(r"[年月日号季]|[0-9]{4} *[-./]")
#: A quarter or a half of a year, and the months that it is.
_QUARTER: Final = r"(?:第|(?<=年))([一二三四1-4])季度[底末]?"
_HALF: Final = r"([上下])半年[底末]?"
#: What a spreadsheet puts behind a date without a time.
_MIDNIGHT: Final = r"(?<=[0-9])[ T]+0?0:00(?::00(?:\.0+)?)?\Z"
_DASH: Final = r"——|--|[-–—―─~至到]"


def _moment(line: str, text: str) -> Moment | None:
    if not _DATED.search(line):
        return None
    line = re.sub(_MIDNIGHT, "", line)
    if "季度" in line or "半年" in line:
        line = re.sub(_QUARTER, _months_of_quarter, line)
        line = re.sub(_HALF, lambda half: "1-6月" if half[1] == "上" else "7-12月", line)
    for bounds, needs_year in ((DATE, False), (YEAR, True)):
        unbound = bounds.unbound(line)
        if unbound is None or len(unbound[1]) > _LONGEST_DATE:
            continue
        operator, body = unbound
        # Spaces may stand beside 年 and dashes, never between two digits.
        body = re.sub(_NEEDLESS_SPACE, "", body)
        ends = _single(body) or _period(body)
        # 3月内 may as well mean within three months.
        if ends is not None and (ends[0][0] or not needs_year):
            return _moment_of(*ends, operator, text)
    return None


def _months_of_quarter(quarter: re.Match[str]) -> str:
    last = 3 * ("一二三四".find(quarter[1]) + 1 or int(quarter[1]))
    return f"{last - 2}-{last}月"


def _moment_of(first: _Parts, last: _Parts, operator: Operator | None, text: str) -> Moment | None:
    start, day = _first_day(first), _last_day(last)
    if start is None or day is None or start > day:
        return None
    alone = first == last and first[2] is not None
    return Moment(day, first[0] is not None, operator, None if alone else start, text)


def _single(body: str) -> tuple[_Parts, _Parts] | None:
    parts = _worded(body) or _dotted(body)
    if parts is None:
        return None
    # 2021.12 and 2021/12 may be numbers; 2021-12 may not.
    certain = parts[2] is not None or "月" in body or "年" in body or (parts[0] and body[4] == "-")
    return (parts, parts) if certain else None


def _period(body: str) -> tuple[_Parts, _Parts] | None:
    for dash in re.finditer(_DASH, body):
        left, right = body[: dash.start()], body[dash.end() :]
        ends = _worded_ends(left, right) or _dotted_ends(left, right, dash.group())
        if ends is not None:
            return ends
    return None


def _worded_ends(left: str, right: str) -> tuple[_Parts, _Parts] | None:
    # 2021年1-12月 says 月 once for both.
    if left[-1:].isdigit() and right[-1:] in ("年", "月", "日", "号"):
        left += right[-1]
    first, last = _worded(left), _worded(right)
    if first is None or last is None:
        return None
    if last[0] is None:
        # 3月1-15日: the end borrows what it does not say, and may not say what the start lacks.
        if first[1] is None or (last[1] is None and first[2] is None):
            return None
        return first, (first[0], last[1] or first[1], last[2])
    return (first, last) if first[0] is not None and (first[1] is None) == (last[1] is None) else None


def _dotted_ends(left: str, right: str, dash: str) -> tuple[_Parts, _Parts] | None:
    first, last = _dotted(left), _dotted(right)
    if first is None:
        return None
    mark = left[4]
    if last is not None:
        alike = right[4] == mark
    else:
        # 2021.1-12; but with one sign for both, as in 2021-1-1-12-31, only a full end is certain.
        last, alike = _dotted(left[:5] + right), mark not in dash
    return (first, last) if last is not None and alike and (first[2] is None) == (last[2] is None) else None


def _worded(body: str) -> _Parts | None:
    match = re.fullmatch(_WORDED, body)
    if match is None or not body:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups()[:3])
    if day is not None and year is not None and month is None:
        return None
    if match[4]:
        # 年底 and 月底 are days.
        if day is not None or (year is None and month is None):
            return None
        month = month or 12
        ending = _last_day((year, month, None))
        day = ending.day if ending else 0
    return year, month, day


def _dotted(body: str) -> _Parts | None:
    match = re.fullmatch(_DOTTED, body)
    return None if match is None else (int(match[1]), int(match[3]), None if match[4] is None else int(match[4]))


def _first_day(parts: _Parts) -> datetime.date | None:
    year, month, day = parts
    return _date(year, month or 1, day or 1) if 0 not in parts and (year or month) else None


def _last_day(parts: _Parts) -> datetime.date | None:
    year, month, day = parts
    if 0 in parts or not (year or month):
        return None
    if day is not None:
        return _date(year, month or 12, day)
    opening = _date(year, month or 12, 1)
    # Four days past the 28th lie in the next month, whatever this one's length.
    following = None if opening is None else opening.replace(day=28) + datetime.timedelta(days=4)
    return None if following is None else following - datetime.timedelta(days=following.day)


def _date(year: int | None, month: int, day: int) -> datetime.date | None:
    if year is not None and year not in YEARS:
        return None
    try:
        return datetime.date(_YEAR_OF_NONE if year is None else year, month, day)
    except ValueError:
        return None


def month_like(quantity: Quantity) -> str | None:
    """The month that a bare number such as 2021.12 may be meant for, as one would write it; None for any other."""
    match = re.fullmatch(_MONTH_LIKE, folded(quantity.text)) if quantity.unit == BARE else None
    if match is None or int(match[1]) not in YEARS or not 1 <= int(match[2]) <= 12:
        return None
    return f"{match[1]}年{int(match[2])}月"
