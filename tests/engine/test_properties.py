"""What is true of every score: the engine against an oracle that knows the words of the format and nothing else."""

from __future__ import annotations

import copy
import decimal
import json
import pickle
import random
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from typing import Any

import oracle
import pytest
from attrs import evolve
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from scorecards import MODES, QUANTA, UNITS, Form, Row, decimals, forms, rows
from wholes import wholes

import perfeval
from perfeval.text.messages import Said

FORMS = forms()
WHOLES = wholes()


def scored(form: Form, turns: tuple[int, ...] | None = None) -> tuple[perfeval.Evaluation, oracle.Form]:
    """The form by the engine and by the oracle; what the rules refuse is left out, and must be refused for as much."""
    text, facts = form.written(turns)
    note(text)
    note(repr(facts))
    try:
        expected = oracle.evaluate(text, facts, form.year)
    except oracle.RefusedError as refused:
        with pytest.raises(perfeval.InputError) as caught:
            perfeval.score(perfeval.loads(text), facts, year=form.year)
        named = {one.name for one in caught.value.problems}
        assert named == refused.names  # noqa: PT017  # what the oracle refuses, not what is raised here
        assume(False)
        raise
    return perfeval.score(perfeval.loads(text), facts, year=form.year), expected


def results(evaluation: perfeval.Evaluation) -> Any:
    """What scoring says, without what the texts of the form say."""
    rows = [(one.name, one.share, one.score, str(one.score), one.met, one.needs_reason) for one in evaluation]
    return rows, evaluation.total, str(evaluation.total), evaluation.grade


@settings(max_examples=500)
@given(st.one_of(FORMS, WHOLES))
def test_the_oracle_says_the_same(form: Form) -> None:
    evaluation, expected = scored(form)
    for one, right in zip(evaluation, expected.rows, strict=True):
        assert (one.name, Fraction(one.weight)) == (right.name, right.weight)
        assert (one.applies, one.counts) == (right.applies, right.counts), one.name
        assert one.share == (right.points / right.weight if right.weight else None), one.name
        assert Fraction(one.score) == right.score, one.name
        assert (one.met, one.needs_reason) == (right.met, right.asked), one.name
    assert {one.path: (Fraction(one.weight), Fraction(one.score)) for one in evaluation.groups} == expected.groups
    assert Fraction(evaluation.total) == expected.total
    assert evaluation.grade == expected.grade


@given(FORMS)
def test_rows_stay_between_floor_and_cap_and_add_up(form: Form) -> None:
    evaluation, expected = scored(form)
    for one, right in zip(evaluation, expected.rows, strict=True):
        if one.tier is None and (right.high is None or right.low <= right.high):
            unit = right.weight or 1
            share = right.points / unit if one.share is None else one.share
            assert right.low <= share * unit
            assert right.high is None or share * unit <= right.high
        assert Fraction(one.lost) == Fraction(one.weight) - Fraction(one.score)
    scores = sum(Fraction(one.score) for one in evaluation)
    weights = sum(Fraction(one.weight) for one in evaluation)
    assert weights == evaluation.full
    assert sum(Fraction(one.lost) for one in evaluation) == weights - scores
    for group in evaluation.groups:
        inside = [one for one in evaluation if one.group == group.path or one.group.startswith(group.path + "/")]
        assert Fraction(group.score) == sum(Fraction(one.score) for one in inside)
        assert group.weight == sum(one.weight for one in inside)


@given(FORMS)
def test_reasons_are_where_points_were_lost_dearest_first(form: Form) -> None:
    evaluation, _ = scored(form)
    lost = {one.name: Fraction(one.lost) for one in evaluation if one.lost > 0}
    assert {one.indicator: Fraction(one.lost) for one in evaluation.reasons} == lost
    order = [one.name for one in evaluation]
    ranks = [(-Fraction(one.lost), order.index(one.indicator)) for one in evaluation.reasons]
    assert ranks == sorted(ranks)
    for reason in evaluation.reasons:
        row = evaluation[reason.indicator]
        assert (reason.code, reason.reason) == (row.tier or row.band, row.reason)


