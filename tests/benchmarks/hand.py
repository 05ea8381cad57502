"""The same form written by hand, as a developer would who needs no rule files: the floor that engines stand on."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

from workload import EFFECTS, EXECUTION, GRADES, QUANTITIES, RATES, TIERS, flat

CENT: Final = Decimal("0.01")
FULL: Final = Decimal(EXECUTION)
NUMBERS: Final = [
    (f"{kind}{i}", Decimal(target), Decimal(weight))
    for kind, rows in (("q", QUANTITIES), ("r", RATES))
    for i, (target, weight) in enumerate(rows)
]
WORDS: Final = [(f"e{i}", Decimal(weight)) for i, weight in enumerate(EFFECTS)]
SHARES: Final = {name: Decimal(share.numerator) / share.denominator for name, share in TIERS.items()}
LEVELS: Final = [(Decimal(at), name) for name, at in GRADES]

Marks = tuple[list[Decimal], Decimal, str]


def by_decimals(form: Mapping[str, Any]) -> Marks:
    """Scores, total and grade, exactly."""
    money = form["execution"]
    executed, budget = money["executed"], money["budget"]
    score = FULL if executed >= budget else (executed * FULL / budget).quantize(CENT, ROUND_HALF_UP)
    scores = [score]
    total = score
    for key, target, weight in NUMBERS:
        actual = form[key]
        score = weight if actual >= target else (actual * weight / target).quantize(CENT, ROUND_HALF_UP)
        scores.append(score)
        total += score
    for key, weight in WORDS:
        score = (SHARES[form[key]] * weight).quantize(CENT, ROUND_HALF_UP)
        scores.append(score)
        total += score
    for at, name in LEVELS:
        if total >= at:
            return scores, total, name
    raise AssertionError


def by_text(form: Mapping[str, Any]) -> Marks:
    """The same from texts."""
    money = form["execution"]
    executed, budget = Decimal(money["executed"]), Decimal(money["budget"])
    score = FULL if executed >= budget else (executed * FULL / budget).quantize(CENT, ROUND_HALF_UP)
    scores = [score]
    total = score
    for key, target, weight in NUMBERS:
        actual = Decimal(form[key])
        score = weight if actual >= target else (actual * weight / target).quantize(CENT, ROUND_HALF_UP)
        scores.append(score)
        total += score
    for key, weight in WORDS:
        score = (SHARES[form[key]] * weight).quantize(CENT, ROUND_HALF_UP)
        scores.append(score)
        total += score
    for at, name in LEVELS:
        if total >= at:
            return scores, total, name
    raise AssertionError


def by_text_percent(form: Mapping[str, Any]) -> Marks:
    """The same from texts in which rates have a percent sign."""
    return by_text({key: value.rstrip("%") if key[0] == "r" else value for key, value in form.items()})


FLOATS: Final = [(key, float(target), float(weight)) for key, target, weight in NUMBERS]
FLOAT_WORDS: Final = [(key, float(weight)) for key, weight in WORDS]
FLOAT_SHARES: Final = {name: float(share) for name, share in SHARES.items()}


def by_floats(form: Mapping[str, Any]) -> tuple[list[float], float, str]:
    """What most people write: floats, and ``round``."""
    score = round(min(form["executed"] / form["budget"], 1.0) * EXECUTION, 2)
    scores = [score]
    for key, target, weight in FLOATS:
        scores.append(round(min(form[key] / target, 1.0) * weight, 2))
    for key, weight in FLOAT_WORDS:
        scores.append(round(FLOAT_SHARES[form[key]] * weight, 2))
    total = round(sum(scores), 2)
    for name, at in GRADES:
        if total >= at:
            return scores, total, name
    raise AssertionError


def floats(form: Mapping[str, Any]) -> dict[str, Any]:
    """One flat table with floats, for whoever takes no Decimal."""
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in flat(dict(form)).items()}


def table(source: Path, out: Path) -> None:
    """From a CSV to a CSV, line by line."""
    with source.open(encoding="utf-8", newline="") as file, out.open("w", encoding="utf-8", newline="") as into:
        reader, writer = csv.reader(file), csv.writer(into)
        names = [name.rpartition(".")[2] for name in next(reader)]
        writer.writerow(["id", "total", "grade", *(f"s{place}" for place in range(16))])
        for cells in reader:
            row = dict(zip(names, cells, strict=True))
            row["execution"] = {"executed": row["executed"], "budget": row["budget"]}  # type: ignore[assignment]
            scores, total, grade = by_text(row)
            writer.writerow([row["id"], total, grade, *scores])
