"""Scorecards and facts for the property tests: every kind of method, near its edges, in any unit."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import cycle
from typing import Any

import tomli_w
from attrs import evolve, field, frozen
from hypothesis import strategies as st

#: What each kind of amount may be printed in, and how many of its base that is.
UNITS: dict[str, tuple[tuple[str, Fraction], ...]] = {
    "": (("", Fraction(1)),),
    "%": (("%", Fraction(1, 100)),),
    "人次": (("人次", Fraction(1)),),
    "元": (("元", Fraction(1)), ("万元", Fraction(10_000)), ("亿元", Fraction(100_000_000))),
    "公斤": (("公斤", Fraction(1)), ("吨", Fraction(1000)), ("克", Fraction(1, 1000))),
    "日期": (("", Fraction(1)),),
    "天": (("天", Fraction(1)),),
}

#: From the kind of an amount and a turn, which of its units is used.
Pick = Callable[[str], tuple[str, Fraction]]


@frozen
class Amount:
    """A value in the base of its unit, not yet written: the unit it is printed in makes no difference."""

    value: Fraction
    kind: str
    operator: str = ""
    #: Not text but a number: ``int``, ``Decimal`` … ; only where there is no unit.
    raw: Callable[[Fraction], Any] | None = None

    def written(self, pick: Pick) -> Any:
        if self.kind == "日期":
            return self.operator + datetime.date.fromordinal(int(self.value)).isoformat()
        if self.raw is not None:
            return self.raw(self.value)
        name, size = pick(self.kind)
        return self.operator + decimals(self.value / size) + name


def decimals(value: Fraction) -> str:
    """*value* written out; it must end."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
        assert digits <= 30, value
    whole = str(abs(value.numerator * 10**digits // value.denominator)).rjust(digits + 1, "0")
    return "-" * (value < 0) + whole[: len(whole) - digits] + ("." + whole[-digits:] if digits else "")


def ends(value: Fraction) -> bool:
    """Whether *value* can be written out in a few digits."""
    return (value * 10**12).denominator == 1


@frozen(kw_only=True)
class Row:
    """One row: its method and target, and what its actual may be."""

    method: dict[str, Any]
    target: Amount | None
    actuals: st.SearchStrategy[Fraction]
    #: The fact with this actual.
    fact: Callable[[Fraction], Any]
    #: Which side is better where a better actual never earns less, else None.
    better: str | None = None
    #: What the row says besides its target: its levels.
    keys: dict[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Form:
    """A scorecard and its facts, not yet written."""

    card: dict[str, Any]
    facts: dict[str, Any]
    year: int | None = None
    turns: tuple[int, ...] = field(default=(0,))
    #: The facts of other forms of the same scorecard.
    more: tuple[dict[str, Any], ...] = ()

    def written(self, turns: tuple[int, ...] | None = None) -> tuple[str, dict[str, Any]]:
        """The text of the rule file, and the facts, each amount in the unit whose turn it is."""
        source = cycle(self.turns if turns is None else turns)

        def pick(kind: str) -> tuple[str, Fraction]:
            return UNITS[kind][next(source) % len(UNITS[kind])]

        return tomli_w.dumps(_written(self.card, pick)), _written(self.facts, pick)


def _written(value: Any, pick: Pick) -> Any:
    if isinstance(value, Amount):
        return value.written(pick)
    if isinstance(value, Mapping):
        return {key: _written(one, pick) for key, one in value.items()}
    return [_written(one, pick) for one in value] if isinstance(value, list) else value


def _grid(low: int, high: int, step: Fraction) -> st.SearchStrategy[Fraction]:
    return st.integers(low, high).map(lambda count: count * step)


_SIZES: dict[str, st.SearchStrategy[Fraction]] = {
    "": _grid(1, 400, Fraction(1, 4)),
    "%": _grid(1, 1500, Fraction(1, 1000)),
    "人次": _grid(1, 3000, Fraction(1)),
    "元": _grid(1, 3000, Fraction(50)),
    "公斤": _grid(1, 3000, Fraction(5, 2)),
    "日期": _grid(datetime.date(2021, 1, 1).toordinal(), datetime.date(2022, 12, 31).toordinal(), Fraction(1)),
}
KINDS = tuple(_SIZES)
_NUMBERS = tuple(kind for kind in KINDS if kind != "日期")

PERCENT = Fraction(1, 100)


def percent(value: Fraction) -> str:
    return decimals(value * 100) + "%"


@st.composite
def amount(draw: st.DrawFn, weight: Fraction, low: int = 0, high: int = 100) -> Any:
    """Points, or a part of the weight, between *low* and *high* percent of it."""
    part = draw(st.integers(low, high)) * PERCENT
    if draw(st.booleans()):
        return percent(part)
    value = part * weight
    return _as_int(value) if draw(st.booleans()) else Decimal(decimals(value))


@st.composite
def limits(draw: st.DrawFn, weight: Fraction, *, endless: bool = True) -> dict[str, Any]:
    """A floor and a cap, or neither."""
    found: dict[str, Any] = {}
    if draw(st.integers(0, 3)) == 0:
        found["floor"] = draw(amount(weight, -40, 40))
    cap = draw(st.integers(0, 7))
    if cap < 2:
        found["cap"] = draw(amount(weight, 50, 160))
    elif cap == 2 and endless:
        found["cap"] = "none"
    return found


@st.composite
def targets(draw: st.DrawFn, kinds: tuple[str, ...], *, zero: bool = True) -> tuple[Amount, dict[str, Any], str]:
    """A target, the keys that say which side is better, and which side that is."""
    kind = draw(st.sampled_from(kinds))
    value = draw(_SIZES[kind])
    if zero and kind != "日期" and draw(st.integers(0, 9)) == 0:
        return Amount(Fraction(0), kind, draw(st.sampled_from(["=", "≤", ""]))), {}, "lower"
    operator = draw(st.sampled_from(["≥", ">", "≤", "<", "", "="]))
    keys: dict[str, Any] = {}
    better = {"≥": "higher", ">": "higher", "≤": "lower", "<": "lower"}.get(operator)
    if better is None:
        better = draw(st.sampled_from(["higher", "lower"]))
        usual = "lower" if kind == "日期" else "higher"
        if better != usual or draw(st.booleans()):
            keys["better"] = better
    return Amount(value, kind, operator), keys, better


def near(kind: str, points: list[Fraction], *, negative: bool = True) -> st.SearchStrategy[Fraction]:
    """Values on the *points* that matter, just beside them, and anywhere."""
    tiny = {"日期": Fraction(1), "人次": Fraction(1)}.get(kind, Fraction(1, 10_000))
    fine = [point for point in points if ends(point)]
    if kind == "日期":
        fine = [Fraction(int(point)) for point in fine if 700_000 < point < 800_000]
    if kind == "人次":
        fine = [point for point in fine if point.denominator == 1]
    beside = [point + move for point in fine for move in (-tiny, tiny)]
    extra = [Fraction(0)] if kind != "日期" else []
    if negative and kind != "日期":
        extra.append(Fraction(-3))
    pool = [point for point in (*fine, *beside, *extra) if negative or point >= 0]
    anywhere = _SIZES[kind]
    return st.one_of(st.sampled_from(pool), anywhere) if pool else anywhere


@st.composite
def plain_facts(draw: st.DrawFn, kind: str) -> Callable[[Fraction], Any]:
    """How the actual of a row is given: as text, as a number, in a table with a reason."""
    raw: Callable[[Fraction], Any] | None = None
    if kind in {"", "人次"}:
        raw = draw(st.sampled_from([None, _as_decimal, _as_fraction, _as_float, _as_int]))
    as_table, reason = draw(st.booleans()), draw(st.sampled_from([None, "天气原因"]))

    def fact(value: Fraction) -> Any:
        given = Amount(value, kind, raw=raw)
        table = {"actual": given} | ({"reason": reason} if reason else {})
        return table if as_table else given

    return fact


def _as_decimal(value: Fraction) -> Decimal:
    return Decimal(decimals(value))


def _as_fraction(value: Fraction) -> Fraction:
    return value


def _as_float(value: Fraction) -> float:
    # Of a few digits, so that what Python prints is what is meant.
    return float(decimals(value))


def _as_int(value: Fraction) -> Any:
    return int(value) if value.denominator == 1 else _as_decimal(value)


@st.composite
def edge(draw: st.DrawFn, words: list[str], low: int, high: int) -> tuple[dict[str, Any], Fraction]:
    """An edge in percent, and where it is."""
    at = draw(st.integers(low, high)) * PERCENT
    return {draw(st.sampled_from(words)): percent(at)}, at


def reached(target: Fraction, shares: list[Fraction], better: str, linear: bool) -> list[Fraction]:
    """The actuals whose completion is each of *shares*."""
    if better == "higher":
        return [target * share for share in shares]
    if linear:
        return [target * (2 - share) for share in shares]
    return [target / share for share in shares if share > 0]


@st.composite
def proportional(draw: st.DrawFn, weight: Fraction, kind: str = "proportional") -> Row:
    """In proportion to the target, itself or only where it is missed."""
    target, keys, better = draw(targets(_NUMBERS))
    method: dict[str, Any] = {"kind": kind, **keys}
    if kind == "threshold":
        method["otherwise"] = "proportional"
    method |= draw(limits(weight))
    linear = draw(st.booleans())
    if linear:
        method["reverse"] = "linear"
        # What less than nothing is worth where each bit less earns more, nobody says.
        method.pop("cap", None)
    elif draw(st.booleans()):
        method["reverse"] = "ratio"
    shares = [Fraction(1), Fraction(2), Fraction(1, 2), 130 * PERCENT, 80 * PERCENT]
    if kind == "proportional" and draw(st.integers(0, 2)) == 0:
        method["zero"], at = draw(edge(["below", "to"], 30, 95))
        shares.append(at)
    if draw(st.integers(0, 2)) == 0:
        below, at = draw(edge(["below", "to"], 50, 95))
        from_, more = draw(edge(["from", "above"], 110, 140))
        method["needs_reason"] = below | from_
        shares += [at, more]
    if target.value == 0 and draw(st.booleans()):
        method["zero_target"] = draw(amount(weight))
    points = [target.value, *reached(target.value, shares, better, linear)]
    return Row(
        method=method,
        target=target,
        actuals=near(target.kind, points),
        fact=draw(plain_facts(target.kind)),
        better=better,
    )


@st.composite
def composed(draw: st.DrawFn, weight: Fraction) -> Row:
    """An actual and a target that are made of amounts of the fact."""
    kind = draw(st.sampled_from(["元", "公斤", "人次"]))
    budget, carried = draw(_SIZES[kind]), draw(_SIZES[kind])
    pooled = draw(st.sampled_from([Fraction(0), budget + carried, min(budget, carried)]))
    better = draw(st.sampled_from(["higher", "lower"]))
    method: dict[str, Any] = {
        "kind": draw(st.sampled_from(["proportional", "threshold"])),
        "actual": draw(st.sampled_from(["executed", {"add": ["executed", "late"]}])),
        "target": draw(st.sampled_from(["budget", {"add": ["budget", "carried"], "less": ["pooled"]}])),
        "zero_target": draw(amount(weight)),
        **({"better": better} if better == "lower" else {}),
    }
    method |= draw(limits(weight))
    if method["kind"] == "threshold":
        method["otherwise"] = draw(st.sampled_from(["proportional", "30%"]))
    whole = budget if method["target"] == "budget" else budget + carried - pooled
    late = draw(_SIZES[kind])

    def fact(value: Fraction) -> Any:
        table = {"executed": value}
        if isinstance(method["actual"], dict):
            table = {"executed": value - late, "late": late}
        table["budget"] = budget
        if isinstance(method["target"], dict):
            table |= {"carried": carried, "pooled": pooled}
        return {key: Amount(one, kind) for key, one in table.items()}

    points = [whole, whole / 2, whole * 2, whole * 98 * PERCENT]
    return Row(method=method, target=None, actuals=near(kind, points), fact=fact, better=better)


@st.composite
def threshold(draw: st.DrawFn, weight: Fraction) -> Row:
    """All, or what is said otherwise."""
    target, keys, better = draw(targets(KINDS))
    method: dict[str, Any] = {"kind": "threshold", **keys}
    if draw(st.booleans()):
        method["otherwise"] = draw(amount(weight))
    method |= draw(limits(weight))
    if draw(st.booleans()) and target.kind != "日期":
        method["needs_reason"] = {draw(st.sampled_from(["from", "above"])): Amount(target.value, target.kind)}
    return Row(
        method=method,
        target=target,
        actuals=near(target.kind, [target.value]),
        fact=draw(plain_facts(target.kind)),
        better=better,
    )


@st.composite
def banded(draw: st.DrawFn, weight: Fraction) -> Row:  # noqa: PLR0915  # each line draws one thing
    """Bands that fall or rise, of any measure, as steps or joined by straight lines."""
    measure = draw(st.sampled_from(["value", "completion", "difference", "deviation"]))
    kinds = KINDS if measure in {"value", "difference"} else _NUMBERS
    target, keys, better = draw(targets(kinds))
    method: dict[str, Any] = {"kind": "banded", **keys, **draw(limits(weight))}
    if measure != "value" or draw(st.booleans()):
        method["measure"] = measure
    linear = measure == "completion" and draw(st.booleans())
    if linear:
        method["reverse"] = "linear"
    falling = draw(st.booleans())
    words = ["from", "above"] if falling else ["to", "below"]
    moves = sorted(draw(st.sets(st.integers(-120, 200), min_size=1, max_size=4)), reverse=falling)
    size = target.value if target.value and target.kind != "日期" else Fraction(100)
    if measure == "completion":
        at = [abs(move) * PERCENT for move in moves]
        at = sorted(set(at), reverse=falling)
        points = reached(target.value, at, better, linear)
    elif measure == "deviation":
        at = [move * PERCENT for move in moves]
        points = [target.value * (1 + one) for one in at]
    elif measure == "difference":
        at = [move * PERCENT * size for move in moves]
        points = [target.value + one for one in at]
    else:
        base = target.value if target.kind == "日期" else Fraction(0)
        at = [base + move * PERCENT * size for move in moves]
        points = at
    edge_kind = "%" if measure in {"completion", "deviation"} else target.kind
    if edge_kind == "日期":
        at = sorted({Fraction(int(one)) for one in at}, reverse=falling)
        edge_kind = "天" if measure == "difference" else edge_kind
    earned = [draw(amount(weight, 0, 120)) for _ in range(len(at) + 1)]
    rising = measure == "completion" or better == "higher"
    parts = [_part(one, weight) for one in earned]
    monotone = parts == sorted(parts, reverse=falling == rising)
    bands: list[dict[str, Any]] = [
        {draw(st.sampled_from(words)): Amount(one, edge_kind), "score": score}
        for one, score in zip(at, earned, strict=False)
    ]
    if draw(st.integers(0, 4)) == 0:
        # A point of its own: beyond an edge, then the edge itself.
        one = draw(st.integers(0, len(bands) - 1))
        open_, closed = ("above", "from") if falling else ("below", "to")
        score = next(iter(bands[one].values()))
        bands[one : one + 1] = [{open_: score, "score": draw(amount(weight))}, {closed: score, "score": earned[one]}]
        monotone = False
    bands.append({"score": earned[-1]})
    if draw(st.booleans()):
        one = draw(st.sampled_from(bands))
        one["minus"] = one.pop("score")
        monotone = False
    method["bands"] = bands
    if draw(st.booleans()):
        method["interpolate"] = True
    if (
        target.value == 0
        and "zero_target" not in method
        and (measure in {"completion", "deviation"} or draw(st.booleans()))
    ):
        method["zero_target"] = draw(amount(weight))
    return Row(
        method=method,
        target=target,
        actuals=near(target.kind, points, negative=measure != "completion"),
        fact=draw(plain_facts(target.kind)),
        better=better if monotone else None,
    )


def _part(written: Any, weight: Fraction) -> Fraction:
    return Fraction(written[:-1]) / 100 * weight if isinstance(written, str) else Fraction(written)


@st.composite
def stepped(draw: st.DrawFn, weight: Fraction) -> Row:
    """So much off for each step on the worse side, so much on top on the better one."""
    measure = draw(st.sampled_from(["difference", "deviation", "completion"]))
    target, keys, better = draw(targets(KINDS if measure == "difference" else _NUMBERS))
    method: dict[str, Any] = {"kind": "stepped", **keys, **draw(limits(weight))}
    if measure != "difference" or draw(st.booleans()):
        method["measure"] = measure
    linear = measure == "completion" and draw(st.booleans())
    if linear:
        method["reverse"] = "linear"
    method["steps"] = draw(st.sampled_from(["whole", "started", "exact"]))
    if draw(st.booleans()):
        method["start"] = draw(amount(weight, 50, 110))
    method["minus"] = draw(amount(weight, 1, 30))
    if draw(st.booleans()):
        method["plus"] = draw(amount(weight, 0, 30))
    counts = [Fraction(count, 2) for count in range(-6, 7)]
    if measure == "difference":
        if target.kind == "日期":
            per, kind = Fraction(draw(st.sampled_from([1, 10, 30]))), "天"
        else:
            per, kind = draw(_SIZES[target.kind]) / 5, target.kind
        points = [target.value + count * per for count in counts]
    else:
        per, kind = draw(st.sampled_from([1, 2, 5, 10])) * PERCENT, "%"
        if measure == "deviation":
            points = [target.value * (1 + count * per) for count in counts]
        else:
            points = reached(target.value, [1 + count * per for count in counts], better, linear)
    method["per"] = Amount(per, kind)
    if target.value == 0 and (measure != "difference" or draw(st.booleans())):
        method["zero_target"] = draw(amount(weight))
    monotone = True
    if draw(st.integers(0, 3)) == 0 and target.kind != "日期":
        cut = draw(st.sampled_from(["from", "above", "to", "below"]))
        at = (1 if measure == "completion" else 0) + 2 * per
        method["zero"] = {cut: Amount(at, kind)}
        monotone = False
    return Row(
        method=method,
        target=target,
        actuals=near(target.kind, points, negative=measure != "completion"),
        fact=draw(plain_facts(target.kind)),
        better=better if monotone else None,
    )


@st.composite
def graded(draw: st.DrawFn, weight: Fraction) -> Row:
    """Tiers that a person picks: a range with a score inside it, or a score of their own."""
    edges = [*sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=3)), reverse=True), 0]
    fixed = draw(st.booleans())
    tiers: list[dict[str, Any]] = [{"name": f"第{index}档"} for index in range(len(edges))]
    for tier, at in zip(tiers, edges, strict=True):
        tier["score" if fixed else "from"] = percent(at * PERCENT)
    if draw(st.booleans()):
        tiers[0]["aliases"] = ["一级"]
    given = st.integers(0, 100).map(lambda part: part * PERCENT)

    def fact(part: Fraction) -> Any:
        index = next(index for index, at in enumerate(edges) if part >= at * PERCENT)
        name = tiers[index].get("aliases", [tiers[index]["name"]])[-1]
        if fixed:
            return name
        value = part * weight
        return {"tier": name, "score": Decimal(decimals(value)) if ends(value) else percent(part)}

    return Row(method={"kind": "graded", "tiers": tiers}, target=None, actuals=given, fact=fact, better="higher")


