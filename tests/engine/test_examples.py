"""perfeval.engine.examples: what an example of a rule file is held to, and how one that fails is told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from perfeval import api
from perfeval.engine import examples
from perfeval.problems import InputError, Problem

RULES: Final = """\
format = 1
id = "test/examples"
title = "例子"
total = 50
cap = 50

[rounding]
total = "1"

[methods.quantity]
kind = "proportional"
needs_reason = { below = "90%" }

[methods.effect]
kind = "graded"
tiers = [{ name = "好", from = "80%" }, { name = "差", score = 0 }]

[[assign]]
name = "效果"
method = "effect"

[[assign]]
target = "number"
method = "quantity"

[[indicators]]
id = "trees"
name = "植树"
group = "产出"
weight = "60%"
target = "100棵"

[[indicators]]
name = "效果"
weight = 20

[[grades]]
name = "优"
from = 45
aliases = ["优秀"]

[[grades]]
name = "差"
from = 0

[[examples]]
"""

#: The line that the first line of an example stands at.
FIRST: Final = RULES.count("\n") + 1

ROW: Final = 'method = "quantity"\nweight = 10\ntarget = "100棵"\nactual = 95\n'
FORM: Final = 'facts = { trees = 90, "效果" = { tier = "好", score = 18 } }\n'


def problems(example: str) -> list[Problem]:
    return list(api.check(api.loads(RULES + example)))


def only(example: str) -> Problem:
    found = problems(example)
    assert len(found) == 1, found
    return found[0]


def args(one: Problem) -> tuple[str, str]:
    """What the example came to and what it says, in plain words."""
    lines = one.message_in("en").removeprefix("the example gives ").split(", and says ")
    return lines[0], lines[1]


@pytest.mark.parametrize(
    "example",
    [
        ROW + "score = 9.5\n",
        ROW + "score = 9.500\nfindings = []\n",
        ROW.replace("95", "89") + 'score = 8.9\nfindings = ["no-reason"]\n',
        ROW.replace("95", "89") + 'reason = "大旱"\nscore = 8.9\nfindings = []\n',
        'method = "quantity"\nweight = 10\ntarget = 100\nactual = { actual = 80 }\nreason = "大旱"\nfindings = []\n',
        'method = "effect"\nweight = 10\nactual = "差"\nreason = "大旱"\nscore = 0\n',
        'method = "effect"\nweight = 10\nactual = { tier = "好", score = 8 }\nreason = "大旱"\nscore = 8\n',
        'method = { kind = "threshold" }\nweight = 10\ntarget = "≥5"\nactual = 4\nscore = 0\n',
        ROW.removeprefix('method = "quantity"\n') + "score = 9.5\n",
        'name = "效果好"\nmethod = "effect"\nactual = "差"\nscore = 0\n',
        ROW.replace("weight = 10\n", "") + "score = 95\n",
        ROW.replace("weight = 10", "weight = 200") + "score = 190\n",
        ROW.replace("95", '"好"') + 'problem = "not-a-number"\n',
        FORM + 'scores = { trees = 27, "产出/植树" = 27, "效果" = 18 }\n',
        FORM + 'weights = { "植树" = 30, "效果" = 20 }\ntotal = 45\ngrade = "优"\nfindings = []\n',
        'facts = { trees = 9, "效果" = "差" }\ntotal = 3\ngrade = "差"\nfindings = ["no-reason"]\n',
        'facts = { trees = 9 }\nproblem = "missing-fact"\n',
    ],
)
def test_an_example_that_comes_out(example: str) -> None:
    assert problems(example) == []


@pytest.mark.parametrize(
    ("example", "line", "path", "got", "expected"),
    [
        (ROW + "score = 9.51\n", 4, "score", "9.50", "9.51"),
        (ROW + "score = 10\n", 4, "score", "9.50", "10"),
        (ROW + "score = -9.5\n", 4, "score", "9.50", "-9.5"),
        (ROW + 'findings = ["no-reason"]\n', 4, "findings", "nothing", "no-reason"),
        (ROW.replace("95", "89") + "findings = []\n", 4, "findings", "no-reason", "nothing"),
        (ROW + 'problem = "not-a-number"\n', 4, "problem", "no problem", "not-a-number"),
        (ROW.replace("95", '"多"') + 'problem = "not-finite"\n', 4, "problem", "not-a-number", "not-finite"),
        (FORM + "scores = { trees = 26 }\n", 1, "scores.trees", "27.00", "26"),
        (FORM + 'scores = { trees = 27, "效果" = 17 }\n', 1, 'scores."效果"', "18.00", "17"),
        (FORM + 'weights = { "植树" = 60 }\n', 1, 'weights."植树"', "30", "60"),
        (FORM + "total = 45.1\n", 1, "total", "45", "45.1"),
        (FORM + 'total = 45\ngrade = "差"\n', 2, "grade", "优", "差"),
        ('facts = {}\nproblem = "not-finite"\n', 1, "problem", "missing-fact", "not-finite"),
    ],
)
def test_an_example_that_fails_says_what_it_gives(example: str, line: int, path: str, got: str, expected: str) -> None:
    one = only(example)
    assert one.name == "example-failed"
    assert one.path == f"examples[0].{path}"
    assert one.line == FIRST + line
    assert one.place is not None
    assert one.place.source == example.splitlines()[line]
    assert args(one) == (got, expected)
    assert got in one.message_in("zh") or got in {"nothing", "no problem", "no grade"}


def test_everything_an_example_says_is_looked_at() -> None:
    found = problems(FORM + 'scores = { trees = 1, "效果" = 2 }\nweights = { trees = 3 }\ntotal = 4\ngrade = "差"\n')
    assert [one.path.removeprefix("examples[0].") for one in found] == [
        "scores.trees",
        'scores."效果"',
        "weights.trees",
        "total",
        "grade",
    ]
    assert {one.name for one in found} == {"example-failed"}


def test_every_example_is_run() -> None:
    text = f"{ROW}score = 1\n\n[[examples]]\n{ROW}score = 9.5\n\n[[examples]]\n{ROW}score = 2\n"
    assert [one.path for one in problems(text)] == ["examples[0].score", "examples[2].score"]


@pytest.mark.parametrize(
    ("example", "name", "line", "path"),
    [
        (ROW.replace("95", '"不少"') + "score = 9\n", "not-a-number", 3, "actual"),
        (ROW.replace("95", '"95人次"') + "score = 9\n", "unit-mismatch", 3, "actual"),
        (ROW.replace("quantity", "quantety") + "score = 9\n", "unknown-method-name", 0, "method"),
        (ROW.replace("100棵", "很多") + "score = 9\n", "target-not-number", 2, "target"),
        (ROW.replace("100棵", "≥0棵") + "score = 9\n", "zero-target", 2, "target"),
        (ROW.replace("weight = 10", "weight = -1") + "score = 9\n", "bad-weight", 1, "weight"),
        (FORM.replace("90", '"?"') + "total = 9\n", "not-a-number", 0, "facts.trees"),
        (FORM.replace("18", "15") + "total = 9\n", "score-outside-tier", 0, 'facts."效果".score'),
        (FORM.replace("好", "很好") + "total = 9\n", "unknown-tier", 0, 'facts."效果".tier'),
    ],
)
def test_an_example_that_cannot_be_scored_says_why(example: str, name: str, line: int, path: str) -> None:
    found = problems(example)
    assert [one.name for one in found] == [name]
    for one in found:
        assert one.path == f"examples[0].{path}"
        assert one.line == FIRST + line


def test_an_example_without_an_actual_is_told_where_it_stands() -> None:
    one = only('method = "quantity"\nweight = 10\ntarget = 100\nscore = 1\n')
    assert (one.name, one.line) == ("missing-fact", FIRST - 1)


@pytest.mark.parametrize("example", [ROW, ROW + 'grade = "优"\n', FORM, FORM + "score = 9\ntotal = 45\n"])
def test_an_example_that_says_nothing_or_two_things_is_refused(example: str) -> None:
    with pytest.raises(InputError) as caught:
        api.loads(RULES + example)
    assert [(one.name, one.line) for one in caught.value.problems] == [("unclear-example", FIRST - 1)]


def test_a_problem_that_is_expected_hides_no_other() -> None:
    found = problems('facts = { treez = 90, "效果" = { tier = "好", score = 18 } }\nproblem = "missing-fact"\n')
    assert [(one.name, one.args["got"]) for one in found] == [("example-failed", "missing-fact, unknown-indicator")]


def test_every_reason_why_an_example_cannot_be_scored_is_told() -> None:
    found = problems('facts = { treez = 90, "效果" = "很好" }\ntotal = 1\n')
    assert sorted(one.name for one in found) == ["missing-fact", "unknown-indicator", "unknown-tier"]
    assert {one.line for one in found} == {FIRST}


@pytest.mark.parametrize("key", ["scores", "weights"])
def test_a_row_that_is_not_there_is_told(key: str) -> None:
    one = only(FORM + f'{key} = {{ trees = {27 if key == "scores" else 30}, "树" = 1 }}\n')
    assert one.name == "unknown-indicator"
    assert one.path == f'examples[0].{key}."树"'
    assert one.line == FIRST + 1
    assert one.message_in("zh") == "没有名为 树 的指标"
    assert "植树" in one.hint_in("zh")


def test_a_form_in_a_policy_has_no_rows() -> None:
    policy = 'format = 1\nid = "test/policy"\ntitle = "政策"\n[[examples]]\nfacts = { "甲" = 1 }\ntotal = 1\n'
    found = api.check(api.loads(policy))
    assert [one.name for one in found] == ["no-indicators"]


def test_examples_are_run_only_where_they_are_asked_for() -> None:
    plan = api.loads(RULES + ROW + "score = 1\n")
    assert api.check(plan, run_examples=False) == ()
    assert api.check(plan) != ()


def test_examples_of_a_file_that_is_used_are_not_run_again(tmp_path: Path) -> None:
    (tmp_path / "below.toml").write_text(RULES + ROW + "score = 1\n", encoding="utf-8")
    above = 'format = 1\nid = "test/above"\ntitle = "上"\nuses = ["below.toml"]\n'
    (tmp_path / "above.toml").write_text(above, encoding="utf-8")
    assert [one.name for one in api.check(tmp_path / "below.toml")] == ["example-failed"]
    assert api.check(tmp_path / "above.toml") == ()


def test_a_file_that_makes_no_sense_is_told_before_its_examples() -> None:
    text = RULES.replace("weight = 20", "weight = 21") + ROW + "score = 1\n"
    with pytest.raises(InputError) as caught:
        api.loads(text)
    assert [one.name for one in caught.value.problems] == ["weights-mismatch"]


def test_a_check_holds_what_the_example_came_to() -> None:
    wrong = ROW.replace("95", '"多"')
    card = api.loads(f"{RULES}{ROW}score = 9.5\n\n[[examples]]\n{wrong}score = 1\n").card
    done, refused = examples.run(card)
    assert done.evaluation is not None
    assert [str(row.score) for row in done.evaluation] == ["9.50"]
    assert done.problems == ()
    assert refused.evaluation is None
    assert [one.name for one in refused.problems] == ["not-a-number"]
