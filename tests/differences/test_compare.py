"""What changed between two rule files, and whose score moves: as data, in words, on the command line."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from scorecards import Form, forms

import perfeval
from perfeval import cli
from perfeval.differences.change import Change
from perfeval.differences.files import SECTIONS, compare
from perfeval.differences.meaning import keys_of
from perfeval.differences.pairing import aligned, keeps_order, paired, with_gaps, with_twins
from perfeval.engine.plan import Plan
from perfeval.methods import banded, method
from perfeval.methods.counted import Counted
from perfeval.methods.graded import Graded, Tier
from perfeval.methods.proportional import Proportional
from perfeval.methods.stepped import Stepped
from perfeval.methods.threshold import Threshold
from perfeval.report.console.compare import comparison_view
from perfeval.report.console.screen import counted
from perfeval.rulefile import schema, scorecard
from perfeval.text.messages import LANGUAGES, SENTENCES

Capture = pytest.CaptureFixture[str]

OLD = """
format = 1
id = "demo/2024"
title = "培训项目"
lang = "zh"
[methods.quantity]
kind = "proportional"
[methods.satisfaction]
kind = "banded"
bands = [{ from = "90%", score = "100%" }, { from = "80%", score = 4 }, { from = "60%", score = 2 }, { score = 0 }]
[methods.effect]
kind = "graded"
tiers = [{ name = "好", from = "80%" }, { name = "中", from = "60%" }, { name = "差", from = "0%" }]
[methods.unused]
kind = "counted"
start = 1
items = [{ name = "投诉", minus = 1 }]
[[assign]]
group = "满意度"
method = "satisfaction"
[[assign]]
target = "text"
method = "effect"
[[assign]]
method = "quantity"
[[indicators]]
id = "people"
name = "培训人次"
group = "产出"
target = "≥200人次"
weight = 50
[[indicators]]
name = "教师满意度"
group = "效益/满意度"
target = "≥90%"
weight = 10
[[indicators]]
name = "教学水平"
group = "效益"
target = "有效提升"
weight = 40
[[grades]]
name = "优"
from = 90
[[grades]]
name = "良"
from = 80
[[grades]]
name = "差"
from = 0
"""

FACTS: dict[str, Any] = {"people": 180, "教师满意度": "85%", "教学水平": {"tier": "好", "score": 36}}


def edited(*pairs: tuple[str, str], text: str = OLD) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def between(old: str, new: str) -> tuple[Change, ...]:
    return perfeval.compare(perfeval.loads(old, name="old.toml"), perfeval.loads(new, name="new.toml")).changes


def told(*pairs: tuple[str, str], text: str = OLD) -> list[str]:
    return list(map(str, between(text, edited(*pairs, text=text))))


# What is a change, and how it is said.


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "demo/2024"', 'id = "demo/2024"\ncap = 95', ["added cap: 95"]),
        ('lang = "zh"', 'lang = "zh"\nnot_applicable = "group"', None),
        ('lang = "zh"', 'lang = "zh"\n[rounding]\nrow = "0.1"', ["each row: 0.01 → 0.1"]),
        ('lang = "zh"', 'lang = "zh"\n[rounding]\nrow = "0.010"', ["each row: 0.01 → 0.010"]),
        ('lang = "zh"', 'lang = "zh"\n[rounding]\nmode = "down"', ["mode: half up → down"]),
        ('lang = "zh"', 'lang = "zh"\n[rounding]\nrate = "0.01%"', ["rates: not rounded → 0.01%"]),
        ('lang = "zh"', 'lang = "zh"\n[rounding]\ntotal = "1"', ["the total: the sum of the rows → 1"]),
        ('lang = "zh"', 'lang = "zh"\n[units]\n"担" = "50公斤"', ["added unit 担: 50公斤"]),
        ("score = 4", "score = 3", ["method satisfaction · band ≥ 80%: 4 → 3 points"]),
        ("score = 4", "score = 1", ["method satisfaction · band ≥ 80%: 4 → 1 point"]),
        ("score = 4", 'score = "50%"', ["method satisfaction · band ≥ 80%: 4 points → 50%"]),
        ('from = "80%", score', 'above = "80%", score', ["method satisfaction · band: ≥ 80% → > 80%"]),
        ('from = "80%", score', 'from = "85%", score', ["method satisfaction · band: ≥ 80% → ≥ 85%"]),
        ('{ from = "60%", score = 2 },', "", ["removed method satisfaction · band ≥ 60%: score 2 points"]),
        (
            '{ from = "60%", score = 2 }',
            '{ from = "70%", score = 3 }, { from = "60%", score = 2 }',
            ["added method satisfaction · band ≥ 70%: score 3 points"],
        ),
        (
            'kind = "proportional"',
            'kind = "threshold"\notherwise = "proportional"',
            ["method quantity · kind: proportional → threshold", "added method quantity · otherwise: proportional"],
        ),
        ('name = "中", from = "60%"', 'name = "一般", from = "60%"', ["method effect · tier: 中 → 一般"]),
        ('name = "中", from = "60%"', 'name = "中", from = "50%"', ["method effect · tier 中 · from: 60% → 50%"]),
        ('{ name = "投诉", minus = 1 }', '{ name = "投诉", minus = 2 }', None),
        ("[methods.unused]", "[methods.complaints]", ["name of the method: unused → complaints"]),
        (
            'target = "text"',
            'group = "效益"',
            ["conditions of a line of [[assign]]: the target is words → group or name has “效益”"],
        ),
        (
            'method = "satisfaction"',
            'method = "quantity"',
            [
                "line of [[assign]] (group or name has “满意度”) · method: satisfaction → quantity",
                "indicator 教师满意度 · method: satisfaction → quantity",
            ],
        ),
        ('target = "≥200人次"\nweight = 50', 'target = "≥300人次"\nweight = 50', None),
        ('name = "培训人次"', 'name = "受训人次"', ["indicator 受训人次 · name: 培训人次 → 受训人次"]),
        ('name = "教师满意度"', 'name = "学生满意度"', ["indicator 学生满意度 · name: 教师满意度 → 学生满意度"]),
        ('group = "产出"', 'group = "投入"', ["indicator 培训人次 · group: 产出 → 投入"]),
        ('group = "产出"\n', 'group = "产出"\nmethod = "unused"\n', None),
        ('name = "优"\nfrom = 90', 'name = "优"\nfrom = 88', ["grade 优 · from: 90 → 88"]),
        ('name = "良"\nfrom = 80', 'name = "良"\nfrom = 80\naliases = ["良好"]', ["added grade 良 · aliases: 良好"]),
        ('[[grades]]\nname = "良"\nfrom = 80\n', "", ["removed grade 良: from 80"]),
        ('title = "培训项目"', 'title = "培训"\nbasis = "某号文"', ["title: 培训项目 → 培训", "added basis: 某号文"]),
    ],
)
def test_a_change_is_said(old: str, new: str, expected: list[str] | None) -> None:
    try:
        found = told((old, new))
    except perfeval.InputError:
        assert expected is None
        return
    assert found == expected if expected is not None else len(found) == 1


def test_more_of_a_file_is_compared() -> None:
    old = edited(
        (
            '[[grades]]\nname = "优"',
            '[audit]\ndeviation = "30%"\n[[overrides]]\nwhen = "事故"\ntotal = 0\n[[grades]]\nname = "优"',
        )
    )
    found = told(
        ('deviation = "30%"', 'deviation = "20%"\nseverity = { no-reason = "off" }'),
        ("total = 0", 'best_grade = "良"'),
        ('lang = "zh"', 'lang = "zh"\n[structure]\n"产出" = 50\n"效益" = { weight = 50, cap = 45 }'),
        text=old,
    )
    assert found == [
        "added group 产出: weight 50 points",
        "added group 效益: weight 50 points, cap 45 points",
        "removed override 事故 · total: 0",
        "added override 事故 · best grade: 良",
        "limit of the deviation: 30% → 20%",
        "added severity · no-reason: off",
    ]


def test_what_comes_and_goes_is_told_with_what_it_says() -> None:
    found = between(
        OLD,
        edited(
            (
                "[methods.effect]",
                '[methods.later]\nkind = "stepped"\nper = "1天"\nminus = 1\nsteps = "whole"\n[methods.effect]',
            )
        ),
    )
    assert list(map(str, found)) == ["added method later: stepped"]
    assert [str(line) for line in found[0].lines][-1] == "1 off for each 1天 on the worse side (whole steps only)"
    assert (found[0].old, found[0].old_place) == (None, None)
    assert found[0].new_place is not None
    assert found[0].new_place.source == "[methods.later]"


def test_lines_of_assign_that_change_places() -> None:
    text = '[[assign]]\ntarget = "text"\nmethod = "effect"\n'
    found = told((text, ""), ('[[assign]]\ngroup = "满意度"', text + '[[assign]]\ngroup = "满意度"'))
    assert len(found) == 1
    assert found[0].startswith("order: line of [[assign]] (group or name has “满意度”)")


def test_the_order_of_rows_is_wording_unless_they_share_a_weight() -> None:
    rows = OLD[OLD.index("[[indicators]]") : OLD.index("[[grades]]")]
    first, *others = rows.split("[[indicators]]\n")[1:]
    turned = OLD.replace(rows, "".join(f"[[indicators]]\n{one}" for one in (*others, first)))
    (change,) = between(OLD, turned)
    assert str(change) == "order: 培训人次, 教师满意度, 教学水平 → 教师满意度, 教学水平, 培训人次"
    assert change.wording
    split = ('lang = "zh"', 'lang = "zh"\n[structure]\n"效益" = { weight = 50, split = "equal" }')
    (change,) = between(edited(split), edited(split, text=turned))
    assert not change.wording


def test_a_rule_that_is_inherited_is_told_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        'format = 1\nid = "policy"\ntitle = "p"\n[methods.m]\nkind = "threshold"\n', "utf-8"
    )
    rows = '[[indicators]]\nname = "a"\ntarget = "≥1"\nweight = 100\nmethod = "m"\n'
    head = 'format = 1\nid = "{}"\ntitle = "t"\nuses = ["policy"]\n'
    (tmp_path / "old.toml").write_text(head.format("old") + rows, "utf-8")
    (tmp_path / "new.toml").write_text(head.format("new") + "[methods.m]\notherwise = 10\n" + rows, "utf-8")
    found = perfeval.compare(tmp_path / "old.toml", tmp_path / "new.toml").changes
    change = next(one for one in found if not one.wording)
    assert change.text("zh") == "方法 m · 未达到时：0 → 10 分"
    assert change.old_place is not None
    assert (Path(change.old_place.file).name, change.old_place.line) == ("policy.toml", 4)
    assert change.new_place is not None
    assert (Path(change.new_place.file).name, change.new_place.line) == ("new.toml", 6)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('from = "80%", score', 'from = "80.0 ％", score'),
        ("score = 4", "score = 4.00"),
        ("{ score = 0 }", '{ score = "0%" }'),
        ('target = "≥90%"', 'target = "90%以上"'),
        ('kind = "proportional"', 'reverse = "ratio"\nkind = "proportional"\ncap = "100%"\nfloor = 0'),
        (
            'lang = "zh"',
            'lang = "zh"\ntotal = 100.0\n[rounding]\nrow = { to = "0.01", mode = "half-up" }\nrate = "exact"',
        ),
        ('lang = "zh"', 'lang = "zh"\n[structure]\n"产出" = {}'),
        ('group = "效益/满意度"', 'group = "效益 / 满意度"'),
        ('group = "满意度"\n', 'group = "满 意 度"\n'),
        ('target = "≥200人次"\n', 'target = "≥200人次"\nmethod = "quantity"\n'),
        ('target = "≥200人次"\n', 'target = "≥200人次"\nmethod = { kind = "proportional" }\n'),
        ('name = "培训人次"', 'name = "培训人次" # a remark'),
    ],
)
def test_what_means_the_same_is_no_change(old: str, new: str) -> None:
    assert told((old, new)) == []
    assert list(between(edited((old, new)), OLD)) == []


def test_wording_stands_apart() -> None:
    old = edited(("score = 4", 'score = 4, name = "尚可", basis = "一"'))
    found = between(
        old, edited(("尚可", "可以"), ('basis = "一"', 'basis = "二"'), ("score = 2", "score = 1"), text=old)
    )
    assert [str(one) for one in found if one.wording] == [
        "method satisfaction · band ≥ 80% · basis: 一 → 二",
        "method satisfaction · band ≥ 80% · name: 尚可 → 可以",
    ]
    assert [one.wording for one in found] == [False, True, True]


def test_a_change_as_plain_data() -> None:
    (change,) = between(OLD, edited(("score = 4", "score = 3")))
    assert change.as_dict("zh") == {
        "kind": "changed",
        "section": "methods",
        "what": "方法 satisfaction · 区间 ≥ 80%",
        "before": "4 分",
        "after": "3 分",
        "wording": False,
        "message": "方法 satisfaction · 区间 ≥ 80%：4 → 3 分",
        "lines": [],
        "old": {"origin": "old.toml: methods.satisfaction.bands[1].score", "file": "old.toml", "line": 10},
        "new": {"origin": "new.toml: methods.satisfaction.bands[1].score", "file": "new.toml", "line": 10},
    }
    assert (change.what, change.before_in("en"), change.after_in("en")) == (
        "method satisfaction · band ≥ 80%",
        "4 points",
        "3 points",
    )


def test_every_key_and_every_part_has_plain_words() -> None:
    nouns = (
        scorecard.Scorecard,
        scorecard.Rounding,
        scorecard.Assign,
        scorecard.Group,
        scorecard.Indicator,
        scorecard.Grade,
        scorecard.Override,
        scorecard.Audit,
        scorecard.Tolerance,
        method.Limits,
        method.Measuring,
        method.Item,
        banded.Banded,
        banded.Band,
        Proportional,
        Threshold,
        Stepped,
        Graded,
        Tier,
        Counted,
    )
    parts = {*SECTIONS, *scorecard.OURS, "format", "rate", "row"}
    keys = {key for noun in nouns for key in schema.keys(noun)} - parts
    assert [key for key in sorted(keys) if f"key.{key.replace('_', '-')}" not in SENTENCES] == []
    assert [part for part in SECTIONS if f"section.{part}" not in SENTENCES] == []


def test_the_keys_of_a_method_are_those_that_a_file_writes() -> None:
    assert {"kind", "otherwise", "cap", "better", "basis"} <= keys_of(method.Method(scoring=Threshold())).keys()


# Which item is which.


def test_items_are_paired_by_the_surest_name() -> None:
    olds = [("a", "x"), (None, "y"), (None, "z")]
    news = [(None, "y"), ("a", "q"), (None, "x")]
    assert paired(olds, news) == {0: 1, 1: 0}
    assert not keeps_order({0: 1, 1: 0})
    assert paired([], [("a",)]) == {}
    assert list(aligned({0: 1, 1: 0}, 3, 3)) == [(1, 0), (0, 1), (None, 2), (2, None)]


def test_only_what_is_alone_of_its_kind_is_a_twin() -> None:
    assert with_twins({}, ["a", "b", "b"], ["b", "a", "c"]) == {0: 1}
    assert with_twins({0: 0}, ["a"], ["a", "a"]) == {0: 0}


def test_gaps_of_one_size_are_filled() -> None:
    assert with_gaps({0: 0, 2: 2}, 4, 5) == {0: 0, 1: 1, 2: 2}
    assert with_gaps({0: 1, 1: 0}, 3, 3) == {0: 1, 1: 0}


# Whose score moves.


def test_a_form_that_moves() -> None:
    plans = perfeval.loads(OLD, name="old.toml"), perfeval.loads(edited(("score = 4", "score = 3")), name="new.toml")
    (move,) = perfeval.compare(*plans, FACTS).moves
    assert move.before is not None
    assert move.after is not None
    assert (move.facts, move.before.total, move.after.total, move.by) == (
        "#1",
        Decimal("85.00"),
        Decimal("84.00"),
        Decimal("-1.00"),
    )
    assert (move.before.grade, move.changes_grade, move.moves) == ("良", False, True)
    assert [(row.indicator, str(row.before), str(row.by)) for row in move.rows] == [("教师满意度", "4.00", "-1.00")]
    assert move.as_dict()["rows"] == [
        {"indicator": "教师满意度", "group": "效益/满意度", "before": "4.00", "after": "3.00", "by": "-1.00"}
    ]


def test_forms_are_told_largest_move_first_and_none_stops_the_rest() -> None:
    new = edited(
        ("score = 4", "score = 3"), ("score = 2", "score = 0.5"), ('name = "良"\nfrom = 80', 'name = "良"\nfrom = 84')
    )
    several: list[dict[str, Any]] = [
        {**FACTS, "教师满意度": "95%"},
        {"people": 180},
        FACTS,
        {**FACTS, "教师满意度": "61%"},
    ]
    plans = perfeval.loads(OLD, name="old.toml"), perfeval.loads(new, name="new.toml")
    found = perfeval.compare(*plans, several)
    assert [(move.facts, move.by, move.changes_grade) for move in found.moves] == [
        ("#4", Decimal("-1.50"), True),
        ("#3", Decimal("-1.00"), False),
        ("#1", Decimal("0.00"), False),
        ("#2", None, False),
    ]
    assert {one.name for one in found.problems} == {"missing-fact"}


def test_a_form_that_only_one_of_the_two_can_score_is_kept_with_its_problems() -> None:
    new = edited(('id = "people"\nname = "培训人次"', 'name = "听课人次"'))
    plans = perfeval.loads(OLD, name="old.toml"), perfeval.loads(new, name="new.toml")
    (move,) = perfeval.compare(*plans, FACTS).moves
    assert move.before is not None
    assert (move.after, move.moves, move.old_problems) == (None, False, ())
    assert {one.name for one in move.new_problems} == {"missing-fact", "unknown-indicator"}
    assert perfeval.compare(*plans, FACTS).problems == ()


# Properties, over generated rule files.

slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def loaded(card: dict[str, Any], name: str) -> Plan:
    return perfeval.loads(tomli_w.dumps(card), name=name)


def written(form: Form) -> tuple[dict[str, Any], dict[str, Any]]:
    text, facts = form.written()
    return tomli.loads(text, parse_float=Decimal), facts


def retyped(value: Any) -> Any:
    """The same said otherwise: keys in another order, numbers and percentages with a decimal more."""
    if isinstance(value, dict):
        return {
            key: one if key in {"format", "to", "row", "total", "grade", "name"} else retyped(one)
            for key, one in reversed(value.items())
        }
    if isinstance(value, list):
        return [retyped(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"[0-9]+%", value):
        return value.replace("%", ".0%")
    return value


@slow
@given(forms())
def test_a_file_has_not_changed_from_itself(form: Form) -> None:
    card, _ = written(form)
    assert compare(loaded(card, "old.toml"), loaded(card, "new.toml")) == ()
    again = retyped(card)
    again["rounding"] = card["rounding"]
    found = compare(loaded(card, "old.toml"), loaded(again, "new.toml"))
    assert found == (), list(map(str, found))


def mirrored(change: Change) -> Any:
    kind = {"added": "removed", "removed": "added"}.get(change.kind, change.kind)
    return kind, change.section, str(change.after), str(change.before), change.new, change.old, change.wording


def plainly(change: Change) -> Any:
    return change.kind, change.section, str(change.before), str(change.after), change.old, change.new, change.wording


@slow
@given(forms(), forms())
def test_swapped_files_have_swapped_changes(one: Form, other: Form) -> None:
    old, new = loaded(written(one)[0], "old.toml"), loaded(written(other)[0], "new.toml")
    there, back = compare(old, new), compare(new, old)
    assert Counter(map(plainly, there)) == Counter(map(mirrored, back))
    for change in there:
        for lang in LANGUAGES:
            assert change.text(lang)
            assert not set("{}") & set(change.text(lang))
        assert change.old is not None or change.new is not None
        assert change.as_dict()["message"] == str(change)


CATALOGUE = sorted((Path(__file__).parents[1] / "catalogue").glob("*.toml"))


@pytest.mark.parametrize("index", range(len(CATALOGUE)), ids=[path.stem for path in CATALOGUE])
def test_every_way_of_scoring_is_compared(index: int) -> None:
    old, new = perfeval.load(CATALOGUE[index]), perfeval.load(CATALOGUE[index - 1])
    assert compare(old, perfeval.load(CATALOGUE[index])) == ()
    there, back = compare(old, new), compare(new, old)
    assert Counter(map(plainly, there)) == Counter(map(mirrored, back))
    for change in there:
        for lang in LANGUAGES:
            assert change.what_in(lang)
            assert "{" not in change.text(lang).replace(str(change.before), "").replace(str(change.after), "")
        assert json.dumps(change.as_dict("zh"))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, key))
    else:
        yield path


def replaced(value: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    if not path:
        return leaf
    key, *rest = path
    if isinstance(value, dict):
        return {**value, key: replaced(value[key], tuple(rest), leaf)}
    return [replaced(one, tuple(rest), leaf) if index == key else one for index, one in enumerate(value)]


WORDS = (
    ("half-up", "half-even", "down", "up"),
    ("whole", "started", "exact"),
    ("value", "completion", "difference", "deviation"),
    ("higher", "lower"),
    ("ratio", "linear"),
)


def others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | Decimal):
        return [value + 1, value - 1, value / 2]
    for words in WORDS:
        if value in words:
            return [word for word in words if word != value]
    if isinstance(value, str) and (match := re.search(r"[0-9]+", value)):
        number = int(match[0])
        return [value.replace(match[0], str(one), 1) for one in (number + 1, max(number - 1, 0), number * 2)]
    return [f"{value}甲"]


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A rule file, the same with a few things changed, and facts."""
    card, facts = written(draw(forms()))
    other, _ = written(draw(forms()))
    new = card
    for key in ("rounding", "grades", "cap"):
        if key in other and draw(st.integers(0, 3)) == 0:
            new = {**new, key: other[key]}
    for _ in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from([one for one in leaves(new) if one[0] not in {"format", "id", "title"}]))
        value = new
        for key in path:
            value = value[key]
        new = replaced(new, path, draw(st.sampled_from(others(value))))
    return card, new, facts