@given(FORMS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_facts_changes_nothing(form: Form, chance: random.Random) -> None:
    evaluation, _ = scored(form)
    mixed, facts = list(form.card["indicators"]), list(form.facts.items())
    chance.shuffle(mixed)
    chance.shuffle(facts)
    other, _ = scored(evolve(form, card=form.card | {"indicators": mixed}, facts=dict(facts)))
    assert sorted(map(repr, results(other)[0])) == sorted(map(repr, results(evaluation)[0]))
    assert results(other)[1:] == results(evaluation)[1:]
    assert {(one.path, one.weight, one.score) for one in other.groups} == {
        (one.path, one.weight, one.score) for one in evaluation.groups
    }


@given(FORMS, st.lists(st.integers(0, 2), min_size=1, max_size=7).map(tuple))
def test_units_are_only_a_way_of_writing(form: Form, turns: tuple[int, ...]) -> None:
    evaluation, _ = scored(form)
    other, _ = scored(form, turns)
    assert results(other) == results(evaluation)
    assert [one.measure for one in other] == [one.measure for one in evaluation]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Form, Form]:
    """A row scored twice: the second time its actual is the better one."""
    row = draw(rows(Fraction(100)).filter(lambda one: one.better is not None))
    low, high = sorted([draw(row.actuals), draw(row.actuals)], reverse=row.better == "lower")
    choices: list[dict[str, Any]] = [{}, {"row": "exact"}, {"row": 1, "rate": "1%"}]
    rounding = draw(st.sampled_from(choices))
    worse, better = _single(row, low, rounding), _single(row, high, rounding)
    return worse, better


def _single(row: Row, actual: Fraction, rounding: dict[str, Any]) -> Form:
    one: dict[str, Any] = {"name": "指标", "weight": 100, "method": row.method, **row.keys}
    if row.target is not None:
        one["target"] = row.target
    card = {"format": 1, "id": "single", "title": "一行", "rounding": rounding, "indicators": [one]}
    return Form(card=card, facts={"指标": row.fact(actual)})


@settings(max_examples=200)
@given(pairs())
def test_doing_better_never_earns_less(pair: tuple[Form, Form]) -> None:
    worse, better = (scored(form)[0] for form in pair)
    assert Fraction(worse["指标"].score) <= Fraction(better["指标"].score)
    assert Fraction(worse.total) <= Fraction(better.total)


HOSTILE = (
    decimal.Context(prec=1, rounding=decimal.ROUND_CEILING, traps=[decimal.Inexact, decimal.Rounded]),
    decimal.Context(prec=1, rounding=decimal.ROUND_UP, Emax=1, Emin=-1, traps=[decimal.Overflow, decimal.Underflow]),
    decimal.Context(prec=2, clamp=1, Emax=0, Emin=0, traps=[decimal.FloatOperation, decimal.InvalidOperation]),
    decimal.Context(prec=1, rounding=decimal.ROUND_DOWN, traps=[]),
)


@given(FORMS, st.sampled_from(HOSTILE))
def test_the_decimal_context_of_the_caller_plays_no_part(form: Form, context: decimal.Context) -> None:
    evaluation, _ = scored(form)
    text, facts = form.written()
    expected = json.dumps(evaluation.as_dict())
    with decimal.localcontext(context) as active:
        active.clear_flags()
        plan = perfeval.loads(text)
        other = perfeval.score(plan, facts, reported={"total": Decimal("94.5"), "grade": "优"})
        found, difference, reasons = other.as_dict(), other.difference, other.reasons
        assert not any(active.flags.values())
    assert difference is not None
    assert Fraction(difference) == Fraction("94.5") - Fraction(evaluation.total)
    assert reasons == evaluation.reasons
    assert json.dumps(found | {"reported": None, "difference": None, "grade_agrees": None}) == expected
    assert results(other) == results(evaluation)


@given(FORMS)
def test_scoring_changes_nothing_and_says_the_same_again(form: Form) -> None:
    text, facts = form.written()
    scored(form)
    plan, before = perfeval.loads(text), copy.deepcopy(facts)
    shown = repr(plan.program)
    first = perfeval.score(plan, facts)
    second = perfeval.score(plan, facts)
    assert first == second
    assert facts == before
    assert [list(one) if isinstance(one, dict) else None for one in facts.values()] == [
        list(one) if isinstance(one, dict) else None for one in before.values()
    ]
    assert repr(plan.program) == shown
    with ThreadPoolExecutor(4) as pool:
        for other in pool.map(lambda _: perfeval.score(plan, facts), range(8)):
            assert other == first
            assert other.as_dict("zh") == first.as_dict("zh")


