"""What a cell beside another one is taken for: each of these once scored a wrong number without a word."""

from __future__ import annotations

from typing import Any

import pytest

import perfeval


def scored(target: str, fact: Any, method: str = 'kind = "proportional"') -> perfeval.IndicatorResult:
    return perfeval.score(perfeval.loads(_rules(f'target = "{target}"', method)), {"行": fact})["行"]


def _rules(target: str, method: str) -> str:
    return f"""
format = 1
id = "readings"
title = "读数"
[methods.m]
{method}
[[indicators]]
name = "行"
weight = 100
{target}
method = "m"
"""


def refused(target: str, fact: Any, method: str = 'kind = "proportional"') -> list[str]:
    with pytest.raises(perfeval.InputError) as caught:
        scored(target, fact, method)
    return [one.name for one in caught.value.problems]


def said(row: perfeval.IndicatorResult) -> list[str]:
    return [str(one) for one in row.assumed]


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥1000吨", "5万"), ("≥20公里", "1万"), ("≥2000小时", "1千"), ("≥2000平方公里", "1千"), ("≥600万株", "5万")],
)
def test_a_multiplier_alone_beside_a_unit_of_another_size_is_refused(target: str, actual: str) -> None:
    assert refused(target, actual) == ["unit-missing"]


@pytest.mark.parametrize(("target", "actual"), [("≥50万", "24.5"), ("≥50", "24.5万"), ("≥50万", 24)])
def test_a_multiplier_on_one_side_only_is_refused(target: str, actual: Any) -> None:
    (name,) = refused(target, actual)
    assert name in {"unit-missing", "unit-mismatch"}


def test_a_multiplier_on_both_sides_converts() -> None:
    assert str(scored("≥50万", "24.5万").score) == "49.00"
    assert str(scored("≥1亿", "4900万").score) == "49.00"
    assert scored("≥50万", "0").score == 0


def test_a_multiplier_beside_money_is_of_yuan_and_says_so() -> None:
    row = scored("≥50万元", "24.5万")
    assert (str(row.score), said(row)) == ("49.00", ["行: 24.5万 has no unit and is read in 元"])


def test_a_multiplier_beside_a_unit_of_one_size_counts_it() -> None:
    row = scored("≥2000000人次", "98万")
    assert (str(row.score), said(row)) == ("49.00", ["行: 98万 has no unit and is read in 人次"])


def test_a_bare_number_stands_in_the_unit_of_its_target_and_says_so() -> None:
    row = scored("≥50万元", "24.5")
    assert (str(row.score), said(row)) == ("49.00", ["行: 24.5 has no unit and is read in 万元"])


def test_a_unit_beside_a_number_without_one_is_said() -> None:
    row = scored("≥10", "5公斤")
    assert str(row.score) == "50.00"
    assert said(row) == ["行: the target ≥10 has no unit, so 5公斤 is compared as a number"]
    assert refused("≥10", "5吨") == ["unit-mismatch"]


@pytest.mark.parametrize("target", ["2021.11", "≤2021.9", "2021.1", "=2021.12"])
def test_a_target_that_may_be_a_month_is_refused(target: str) -> None:
    assert refused(target, "2021.12") == ["ambiguous-date"]


def test_what_looks_like_a_month_is_a_number_beside_numbers_and_no_date_beside_dates() -> None:
    assert str(scored("≥2500", "2021.12").score) == "80.84"
    assert str(scored("≥2021.13万元", "2021.13万元").score) == "100.00"
    assert refused("2021年12月", "2021.12", 'kind = "threshold"') == ["not-a-date"]


def test_dates_without_years_are_read_in_one_year_and_say_so() -> None:
    row = scored("11月底前", "11月20日", 'kind = "threshold"')
    assert (str(row.score), len(said(row))) == ("100.00", 1)


@pytest.mark.parametrize("kind", ["proportional", "threshold"])
def test_better_decides_beside_an_equals_sign(kind: str) -> None:
    method = f'kind = "{kind}"\nbetter = "lower"'
    assert scored("=50万元", "100万元", method).score < 100
    assert scored("=50万元", "40万元", method).score == 100
    assert scored("=50万元", "40万元", f'kind = "{kind}"').score < 100


def test_what_is_to_be_zero_cannot_be_better_higher() -> None:
    assert refused("=0件", "1件", 'kind = "proportional"\nbetter = "higher"') == ["direction-clash"]


