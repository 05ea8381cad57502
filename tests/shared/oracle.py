"""What a form scores by the words of the format alone: fractions and if/else, and not a line of the package."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


class RefusedError(Exception):
    """The rule says of such facts that they cannot be; why, by the names of the problems."""

    def __init__(self, names: set[str]) -> None:
        super().__init__(", ".join(sorted(names)))
        self.names = names


@dataclass
class Row:
    """One row: what it earns before and after rounding, in points; what it weighs in this form, and by the file."""

    name: str
    weight: Fraction
    by_file: Fraction
    low: Fraction
    high: Fraction | None
    points: Fraction
    score: Fraction
    met: bool | None
    asked: bool
    applies: bool = True
    counts: bool = True


@dataclass
class Form:
    """The whole form; each group with its weight and its score."""

    rows: list[Row]
    total: Fraction
    grade: str | None
    groups: dict[str, tuple[Fraction, Fraction]]


@dataclass
class Earned:
    """One row before anything is known of the others: in points of the weight that the file gives it."""

    low: Fraction
    high: Fraction | None
    points: Fraction = Fraction(0)
    met: bool | None = None
    asked: bool = False
    applies: bool = True


def evaluate(text: str, facts: Mapping[str, Any], year: int | None = None) -> Form:
    """The rule file *text* applied to *facts*, each row under its id, its name or group/name."""
    card = tomllib.loads(text, parse_float=Fraction)
    if year is not None:
        card = in_year(card, datetime.date(year, 12, 31))
    rounding = card.get("rounding", {})
    tree = Tree(card)
    refused: set[str] = set()
    earned = []
    for row, weight in zip(card["indicators"], tree.weights, strict=True):
        keys = [row.get("id"), row["name"], row.get("group", "") + "/" + row["name"]]
        fact = next(facts[key] for key in keys if key in facts)
        method = row["method"] if isinstance(row["method"], dict) else card["methods"][row["method"]]
        try:
            earned.append(one_row(method, row, weight, fact, rounding))
        except NothingSaidError:
            refused.add("no-share")
            earned.append(Earned(Fraction(0), None))
    tree.applying = [one.applies for one in earned]
    refused |= tree.hand_out()
    if refused:
        raise RefusedError(refused)
    rows = []
    for index, (row, one) in enumerate(zip(card["indicators"], earned, strict=True)):
        weight, now = tree.weights[index], tree.found[index]
        size = now / weight if weight else Fraction(1)
        if not one.applies:
            none = Fraction(0)
            rows.append(Row(row["name"], none, weight, none, none, none, none, None, False, applies=False))
            continue
        got = one.points * size
        score = rounded(got, rounding.get("row", "0.01"), rounding)
        high = None if one.high is None else one.high * size
        rows.append(Row(row["name"], now, weight, one.low * size, high, got, score, one.met, one.asked))
    scores: dict[str, Fraction] = {}
    raw = sum((tree.score(one, rows, scores) for one in tree.tops if tree.applies(one)), Fraction(0))
    if "cap" in card:
        raw = min(raw, Fraction(card["cap"]))
    raw = max(raw, Fraction(0))
    total = rounded(raw, rounding.get("total", "exact"), rounding)
    groups = {path: (tree.given[path], scores.get(path, Fraction(0))) for path in tree.paths}
    total, grade = graded(card, facts, rows, groups, tree, raw, total)
    return Form(rows, total, grade, groups)


def in_year(value: Any, day: datetime.date) -> Any:
    """What stands on the last day of the year; the dates of the file itself choose nothing."""
    if isinstance(value, list):
        return [in_year(one, day) for one in value if stands(one, day)]
    if isinstance(value, dict):
        return {key: in_year(one, day) for key, one in value.items() if stands(one, day)}
    return value


def stands(value: Any, day: datetime.date) -> bool:
    if not isinstance(value, dict):
        return True
    since, until = value.get("since"), value.get("until")
    return (since is None or since <= day) and (until is None or day <= until)


#: A row by its place, or a group by its path.
Member = int | str


@dataclass
class Tree:
    """Rows and groups: what they weigh by the file, and what they weigh in this form."""

    card: Mapping[str, Any]
    weights: list[Fraction] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    applying: list[bool] = field(default_factory=list)
    found: list[Fraction] = field(default_factory=list)
    given: dict[str, Fraction] = field(default_factory=dict)
    sizes: dict[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = [row.get("group", "") for row in self.card["indicators"]]
        for place in self.places:
            parts = place.split("/") if place else []
            for length in range(1, len(parts) + 1):
                path = "/".join(parts[:length])
                if path not in self.paths:
                    self.paths.append(path)
        self.tops: list[Member] = self.members("")
        said = [row.get("weight") for row in self.card["indicators"]]
        self.weights = [
            Fraction(0) if one is None else points(one, whole_of(self.card, place))
            for one, place in zip(said, self.places, strict=True)
        ]
        for path in sorted(self.paths, key=lambda one: -one.count("/")):
            self.split(path, [row for row in self.members(path) if isinstance(row, int) and said[row] is None])

    def table(self, path: str) -> Mapping[str, Any]:
        table = self.card.get("structure", {}).get(path, {})
        return table if isinstance(table, dict) else {"weight": table}

    def way(self, path: str) -> str:
        table = self.table(path)
        if "choose" in table or "best" in table or "convert" in table:
            return next(way for way in ("choose", "best", "convert") if way in table)
        return str(table.get("combine", "sum"))

    def members(self, path: str) -> list[Member]:
        rows: list[Member] = [index for index, place in enumerate(self.places) if place == path]
        return rows + [one for one in self.paths if one.rpartition("/")[0] == path and one != path]

    def split(self, path: str, takers: list[int]) -> None:
        """What the rows without a weight get."""
        if not takers:
            return
        whole = whole_of(self.card, path)
        if self.way(path) in {"choose", "best", "weakest"}:
            for row in takers:
                self.weights[row] = whole / self.many(path)
            return
        rest = whole - sum((self.weight(one) for one in self.members(path) if one not in takers), Fraction(0))
        rule = self.table(path)["split"]
        each = rest / len(takers)
        if rule == "equal":
            parts = [each] * len(takers)
        else:
            to = Fraction(rule["to"])
            if rule["remainder"] == "spread":
                parts = [floor(each / to) * to] * len(takers)
                over, at = rest - sum(parts, Fraction(0)), 0
                while over > 0:
                    parts[at] += min(to, over)
                    over, at = over - min(to, over), at + 1
            else:
                parts = [to_step(each, to, "half-up")] * len(takers)
                parts[0 if rule["remainder"] == "first" else -1] += rest - sum(parts, Fraction(0))
        for row, part in zip(takers, parts, strict=True):
            self.weights[row] = part

    def many(self, path: str) -> int:
        """How many members the group counts, where it does not count all."""
        return int(self.table(path).get("choose", self.table(path).get("best", 1)))

    def weight(self, member: Member) -> Fraction:
        """By the file."""
        if isinstance(member, int):
            return self.weights[member]
        if "weight" in self.table(member):
            return whole_of(self.card, member)
        inner = [self.weight(one) for one in self.members(member)]
        return sum(inner, Fraction(0)) if self.way(member) == "sum" else max(inner) * self.many(member)

    def rows(self, member: Member) -> list[int]:
        if isinstance(member, int):
            return [member]
        return [row for one in self.members(member) for row in self.rows(one)]

    def applies(self, member: Member) -> bool:
        return any(self.applying[row] for row in self.rows(member))

    def takes(self, member: Member) -> bool:
        """Whether there is something that applies and weighs: only that takes and leaves a weight."""
        if isinstance(member, int):
            return self.applying[member] and self.weights[member] != 0
        if self.way(member) == "convert":
            return self.applies(member) and self.weight(member) != 0
        return any(self.takes(one) for one in self.members(member))

    # What the form makes of it.

    def hand_out(self) -> set[str]:
        """The weight of every row and group in this form; whatever the rules do not say, by name."""
        self.found = [Fraction(0)] * len(self.weights)
        self.given = dict.fromkeys(self.paths, Fraction(0))
        self.sizes = dict.fromkeys(self.paths, Fraction(1))
        self.refused: set[str] = set()
        self.wrong = {path for path in self.paths if self.way(path) == "choose" and self.is_wrong(path)}
        if self.wrong:
            self.refused.add("wrong-choice")
        for path in self.paths:
            count = sum(self.applies(one) for one in self.members(path))
            if self.way(path) == "convert" and count and str(count) not in self.table(path)["convert"]:
                self.refused.add("no-conversion")
        mode, whole = self.card.get("not_applicable"), sum((self.weight(one) for one in self.tops), Fraction(0))
        if whole and not any(self.takes(one) for one in self.tops):
            self.refused.add("nothing-applies")
        elif mode == "total":
            parts = [one for top in self.tops for one in self.flat(top)]
            left = sum((self.weight(one) for one in parts if self.takes(one)), Fraction(0))
            for path in self.paths:
                self.sizes[path] = whole / left if left and self.weight(path) else Fraction(1)
            for one in parts:
                if self.takes(one):
                    self.give(one, self.weight(one) * whole / left)
            for path in sorted(self.paths, key=lambda one: -one.count("/")):
                if self.way(path) == "sum" and not self.given[path]:
                    inner = self.members(path)
                    self.given[path] = sum(
                        (self.found[one] if isinstance(one, int) else self.given[one] for one in inner), Fraction(0)
                    )
        else:
            self.over(self.tops, whole)
        return self.refused

    def is_wrong(self, path: str) -> bool:
        """Whether not as many members apply as are chosen; a group that its own group leaves out chooses nothing."""
        count = sum(self.applies(one) for one in self.members(path))
        if count == 0:
            at = path
            while "/" in at:
                above = at.rpartition("/")[0]
                if self.way(above) != "sum":
                    return self.applies(at)
                at = above
        return count != self.many(path)

    def flat(self, member: Member) -> Iterator[Member]:
        """Rows, and groups that count as one."""
        if isinstance(member, str) and self.way(member) == "sum":
            for one in self.members(member):
                yield from self.flat(one)
        else:
            yield member

    def over(self, members: Sequence[Member], weight: Fraction) -> None:
        left = sum((self.weight(one) for one in members if self.takes(one)), Fraction(0))
        for one in members:
            if self.takes(one):
                self.give(one, weight * self.weight(one) / left)
            elif self.weight(one):
                self.miss(one)

    def miss(self, member: Member) -> None:
        if self.card.get("not_applicable") is None and member not in self.wrong:
            self.refused.add("not-applicable")

    def give(self, member: Member, weight: Fraction) -> None:
        if isinstance(member, int):
            self.found[member] = weight
            return
        self.given[member], self.sizes[member] = weight, weight / self.weight(member)
        inner, way = self.members(member), self.way(member)
        if way == "sum":
            self.over(inner, weight)
            return
        taking = [one for one in inner if self.takes(one)]
        size = self.sizes[member]
        if way == "convert":
            size = Fraction(1)
        elif way == "best" and len(taking) < self.many(member):
            for one in inner:
                if one not in taking:
                    self.miss(one)
            size = size * self.many(member) / len(taking)
        for one in taking:
            self.give(one, self.weight(one) * size)

    def score(self, member: Member, rows: list[Row], scores: dict[str, Fraction]) -> Fraction:
        """What a row or a group that applies scores; rows that a group leaves out are marked."""
        if isinstance(member, int):
            return rows[member].score
        inner = [one for one in self.members(member) if self.applies(one)]
        values = [self.score(one, rows, scores) for one in inner]
        table, way, size = self.table(member), self.way(member), self.sizes[member]
        found = sum(values, Fraction(0))
        if way == "best":
            order = sorted(range(len(inner)), key=lambda place: (-values[place], place))
            for place in order[self.many(member) :]:
                found -= values[place]
                for row in self.rows(inner[place]):
                    rows[row].counts = False
        elif way == "weakest":
            found = min(values) + (size * Fraction(table.get("plus", 0)) if max(values) > min(values) else 0)
        elif way == "convert":
            bands = table["convert"][str(len(inner))]
            found = banded({"bands": bands}, self.weight(member), found) * size
        if "cap" in table:
            found = min(found, points(table["cap"], self.weight(member)) * size)
        scores[member] = found
        return found


def graded(  # noqa: PLR0917  # all that the end of the road looks back at
    card: Mapping[str, Any],
    facts: Mapping[str, Any],
    rows: list[Row],
    groups: Mapping[str, tuple[Fraction, Fraction]],
    tree: Tree,
    raw: Fraction,
    total: Fraction,
) -> tuple[Fraction, str | None]:
    """Total and grade, after what overrides them."""
    rounding, grades = card.get("rounding", {}), card.get("grades", [])

    def earned(raw: Fraction, total: Fraction) -> str | None:
        read = rounded(raw, rounding["grade"], rounding) if "grade" in rounding else total
        return next((one["name"] for one in grades if "from" in one and read >= one["from"]), None)

    holding = []
    for one in card.get("overrides", []):
        word = next((word for word in ("from", "above", "to", "below") if word in one), None)
        if word is None:
            holds = facts.get(one["when"]) is True
        elif one["when"] in groups:
            weight, score = groups[one["when"]]
            holds = tree.applies(one["when"]) and beyond(word, points(one[word], weight), score)
        else:
            row = next(row for row in rows if row.name == one["when"])
            holds = row.applies and beyond(word, points(one[word], row.weight), row.score)
        if holds:
            holding.append(one)
    totals = [Fraction(one["total"]) for one in holding if "total" in one]
    if totals:
        raw = total = totals[0]
    grade = earned(raw, total)
    given = [one["grade"] for one in holding if "grade" in one]
    if given:
        grade = given[0]
    names = [one["name"] for one in grades]
    for one in holding:
        if "best_grade" in one and grade is not None and names.index(grade) < names.index(one["best_grade"]):
            grade = one["best_grade"]
    return total, grade


def whole_of(card: Mapping[str, Any], path: str) -> Fraction:
    """The weight of the nearest group that says one, from *path* upwards, else the total."""
    if not path:
        return Fraction(card.get("total", 100))
    above = path.rpartition("/")[0]
    table = card.get("structure", {}).get(path, {})
    amount = table.get("weight") if isinstance(table, dict) else table
    return whole_of(card, above) if amount is None else points(amount, whole_of(card, above))


NOT_APPLICABLE = {"不适用", "不涉及", "N/A"}


def one_row(
    method: Mapping[str, Any], row: Mapping[str, Any], weight: Fraction, fact: Any, rounding: Mapping[str, Any]
) -> Earned:
    """What one row earns, in points of *weight*, by itself."""
    low = points(method.get("floor", 0), weight)
    high = None if method.get("cap") == "none" else points(method.get("cap", "100%"), weight)
    nothing = Earned(low, high, applies=False)
    items = method.get("items", [])
    counted: dict[str, int] = {}
    if isinstance(fact, list):
        units = [one if isinstance(one, dict) else {"actual": one} for one in fact]
        units = [one for one in units if one.get("applies") is not False]
        if not units:
            return nothing
        counted = {one["name"]: sum(int(unit.get(one["name"], 0)) for unit in units) for one in items}
        fact = as_one(method, units)
    elif isinstance(fact, dict):
        if fact.get("applies") is False or NOT_APPLICABLE & {str(fact.get("actual")), str(fact.get("tier"))}:
            return nothing
        counted = {one["name"]: int(fact.get(one["name"], 0)) for one in items}
    elif isinstance(fact, str) and fact in NOT_APPLICABLE:
        return nothing
    if method["kind"] == "counted":
        if not isinstance(fact, dict):
            counted = {items[0]["name"]: int(fact)}
        earned, met, asked = points(method.get("start", 0), weight), None, False
    elif method["kind"] == "graded":
        earned, met, asked = judged(method, weight, fact), None, False
        low, high = min(low, earned), None if high is None else max(high, earned)
    else:
        found = measured(method=method, row=row, weight=weight, high=high, fact=fact, rounding=rounding)
        if found is None:
            return nothing
        earned, met, asked = found
    for one in items:
        times = min(counted.get(one["name"], 0), one.get("times", 10**9))
        earned += times * (points(one["plus"], weight) if "plus" in one else -points(one["minus"], weight))
    earned = max(earned, low)
    if high is not None:
        earned = min(earned, high)
    return Earned(low, high, earned, met, asked)


def as_one(method: Mapping[str, Any], units: list[dict[str, Any]]) -> dict[str, Any]:
    """Several units as one: each amount added up, or averaged."""
    actual = method.get("actual", "actual")
    votes = list(actual["mean"]) if isinstance(actual, dict) and "mean" in actual else []
    names = [*votes]
    for recipe in (actual, method.get("target")):
        if isinstance(recipe, str):
            names.append(recipe)
        elif recipe and "mean" not in recipe:
            names += [*recipe["add"], *recipe.get("less", [])]
    by = None if method["merge"] == "sum" else method["merge"]["weighted_by"]
    made: dict[str, Any] = {}
    for name in names:
        values = [number(unit[name])[1] for unit in units]
        if by is None or name == by or name in votes:
            made[name] = sum(values, Fraction(0))
        else:
            weights = [number(unit[by])[1] for unit in units]
            products = [value * weight for value, weight in zip(values, weights, strict=True)]
            made[name] = sum(products, Fraction(0)) / sum(weights)
    if any("reason" in unit for unit in units):
        made["reason"] = "given"
    return made


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
    if "mean" in recipe:
        votes = {name: number(fact[name])[1] for name in recipe["mean"]}
        total = sum((count * number(recipe["mean"][name])[1] for name, count in votes.items()), Fraction(0))
        return total / sum(votes.values())
    added = sum(number(fact[name])[1] for name in recipe["add"])
    return Fraction(added - sum(number(fact[name])[1] for name in recipe.get("less", [])))


def measured(  # noqa: PLR0912, PLR0915  # one road from top to bottom, to be read beside the format
    *,
    method: Mapping[str, Any],
    row: Mapping[str, Any],
    weight: Fraction,
    high: Fraction | None,
    fact: Any,
    rounding: Mapping[str, Any],
) -> tuple[Fraction, bool | None, bool] | None:
    """Points before floor and cap, whether the target is met, whether a reason is asked for; None: does not apply."""
    kind, written_target = method["kind"], row.get("target")
    explained = isinstance(fact, dict) and "reason" in fact
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
    if target == 0 and method.get("zero_target") == "not-applicable":
        return None
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
        levels = {name: ("to" if lower else "from", at) for name, at in row.get("levels", {}).items()}
        asked = asked or "unless" in fitting(method["bands"], measure, levels)
        earned = banded(method, weight, measure, levels=levels, explained=explained)
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


def edge_of(band: Mapping[str, Any], levels: Mapping[str, tuple[str, Any]]) -> tuple[str, Any] | None:
    if "level" in band:
        return levels[band["level"]]
    return next(((word, band[word]) for word in ("from", "above", "to", "below") if word in band), None)


def fitting(bands: list[Any], x: Fraction | None, levels: Mapping[str, tuple[str, Any]]) -> Mapping[str, Any]:
    """The first band that fits."""
    for band in bands:
        edge = edge_of(band, levels)
        if edge is None or beyond(*edge, x):
            return dict(band)
    raise AssertionError("no band fits")


def banded(
    method: Mapping[str, Any],
    weight: Fraction,
    x: Fraction | None,
    *,
    levels: Mapping[str, tuple[str, Any]] | None = None,
    explained: bool = False,
) -> Fraction:
    """The first band that fits; between its edge and the one before it a straight line, if asked for."""
    before = None
    for band in method["bands"]:
        if explained and "unless" in band:
            continue
        earns = points(band["score"], weight) if "score" in band else weight - points(band["minus"], weight)
        edge = edge_of(band, levels or {})
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
        return Fraction(10**60)  # whatever items take off, it stays above the cap
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
