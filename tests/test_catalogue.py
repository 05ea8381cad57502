"""The catalogue of scoring arithmetic: a rule file for each way of scoring, whose worked examples must come out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from perfeval import api
from perfeval.catalogue import PROBLEMS
from perfeval.engine import examples
from perfeval.engine.evaluation import Evaluation, number_text
from perfeval.language.scorecard import Example, Scorecard
from perfeval.problems import KeyPath, Problem

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "tests" / "catalogue"

#: The ways of scoring that must have a rule file. One that takes several has them as ``R1``, ``R1-down`` and so on.
IDS: Final = {
    *(f"Q{number}" for number in (*range(1, 16), 20, 21, 25)),
    *("L1", "L2", "L3", "L4"),
    *("E1", "E2", "E3", "E5"),
    *("G1", "G2", "G3", "G4"),
    "R1",
}

STEMS: Final = sorted(path.stem for path in FOLDER.glob("*.toml"))
SHIPPED: Final = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("rules/**/*.toml"), *ROOT.glob("examples/*/rules.toml"))
)

each_file = pytest.mark.parametrize("stem", STEMS)


@cache
def card(stem: str) -> Scorecard:
    return api.read_rules(FOLDER / f"{stem}.toml")


def told(problems: tuple[Problem, ...]) -> str:
    """What is wrong, a line each: where it stands, what the program says and what the example says."""
    return "\n".join(one.line_in("en") for one in problems)


def evaluated(stem: str, name: str) -> Evaluation:
    """What the example called *name* comes to."""
    found = [one.evaluation for one in examples.run(card(stem)) if one.example.name == name]
    assert len(found) == 1
    assert found[0] is not None
    return found[0]


def test_every_way_of_scoring_has_its_file() -> None:
    assert {stem.partition("-")[0] for stem in STEMS} == IDS


@each_file
def test_a_file_says_what_it_is(stem: str) -> None:
    assert card(stem).id == f"catalogue/{stem}"
    assert card(stem).lang == "zh"
    assert card(stem).basis or card(stem).note
    assert (FOLDER / f"{stem}.toml").read_text(encoding="utf-8").startswith("# ")


@each_file
def test_a_file_is_sound(stem: str) -> None:
    problems = api.check(FOLDER / f"{stem}.toml", run_examples=False)
    assert not problems, told(problems)


@each_file
def test_every_example_comes_out(stem: str) -> None:
    problems = api.check(FOLDER / f"{stem}.toml")
    assert not problems, told(problems)


@each_file
def test_every_example_has_a_name_and_expects_something(stem: str) -> None:
    found = card(stem).examples
    assert len(found) >= 2
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.problem or [*numbers(one)], one.name


@each_file
def test_the_working_of_every_example_ends_in_its_score(stem: str) -> None:
    for done in examples.run(card(stem)):
        for row in done.evaluation or ():
            rounds = card(stem).rounding.row is None or str(card(stem).rounding.row) != "exact"
            last = row.steps[-1]
            assert last.term == ("rounding" if rounds else "points")
            assert Fraction(last.value) == Fraction(row.score), number_text(row.score)
            assert all(step.formula_in(lang) for step in row.steps for lang in ("zh", "en"))


# That the examples bite: each thing they say is changed a little, one at a time.


def numbers(example: Example) -> Iterator[tuple[KeyPath, Decimal]]:
    """Every number that *example* expects, and the key it stands at."""
    for key, value in (("score", example.score), ("total", example.total)):
        if value is not None:
            yield (key,), value
    for key, table in (("scores", example.scores), ("weights", example.weights)):
        for name, value in (table or {}).items():
            yield (key, name), value


def with_number(example: Example, path: KeyPath, value: Decimal) -> Example:
    key = str(path[0])
    changes: dict[str, Any] = {key: value}
    if len(path) > 1:
        changes = {key: {**getattr(example, key), path[1]: value}}
    return evolve(example, **changes)


def visible(value: Decimal) -> Decimal:
    """The smallest change of *value* that a form would show: 0.01, or its own last decimal where it has more."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, -2))


