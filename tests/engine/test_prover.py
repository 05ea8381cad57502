"""The proofs against brute force: every end, what lies beside it and between, scored by the oracle and not the package.

A method is drawn, written as a rule file of one row, and proved; what the proofs say must be what trying says. A
counterexample must be one: the oracle scores both of its measures.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any

import oracle
import pytest
import tomli_w
from attrs import evolve, field, frozen
from hypothesis import assume, example, given, note, settings
from hypothesis import strategies as st
from scorecards import MODES, Form, decimals, percent
from wholes import wholes

import perfeval
from perfeval.engine.proofs.form_ranges import form_range
from perfeval.engine.proofs.ranges import spread
from perfeval.numbers.piecewise import Range
from perfeval.text.messages import Said

PERCENT = Fraction(1, 100)
#: So near an end that nothing else lies between.
TINY = Fraction(1, 10**6)
#: So far away that nothing else comes.
FAR = 10**5
#: How many of its base a unit is; days count dates.
SIZES = {"": Fraction(1), "万元": Fraction(10_000), "%": PERCENT, "天": Fraction(1), "日": Fraction(1)}
DAY = datetime.date(2021, 6, 30).toordinal()


def written(value: Fraction, unit: str) -> str:
    """*value* as people write it; dates have the unit 日."""
    return datetime.date.fromordinal(int(value)).isoformat() if unit == "日" else decimals(value / SIZES[unit]) + unit


def said_value(text: str) -> Fraction:
    """What *text* says, as a proof prints it: exactly, with its unit."""
    assert not text.startswith("≈"), text
    return oracle.number(text)[1]


@frozen(kw_only=True)
class Case:
    """A method for one row, and where to look: the measures at which something may change."""

    method: dict[str, Any]
    weight: Fraction = Fraction(10)
    target: str | None = None
    levels: dict[str, str] = field(factory=dict)
    rounding: dict[str, Any] = field(factory=dict)
    #: Value, difference or deviation; or a completion: ratio, inverse or linear. None where nothing is measured.
    measure: str | None = None
    #: The target, where the measure has one.
    aim: Fraction = Fraction(0)
    better: str | None = "higher"
    ends: tuple[Fraction, ...] = field(default=(), repr=False)
    #: What every measure is a multiple of.
    grid: Fraction | None = None
    unit: str = ""
    #: Whether the target is a fact, and may be 0.
    made: bool = False

    def text(self) -> str:
        """The rule file; it has one row, which is all of it."""
        row: dict[str, Any] = {"name": "指标", "weight": _number(self.weight), "method": "方法"}
        row |= {"target": self.target} if self.target is not None else {}
        row |= {"levels": self.levels} if self.levels else {}
        return tomli_w.dumps(self.head() | {"total": _number(self.weight), "indicators": [row]})

    def policy(self) -> str:
        """The method in a rule file without rows."""
        return tomli_w.dumps(self.head())

    def head(self) -> dict[str, Any]:
        card = {"format": 1, "id": "t", "title": "例", "methods": {"方法": self.method}}
        return card | ({"rounding": self.rounding} if self.rounding else {})

    @property
    def row(self) -> dict[str, Any]:
        return {"name": "指标", "target": self.target, "levels": self.levels}

    def fact(self, actual: Any, aim: Any = None) -> dict[str, Any]:
        """The fact with this *actual*, beside a target of *aim* where the target is a fact."""
        return {"executed": actual, "budget": self.aim if aim is None else aim} if self.made else {"actual": actual}

    def actual(self, x: Fraction) -> Fraction:
        """The actual whose measure is *x*."""
        match self.measure:
            case "value":
                return x
            case "difference":
                return self.aim + x
            case "deviation":
                return self.aim * (1 + x)
            case "ratio":
                return self.aim * x
            case "linear":
                return self.aim * (2 - x)
            case _:
                return self.aim / x if x else self.aim * FAR**4  # as good as nothing, once it is rounded

    def measures(self) -> list[Fraction]:
        """Every end, beside it on both sides, between it and the next, and far away; none that cannot be."""
        span = max([Fraction(1), *map(abs, self.ends)])
        ends = sorted({*self.ends, -span * FAR, span * FAR})
        if self.method_is_dated():
            ends = sorted({*self.ends, min(self.ends) - 5000, max(self.ends) + 5000})
        between = [(low + high) / 2 for low, high in pairwise(ends)]
        if self.grid is None:
            found = {x + move for x in ends for move in (-TINY, 0, TINY)} | {*between}
        else:
            near = {math.floor(x / self.grid) for x in (*ends, *between)}
            found = {(count + move) * self.grid for count in near for move in (-1, 0, 1, 2)}
        if self.measure == "inverse":
            least = self.grid is not None and self.rounding.get("mode") != "up"
            found = {x for x in found if x > 0} | ({Fraction(0)} if least else set())
        return sorted(found)

    def method_is_dated(self) -> bool:
        return self.grid == 1

    def actuals(self) -> list[Fraction]:
        """The actuals to try, the worst first."""
        if self.measure is None:
            return []
        found = {self.actual(x) for x in self.measures()}
        if self.measure == "inverse":
            found |= {Fraction(0), Fraction(-1)}
        return sorted(found, reverse=self.better == "lower")


def _number(value: Fraction) -> Any:
    return int(value) if value.denominator == 1 else Decimal(decimals(value))


# What trying says.


@frozen(kw_only=True)
class Tried:
    """What a method earns before items and limits: for each way of looking at it, all that was tried, worst first."""

    case: Case
    roads: tuple[tuple[Fraction | None, ...], ...]

    @property
    def low(self) -> Fraction:
        return oracle.points(self.case.method.get("floor", 0), self.case.weight)

    @property
    def high(self) -> Fraction | None:
        cap = self.case.method.get("cap", "100%")
        return None if cap == "none" else oracle.points(cap, self.case.weight)

    def clamped(self, earned: Fraction) -> Fraction:
        earned = max(earned, self.low)
        return earned if self.high is None else min(earned, self.high)

    @property
    def earned(self) -> set[Fraction]:
        return {one for road in self.roads for one in road if one is not None}

    @property
    def items(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self.case.method.get("items", [])
        return found

    def each(self, item: Mapping[str, Any]) -> Fraction:
        """What an item adds each time."""
        sign = 1 if "plus" in item else -1
        return sign * oracle.points(item["plus" if "plus" in item else "minus"], self.case.weight)

    def counts(self, item: Mapping[str, Any]) -> range:
        """How often to count an item: as often as it may be, or until the limits have long been passed."""
        if "times" in item:
            return range(item["times"] + 1)
        size = abs(self.each(item)) / (self.case.weight or 10)
        return range(2 if not size else math.ceil(Fraction(4) / size) + 1)

    def tallies(self, *, without: int | None = None) -> set[Fraction]:
        """Everything that the items can add."""
        found = {Fraction(0)}
        for index, item in enumerate(self.items):
            if index != without:
                found = {one + count * self.each(item) for one in found for count in self.counts(item)}
        return found

    def falls(self, *, backwards: bool = False) -> bool:
        """Whether a better actual ever earns less than a worse one, whatever is counted."""
        for road in self.roads:
            known = [one for one in (road[::-1] if backwards else road) if one is not None]
            falling = [(left, right) for left, right in pairwise(known) if left > right]
            for added in self.tallies() if falling else ():
                if any(self.clamped(left + added) > self.clamped(right + added) for left, right in falling):
                    return True
        return False

    def most(self) -> Fraction:
        top = max(self.earned)
        return max(self.clamped(top + added) for added in self.tallies())

    def idle(self, index: int) -> bool:
        """Whether an item, counted at all, never makes a difference."""
        item, others = self.items[index], self.tallies(without=index)
        moves = [count * self.each(item) for count in self.counts(item)[1:]]
        return not any(
            self.clamped(earned + added) != self.clamped(earned + added + move)
            for earned in sorted(self.earned, reverse=True)
            for added in others
            for move in moves
        )


def tried(case: Case, *, zero: bool = True) -> Tried:
    """*case* scored by the oracle at every measure that matters; without *zero* as if it had no pass mark."""
    method = case.method if zero else {key: one for key, one in case.method.items() if key != "zero"}
    if method["kind"] == "counted":
        start = oracle.points(method.get("start", 0), case.weight)
        return Tried(case=case, roads=((start,),))
    cap = method.get("cap", "100%")
    high = None if cap == "none" else oracle.points(cap, case.weight)
    roads = []
    for reason in [{}, {"reason": "天气"}] if _lifts(method) else [{}]:
        road: list[Fraction | None] = []
        for actual in case.actuals():
            try:
                found = oracle.measured(
                    method=method,
                    row=case.row,
                    weight=case.weight,
                    high=high,
                    fact=case.fact(actual) | reason,
                    rounding=case.rounding,
                )
            except oracle.NothingSaidError:
                road.append(None)
            else:
                if found is not None:  # else the row does not apply
                    road.append(found[0])
        roads.append(tuple(road))
    if case.made and method["zero_target"] != "not-applicable":
        roads.append((oracle.points(method["zero_target"], case.weight),))
    return Tried(case=case, roads=tuple(roads))


def _lifts(method: Mapping[str, Any]) -> bool:
    return any("unless" in band for band in method.get("bands", ()))


Verdict = set[tuple[str, Any]]


def by_trying(case: Case) -> Verdict:
    """What is wrong with *case*: the name of the problem, and which band, item or key it is about."""
    found: Verdict = set()
    plain, whole = tried(case, zero=False), tried(case)
    if not whole.earned:
        return found
    free = case.better is None
    if plain.falls() and (not free or plain.falls(backwards=True)):
        found.add(("not-monotone", None))
    elif whole.falls() and not free:
        found.add(("cut-better-side", None))
    if any(None in road for road in whole.roads):
        found.add(("share-without-end", None))
    for index in _dead_bands(case):
        found.add(("dead-band", index))
    high = whole.high
    if high is not None:
        found |= {("clipped-score", key) for key, amount in _stated(case) if amount > high}
        # An item that counts once cannot add more than lies between the floor and the cap.
        low = oracle.points(case.method.get("floor", 0), case.weight)
        found |= {
            ("clipped-score", ("items", index))
            for index, item in enumerate(case.method.get("items", ()))
            if "plus" in item and oracle.points(item["plus"], case.weight) > high - low
        }
    most = whole.most()
    endless = None in {one for road in whole.roads for one in road}
    if case.weight and most < case.weight and not endless:
        found.add(("full-marks-unreachable", None))
    if case.weight and high is not None and case.weight < high and most < high and not endless:
        found.add(("idle-cap", None))
    found |= {("idle-item", index) for index in range(len(whole.items)) if whole.idle(index)}
    return found


def _dead_bands(case: Case) -> set[int]:
    """The bands that no measure falls into, with a reason or without."""
    bands = case.method.get("bands", [])
    if not bands:
        return set()
    levels = {name: ("to" if case.better == "lower" else "from", at) for name, at in case.levels.items()}
    alive: set[int] = set()
    measures: list[Fraction | None] = [*case.measures()]
    for x in [*measures, None] if case.measure == "inverse" else measures:
        for reason in (False, True):
            here = [(index, band) for index, band in enumerate(bands) if not (reason and "unless" in band)]
            alive.add(next(index for index, band in here if _fits(band, x, levels)))
    return {*range(len(bands))} - alive


def _fits(band: Mapping[str, Any], x: Fraction | None, levels: Mapping[str, tuple[str, Any]]) -> bool:
    edge = oracle.edge_of(band, levels)
    return edge is None or oracle.beyond(*edge, x)


def _stated(case: Case) -> Iterator[tuple[Any, Fraction]]:
    """Every score that the method states, by its band or its key."""
    for index, band in enumerate(case.method.get("bands", ())):
        if "score" in band:
            yield index, oracle.points(band["score"], case.weight)
    for key in ("start", "otherwise", "zero_target"):
        amount = case.method.get(key, "proportional")
        # A start of 100% may as well have been left out.
        if amount not in {"proportional", "not-applicable"} and (key, amount) != ("start", "100%"):
            yield key, oracle.points(case.method[key], case.weight)


# What the proofs say.


def by_proof(text: str) -> tuple[Verdict, tuple[perfeval.Problem, ...]]:
    """The verdict of the proofs, and the problems themselves."""
    found = perfeval.prove(perfeval.loads(text)).problems
    return {(one.name, _about(one)) for one in found}, found


def _about(one: perfeval.Problem) -> Any:
    """Which band, item or key a problem is about, where it is about one."""
    path = one.origin.path
    if one.name in {"dead-band", "idle-item"}:
        return path[-1]
    if one.name == "clipped-score":
        if "items" in path:
            return "items", path[-2]
        return path[-2] if isinstance(path[-2], int) else path[-1]
    return None


def earns(case: Case, x: Fraction, counts: Mapping[str, int], *, reason: bool) -> Fraction:
    """The points of the measure *x* by the oracle, once everything is done."""
    fact = case.fact(case.actual(x)) | dict(counts) | ({"reason": "天气"} if reason else {})
    return oracle.one_row(case.method, case.row, case.weight, fact, case.rounding).points


def check_counterexample(case: Case, one: perfeval.Problem) -> None:
    """Both measures of a counterexample, scored: the better one earns less, and both what is printed."""
    better, worse = (said_value(str(one.args[key])) for key in ("better", "worse"))
    if case.better is not None:
        first, second = sorted([case.actual(worse), case.actual(better)], reverse=case.better == "lower")
        assert (first, second) == (case.actual(worse), case.actual(better))
    counts: dict[str, int] = {}
    said, reason = one.args["counts"], False
    if isinstance(said, Said):
        reason = said.key.endswith("reason")
        listed = str(said.args.get("items", ""))
        counts = {name: int(count) for name, count in re.findall(r"(\S+) × (\d+)", listed)}
    low, high = (earns(case, x, counts, reason=reason) for x in (better, worse))
    assert low < high
    for exact, printed in ((low, one.args["less"]), (high, one.args["more"])):
        assert isinstance(printed, Said)
        text = str(printed.args["points"])
        near = Fraction(text.removeprefix("≈ "))
        assert near == exact or (text.startswith("≈") and abs(near - exact) <= Fraction(1, 20_000))


def check(case: Case) -> None:
    """The proofs of *case* say what trying says, and show what is so."""
    note(case.text())
    verdict, problems = by_proof(case.text())
    for one in problems:
        note(one.line_in("en"))
    assert verdict == by_trying(case)
    for one in problems:
        if one.name in {"not-monotone", "cut-better-side"}:
            check_counterexample(case, one)


# What is drawn.


def shares(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Parts of a weight in steps of 5%."""
    return st.integers(low // 5, high // 5).map(lambda count: count * 5 * PERCENT)


@st.composite
def amounts(draw: st.DrawFn, weight: Fraction, low: int = 0, high: int = 120) -> Any:
    """A part of the weight, or as many points; of a row without weight, points of 10."""
    part = draw(shares(low, high))
    if weight and draw(st.booleans()):
        return percent(part)
    return _number(part * (weight or 10))


WEIGHTS = st.sampled_from([Fraction(10), Fraction(10), Fraction(100), Fraction(5, 2)])


@st.composite
def limits(draw: st.DrawFn, weight: Fraction, *, endless: bool = True) -> dict[str, Any]:
    """Floor, cap and items, or none of them."""
    found: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 0:
        found["floor"] = draw(amounts(weight, -30, 30))
    turn = draw(st.integers(0, 5))
    if turn < 2 or not weight:
        found["cap"] = draw(amounts(weight, 50, 150))
    elif turn == 2 and endless:
        found["cap"] = "none"
    listed: list[dict[str, Any]] = []
    for name in ("批示", "缺失")[: draw(st.sampled_from([0, 0, 0, 1, 2]))]:
        sign = draw(st.sampled_from(["plus", "minus"]))
        one: dict[str, Any] = {"name": name, sign: draw(amounts(weight, 0, 40))}
        # Of two items one has an end, so that there is not too much to try.
        ends: bool = draw(st.booleans())
        if listed or ends:
            one["times"] = draw(st.integers(1, 3))
        listed.append(one)
    return found | ({"items": listed} if listed else {})


@st.composite
def aims(draw: st.DrawFn, measure: str) -> dict[str, Any]:
    """A target beside which *measure* can be taken, the keys that go with it, and which side is better."""
    ratio = measure not in {"value", "difference"}
    unit = draw(st.sampled_from(["", "万元", "%"] if ratio else ["", "万元", "%", "日"]))
    aim = Fraction(DAY) if unit == "日" else draw(st.sampled_from([20, 50, 90])) * SIZES[unit]
    sign = draw(st.sampled_from(["≥", ">", "≤", "<", "", "="]))
    better = {"≥": "higher", ">": "higher", "≤": "lower", "<": "lower"}.get(sign)
    keys: dict[str, Any] = {}
    if better is None:
        better = "lower" if unit == "日" else "higher"
        if draw(st.booleans()):
            keys["better"] = better = draw(st.sampled_from(["higher", "lower"]))
    return {"target": sign + written(aim, unit), "aim": aim, "better": better, "keys": keys, "unit": unit}


@st.composite
def roundings(draw: st.DrawFn) -> dict[str, Any]:
    """The rounding of the rate, or none."""
    if draw(st.integers(0, 2)):
        return {}
    mode = draw(st.sampled_from([None, *MODES]))
    return {"rate": draw(st.sampled_from(["1%", "10%", "7%", "0.3%"]))} | ({"mode": mode} if mode else {})


def _grid(rounding: Mapping[str, Any], measure: str, unit: str) -> Fraction | None:
    if measure not in {"value", "difference"}:
        return oracle.points(rounding["rate"], Fraction(1)) if "rate" in rounding else None
    return Fraction(1) if unit == "日" else None


MEASURES = ("value", "difference", "deviation", "ratio", "inverse", "linear")


def _completion(measure: str, drawn: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The completion that fits the side that is better, and its key."""
    if drawn["better"] == "higher":
        return "ratio", {}
    return ("linear", {"reverse": "linear"}) if measure == "linear" else ("inverse", {})


@st.composite
def banded(draw: st.DrawFn) -> Case:  # noqa: PLR0912  # each branch draws one thing
    """Bands of any measure and either way, as stairs or joined by lines, with all four edge words."""
    measure, weight = draw(st.sampled_from(MEASURES)), draw(st.one_of(WEIGHTS, st.just(Fraction(0))))
    free = measure == "value" and draw(st.booleans())
    drawn = draw(aims(measure))
    word = measure if measure in {"value", "difference", "deviation"} else "completion"
    extra: dict[str, Any] = {}
    if word == "completion":
        measure, extra = _completion(measure, drawn)
    if free:
        drawn |= {"target": None, "better": None, "keys": {}, "unit": draw(st.sampled_from(["", "万元", "%"]))}
    rounding, unit = draw(roundings()), drawn["unit"]
    falling = draw(st.booleans())
    at = draw(st.lists(st.integers(-12, 24), min_size=1, max_size=4).map(sorted))
    at = at[::-1] if falling else at
    edge_unit = {"value": unit, "difference": "天" if unit == "日" else unit}.get(measure, "%")
    scale, start = (5 * SIZES[edge_unit], Fraction(0)) if edge_unit != "日" else (Fraction(5), Fraction(DAY))
    words = ("from", "above") if falling else ("to", "below")
    bands: list[dict[str, Any]] = []
    ends: list[Fraction] = []
    for one in at:
        end = start + one * scale
        choice = draw(st.sampled_from(words))
        if ends and ends[-1] == end:
            if next(iter(bands[-1])) in {"from", "to"}:
                continue
            choice = words[0]  # beyond the edge, then the edge itself
        ends.append(end)
        bands.append({choice: written(end, edge_unit)})
    levels: dict[str, str] = {}
    plain = words[0] if (falling and drawn["better"] != "lower") or (not falling and drawn["better"] == "lower") else ""
    for band in bands:
        if plain in band and draw(st.integers(0, 3)) == 0:
            band["level"] = f"第{len(levels)}级"
            levels[band["level"]] = band.pop(plain)
    bands.append({})
    for band in bands:
        band[draw(st.sampled_from(["score", "score", "score", "minus"]))] = draw(amounts(weight))
    for band in bands[:-1]:
        if draw(st.integers(0, 5)) == 0:
            band["unless"] = "reason"
    if draw(st.integers(0, 2)):
        # In order, so that half the methods are sound.
        _sort(bands, weight, rising=falling == (drawn["better"] != "lower" or word == "completion"))
    method = {"kind": "banded", "bands": bands, **drawn["keys"], **extra, **draw(limits(weight))}
    if word != "value" or draw(st.booleans()):
        method["measure"] = word
    if draw(st.booleans()):
        method["interpolate"] = True
    return Case(
        method=method,
        weight=weight,
        target=drawn["target"],
        levels=levels,
        rounding=rounding,
        measure=measure,
        aim=drawn["aim"],
        better=drawn["better"],
        ends=tuple(ends),
        grid=None if free else _grid(rounding, measure, unit),
        unit=unit,
    )


def _sort(bands: list[dict[str, Any]], weight: Fraction, *, rising: bool) -> None:
    """Give the scores of *bands* to them anew, the best first where *rising*."""
    scores: list[dict[str, Any]] = [{key: band.pop(key) for key in ("score", "minus") if key in band} for band in bands]

    def earned(one: dict[str, Any]) -> Fraction:
        return oracle.points(one["score"], weight) if "score" in one else weight - oracle.points(one["minus"], weight)

    scores.sort(key=earned, reverse=rising)
    for band, score in zip(bands, scores, strict=True):
        band.update(score)


@st.composite
def stepped(draw: st.DrawFn) -> Case:
    """Steps on both sides of the target, of each way of counting, with a pass mark or without."""
    measure, weight = draw(st.sampled_from(MEASURES[1:])), draw(st.one_of(WEIGHTS, st.just(Fraction(0))))
    drawn = draw(aims(measure))
    word = measure if measure in {"difference", "deviation"} else "completion"
    extra: dict[str, Any] = {}
    if word == "completion":
        measure, extra = _completion(measure, drawn)
    rounding, unit = draw(roundings()), drawn["unit"]
    step_unit = {"difference": "天" if unit == "日" else unit}.get(measure, "%")
    per = draw(st.sampled_from([1, 3, 10])) * SIZES[step_unit]
    method = {"kind": "stepped", "per": written(per, step_unit), **drawn["keys"], **extra}
    if word != "difference" or draw(st.booleans()):
        method["measure"] = word
    method["steps"] = draw(st.sampled_from(["whole", "started", "exact"]))
    if draw(st.booleans()):
        method["start"] = draw(amounts(weight, 50, 120))
    for key in draw(st.sampled_from([["minus"], ["plus"], ["minus", "plus"]])):
        method[key] = draw(amounts(weight, 5, 30))
    centre = Fraction(word == "completion")
    ends = [centre + count * per for count in (*range(-26, -8, 2), *range(-8, 9), *range(10, 28, 2))]
    if draw(st.integers(0, 2)) == 0:
        at = centre + draw(st.integers(-14, 14)) * per / 2
        grain = Fraction(1) if step_unit == "天" else SIZES[step_unit] / 2
        at = math.floor(at / grain) * grain
        method["zero"] = {draw(st.sampled_from(["from", "above", "to", "below"])): written(at, step_unit)}
        ends += [at, *((math.floor((at - centre) / per) + move) * per + centre for move in (-1, 0, 1, 2))]
    return Case(
        method=method | draw(limits(weight)),
        weight=weight,
        target=drawn["target"],
        rounding=rounding,
        measure=measure,
        aim=drawn["aim"],
        better=drawn["better"],
        ends=tuple(ends),
        grid=_grid(rounding, measure, unit),
        unit=unit,
    )


@st.composite
def proportional(draw: st.DrawFn) -> Case:
    """In proportion, with a pass mark or without, or only where the target is missed."""
    drawn, weight = draw(aims("ratio")), draw(WEIGHTS)
    measure, extra = _completion(draw(st.sampled_from(["linear", "inverse"])), drawn)
    rounding = draw(roundings())
    method = {"kind": "proportional", **drawn["keys"], **extra, **draw(limits(weight))}
    ends = [Fraction(0), Fraction(1)]
    for key, default in (("cap", "100%"), ("floor", 0)):
        if method.get(key) != "none":
            ends.append(oracle.points(method.get(key, default), weight) / weight)
    if draw(st.integers(0, 2)) == 0:
        method |= {"kind": "threshold", "otherwise": "proportional"}
    elif draw(st.booleans()):
        at = draw(shares(-20, 150))
        method["zero"] = {draw(st.sampled_from(["from", "above", "to", "below"])): percent(at)}
        ends.append(at)
    return Case(
        method=method,
        weight=weight,
        target=drawn["target"],
        rounding=rounding,
        measure=measure,
        aim=drawn["aim"],
        better=drawn["better"],
        ends=tuple(ends),
        grid=_grid(rounding, measure, drawn["unit"]),
        unit=drawn["unit"],
    )


@st.composite
def threshold(draw: st.DrawFn) -> Case:
    """All, or what is said otherwise."""
    drawn, weight = draw(aims("value")), draw(WEIGHTS)
    method = {"kind": "threshold", **drawn["keys"], **draw(limits(weight))}
    if draw(st.booleans()):
        method["otherwise"] = draw(amounts(weight))
    return Case(
        method=method,
        weight=weight,
        target=drawn["target"],
        measure="value",
        aim=drawn["aim"],
        better=drawn["better"],
        ends=(drawn["aim"],),
        grid=_grid({}, "value", drawn["unit"]),
        unit=drawn["unit"],
    )


@st.composite
def counted(draw: st.DrawFn) -> Case:
    """Only what is counted."""
    weight = draw(st.one_of(WEIGHTS, st.just(Fraction(0))))
    method = {"kind": "counted"} | draw(limits(weight).filter(lambda one: "items" in one))
    if draw(st.booleans()):
        method["start"] = draw(amounts(weight, -30, 120))
    return Case(method=method, weight=weight)


@st.composite
def made(draw: st.DrawFn) -> Case:
    """A target that is a fact, and what it earns where that is 0."""
    case = draw(st.one_of(proportional(), banded().filter(lambda one: one.measure in {"ratio", "inverse", "linear"})))
    zero = draw(st.one_of(st.just("not-applicable"), amounts(case.weight)))
    keys = {"actual": "executed", "target": "budget", "zero_target": zero, "better": case.better}
    return evolve(case, method=case.method | keys, target=None, made=True)


@st.composite
def at_zero(draw: st.DrawFn) -> Case:
    """A target of 0: met or missed, by steps, or what is said of it."""
    weight = draw(WEIGHTS)
    method = draw(
        st.sampled_from(
            [
                {"kind": "proportional"},
                {"kind": "threshold"},
                {"kind": "threshold", "otherwise": "30%"},
                {"kind": "threshold", "otherwise": "proportional"},
                {"kind": "stepped", "per": "1", "minus": "20%", "steps": "whole"},
                {"kind": "stepped", "per": "1", "minus": "20%", "plus": "10%", "steps": "started"},
            ]
        )
    )
    if draw(st.booleans()):
        method |= {"zero_target": draw(st.one_of(st.just("not-applicable"), amounts(weight)))}
    steps = tuple(Fraction(count) for count in range(-20, 21)) if method["kind"] == "stepped" else (Fraction(0),)
    return Case(
        method=method | draw(limits(weight)),
        weight=weight,
        target=draw(st.sampled_from(["=0", "≤0", "0"])),
        measure="value",
        better="lower",
        ends=steps,
    )


MEASURED = st.one_of(banded(), stepped(), proportional(), threshold())


#: All of the weight is only come near to: an inverse completion never gets to 0.
NEAR_ALL = Case(
    method={
        "kind": "banded",
        "measure": "completion",
        "interpolate": True,
        "bands": [{"to": "0%", "score": "100%"}, {"to": "50%", "score": "50%"}, {"score": 0}],
    },
    target="≤20",
    measure="inverse",
    aim=Fraction(20),
    better="lower",
    ends=(Fraction(0), Fraction(1, 2)),
)


#: Only what is counted lifts the scores above the floor, and then they fall.
UNDER_THE_FLOOR = Case(
    method={
        "kind": "banded",
        "bands": [{"from": "80", "score": 0}, {"score": "10%"}],
        "floor": "20%",
        "items": [{"name": "批示", "plus": "15%", "times": 1}],
    },
    target="≥80",
    measure="value",
    aim=Fraction(80),
    ends=(Fraction(80),),
)


def lifted(first: str, second: str) -> Case:
    """The second band lies between two rounded rates, until a reason lifts the first."""
    return Case(
        method={
            "kind": "banded",
            "measure": "completion",
            "bands": [
                {"from": "90%", "score": first, "unless": "reason"},
                {"from": "89.5%", "score": second},
                {"score": "50%"},
            ],
        },
        target="≥20",
        rounding={"rate": "1%"},
        measure="ratio",
        aim=Fraction(20),
        ends=(Fraction(9, 10), Fraction(895, 1000)),
        grid=Fraction(1, 100),
    )


#: Rounded up, no inverse completion is 0.
UP = Case(
    method={
        "kind": "banded",
        "measure": "completion",
        "bands": [{"to": "0%", "score": 0}, {"to": "50%", "score": "50%"}, {"score": "100%"}],
    },
    target="≤20",
    rounding={"rate": "1%", "mode": "up"},
    measure="inverse",
    aim=Fraction(20),
    better="lower",
    ends=(Fraction(0), Fraction(1, 2)),
    grid=Fraction(1, 100),
)


@settings(max_examples=200)
@example(NEAR_ALL)
@example(UNDER_THE_FLOOR)
@example(lifted("100%", "10%"))
@example(lifted("80%", "100%"))
@example(UP)
@given(banded())
def test_bands(case: Case) -> None:
    check(case)


#: Rates rounded to more than a step: what lies beside the pass mark is many steps away.
COARSE = Case(
    method={
        "kind": "stepped",
        "measure": "deviation",
        "per": "1%",
        "steps": "whole",
        "minus": "5%",
        "cap": "50%",
        "zero": {"from": "0%"},
    },
    target="≥20",
    rounding={"rate": "10%"},
    measure="deviation",
    aim=Fraction(20),
    ends=(Fraction(0), Fraction(-1, 10), Fraction(-1, 5)),
    grid=Fraction(1, 10),
)


def cut_off(steps: str, word: str, at: str) -> Case:
    """Steps that add up to just the cap, or just not, before a pass mark cuts them off."""
    return Case(
        method={
            "kind": "stepped",
            "per": "1",
            "steps": steps,
            "start": "80%",
            "plus": "10%",
            "cap": "110%",
            "zero": {word: at},
        },
        target="≤20" if at.startswith("-") else "≥20",
        measure="difference",
        aim=Fraction(20),
        better="lower" if at.startswith("-") else "higher",
        ends=tuple(Fraction(count) for count in range(-5, 6)),
    )


@settings(max_examples=150)
@example(COARSE)
@example(cut_off("whole", "from", "3"))
@example(cut_off("whole", "above", "3"))
@example(cut_off("started", "to", "-3"))
@example(cut_off("started", "below", "-3"))
@given(stepped())
def test_steps(case: Case) -> None:
    check(case)


@settings(max_examples=200)
@example(
    # The whole weight is just cut off.
    Case(
        method={"kind": "proportional", "zero": {"from": "100%"}},
        target="≥20",
        measure="ratio",
        aim=Fraction(20),
        ends=(Fraction(0), Fraction(1)),
    )
)
@given(st.one_of(proportional(), threshold()))
def test_proportions_and_thresholds(case: Case) -> None:
    check(case)


@given(st.one_of(made(), at_zero()))
def test_targets_that_are_facts_or_0(case: Case) -> None:
    check(case)


@example(
    # What is taken off ends just at the cap.
    Case(method={"kind": "counted", "start": "120%", "items": [{"name": "缺失", "minus": "20%", "times": 1}]})
)
@given(counted())
def test_counting(case: Case) -> None:
    check(case)


# Judged methods: tables of tiers.


@st.composite
def graded(draw: st.DrawFn) -> Case:
    """Tiers that are ranges, scores, or both, in order or not."""
    weight = draw(WEIGHTS)
    cap = draw(st.sampled_from([None, None, "80%", "120%"]))
    method: dict[str, Any] = {"kind": "graded"} | draw(limits(weight))
    method.pop("cap", None)
    method |= {"cap": cap} if cap else {}
    edges: list[Fraction] = sorted(draw(st.sets(shares(0, 100), min_size=1, max_size=4)), reverse=True)
    tiers: list[dict[str, Any]] = []
    for index, at in enumerate(edges):
        if draw(st.booleans()):
            tiers.append({"name": f"第{index}档", "from": percent(at)})
        else:
            tiers.append({"name": f"第{index}档", "score": draw(st.one_of(st.just(percent(at)), amounts(weight)))})
    return Case(method=method | {"tiers": tiers}, weight=weight)


def tiers_of(case: Case) -> list[tuple[list[Fraction], bool]]:
    """The scores of each tier in steps of 1% of the weight, and whether it is a score of its own."""
    floor, cap = (oracle.points(case.method.get(key, at), case.weight) for key, at in (("floor", 0), ("cap", "100%")))
    grain = case.weight * PERCENT
    top, open_, found = cap, False, []
    for tier in case.method["tiers"]:
        if "score" in tier:
            found.append(([oracle.points(tier["score"], case.weight)], True))
            continue
        low = max(floor, oracle.points(tier["from"], case.weight))
        found.append(([low + count * grain for count in range(int((top - low) / grain) + (not open_))], False))
        top, open_ = low, True
    return found


def judged_by_trying(case: Case) -> Verdict:
    tiers = tiers_of(case)
    found: Verdict = set()
    whole = Tried(case=case, roads=())
    high = whole.high
    assert high is not None
    if any(max(lower) > max(upper) or min(lower) > min(upper) for (upper, _), (lower, _) in pairwise(tiers)):
        found.add(("tiers-rise", None))
    lowest = min(score for scores, _ in tiers for score in scores)
    if lowest > max(whole.low, Fraction(0)) and not all(fixed for _, fixed in tiers):
        found.add(("open-tiers", None))

    def clamped(score: Fraction, added: Fraction) -> Fraction:
        return min(max(score + added, min(whole.low, score)), max(high, score))

    scores = [score for tier, _ in tiers for score in tier]
    most = max(clamped(score, added) for score in scores for added in whole.tallies())
    if most < case.weight:
        found.add(("full-marks-unreachable", None))
    if case.weight < high and most < high:
        found.add(("idle-cap", None))
    for index, item in enumerate(whole.items):
        moves = [count * whole.each(item) for count in whole.counts(item)[1:]]
        others = whole.tallies(without=index)
        if not any(
            clamped(score, added) != clamped(score, added + move)
            for score in scores
            for added in others
            for move in moves
        ):
            found.add(("idle-item", index))
    return found


@settings(max_examples=200)
@example(
    # A tier below the floor may be lifted from where it is.
    Case(
        method={
            "kind": "graded",
            "floor": "20%",
            "tiers": [{"name": "差", "score": 0}],
            "items": [{"name": "批示", "plus": "10%", "times": 1}],
        }
    )
)
@given(graded())
def test_tiers(case: Case) -> None:
    note(case.text())
    try:
        verdict, _ = by_proof(case.text())
    except perfeval.InputError as error:
        # A range that the cap or the floor leaves nothing of is refused before anything is proved.
        assert {one.name for one in error.problems} <= {"crossed-limits", "unreachable-band"}  # noqa: PT017
        assume(False)
        raise
    assert verdict == judged_by_trying(case)


# What a verdict is worth.

ALLOWED = (
    *("not-monotone", "cut-better-side", "clipped-score", "idle-cap"),
    *("full-marks-unreachable", "tiers-rise", "open-tiers"),
)


@settings(max_examples=150)
@given(MEASURED)
def test_a_proved_file_scores_every_measure_within_its_bounds(case: Case) -> None:
    names = {one.name for one in perfeval.prove(perfeval.loads(case.text())).problems}
    allow = [name for name in ALLOWED if name in names]
    case = evolve(case, method=case.method | {"allow": allow})
    note(case.text())
    plan = perfeval.loads(case.text())
    left = perfeval.prove(plan).problems
    assert {one.name for one in left} == names - {*allow}
    if "share-without-end" in names:
        return
    tries = [one for one in case.actuals() if (one * 10**12 / SIZES[case.unit]).denominator == 1]
    tries = [one for one in tries if case.unit != "日" or 1 < one < 10**6]
    scores = []
    whole = Tried(case=case, roads=())
    for actual in tries[:: max(1, len(tries) // 12)]:
        row = perfeval.score(plan, {"指标": written(actual, case.unit)})["指标"]
        earned = Fraction(row.score) if row.share is None else row.share * case.weight
        assert whole.low <= earned
        assert whole.high is None or earned <= whole.high
        scores.append(earned)
    if case.better is not None and not {"not-monotone", "cut-better-side"} & names:
        assert scores == sorted(scores)


@given(MEASURED, st.sets(st.sampled_from(ALLOWED), min_size=1))
def test_what_is_allowed_and_not_broken_is_needless(case: Case, allow: set[str]) -> None:
    names = {one.name for one in perfeval.prove(perfeval.loads(case.text())).problems}
    case = evolve(case, method=case.method | {"allow": sorted(allow)})
    found = perfeval.prove(perfeval.loads(case.text())).problems
    needless = {one.args["found"] for one in found if one.name == "needless-allow"}
    assert needless == allow - names
    assert {one.name for one in found} - {"needless-allow"} == names - allow


@settings(max_examples=150)
@example(
    # A cap that is idle in small rows, and crosses the floor in large ones.
    Case(method={"kind": "threshold", "floor": "5%", "cap": 500}, weight=Fraction(1000), target="≥20")
)
@given(st.one_of(MEASURED, made(), counted()).filter(lambda one: one.weight != 0))
def test_a_policy_says_of_a_method_what_is_so_in_every_row(case: Case) -> None:
    note(case.policy())
    alone = perfeval.prove(perfeval.loads(case.policy()))
    verdict = {(one.name, _about(one)) for one in alone.problems}
    row, _ = by_proof(case.text())
    assert verdict <= row
    if "方法" not in alone.open and not verdict:
        assert not row


# Whole forms.


def form(rows: list[dict[str, Any]], **keys: Any) -> tuple[perfeval.Problem, ...]:
    """What is proved wrong of a form of *rows*; each is one of ``ROWS``."""
    card = {"format": 1, "id": "t", "title": "例", "methods": METHODS, **keys, "indicators": rows}
    return perfeval.prove(perfeval.loads(tomli_w.dumps(card))).problems


METHODS = {
    "whole": {"kind": "proportional"},
    "half": {"kind": "proportional", "floor": "50%"},
    "more": {"kind": "proportional", "cap": "120%"},
    "tiers": {"kind": "graded", "tiers": [{"name": "好", "score": "100%"}, {"name": "差", "score": "40%"}]},
    "off": {"kind": "counted", "items": [{"name": "通报", "minus": 2}], "cap": 0, "floor": -6},
}
#: From the share of each method to its least and most; tiers have these alone.
REACH = {"whole": (0, 100), "half": (50, 100), "more": (0, 120), "tiers": (40, 100)}


def a_row(index: int, method: str, weight: int) -> dict[str, Any]:
    row: dict[str, Any] = {"name": f"指标{index}", "weight": weight, "method": method}
    return row | ({"target": "≥100"} if method in {"whole", "half", "more"} else {})


def row_scores(row: Mapping[str, Any]) -> set[Fraction]:
    """Every score of a row, rounded to whole points."""
    if row["method"] == "off":
        return {Fraction(-2 * count) for count in range(4)}
    low, high = (Fraction(part * row["weight"], 100) for part in REACH[row["method"]])
    low, high = (oracle.rounded(one, 1, {}) for one in (low, high))
    return {low, high} if row["method"] == "tiers" else {Fraction(one) for one in range(int(low), int(high) + 1)}


@st.composite
def form_rows(draw: st.DrawFn, methods: tuple[str, ...]) -> list[dict[str, Any]]:
    """Up to three rows that weigh 100."""
    cuts = sorted(draw(st.sets(st.integers(1, 9), max_size=2)))
    weights = [(high - low) * 10 for low, high in pairwise([0, *cuts, 10])]
    rows = [a_row(index, draw(st.sampled_from(methods)), weight) for index, weight in enumerate(weights)]
    return [*rows, a_row(9, "off", 0)] if draw(st.booleans()) else rows


@st.composite
def grades(draw: st.DrawFn) -> list[dict[str, Any]]:
    edges = draw(st.sets(st.integers(1, 260).map(lambda one: Fraction(one, 2)), max_size=4))
    return [
        {"name": f"{place}等", "from": _number(at)}
        for place, at in enumerate([*sorted(edges, reverse=True), Fraction(0)])
    ]


def totals(rows: Sequence[Mapping[str, Any]], cap: Any) -> set[Fraction]:
    found = {Fraction(0)}
    for row in rows:
        found = {one + score for one in found for score in row_scores(row)}
    return {max(Fraction(0), one if cap is None else min(one, Fraction(cap))) for one in found}


def dead_grades(problems: Sequence[perfeval.Problem]) -> set[Any]:
    return {one.origin.path[1] for one in problems if one.name == "unreachable-grade"}


@st.composite
def forms_with_grades(draw: st.DrawFn, methods: tuple[str, ...]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows, and the keys of the form: grades, what they read, a cap, an override that sets the total."""
    keys: dict[str, Any] = {"grades": draw(grades()), "rounding": {"row": 1}}
    for key in draw(st.sets(st.sampled_from(["total", "grade"]))):
        keys["rounding"][key] = draw(st.sampled_from([1, 5, 10, Decimal("2.5")]))
    if draw(st.booleans()):
        keys["cap"] = draw(st.sampled_from([60, 100, 105]))
    if draw(st.integers(0, 2)) == 0:
        keys["overrides"] = [{"when": "违规", "total": draw(st.sampled_from([0, 59, 130]))}]
    return draw(form_rows(methods)), keys


def dead_by_trying(rows: list[dict[str, Any]], keys: Mapping[str, Any]) -> set[int]:
    """The grades that no total earns."""
    rounding = keys["rounding"]
    reads = rounding.get("grade", rounding.get("total", "exact"))
    read = {oracle.rounded(one, reads, rounding) for one in totals(rows, keys.get("cap"))}
    read |= {Fraction(one["total"]) for one in keys.get("overrides", ())}
    edges = [Fraction(one["from"]) for one in keys["grades"]]
    earned = {next(index for index, at in enumerate(edges) if one >= at) for one in read}
    return {*range(len(edges))} - earned


@settings(max_examples=150)
@given(forms_with_grades(("whole", "half", "more")))
def test_grades_are_dead_where_no_total_earns_them(drawn: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    rows, keys = drawn
    assert dead_grades(form(rows, **keys)) == dead_by_trying(rows, keys)


@given(forms_with_grades(("whole", "half", "more", "tiers")))
def test_no_grade_that_can_be_earned_is_called_dead(drawn: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    rows, keys = drawn
    assert dead_grades(form(rows, **keys)) <= dead_by_trying(rows, keys)


@st.composite
def grouped(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows that earn 100% or 40%, in one group of any kind that weighs 100."""
    size = draw(st.integers(1, 4))
    table: dict[str, Any] = {}
    way = draw(st.sampled_from(["choose", "best", "weakest", "convert"]))
    count = draw(st.integers(1, size))
    weight = 100 // count if way in {"choose", "best"} and 100 % count == 0 else 100
    if way in {"choose", "best"}:
        count = 1 if 100 % count else count
        table[way] = count
    elif way == "weakest":
        table |= {"combine": "weakest", "plus": draw(st.sampled_from([0, 1, 30]))}
    else:
        table["weight"] = 100
        edges = sorted(draw(st.sets(st.integers(1, size * 10), min_size=1, max_size=3)), reverse=True)
        bands = [{"from": at * 10, "score": f"{100 - 20 * place}%"} for place, at in enumerate(edges)]
        table["convert"] = {str(one): [*bands, {"score": "10%"}] for one in range(1, size + 1)}
    if draw(st.integers(0, 2)) == 0:
        table["cap"] = draw(st.sampled_from(["50%", 70]))
    rows = [a_row(index, "tiers", weight) | {"group": "组"} for index in range(size)]
    return rows, {"structure": {"组": table}, "rounding": {"row": 1}}


def group_score(table: Mapping[str, Any], scores: Sequence[Fraction]) -> Fraction:
    """What a group makes of the *scores* of its members that apply."""
    if "best" in table:
        found = sum(sorted(scores)[-table["best"] :])
    elif "combine" in table:
        found = min(scores) + (table["plus"] if max(scores) > min(scores) else 0)
    elif "convert" in table:
        bands = table["convert"][str(len(scores))]
        score = next(one["score"] for one in bands if sum(scores) >= one.get("from", 0))
        found = Fraction(score[:-1])
    else:
        found = sum(scores)
    cap = table.get("cap")
    return Fraction(found) if cap is None else min(Fraction(found), Fraction(50 if cap == "50%" else cap))


@settings(max_examples=150)
@given(grouped())
def test_the_least_and_the_most_of_a_group_are_what_some_form_comes_to(
    drawn: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    rows, keys = drawn
    table = keys["structure"]["组"]
    counts = [table["choose"]] if "choose" in table else range(table.get("best", 1), len(rows) + 1)
    found = {
        group_score(table, scores)
        for count in counts
        for chosen in combinations(rows, count)
        for scores in product(*map(row_scores, chosen))
    }
    card = {"format": 1, "id": "t", "title": "例", "methods": METHODS, **keys, "indicators": rows}
    span = total_range(perfeval.loads(tomli_w.dumps(card)))
    assert span.low == min(found)
    assert span.high is not None
    # What comes on top of the weakest is counted though no other member may be only a little better.
    assert max(found) <= span.high <= max(found) + table.get("plus", 0)


@settings(max_examples=150)
@given(wholes())
def test_no_form_comes_to_more_or_less_than_is_proved(one: Form) -> None:
    text, facts = one.written()
    facts_of_year = perfeval.Facts(actuals=facts, year=one.year)
    try:
        plan = perfeval.loads(text).of_year(facts_of_year)
        evaluation = plan.score(facts_of_year)
    except perfeval.InputError:
        assume(False)
        raise
    added = Fraction(next(step.value for step in evaluation.totals if step.term == "sum"))
    cap = plan.program.cap
    limited = max(Fraction(0), added if cap is None else min(cap, added))
    span = total_range(plan)
    assert span.low is not None
    assert span.low <= limited
    assert span.high is None or limited <= span.high


def total_range(plan: perfeval.Plan) -> Range:
    """The least and the most that a form of *plan* is proved to come to."""
    return form_range(plan.program, [spread(row.lowered, row.target) for row in plan.program.rows])


def test_a_grade_that_no_group_can_earn_is_dead() -> None:
    rows = [a_row(index, "whole", 100) | {"group": "组"} for index in range(2)]
    keys = {"grades": [{"name": "神", "from": 120}, {"name": "优", "from": 0}]}
    for way in ({"best": 1}, {"combine": "weakest"}, {"combine": "weakest", "plus": 2}, {"choose": 1}):
        for moved in ({}, {"not_applicable": "total"}, {"not_applicable": "group"}):
            assert dead_grades(form(rows, structure={"组": way}, **keys, **moved)) == {0}
    assert dead_grades(form(rows, structure={"组": {"combine": "weakest", "plus": 20}}, **keys)) == set()


@pytest.mark.parametrize(("edge", "idle"), [({"from": "110%"}, True), ({"from": "100%"}, False), ({"below": 0}, True)])
def test_an_override_on_a_group_is_idle_where_no_score_of_it_meets_its_edge(edge: dict[str, Any], idle: bool) -> None:
    rows = [a_row(index, "whole", 100) | {"group": "组"} for index in range(2)]
    override = {"when": "组", "total": 0} | edge
    found = form(rows, structure={"组": {"best": 1}}, overrides=[override])
    assert [one.name for one in found if one.name == "idle-override"] == ["idle-override"] * idle


def test_the_lowest_grade_is_dead_where_no_row_falls_so_low() -> None:
    keys = {"grades": [{"name": "优", "from": 90}, {"name": "中", "from": 40}, {"name": "差", "from": 0}]}
    assert dead_grades(form([a_row(0, "tiers", 100)], **keys)) == {2}
    assert dead_grades(form([a_row(0, "whole", 100)], **keys)) == set()


def test_a_cap_is_a_total_though_no_sum_of_rounded_rows_is() -> None:
    keys = {"grades": [{"name": "优", "from": Decimal("59.2")}, {"name": "差", "from": 0}], "rounding": {"row": 1}}
    assert dead_grades(form([a_row(0, "whole", 100)], cap=Decimal("59.5"), **keys)) == set()
    assert dead_grades(form([a_row(0, "whole", 100)], cap=Decimal("59.1"), **keys)) == {0}


@given(
    st.sampled_from(["whole", "half", "more"]),
    st.sampled_from(["from", "above", "to", "below"]),
    st.integers(-1, 13).map(lambda tens: tens * 10),
    st.sampled_from(["best_grade", "grade", "total"]),
)
def test_an_override_is_idle_where_no_score_meets_its_edge(method: str, word: str, at: int, then: str) -> None:
    rows = [a_row(0, method, 100)]
    override = {"when": "指标0", word: at, then: 0 if then == "total" else "差"}
    keys = {"grades": [{"name": "优", "from": 60}, {"name": "差", "from": 0}], "rounding": {"row": 1}}
    found = form(rows, overrides=[override], **keys)
    never = not any(oracle.beyond(word, at, score) for score in row_scores(rows[0]))
    assert ("idle-override" in {one.name for one in found}) == never


def test_an_override_to_the_best_grade_of_all_is_idle() -> None:
    keys = {"grades": [{"name": "优", "from": 60}, {"name": "差", "from": 0}]}
    for grade, idle in (("优", True), ("差", False)):
        found = form([a_row(0, "whole", 100)], overrides=[{"when": "违规", "best_grade": grade}], **keys)
        assert ("idle-override" in {one.name for one in found}) == idle


def test_methods_that_say_the_same_are_told_apart_by_the_weight_of_their_rows() -> None:
    points = {"kind": "threshold", "cap": 5}
    rows = [a_row(index, "", weight) | {"method": points, "target": "≥100"} for index, weight in enumerate([5, 95])]
    for order, wrong in ((rows, 1), (rows[::-1], 0)):
        found = [one for one in form(order) if one.origin.path[0] == "indicators"]
        assert [(one.name, one.origin.path[1]) for one in found] == [("full-marks-unreachable", wrong)]


PARTS = ("数量", "质量", "数量质量", "满意度", "服务对象满意度")
TARGETS = {"number": "≥5", "percent": "≥5%", "date": "2021-06-30", "text": "明显", "none": None}


@st.composite
def lines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Lines of ``[[assign]]``; one without conditions can only be the last."""
    found: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 6))):
        line: dict[str, Any] = {"method": "whole"}
        for key in draw(st.sets(st.sampled_from(["group", "name", "target"]), min_size=1)):
            line[key] = draw(st.sampled_from([*TARGETS] if key == "target" else PARTS))
        found.append(line)
    return found + ([{"method": "whole"}] if draw(st.booleans()) else [])


def takes(line: Mapping[str, Any], group: str, name: str, kind: str) -> bool:
    if "name" in line and line["name"] not in name:
        return False
    if "group" in line and not any(line["group"] in place for place in (group, name)):
        return False
    wanted = line.get("target", kind)
    return bool(wanted == kind or (wanted, kind) == ("number", "percent"))


@settings(max_examples=120)
@given(lines())
def test_a_line_of_assign_is_dead_where_earlier_ones_take_every_row(drawn: list[dict[str, Any]]) -> None:
    alive = {
        next((index for index, line in enumerate(drawn) if takes(line, group, name, kind)), None)
        for group in (*PARTS, "其他")
        for name in (*PARTS, "其他", *(one + two for one in PARTS for two in PARTS))
        for kind in TARGETS
    }
    card = {"format": 1, "id": "t", "title": "例", "methods": METHODS, "assign": drawn}
    note(tomli_w.dumps(card))
    found = perfeval.prove(perfeval.loads(tomli_w.dumps(card))).problems
    dead = {int(one.origin.path[1]): one.second for one in found if one.name == "dead-assign"}
    assert {*dead} == {*range(len(drawn))} - alive
    for index, other in dead.items():
        assert other is not None
        assert int(other.path[1]) < index


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(["whole", "half"]), min_size=2, max_size=3),
    st.sets(st.integers(-1, 14), min_size=1, max_size=4),
    st.lists(st.integers(0, 6), min_size=5, max_size=5),
    st.booleans(),
)
def test_a_conversion_fits_every_sum(methods: list[str], edges: set[int], scores: list[int], ordered: bool) -> None:
    rows = [a_row(index, method, 4) | {"group": "PI"} for index, method in enumerate(methods)]
    scores = sorted(scores, reverse=True) if ordered else scores
    bands: list[dict[str, Any]] = [
        {"from": at, "score": score} for at, score in zip(sorted(edges, reverse=True), scores, strict=False)
    ]
    bands.append({"score": scores[-1]})
    tables = {str(count): bands for count in (len(rows), len(rows) + 1)}
    found = form(rows, total=4, structure={"PI": {"weight": 4, "convert": tables}}, rounding={"row": 1})
    own = [one for one in found if one.origin.path[:1] == ("structure",)]
    sums = {Fraction(0)}
    for row in rows:
        sums = {one + score for one in sums for score in row_scores(row)}
    used = {one: next(index for index, band in enumerate(bands) if one >= band.get("from", one)) for one in sums}
    earned = [bands[used[one]]["score"] for one in sorted(sums)]
    here: set[Any] = {one.origin.path[-1] for one in own if one.name == "dead-band"}
    assert here == {*range(len(bands))} - {*used.values()}
    assert ("not-monotone" in {one.name for one in own}) == (earned != sorted(earned))
    clipped: set[Any] = {one.origin.path[-1] for one in own if one.name == "clipped-score"}
    assert clipped == {index for index in used.values() if bands[index]["score"] > 4}
    dead = [one.origin.path[-1] for one in own if one.name == "dead-conversion"]
    assert dead == [str(len(rows) + 1)]
    for one in own:
        if one.name == "not-monotone":
            better, worse = (Fraction(str(one.args[key])) for key in ("better", "worse"))
            assert better > worse
            points = [bands[next(i for i, b in enumerate(bands) if x >= b.get("from", x))] for x in (better, worse)]
            assert points[0]["score"] < points[1]["score"]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any], int]:
    """Rows in groups of two levels, what the groups are said to weigh, and the total."""
    rows: list[dict[str, Any]] = []
    for index in range(draw(st.integers(1, 5))):
        place = draw(st.sampled_from(["产出", "产出/数量", "产出/质量", "效益", ""]))
        rows.append(a_row(index, "whole", draw(st.integers(1, 4)) * 10) | ({"group": place} if place else {}))
    true = draw(st.booleans())
    structure: dict[str, Any] = {}
    for path in sorted({part for row in rows for part in above(row.get("group", ""))}):
        if draw(st.booleans()):
            held = sum(row["weight"] for row in rows if path in above(row.get("group", "")))
            structure[path] = held if true or draw(st.booleans()) else draw(st.integers(1, 8)) * 10
    whole = sum(row["weight"] for row in rows)
    return rows, structure, whole if true or draw(st.booleans()) else draw(st.integers(1, 12)) * 10


