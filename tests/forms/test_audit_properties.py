"""Forms built from the policy with numbers of our own: no error is found; one number changed, and it is named.

The numbers come from fractions and the rules in words (proportional, threshold, three tiers), not from the code under
test.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from attrs import frozen
from forms import dotted, form_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import perfeval
from perfeval.forms.audit.audit import Audit
from perfeval.forms.form import Form

#: The roundings of the scores of a form: the step and the mode.
STEPS: Final = ("1", "0.5", "0.1", "0.01", "0.001")
MODES: Final = ("half-up", "half-even", "down", "up")
GRADES: Final = ((90, ("优", "优秀")), (80, ("良", "良好")), (60, ("中",)), (0, ("差",)))
UNITS: Final = ("", "人次", "件", "场")

#: Cells that nothing else on the form fixes: changing one makes no error. What they say is for a reader to judge.
UNFIXED: Final = (
    *("title", "project", "department", "agency", "year", "goals.0.expected", "evidence.0.checked"),
    *("problems.0.problem", "problems.0.measure", "results.use", "results.published"),
    # The names of lines and rows, and the reason for lost points.
    *("funds.0.name", "indicators.0.name", "indicators.0.reason"),
    # The budget of the year's start where its parts are blank: no rate rests on it.
    "funds.0.year_start_budget",
    # What a judged row aimed at and reached: words, and its score is a person's.
    *("effect.target", "effect.actual"),
)


#: One corruption after another takes its time; `--hypothesis-profile=long` looks at whole forms further.
FEWER: Final = settings(max_examples=40)


def rounded(value: Fraction, step: Fraction, mode: str) -> Fraction:
    steps = value / step
    low = floor(steps)
    if mode == "down" or steps == low:
        return low * step
    if mode == "up":
        return ceil(steps) * step
    half = steps - low
    up = half > Fraction(1, 2) or (half == Fraction(1, 2) and (mode == "half-up" or low % 2 == 1))
    return (low + up) * step


def text(value: Fraction, places: int = 6) -> str:
    """*value* in decimals, as many as it has."""
    whole, rest = divmod(abs(value) * 10**places, 1)
    assert rest == 0, value
    digits = f"{int(whole):0{places + 1}d}"
    shown = f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip("0").rstrip(".")
    return ("-" if value < 0 else "") + shown


@frozen
class Built:
    """A form as plain data, with what our own arithmetic says of it."""

    data: dict[str, Any]
    scores: tuple[Fraction, ...]
    kinds: tuple[str, ...]
    executed: Fraction
    budget: Fraction
    rate_places: int


def measured(draw: st.DrawFn, kind: str) -> tuple[str, str, Fraction]:
    """Target, actual, and the share of the weight that the policy gives them."""
    if kind == "quantity":
        unit = draw(st.sampled_from(UNITS))
        target, actual = draw(st.integers(1, 400)), draw(st.integers(0, 520))
        sign = draw(st.sampled_from(("", "≥", "=", "≥ ")))
        return (
            f"{sign}{target}{unit}",
            f"{actual}{draw(st.sampled_from((unit, '')))}",
            min(Fraction(actual, target), Fraction(1)),
        )
    if kind in {"percent", "satisfaction"}:
        target, actual = draw(st.integers(1, 1000)), draw(st.integers(0, 1000))
        sign = draw(st.sampled_from(("", "≥", "＞＝")))
        share = min(Fraction(actual, target), Fraction(1))
        return f"{sign}{text(Fraction(target, 10))}%", f"{text(Fraction(actual, 10))}%", share
    if kind == "cost":
        target, actual = draw(st.integers(1, 9999)), draw(st.integers(1, 12000))
        sign = draw(st.sampled_from(("", "≤", "不超过")))
        unit = draw(st.sampled_from(("万元", "元")))
        share = min(Fraction(target, actual), Fraction(1))
        return f"{sign}{text(Fraction(target, 100))}{unit}", f"{text(Fraction(actual, 100))}{unit}", share
    if kind == "deadline":
        month, done = draw(st.integers(1, 12)), draw(st.integers(1, 12))
        return f"2021年{month}月底前", f"2021年{done}月", Fraction(int(done <= month))
    words = draw(st.sampled_from(("有效提升", "显著改善", "长期")))
    # Equal words are the first tier: 80% and more.
    return words, words, Fraction(draw(st.integers(80, 100)), 100)


OUTPUT: Final = (("数量指标", "quantity"), ("质量指标", "percent"), ("时效指标", "deadline"), ("成本指标", "cost"))
LAYOUT: Final = (
    (
        "产出指标",
        50,
        (("数量指标", "quantity"), ("质量指标", "percent"), ("时效指标", "deadline"), ("成本指标", "cost")),
    ),
    ("效益指标", 30, (("经济效益指标", "quantity"), ("社会效益指标", "effect"), ("可持续影响指标", "effect"))),
    ("满意度指标", 10, (("服务对象满意度指标", "satisfaction"),)),
)


@st.composite
def built(draw: st.DrawFn) -> Built:
    """A form with consistent numbers: every kind of row, parts of the money, headings with points or without."""
    step_text, mode = draw(st.sampled_from(STEPS)), draw(st.sampled_from(MODES))
    step = Fraction(step_text)
    headed = draw(st.booleans())
    rows: list[dict[str, Any]] = []
    scores: list[Fraction] = []
    kinds: list[str] = []
    for group, points, places_in in LAYOUT:
        # Half a row of each group may be split in two.
        extra = draw(st.lists(st.sampled_from(places_in), max_size=2))
        chosen = sorted([*places_in, *extra], key=places_in.index)
        weights = [Fraction(points, len(chosen))] * len(chosen)
        # Whole points where the scores are whole, else halves: rounded scores stay within their weights.
        unit = Fraction(1) if step == 1 else Fraction(1, 2)
        weights = [floor(one / unit) * unit for one in weights]
        weights[-1] += points - sum(weights)
        for (second, kind), weight in zip(chosen, weights, strict=True):
            target, actual, share = measured(draw, kind)
            score = rounded(share * weight, step, mode)
            if kind == "effect":
                # A person gives it, in the same steps, inside the tier.
                score = max(score, step * ceil(weight * Fraction(4, 5) / step))
                score = min(score, step * floor(weight / step)) if score > weight else score
                if score < weight * Fraction(4, 5):
                    score = weight
            heading = f"{group}（{points}分）" if headed else group
            rows.append(
                {
                    "group": f"{heading}/{second}",
                    "name": f"第{len(rows) + 1}项",
                    "target": target,
                    "actual": actual,
                    "weight": text(weight),
                    "score": text(score),
                    **({"reason": "有客观原因"} if score < weight else {"reason": ""}),
                }
            )
            scores.append(score)
            kinds.append(kind)
    budget = Fraction(draw(st.integers(100, 99_999)), 100)
    executed = Fraction(draw(st.integers(1, 105_000)), 100)
    assume(executed <= budget * Fraction(11, 10))
    rate_places = draw(st.integers(0, 2))
    rate = rounded(executed / budget * 100, Fraction(1, 10**rate_places), "half-up")
    first = rounded(10 * min(executed / budget, Fraction(1)), step, mode)
    scores.insert(0, first)
    total = sum(scores, Fraction(0))
    parts = draw(st.integers(0, 2))
    whole = {
        "name": "年度资金总额",
        "year_start_budget": text(budget),
        "annual_budget": text(budget),
        "executed": text(executed),
        "weight": "10",
        "rate": f"{text(rate)}%",
        "score": text(first),
    }
    funds = [whole]
    if parts:
        share = Fraction(draw(st.integers(0, 100)), 100)
        of = [(floor(one * share * 100) / Fraction(100), one) for one in (budget, executed)]
        for name, amounts in (
            ("其中：当年财政拨款", [text(part) for part, _ in of]),
            ("其他资金", [text(one - part) for part, one in of]),
        ):
            funds.append({"name": name, "annual_budget": amounts[0], "executed": amounts[1], "weight": "—"})
    names = next(names for edge, names in GRADES if total >= edge)
    data = {
        "title": "2021年度项目支出绩效自评表",
        "project": "甲",
        "department": "乙",
        "agency": "丙",
        "year": "2021",
        **({"money": "万元"} if draw(st.booleans()) else {}),
        "funds": funds,
        "indicators": rows,
        "goals": [{"expected": "提升", "actual": "部分完成"}],
        "evidence": [{"checked": "账目"}],
        "problems": [{"problem": "人手不足", "measure": "增加人手"}],
        "results": {"use": "用于预算", "published": "网站"},
        "reported": {"total": text(total), "grade": draw(st.sampled_from(names)), "weight_total": "100"},
        "report": {"total": f"{text(total)}分"},
    }
    return Built(data, tuple(scores), tuple(kinds), executed, budget, rate_places)


def changed(data: dict[str, Any], path: str, value: Any) -> Form:
    """The form of *data* with *value* at *path*, and without the report around it, which would repeat the total."""
    made = copy.deepcopy(data)
    del made["report"]
    at: Any = made
    *steps, last = path.split(".")
    for one in steps:
        at = at[int(one) if one.isdigit() else one]
    at[last] = value
    return form_of(made)


def errors(found: Audit) -> list[tuple[str, set[str]]]:
    return [(one.name, set(map(dotted, one.origins))) for one in found.findings if one.severity == "error"]


def told(found: Audit) -> list[str]:
    return [f"{one.name}: {one.text('en')}" for one in found.findings if one.severity == "error"]


@given(built())
def test_a_form_with_consistent_numbers_has_no_error(one: Built) -> None:
    found = perfeval.audit(None, form_of(one.data))
    assert told(found) == []
    # And our own arithmetic is the engine's: what the rules give in the form's rounding is what it prints. Where a
    # single row shows that a form does not round half up, it is told of that row and not taken over.
    odd = [
        line.name
        for line, score in zip(found.lines, one.scores, strict=True)
        if line.computed is not None and found.rounding.round(line.computed) != score
    ]
    full = {line.name for line in found.lines if line.has_full_marks}
    assert len(set(odd) - full) <= 1  # full marks show no rounding: rounding up leads there from anywhere
    assert not odd or found.rounding.by_policy
    told_of = [row for finding in found.findings if finding.name == "score-mismatch" for row in finding.rows]
    assert told_of == [name for name in odd if name != "预算执行率"]
    assert Fraction(found.added_up.total or 0) == sum(one.scores)
    assert {line.name for line in found.lines if line.state == "judged"} >= {
        f"第{index + 1}项" for index, kind in enumerate(one.kinds) if kind == "effect"
    }


def without_weights(data: dict[str, Any]) -> Form:
    for row in data["indicators"]:
        row["weight"] = ""
    return form_of(data)


def with_weights_in_headings(data: dict[str, Any]) -> Form:
    for row in data["indicators"]:
        row["weight"] = ""
        first, _, second = row["group"].partition("/")
        points = next(points for group, points, _ in LAYOUT if group == first.partition("（")[0])
        row["group"] = f"{first.partition('（')[0]}({points}分)/{second}"
    return form_of(data)


def with_bounds_as_actuals(data: dict[str, Any]) -> Form:
    for row in data["indicators"]:
        if row["target"][0] in "≥＞≤" and row["score"] == row["weight"]:
            row["actual"] = row["target"]
    return form_of(data)


def with_levels_once(data: dict[str, Any]) -> Form:
    """As tables print them: merged cells, and the name of a level in the first row only."""
    printed: list[dict[str, str]] = []
    before = ["", ""]
    for row in data["indicators"]:
        levels = row["group"].split("/")
        first = "" if levels[0] == before[0] else levels[0]
        second = "" if levels == before else levels[1]
        before = levels
        own = {key: row[key] for key in ("name", "target", "actual", "weight", "score")}
        printed.append({"level1": first, "level2": second, **own, "note": row["reason"]})
    reported = data["reported"]
    layout = {
        **{key: data[key] for key in ("title", "year", "funds")},
        "indicators": printed,
        "reported_total": reported["total"],
        "reported_grade": reported["grade"],
        "printed_weight_total": reported["weight_total"],
        "complete": True,
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.json"
        path.write_text(json.dumps(layout), encoding="utf-8")
        return perfeval.load_form(path)


STYLES: Final = (without_weights, with_weights_in_headings, with_bounds_as_actuals, with_levels_once)


@pytest.mark.parametrize("style", STYLES)
@settings(FEWER)
@given(one=built())
def test_a_sound_form_has_no_error_in_any_print(style: Callable[[dict[str, Any]], Form], one: Built) -> None:
    assert told(perfeval.audit(None, style(copy.deepcopy(one.data)))) == []


DELTA: Final = st.sampled_from(
    [Fraction(number) for number in ("0.01", "0.1", "0.5", "1", "2", "5", "-0.5", "-1", "-3")]
)


@settings(FEWER)
@given(built(), st.data(), DELTA)
def test_a_score_is_fixed_by_the_total(one: Built, data: st.DataObject, delta: Fraction) -> None:
    index = data.draw(st.integers(0, len(one.scores) - 1))
    assume(one.scores[index] + delta >= 0)
    path = f"indicators.{index - 1}.score" if index else "funds.0.score"
    found = errors(perfeval.audit(None, changed(one.data, path, text(one.scores[index] + delta))))
    assert [name for name, cells in found if cells & {path, "reported.total"}], found


@settings(FEWER)
@given(built(), DELTA)
def test_a_total_is_fixed_by_the_scores(one: Built, delta: Fraction) -> None:
    assume(sum(one.scores) + delta >= 0)
    found = errors(perfeval.audit(None, changed(one.data, "reported.total", text(sum(one.scores) + delta))))
    assert "total-mismatch" in {name for name, cells in found if "reported.total" in cells}


@settings(FEWER)
@given(built(), st.data(), DELTA)
def test_any_weight_is_fixed_by_their_sum(one: Built, data: st.DataObject, delta: Fraction) -> None:
    index = data.draw(st.integers(0, len(one.scores) - 1))
    path = f"indicators.{index - 1}.weight" if index else "funds.0.weight"
    old = Fraction(one.data["indicators"][index - 1]["weight"]) if index else Fraction(10)
    assume(old + delta > 0)
    found = errors(perfeval.audit(None, changed(one.data, path, text(old + delta))))
    named = {name for name, cells in found if cells & {path, "reported.weight_total"}}
    assert "weights-mismatch" in named
    if index and "（" in one.data["indicators"][index - 1]["group"]:
        assert any(path in cells for name, cells in found if name == "weights-mismatch")


@settings(FEWER)
@given(built(), DELTA)
def test_the_sum_of_the_weights_is_fixed_by_them(one: Built, delta: Fraction) -> None:
    found = errors(perfeval.audit(None, changed(one.data, "reported.weight_total", text(100 + delta))))
    assert ("weights-mismatch", {"reported.weight_total"}) in found


@settings(FEWER)
@given(built(), st.integers(2, 30), st.sampled_from((1, -1)))
def test_a_rate_is_fixed_by_its_amounts(one: Built, steps: int, sign: int) -> None:
    rate = Fraction(one.data["funds"][0]["rate"][:-1]) + sign * steps * Fraction(1, 10**one.rate_places)
    assume(rate >= 0)
    # With all of its decimals: 34% would say less than 34.0%.
    whole, _, rest = text(rate).partition(".")
    printed = f"{whole}.{rest:0<{one.rate_places}}%" if one.rate_places else f"{whole}%"
    found = errors(perfeval.audit(None, changed(one.data, "funds.0.rate", printed)))
    assert "rate-mismatch" in {name for name, cells in found if "funds.0.rate" in cells}


@settings(FEWER)
@given(built(), st.integers(3, 60), st.sampled_from((1, -1)))
def test_an_amount_executed_is_fixed_by_its_rate(one: Built, percents: int, sign: int) -> None:
    executed = rounded(one.executed + sign * one.budget * Fraction(percents, 100), Fraction(1, 100), "half-up")
    assume(executed >= 0)
    found = errors(perfeval.audit(None, changed(one.data, "funds.0.executed", text(executed))))
    assert "rate-mismatch" in {name for name, cells in found if "funds.0.executed" in cells}
    if len(one.data["funds"]) > 1:
        assert "funds-mismatch" in {name for name, cells in found if "funds.0.executed" in cells}


@settings(FEWER)
@given(built(), st.data(), st.sampled_from(("annual_budget", "executed")), st.integers(1, 5000))
def test_a_part_of_the_money_is_fixed_by_its_total(one: Built, data: st.DataObject, key: str, hundredths: int) -> None:
    assume(len(one.data["funds"]) > 1)
    index = data.draw(st.integers(0, len(one.data["funds"]) - 1))
    value = Fraction(one.data["funds"][index][key]) + Fraction(hundredths, 100)
    path = f"funds.{index}.{key}"
    found = errors(perfeval.audit(None, changed(one.data, path, text(value))))
    assert "funds-mismatch" in {name for name, cells in found if path in cells}


@settings(FEWER)
@given(built(), st.data())
def test_a_grade_is_fixed_by_the_total(one: Built, data: st.DataObject) -> None:
    names = [names for _, names in GRADES if one.data["reported"]["grade"] not in names]
    other = data.draw(st.sampled_from([name for group in names for name in group]))
    found = errors(perfeval.audit(None, changed(one.data, "reported.grade", other)))
    assert ("grade-mismatch", {"reported.grade", "reported.total"}) in found


@settings(FEWER)
@given(built(), st.data(), st.sampled_from(("target", "actual")), st.sampled_from(("", "　", "/", "—")))
def test_a_blank_target_or_actual_of_a_scored_row_is_named(
    one: Built, data: st.DataObject, key: str, filler: str
) -> None:
    index = data.draw(st.integers(0, len(one.kinds) - 1))
    found = perfeval.audit(None, changed(one.data, f"indicators.{index}.{key}", filler))
    assert told(found) == []
    path, name = f"indicators.{index}.{key}", one.data["indicators"][index]["name"]
    warnings = [each for each in found.findings if each.severity == "warning" and name in each.rows]
    assert path in {dotted(origin) for each in warnings for origin in each.origins}
    assert {"full-marks-on-blank", "unfilled"} & {each.name for each in warnings}


@settings(FEWER)
@given(built(), st.data())
def test_a_target_missed_by_half_is_no_full_marks(one: Built, data: st.DataObject) -> None:
    """The score of a measured row is fixed by the rule, too."""
    full = [
        index
        for index, kind in enumerate(one.kinds)
        if kind in {"quantity", "percent", "satisfaction", "cost"}
        and (kind == "cost" or one.data["indicators"][index]["target"][0] in "≥＞")
        and one.scores[index + 1] == Fraction(one.data["indicators"][index]["weight"]) >= 4
    ]
    assume(full)
    index = data.draw(st.sampled_from(full))
    row = one.data["indicators"][index]
    number = "".join(letter for letter in row["target"] if letter in "0123456789.")
    unit = row["target"].partition(number)[2]
    off = Fraction(number) * (2 if one.kinds[index] == "cost" else Fraction(1, 2))
    found = perfeval.audit(None, changed(one.data, f"indicators.{index}.actual", f"{text(off)}{unit}"))
    path = f"indicators.{index}.score"
    assert {"score-mismatch"} == {name for name, cells in errors(found) if path in cells}
    assert "missed-but-full" in {name for each in found.findings if row["name"] in each.rows for name in each.also}


@pytest.mark.parametrize("path", UNFIXED)
@settings(max_examples=8)
@given(built(), st.sampled_from(("别的文字", "第九项的说明")))
def test_what_nothing_fixes_makes_no_error(path: str, one: Built, words: str) -> None:
    value = "1.23" if path.endswith("budget") else words
    if path.startswith("effect"):
        path = path.replace("effect", f"indicators.{one.kinds.index('effect')}")
    if path == "year":
        value = "2022"
    found = perfeval.audit(None, changed(one.data, path, value))
    assert told(found) == []
