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
from perfeval.engine import examples
from perfeval.engine.results.evaluation import Evaluation
from perfeval.numbers.scores import number_text
from perfeval.problems import InputError, KeyPath, Problem
from perfeval.rulefile.scorecard import Example, Scorecard
from perfeval.text.messages import FINDINGS, PROBLEMS

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "tests" / "catalogue"

#: The ways of scoring that must have a rule file. One that takes several has them as ``R1``, ``R1-down`` and so on.
IDS: Final = {
    *(f"Q{number}" for number in range(1, 26)),
    *(f"O{number}" for number in range(1, 5)),
    *(f"L{number}" for number in range(1, 8)),
    *(f"E{number}" for number in range(1, 7)),
    *(f"W{number}" for number in range(1, 11)),
    *(f"B{number}" for number in range(1, 8)),
    *(f"G{number}" for number in range(1, 5)),
    *(f"X{number}" for number in range(1, 6)),
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


def wrong(stem: str, example: Example) -> tuple[Problem, ...]:
    """What is wrong with *example* beside the rules of the file *stem*; that those are sound is a test of its own."""
    return tuple(one for done in api.try_examples(evolve(card(stem), examples=(example,))) for one in done.problems)


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
            assert last.term == ("void" if not row.applies else "rounding" if rounds else "points")
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
    problems = wrong(stem, changed)
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
            problems = wrong(stem, evolve(example, problem=None))
            assert [one.name for one in problems] == [example.problem], told(problems)
            assert problems[0].line is not None


#: What a form may come with: every finding there is, alone and twice, none at all, and one that is not noticed here.
OTHER_FINDINGS: Final = (
    (),
    *((name,) * count for name in FINDINGS for count in (1, 2)),
    tuple(FINDINGS),
    ("total-mismatch",),
)


@each_file
def test_other_findings_are_told(stem: str) -> None:
    for example in card(stem).examples:
        if example.problem is None:
            written = example.findings is not None
            for findings in OTHER_FINDINGS:
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


def test_a_row_says_in_which_band_it_is() -> None:
    assert evaluated("O2", "正好120%").indicators[0].band == "超额两成"
    assert evaluated("O2", "不到120%").indicators[0].band == "完成"
    assert evaluated("O4", "正好200%，没有说明").indicators[0].band == "超额一倍"
    assert evaluated("O4", "正好200%，说明了").indicators[0].band == "完成"


def test_what_is_taken_for_granted_is_said() -> None:
    assert evaluated("Q16", "满足两个").assumed == ()
    silent = evaluated("Q16", "没有写到的按不满足计").assumed
    assert [one.text("en") for one in silent] == ["actual: ①制度健全, ③资料齐全 not given, counted as 0"]
    flag = evaluated("B5", "没有写违规与否，按没有计").assumed
    assert [one.text("en") for one in flag] == ["存在违规问题 is not given and read as no"]


def test_a_row_that_does_not_apply_says_so() -> None:
    form = evaluated("W8", "选拨付及时率")
    assert [row.applies for row in form] == [False, True, True]
    assert form["finished"].steps[-1].term == "void"
    assert form["paid"].share == Fraction(4, 5)
    assert {group.path: group.weight for group in form.groups} == {"时效指标": 10, "其他指标": 90}


def test_whatever_was_put_together_is_a_step() -> None:
    summed = evaluated("W10", "三个单位的金额相加").indicators[0]
    assert summed.measure == Fraction(3, 4)
    formulas = [step.formula_in("zh") for step in summed.steps if step.term == "merged"]
    assert formulas == ["executed = 10万元 + 20万元 + 15万元", "budget = 20万元 + 20万元 + 20万元"]
    mean = [step for step in evaluated("L7", "一百张票").indicators[0].steps if step.term == "mean"]
    assert [(step.formula_in("zh"), step.value) for step in mean] == [
        ("(50 × 100 + 30 × 80 + 15 × 60 + 5 × 40) ÷ 100", "85")
    ]


def test_an_override_that_holds_is_a_step() -> None:
    told = [step.value for step in evaluated("B5", "两条都成立，取最严的").totals if step.term == "override"]
    assert told == ["良", "中"]
    assert "override" not in {step.term for step in evaluated("B5", "有违规，本来是中").totals}
    assert [step.value for step in evaluated("B7", "两条都成立，先写的算").totals][-2:] == ["60", "中"]


def test_how_severe_a_finding_is_can_be_said() -> None:
    text = (FOLDER / "E6-off.toml").read_text(encoding="utf-8")
    ready = api.loads(text.replace('"off"', '"error"'))
    rates = {"executed": "45万元", "budget": "50万元"}
    found = ready.score({"funds": rates, "rate": rates}).findings
    assert [(one.name, one.severity, one.rows) for one in found] == [
        ("execution-scored-twice", "error", ("项目资金", "预算执行率"))
    ]


#: A change of a file, the problem that it makes, and what stands in the line where that is told.
REFUSED: Final = (
    ("W1", '"产出指标" = 50', '"产出指标" = 45', "weights-mismatch", '"产出指标" = 45'),
    ("W1-90", "total = 90", "total = 100", "weights-mismatch", "[[indicators]]"),
    ("W2", "split = { to = 1", "split = { to = 10", "split-leaves-nothing", "质量指标"),
    (
        "W2-spread",
        '10, split = { to = 1, remainder = "spread"',
        '10, split = { to = 1, remainder = "last"',
        "split-leaves-nothing",
        "数量指标",
    ),
    ("W2", ', remainder = "last"', "", "needs-key", "split"),
    ("W3", 'weight = "75%"', 'weight = "70%"', "weights-mismatch", '"产出指标" = 50'),
    ("W8", "choose = 1", "choose = 3", "too-few-members", "choose = 3"),
    ("W8", "choose = 1", "choose = 0", "out-of-range", "choose = 0"),
    ("W8", "choose = 1", "choose = 1, best = 1", "one-of", "choose = 1, best = 1"),
    ("B5", 'best_grade = "良"', 'best_grade = "良好"', "unknown-grade", 'best_grade = "良好"'),
    ("B5", 'when = "预算执行率"', 'when = "执行率"', "unknown-indicator", 'when = "执行率"'),
    ("B5", 'below = "60%"\n', "", "override-without-edge", 'when = "预算执行率"'),
    ("B5-group", 'below = "80%"\n', "", "override-without-edge", 'when = "产出指标"'),
    ("B7", "total = 85", 'total = 85\ngrade = "中"', "one-of", 'grade = "中"'),
    ("O3", 'deviation = "20%"', "deviation = 20", "edge-unit", "deviation = 20"),
    ("O3", 'deviation = "20%"', 'deviation = "-20%"', "out-of-range", 'deviation = "-20%"'),
    ("O4", "  { score = 0, name", '  { score = 0, unless = "reason", name', "rest-unless", "bands"),
    (
        "E1-years",
        '20\nmethod = "execution"\nuntil = 2019',
        '20\nmethod = "execution"\nuntil = 2018',
        "weights-mismatch",
        "[[indicators]]",
    ),
)


@pytest.mark.parametrize(("stem", "old", "new", "name", "source"), REFUSED)
def test_a_rule_that_does_not_fit_is_refused(stem: str, old: str, new: str, name: str, source: str) -> None:
    text = (FOLDER / f"{stem}.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError) as caught:
        api.loads(text.replace(old, new, 1))
    assert caught.value.problems[0].name == name, told(caught.value.problems)
    place = caught.value.problems[0].place
    assert place is not None
    assert source in place.source


@pytest.mark.parametrize(("claim", "agrees"), [("优", True), ("优秀", True), ("优 秀", True), ("良好", False)])
def test_a_form_may_print_the_other_name_of_a_grade(claim: str, agrees: bool) -> None:
    evaluation = api.score(FOLDER / "G4-alias.toml", {"mark": 90}, reported={"total": 90, "grade": claim})
    assert evaluation.grade == "优"
    assert evaluation.grade_agrees is agrees


def test_reason_codes_come_as_a_pmml_evaluator_publishes_them() -> None:
    """RC2, RC1 by characteristics, and RC2_3 by attribute: points below the baseline, the most first."""
    reasons = evaluated("X3", "已公布的一例：29分").reasons
    assert [(one.indicator, str(one.lost)) for one in reasons] == [("RC2 age", "18"), ("RC1 department", "16")]
    assert reasons[0].code == "RC2_3"


def test_what_is_not_among_the_best_keeps_its_score_and_adds_nothing() -> None:
    evaluation = evaluated("X4", "八项取六项")
    assert [one.id for one in evaluation if not one.counts] == ["q001", "q065"]
    assert [str(evaluation[one].score) for one in ("q001", "q065")] == ["10.0", "7.0"]


# The rule files that are shipped, and those of the stories.


def test_there_are_rule_files_to_ship() -> None:
    assert {"rules/cn/project-self-evaluation.toml", "examples/yiyang-2021/rules.toml"} <= {*SHIPPED}


@pytest.mark.parametrize("path", SHIPPED)
def test_a_shipped_rule_file_is_sound_and_its_examples_come_out(path: str) -> None:
    problems = api.check(ROOT / path)
    assert not problems, told(problems)
