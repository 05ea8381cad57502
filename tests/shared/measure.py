"""``make gold``: the findings of an audit beside those that a careful auditor agrees with, by finding and by severity.

Precision is the part of what is told that is agreed, recall the part of what is agreed that is told.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import tomli
from attrs import frozen
from rich.console import Console
from rich.table import Table

import perfeval
from perfeval.forms.audit.checks.register import CHECKS

ROOT: Final = Path(__file__).parents[2]
GOLD: Final = ROOT / "tests" / "gold" / "gold.toml"
LEVELS: Final = ("error", "warning", "info")


@frozen
class Count:
    """How many findings are agreed, how many are told, and how many of these are the same."""

    agreed: int
    told: int
    right: int

    @property
    def precision(self) -> str:
        return _percent(self.right, self.told)

    @property
    def recall(self) -> str:
        return _percent(self.right, self.agreed)


def _percent(part: int, whole: int) -> str:
    return "–" if not whole else f"{100 * part // whole}%"


def forms(gold: Path = GOLD) -> list[dict[str, Any]]:
    """The forms of *gold*, each with its findings."""
    found: list[dict[str, Any]] = tomli.loads(gold.read_text(encoding="utf-8"))["forms"]
    return found


def _parts(form: str, check: str, severity: str, rows: list[str], also: list[str]) -> Iterator[tuple[str, ...]]:
    """A finding as it is counted, and each that is told with it."""
    for name in (check, *also):
        yield (form, name, severity, *(row for row in rows if name == check))


def counts(gold: Path = GOLD, root: Path = ROOT) -> tuple[Mapping[str, Count], Mapping[str, Count]]:
    """The counts of each finding, and of each severity."""
    agreed: Counter[tuple[str, ...]] = Counter()
    told: Counter[tuple[str, ...]] = Counter()
    for form in forms(gold):
        file = form["file"]
        for one in form.get("findings", []):
            agreed.update(_parts(file, one["check"], one["severity"], one.get("rows", []), one.get("also", [])))
        for found in perfeval.audit(None, root / file).findings:
            told.update(_parts(file, found.name, found.severity, list(found.rows), list(found.also)))
    return _by(1, CHECKS, agreed, told), _by(2, LEVELS, agreed, told)


def _by(
    place: int,
    names: Mapping[str, Any] | tuple[str, ...],
    agreed: Counter[tuple[str, ...]],
    told: Counter[tuple[str, ...]],
) -> dict[str, Count]:
    def count(of: Counter[tuple[str, ...]], name: str) -> int:
        return sum(number for key, number in of.items() if key[place] == name)

    return {name: Count(count(agreed, name), count(told, name), count(agreed & told, name)) for name in names}


def sentence(one: Count) -> str:
    """What the page of a finding says of it."""
    if not one.agreed and not one.told:
        return "Gold set: no form of it has one."
    return f"Gold set: {one.agreed} agreed, {one.told} told; precision {one.precision}, recall {one.recall}."


def main() -> None:
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    by_check, by_severity = counts(gold, ROOT if gold == GOLD else gold.parent)
    console = Console()
    for title, found in (("finding", by_check), ("severity", by_severity)):
        table = Table(title, *("agreed", "told", "right", "precision", "recall"), box=None)
        for name, one in found.items():
            if one.agreed or one.told:
                table.add_row(name, str(one.agreed), str(one.told), str(one.right), one.precision, one.recall)
        console.print(table)
    silent = [name for name, one in by_check.items() if not one.agreed and not one.told]
    console.print(f"{len(forms(gold))} forms; in none of them: {', '.join(silent)}")


if __name__ == "__main__":
    main()