@given(FORMS)
def test_an_evaluation_is_plain_data_when_asked(form: Form) -> None:
    evaluation, _ = scored(form)
    data = evaluation.as_dict()
    assert json.loads(json.dumps(data)) == data == evaluation.as_dict()
    assert data.pop("format") == 1
    assert not list(_numbers(data))
    assert [Fraction(one["score"]) for one in data["indicators"]] == [Fraction(one.score) for one in evaluation]
    for row, one in zip(data["indicators"], evaluation, strict=True):
        assert Fraction(row["weight"]) == Fraction(one.weight)
        assert Fraction(row["lost"]) == Fraction(one.lost)
        assert (None if row["share"] is None else Fraction(row["share"])) == one.share
        if row["measure"] not in {None, "unbounded"}:
            assert Fraction(row["measure"]) == one.measure
        assert [step["value"] for step in row["steps"]] == [step.value for step in one.steps]
    assert Fraction(data["total"]) == Fraction(evaluation.total)
    assert [Fraction(one["score"]) for one in data["groups"]] == [Fraction(one.score) for one in evaluation.groups]
    assert set(evaluation.as_dict("zh")) == {*data, "format"}


def _numbers(data: Any) -> Any:
    """Numbers that are not text; the line that a step stands on is not one that anybody computes with."""
    if isinstance(data, dict):
        data = [value for key, value in data.items() if key != "line"]
    if isinstance(data, list):
        for one in data:
            yield from _numbers(one)
    elif not (data is None or isinstance(data, str | bool)):
        yield data


@settings(max_examples=30)
@given(FORMS)
def test_an_evaluation_can_be_sent_to_another_process(form: Form) -> None:
    evaluation, _ = scored(form)
    copied = pickle.loads(pickle.dumps(evaluation))
    assert copied == evaluation
    assert copied.as_dict() == evaluation.as_dict()


@given(FORMS)
def test_rows_are_found_by_id_name_and_place(form: Form) -> None:
    evaluation, _ = scored(form)
    for one in evaluation:
        names = [one.name, f"{one.group}/{one.name}", *([one.id] if one.id else [])]
        assert all(evaluation[name] is one for name in names)
    for name in ("", "没有这一行", "产出指标/没有"):
        with pytest.raises(KeyError):
            evaluation[name]


# --- the explanation, worked through again ------------------------------------------------------------------------

_TOKEN = re.compile(r"\s*(?:([0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?)(%?)|([-+×÷()]))")


def worked(formula: str) -> Fraction:
    """The value of a formula of numbers, + - × ÷ and parentheses; ``2/3`` is one number."""
    tokens: list[str | Fraction] = []
    at = 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        assert match, formula
        number, percent, sign = match.groups()
        tokens.append(sign or (Fraction(number) / 100 if percent else Fraction(number)))
        at = match.end()
    value = _sum(tokens)
    assert not tokens, formula
    return value


def _sum(tokens: list[str | Fraction]) -> Fraction:
    value = _product(tokens)
    while tokens and tokens[0] in ("+", "-"):
        sign = tokens.pop(0)
        value = value + _product(tokens) if sign == "+" else value - _product(tokens)
    return value


def _product(tokens: list[str | Fraction]) -> Fraction:
    value = _factor(tokens)
    while tokens and tokens[0] in ("×", "÷"):
        sign = tokens.pop(0)
        value = value * _factor(tokens) if sign == "×" else value / _factor(tokens)
    return value


def _factor(tokens: list[str | Fraction]) -> Fraction:
    first = tokens.pop(0)
    if first == "-":
        return -_factor(tokens)
    if first == "(":
        value = _sum(tokens)
        assert tokens.pop(0) == ")"
        return value
    assert isinstance(first, Fraction)
    return first


def numbers_in(formula: str) -> list[Fraction]:
    return [
        Fraction(match[1]) / (100 if match[2] else 1)
        for match in _TOKEN.finditer(formula.replace("-", " "))
        if match[1]
    ]


def said_number(value: Any) -> Fraction:
    """A number that a sentence holds, in percent or not, with its unit or not."""
    match = re.fullmatch(r"(-?[0-9./]+)(\D*)", value)
    assert match, value
    return Fraction(match[1]) / (100 if match[2] == "%" else 1)