def outcome(plan: Plan, facts: dict[str, Any]) -> Any:
    try:
        found = plan.score(facts)
    except perfeval.InputError as error:
        return sorted(one.name for one in error.problems)
    rows = [(row.name, row.weight, row.measure, row.share, row.score, row.met, row.tier) for row in found]
    return found.total, found.grade, rows, [(group.path, group.score) for group in found.groups]


@settings(slow, max_examples=100)
@given(neighbours())
def test_where_any_score_differs_something_changed(
    three: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
) -> None:
    card, changed, facts = three
    old = loaded(card, "old.toml")
    try:
        new = loaded(changed, "new.toml")
    except perfeval.InputError:
        return  # what was changed makes no sense
    found = [change for change in compare(old, new) if not change.wording]
    before, after = outcome(old, facts), outcome(new, facts)
    assert found or before == after
    (move,) = perfeval.compare(old, new, facts).moves
    if isinstance(before, tuple) and isinstance(after, tuple):
        assert move.moves == ((before[0], before[1]) != (after[0], after[1]) or bool(move.rows))
        assert found or not move.moves


# In the terminal.


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "old.toml").write_text(OLD, "utf-8")
    new = edited(("score = 4", "score = 3"), ('name = "良"\nfrom = 80', 'name = "良"\nfrom = 85'))
    (tmp_path / "new.toml").write_text(new, "utf-8")
    forms = tmp_path / "forms"
    forms.mkdir()
    for name, share in (("a", "85%"), ("b", "95%"), ("c", "多")):
        text = f'[facts]\npeople = 180\n"教师满意度" = "{share}"\n"教学水平" = {{ tier = "好", score = 36 }}\n'
        (forms / f"{name}.toml").write_text(text, "utf-8")
    (forms / "rules.toml").write_text(OLD, "utf-8")  # a rule file beside the forms is no form
    return tmp_path


