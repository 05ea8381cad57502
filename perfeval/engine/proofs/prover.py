"""Proving a whole rule file: its methods in every row, and what concerns the form."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from perfeval.engine.plan import Plan
from perfeval.engine.program.program import Program
from perfeval.engine.proofs.assignments import prove_assignments
from perfeval.engine.proofs.case import Case, in_points
from perfeval.engine.proofs.grades import prove_grades
from perfeval.engine.proofs.groups import prove_groups
from perfeval.engine.proofs.methods import prove
from perfeval.engine.proofs.overrides import prove_overrides
from perfeval.methods.method import Method, lower
from perfeval.numbers.quantity import Blank, Reading, Units, read
from perfeval.problems import Origin, Problem, in_file_order, problem
from perfeval.rulefile.scorecard import Example, Scorecard

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
    for index, name in enumerate(method.limits.allow if plan.card.owns(method.origin) else ()):
        if name not in broken:
            yield problem("needless-allow", method.origin / "allow" / index, found=name)


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
    yield from prove_assignments(card.assign)
    yield from prove_grades(card, program, shares)
    yield from prove_overrides(card, program, shares)
    yield from prove_groups(program, shares)
