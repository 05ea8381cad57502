"""The audit of a form that was filled in by the rules finds no error, and computes what scoring computes.

Scorecards are drawn with groups that add up in every way, overrides, rows that do not apply and all roundings. Each is
scored, the result is printed as a form, and the form is audited by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
import tomli_w
from forms import form_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scorecards import Form, forms
from wholes import wholes

import perfeval
from perfeval.forms.audit.audit import Audit
from perfeval.numbers.rounding import decimals_of, exact_text


class NotPrintableError(Exception):
    """A number that no form prints, because its decimals never end."""


def cell(fact: Any) -> str:
    """What a form prints as the actual of *fact*; blank where the fact is more than one cell."""
    if isinstance(fact, Mapping):
        if fact.get("applies") is False:
            return "不适用"
        return next((cell(fact[key]) for key in ("actual", "tier") if key in fact), "")
    return "" if isinstance(fact, list | bool) or fact is None else str(fact)


def printed(plan: perfeval.Plan, facts: Mapping[str, Any], year: int | None, blank: str) -> dict[str, Any]:
    """The form that *facts* come to: weights as the rules state them, scores as they are computed."""
    found = plan.score(perfeval.Facts(actuals=facts, year=year))
    ready = plan.of_year(perfeval.Facts(actuals={}, year=year))
    indicators = []
    for row, result in zip(ready.program.rows, found.indicators, strict=True):
        fact = next(fact for key, fact in facts.items() if key in row.keys)
        if decimals_of(row.weight) is None or not isinstance(result.score, Decimal):
            raise NotPrintableError
        reason = fact.get("reason", "") if isinstance(fact, Mapping) else ""
        indicators.append(
            {
                "name": row.name,
                "group": row.group,
                "target": row.target.text,
                "actual": cell(fact) or ("" if result.applies else "不适用"),
                "weight": exact_text(row.weight),
                "score": f"{result.score:f}" if result.applies else blank,
                "reason": reason,
            }
        )
    if not isinstance(found.total, Decimal):
        raise NotPrintableError
    reported = {"total": f"{found.total:f}", "grade": found.grade or "", "weight_total": f"{ready.card.total:f}"}
    return {"year": "" if year is None else f"{year}年", "indicators": indicators, "reported": reported}


def check(text: str, facts: dict[str, Any], year: int | None, blank: str = "/") -> None:
    plan = perfeval.loads(text)
    flags = {one["when"] for one in _overrides(plan)}
    facts = {key: fact for key, fact in facts.items() if key not in flags or not isinstance(fact, bool)}
    try:
        found = plan.score(perfeval.Facts(actuals=facts, year=year))
        form = form_of(printed(plan, facts, year, blank))
    except (perfeval.InputError, NotPrintableError):
        assume(False)
        raise
    audit = perfeval.audit(plan, form)
    assert (audit.computed.total, audit.computed.grade) == (found.total, found.grade)
    assert told(audit) == []


def _overrides(plan: perfeval.Plan) -> list[dict[str, Any]]:
    return [{"when": one.when} for one in plan.card.overrides]


def told(audit: Audit) -> list[str]:
    return [f"{one.name}: {one.text('en')}" for one in audit.findings if one.severity == "error"]


BLANKS = st.sampled_from(["", "/", "—", "不适用"])


@settings(max_examples=150)
@given(wholes(), BLANKS)
def test_a_form_with_groups_of_every_kind_is_scored_as_it_is_audited(one: Form, blank: str) -> None:
    text, facts = one.written()
    check(text, facts, one.year, blank)


@settings(max_examples=100)
@given(forms(), BLANKS)
def test_a_form_of_rows_of_every_kind_is_scored_as_it_is_audited(one: Form, blank: str) -> None:
    text, facts = one.written()
    check(text, facts, one.year, blank)


def small(**keys: Any) -> tuple[str, dict[str, Any]]:
    """Two rows in proportion to 100, of 50 points each unless *keys* say otherwise."""
    rows = [
        {"name": "甲", "group": "产出", "weight": 50, "target": "100个", "method": "比例"},
        {"name": "乙", "group": "产出", "weight": 50, "target": "100个", "method": "比例"},
    ]
    card: dict[str, Any] = {"format": 1, "id": "small", "title": "例", "methods": {"比例": {"kind": "proportional"}}}
    card |= {"grades": [{"name": name, "from": at} for name, at in zip("优良中差", (90, 80, 60, 0), strict=True)]}
    card |= {"indicators": rows} | keys
    return tomli_w.dumps(card), {"甲": "90个", "乙": "80个"}


ROWS = [{"name": name, "group": "产出", "weight": 100, "target": "100个", "method": "比例"} for name in ("甲", "乙")]


@pytest.mark.parametrize(
    ("keys", "total", "grade"),
    [
        ({"structure": {"产出": {"best": 1}}, "indicators": ROWS}, "90.00", "优"),
        ({"structure": {"产出": {"combine": "weakest"}}, "indicators": ROWS}, "80.00", "良"),
        ({"rounding": {"total": 10}}, "90", "优"),
        ({"overrides": [{"when": "产出", "below": 86, "grade": "差"}]}, "85.00", "差"),
        ({"overrides": [{"when": "甲", "from": "90%", "total": 12}]}, "12", "差"),
    ],
)
def test_what_the_rules_do_beyond_a_sum_is_no_fault_of_the_form(keys: dict[str, Any], total: str, grade: str) -> None:
    text, facts = small(**keys)
    plan = perfeval.loads(text)
    audit = perfeval.audit(plan, form_of(printed(plan, facts, None, "/")))
    assert (str(audit.computed.total), audit.computed.grade) == (total, grade)
    assert (str(audit.added_up.total), audit.added_up.grade) == (total, grade)
    assert told(audit) == []


@pytest.mark.parametrize("mode", ["total", "group"])
@pytest.mark.parametrize("blank", ["", "/", "0", "不适用"])
def test_a_row_that_does_not_apply_gives_its_weight_to_the_others(mode: str, blank: str) -> None:
    text, facts = small(not_applicable=mode)
    plan = perfeval.loads(text)
    audit = perfeval.audit(plan, form_of(printed(plan, facts | {"乙": "不适用"}, None, blank)))
    assert (str(audit.computed.total), audit.computed.grade) == ("90.00", "优")
    assert told(audit) == []


def test_a_total_that_the_rules_would_not_make_of_the_rows_is_told() -> None:
    text, facts = small(structure={"产出": {"best": 1}}, indicators=ROWS)
    plan = perfeval.loads(text)
    made = printed(plan, facts, None, "/")
    made["reported"]["total"] = "170"
    assert [one.name for one in perfeval.audit(plan, form_of(made)).findings if one.severity == "error"] == [
        "total-mismatch"
    ]