def run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = cli.main(["compare", *words])
    return code, *capsys.readouterr()


@pytest.mark.usefixtures("folder")
def test_on_the_command_line(capsys: Capture) -> None:
    code, out, err = run(capsys, "old.toml", "new.toml", "forms/a.toml", "forms/b.toml", "--lang", "en")
    assert (code, err) == (0, "")
    assert out == TABLE


TABLE = """\
old.toml → new.toml

methods
  method satisfaction · band ≥ 80%: 4 → 3 points
    old.toml:10 → new.toml:10

grades
  grade 良 · from: 80 → 85
    old.toml:47 → new.toml:47

form                          old     new      by   grade
───────────────────────────────────────────────────────────
forms/a.toml                85.00   84.00   -1.00   良 → 差
  教师满意度: 4.00 → 3.00

forms: 2; score moves in 1, grade changes in 1
"""


@pytest.mark.usefixtures("folder")
def test_a_folder_of_forms_and_one_that_cannot_be_scored(capsys: Capture) -> None:
    code, out, err = run(capsys, "old.toml", "new.toml", "forms")
    assert code == 2
    assert out.endswith("共 3 张表：得分变化 1 张，等级变化 1 张；无法计分 1 张\n")
    assert "forms/c.toml:3:1: " in err
    assert "rules.toml" not in err
    code, out, _ = run(capsys, "old.toml", "new.toml", "forms", "--format", "json")
    assert code == 2
    data = json.loads(out)
    assert [one["facts"] for one in data["moves"]] == ["forms/a.toml", "forms/b.toml", "forms/c.toml"]
    assert data["changes"][0]["message"] == "方法 satisfaction · 区间 ≥ 80%：4 → 3 分"
    assert (data["format"], data["old"]["file"], data["new"]["id"]) == (1, "old.toml", "demo/2024")


