"""Validating a scorecard as a whole: names, grades, assignments, unused methods."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from perfeval.engine.program.assignment import no_such_method
from perfeval.methods.method import lower
from perfeval.methods.normal_form import repeated
from perfeval.numbers.quantity import Blank, Moment, Units, read
from perfeval.problems import Origin, Problem, problem
from perfeval.rulefile.groups import tidy
from perfeval.rulefile.scorecard import Indicator, Scorecard
from perfeval.text.messages import said, said_of

#: Faults that a method can have without a row.
_OF_METHODS = frozenset(
    (
        *("unreachable-band", "mixed-edges", "open-bands", "edge-unit", "percent-edge", "bad-quantity"),
        *("out-of-range", "crossed-limits", "duplicate-name", "reserved-name"),
    )
)


def check(card: Scorecard, used: set[Origin], units: Units, faults: list[Problem]) -> None:
    """Add to *faults* what is wrong with *card* beyond its rows; *used* are the methods that some row takes."""
    _check_assign(card, faults)
    _check_grades(card, faults)
    _check_names(card.indicators, faults)
    _check_unused(card, used, units, faults)


def _check_unused(card: Scorecard, used: set[Origin], units: Units, faults: list[Problem]) -> None:
    """Check a method that no row takes, as policies have them: only for what fails in every row."""
    for name, method in card.methods.items():
        if method.origin in used:
            continue
        found: list[list[Problem]] = []
        for weight in (Fraction(1), Fraction(10**6)):
            _, faults_here = lower(
                method, name=name, weight=weight, target=Blank(""), units=units, origin=method.origin
            )
            found.append([one for one in faults_here if one.name in _OF_METHODS])
        places = {(one.name, one.origin) for one in found[1]}
        for one in found[0]:
            # Which date an edge is can be told only beside a target that is a date.
            dated = one.name == "bad-quantity" and isinstance(read(str(one.args.get("found"))), Moment)
            if (one.name, one.origin) in places and not dated:
                faults.append(one)


def _check_assign(card: Scorecard, faults: list[Problem]) -> None:
    for index, line in enumerate(card.assign):
        if line.method not in card.methods:
            faults.append(no_such_method(card, line.method, line.origin / "method"))
        if line.unconditional and index + 1 < len(card.assign):
            faults.append(problem("unreachable-assign", line.origin, index=index + 1))


def _check_grades(card: Scorecard, faults: list[Problem]) -> None:
    """Grades fall, the lowest takes every total that is left, and no two share a name."""
    for index, first, key, name in repeated(card.grades):
        faults.append(problem("duplicate-name", card.grades[index].origin / key, found=name, first=first + 1))
    earned = [(index, grade) for index, grade in enumerate(card.grades) if grade.from_ is not None]
    for (place, before), (index, grade) in pairwise(earned):
        if grade.from_ is not None and before.from_ is not None and grade.from_ >= before.from_:
            faults.append(
                problem(
                    "unreachable-band",
                    grade.origin / "from",
                    index=index + 1,
                    before=place + 1,
                    taken=said_of("taken", "from", edge=f"{before.from_:f}"),
                    order=said("highest-first"),
                )
            )
    if earned and (last := earned[-1][1]).from_ is not None and last.from_ > 0:
        faults.append(problem("grade-gap", last.origin / "from", edge=f"{last.from_:f}"))


def _check_names(indicators: Sequence[Indicator], faults: list[Problem]) -> None:
    """A name stands once in a group; an id stands once, and is nobody else's name."""
    names: dict[tuple[str, str], int] = {}
    ids: dict[str, int] = {}
    for index, indicator in enumerate(indicators, 1):
        place = (tidy(indicator.group), indicator.name)
        if place in names:
            first = names[place]
            faults.append(
                problem("duplicate-indicator", indicator.origin / "name", key="name", found=indicator.name, first=first)
            )
        names.setdefault(place, index)
        if indicator.id is not None:
            if indicator.id in ids:
                first = ids[indicator.id]
                faults.append(
                    problem("duplicate-indicator", indicator.origin / "id", key="id", found=indicator.id, first=first)
                )
            ids.setdefault(indicator.id, index)
    for index, indicator in enumerate(indicators, 1):
        longer = f"{tidy(indicator.group)}/{indicator.name}"
        for key in sorted({indicator.name, longer} & ids.keys()):
            if ids[key] != index:
                other = indicators[ids[key] - 1].origin / "id"
                faults.append(problem("duplicate-indicator", other, key="id", found=key, first=index))
