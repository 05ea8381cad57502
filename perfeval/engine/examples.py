"""Running the worked examples of a rule file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from perfeval.engine.plan import Plan, plan
from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.methods.counted import Counted
from perfeval.numbers.amounts import Amount
from perfeval.numbers.rounding import plain
from perfeval.numbers.scores import number_text
from perfeval.problems import InputError, Problem, in_file_order, problem
from perfeval.rulefile.scorecard import Example, Facts, Indicator, Scorecard
from perfeval.text.messages import Said, said

#: The id of the one row of an example: its fact then stands at the key of that name.
_ROW = "actual"


@frozen(kw_only=True)
class Check:
    """One example, run: what it came to, and what is wrong with it."""

    example: Example
    evaluation: Evaluation | None
    problems: tuple[Problem, ...]


def run(card: Scorecard) -> Iterator[Check]:
    """Every example of *card*, in order; *card* itself must make sense."""
    forms = any(example.facts is not None for example in card.examples)
    whole = plan(card) if forms else None
    for example in card.examples:
        faults: list[Problem] = []
        evaluation: Evaluation | None = None
        try:
            evaluation = _score(card, whole, example)
        except InputError as error:
            faults.extend(_refused(example, error))
        else:
            faults.extend(_compared(example, evaluation))
        yield Check(example=example, evaluation=evaluation, problems=in_file_order(faults))


def _score(card: Scorecard, whole: Plan | None, example: Example) -> Evaluation:
    if whole is not None and example.facts is not None:
        facts = Facts(actuals=example.facts, year=example.year, origin=example.origin / "facts")
        return whole.score(facts)
    raw: Any = example.actual
    if example.reason is not None:
        raw = {**raw, "reason": example.reason} if isinstance(raw, Mapping) else _explained(card, example)
    weight = Decimal(100) if example.weight is None else example.weight
    row = Indicator(
        id=_ROW,
        # Its label is not its name: that could choose a method.
        name=_ROW,
        weight=Amount(Fraction(weight)),
        target=example.target,
        levels=example.levels,
        method=example.method,
        origin=example.origin,
    )
    alone = evolve(card, indicators=(row,), structure={}, overrides=(), grades=(), total=weight, cap=None)
    return plan(alone).score(Facts(actuals={_ROW: raw}, year=example.year, origin=example.origin))


def _explained(card: Scorecard, example: Example) -> Mapping[str, Any]:
    """The plain actual of an example beside its reason."""
    method = card.methods.get(example.method) if isinstance(example.method, str) else example.method
    key = "actual" if method is None or method.scoring.measures else "tier"
    if method is not None and isinstance(method.scoring, Counted) and method.limits.items:
        key = method.limits.items[0].name  # only a single item is counted by a number alone
    return {key: example.actual, "reason": example.reason}


def _refused(example: Example, error: InputError) -> Iterator[Problem]:
    names = [one.name for one in error.problems]
    if example.problem is None:
        yield from error.problems
    elif set(names) != {example.problem}:
        yield _failed(example, "problem", ", ".join(dict.fromkeys(names)), example.problem)


def _compared(example: Example, evaluation: Evaluation) -> Iterator[Problem]:
    if example.problem is not None:
        yield _failed(example, "problem", said("no-problem"), example.problem)
    if example.score is not None:
        yield from _number(example, ("score",), evaluation.indicators[0].score, example.score)
    for name, expected in (example.scores or {}).items():
        if (row := _row(evaluation, name)) is None:
            yield problem("unknown-indicator", example.origin / "scores" / name, found=name, known=_names(evaluation))
        else:
            yield from _number(example, ("scores", name), row.score, expected)
    for name, expected in (example.weights or {}).items():
        if (row := _row(evaluation, name)) is None:
            yield problem("unknown-indicator", example.origin / "weights" / name, found=name, known=_names(evaluation))
        else:
            yield from _number(example, ("weights", name), row.weight, expected)
    if example.total is not None:
        yield from _number(example, ("total",), evaluation.total, example.total)
    if example.grade is not None and evaluation.grade != example.grade:
        yield _failed(example, "grade", evaluation.grade or said("no-grade"), example.grade)
    if example.findings is not None:
        got = tuple(one.name for one in evaluation.findings)
        if sorted(got) != sorted(example.findings):
            yield _failed(example, "findings", got or said("nothing"), example.findings or said("nothing"))


def _row(evaluation: Evaluation, name: str) -> IndicatorResult | None:
    try:
        return evaluation[name]
    except KeyError:
        return None


def _names(evaluation: Evaluation) -> tuple[str, ...]:
    return tuple(one.name for one in evaluation)


def _number(example: Example, path: tuple[str, ...], got: Any, expected: Decimal) -> Iterator[Problem]:
    if Fraction(got) != Fraction(expected):
        yield _failed(example, path, number_text(got), plain(expected))


def _failed(
    example: Example,
    path: str | tuple[str, ...],
    got: str | Said | tuple[str, ...],
    expected: str | Said | tuple[str, ...],
) -> Problem:
    origin = example.origin
    for key in (path,) if isinstance(path, str) else path:
        origin = origin / key
    return problem("example-failed", origin, got=got, expected=expected)
