"""Proving a whole rule file: its methods in every row, its overrides, its grades."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from perfeval.engine.plan import Plan
from perfeval.engine.program.program import Program
from perfeval.engine.proofs.case import Case, in_points
from perfeval.engine.proofs.form_ranges import form_range, spans
from perfeval.engine.proofs.groups import prove_groups
from perfeval.engine.proofs.methods import prove
from perfeval.methods.method import Method, lower
from perfeval.methods.normal_form import squeezed
from perfeval.numbers.piecewise import ZERO, Piece, Range, beyond, on_grid, within
from perfeval.numbers.quantity import Blank, Reading, Units, read
from perfeval.numbers.rounding import Quantum, near_text
from perfeval.problems import Origin, Problem, clash, in_file_order, problem
from perfeval.rulefile.scorecard import Assign, Example, Scorecard
from perfeval.text.messages import Said, said

#: Rows to try a method in that no row takes: what fails in each of them fails in every row.
_WEIGHTS: Final = (Fraction(10), Fraction(1), Fraction(100), Fraction(10**6))
_TARGETS: Final = ("", "≥1", "≤1", "≥1%", "≤1%", "≥2020-06-30", "≤2020-06-30")


@frozen(kw_only=True)
class Proof:
    """The proof of a rule file: how many rows and methods were proved, and what failed.

    ``open`` are the methods of which nothing can be told before a row takes them.
    """

    rows: int
    methods: int
    open: tuple[str, ...]
    problems: tuple[Problem, ...]


def proved(plan: Plan) -> Proof:
    """Every proof of *plan*, of each of its periods where its rules have dates."""
    plans = [one for _, one in plan.periods] or [plan]
    found: dict[tuple[str, Origin], Problem] = {}

    def told(problems: Iterable[Problem]) -> None:
        """Merge what fails in several rows or periods into the first."""
        for one in problems:
            found.setdefault((one.name, one.origin), one)

    cases = [_cases(one.program) for one in plans]
    taken = _taken(cases)
    for method, failed in taken.values():
        told(_but_allowed(method, failed))
        told(_needless(plan, method, failed))
    count, loose = len(taken), []
    for name, method in _unused(plans, {*taken}):
        failed, settled = _alone(plan, name, method)
        told(_but_allowed(method, failed))
        if settled:
            told(_needless(plan, method, failed))
        if settled or failed or _examples(plan, name):
            count += 1
        else:
            loose.append(name)
    for one, own in zip(plans, cases, strict=True):
        told(_of_form(one.card, one.program, own))
    return Proof(
        rows=len(plans[-1].program.rows), methods=count, open=tuple(loose), problems=in_file_order(found.values())
    )


#: A case for each way in which rows lower, by the identity of what they lowered to.
_Cases: TypeAlias = Mapping[int, Case]


def _cases(program: Program) -> _Cases:
    """Return the cases of *program*: rows that lower alike share one."""
    found: dict[int, Case] = {}
    first: dict[Hashable, Case] = {}
    for row in program.rows:
        if id(row.lowered) in found:
            continue
        # Where no amount is in points, one weight is as good as another.
        weight = row.weight if not row.weight or in_points(row.scoring) else None
        same = (row.scoring, weight, row.seen)
        case = Case(
            method=row.scoring,
            lowered=row.lowered,
            weight=row.weight,
            target=row.target,
            origin=row.origin,
            like=first.get(same),
        )
        first.setdefault(same, case)
        found[id(row.lowered)] = case
    return found


def _taken(cases: Sequence[_Cases]) -> dict[Origin, tuple[Method, list[Problem]]]:
    """Each method that some row takes, by its origin, and every proof that fails in one of its rows."""
    found: dict[Origin, tuple[Method, list[Problem]]] = {}
    sound: set[int] = set()
    for case in (case for own in cases for case in own.values()):
        failed = () if id(case.like) in sound else prove(case)
        if not failed:
            sound.add(id(case))
        found.setdefault(case.method.origin, (case.method, []))[1].extend(failed)
    return found


def _but_allowed(method: Method, failed: Iterable[Problem]) -> Iterator[Problem]:
    return (one for one in failed if one.name not in method.limits.allow)


def _needless(plan: Plan, method: Method, failed: Iterable[Problem]) -> Iterator[Problem]:
    """Return the ``allow`` entries of a method that nothing breaks; inherited ones are left alone."""
    broken = {one.name for one in failed}
    for index, name in enumerate(method.limits.allow if _own(plan.card, method.origin) else ()):
        if name not in broken:
            yield problem("needless-allow", method.origin / "allow" / index, found=name)


def _own(card: Scorecard, origin: Origin) -> bool:
    """Return True if what stands at *origin* is of the file itself, and not of one that it uses."""
    return origin.document == card.origin.document


# Methods that no row takes.


def _unused(plans: Sequence[Plan], taken: set[Origin]) -> Iterator[tuple[str, Method]]:
    found = {name: one for plan in plans for name, one in plan.card.methods.items() if one.origin not in taken}
    return iter(found.items())


def _examples(plan: Plan, name: str) -> list[Example]:
    return [one for one in plan.card.examples if one.method == name and one.problem is None]


def _alone(plan: Plan, name: str, method: Method) -> tuple[list[Problem], bool]:
    """Prove a method that no row takes; also tell if nothing else can fail.

    What fails in rows of every weight and target fails in every row. A method in points is proved in the rows of its
    examples.
    """
    units = plan.program.units
    targets: list[Reading] = [read(text, units) if text else Blank("") for text in _TARGETS]
    tried: list[tuple[Problem, ...]] = []
    for weight in _WEIGHTS:
        rows = [failed for target in targets if (failed := _tried(plan, method, weight, target, None)) is not None]
        if not rows:  # such as a floor above the cap: of rows of such a weight nothing is known
            tried = []
            break
        tried += rows
    everywhere = set.intersection(*({(one.name, one.origin) for one in failed} for failed in tried)) if tried else set()
    certain = [one for one in tried[0] if (one.name, one.origin) in everywhere] if tried else []
    if tried and not in_points(method) and all(len(failed) == len(certain) for failed in tried):
        return certain, True
    for one in _examples(plan, name):
        certain = [*certain, *(_tried(plan, method, *_row_of(one, units), one) or ())]
    return certain, False


def _row_of(example: Example, units: Units) -> tuple[Fraction, Reading]:
    """Weight and target of the row of an example."""
    weight = Fraction(100) if example.weight is None else Fraction(example.weight)
    return weight, read(example.target.text, units) if example.target else Blank("")


def _tried(
    plan: Plan, method: Method, weight: Fraction, target: Reading, example: Example | None
) -> tuple[Problem, ...] | None:
    """Prove *method* in a row of *weight* and *target*; None if there can be no such row."""
    origin = method.origin if example is None else example.origin
    rounding = plan.card.rounding
    lowered, faults = lower(
        method,
        name="",
        weight=weight,
        target=target,
        units=plan.program.units,
        origin=origin,
        rate=rounding.rate.quantum(rounding.mode) if rounding.rate else None,
        levels={} if example is None else example.levels,
    )
    if lowered is None or faults:
        return None
    real = example is not None
    return prove(Case(method=method, lowered=lowered, weight=weight, target=target, origin=origin, real=real))


# What no single row can tell.


def _of_form(card: Scorecard, program: Program, cases: _Cases) -> Iterator[Problem]:
    shares = [cases[id(row.lowered)].span for row in program.rows]
    yield from _dead_lines(card.assign)
    yield from _dead_grades(card, program, shares)
    yield from _dead_overrides(card, program, shares)
    yield from prove_groups(program, shares)


#: The kinds of target that each condition of ``[[assign]]`` takes; "plain" is a number that is no percentage.
_KINDS: Final[dict[str | None, frozenset[str]]] = {
    None: frozenset({"plain", "percent", "date", "text", "none"}),
    "number": frozenset({"plain", "percent"}),
    "percent": frozenset({"percent"}),
    "date": frozenset({"date"}),
    "text": frozenset({"text"}),
    "none": frozenset({"none"}),
}


def _dead_lines(lines: Sequence[Assign]) -> Iterator[Problem]:
    """A line of ``[[assign]]`` is dead if earlier ones take every row that it would, whatever the target."""
    for index, line in enumerate(lines):
        left = _KINDS[line.target]
        for place, one in enumerate(lines[:index]):
            if one.unconditional:
                break  # said while the plan was made
            if _takes(one, line):
                left -= _KINDS[one.target]
            if not left:
                found = problem("dead-assign", line.origin, index=index + 1, before=place + 1)
                yield clash(found, one.origin)
                break


def _takes(one: Assign, other: Assign) -> bool:
    """Return True if every row that fits *other* fits *one*, were it not for its target."""
    # What is looked for in the group is looked for in the name too.
    if one.group is not None and not _within(one.group, other.group) and not _within(one.group, other.name):
        return False
    return one.name is None or _within(one.name, other.name)


def _within(part: str, whole: str | None) -> bool:
    return whole is not None and squeezed(part) in squeezed(whole)


def _dead_grades(card: Scorecard, program: Program, shares: Sequence[Range]) -> Iterator[Problem]:
    """Every grade can be earned by some total, or given by an override."""
    if not card.grades:
        return
    given = {one.grade for one in card.overrides} | {one.best_grade for one in card.overrides}
    totals = [Fraction(one.total) for one in card.overrides if one.total is not None]
    quanta = program.quanta
    quantum = quanta.total if quanta.grade_reads_total else quanta.grade
    span = form_range(program, shares) if program.rows else Range(low=ZERO, high=program.cap)
    read = _Totals(program=program, quantum=quantum, low=span.low or ZERO, high=span.high)
    above: Fraction | None = None
    for grade in card.grades:
        if grade.from_ is None:
            # A policy may leave its overrides to those who use it.
            if grade.name not in given and program.rows and _own(card, grade.origin):
                advice, reason = said("give-grade"), said("never-given")
                yield problem("unreachable-grade", grade.origin, advice=advice, found=grade.name, reason=reason)
            continue
        own = Piece(low=Fraction(grade.from_), low_closed=True, high=above)
        above = Fraction(grade.from_)
        is_given = grade.name in given or any(own.holds(one) for one in totals)
        if not is_given and _own(card, grade.origin) and (why := read.miss(own)) is not None:
            yield problem("unreachable-grade", grade.origin / "from", found=grade.name, reason=why)


@frozen(kw_only=True)
class _Totals:
    """The totals that grades read: from *low* to *high*, rounded."""

    program: Program
    quantum: Quantum | None
    low: Fraction
    high: Fraction | None

    def _rounded(self, total: Fraction) -> Fraction:
        return total if self.quantum is None else self.quantum.round(total)

    @property
    def possible(self) -> Piece:
        high = None if self.high is None else self._rounded(self.high)
        return Piece(low=self._rounded(self.low), low_closed=True, high=high, high_closed=True)

    def miss(self, own: Piece) -> Said | None:
        """Return why no total falls into *own*; None if one does."""
        if not within([own], self.possible):
            low, high = self.possible.low or ZERO, self.possible.high
            return said("totals-from-to", low=near_text(low), high="∞" if high is None else near_text(high))
        step = self.passes(own)
        return None if step is None else said("rounded-past", step=near_text(step))

    def passes(self, own: Piece) -> Fraction | None:
        """Return the rounding of totals if none of them falls into *own*, a part of what is possible; else None."""
        row = self.program.quanta.row
        if row is not None and self.program.rows and all(one.adding.is_plain for one in self.program.branches):
            # The total is the sum of rounded rows, unless it is the cap.
            if self.program.cap is not None and self.high == self.program.cap and own.holds(self._rounded(self.high)):
                return None
            most = self.high if self.high is not None else (own.low or ZERO) + 1
            sums = range(math.ceil(self.low / row.step), math.floor(most / row.step) + 1)
            first = bisect_left(sums, own.low or ZERO, key=lambda count: self._rounded(count * row.step))
            if first < len(sums) and own.holds(self._rounded(sums[first] * row.step)):
                return None
            return row.step if self.quantum is None else max(row.step, self.quantum.step)
        if self.quantum is not None and not on_grid(within([own], self.possible), self.quantum.step):
            return self.quantum.step
        return None


def _dead_overrides(card: Scorecard, program: Program, shares: Sequence[Range]) -> Iterator[Problem]:
    """An override on a score holds for some score, and one on the grade leaves some grade out."""
    known = spans(program, shares)
    groups = {branch.path: len(program.rows) + place for place, branch in enumerate(program.branches)}
    for gate in program.gates:
        if gate.best_grade == 0:
            reason = said("best-of-all", best=program.grades[0].name)
            yield problem("idle-override", gate.origin / "best_grade", when=gate.when, reason=reason)
        # Where rows may give their weight away, what this one weighs is not known.
        if gate.edge is None or program.not_applicable is not None or not _own(card, gate.origin):
            continue
        if gate.row is not None:
            span, weight = known[gate.row], program.rows[gate.row].weight
        elif gate.group is not None:
            place = groups[gate.group]
            span, weight = known[place], program.branches[place - len(program.rows)].weight
        else:
            continue
        side, amount = gate.edge
        at = amount.points(weight)
        reached = Piece(low=span.low, low_closed=True, high=span.high, high_closed=True)
        if not within([beyond(side, at)], reached):
            most = "∞" if span.high is None else near_text(span.high)
            edge = f"{side.sign} {near_text(at)}"
            reason = said("scores-from-to", low=near_text(span.low), high=most, edge=edge)
            yield problem("idle-override", gate.origin / side.word, when=gate.when, reason=reason)
