"""perfeval.engine.facts.reader: every type that a fact may come in is read as what it says, or refused."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import perfeval

RULES = """
format = 1
id = "facts"
title = "读数"
[[indicators]]
name = "行"
weight = 100
{target}
method = {method}
"""
PROPORTIONAL = '{ kind = "proportional", cap = "none" }'


def score(raw: Any, target: str = "100", method: str = PROPORTIONAL) -> perfeval.IndicatorResult:
    line = f'target = "{target}"' if target else ""
    return perfeval.score(perfeval.loads(RULES.format(target=line, method=method)), {"行": raw})["行"]


def refusal(raw: Any, target: str = "100", method: str = PROPORTIONAL) -> str:
    with pytest.raises(perfeval.InputError) as caught:
        score(raw, target, method)
    (problem,) = caught.value.problems
    assert problem.message
    assert problem.hint
    return problem.name


READ: list[tuple[Any, str, str]] = [
    (50, "100", "0.5"),
    (Decimal("50.5"), "100", "0.505"),
    (Decimal("5.05E+1"), "100", "0.505"),
    (Fraction(200, 3), "100", "2/3"),
    (0.1, "100", "0.001"),
    (1e-7, "100", "0.000000001"),
    ("50", "100", "0.5"),
    ("５０", "100", "0.5"),
    (" 1,250 ", "100", "12.5"),
    ("=50", "100", "0.5"),
    (-0.0, "100", "0"),
    ("50万元", "≥100万元", "0.5"),
    ("500000元", "≥100万元", "0.5"),
    ("0.005亿元", "≥100万元", "0.5"),
    (50, "≥100万元", "0.5"),
    (Decimal("24.5"), "≥50万元", "0.49"),
    ("50万", "≥100万元", "0.5"),
    ("45%", "≥90%", "0.5"),
    ("45％", "≥90%", "0.5"),
    ("735人次", "≥735人次", "1"),
    (735, "≥735人次", "1"),
    ("50人次", "≥100", "0.5"),
    ({"actual": 50}, "100", "0.5"),
    ({"actual": "50", "reason": "天气"}, "100", "0.5"),
]


@pytest.mark.parametrize(("raw", "target", "measure"), READ)
def test_what_is_read(raw: Any, target: str, measure: str) -> None:
    assert score(raw, target).measure == Fraction(measure)


REFUSED: list[tuple[Any, str, str]] = [
    (None, "100", "missing-fact"),
    ("", "100", "missing-fact"),
    ("—", "100", "missing-fact"),
    ({}, "100", "missing-fact"),
    ({"actual": " "}, "100", "missing-fact"),
    (True, "100", "bad-fact"),
    ([50], "100", "unmerged-fact"),
    ({"actual": {"actual": 1}}, "100", "bad-fact"),
    ({"actual": 50, "reason": 3}, "100", "bad-fact"),
    (b"50", "100", "bad-fact"),
    ({"actual": 50, "aktual": 1}, "100", "unknown-key"),
    (float("nan"), "100", "not-finite"),
    (float("inf"), "100", "not-finite"),
    (Decimal("nan"), "100", "not-finite"),
    (Decimal("Infinity"), "100", "not-finite"),
    (10**30, "100", "number-too-large"),
    (Decimal("1E+40"), "100", "number-too-large"),
    ("共39件作品", "100", "not-a-number"),
    ("≥90%", "≥90%", "bound-as-actual"),
    ("200余人", "≥200人", "bound-as-actual"),
    ("约50", "100", "bound-as-actual"),
    (95, "≥90%", "unit-missing"),
    ("0.95", "≥90%", "unit-missing"),
    ("5天", "≥100万元", "unit-mismatch"),
    ("50万元", "≥100", "unit-mismatch"),
    ("45%", "≥100", "unit-mismatch"),
    ("2021-11-30", "100", "unit-mismatch"),
]


@pytest.mark.parametrize(("raw", "target", "name"), REFUSED)
def test_what_is_refused(raw: Any, target: str, name: str) -> None:
    assert refusal(raw, target) == name


def test_a_bare_number_beside_a_unit_is_an_assumption() -> None:
    row = score(24.5, "≥50万元")
    assert [one.text("en") for one in row.assumed] == ["行: 24.5 has no unit and is read in 万元"]
    assert score("24.5万元", "≥50万元").assumed == ()


DATES = [
    (datetime.date(2021, 11, 30), True),
    ("2021-11-30", True),
    ("2021年11月", True),
    ("2021年12月1日", False),
    (datetime.date(2022, 1, 1), False),
]


@pytest.mark.parametrize(("raw", "met"), DATES)
def test_dates(raw: Any, met: bool) -> None:
    row = score(raw, "2021年11月底前", '{ kind = "threshold" }')
    assert row.met is met
    assert row.score == (100 if met else 0)


def test_a_date_is_refused_where_it_cannot_be_compared() -> None:
    assert refusal("11月30日", "2021年11月底前", '{ kind = "threshold" }') == "date-without-year"
    assert refusal("5天", "2021年11月底前", '{ kind = "threshold" }') == "unit-mismatch"
    assert (
        refusal(datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC), "≤2021-11-30", '{ kind = "threshold" }')
        == "bad-fact"
    )


def test_bands_may_be_of_dates() -> None:
    edges = '{ to = "2021-11-30", score = 100 }, { to = "2021-12-31", score = 50 }, { score = 0 }'
    bands = f'{{ kind = "banded", bands = [{edges}] }}'
    found = [score(day, "≤2021-11-30", bands).score for day in ("2021-11-30", "2021-12-01", "2022-01-01")]
    assert found == [100, 50, 0]
    row = score("2021-12-01", "≤2021-11-30", bands)
    assert [step.formula_in("en") for step in row.steps if step.term == "share"] == [
        "the value > 2021-11-30, ≤ 2021-12-31"
    ]


MADE = '{ kind = "proportional", actual = "executed", target = { add = ["budget", "carried"], less = ["pooled"] } }'


def test_amounts_are_added_and_taken_off_in_their_own_units() -> None:
    raw = {"executed": "24.5万元", "budget": "500000元", "carried": "10万元", "pooled": "0.001亿元", "reason": "结转"}
    row = score(raw, "", MADE)
    assert row.measure == Fraction("0.49")
    assert (row.target, row.actual, row.reason) == ("500000元", "24.5万元", "结转")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("24.5万元", "missing-amount"),
        ({"executed": 1, "budget": 1, "carried": 0}, "missing-amount"),
        ({"executed": 1, "budget": 1, "carried": 0, "pooled": "—"}, "missing-amount"),
        ({"executed": 1, "budget": 1, "carried": 0, "pooled": 1}, "zero-target"),
        ({"executed": 1, "budget": 1, "carried": 0, "pooled": 2}, "negative-target"),
        ({"executed": "1%", "budget": "1元", "carried": 0, "pooled": 0}, "unit-mismatch"),
        ({"executed": 1, "budget": 1, "carried": 0, "pooled": 0, "extra": 0}, "unknown-key"),
    ],
)
def test_amounts_that_are_not_there(raw: Any, name: str) -> None:
    assert refusal(raw, "", MADE) == name


TIERS = (
    '{ kind = "graded", tiers = [{ name = "达成 指标", from = "80%", aliases = ["优"] }, { name = "差", score = 0 }] }'
)


@pytest.mark.parametrize(
    ("raw", "score_"),
    [
        ({"tier": "达成指标", "score": 80}, "80"),
        ({"tier": "优", "score": "99.5%"}, "99.5"),
        ({"tier": "优", "score": 0.1 + 99.8}, "99.9"),
        ({"actual": "优", "score": 100}, "100"),
        ({"tier": "差", "actual": "效果不好"}, "0"),
        ("差", "0"),
        ({"tier": "差", "score": 0}, "0"),
    ],
)
def test_tiers(raw: Any, score_: str) -> None:
    assert score(raw, "", TIERS).score == Decimal(score_)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("", "missing-fact"),
        ("优", "missing-score"),
        ("中", "unknown-tier"),
        ({"actual": "效果好", "score": 90}, "missing-tier"),
        (5, "bad-fact"),
        (True, "bad-fact"),
        ({"tier": "优", "score": Decimal("79.99")}, "score-outside-tier"),
        ({"tier": "优", "score": 100.01}, "score-outside-tier"),
        ({"tier": "差", "score": 1}, "score-outside-tier"),
        ({"tier": "优", "score": "九十"}, "bad-fact"),
        ({"tier": "优", "score": float("nan")}, "not-finite"),
    ],
)
def test_tiers_that_are_not_there(raw: Any, name: str) -> None:
    assert refusal(raw, "", TIERS) == name