def says(value: Any, exact: Fraction) -> bool:
    """Whether a sentence says *exact*, or comes as near as four decimals do where it says that it is near."""
    if not value.startswith("≈ "):
        return said_number(value) == exact
    near = said_number(value.removeprefix("≈ "))
    return near != exact and abs(near - exact) * (100 if value.endswith("%") else 1) <= Fraction(1, 20000)


def test_the_evaluator_can_count() -> None:
    assert worked("1 - 0.1 × 3") == Fraction("0.7")
    assert worked("(9 - 10) ÷ 10") == Fraction("-0.1")
    assert worked("2 - -30 ÷ 20") == Fraction("3.5")
    assert worked("2/3 × 10 - 50%") == Fraction(37, 6)


MEASURES = {"completion", "difference", "deviation"}
#: The terms whose value is the share so far.
SHARES = {"share", "start", "zero-target", "pass-mark", "floor", "cap", "judged", "tier-share"}


def size_of(written: str) -> Fraction:
    """How many of its base the unit is that a text ends with."""
    sizes = {name: size for units in UNITS.values() for name, size in units}
    return sizes[re.sub(r"^\W*-?[0-9./-]+", "", written)]


@settings(max_examples=200)
@given(FORMS)
def test_the_working_leads_to_the_score(form: Form) -> None:
    evaluation, expected = scored(form)
    for one, right in zip(evaluation, expected.rows, strict=True):
        replay(one, right)
    replay_total(evaluation)


@given(WHOLES)
def test_the_working_leads_to_the_score_where_weights_move(form: Form) -> None:
    evaluation, expected = scored(form)
    for one, right in zip(evaluation, expected.rows, strict=True):
        replay(one, right)