@pytest.mark.usefixtures("folder")
def test_bad_rule_files_are_told_of_both(capsys: Capture) -> None:
    Path("bad.toml").write_text('format = 1\nid = "x"\n', "utf-8")
    code, out, err = run(capsys, "bad.toml", "missing.toml", "forms")
    assert (code, out) == (2, "")
    assert "bad.toml:1:1: missing-key" in err
    assert "missing.toml: file-missing" in err
    assert run(capsys, "old.toml", "new.toml", "")[0] == 2


@pytest.mark.usefixtures("folder")
def test_the_language_is_that_of_the_new_file(capsys: Capture) -> None:
    text = Path("new.toml").read_text("utf-8").replace('lang = "zh"', 'lang = "en"')
    Path("new.toml").write_text(text, "utf-8")
    assert "grade 良 · from: 80 → 85" in run(capsys, "old.toml", "new.toml")[1]
    assert "等级 良 · 起始分：80 → 85" in run(capsys, "old.toml", "new.toml", "--lang", "zh")[1]


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_reads_at_any_width(width: int, lang: Any) -> None:
    new = edited(("score = 4", "score = 3"), ('name = "良"\nfrom = 80', 'name = "良"\nfrom = 85'))
    plans = perfeval.loads(OLD, name="old.toml"), perfeval.loads(new, name="new.toml")
    found = perfeval.compare(*plans, [FACTS, {**FACTS, "教师满意度": "70%"}])
    console = Console(file=io.StringIO(), width=width)
    console.print(comparison_view(found, width, lang))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(len(line) <= width for line in text.splitlines())
    for part in ("old.toml:10", "new.toml:10", "85.00", "84.00", "-1.00", "良 → 差", "教师满意度"):
        assert part in text


def test_a_bar_only_where_a_person_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    many = list(range(100))
    assert counted(many, "scoring", many=20) is many
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", stream)
    assert list(counted(many, "scoring", many=20)) == many
    assert "scoring" in stream.getvalue()
    few = many[:5]
    assert counted(few, "scoring", many=20) is few
