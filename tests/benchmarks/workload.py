"""The workload: a form of 16 rows after 益阳's, generated facts in every shape, and the exact answer to each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Final

#: Quantities, scored in proportion: what is aimed at, and the points.
QUANTITIES: Final = ((200, 5), (12, 5), (30, 5), (50, 5), (7, 5))
#: Rates, all points from the threshold on and in proportion below.
RATES: Final = ((90, 5), (95, 5), (85, 10), (80, 5), (98, 5))
#: Effects, judged in words.
TIERS: Final = {"达成": Fraction(1), "部分达成": Fraction(3, 4), "未达成": Fraction(3, 10)}
EFFECTS: Final = (7, 7, 7, 7, 7)
GRADES: Final = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
EXECUTION: Final = 10

ROWS: Final = ("execution", *(f"q{i}" for i in range(5)), *(f"r{i}" for i in range(5)), *(f"e{i}" for i in range(5)))
#: Where facts are whole numbers they are so many hundredths, and so are the targets.
SCALE: Final = 100


def rules(*, percent: bool = False, money: bool = False, scale: int = 1) -> str:
    """The rule file: with rates in percent, quantities in 万元, or targets that are *scale* times as large."""
    lines = ["format = 1", 'id = "bench"', 'title = "十六行"']
    lines += ["grades = [", *(f'  {{ name = "{name}", from = {at} }},' for name, at in GRADES), "]"]
    lines += ["[methods.execution]", 'kind = "proportional"', 'actual = "executed"', 'target = "budget"']
    lines += ["[methods.quantity]", 'kind = "proportional"']
    lines += ["[methods.rate]", 'kind = "threshold"', 'otherwise = "proportional"']
    lines += ["[methods.effect]", 'kind = "graded"', "tiers = ["]
    lines += [*(f'  {{ name = "{name}", score = "{share * 100}%" }},' for name, share in TIERS.items()), "]"]
    lines += _row("execution", EXECUTION, "execution", "")
    for i, (target, weight) in enumerate(QUANTITIES):
        lines += _row(f"q{i}", weight, "quantity", f"{target * scale}{'万元' if money else ''}")
    for i, (target, weight) in enumerate(RATES):
        lines += _row(f"r{i}", weight, "rate", f"{target * scale}{'%' if percent else ''}")
    for i, weight in enumerate(EFFECTS):
        lines += _row(f"e{i}", weight, "effect", "")
    return "\n".join(lines)


def _row(id_: str, weight: int, method: str, target: str) -> list[str]:
    said = [f'target = "{target}"'] if target else []
    return [
        "[[indicators]]",
        f'id = "{id_}"',
        f'name = "指标 {id_}"',
        f"weight = {weight}",
        f'method = "{method}"',
        *said,
    ]


def forms(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Facts as Decimals: money with two decimals, quantities whole, rates with one decimal, effects in words."""
    chance = random.Random(seed)
    words = list(TIERS)
    for _ in range(count):
        money = {
            "executed": Decimal(chance.randint(1, 600_000)) / 100,
            "budget": Decimal(chance.randint(500_000, 600_000)) / 100,
        }
        one: dict[str, Any] = {"execution": money}
        for i, (target, _) in enumerate(QUANTITIES):
            one[f"q{i}"] = Decimal(chance.randint(target * 4 // 10 + 1, target * 13 // 10 + 1))
        for i, (target, _) in enumerate(RATES):
            one[f"r{i}"] = Decimal(chance.randint(target * 7, 1000)) / 10
        for i in range(len(EFFECTS)):
            one[f"e{i}"] = chance.choice(words)
        yield one


def fresh(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Facts whose numbers hardly ever come up twice: nine decimals."""
    chance = random.Random(seed)
    for one in forms(count, seed):
        for key, value in one.items():
            if isinstance(value, Decimal):
                one[key] = value - Decimal(chance.randint(1, 10**9 - 1)).scaleb(-9)
        yield one


def scaled(form: dict[str, Any]) -> dict[str, Any]:
    """The same as whole numbers of hundredths."""
    return _numbers(form, lambda number: int(number * SCALE))


def floats(form: dict[str, Any]) -> dict[str, Any]:
    """The same as floats."""
    return _numbers(form, float)


def _numbers(form: dict[str, Any], made: Callable[[Decimal], Any]) -> dict[str, Any]:
    """The same with what is *made* of each number."""
    return {
        key: _numbers(value, made) if isinstance(value, dict) else made(value) if isinstance(value, Decimal) else value
        for key, value in form.items()
    }


def written(form: dict[str, Any], *, percent: bool = False, money: bool = False) -> dict[str, Any]:
    """The same as people write it: plain, or with units."""
    found: dict[str, Any] = {}
    for key, value in form.items():
        unit = "万元" if money and key[0] == "q" else "%" if percent and key[0] == "r" else ""
        if isinstance(value, dict):
            found[key] = {name: f"{amount}{'万元' if money else ''}" for name, amount in value.items()}
        else:
            found[key] = f"{value}{unit}"
    return found


def flat(form: dict[str, Any]) -> dict[str, Any]:
    """The same as one table of columns."""
    return {**form["execution"], **{key: value for key, value in form.items() if key != "execution"}}


def exact(form: dict[str, Any]) -> tuple[list[int], int, str]:
    """The hundredths of each row, of the total, and the grade: fractions, and not a line of anything that is timed."""
    execution = form["execution"]
    shares = [(min(Fraction(1), Fraction(execution["executed"]) / Fraction(execution["budget"])), EXECUTION)]
    for kind, targets in (("q", QUANTITIES), ("r", RATES)):
        for i, (target, weight) in enumerate(targets):
            shares.append((min(Fraction(1), Fraction(form[f"{kind}{i}"]) / target), weight))
    shares += [(TIERS[form[f"e{i}"]], weight) for i, weight in enumerate(EFFECTS)]
    scores = [floor(share * weight * 100 + Fraction(1, 2)) for share, weight in shares]
    total = sum(scores)
    return scores, total, next(name for name, at in GRADES if total >= at * 100)
