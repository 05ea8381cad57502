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
from itertools import pairwise, product
from typing import Any

import oracle
import pytest
import tomli_w
from attrs import evolve, field, frozen
from hypothesis import assume, example, given, note, settings
from hypothesis import strategies as st
from scorecards import MODES, decimals, percent

import perfeval
from perfeval.messages import Said

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
        return self.case.method.get("items", [])

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
                    fact={"actual": actual} | reason,
                    rounding=case.rounding,
                )
            except oracle.NothingSaidError:
                road.append(None)
            else:
                assert found is not None
                road.append(found[0])
        roads.append(tuple(road))
    return Tried(case=case, roads=tuple(roads))


def _lifts(method: Mapping[str, Any]) -> bool:
    return any("unless" in band for band in method.get("bands", ()))


Verdict = set[tuple[str, Any]]


def by_trying(case: Case) -> Verdict:
    """What is wrong with *case*: the name of the problem, and which band, item or key it is about."""
    found: Verdict = set()
    plain, whole = tried(case, zero=False), tried(case)
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
        return path[-2] if isinstance(path[-2], int) else path[-1]
    return None


def earns(case: Case, x: Fraction, counts: Mapping[str, int], *, reason: bool) -> Fraction:
    """The points of the measure *x* by the oracle, once everything is done."""
    fact = {"actual": case.actual(x), **counts} | ({"reason": "天气"} if reason else {})
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
        one = {"name": name, draw(st.sampled_from(["plus", "minus"])): draw(amounts(weight, 0, 40))}
        # Of two items one has an end, so that there is not too much to try.
        if listed or draw(st.booleans()):
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
def banded(draw: st.DrawFn) -> Case:
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
    )


def _sort(bands: list[dict[str, Any]], weight: Fraction, *, rising: bool) -> None:
    """Give the scores of *bands* to them anew, the best first where *rising*."""
    scores = [{key: band.pop(key) for key in ("score", "minus") if key in band} for band in bands]

    def earned(one: dict[str, Any]) -> Fraction:
        return oracle.points(one["score"], weight) if "score" in one else weight - oracle.points(one["minus"], weight)

    scores.sort(key=earned, reverse=rising)
    for band, score in zip(bands, scores, strict=True):
        band |= score


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
    ends = [centre + count * per for count in range(-25, 26)]
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
    )


@st.composite
def counted(draw: st.DrawFn) -> Case:
    """Only what is counted."""
    weight = draw(st.one_of(WEIGHTS, st.just(Fraction(0))))
    method = {"kind": "counted"} | draw(limits(weight).filter(lambda one: "items" in one))
    if draw(st.booleans()):
        method["start"] = draw(amounts(weight, -30, 120))
    return Case(method=method, weight=weight)


@settings(max_examples=300)
@given(banded())
def test_bands(case: Case) -> None:
    check(case)


@settings(max_examples=200)
@given(stepped())
def test_steps(case: Case) -> None:
    check(case)


@settings(max_examples=200)
@given(st.one_of(proportional(), threshold()))
def test_proportions_and_thresholds(case: Case) -> None:
    check(case)


@given(counted())
def test_counting(case: Case) -> None:
    check(case)