def above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)] if path else []


@settings(max_examples=150)
@given(trees())
def test_weights_add_up_at_every_level(drawn: tuple[list[dict[str, Any]], dict[str, Any], int]) -> None:
    rows, structure, total = drawn
    wrong = {
        path
        for path, weight in structure.items()
        if weight != sum(row["weight"] for row in rows if path in above(row.get("group", "")))
    }
    off = total != sum(row["weight"] for row in rows)
    try:
        form(rows, total=total, structure=structure)
    except perfeval.InputError as error:
        assert {one.name for one in error.problems} == {"weights-mismatch"}  # noqa: PT017
        places = {one.args["where"] for one in error.problems}
        assert {one for one in places if isinstance(one, str)} == wrong
        assert wrong or off
    else:
        assert not wrong
        assert not off


GROWTH = {"kind": "stepped", "measure": "completion", "per": "10%", "steps": "exact", "plus": "5%", "minus": "5%"}


@pytest.mark.parametrize("cut", [{}, {"zero": {"from": "300%"}}, {"zero": {"below": "50%"}}])
@pytest.mark.parametrize("cap", ["none", "120%"])
@pytest.mark.parametrize("target", ["≤20", "≥20"])
def test_a_share_without_end_is_one_that_no_cap_and_no_pass_mark_ends(
    target: str, cap: str, cut: dict[str, Any]
) -> None:
    case = Case(method=GROWTH | cut | {"cap": cap}, target=target)
    verdict, _ = by_proof(case.text())
    endless = target == "≤20" and cap == "none" and "from" not in cut.get("zero", {})
    assert (("share-without-end", None) in verdict) == endless
    plan = perfeval.loads(case.text())
    if endless:
        with pytest.raises(perfeval.InputError) as caught:
            perfeval.score(plan, {"指标": 0})
        assert [one.name for one in caught.value.problems] == ["no-share"]
    else:
        perfeval.score(plan, {"指标": 0})
