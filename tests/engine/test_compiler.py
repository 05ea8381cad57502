"""Generated code says what the interpreter says, which says what the oracle says; and refuses what it refuses."""

from __future__ import annotations

import copy
import decimal
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any

import oracle
import pytest
from attrs import evolve
from hypothesis import event, given, note, settings
from hypothesis import strategies as st
from scorecards import Form, forms
from test_properties import HOSTILE
from wholes import wholes

import perfeval
from perfeval.engine.compiled import rows
from perfeval.engine.plan import Plan
from perfeval.rulefile.scorecard import Facts

FORMS = forms(more=3)
WHOLES = wholes(more=3)


#: Where no number is kept, each is worked out in place.
KEPT_NUMBERS = st.sampled_from([0, rows.NUMBERS])


@contextmanager
def numbers_kept(count: int) -> Iterator[None]:
    """Rows keep so many numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "NUMBERS", count)
        yield


def said(plan: Plan, facts: Mapping[str, Any], year: int | None = None) -> Any:
    """What the interpreter says: an evaluation, or the names and places of what is wrong."""
    try:
        return plan.interpreted(Facts(actuals=facts, year=year))
    except perfeval.InputError as error:
        return told(error)


def told(error: perfeval.InputError) -> Any:
    return [(one.name, one.origin, one.message, one.hint) for one in error.problems]


def generated(plan: Plan, facts: dict[str, Any]) -> Any:
    try:
        return plan.score(facts)
    except perfeval.InputError as error:
        return told(error)


def by_oracle(text: str, facts: dict[str, Any], year: int | None) -> oracle.Form | set[str]:
    """What the oracle says, or the names of what it refuses."""
    try:
        return oracle.evaluate(text, facts, year)
    except oracle.RefusedError as refused:
        return refused.names


def texts(form: Form) -> tuple[str, list[dict[str, Any]]]:
    """The rule file and the facts of each form of it."""
    text, first = form.written()
    return text, [first, *(evolve(form, facts=one).written()[1] for one in form.more)]


def of_its_year(form: Form, text: str) -> Plan:
    """The plan that scores the form: rules with dates are many plans."""
    return perfeval.loads(text).of_year(Facts(actuals={}, year=form.year))


@settings(max_examples=300)
@given(st.one_of(FORMS, WHOLES), KEPT_NUMBERS)
def test_generated_code_says_what_the_interpreter_says(form: Form, kept: int) -> None:
    text, several = texts(form)
    note(text)
    reference, plan = of_its_year(form, text), of_its_year(form, text)
    plan.generated.at_once()
    # In the second round everything has been written that is worth it, and in the third all numbers were seen before.
    for facts in [*several, *several, *several]:
        note(repr(facts))
        with numbers_kept(kept):
            expected, found = said(reference, facts), generated(plan, facts)
        if isinstance(expected, list):
            assert found == expected
            continue
        event(f"by generated code: {bool(found._scores)}")
        assert (found.total, str(found.total), found.grade) == (expected.total, str(expected.total), expected.grade)
        assert [(one.score, str(one.score)) for one in found] == [(one.score, str(one.score)) for one in expected]
        assert [one.steps for one in found] == [one.steps for one in expected]
        assert found == expected
        assert found.as_dict("zh") == expected.as_dict("zh")


@settings(max_examples=300)
@given(st.one_of(FORMS, WHOLES), KEPT_NUMBERS)
def test_generated_code_says_what_the_oracle_says(form: Form, kept: int) -> None:
    text, several = texts(form)
    note(text)
    plan = of_its_year(form, text)
    plan.generated.at_once()
    for facts in [*several, *several, *several]:
        note(repr(facts))
        expected = by_oracle(text, facts, form.year)
        with numbers_kept(kept):
            found = generated(plan, facts)
        if isinstance(expected, set):
            assert {one[0] for one in found} == expected
            continue
        assert [Fraction(one.score) for one in found] == [one.score for one in expected.rows]
        assert (Fraction(found.total), found.grade) == (expected.total, expected.grade)


HOSTILE_FACTS: tuple[Any, ...] = (
    *(Decimal(text) for text in ("NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "-1E+999999", "1E-999999")),
    *(Decimal(text) for text in ("-1", "-0", "0", "0E-99", "1E+29", "1E+30", "1E-30", "9E-31", "1." + "0" * 40 + "1")),
    *(float("nan"), float("inf"), 0.1, 2.0**-30, 1e30, -3.5, 0.0, 10**30, 10**30 - 1, -(10**30), 0, 1, -7),
    *(True, False, None, (), [], {}, [1, 2], b"1", Fraction(1, 3), Fraction(10**40)),
    *(
        "",
        " ",
        "-",
        "abc",
        "NaN",
        "1e5",
        "１２",
        "12 ",
        "0",
        "0%",
        "00.50",
        "-3",
        "≥3",
        "约3",
        "1,234",
        "3人",
        "5年",
        "2021年",
    ),
    *("2021", "2021.12", "3月", "50万", "7%", "7 %", "0.5元", "1_000", "٣", "9" * 31, "1." + "9" * 31, "不适用"),
    *({"actual": 3}, {"actual": "3", "reason": "雨"}, {"actual": 3, "reason": 5}, {"applies": False}, {"x": 1}),
    *({"actual": [3]}, {"tier": "10成", "score": 3}, {"tier": "7成"}, {"actual": "不适用"}, {"actual": Decimal("NaN")}),
)


@settings(max_examples=400)
@given(st.one_of(FORMS, WHOLES), KEPT_NUMBERS, st.data())
def test_what_is_refused_is_refused_for_the_same(form: Form, kept: int, data: st.DataObject) -> None:
    text, several = texts(form)
    note(text)
    reference, plan = of_its_year(form, text), of_its_year(form, text)
    plan.generated.at_once()
    with numbers_kept(kept):
        for facts in [*several, *several]:
            generated(plan, facts)
    for _ in range(4):
        facts = dict(data.draw(st.sampled_from(several)))
        key = data.draw(st.sampled_from(sorted(facts)))
        match data.draw(st.sampled_from(["value", "value", "value", "inside", "missing", "unknown", "renamed"])):
            case "value":
                facts[key] = data.draw(st.sampled_from(HOSTILE_FACTS))
            case "inside" if isinstance(facts[key], dict) and facts[key]:
                inner = data.draw(st.sampled_from(sorted(facts[key])))
                facts[key] = facts[key] | {inner: data.draw(st.sampled_from(HOSTILE_FACTS))}
            case "missing":
                del facts[key]
            case "renamed":
                facts[f"{key}?"] = facts.pop(key)
            case _:
                facts["没有这一行"] = 1
        expected, found = said(reference, facts), generated(plan, facts)
        assert found == expected
        assert generated(plan, facts) == expected


@settings(max_examples=100)
@given(st.one_of(FORMS, WHOLES), st.sampled_from(HOSTILE))
def test_the_decimal_context_plays_no_part_in_generated_code(form: Form, context: decimal.Context) -> None:
    text, several = texts(form)
    reference, plan = of_its_year(form, text), of_its_year(form, text)
    plan.generated.at_once()
    expected = [said(reference, facts) for facts in several]
    with decimal.localcontext(context) as active:
        active.clear_flags()
        for facts, right in zip([*several, *several], [*expected, *expected], strict=True):
            found = generated(plan, facts)
            assert found == right
            if not isinstance(right, list):
                assert str(found.total) == str(right.total)
        assert not any(active.flags.values())


@settings(max_examples=300)
@given(st.one_of(FORMS, WHOLES), st.sampled_from([Decimal, Decimal, int, str, float]), st.data())
def test_facts_may_be_of_any_type_and_change_it_from_form_to_form(form: Form, kind: type, data: st.DataObject) -> None:
    text, several = texts(form)
    note(text)
    reference, plan = of_its_year(form, text), of_its_year(form, text)
    plan.generated.at_once()
    alike = [{key: typed(one, kind) for key, one in facts.items()} for facts in several]
    for facts in [*alike, *alike]:
        assert generated(plan, facts) == said(reference, facts)
    for facts in alike:
        odd = dict(facts)
        odd[data.draw(st.sampled_from(sorted(odd)))] = data.draw(st.sampled_from(HOSTILE_FACTS))
        for fact in (odd, odd, facts, data.draw(st.sampled_from(several))):
            assert generated(plan, fact) == said(reference, fact)


def typed(fact: Any, kind: type) -> Any:
    """The number that *fact* begins with, as the other type; what is no number stays as it is."""
    if isinstance(fact, dict):
        return {key: typed(one, kind) for key, one in fact.items()}
    match = re.match(r"-?[0-9]+(\.[0-9]+)?", str(fact))
    if match is None or isinstance(fact, bool) or re.match(r"[0-9]+-[0-9]", str(fact)):
        return fact
    return int(match[0].partition(".")[0]) if kind is int else kind(match[0])


def test_the_case_is_scored_by_generated_code() -> None:
    plan = perfeval.load("examples/yiyang-2021/rules.toml")
    facts = dict(perfeval.load_facts("examples/yiyang-2021/facts.toml").actuals)
    plan.generated.at_once()
    first = plan.score(facts)
    second = plan.generated.score(facts)
    assert second is not None
    assert second == first
    assert (int(second.total), second.grade) == (89, "良")


def test_generated_code_takes_over_from_the_thirtieth_form() -> None:
    plan = perfeval.loads(PLAIN)
    for count in range(60):
        plan.score({"走访": count})
        assert (plan.generated.score({"走访": count}) is not None) == (count >= 29)


PLAIN = """
format = 1
id = "plain"
title = "一行"
[[indicators]]
name = "走访"
target = "12次"
weight = 100
method = { kind = "proportional" }
"""


def test_no_text_of_a_rule_file_is_in_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    from perfeval.engine.compiled import source

    sources: list[str] = []
    compiled = source.Source.compiled

    def keep(one: source.Source, file: str) -> Any:
        sources.append("\n".join(one.lines))
        return compiled(one, file)

    monkeypatch.setattr(source.Source, "compiled", keep)
    name = "x') or print('"
    plan = perfeval.loads(PLAIN.replace("走访", name).replace("12次", "37.5次"))
    plan.generated.at_once()
    plan.score({name: Decimal(3)})
    assert plan.generated.score({name: Decimal(3)}) is not None
    written = "\n".join(sources)
    assert "def score" in written
    assert "print" not in written
    # Names are numbered, so a digit there is none of a constant.
    assert re.findall(r"(?<![a-z_0-9])[0-9]+", written) in ([], ["0"])


def test_what_was_given_may_change_afterwards() -> None:
    plan = perfeval.load("examples/yiyang-2021/rules.toml")
    facts = {
        key: dict(one) if isinstance(one, Mapping) else one
        for key, one in perfeval.load_facts("examples/yiyang-2021/facts.toml").actuals.items()
    }
    plan.generated.at_once()
    plan.score(facts)
    one = plan.score(facts)
    facts["预算执行率"]["executed"] = "1万元"
    facts["受训老师满意度"] = "10%"
    assert one["预算执行率"].share == Fraction("0.49")
    assert one["预算执行率"].steps[0].value == "245000"
    assert one["受训老师满意度"].score == 10


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_result_that_is_sent_away_or_copied_still_has_all_it_says(again: Callable[[Any], Any]) -> None:
    plan = perfeval.loads(PLAIN)
    plan.generated.at_once()
    facts = {"走访": Decimal(5)}
    whole = plan.interpreted(facts)
    plan.score(facts)
    for made in (plan.score(facts), whole):
        row = again(made.indicators[0])
        assert (row, row.steps) == (whole.indicators[0], whole.indicators[0].steps)
        found = again(made)
        assert found == whole
        assert found.indicators[0].steps == row.steps
        assert made == whole


def test_readings_are_kept_up_to_a_bound() -> None:
    plan = perfeval.loads(PLAIN)
    plan.generated.at_once()
    for count in range(3 * rows.KEPT):
        plan.score({"走访": f"{count}次"})
    (reader,) = plan.generated._compiler.readers  # type: ignore[union-attr]
    assert 0 < len(reader.texts) <= rows.KEPT


def test_numbers_that_hardly_ever_come_twice_are_not_kept() -> None:
    text = PLAIN.replace("weight = 100", "weight = 50") + PLAIN[PLAIN.index("[[") :].replace("走访", "回访")
    plan = perfeval.loads(text.replace("weight = 100", "weight = 50"))
    reference = perfeval.loads(text.replace("weight = 100", "weight = 50"))
    plan.generated.at_once()
    for count in range(rows.NUMBERS + 10):
        facts = {"走访": Decimal(count) / 1000, "回访": Decimal(count % 7)}
        assert plan.score(facts).total == reference.interpreted(facts).total
    rarely, often = (one.seen[Decimal] for one in plan.generated._compiler.readers)  # type: ignore[union-attr]
    assert rarely.scores is None
    assert often.scores is not None
    assert set(often.scores) == set(map(Decimal, range(7)))
    assert plan.generated.score({"走访": Decimal("0.5"), "回访": Decimal(3)}) is not None


@pytest.mark.parametrize("seen", [Decimal(1), 1.0])
@pytest.mark.parametrize("odd", [True, 1, 1.0, Decimal(1), Fraction(1)])
def test_what_equals_a_number_that_was_seen_is_not_that_number(odd: Any, seen: Any) -> None:
    plan, reference = perfeval.loads(PLAIN), perfeval.loads(PLAIN)
    plan.generated.at_once()
    for _ in range(3):
        plan.score({"走访": seen})
    assert generated(plan, {"走访": odd}) == said(reference, {"走访": odd})


def banded(word: str, first: int, second: float) -> str:
    bands = f"{{ {word} = {first}, score = 9.5 }}, {{ {word} = {second}, score = 3.25 }}, {{ score = 0 }}"
    return f'{{ kind = "banded", measure = "value", bands = [{bands}] }}'


#: Methods of a row with the target 8 whose edges and ties are hit by eighths, and one that looks the other way.
SHARP = {
    "proportional": '{ kind = "proportional" }',
    "lower": '{ kind = "proportional", better = "lower" }',
    "linear": '{ kind = "proportional", better = "lower", reverse = "linear", floor = -5, cap = "none" }',
    "threshold": '{ kind = "threshold", otherwise = "proportional" }',
    "from": banded("from", 8, 4),
    "above": banded("above", 8, 4),
    "to": banded("to", 4, 8),
    "below": banded("below", 4, 8),
    "around 1": banded("from", 2, 0.5),
    "whole": '{ kind = "stepped", minus = 1.25, per = 2, steps = "whole", floor = -20 }',
    "started": '{ kind = "stepped", minus = 1.25, per = 2, steps = "started", floor = -20 }',
    "exact": '{ kind = "stepped", minus = 1.25, per = 2, steps = "exact", floor = -20 }',
}


@pytest.mark.parametrize("mode", ["half-up", "half-even", "down", "up"])
@pytest.mark.parametrize("method", SHARP)
def test_every_edge_and_every_tie(method: str, mode: str) -> None:
    roundings = ("row = 1", "row = 0.5", "row = 0.05", 'rate = "25%"\nrow = 0.5', 'rate = "25%"\nrow = 1')
    for rounding in roundings:
        text = f"""