@pytest.mark.parametrize(
    "method",
    [
        'kind = "banded"\nmeasure = "completion"\nbands = [{ from = "50%", score = "50%" }, { score = "20%" }]',
        'kind = "stepped"\nmeasure = "deviation"\nstart = "80%"\nminus = 1\nper = "1%"\nsteps = "whole"',
    ],
)
def test_only_proportions_and_thresholds_are_met_or_missed_at_zero(method: str) -> None:
    assert refused("=0件", "0件", method) == ["zero-target"]
    assert str(scored("=0件", "0件", method + '\nzero_target = "70%"').score) == "70.00"


def test_a_target_of_zero_that_was_met_has_no_measure() -> None:
    row = scored("≤0元", "5万元")
    assert (str(row.score), row.measure, row.unbounded) == ("0.00", None, False)


@pytest.mark.parametrize("otherwise", ["0", '"proportional"'])
def test_a_budget_of_zero_is_what_the_rule_says_or_a_problem(otherwise: str) -> None:
    method = f'kind = "threshold"\notherwise = {otherwise}\nactual = "executed"\ntarget = "budget"'
    fact = {"executed": "0元", "budget": "0元"}
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.score(perfeval.loads(_rules("", method)), {"行": fact})
    assert [one.name for one in caught.value.problems] == ["zero-target"]
    plan = perfeval.loads(_rules("", method + '\nzero_target = "30%"'))
    assert str(perfeval.score(plan, {"行": fact}).total) == "30.00"


def test_a_judged_score_stays_above_the_floor() -> None:
    tiers = 'tiers = [{ name = "甲", from = "80%" }, { name = "乙", from = "0%" }]'
    graded = f'kind = "graded"\n{tiers}'
    assert refused("好", {"tier": "乙", "score": 29}, graded + "\nfloor = 30") == ["score-outside-tier"]
    assert str(scored("好", {"tier": "乙", "score": 30}, graded + "\nfloor = 30").score) == "30.00"


def test_nothing_a_result_holds_can_be_changed() -> None:
    row = scored("≥50万元", "24.5")
    with pytest.raises(TypeError):
        row.assumed[0].args["found"] = "9"  # type: ignore[index]
    plan = perfeval.loads(_rules('target = "≥5"', 'kind = "proportional"'))
    with pytest.raises((TypeError, AttributeError)):
        plan.program.names.clear()  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        plan.card.methods["m"] = plan.card.methods["m"]  # type: ignore[index]
    assert hash(plan.card) == hash(perfeval.loads(_rules('target = "≥5"', 'kind = "proportional"')).card)


def _loaded(target: str, method: str) -> list[str]:
    with pytest.raises(perfeval.InputError) as caught:
        perfeval.loads(_rules(f'target = "{target}"', method))
    return [one.name for one in caught.value.problems]


DATES = 'kind = "banded"\nbands = [{{ to = "{edge}", score = 100 }}, {{ score = 0 }}]'


@pytest.mark.parametrize(("target", "edge"), [("2021-11-30", "11月30日"), ("12月底前", "2021-11-30")])
def test_an_edge_with_a_year_does_not_go_with_a_target_without_one(target: str, edge: str) -> None:
    assert _loaded(target, DATES.format(edge=edge)) == ["date-without-year"]


def test_an_edge_without_the_multiplier_of_its_target_is_refused() -> None:
    method = 'kind = "banded"\nbands = [{ from = 50, score = 100 }, { score = 0 }]'
    assert _loaded("50万", method) == ["unit-missing"]


SLOPE = """kind = "banded"
interpolate = true
bands = [{ to = "2021-10-01", score = 100 }, { to = "2021-12-31", score = 0 }, { score = 0 }]"""
STEPS = 'kind = "stepped"\nminus = 1\nper = "10天"\nsteps = "whole"'


@pytest.mark.parametrize(
    ("target", "actual", "method"),
    [
        ("2021年11月", "2021年", STEPS),
        ("2021年11月", "2021年12月", STEPS),
        ("2021年6月", "2021年", 'kind = "threshold"'),
        ("2021年11月", "2021年11月", DATES.format(edge="2021-11-15")),
        (
            "2021-12-31",
            "2021年11月",
            SLOPE,
        ),
    ],
)
def test_a_period_is_refused_where_its_days_would_earn_otherwise(target: str, actual: str, method: str) -> None:
    assert refused(target, actual, method) == ["vague-date"]


@pytest.mark.parametrize("method", ['kind = "threshold"', STEPS])
def test_the_same_period_is_reached_as_a_whole(method: str) -> None:
    assert str(scored("2021.1-12", "2021年1-12月", method).score) == "100.00"
