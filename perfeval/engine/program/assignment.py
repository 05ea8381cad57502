"""Choosing the method of a row: its own, a named one, or the first `[[assign]]` that fits."""

from __future__ import annotations

from perfeval.methods.method import Method
from perfeval.methods.normal_form import squeezed
from perfeval.numbers.quantity import Moment, Quantity, Reading, Words
from perfeval.numbers.units import folded
from perfeval.problems import Origin, Problem, guess, problem
from perfeval.rulefile.groups import tidy
from perfeval.rulefile.scorecard import Assign, Indicator, Scorecard


def method_of(
    card: Scorecard, indicator: Indicator, target: Reading, faults: list[Problem], *, group: str | None = None
) -> tuple[str, Method] | None:
    """The method of an indicator and what it is called: its own, the one it names, or the one it is assigned.

    *group* is the path of its headings where a form prints them otherwise than the rules.
    """
    if isinstance(indicator.method, Method):
        return indicator.method.scoring.kind, indicator.method
    name, origin = indicator.method, indicator.origin / "method"
    if name is None:
        path = indicator.group if group is None else group
        line = next((one for one in card.assign if _fits(one, indicator.name, path, target)), None)
        if line is None:
            faults.append(problem("no-method", indicator.origin, found=indicator.name))
            return None
        name, origin = line.method, line.origin / "method"
    method = card.methods.get(name)
    if method is None:
        # A line of [[assign]] is checked once, for itself.
        if indicator.method is not None:
            faults.append(no_such_method(card, name, origin))
        return None
    return name, method


def no_such_method(card: Scorecard, name: str, origin: Origin) -> Problem:
    known = tuple(card.methods)
    return problem("unknown-method-name", origin, advice=guess(name, known), found=name, known=known)


def _fits(line: Assign, name: str, group: str, target: Reading) -> bool:
    if line.name is not None and squeezed(line.name) not in squeezed(folded(name)):
        return False
    if line.group is not None:
        wanted = squeezed(line.group)
        places = [*tidy(folded(group)).split("/"), folded(name)]
        if not any(wanted in squeezed(place) for place in places):
            return False
    return line.target is None or line.target in _kinds(target)


def _kinds(target: Reading) -> tuple[str, ...]:
    """The words that ``[[assign]]`` has for what a target reads as."""
    match target:
        case Quantity():
            return ("number", "percent") if target.unit.dimension == "%" else ("number",)
        case Moment():
            return ("date",)
        case Words():
            return ("text",)
        case _:
            return ("none",)
