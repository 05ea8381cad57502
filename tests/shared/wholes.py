"""Whole forms for the property tests: groups in groups that add up in every way, rows that do not apply, dates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen
from hypothesis import strategies as st
from scorecards import Form, Row, decimals, ends, extra, percent, roundings, rows

#: When rules begin and end, and the years of forms that see them come and go.
DAYS = (datetime.date(2020, 7, 1), datetime.date(2020, 12, 31), datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))
YEARS = (2019, 2020, 2021, 2022)
ABSENT: tuple[Any, ...] = ("不适用", {"applies": False}, {"applies": False, "reason": "无此项"}, {"actual": "N/A"})


@frozen
class Leaf:
    """A row of a tree: what it weighs, and what the file says of that."""

    path: str
    weight: Fraction
    said: Any


@frozen
class Node:
    """A group of a tree, its members, and how many of them are to apply; None is any number."""

    path: str
    inner: tuple[Leaf | Node, ...]
    chosen: int | None = None


@define
class _Maker:
    """Draws one form."""

    draw: st.DrawFn
    structure: dict[str, Any] = field(factory=dict)
    count: int = 0

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def parts(self, weight: Fraction, count: int) -> list[Fraction]:
        """*weight* in so many parts that end."""
        cuts = sorted(self.draw(st.sets(st.integers(1, 9), min_size=count - 1, max_size=count - 1)))
        return [weight * (high - low) / 10 for low, high in zip([0, *cuts], [*cuts, 10], strict=True)]

    def said(self, weight: Fraction, whole: Fraction) -> Any:
        """A weight in points, or as a part of the whole."""
        if whole and ends(weight / whole * 100) and self.chance(2):
            return percent(weight / whole)
        return Decimal(decimals(weight))

    def group(self, path: str, weight: Fraction, whole: Fraction, depth: int) -> Node:
        """A group that weighs *weight*; *whole* is what its percentages are of."""
        way = self.draw(st.sampled_from(["sum", "sum", "choose", "best", "weakest", "convert", "split"]))
        size = self.draw(st.integers(1, 3))
        table: dict[str, Any] = {}
        if way in {"convert", "split"} or self.chance(2):
            table["weight"] = self.said(weight, whole)
            whole = weight
        chosen = None
        weights = self.parts(weight, size)
        if way in {"choose", "best"}:
            count = self.draw(st.sampled_from([1, 2] if size > 1 else [1]))
            table[way] = count
            chosen = count if way == "choose" else None
            weights = [weight / count] * size
        elif way == "weakest":
            table["combine"] = "weakest"
            if self.chance(2):
                table["plus"] = self.draw(st.sampled_from([Decimal("0.5"), 2]))
            weights = [weight] * size
        elif way == "convert":
            weights = [Fraction(self.draw(st.sampled_from([4, 10]))) for _ in range(size)]
            table["convert"] = self.tables(sum(weights, Fraction(0)), size)
        elif way == "split":
            rule: Any = "equal"
            if self.chance(2):
                to, remainder = self.draw(st.sampled_from([1, Decimal("0.1")])), ["first", "last", "spread"]
                rule = {"to": to, "remainder": self.draw(st.sampled_from(remainder))}
                # Of little, nothing is left for the last.
                rule = rule if weight > 6 else "equal"
            table["split"] = rule
        if self.chance(4):
            table["cap"] = self.draw(st.sampled_from(["50%", "80%", 6]))
        if table:
            # A group that only weighs may say it alone.
            self.structure[path] = table["weight"] if set(table) == {"weight"} and self.chance(2) else table
        inner = [
            self.member(path, one, whole, depth, None if way == "split" else self.said(one, whole)) for one in weights
        ]
        return Node(path, tuple(inner), chosen)

    def tables(self, most: Fraction, size: int) -> dict[str, Any]:
        """A conversion for each number of members, or for all but one."""
        counts = [count for count in range(1, size + 1) if count == size or not self.chance(6)]
        tables: dict[str, Any] = {}
        for count in counts:
            at = sorted(self.draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)), reverse=True)
            word = self.draw(st.sampled_from(["from", "above"]))
            scores = ["100%", "80%", 3, "30%"]
            bands = [{word: Decimal(decimals(most * one / 10)), "score": score} for one, score in zip(at, scores)]  # noqa: B905
            tables[str(count)] = [*bands, {"score": self.draw(st.sampled_from([0, "10%"]))}]
        return tables

    def member(self, path: str, weight: Fraction, whole: Fraction, depth: int, said: Any) -> Leaf | Node:
        self.count += 1
        if said is not None and depth < 2 and self.count < 8 and self.chance(3):
            return self.group(f"{path}/组{self.count}".strip("/"), weight, whole, depth + 1)
        return Leaf(path, weight, said)

    def row(self, leaf: Leaf) -> Row:
        """A row of any kind where the weight can be written, else one that needs no weight."""
        if leaf.weight == 0:
            return self.draw(extra())
        if leaf.said is not None and self.chance(3):
            return self.draw(rows(leaf.weight))
        return Row(
            method={"kind": "graded", "tiers": [{"name": f"{part}成", "score": f"{part}0%"} for part in (10, 7, 4, 0)]},
            target=None,
            actuals=st.sampled_from([10, 7, 4, 0]).map(Fraction),
            fact=lambda part: f"{int(part)}成",
        )

    def applying(self, one: Leaf | Node, applies: bool, odds: int) -> list[bool]:
        """Which rows of *one* apply; one in *odds* of those that may not, do not."""
        if isinstance(one, Leaf):
            return [applies and not self.chance(odds)]
        chosen = list(range(len(one.inner)))
        if one.chosen is not None and not self.chance(12):
            chosen = self.draw(st.permutations(chosen))[: one.chosen]
            odds = max(odds, 12)
        elif self.chance(odds):
            applies = False
        found = [self.applying(member, applies and place in chosen, odds) for place, member in enumerate(one.inner)]
        return [applies for part in found for applies in part]


def _leaves(one: Leaf | Node) -> list[Leaf]:
    return [one] if isinstance(one, Leaf) else [leaf for member in one.inner for leaf in _leaves(member)]


@st.composite
def wholes(draw: st.DrawFn, more: int = 0) -> Form:
    """A scorecard whose groups add up in every way, and the facts of one form, or of so many *more*."""
    make = _Maker(draw)
    total = Fraction(draw(st.sampled_from([100, 100, 90])))
    tops = [
        make.group(f"部{place}", weight, total, 0)
        if make.chance(2) or weight > 60
        else Leaf("", weight, make.said(weight, total))
        for place, weight in enumerate(make.parts(total, draw(st.integers(1, 3))))
    ]
    if make.chance(3):
        tops.append(Node("加分", tuple(Leaf("加分", Fraction(0), 0) for _ in range(draw(st.integers(1, 2))))))
        if make.chance(2):
            make.structure["加分"] = {"cap": draw(st.sampled_from([2, 6]))} | draw(st.sampled_from([{}, {"best": 1}]))
    mode = draw(st.sampled_from([None, "group", "total"]))
    odds = 40 if mode is None else 5
    year = draw(st.sampled_from([None, *YEARS]))
    indicators: list[dict[str, Any]] = []
    facts: dict[str, Any] = {}
    others: list[dict[str, Any]] = [{} for _ in range(more)]
    lasting: list[str] = []
    for top in tops:
        for leaf, applies in zip(_leaves(top), make.applying(top, True, odds), strict=True):
            name = f"指标{len(indicators)}"
            one: dict[str, Any] = {"name": name} | ({"group": leaf.path} if leaf.path else {})
            one |= {} if leaf.said is None else {"weight": leaf.said}
            day = draw(st.sampled_from(DAYS)) if year is not None and make.chance(4) else None
            # One row may take over from another at some day.
            until, since = {"until": day}, {"since": day + datetime.timedelta(days=1)} if day else {}
            for dates in ({},) if day is None else (until, since):
                row = make.row(leaf)
                again = one | dates | {"method": row.method} | row.keys
                again["name"] = name if dates is not since or day is None else f"新{name}"
                if row.target is not None:
                    again["target"] = row.target
                indicators.append(again)
                if day is None or stands(dates, year):
                    fact = row.fact(draw(row.actuals)) if applies else draw(st.sampled_from(ABSENT))
                    facts[again["name"]] = fact
                    for other in others:
                        other[again["name"]] = row.fact(draw(row.actuals))
            lasting += [name] if day is None else []
    card: dict[str, Any] = {"format": 1, "id": "whole", "title": "整表", "rounding": draw(roundings())}
    card |= {"total": int(total), "structure": make.structure, "indicators": indicators}
    if mode is not None:
        card["not_applicable"] = mode
    if make.chance(4):
        card["cap"] = draw(st.sampled_from([60, 105, Decimal("89.99")]))
    grades = [{"name": word, "from": at} for word, at in zip("优良中差", (90, 75, 40, 0), strict=True)]
    names = ["优", "良", "中", "差", "不合格"]
    grades.insert(draw(st.integers(0, 4)), {"name": "不合格"})
    if year is not None and make.chance(2):
        grades.insert([one["name"] for one in grades].index("良"), {"name": "优减", "from": 85} | draw(dates_of()))
    card["grades"] = grades
    groups = sorted({leaf.path for top in tops for leaf in _leaves(top)} - {""})
    card["overrides"] = [
        draw(overrides(names, [*lasting, *groups], facts, year)) for _ in range(draw(st.integers(0, 3)))
    ]
    for other in others:
        other |= {key: draw(st.booleans()) for key in ("违规", "虚报") if key in facts}
    turns = tuple(draw(st.lists(st.integers(0, 2), min_size=3, max_size=3)))
    dated = any("since" in one or "until" in one for key in ("indicators", "grades", "overrides") for one in card[key])
    return Form(card=card, facts=facts, year=year if dated else None, turns=turns, more=tuple(others))


def stands(dates: Mapping[str, Any], year: int | None) -> bool:
    assert year is not None
    last = datetime.date(year, 12, 31)
    return bool(dates.get("since", last) <= last <= dates.get("until", last))


def dates_of() -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(st.sampled_from(["since", "until"]), st.sampled_from(DAYS)).map(lambda pair: dict([pair]))


@st.composite
def overrides(
    draw: st.DrawFn, grades: list[str], scored: list[str], facts: dict[str, Any], year: int | None
) -> dict[str, Any]:
    """A gate on a fact that may hold, or on the score of a row or of a group."""
    what: list[tuple[str, Any]] = [("total", 0), ("total", Decimal("59.95")), ("total", 95)]
    what += [(key, grade) for key in ("grade", "best_grade") for grade in grades]
    one: dict[str, Any] = dict([draw(st.sampled_from(what))])
    if len(scored) > 0 and draw(st.booleans()):
        one["when"] = draw(st.sampled_from(scored))
        edges: list[Any] = ["60%", "0%", 5, "100%"]
        one[draw(st.sampled_from(["from", "above", "to", "below"]))] = draw(st.sampled_from(edges))
        return one
    one["when"] = draw(st.sampled_from(["违规", "虚报"]))
    if year is not None and draw(st.booleans()):
        one |= draw(dates_of())
    if year is None or stands(one, year):
        holds: list[bool | None] = [True, True, False, None]
        held = draw(st.sampled_from(holds))
        if held is not None:
            facts[one["when"]] = held
    return one
