"""What a form scores by the words of the format alone: fractions and if/else, and not a line of the package."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

SIZES = {
    "": Fraction(1),
    "%": Fraction(1, 100),
    "人次": Fraction(1),
    "天": Fraction(1),
    "元": Fraction(1),
    "万元": Fraction(10_000),
    "亿元": Fraction(100_000_000),
    "克": Fraction(1, 1000),
    "公斤": Fraction(1),
    "吨": Fraction(1000),
}


class NothingSaidError(Exception):
    """The rule does not say what this earns: a completion without end and no cap."""


@dataclass
class Row:
    """One row: what it earns before and after rounding, in points."""

    name: str
    weight: Fraction
    low: Fraction
    high: Fraction | None
    points: Fraction
    score: Fraction
    met: bool | None
    asked: bool


@dataclass
class Form:
    """The whole form."""

    rows: list[Row]
    total: Fraction
    grade: str | None


def evaluate(text: str, facts: Mapping[str, Any]) -> Form:
    """The rule file *text* applied to *facts*, each row under its id, its name or group/name."""
    card = tomllib.loads(text, parse_float=Fraction)
    rounding = card.get("rounding", {})
    rows = []
    for row in card["indicators"]:
        keys = [row.get("id"), row["name"], row.get("group", "") + "/" + row["name"]]
        fact = next(facts[key] for key in keys if key in facts)
        method = row["method"] if isinstance(row["method"], dict) else card["methods"][row["method"]]
        weight = weight_of(card, row)
        low = points(method.get("floor", 0), weight)
        high = None if method.get("cap") == "none" else points(method.get("cap", "100%"), weight)
        if method["kind"] == "graded":
            earned, met, asked = judged(method, weight, fact), None, False
        else:
            earned, met, asked = measured(
                method=method,
                written_target=row.get("target"),
                weight=weight,
                high=high,
                fact=fact,
                rounding=rounding,
            )
            earned = max(earned, low)
            if high is not None:
                earned = min(earned, high)
        score = rounded(earned, rounding.get("row", "0.01"), rounding)
        rows.append(Row(row["name"], weight, low, high, earned, score, met, asked))
    raw = sum((row.score for row in rows), Fraction(0))
    if "cap" in card:
        raw = min(raw, Fraction(card["cap"]))
    raw = max(raw, Fraction(0))
    total = rounded(raw, rounding.get("total", "exact"), rounding)
    read = rounded(raw, rounding["grade"], rounding) if "grade" in rounding else total
    grade = next((one["name"] for one in card.get("grades", []) if read >= one["from"]), None)
    return Form(rows, total, grade)


def weight_of(card: Mapping[str, Any], row: Mapping[str, Any]) -> Fraction:
    """A percentage is of the nearest group above that has a weight, else of the whole."""
    return points(row["weight"], whole_of(card, row.get("group", "")))


def whole_of(card: Mapping[str, Any], path: str) -> Fraction:
    if not path:
        return Fraction(card.get("total", 100))
    above = path.rpartition("/")[0]
    if path in card.get("structure", {}):
        return points(card["structure"][path], whole_of(card, above))
    return whole_of(card, above)


def points(amount: Any, whole: Fraction) -> Fraction:
    """A number is points, a text with % a part of the whole."""
    if isinstance(amount, str) and amount.endswith("%"):
        return Fraction(amount[:-1]) / 100 * whole
    return Fraction(amount)


def rounded(value: Fraction, rule: Any, rounding: Mapping[str, Any]) -> Fraction:
    """To the nearest multiple, away from zero or towards it; half of one goes up, or to the even one."""
    mode = rounding.get("mode", "half-up")
    if isinstance(rule, dict):
        mode = rule.get("mode", mode)
        rule = rule["to"]
    if rule == "exact":
        return value
    step = points(rule, Fraction(1))
    if value < 0:
        return -to_step(-value, step, mode)
    return to_step(value, step, mode)


def to_step(value: Fraction, step: Fraction, mode: str) -> Fraction:
    lower = floor(value / step) * step
    if lower == value:
        return value
    upper = lower + step
    if mode == "down":
        return lower
    if mode == "up":
        return upper
    if value - lower < upper - value:
        return lower
    if value - lower > upper - value:
        return upper
    if mode == "half-even" and (lower / step) % 2 == 0:
        return lower
    return upper


def number(written: Any) -> tuple[str, Fraction]:
    """The operator and the value of what is written, in the base of its unit; a date is its day."""
    if isinstance(written, float):
        written = repr(written)
    if isinstance(written, int | Decimal | Fraction):
        return "", Fraction(written)
    if isinstance(written, datetime.date):
        return "", Fraction(written.toordinal())
    match = re.fullmatch(r"([≥≤><=]?)([0-9]{4}-[0-9]{2}-[0-9]{2})", written)
    if match:
        return match[1], Fraction(datetime.date.fromisoformat(match[2]).toordinal())
    match = re.fullmatch(r"([≥≤><=]?)(-?[0-9]+(?:\.[0-9]+)?)(\D*)", written)
    assert match, written
    return match[1], Fraction(match[2]) * SIZES[match[3]]


def judged(method: Mapping[str, Any], weight: Fraction, fact: Any) -> Fraction:
    """The score a person gave in the tier, or the one the tier gives."""
    if isinstance(fact, str):
        fact = {"tier": fact}
    if "score" in fact:
        return points(Fraction(repr(fact["score"])) if isinstance(fact["score"], float) else fact["score"], weight)
    for tier in method["tiers"]:
        if tier["name"] == fact["tier"] or fact["tier"] in tier.get("aliases", []):
            return points(tier["score"], weight)
    raise AssertionError(fact)


def made(recipe: Any, fact: Mapping[str, Any]) -> Fraction:
    """Amounts of the fact, added and taken off."""
    if isinstance(recipe, str):
        return number(fact[recipe])[1]
    added = sum(number(fact[name])[1] for name in recipe["add"])
    return Fraction(added - sum(number(fact[name])[1] for name in recipe.get("less", [])))


def measured(  # noqa: PLR0912, PLR0915  # one road from top to bottom, to be read beside the format
    *,
    method: Mapping[str, Any],
    written_target: Any,
    weight: Fraction,
    high: Fraction | None,
    fact: Any,
    rounding: Mapping[str, Any],
) -> tuple[Fraction, bool | None, bool]:
    """Points before floor and cap, whether the target is met, whether a reason is asked for."""
    kind = method["kind"]
    # The two numbers.
    if "actual" in method:
        actual = made(method["actual"], fact)
    else:
        actual = number(fact["actual"] if isinstance(fact, dict) else fact)[1]
    operator, target = "", None
    if "target" in method:
        target = made(method["target"], fact)
    elif written_target is not None:
        operator, target = number(written_target)
    # Which side is better.
    if operator in {"≥", ">"}:
        lower = False
    elif operator in {"≤", "<"} or (
        target == 0 and (operator == "=" or "better" not in method) and "target" not in method
    ):
        lower = True
    elif "better" in method:
        lower = method["better"] == "lower"
    else:
        # A day to be ready by; anything else is better the more there is of it.
        lower = (
            written_target is not None
            and re.fullmatch(r"=?[0-9]{4}-[0-9]{2}-[0-9]{2}", str(written_target)) is not None
        )
    # Whether the target is met.
    met = None
    if target is not None:
        if operator == "<":
            met = actual < target
        elif operator == ">":
            met = actual > target
        elif lower:
            met = actual <= target
        else:
            met = actual >= target
    if target == 0 and "zero_target" in method:
        return points(method["zero_target"], weight), met, False
    # The measure; None is a completion without end.
    name = method.get("measure", {"banded": "value", "stepped": "difference"}.get(kind, "completion"))
    if kind == "threshold" and method.get("otherwise") != "proportional":
        earned = weight if met else points(method.get("otherwise", 0), weight)
        return earned, met, any(beyond(word, at, actual) for word, at in method.get("needs_reason", {}).items())
    measure: Fraction | None
    if name in {"completion", "deviation"} and target == 0:
        assert kind in {"proportional", "threshold"}
        assert operator in {"=", "≤", ""}
        return (weight if met else Fraction(0)), met, False
    if name == "value":
        measure = actual
    elif target is None:
        raise AssertionError("a measure without its target")
    elif name == "difference":
        measure = actual - target
    elif name == "deviation":
        measure = (actual - target) / target
    elif not lower:
        measure = actual / target
    elif method.get("reverse") == "linear":
        measure = 2 - actual / target
    elif actual > 0:
        measure = target / actual
    else:
        measure = None
    if name in {"completion", "deviation"} and measure is not None:
        measure = rounded(measure, rounding.get("rate", "exact"), rounding)
    asked = any(beyond(word, at, measure) for word, at in method.get("needs_reason", {}).items())
    # What it earns.
    if any(beyond(word, at, measure) for word, at in method.get("zero", {}).items()):
        earned = Fraction(0)
    elif kind == "proportional":
        earned = in_proportion(measure, weight, high)
    elif kind == "threshold":
        earned = weight if met else in_proportion(measure, weight, weight)
    elif kind == "banded":
        earned = banded(method, weight, measure)
    elif kind == "stepped":
        earned = stepped(method, weight, measure, name=name, lower=lower, high=high)
    else:
        raise AssertionError(kind)
    return earned, met, asked


def in_proportion(measure: Fraction | None, weight: Fraction, most: Fraction | None) -> Fraction:
    if measure is None:
        if most is None:
            raise NothingSaidError
        return most
    earned = max(measure, Fraction(0)) * weight
    return earned if most is None else min(earned, most)


def beyond(word: str, edge: Any, x: Fraction | None) -> bool:
    at = number(edge)[1]
    if word == "from":
        return x is None or x >= at
    if word == "above":
        return x is None or x > at
    if word == "to":
        return x is not None and x <= at
    return x is not None and x < at


def edge_of(band: Mapping[str, Any]) -> tuple[str, Any] | None:
    return next(((word, band[word]) for word in ("from", "above", "to", "below") if word in band), None)


def banded(method: Mapping[str, Any], weight: Fraction, x: Fraction | None) -> Fraction:
    """The first band that fits; between its edge and the one before it a straight line, if asked for."""
    before = None
    for band in method["bands"]:
        earns = points(band["score"], weight) if "score" in band else weight - points(band["minus"], weight)
        edge = edge_of(band)
        if edge is None:
            return earns
        at = number(edge[1])[1]
        if beyond(edge[0], edge[1], x):
            if not method.get("interpolate") or before is None or before[0] == at:
                return earns
            assert x is not None
            return earns + (before[1] - earns) * (x - at) / (before[0] - at)
        before = at, earns
    raise AssertionError("no band fits")


def stepped(
    method: Mapping[str, Any],
    weight: Fraction,
    measure: Fraction | None,
    *,
    name: str,
    lower: bool,
    high: Fraction | None,
) -> Fraction:
    """From the start so much off for each step on the worse side, so much on top on the better one."""
    start = points(method.get("start", "100%"), weight)
    plus, minus = points(method.get("plus", 0), weight), points(method.get("minus", 0), weight)
    if measure is None:
        if plus == 0:
            return start
        if high is None:
            raise NothingSaidError
        return high
    if name == "completion":
        distance = measure - 1
    elif lower:
        distance = -measure
    else:
        distance = measure
    per = number(method["per"])[1]
    steps = abs(distance) / per
    if method["steps"] == "whole":
        steps = Fraction(floor(steps))
    elif method["steps"] == "started" and steps != floor(steps):
        steps = Fraction(floor(steps) + 1)
    if distance > 0:
        return start + plus * steps
    return start - minus * steps
