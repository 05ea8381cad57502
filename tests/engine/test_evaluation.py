"""perfeval.engine.results.evaluation: what the properties of generated forms do not reach."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import perfeval

HEAD = 'format = 1\nid = "direct"\ntitle = "直接"\n'


def score(raw: Any, method: str, *, target: str = "", weight: str = "100", head: str = "") -> perfeval.Evaluation:
    """A row with this method, and what is missing to 100 in a row that earns nothing."""
    row = f'[[indicators]]\nname = "行"\nweight = {weight}\nmethod = {method}\n' + (
        f'target = "{target}"\n' if target else ""
    )
    facts = {"行": raw}
    if weight != "100":
        rest = f"weight = {100 - Decimal(weight)}"
        nothing = 'method = { kind = "graded", tiers = [{ name = "无", score = 0 }] }'
        row += f'[[indicators]]\nname = "余"\n{rest}\n{nothing}\n'
        facts["余"] = "无"
    return perfeval.score(perfeval.loads(HEAD + head + row), facts)


def test_what_is_lost_has_the_decimals_it_needs() -> None:
    evaluation = score("1", '{ kind = "proportional" }', target="≥2", weight="12.5", head='[rounding]\nrow = "1"\n')
    assert (str(evaluation["行"].score), str(evaluation["行"].lost)) == ("6", "6.5")
    assert [str(one.lost) for one in evaluation.reasons] == ["87.5", "6.5"]


def test_a_score_that_never_ends_is_a_fraction() -> None:
    evaluation = score("2", '{ kind = "proportional" }', target="≥3", head='[rounding]\nrow = "exact"\n')
    assert evaluation["行"].score == evaluation.total == Fraction(200, 3)
    assert evaluation.as_dict()["indicators"][0]["lost"] == "100/3"
    assert [step.term for step in evaluation["行"].steps][-1] == "points"


def test_a_row_without_end_earns_the_cap() -> None:
    stepped = '{ kind = "stepped", measure = "completion", plus = 1, per = "10%", steps = "exact", cap = "120%" }'
    row = score("0", stepped, target="≤20")["行"]
    assert row.score == 120
    assert row.measure is None
    assert row.unbounded
    with pytest.raises(perfeval.InputError, match="no-share"):
        score("0", stepped.replace('"120%"', '"none"'), target="≤20")


def test_a_target_that_is_met_earns_the_weight_whatever_the_cap() -> None:
    method = '{ kind = "threshold", otherwise = "proportional", cap = "none" }'
    assert [score(raw, method, target="≤20")["行"].score for raw in ("0", "10", "20", "40")] == [100, 100, 100, 50]


def test_a_negative_actual_earns_nothing_and_costs_nothing() -> None:
    method = '{ kind = "proportional", floor = -50 }'
    assert score("-30", method, target="≥10")["行"].score == 0
    assert score("70", method[:-1] + ', reverse = "linear" }', target="≤10")["行"].score == 0


#: Falling and rising, with a point of its own at 5.
LINES = [
    (
        "{ above = 5, score = 100 }, { from = 5, score = 80 }, { from = 3, score = 40 }, { score = 0 }",
        ["100", "80", "60", "40", "0"],
    ),
    (
        "{ to = 3, score = 40 }, { below = 5, score = 80 }, { to = 5, score = 90 }, { score = 0 }",
        ["0", "90", "60", "40", "40"],
    ),
]


@pytest.mark.parametrize(("bands", "expected"), LINES)
def test_lines_between_edges(bands: str, expected: list[str]) -> None:
    method = f'{{ kind = "banded", interpolate = true, bands = [{bands}] }}'
    assert [str(score(raw, method)["行"].score.normalize()) for raw in ("6", "5", "4", "3", "2")] == [  # type: ignore[union-attr]
        str(Decimal(one).normalize()) for one in expected
    ]


def test_a_line_is_cited_as_the_band_it_belongs_to() -> None:
    method = (
        '{ kind = "banded", interpolate = true, bands = [{ from = 90, score = 100, name = "A" }, '
        '{ from = 80, score = 80, name = "B" }, { from = 60, score = 50, name = "C" }, { score = 0, name = "D" }] }'
    )
    rows = [score(raw, method)["行"] for raw in ("95", "85", "80", "70", "60", "50")]
    assert [row.band for row in rows] == ["A", "B", "B", "C", "C", "D"]
    share = next(step for step in rows[1].steps if step.term == "share")
    assert share.origin.path[-2:] == ("bands", 1)


def test_dates_are_shown_as_dates() -> None:
    method = '{ kind = "stepped", minus = 1, per = "10天", steps = "started" }'
    steps = {step.term: step for step in score("2021-12-25", method, target="≤2021-11-30")["行"].steps}
    assert steps["actual"].value == "2021-12-25"
    assert steps["target"].value == "2021-11-30"
    assert (steps["difference"].formula, steps["difference"].value) == ("2021-12-25 - 2021-11-30", "25")
    yearless = {step.term: step for step in score("12月1日", method, target="11月底前")["行"].steps}
    assert (yearless["difference"].formula, yearless["difference"].value) == ("12-01 - 11-30", "1")


def test_nobody_else_is_found() -> None:
    evaluation = score("1", '{ kind = "threshold" }', target="≥1")
    assert list(evaluation) == [evaluation["行"]]
    with pytest.raises(KeyError):
        evaluation["/行列"]