def replay(one: perfeval.IndicatorResult, right: oracle.Row) -> None:  # noqa: PLR0912, PLR0915  # a branch a term
    """Each step follows from those before it."""
    by_file = right.by_file
    so_far: dict[str, perfeval.Step] = {}
    share = measure = Fraction(0)
    terms = [step.term for step in one.steps]
    if not one.applies:
        assert terms[-1] == "void"
        # It would apply, were its target not 0: then what was filled in is told, and nothing else.
        told = {step.term: step.value for step in one.steps[:-1] if step.term not in {"assumption", "merged", "mean"}}
        assert not terms[:-1] or (told.keys() == {"actual", "target"} and told["target"] == "0")
        return
    once = [term for term in terms if term not in {"item", "merged", "assumption"}]
    assert len(set(once)) == len(once)
    assert "points" in terms
    for step in one.steps:
        term, formula = step.term, step.formula
        if term in MEASURES and step.value != "∞":
            assert isinstance(formula, str)
            measure = Fraction(step.value)
            if re.search("[0-9]{4}-", formula):
                days = [int(oracle.number(day)[1]) for day in formula.split(" - ")]
                assert days[0] - days[1] == measure
                assert formula == f"{so_far['actual'].value} - {so_far['target'].value}"
            else:
                assert worked(formula) == measure
                facts = {abs(Fraction(so_far[key].value)) for key in ("actual", "target")}
                sizes = {size for units in UNITS.values() for _, size in units}
                terms_of = set(numbers_in(formula)) - ({Fraction(2)} if formula.startswith("2 - ") else set())
                # In one unit for both, whichever it is.
                assert any({fact / size for fact in facts} | {Fraction(2)} >= terms_of for size in sizes)
            assert term == "difference" or measure == one.measure or "rate-rounding" in terms
        elif term == "rate-rounding":
            assert isinstance(formula, Said)
            assert says(formula.args["value"], measure)
            rounding = {"mode": mode_of(formula)}
            raw, measure = measure, Fraction(step.value)
            assert measure == oracle.rounded(raw, formula.args["step"], rounding)
            assert measure == one.measure
        elif term == "steps":
            assert isinstance(formula, Said)
            per = said_number(formula.args["per"])
            # A difference stands in the unit of its terms, and percentage points are hundredths.
            size = (
                Fraction(1, 100) if "difference" in so_far and str(formula.args["per"]).endswith("%") else Fraction(1)
            )
            distance = abs(measure - (1 if "completion" in so_far else 0)) * size
            assert says(formula.args["distance"], distance)
            count = {
                "count.whole": distance // per,
                "count.started": -(-distance // per),
                "count.exact": distance / per,
            }[key_of(formula.args["count"])]
            assert abs(Fraction(step.value)) == count
            measure = Fraction(step.value)
        elif term == "share":
            share = Fraction(step.value)
            if isinstance(formula, str):
                assert worked(formula) == share
                assert numbers_in(formula)[-1] == abs(measure if MEASURES & {*so_far} else value_of(so_far["actual"]))
        elif term in {"cap", "floor"}:
            assert isinstance(formula, Said)
            assert said_number(formula.args["share"]) == share
            before, share = share, Fraction(step.value)
            assert said_number(formula.args["limit"]) == share
            assert before > share if term == "cap" else before < share
        elif term in SHARES:
            share = Fraction(step.value)
            if term == "start":
                assert worked(str(formula)) == share * (by_file or 1)
            elif isinstance(formula, str):
                assert worked(formula) == share
        elif term == "item":
            assert isinstance(formula, Said)
            count, each = int(str(formula.args["count"])), Fraction(str(formula.args["each"]))
            limit = formula.args["limit"]
            count = min(count, int(str(limit.args["times"]))) if isinstance(limit, Said) else count
            assert Fraction(step.value) == count * each
            share += count * each / (by_file or 1)
        elif term == "mean":
            assert isinstance(formula, str)
            assert worked(formula) == Fraction(step.value) == Fraction(one.steps[terms.index("actual")].value)
        elif term == "weight":
            assert Fraction(step.value) == right.weight != by_file
        elif term == "points":
            assert isinstance(formula, str)
            assert worked(formula) == Fraction(step.value) == right.points
            assert numbers_in(formula) == [abs(share), right.weight or 1]
        elif term == "rounding":
            assert isinstance(formula, Said)
            assert says(formula.args["value"], Fraction(so_far["points"].value))
            rule = Fraction(str(formula.args["step"]))
            score = oracle.to_step(abs(right.points), rule, mode_of(formula))
            assert Fraction(step.value) == (score if right.points >= 0 else -score) == Fraction(one.score)
            assert step.value == str(one.score)
        so_far[term] = step
    assert one.share is None or share == one.share
    assert Fraction(one.steps[-1].value) == Fraction(one.score)
    if one.tier is not None:
        assert so_far["tier"].value == one.tier


def value_of(step: perfeval.Step) -> Fraction:
    """The value of an actual; a date is its day."""
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", step.value):
        return oracle.number(step.value)[1]
    return Fraction(step.value)


def replay_total(evaluation: perfeval.Evaluation) -> None:
    value = Fraction(0)
    for step in evaluation.totals:
        if step.term == "sum":
            assert isinstance(step.formula, str)
            assert step.formula == " + ".join(str(one.score) for one in evaluation)
            value = worked(step.formula)
            assert value == Fraction(step.value)
        elif step.term in {"cap", "floor"}:
            assert isinstance(step.formula, Said)
            assert said_number(step.formula.args["share"]) == value
            value = Fraction(step.value)
            assert said_number(step.formula.args["limit"]) == value
        elif step.term in {"rounding", "grade-rounding"}:
            assert isinstance(step.formula, Said)
            assert says(step.formula.args["value"], value)
            rounded = oracle.to_step(value, Fraction(str(step.formula.args["step"])), mode_of(step.formula))
            assert rounded == Fraction(step.value)
            if step.term == "rounding":
                assert rounded == Fraction(evaluation.total)
        elif step.term == "grade":
            assert step.value == evaluation.grade
            assert isinstance(step.formula, str)
            high, low = map(Fraction, step.formula.split(" ≥ "))
            assert high >= low
    if "rounding" not in [step.term for step in evaluation.totals]:
        assert Fraction(evaluation.total) == value


def key_of(value: Any) -> str:
    assert isinstance(value, Said)
    return value.key


def mode_of(formula: Said) -> str:
    return key_of(formula.args["mode"]).removeprefix("mode.")


# --- rounding --------------------------------------------------------------------------------------------------------


def coefficient(value: Fraction, rounding: dict[str, Any]) -> perfeval.Evaluation:
    """A row of weight 1 whose score before rounding is *value*, be it below 0."""
    method = {"kind": "graded", "tiers": [{"name": "档", "score": Decimal(decimals(value))}]}
    rest = {"kind": "graded", "tiers": [{"name": "档", "score": 0}]}
    card = {
        "format": 1,
        "id": "rounding",
        "title": "取整",
        "rounding": rounding,
        "indicators": [
            {"name": "行", "weight": 1, "method": method},
            {"name": "余", "weight": 99, "method": rest},
        ],
    }
    text, facts = Form(card=card, facts={"行": "档", "余": "档"}).written()
    return perfeval.score(perfeval.loads(text), facts)


@settings(max_examples=200)
@given(
    st.integers(-4000, 4000).map(lambda count: Fraction(count, 200)),
    st.sampled_from(MODES),
    st.sampled_from(QUANTA[:-1]),
    st.booleans(),
)
def test_rounding_goes_to_a_neighbour_once(value: Fraction, mode: str, quantum: Any, own: bool) -> None:
    rounding = {"row": {"to": quantum, "mode": mode}} if own else {"mode": mode, "row": quantum}
    score = coefficient(value, rounding)["行"].score
    step = Fraction(quantum)
    found = Fraction(score)
    assert (found / step).denominator == 1
    assert len(str(score).partition(".")[2]) == _places(quantum)
    distance = abs(found) - abs(value)
    assert found * value >= 0
    assert abs(distance) < step
    if mode == "down":
        assert distance <= 0
    elif mode == "up":
        assert distance >= 0
    else:
        assert 2 * abs(distance) <= step
        if 2 * abs(distance) == step:
            assert distance > 0 if mode == "half-up" else (found / step) % 2 == 0


def _places(quantum: Any) -> int:
    return len(str(quantum).partition(".")[2])


@given(st.integers(0, 10**6))
def test_the_total_is_rounded_from_the_rows_and_the_grade_from_the_unrounded_total(count: int) -> None:
    value = Fraction(count, 10**4)
    method = {"kind": "graded", "tiers": [{"name": "档", "score": Decimal(decimals(value))}]}
    card = {
        "format": 1,
        "id": "stages",
        "title": "取整",
        "rounding": {"row": "0.01", "total": "0.1", "grade": "1"},
        "indicators": [{"name": "行", "weight": 100, "method": method}],
        "grades": [{"name": "优", "from": 90}, {"name": "差", "from": 0}],
    }
    text, facts = Form(card=card, facts={"行": "档"}).written()
    evaluation = perfeval.score(perfeval.loads(text), facts)
    row = oracle.to_step(value, Fraction(1, 100), "half-up")
    assert Fraction(evaluation["行"].score) == row
    assert Fraction(evaluation.total) == oracle.to_step(row, Fraction(1, 10), "half-up")
    assert evaluation.grade == ("优" if oracle.to_step(row, Fraction(1), "half-up") >= 90 else "差")


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).filter(
        lambda x: abs(x) > 1e-12 or x == 0
    )
)
def test_a_float_is_the_decimal_that_python_prints(value: float) -> None:
    card = {
        "format": 1,
        "id": "floats",
        "title": "浮点",
        "rounding": {"row": "exact"},
        "indicators": [
            {"name": "行", "weight": 100, "target": "≥7", "method": {"kind": "proportional", "cap": "none", "floor": 0}}
        ],
    }
    text, _ = Form(card=card, facts={}).written()
    plan = perfeval.loads(text)
    given_float = perfeval.score(plan, {"行": value})
    printed = perfeval.score(plan, {"行": Decimal(repr(value))})
    assert results(given_float) == results(printed)
    assert given_float["行"].measure == Fraction(repr(value)) / 7


@given(
    FORMS,
    st.integers(-(10**6), 10**6).map(lambda count: Decimal(count).scaleb(-3)),
    st.sampled_from(["优", "差", "无"]),
)
def test_a_claim_is_compared_and_changes_nothing(form: Form, total: Decimal, grade: str) -> None:
    evaluation, _ = scored(form)
    text, facts = form.written()
    claimed = perfeval.score(perfeval.loads(text), facts, reported={"total": total, "grade": grade})
    assert results(claimed) == results(evaluation)
    assert evaluation.difference is None
    assert evaluation.grade_agrees is None
    assert claimed.difference is not None
    assert Fraction(claimed.difference) == Fraction(total) - Fraction(evaluation.total)
    assert claimed.grade_agrees == (None if evaluation.grade is None else grade == evaluation.grade)