format = 1
id = "sharp"
title = "一行"
total = 10
[rounding]
mode = "{mode}"
{rounding}
[[indicators]]
name = "走访"
target = "8"
weight = 10
method = {SHARP[method]}
"""
        reference = perfeval.loads(text)
        for shape, kept in ((Decimal, 0), (Decimal, rows.NUMBERS), (float, rows.NUMBERS), (str, 0), (int, 0)):
            plan = perfeval.loads(text)
            plan.generated.at_once()
            for eighths in (17, 17, *range(-24, 160, 1 if shape is Decimal else 4)):
                actual = shape(eighths // 8) if shape is int else shape(Decimal(eighths) / 8)
                facts = {"走访": actual}
                with numbers_kept(kept):
                    expected, found = said(reference, facts), generated(plan, facts)
                if isinstance(expected, list):
                    assert found == expected, facts
                else:
                    assert found.total == expected.total, (rounding, facts)
                    assert [one.score for one in found] == [one.score for one in expected], (rounding, facts)
            assert plan.generated.score({"走访": shape(9)}) is not None


@pytest.mark.parametrize("kept", [0, rows.NUMBERS])
@pytest.mark.parametrize("shape", [Decimal, int, float, str])
@pytest.mark.parametrize("method", SHARP)
def test_every_odd_fact_of_every_method(method: str, shape: type, kept: int) -> None:
    text = PLAIN.replace('"12次"', '"8"').replace('{ kind = "proportional" }', SHARP[method]).replace("100", "10")
    text = text.replace('title = "一行"', 'title = "一行"\ntotal = 10')
    reference = perfeval.loads(text)
    for odd in HOSTILE_FACTS:
        plan = perfeval.loads(text)
        plan.generated.at_once()
        with numbers_kept(kept):
            for _ in range(2):
                plan.score({"走访": shape(3)})
            assert plan.generated.score({"走访": shape(3)}) is not None
            assert generated(plan, {"走访": odd}) == said(reference, {"走访": odd})


@pytest.mark.parametrize("shape", [Decimal, int, float, str])
@pytest.mark.parametrize("key", ["executed", "budget"])
def test_every_odd_amount_of_a_rate(key: str, shape: type) -> None:
    text = PLAIN.replace("proportional", 'proportional", actual = "executed", target = "budget')
    text = text.replace('target = "12次"\n', "")
    reference, plan = perfeval.loads(text), perfeval.loads(text)
    plan.generated.at_once()
    usual = {"executed": shape(3), "budget": shape(8)}
    plan.score({"走访": usual})
    function = plan.generated.score
    assert function({"走访": usual}) is not None
    for odd in HOSTILE_FACTS:
        facts = {"走访": usual | {key: odd}}
        expected = said(reference, facts)
        found = function(facts)
        assert found is None or found == expected
        assert generated(plan, facts) == expected


@pytest.mark.parametrize("when", ["走访", "产出"])
@pytest.mark.parametrize("word", ["from", "above", "to", "below"])
def test_an_override_at_its_edge(word: str, when: str) -> None:
    override = f'[[overrides]]\nwhen = "{when}"\n{word} = "75%"\ntotal = 1\n'
    text = PLAIN.replace("[[ind", override + "[[ind").replace('name = "走访"', 'name = "走访"\ngroup = "产出"')
    reference, plan = perfeval.loads(text), perfeval.loads(text)
    plan.generated.at_once()
    plan.score({"走访": Decimal(1)})
    for count in (8, 9, 10):
        found = plan.generated.score({"走访": Decimal(count)})
        assert found is not None
        assert found == said(reference, {"走访": Decimal(count)})
    totals = [int(plan.score({"走访": Decimal(count)}).total) for count in (8, 9, 10)]
    assert totals.count(1) == {"from": 2, "above": 1, "to": 2, "below": 1}[word]