@st.composite
def extra(draw: st.DrawFn) -> Row:
    """A row without weight: points on top, or off."""
    if draw(st.booleans()):
        scores = {"优秀": 5, "良好": Decimal("2.5"), "不合格": -5}
        return Row(
            method={"kind": "graded", "tiers": [{"name": name, "score": score} for name, score in scores.items()]},
            target=None,
            actuals=st.integers(0, 2).map(Fraction),
            fact=lambda index: list(scores)[int(index)],
        )
    return Row(
        method={
            "kind": "stepped",
            "start": 0,
            "plus": Decimal("0.5"),
            "minus": 1,
            "per": Amount(Fraction(10), "人次"),
            "steps": draw(st.sampled_from(["whole", "started", "exact"])),
            "cap": 3,
            "floor": -2,
        },
        target=Amount(Fraction(100), "人次", "≥"),
        actuals=near("人次", [Fraction(100 + count) for count in range(-40, 71, 5)]),
        fact=draw(plain_facts("人次")),
        better="higher",
    )


@st.composite
def items(draw: st.DrawFn, weight: Fraction, most: int = 3) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Things to be counted, and how often a fact counts each."""
    found: list[dict[str, Any]] = []
    counts: dict[str, Any] = {}
    for name in ("批示", "缺失", "通报")[: draw(st.integers(1, most))]:
        one = {"name": name, draw(st.sampled_from(["plus", "minus"])): draw(amount(weight or Fraction(10), 0, 40))}
        if draw(st.booleans()):
            one["times"] = draw(st.integers(1, 3))
        found.append(one)
        count = draw(st.sampled_from([None, True, False, 0, 1, 2, 5, "3"]))
        if count is not None:
            counts[name] = count
    return found, counts


@st.composite
def counted(draw: st.DrawFn, weight: Fraction) -> Row:
    """Points for what is there, and off for what was found."""
    listed, counts = draw(items(weight))
    method: dict[str, Any] = {"kind": "counted", "items": listed, **draw(limits(weight))}
    if weight == 0:
        method |= {"cap": 4, "floor": -4}
    if draw(st.booleans()):
        method["start"] = draw(amount(weight, 0, 110))
    name = listed[0]["name"]
    better = "higher" if "plus" in listed[0] else "lower"
    alone, reason = len(listed) == 1 and draw(st.booleans()), draw(st.sampled_from([{}, {"reason": "查实"}]))

    def fact(value: Fraction) -> Any:
        return int(value) if alone else counts | reason | {name: int(value)}

    return Row(method=method, target=None, actuals=st.integers(0, 6).map(Fraction), fact=fact, better=better)


@st.composite
def levelled(draw: st.DrawFn, weight: Fraction) -> Row:
    """Bands whose edges each row brings itself, and which some reasons lift."""
    kind = draw(st.sampled_from(["", "元", "人次"]))
    better = draw(st.sampled_from(["higher", "lower"]))
    steps = draw(st.lists(_SIZES[kind], min_size=1, max_size=4, unique=True).map(sorted))
    steps = steps[::-1] if better == "higher" else steps
    bands: list[dict[str, Any]] = []
    for place in range(len(steps)):
        band: dict[str, Any] = {"level": f"第{place}级", "score": draw(amount(weight))}
        if draw(st.integers(0, 2)) == 0:
            band["unless"] = "reason"
        if draw(st.integers(0, 3)) == 0:
            band["minus"] = band.pop("score")
        bands.append(band)
    bands.append({"score": draw(amount(weight))})
    method = {"kind": "banded", "bands": bands, "better": better, **draw(limits(weight))}
    if draw(st.booleans()):
        method["interpolate"] = True
    levels = {f"第{place}级": Amount(step, kind) for place, step in enumerate(steps)}
    return Row(
        method=method,
        target=None,
        actuals=near(kind, steps),
        fact=draw(plain_facts(kind)),
        keys={"levels": levels},
    )


@st.composite
def voted(draw: st.DrawFn, weight: Fraction) -> Row:
    """A mean of votes, perhaps of several units, against a target or by bands."""
    values = {"满意": 100, "一般": 60, "不满意": Decimal("12.5")}
    method: dict[str, Any] = {"kind": "proportional", "actual": {"mean": values}, **draw(limits(weight))}
    target = Amount(Fraction(draw(st.sampled_from([90, 60, 80]))), "", draw(st.sampled_from(["≥", ">", ""])))
    if draw(st.booleans()):
        edges = [{"from": 90, "score": "100%"}, {"above": 60, "score": "50%", "unless": "reason"}, {"score": 0}]
        method |= {"kind": "banded", "bands": edges}
    several = draw(st.integers(0, 3))
    if several:
        method["merge"] = draw(st.sampled_from(["sum", {"weighted_by": "人数"}]))
    others = draw(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=several, max_size=several))

    def fact(value: Fraction) -> Any:
        tables = [
            dict(zip(values, counts, strict=True)) | ({"人数": 3} if method.get("merge", "sum") != "sum" else {})
            for counts in [(int(value), 4, 1), *others]
        ]
        return tables if several else tables[0]

    return Row(method=method, target=target, actuals=st.integers(0, 20).map(Fraction), fact=fact, better=None)


@st.composite
def joined(draw: st.DrawFn, weight: Fraction) -> Row:
    """Several units in one: their amounts added up, or averaged by their budgets."""
    kind = draw(st.sampled_from(["元", "人次", "公斤"]))
    method: dict[str, Any] = {"kind": "proportional", **draw(limits(weight))}
    target = None
    made = draw(st.booleans())
    if made:
        method |= {"actual": "executed", "target": "budget", "zero_target": draw(amount(weight))}
        if draw(st.booleans()):
            method["zero_target"] = "not-applicable"
        name, other = "executed", "budget"
    else:
        target, name, other = Amount(draw(_SIZES[kind]), kind, "≥"), "actual", "budget"
    weighted = draw(st.booleans())
    method["merge"] = {"weighted_by": other} if weighted else "sum"
    count = draw(st.integers(1, 3))
    budgets = draw(st.lists(_SIZES[kind], min_size=count, max_size=count))
    if made and not weighted and draw(st.integers(0, 3)) == 0:
        budgets = [Fraction(0)] * count
    rest = draw(st.lists(_SIZES[kind], min_size=count - 1, max_size=count - 1))
    more = draw(st.lists(st.sampled_from([{}, {"reason": "采购推迟"}]), min_size=count, max_size=count))
    out = draw(st.sampled_from([[], [{"applies": False}]]))

    def fact(value: Fraction) -> Any:
        units: list[Any] = []
        for own, budget, words in zip([value, *rest], budgets, more, strict=True):
            table: dict[str, Any] = {name: Amount(own, kind)}
            if made or weighted:
                table[other] = Amount(budget, kind)
            units.append(table | words)
        if not made and not weighted and not any(more):
            return [unit["actual"] for unit in units] + out
        return units + out

    return Row(method=method, target=target, actuals=_SIZES[kind], fact=fact, better="higher")


@st.composite
def with_items(draw: st.DrawFn, row: Row, weight: Fraction) -> Row:
    """*row* with points on top or off by what its fact counts besides."""
    listed, counts = draw(items(weight))
    plain = row.fact

    def fact(value: Fraction) -> Any:
        given = plain(value)
        if isinstance(given, list):
            # One unit says it for all: the first, since the last may not apply.
            first, *rest = (one if isinstance(one, dict) else {"actual": one} for one in given)
            return [first | counts, *rest]
        if not isinstance(given, dict):
            given = {"tier" if row.method["kind"] == "graded" else "actual": given}
        return given | counts

    return evolve(row, method=row.method | {"items": listed}, fact=fact)


@st.composite
def lifted(draw: st.DrawFn, row: Row) -> Row:
    """*row* with a band that a reason lifts."""
    bands = [dict(band) for band in row.method["bands"]]
    draw(st.sampled_from(bands[:-1]))["unless"] = "reason"
    return evolve(row, method=row.method | {"bands": bands}, better=None)


def rows(weight: Fraction) -> st.SearchStrategy[Row]:
    """A row of any kind."""
    if weight == 0:
        return st.one_of(extra(), counted(weight))
    plain = st.one_of(
        proportional(weight),
        proportional(weight, "threshold"),
        composed(weight),
        threshold(weight),
        banded(weight),
        stepped(weight),
        graded(weight),
    )
    told = st.one_of(levelled(weight), voted(weight), joined(weight), banded(weight).flatmap(lifted))
    more = st.one_of(plain, told).flatmap(lambda row: with_items(row, weight))
    return st.one_of(plain, counted(weight), told, more)


QUANTA = ["0.01", Decimal("0.1"), 1, Decimal("0.5"), "0.25", "0.05", "exact"]
MODES = ["half-up", "half-even", "down", "up"]


@st.composite
def roundings(draw: st.DrawFn) -> dict[str, Any]:
    """Any rounding of rate, row, total and grade."""
    rounding: dict[str, Any] = {}
    if draw(st.booleans()):
        rounding["mode"] = draw(st.sampled_from(MODES))
    for key in ("row", "total", "grade"):
        if draw(st.booleans()):
            rounding[key] = draw(st.sampled_from(QUANTA))
            if draw(st.integers(0, 2)) == 0:
                rounding[key] = {"to": rounding[key], "mode": draw(st.sampled_from(MODES))}
    if draw(st.integers(0, 2)) == 0:
        rounding["rate"] = draw(st.sampled_from(["0.01%", "1%", "0.5%", "10%"]))
    return rounding


def weighted(count: int) -> st.SearchStrategy[list[Fraction]]:
    """So many weights that add up to 100."""
    cuts = st.sets(st.integers(1, 199), min_size=count - 1, max_size=count - 1).map(sorted)
    return cuts.map(lambda at: [Fraction(high - low, 2) for low, high in zip([0, *at], [*at, 200], strict=True)])


@st.composite
def forms(draw: st.DrawFn, more: int = 0) -> Form:
    """A scorecard with a few rows of any kind, and the facts of one form, or of so many *more*."""
    weights = [*draw(st.integers(1, 5).flatmap(weighted)), *draw(st.sampled_from([[], [Fraction(0)]]))]
    places = [draw(st.sampled_from(["产出指标/数量指标", "产出指标/质量指标", "效益指标"])) for _ in weights]
    card: dict[str, Any] = {"format": 1, "id": "generated", "title": "生成的评分表", "rounding": draw(roundings())}
    structure: dict[str, Any] = {}
    if draw(st.booleans()):
        for top in ("产出指标", "效益指标"):
            if any(place.startswith(top) for place in places):
                whole = sum(one for one, place in zip(weights, places, strict=True) if place.startswith(top))
                structure[top] = draw(
                    st.sampled_from([Decimal(decimals(Fraction(whole))), percent(Fraction(whole, 100))])
                )
        card["structure"] = structure
    if draw(st.integers(0, 2)) == 0:
        card["cap"] = draw(st.sampled_from([100, 105, 60, Decimal("89.99")]))
    methods: dict[str, Any] = {}
    indicators: list[dict[str, Any]] = []
    facts: dict[str, Any] = {}
    others: list[dict[str, Any]] = [{} for _ in range(more)]
    for index, (weight, place) in enumerate(zip(weights, places, strict=True)):
        row = draw(rows(weight))
        name = f"指标{index}"
        one: dict[str, Any] = {
            "name": name,
            "group": place,
            "weight": _weight(weight, place, weights, places, structure),
        }
        if draw(st.booleans()):
            one["id"] = f"row-{index}"
        one |= row.keys
        if row.target is not None:
            one["target"] = row.target
        if draw(st.booleans()):
            one["method"] = row.method
        else:
            methods[f"method-{index}"] = row.method
            one["method"] = f"method-{index}"
        indicators.append(one)
        key = draw(st.sampled_from([name, f"{place}/{name}", *([one["id"]] if "id" in one else [])]))
        facts[key] = row.fact(draw(row.actuals))
        for other in others:
            other[key] = row.fact(draw(row.actuals))
    card |= {"methods": methods, "indicators": indicators}
    if draw(st.booleans()):
        edges = draw(st.sampled_from([(90, 80, 60, 0), (85, Decimal("59.5"), 0), (0,)]))
        card["grades"] = [{"name": word, "from": at} for word, at in zip("优良中差", edges, strict=False)]
    turns = tuple(draw(st.lists(st.integers(0, 2), min_size=5, max_size=5)))
    return Form(card=card, facts=facts, turns=turns, more=tuple(others))


def _weight(
    weight: Fraction, place: str, weights: list[Fraction], places: list[str], structure: Mapping[str, Any]
) -> Any:
    """In points, or as a part of the group that has a weight, in turn."""
    top = place.partition("/")[0]
    if top in structure and weight.denominator == 1:
        whole = sum((one for one, other in zip(weights, places, strict=True) if other.startswith(top)), Fraction(0))
        if whole and ends(weight / whole * 100):
            return percent(weight / whole)
    return Decimal(decimals(weight))
