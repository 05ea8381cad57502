"""The source text of generated functions: whole numbers, and constants bound by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from types import CodeType
from typing import Any, Final

from attrs import define, field, frozen

from perfeval.engine.compiled.lines import Line, Stairs, cuts
from perfeval.methods.normal_form import Step
from perfeval.numbers.piecewise import ONE, ZERO
from perfeval.numbers.rounding import DIGITS, MODES, Mode, Quantum, decimal, decimals_of

#: No number of a fact is as large as this.
_LARGE: Final = 10**DIGITS


@define
class Source:
    """Lines of Python as they are written, and the values that their names stand for.

    No text and no number of a rule file is ever part of the lines: they name it, and ``names`` has it.
    """

    lines: list[str] = field(factory=list)
    names: dict[str, Any] = field(factory=dict)
    _known: dict[tuple[type, Any], str] = field(factory=dict)
    depth: int = 0

    def add(self, text: str) -> None:
        self.lines.append(" " * self.depth + text)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One level deeper."""
        self.depth += 1
        yield
        self.depth -= 1

    def name(self, value: Any) -> str:
        """The name of a constant; the same number has one name."""
        if not isinstance(value, int | Decimal | str):
            return self._new(value)
        key = (type(value), value)
        if key not in self._known:
            self._known[key] = self._new(value)
        return self._known[key]

    def _new(self, value: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def times(self, factor: int, what: str) -> str:
        """*what*, so many times."""
        return what if factor == 1 else f"-{what}" if factor == -1 else f"{self.name(factor)} * {what}"

    def sum(self, *terms: tuple[int, str]) -> str:
        """The sum of so many times each; what is taken no times is left out, and an empty name is 1."""
        said = [self.times(factor, what) if what else self.name(factor) for factor, what in terms if factor]
        return " + ".join(said) or self.name(0)

    def compiled(self, file: str) -> CodeType:
        return compile("\n".join(self.lines) + "\n", file, "exec")


def rounded(source: Source, line: Line, mode: Mode, n: str, d: str) -> str:
    """The whole number of quanta that *line* says at ``n ÷ d``, rounded once; *d* may be empty, for 1."""
    if line.over == "inverse":
        n, d = d, n
    sign = -1 if line.negative else 1
    constant, slope = sign * line.constant, sign * line.slope
    below = lcm(constant.denominator, slope.denominator)
    p, q = int(slope * below), int(constant * below)
    rule = MODES[mode]
    if not rule.ties_to_even:
        p, q, below = rule.times * p, rule.times * q + rule.plus * below, rule.parts * below
    if not rule.more:
        shrink = gcd(p, q, below)
        p, q, below = p // shrink, q // shrink, below // shrink
    above, under = source.sum((p, n), (q, d), (rule.more, "")), source.sum((below, d))
    if rule.ties_to_even:
        whole = f"{source.name(rule.whole)}({above}, {under})"
    else:
        whole = above if under == source.name(1) else f"({above}) // ({under})"
    return whole if sign > 0 else f"-({whole})"


def flat(line: Line, mode: Mode) -> int | None:
    """The whole number of quanta of a line that is flat; None of one that is not."""
    return None if line.slope else int(Quantum(ONE, 0, mode).round(line.constant))


def branches(
    source: Source,
    found: Sequence[Line],
    test: Callable[[Fraction, bool], str],
    leaf: Callable[[Line | None, Fraction | None, Fraction | None], None],
) -> None:
    """The search for the line that a number lies on, halving what is left at each turn.

    *test* is the condition that the number lies below a cut (or on it, where it still belongs there); *leaf* writes
    what is done between two cuts.
    """
    ends, between = cuts(found)

    def write(first: int, last: int) -> None:
        if first == last:
            low, high = (None if first == 0 else ends[first - 1][0]), (None if last == len(ends) else ends[last][0])
            leaf(between[first], low, high)
            return
        middle = (first + last) // 2 + 1  # of two cuts the upper one: most targets are met
        source.add(f"if {test(*ends[middle - 1])}:")
        with source.inside():
            write(first, middle - 1)
        source.add("else:")
        with source.inside():
            write(middle, last)

    write(0, len(ends))


def compared(source: Source, n: str, d: str) -> Callable[[Fraction, bool], str]:
    """The condition that ``n ÷ d`` lies below a cut."""

    def test(at: Fraction, reached: bool) -> str:
        sign = "<=" if reached else "<"
        return f"{source.times(at.denominator, n)} {sign} {source.sum((at.numerator, d))}"

    return test


def row_function(source: Source, name: str, road: Sequence[Line] | Stairs, mode: Mode) -> None:
    """The function *name*: the quanta that a row scores where its actual is ``n ÷ d``; None where no line says it."""
    source.add(f"def {name}(n, d):")
    with source.inside():
        n, d, found = "n", "d", road if not isinstance(road, Stairs) else road.lines
        if isinstance(road, Stairs):
            n, d = _climbed(source, road, mode)

        def leaf(line: Line | None, low: Fraction | None, high: Fraction | None) -> None:
            del low, high
            source.add("return None" if line is None else f"return {_said(source, line, mode, n, d)}")

        branches(source, found, compared(source, n, d), leaf)


def _said(source: Source, line: Line, mode: Mode, n: str, d: str) -> str:
    count = flat(line, mode)
    return rounded(source, line, mode, n, d) if count is None else source.name(count)


def _climbed(source: Source, road: Stairs, mode: Mode) -> tuple[str, str]:
    """The measure, its rate rounded and its steps counted, as two names: one over the other."""
    scale, shift = road.scale, road.shift
    if road.over == "inverse":
        source.add("if n <= 0:")
        source.add(" return None")
        source.add(f"n, d = {source.sum((scale.numerator, 'd'))}, {source.sum((scale.denominator, 'n'))}")
    else:
        below = lcm(scale.denominator, shift.denominator)
        measured = source.sum((int(scale * below), "n"), (int(shift * below), "d"))
        source.add(f"n, d = {measured}, {source.sum((below, 'd'))}")
    if road.rate is not None:
        step = road.rate.step
        source.add(f"x, y = {source.sum((step.denominator, 'n'))}, {source.sum((step.numerator, 'd'))}")
        one = Line(low=None, low_closed=False, high=None, high_closed=False, constant=ZERO, slope=ONE)
        up = rounded(source, one, road.rate.mode, "x", "y")
        source.add("if x < 0:")
        source.add(" x = -x")
        source.add(f" n = -({up})")
        source.add("else:")
        source.add(f" n = {up}")
        if road.step is None:
            return "n", ""
        source.add(f"n, d = {source.sum((step.numerator, 'n'))}, {source.name(step.denominator)}")
    for edge in road.zero:
        sides = source.times(edge.at.denominator, "n"), source.sum((edge.at.numerator, "d"))
        source.add(f"if {sides[0]} {edge.side.operator} {sides[1]}:")
        source.add(f" return {source.name(flat(road.cut, mode))}")
    assert road.step is not None, "without a step there is a rate"
    return _counted(source, road.step)


def _counted(source: Source, step: Step) -> tuple[str, str]:
    """The signed number of steps from the centre to the measure."""
    centre, per, side = step.centre, step.per, 1 if step.better == "higher" else -1
    away = source.sum((side * centre.denominator, "n"), (-side * centre.numerator, "d"))
    source.add(f"n, d = {away}, {source.sum((centre.denominator, 'd'))}")
    source.add(f"n, d = {source.sum((per.denominator, 'n'))}, {source.sum((per.numerator, 'd'))}")
    if step.count == "exact":
        return "n", "d"
    # Whole steps are cut off towards the centre, started ones away from it.
    down, up = "n // d", "-(-n // d)"
    more, less = (down, up) if step.count == "whole" else (up, down)
    source.add(f"n = {more} if n >= 0 else {less}")
    return "n", ""


def rows_function(source: Source, recalls: Sequence[object]) -> None:
    """The function ``rows``: a result for each row of a form, which knows its score and who *recalls* the rest."""
    source.add("def rows(scores, givens):")
    with source.inside():
        names = "".join(f"s{place}, " for place in range(len(recalls)))
        source.add(f"{names} = pick(*scores)(decimals)" if len(recalls) > 1 else "s0 = decimals[scores[0]]")
        for place, recall in enumerate(recalls):
            source.add(f"s{place} = IndicatorResult(s{place}, {source.name(recall)}, givens)")
        source.add(f"return ({names})")


@frozen
class Spot:
    """The names that one row has in a function: its amounts, its score, and who answers where they are unusual."""

    facts: tuple[str, ...]
    score: str
    odd: str


def decimal_row(source: Source, spot: Spot, found: Sequence[Line], mode: Mode) -> None:
    """The lines that score a Decimal in place.

    ``normal`` takes what is finite, not 0 and not tiny, and nothing but whole numbers and Decimals; ``ratio`` and
    ``adjusted`` take Decimals only. Nothing large is ever written out: the size is known before.
    """
    (fact,), score, odd = spot.facts, spot.score, spot.odd

    def test(at: Fraction, reached: bool) -> str:
        if at == 0:  # 0 itself is not normal
            return f"signed({fact})"
        return f"{fact} {'<=' if reached else '<'} {source.name(_decimal(at))}"

    def leaf(line: Line | None, low: Fraction | None, high: Fraction | None) -> None:
        known = all(end is not None and abs(end) < _LARGE for end in (low, high))
        if line is None:
            source.add(f"{score} = {odd}({fact})")
            return
        count = flat(line, mode)
        guard = f"adjusted({fact}) < {source.name(DIGITS)}" if not known else f"{fact}.__class__ is Decimal"
        if count is None and known:
            source.add(f"n, d = ratio({fact})")
            source.add(f"{score} = {rounded(source, line, mode, 'n', 'd')}")
        elif count is None:
            source.add(f"if {guard}:")
            source.add(f" n, d = ratio({fact})")
            source.add(f" {score} = {rounded(source, line, mode, 'n', 'd')}")
            source.add("else:")
            source.add(f" {score} = {odd}({fact})")
        else:
            source.add(f"{score} = {source.name(count)} if {guard} else {odd}({fact})")

    source.add(f"if normal({fact}):")
    with source.inside():
        branches(source, found, test, leaf)
    source.add("else:")
    source.add(f" {score} = {odd}({fact})")


def ratio_row(source: Source, spot: Spot, found: Sequence[Line], mode: Mode, *, whole: bool) -> None:
    """The lines that score one Decimal ÷ another in place, or one *whole* number ÷ another."""
    (one, other), score, odd = spot.facts, spot.score, spot.odd

    def leaf(line: Line | None, low: Fraction | None, high: Fraction | None) -> None:
        del low, high
        source.add(f"{score} = {f'{odd}({one}, {other})' if line is None else _said(source, line, mode, 'n', 'd')}")

    if whole:
        limit = source.name(_LARGE)
        types = f"{one}.__class__ is int and {other}.__class__ is int"
        sound = f"{types} and -{limit} < {one} < {limit} and {source.name(0)} < {other} < {limit}"
    else:
        limit = source.name(DIGITS)
        sound = " and ".join(f"normal({fact}) and adjusted({fact}) < {limit}" for fact in spot.facts)
        sound += f" and not signed({other})"
    source.add(f"if {sound}:")
    with source.inside():
        if whole:
            source.add(f"n, d = {one}, {other}")
        else:
            source.add(f"n, d = ratio({one})")
            source.add(f"x, y = ratio({other})")
            source.add("n *= y")
            source.add("d *= x")
        branches(source, found, compared(source, "n", "d"), leaf)
    source.add("else:")
    source.add(f" {score} = {odd}({one}, {other})")


def whole_row(source: Source, spot: Spot, found: Sequence[Line], mode: Mode) -> None:
    """The lines that score a whole number in place."""
    (fact,), score, odd = spot.facts, spot.score, spot.odd

    def leaf(line: Line | None, low: Fraction | None, high: Fraction | None) -> None:
        count = None if line is None else _said(source, line, mode, fact, "")
        limit = source.name(_LARGE)
        # Where an end of the line is no bound, the size of a number of a fact is.
        sized = [f"-{limit} < {fact}"] if low is None or abs(low) >= _LARGE else []
        sized += [f"{fact} < {limit}"] if high is None or abs(high) >= _LARGE else []
        if count is None:
            source.add(f"{score} = {odd}({fact})")
        elif not sized:
            source.add(f"{score} = {count}")
        else:
            source.add(f"{score} = {count} if {' and '.join(sized)} else {odd}({fact})")

    def test(at: Fraction, reached: bool) -> str:
        # A whole number lies below a cut when it lies below the first whole number that does not.
        return f"{fact} < {source.name(floor(at) + 1 if reached else ceil(at))}"

    source.add(f"if {fact}.__class__ is int:")
    with source.inside():
        branches(source, found, test, leaf)
    source.add("else:")
    source.add(f" {score} = {odd}({fact})")


def fits_decimals(found: Sequence[Line]) -> bool:
    """Return True if each cut between *found* is a number that ends, so that a Decimal can be put beside it."""
    return all(decimals_of(at) is not None for at, _ in cuts(found)[0])


def _decimal(value: Fraction) -> Decimal:
    decimals = decimals_of(value)
    assert decimals is not None
    return decimal(value, decimals)
