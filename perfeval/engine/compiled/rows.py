"""The score of one row in whole quanta: by its pieces, or by the interpreter and cached."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

from attrs import define, field

from perfeval.engine.compiled.layout import is_plain
from perfeval.engine.facts.reader import read_fact
from perfeval.engine.facts.reading import Given, is_blank, says_it_does_not_apply
from perfeval.engine.program.program import Program, ProgramRow
from perfeval.engine.scoring.interpreter import UnscorableError, score_row
from perfeval.methods.normal_form import Measured
from perfeval.numbers.rounding import DIGITS, Quantum
from perfeval.problems import Origin, Problem

#: From an actual ``n ÷ d`` to quanta; None where no line says it.
RowFunction: TypeAlias = Callable[[int, int], int | None]
#: How many whole a number of one unit is in the base of the row: ``n ÷ d``.
Size: TypeAlias = tuple[int, int]

#: So many readings of the cells of one row are kept; then they are forgotten, and kept anew.
KEPT: Final = 4096
#: So many numbers of one row are kept with what they score. A row that shows more of them works each one out anew.
NUMBERS: Final = 2048
#: A number that starts a cell; the rest is its unit. Signs and operators are left to the reader of cells.
_NUMBER: Final = re.compile(rf"([0-9]{{1,{DIGITS}}})(?:\.([0-9]{{1,{DIGITS}}}))?(.{{0,24}})")
#: What may belong to a date: such a rest changes what the number before it means.
_DATED: Final = frozenset("年月日号")
#: Two numbers in the same unit tell whether it is only a size.
_SAMPLES: Final = (7, 8)
_NOWHERE: Final = Origin("<sample>")
#: A number that is finite, not 0 and not tiny.
normal: Final = Context(prec=DIGITS, Emin=-DIGITS, Emax=DIGITS, traps=[]).is_normal


class UnansweredError(Exception):
    """Generated code has no answer here; the interpreter has, if only what is wrong."""


@define(kw_only=True, eq=False)
class Seen:
    """The numbers of one *kind* that a row has shown, and what they score; None where they hardly ever come twice."""

    kind: type
    work_out: Callable[[Any], int] = field(repr=False)
    scores: dict[Any, int] | None = field(factory=dict)

    def new(self, fact: Any) -> int:
        """The quanta for a number that is not among them; kept for the next time.

        Raises UnansweredError where it is of another kind, and where no more can be kept: see ``crowded``.
        """
        if fact.__class__ is not self.kind or self.is_full:
            raise UnansweredError
        found = self.work_out(fact)
        if self.scores is not None:
            self.scores[fact] = found
        return found

    @property
    def is_full(self) -> bool:
        """True if no more can be kept."""
        return self.scores is not None and len(self.scores) >= NUMBERS


@define
class RowReader:
    """One row: its facts read and scored. What is out of the ordinary goes to the interpreter, row by row."""

    program: Program
    row: ProgramRow
    weight: Fraction
    quantum: Quantum
    #: The lines of the row over the value of its actual, as a function.
    lined: RowFunction | None = None
    #: The same over one amount ÷ another, and what the two amounts are called.
    paired: RowFunction | None = None
    pair: tuple[str, str] | None = None
    texts: dict[str, int] = field(factory=dict)
    #: The numbers of each kind that the row has shown.
    seen: dict[type, Seen] = field(init=False)
    _others: dict[Any, int] = field(factory=dict)
    _zero: int | None = None
    _sizes: dict[Any, Size | None] = field(factory=dict)

    def text(self, fact: Any) -> int:
        """The quanta for a cell as it was written; kept for the next time."""
        if fact.__class__ is not str:
            return self.any(fact)
        kept = self.texts.get(fact)
        if kept is not None:
            return kept
        found = self._spelled(fact)
        if found is None:
            found = self.odd(fact)
        if len(self.texts) >= KEPT:
            self.texts.clear()
        self.texts[fact] = found
        return found

    def any(self, fact: Any) -> int:
        """The quanta for a fact of any type."""
        kind = fact.__class__
        if kind is str:
            return self.text(fact)
        if kind is float:
            fact, kind = Decimal(float.__repr__(fact)), Decimal
        if kind in {int, Decimal} and self.lined is not None and (size := self.size("")) is not None:
            found = self._numbered(fact, size)
            if found is not None:
                return found
        return self.odd(fact)

    @seen.default
    def _nothing_yet(self) -> dict[type, Seen]:
        return {kind: Seen(kind=kind, work_out=self.any) for kind in (Decimal, float)}

    def number(self, fact: Any) -> int:
        """The quanta for what was expected to be an everyday number. Raises UnansweredError where it is none at all."""
        if fact.__class__ not in {int, Decimal}:
            raise UnansweredError
        if not fact:
            # Nothing was done, which is common: read once.
            if self._zero is None:
                self._zero = self.odd(0)
            return self._zero
        return self.odd(fact)

    def odd(self, fact: Any) -> int:
        """The quanta by the interpreter. Raises UnansweredError where the row does not apply or its fact is refused."""
        given = self._given(fact)
        if given is None or not given.applies:
            raise UnansweredError
        try:
            score = score_row(self.program, self.row, given, self.weight).score
        except UnscorableError:
            raise UnansweredError from None
        return int(Fraction(score) / self.quantum.step)

    def pair_of(self, one: Any, other: Any) -> int:
        """The quanta for the two amounts that the row is made of."""
        assert self.pair is not None
        assert self.paired is not None
        above, below = self._amount(one), self._amount(other)
        if above is not None and below is not None:
            size = self.pair_size(above[2], below[2])
            if size is not None:
                found = self.paired(above[0] * below[1] * size[0], above[1] * below[0] * size[1])
                if found is not None:
                    return found
        return self.odd(dict(zip(self.pair, (one, other), strict=True)))

    def table(self, keys: tuple[str, ...], *values: Any) -> int:
        """The quanta for a table; kept under what of it can make a difference."""
        fact = dict(zip(keys, values, strict=True))
        if not all(map(is_plain, values)):
            return self.odd(fact)
        lowered = self.row.lowered
        if isinstance(lowered, Measured):
            # A reason that lifts nothing is only repeated.
            if lowered.explained is None and fact.keys() <= {"actual", "reason"} and "actual" in fact:
                return self.any(fact["actual"]) if fact.get("reason", "").__class__ is str else self.odd(fact)
        elif "tier" in fact and not is_blank(fact["tier"]) and self._is_harmless(fact.get("actual", "")):
            fact.pop("actual", None)
        key = tuple((name, value, value.__class__) for name, value in fact.items())
        found = self._others.get(key)
        if found is None:
            found = self.odd(dict(zip(keys, values, strict=True)))
            if len(self._others) >= KEPT:
                self._others.clear()
            self._others[key] = found
        return found

    def _is_harmless(self, value: Any) -> bool:
        return value.__class__ is str and not says_it_does_not_apply(value, self.row.lowered)

    def _given(self, fact: Any) -> Given | None:
        faults: list[Problem] = []
        return read_fact(self.row.subject, fact, _NOWHERE, self.program.units, faults)

    def _numbered(self, number: int | Decimal, size: Size) -> int | None:
        assert self.lined is not None
        if number.__class__ is int:
            n, d = number, 1
            if not 0 < abs(n) < 10**DIGITS:
                return None
        elif normal(number) and number.adjusted() < DIGITS:  # type: ignore[union-attr]  # an int went the other way
            n, d = number.as_integer_ratio()
        else:
            return None
        return self.lined(int(n) * size[0], d * size[1])

    def _spelled(self, text: str) -> int | None:
        """The quanta for a text that is a number and a unit of which only the size counts."""
        written = None if self.lined is None else _written(text)
        size = None if written is None else self.size(written[2])
        if written is None or size is None:
            return None
        n, d, _ = written
        assert self.lined is not None
        return self.lined(n * size[0], d * size[1]) if n else None

    def size(self, unit: str) -> Size | None:
        """Return the factor from *unit* to the base unit of the row; None if a factor is not enough."""
        if unit not in self._sizes:
            if len(self._sizes) >= KEPT:
                self._sizes.clear()
            self._sizes[unit] = None if _DATED.intersection(unit) else self._sampled(unit)
        return self._sizes[unit]

    def _sampled(self, unit: str) -> Size | None:
        """The size of *unit*, as the reader of cells reads it."""
        found: set[Fraction] = set()
        for number in _SAMPLES:
            given = self._given(f"{number}{unit}" if unit else number)
            if given is None or not given.applies or given.target_value != self._target:
                return None
            found.add(given.actual_value / number)
        size = found.pop()
        return None if found else (size.numerator, size.denominator)

    @property
    def _target(self) -> Fraction | None:
        target = self.row.target
        return getattr(target, "value", None)

    def _amount(self, fact: Any) -> tuple[int, int, str] | None:
        """One of two amounts: its number, and the unit it is written in."""
        kind = fact.__class__
        if kind is float:
            fact, kind = Decimal(float.__repr__(fact)), Decimal
        if kind is str:
            written = _written(fact)
            if written is None:
                return None
            n, d, unit = written
        elif kind is int and abs(fact) < 10**DIGITS:
            n, d, unit = fact, 1, ""
        elif kind is Decimal and normal(fact) and fact.adjusted() < DIGITS:
            n, d = fact.as_integer_ratio()
            unit = ""
        else:
            return None
        return (n, d, unit) if n > 0 else None

    def pair_size(self, one: str, other: str) -> Size | None:
        """Return the factor from the unit *one* to the unit *other*."""
        key = (one, other)
        if key not in self._sizes:
            if len(self._sizes) >= KEPT:
                self._sizes.clear()
            self._sizes[key] = self._sampled_pair(one, other)
        return self._sizes[key]

    def _sampled_pair(self, one: str, other: str) -> Size | None:
        assert self.pair is not None
        found: set[Fraction] = set()
        for first, second in zip(_SAMPLES, reversed(_SAMPLES), strict=True):
            cells = (f"{first}{one}" if one else first, f"{second}{other}" if other else second)
            given = self._given(dict(zip(self.pair, cells, strict=True)))
            if given is None or not given.applies or not given.target_value:
                return None
            found.add(given.actual_value / given.target_value * second / first)
        size = found.pop()
        return None if found else (size.numerator, size.denominator)


def _written(text: str) -> tuple[int, int, str] | None:
    """A number that is written in digits, ``n ÷ d``, and its unit; None where that is not all there is to it."""
    whole, point, decimals = text.partition(".")
    digits = whole + decimals
    if not (digits.isdecimal() and digits.isascii()):
        match = _NUMBER.fullmatch(text)
        if match is None or _DATED.intersection(match[3]):
            return None
        whole, decimals, unit = match.groups("")
        return int(whole + decimals), 10 ** len(decimals), unit
    if not 0 < len(whole) <= DIGITS or not bool(point) <= len(decimals) <= DIGITS:
        return None
    return int(digits), 10 ** len(decimals), ""


def crowded(readers: Sequence[RowReader]) -> bool:
    """Return True if some of *readers* are full; these, and those nearly full, then cache nothing.

    Where numbers hardly ever come twice, it costs less to work each out than to look for it.
    """
    tables = [one for reader in readers for one in reader.seen.values()]
    if not any(one.is_full for one in tables):
        return False
    for one in tables:
        if one.scores is not None and len(one.scores) >= NUMBERS * 3 // 4:
            one.scores = None
    return True
