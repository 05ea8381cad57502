"""Met, missed or unknown: the verdict on each target, in every way it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from attrs import evolve, frozen

from perfeval.methods.normal_form import Better, squeezed
from perfeval.numbers.bounds import NUMBER
from perfeval.numbers.comparison import FROM, TO, facing, of_sign
from perfeval.numbers.piecewise import Piece, beyond
from perfeval.numbers.quantity import BARE, Blank, Moment, Quantity, Reading, Unit, Units, Words, open_unit, read
from perfeval.numbers.units import folded
from perfeval.text.messages import Said, said, said_of
from perfeval.toml.parser import attempt

Outcome: TypeAlias = Literal["met", "missed", "unknown"]

#: What people write for yes and for no: a pair is one question, and its words answer it.
_TRUTHS: Final = (
    ("是", "否"),
    ("有", "无"),
    ("有", "没有"),
    ("达标", "未达标"),
    ("达标", "不达标"),
    ("完成", "未完成"),
    ("已完成", "未完成"),
    ("合格", "不合格"),
    ("通过", "未通过"),
    ("通过", "不通过"),
    ("实现", "未实现"),
    ("达到", "未达到"),
    ("达成", "未达成"),
    ("符合", "不符合"),
    ("公开", "未公开"),
    ("已公开", "未公开"),
    ("建立", "未建立"),
    ("已建立", "未建立"),
    ("健全", "不健全"),
    ("及时", "不及时"),
    ("规范", "不规范"),
    ("yes", "no"),
    ("pass", "fail"),
)
#: How a form says in words that something was not done.
_NOT_DONE: Final = re.compile(
    r"(?:尚?未|没有|没|暂未|还未)(?:能)?(?:按期|按时|按计划|全部|全面|完全)?"
    r"(?:完成|达到|达成|达标|实现|开展|开工|执行|实施|启动|通过|建立|公开)"
)
_SIGNED: Final = r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?"
_UNIT: Final = r"[^0-9±~～至到≤<≥>]{0,12}?"
_INTERVAL: Final = re.compile(rf"({_SIGNED})({_UNIT})(?:——|--|[-–—~～至到])({_SIGNED})({_UNIT})")
_CHAIN: Final = re.compile(rf"({_SIGNED})({_UNIT})([≤<])[A-Za-z\u4e00-\u9fff]{{1,8}}([≤<])({_SIGNED})({_UNIT})")
_TOLERANCE: Final = re.compile(rf"(?:({_SIGNED})({_UNIT}))?(?:±|\+/-)([0-9][0-9,]*(?:\.[0-9]+)?)({_UNIT})")
_RATIO: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)([:/])([0-9]+(?:\.[0-9]+)?)")
_PER: Final = re.compile(rf"({_SIGNED})([^0-9/]{{1,8}})/([0-9]*(?:\.[0-9]+)?)([^0-9/]{{1,8}})")


@frozen(kw_only=True)
class Way:
    """One way of reading target and actual, in words, and what it comes to. ``likely`` where the name speaks for it."""

    said: Said
    outcome: Outcome
    likely: bool = False


@frozen(kw_only=True)
class Verdict:
    """Met, missed, or cannot be told; with the ways of reading that were tried, or why there is none."""

    outcome: Outcome
    ways: tuple[Way, ...] = ()
    why: Said | None = None

    @property
    def is_open(self) -> bool:
        """True where the ways of reading differ: what is asked is which was meant."""
        return len({way.outcome for way in self.ways}) > 1

    def may_be(self, outcome: Outcome) -> bool:
        """Return True if some way of reading comes to *outcome*."""
        return self.outcome == outcome or any(way.outcome == outcome for way in self.ways)

    @property
    def likely(self) -> Outcome | None:
        """The outcome of the likelier way; None if no way is."""
        return next((way.outcome for way in self.ways if way.likely), None)


@frozen(kw_only=True, eq=False)
class _Numbers:
    """A set of numbers that a cell names: in the base of its ``unit``, or bare, or in percent."""

    domain: Piece
    unit: Unit
    #: True if nothing says on which side of a single number the better ones lie.
    undirected: bool = False


class _UntoldError(Exception):
    """A cell that says no number for certain; the sentence says why."""

    def __init__(self, why: Said) -> None:
        super().__init__()
        self.why = why


def verdict(
    name: str,
    target: str,
    actual: str,
    units: Units,
    *,
    group: str = "",
    better: Better | None = None,
    less: tuple[str, ...] = (),
    more: tuple[str, ...] = (),
) -> Verdict:
    """Return whether the *actual* of the indicator *name* meets its *target*.

    *better* is the side that the rules state for a target that says none. Where neither says one, the words of the
    name, and else of its *group*, make one side the likelier; *less* and *more* are further words of names.
    """
    aim, reached = read(target, units), read(actual, units)
    if isinstance(aim, Blank):
        return _unknown("untold-no-target")
    answered = _answered(target, actual)
    if answered is not None:
        return Verdict(outcome=answered)
    if isinstance(reached, Blank):
        return _unknown("untold-no-actual")
    if _NOT_DONE.match(squeezed(folded(actual))):
        return Verdict(outcome="missed")
    try:
        if isinstance(aim, Moment):
            return _dated(aim, reached)
        if isinstance(aim, Words) and squeezed(target) == squeezed(actual) and not _odd(target, units):
            return Verdict(outcome="met")
        wanted = _wanted(aim, target, units)
        found = _found(reached, actual, units)
    except _UntoldError as untold:
        return Verdict(outcome="unknown", why=untold.why)
    return _compared(wanted, found, _sides(name, group, better, less, more))


def _odd(text: str, units: Units) -> bool:
    """Return True if *text* is written as numbers, and contradicts itself."""
    try:
        _composed(text, units)
    except _UntoldError:
        return True
    return False


def _unknown(word: str, **args: Any) -> Verdict:
    return Verdict(outcome="unknown", why=said(word, **args))


# Words.


def _answered(target: str, actual: str) -> Outcome | None:
    """The answer of words to words: yes and no, the same words again, or their plain denial."""
    wanted, given = (squeezed(folded(text)).strip("。.,，;；").casefold() for text in (target, actual))
    if not wanted or not given:
        return None
    for yes, no in _TRUTHS:
        if {wanted, given} <= {yes, no}:
            return "met" if wanted == given else "missed"
    if any(letter.isdigit() for letter in wanted + given):
        return None
    if wanted == given:
        return "met"
    denied = {prefix + wanted for prefix in ("未", "不", "没有", "无", "尚未", "未能", "没", "未有效")}
    return "missed" if given in denied else None


# Dates.


def _dated(aim: Moment, reached: Reading) -> Verdict:
    if isinstance(reached, Words | Quantity | Blank):
        return _unknown("untold-no-date", found=reached.text, expected=aim.text)
    if aim.has_year != reached.has_year:
        return _unknown("untold-year", found=reached.text, expected=aim.text)
    if aim.start is not None and squeezed(aim.text) == squeezed(reached.text):
        return _unknown("why-period")
    side = of_sign(aim.operator) or TO
    edge = aim.value if side.up is False or aim.start is None else Fraction(aim.start.toordinal())
    first = reached.value if reached.start is None else Fraction(reached.start.toordinal())
    domain = Piece(low=first, low_closed=True, high=reached.value, high_closed=True)
    outcome = _outcome(beyond(side, edge), domain)
    return Verdict(outcome=outcome, why=None if outcome != "unknown" else said("untold-within", found=reached.text))


# Numbers.


def _wanted(aim: Reading, text: str, units: Units) -> _Numbers:
    """The numbers that a target asks for."""
    if isinstance(aim, Quantity):
        if aim.loose:
            raise _UntoldError(said("why-loose"))
        side = of_sign(aim.operator)
        if side is not None:
            return _Numbers(domain=beyond(side, aim.value), unit=aim.unit)
        return _Numbers(domain=_point(aim.value), unit=aim.unit, undirected=aim.operator is None)
    found = _composed(text, units)
    if found is None:
        raise _UntoldError(said("untold-words", found=text.strip()))
    return found


def _found(reached: Reading, text: str, units: Units) -> _Numbers:
    """The numbers that an actual may be."""
    if isinstance(reached, Quantity):
        if reached.loose:
            raise _UntoldError(said("untold-loose", found=reached.text))
        side = of_sign(reached.operator)
        domain = _point(reached.value) if side is None else beyond(side, reached.value)
        return _Numbers(domain=domain, unit=reached.unit)
    found = _composed(text, units) or _in_open_unit(text, units)
    if found is None:
        raise _UntoldError(said("untold-words", found=text.strip()))
    return found


def _in_open_unit(text: str, units: Units) -> _Numbers | None:
    """A number in a unit that nobody knows, which then is a unit of its own: 310车."""
    word = open_unit(text, units)
    reading = None if word is None else read(text, units.with_words([word]))
    return _Numbers(domain=_point(reading.value), unit=reading.unit) if isinstance(reading, Quantity) else None


def _point(value: Fraction) -> Piece:
    return Piece(low=value, low_closed=True, high=value, high_closed=True)


def _composed(text: str, units: Units) -> _Numbers | None:
    """Read *text* as an interval, a tolerance, a ratio or a rate per head; None if it is none of them."""
    line = squeezed(folded(text))
    for shape in (_tolerance, _chain, _interval):
        if (found := shape(line, units)) is not None:
            return found
    unbound = NUMBER.unbound(line)
    if unbound is None:
        return None
    operator, body = unbound
    single = _ratio(body) or _per(body, units)
    if single is None:
        return None
    side = of_sign(operator)
    domain = _point(single[0]) if side is None else beyond(side, single[0])
    return _Numbers(domain=domain, unit=single[1], undirected=side is None and operator is None)


def _interval(line: str, units: Units) -> _Numbers | None:
    match = _INTERVAL.fullmatch(line)
    if match is None:
        return None
    return _between(line, (match[1], match[2]), (match[3], match[4]), units)


def _chain(line: str, units: Units) -> _Numbers | None:
    """``10≤x<20``, and ``80%(含)以上90%以下``."""
    match = _CHAIN.fullmatch(line)
    if match is not None:
        found = _between(line, (match[1], match[2]), (match[5], match[6]), units)
        low, high = match[3] == "≤", match[4] == "≤"
        return evolve(found, domain=found.domain.between(found.domain.low, low, found.domain.high, high))
    parts = re.fullmatch(r"(.+?以上),?(.+?以[下内])", line)
    if parts is None:
        return None
    ends = [read(part, units) for part in parts.groups()]
    known = [one for one in ends if isinstance(one, Quantity) and of_sign(one.operator) is not None]
    if len(known) != 2 or known[0].unit.dimension != known[1].unit.dimension:
        return None
    low, high = (beyond(of_sign(one.operator) or FROM, one.value) for one in known)
    domain = low.restricted(high)
    if domain.empty:
        raise _UntoldError(said("untold-backwards", found=line))
    return _Numbers(domain=domain, unit=known[0].unit)


def _between(line: str, first: tuple[str, str], last: tuple[str, str], units: Units) -> _Numbers:
    """The interval from one number to another; a unit that stands once holds for both, but never a per cent."""
    unit, other = first[1], last[1]
    if (unit == "%") != (other == "%"):
        raise _UntoldError(said("untold-percent", found=line))
    low, high = (_amount(number, own or other or unit, units) for number, own in (first, last))
    if low is None or high is None or low[1].dimension != high[1].dimension:
        raise _UntoldError(said("untold-words", found=line))
    if low[0] > high[0]:
        raise _UntoldError(said("untold-backwards", found=line))
    return _Numbers(domain=Piece(low=low[0], low_closed=True, high=high[0], high_closed=True), unit=high[1])


def _tolerance(line: str, units: Units) -> _Numbers | None:
    match = _TOLERANCE.fullmatch(line)
    if match is None:
        return None
    centre = Fraction(0) if match[1] is None else None
    off = _amount(match[3], match[4] or match[2] or "", units)
    if match[1] is not None:
        if match[2] and (match[2] == "%") != (match[4] == "%"):
            raise _UntoldError(said("untold-percent", found=line))
        about = _amount(match[1], match[2] or match[4], units)
        centre = None if about is None or off is None or about[1].dimension != off[1].dimension else about[0]
    if off is None or centre is None or not off[0]:
        raise _UntoldError(said("untold-words", found=line))
    domain = Piece(low=centre - off[0], low_closed=True, high=centre + off[0], high_closed=True)
    return _Numbers(domain=domain, unit=off[1])


def _ratio(body: str) -> tuple[Fraction, Unit] | None:
    """``1:20`` and ``1/3``: one number divided by another; of a part of nothing nothing can be told."""
    match = _RATIO.fullmatch(body)
    if match is None:
        return None
    below = Fraction(match[3])
    if not below:
        raise _UntoldError(said("untold-ratio", found=body))
    return Fraction(match[1]) / below, Unit(":", ":", Fraction(1))


def _per(body: str, units: Units) -> tuple[Fraction, Unit] | None:
    """``5人/10万人``: so many for each so many."""
    match = _PER.fullmatch(body)
    if match is None:
        return None
    above, below = _amount(match[1], match[2], units), _amount(match[3] or "1", match[4], units)
    if above is None or below is None or not below[0]:
        return None
    dimension = f"{above[1].dimension}/{below[1].dimension}"
    return above[0] / below[0], Unit(dimension, dimension, Fraction(1))


def _amount(number: str, unit: str, units: Units) -> tuple[Fraction, Unit] | None:
    """A number in its unit, which may be a word that *units* do not know; the value is in the base of it."""
    value, known = Fraction(number.replace(",", "")), units.find(unit)
    if known is None and (each := _per(f"1{unit}", units)) is not None:
        return value * each[0], each[1]
    if known is None and (word := units.open_word(f"1{unit}")) is not None:
        known = units.with_words([word]).find(unit)
    return None if known is None else (value * known.factor, known)


# Put beside each other.


def _sides(
    name: str, group: str, better: Better | None, less: tuple[str, ...], more: tuple[str, ...]
) -> dict[Better, bool]:
    """The sides that may be the better one, and whether the name of the indicator, or else its group, speaks for it."""
    if better is not None:
        return {better: False}
    words = directions()
    fewer, most = _longest(name, (*words["less"], *less)), _longest(name, (*words["more"], *more))
    if fewer == most:
        fewer, most = _longest(group, words["less_in"]), _longest(group, words["more_in"])
    return {"higher": most > fewer, "lower": fewer > most}


def _longest(text: str, words: Iterable[str]) -> int:
    """Return the length of the longest of *words* in *text*; 0 for none."""
    line = squeezed(folded(text))
    return max((len(word) for word in words if word in line), default=0)


@cache
def directions() -> dict[str, tuple[str, ...]]:
    """The words of names that speak for less or for more, from the file that lists them."""
    found = attempt(Path(__file__).with_name("directions.toml").read_text(encoding="utf-8"))
    assert isinstance(found, dict), "it ships with the package"
    return {side: tuple(found[side]) for side in ("less", "more", "less_in", "more_in")}


def _compared(wanted: _Numbers, found: _Numbers, sides: dict[Better, bool]) -> Verdict:
    """Every way of reading the two, and what they agree on."""
    scales = list(_scales(wanted.unit, found.unit))
    if not scales:
        return _unknown("untold-units", one=wanted.unit.name or "1", other=found.unit.name or "1")
    ways: list[Way] = []
    options = sides if wanted.undirected else {"higher": False}
    for (factor, word), (side, likely) in product(scales, options.items()):
        target = wanted.domain
        if wanted.undirected:
            assert target.low is not None
            target = beyond(facing(up=side == "higher", closed=True), target.low)
        outcome = _outcome(target, _scaled(found.domain, factor))
        zero = wanted.undirected and wanted.domain.low == 0
        told = {"higher": "floor", "lower": "ban"}[side] if zero else side
        undirected = wanted.undirected and len(options) > 1
        parts = [said_of("way", name) for name in ((word, told) if undirected else (word,)) if name]
        ways.append(
            Way(
                said=said("way", how=tuple(parts) or said_of("way", "written"), outcome=said_of("way", outcome)),
                outcome=outcome,
                likely=likely,
            )
        )
    outcomes = {way.outcome for way in ways}
    outcome = outcomes.pop() if len(outcomes) == 1 else "unknown"
    if outcome == "unknown" and len(ways) == 1:
        return _unknown("untold-bound")
    return Verdict(outcome=outcome, ways=tuple(ways))


def _scales(wanted: Unit, found: Unit) -> Iterator[tuple[Fraction, str]]:
    """By what the actual is to be multiplied to stand in the base of the target, with the name of each such reading."""
    one = Fraction(1)
    if wanted.dimension == found.dimension and (found != BARE or wanted == BARE):
        yield one, ""
    elif {wanted.dimension, found.dimension} == {"%", ""}:
        if BARE in {wanted, found}:
            hundredth = Fraction(1, 100) if found.dimension == "" else Fraction(100)
            yield one, "ratio"
            yield hundredth, "percent"
    elif found == BARE and wanted.dimension in {"元", "美元"}:
        yield wanted.factor, "same-unit"
        if wanted.factor != 1:
            yield one, "base-unit"
    elif found == BARE and wanted.dimension == "":
        yield wanted.factor, "same-unit"
        yield one, "bare"
    elif {wanted.dimension, found.dimension} == {"", "元"} and BARE not in {wanted, found}:
        yield one, ""  # 50万 beside 24.5万元: both are money
    elif found == BARE:
        yield wanted.factor, ""
    elif wanted == BARE and found.dimension not in {"%", ":"}:
        yield 1 / found.factor, ""
    elif ":" in {wanted.dimension, found.dimension} and {wanted.dimension, found.dimension} <= {":", "", "%"}:
        yield one, ""


def _scaled(domain: Piece, factor: Fraction) -> Piece:
    return domain if factor == 1 else domain.substituted(1 / factor, Fraction(0))


def _outcome(target: Piece, reached: Piece) -> Outcome:
    """Met where every number of *reached* lies in *target*, missed where none does."""
    both = reached.restricted(target)
    if both.empty:
        return "missed"
    return "met" if (both.start, both.end) == (reached.start, reached.end) else "unknown"