def fails_at(stem: str, changed: Example, path: KeyPath, *, written: bool = True) -> None:
    """Check that *changed* fails, and that it is told at the key *path*, if the file has it, and nowhere else."""
    problems = api.check(evolve(card(stem), examples=(changed,)))
    assert [one.name for one in problems] == ["example-failed"], told(problems)
    assert problems[0].origin == evolve(changed.origin, path=(*changed.origin.path, *path))
    assert problems[0].place is not None
    assert (str(path[-1]) if written else "[[examples]]") in problems[0].place.source


@each_file
def test_a_number_a_little_off_is_told(stem: str) -> None:
    for example in card(stem).examples:
        for path, value in numbers(example):
            for changed in (value + visible(value), value - visible(value)):
                fails_at(stem, with_number(example, path, changed), path)


@each_file
def test_another_grade_is_told(stem: str) -> None:
    words = [one.name for one in card(stem).grades]
    words += [alias for one in card(stem).grades for alias in one.aliases]
    for example in card(stem).examples:
        for word in words if example.grade is not None else ():
            if word != example.grade:
                fails_at(stem, evolve(example, grade=word), ("grade",))


@each_file
def test_another_problem_is_told(stem: str) -> None:
    for example in card(stem).examples:
        for name in ("example-failed", "file-missing"):
            assert name in PROBLEMS
            fails_at(stem, evolve(example, problem=name), ("problem",), written=example.problem is not None)
        if example.problem is not None:
            problems = api.check(evolve(card(stem), examples=(evolve(example, problem=None),)))
            assert [one.name for one in problems] == [example.problem], told(problems)
            assert problems[0].line is not None


@each_file
def test_other_findings_are_told(stem: str) -> None:
    for example in card(stem).examples:
        if example.problem is None:
            written = example.findings is not None
            for findings in ((), ("no-reason",), ("no-reason", "no-reason"), ("total-mismatch",)):
                if findings != (example.findings or ()):
                    fails_at(stem, evolve(example, findings=findings), ("findings",), written=written)


# What an example has no key for.


def test_a_strict_target_is_missed_where_it_is_just_reached() -> None:
    assert evaluated("Q7", "<5次，正好5次：未达到").indicators[0].met is False
    assert evaluated("Q7", "<5次，正好5次：未达到的按比例").indicators[0].met is False
    assert evaluated("Q7", "≤5次，正好5次：达到").indicators[0].met is True
    assert evaluated("Q7", ">5次，正好5次：未达到").indicators[0].met is False
    assert evaluated("Q7", "≥5次，正好5次：达到").indicators[0].met is True


def test_the_rate_itself_is_rounded() -> None:
    assert evaluated("E3", "含上年结转，没有说明原因").indicators[0].measure == Fraction(4083, 10000)
    assert evaluated("R1-rate", "103.97比104").indicators[0].measure == Fraction(9997, 10000)
    assert evaluated("R1", "103.97比104").indicators[0].measure == Fraction(10397, 10400)


@pytest.mark.parametrize(("claim", "agrees"), [("优", True), ("优秀", True), ("优 秀", True), ("良好", False)])
def test_a_form_may_print_the_other_name_of_a_grade(claim: str, agrees: bool) -> None:
    evaluation = api.score(FOLDER / "G4-alias.toml", {"mark": 90}, reported={"total": 90, "grade": claim})
    assert evaluation.grade == "优"
    assert evaluation.grade_agrees is agrees


# The rule files that are shipped, and those of the stories.


def test_there_are_rule_files_to_ship() -> None:
    assert {"rules/cn/project-self-evaluation.toml", "examples/yiyang-2021/rules.toml"} <= {*SHIPPED}


@pytest.mark.parametrize("path", SHIPPED)
def test_a_shipped_rule_file_is_sound_and_its_examples_come_out(path: str) -> None:
    problems = api.check(ROOT / path)
    assert not problems, told(problems)
