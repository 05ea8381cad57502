"""``make bench``: ours, written by hand and other engines, in turn on the same forms, each checked against fractions.

``python tests/benchmarks/bench.py [--forms N] [--rounds N] [--out FOLDER] [--many N] [--quick]``
"""

from __future__ import annotations

import argparse
import csv
import gc
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import hand
import peers
import workload
from attrs import define, frozen
from picture import picture
from rich.console import Console
from rich.table import Table

import perfeval
from perfeval.engine.plan import Plan

ROOT: Final = Path(__file__).parents[2]
CASE: Final = [str(ROOT / "examples/yiyang-2021" / name) for name in ("rules.toml", "facts.toml")]
#: What a process costs that loads the same libraries and parses the same two files.
PARSING: Final = (
    "import attrs, cattrs, tomli, sys\nfrom decimal import Decimal\n"
    "for path in sys.argv[1:]: tomli.loads(open(path, encoding='utf-8').read(), parse_float=Decimal)"
)


@frozen(kw_only=True)
class Run:
    """One thing that is timed: what it is, the run it is measured by, and what it may take of that."""

    name: str
    work: Callable[[], Any]
    floor: str = "hand-written Decimal"
    goal: float | None = None
    #: How many of its answers are wrong.
    wrong: Callable[[], int] = lambda: 0
    forms: int = 0


@define
class Timed:
    """The times of one run, in seconds a form."""

    run: Run
    times: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def interleaved(runs: Sequence[Run], rounds: int, console: Console) -> dict[str, Timed]:
    """Each of *runs* in turn, and all of them again: whatever slows the machine down slows all of them."""
    found = {run.name: Timed(run=run, times=[]) for run in runs}
    for turn in range(rounds):
        console.print(f"round {turn + 1} of {rounds}", style="dim")
        for run in runs:
            gc.collect()
            begin = time.perf_counter()
            run.work()
            found[run.name].times.append((time.perf_counter() - begin) / run.forms)
    return found


# --- one form after the other ---------------------------------------------------------------------------------------


def ready(text: str, form: dict[str, Any]) -> Plan:
    """A plan whose code is generated."""
    plan = perfeval.loads(text)
    plan.generated.at_once()
    plan.score(form)
    assert plan.generated.score(form) is not None
    return plan


def totals(plan: Plan, forms: Sequence[Any]) -> None:
    score = plan.score
    for form in forms:
        one = score(form)
        one.total, one.grade  # noqa: B018  # they are read, and nothing is done with them


def rows(plan: Plan, forms: Sequence[Any]) -> None:
    score = plan.score
    for form in forms:
        for row in score(form).indicators:
            row.score  # noqa: B018


def explained(plan: Plan, forms: Sequence[Any]) -> None:
    """One row explained, and what it says read."""
    score = plan.score
    for form in forms:
        for step in score(form).indicators[3].steps:
            step.formula, step.value, step.shown  # noqa: B018


def kept(score: Callable[[Any], Any], forms: Sequence[Any]) -> None:
    held = [score(form) for form in forms]
    assert len(held) == len(forms)


def each(score: Callable[[Any], Any], forms: Sequence[Any]) -> None:
    for form in forms:
        score(form)


def wrong(plan: Plan, forms: Iterable[Any], answers: Iterable[tuple[list[int], int, str]]) -> int:
    """How many of *forms* differ from the exact answer: in a row, in the total, in the grade."""
    found = 0
    for form, (scores, total, grade) in zip(forms, answers, strict=True):
        one = plan.score(form)
        same = [Fraction(row.score) * 100 for row in one.indicators] == scores
        found += not (same and Fraction(one.total) * 100 == total and one.grade == grade)
    return found


def off(values: Iterable[Any], answers: Iterable[tuple[list[int], int, str]]) -> int:
    """How many totals of others differ from the exact one."""
    return sum(
        round(Fraction(str(value)) * 100, 6) != total for value, (_, total, _) in zip(values, answers, strict=False)
    )


def runs(count: int) -> list[Run]:
    """What is timed of one process, on *count* forms."""
    forms = list(workload.forms(count, seed=count))
    answers = [workload.exact(form) for form in forms]
    new = list(workload.fresh(count, seed=count + 1))
    new_answers = [workload.exact(form) for form in new]
    text = [workload.written(form) for form in forms]
    percent = [workload.written(form, percent=True) for form in forms]
    units = [workload.written(form, percent=True, money=True) for form in forms]
    whole = [workload.scaled(form) for form in forms]
    plan = ready(workload.rules(), forms[0])
    by_text = ready(workload.rules(percent=True), percent[0])
    by_unit = ready(workload.rules(percent=True, money=True), units[0])
    by_whole = ready(workload.rules(scale=workload.SCALE), whole[0])
    flat = [hand.floats(form) for form in forms]
    new_plan = ready(workload.rules(), new[0])
    # Each round is given others, since the workings of the last are still known.
    parts = itertools.cycle([new[start : start + count // 20] for start in range(0, count, count // 20)])
    float_forms = [workload.floats(form) for form in forms]
    by_float = ready(workload.rules(), float_forms[0])
    new_text = [workload.written(form) for form in new]
    plain_text = ready(workload.rules(), new_text[0])
    hand_text = "hand-written Decimal, from texts"
    new_explained = "perfeval: one row explained, a new number"
    found = [
        Run(name="hand-written Decimal", work=lambda: each(hand.by_decimals, forms), goal=1.0),
        Run(name=hand_text, work=lambda: each(hand.by_text, text), floor=hand_text, goal=1.0),
        Run(name="hand-written float, round", work=lambda: each(hand.by_floats, flat),
            wrong=lambda: off((hand.by_floats(one)[1] for one in flat), answers)),
        Run(name="perfeval: Decimals, total and grade", work=lambda: totals(plan, forms), goal=0.8,
            wrong=lambda: wrong(plan, forms, answers)),
        Run(name="perfeval: the same, numbers never seen before", work=lambda: totals(new_plan, new),
            wrong=lambda: wrong(new_plan, new, new_answers)),
        Run(name="perfeval: every row made, its score read", work=lambda: rows(plan, forms), goal=1.25),
        Run(name="perfeval: all results kept", work=lambda: kept(plan.score, forms), goal=1.0),
        Run(name="perfeval: texts (24.5, 95%)", work=lambda: totals(by_text, percent), floor=hand_text, goal=0.8,
            wrong=lambda: wrong(by_text, percent, answers)),
        Run(name="perfeval: texts never seen before", work=lambda: totals(plain_text, new_text), floor=hand_text,
            wrong=lambda: wrong(plain_text, new_text, new_answers)),
        Run(name="perfeval: texts with units (24.5万元)", work=lambda: totals(by_unit, units),
            floor=hand_text, goal=1.2, wrong=lambda: wrong(by_unit, units, answers)),
        Run(name="perfeval: one row explained", work=lambda: explained(plan, forms), goal=2.0),
        Run(name=new_explained, work=lambda: explained(new_plan, next(parts))),
        Run(name="perfeval: floats", work=lambda: totals(by_float, float_forms),
            wrong=lambda: wrong(by_float, float_forms, answers)),
        Run(name="perfeval: whole numbers", work=lambda: totals(by_whole, whole), goal=0.45,
            wrong=lambda: wrong(by_whole, whole, answers)),
    ]  # fmt: skip
    size = {new_explained: count // 20}
    return [Run(**{**_fields(run), "forms": size.get(run.name, count)}) for run in found]


def _fields(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in ("name", "work", "floor", "goal", "wrong")}


def peer_runs(found: Iterable[peers.Peer], count: int) -> list[Run]:
    """The same forms by other engines; those that work line by line are given fewer of them, the slow ones few."""
    made: list[Run] = []
    for peer in found:
        forms = list(workload.forms(count if peer.columns else max(200, count // 10) // peer.slow, seed=count))
        answers = [workload.exact(form) for form in forms]
        given: Any = peer.facts(forms) if peer.columns else [peer.facts(form) for form in forms]

        def work(peer: peers.Peer = peer, given: Any = given) -> None:
            if peer.columns:
                peer.score(given)
            else:
                each(peer.score, given)

        def check(peer: peers.Peer = peer, given: Any = given, answers: Any = answers) -> int:
            if peer.columns:
                return off([Decimal(value) / 100 for value in peer.score(given)], answers)
            return off((peer.score(one) for one in given), answers)

        made.append(Run(name=f"{peer.name} {peer.version}", work=work, wrong=check, forms=len(forms)))
    return made


# --- from file to file, processes, memory ---------------------------------------------------------------------------


def tables(count: int, folder: Path) -> list[Run]:
    """A CSV of *count* forms: two processes of ours, one of ours, and one written by hand."""
    source, rules = folder / "forms.csv", folder / "rules.toml"
    rules.write_text(workload.rules(), encoding="utf-8")
    names = ["id", "execution.executed", "execution.budget", *workload.ROWS[1:]]
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for number, form in enumerate(workload.forms(count, seed=7)):
            writer.writerow([f"n{number}", *workload.flat(form).values()])

    def ours(jobs: int) -> None:
        words = ["score", str(rules), str(source), "--jobs", str(jobs), "--out", str(folder / f"ours-{jobs}.csv")]
        subprocess.run([sys.executable, "-m", "perfeval", *words], check=True, stderr=subprocess.DEVNULL)

    def by_hand() -> None:
        code = (
            f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import hand; from pathlib import Path; "
        )
        code += f"hand.table(Path({str(source)!r}), Path({str(folder / 'hand.csv')!r}))"
        subprocess.run([sys.executable, "-c", code], check=True)

    def check(jobs: int) -> int:
        with (folder / f"ours-{jobs}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            bad = 0
            for cells, form in zip(reader, workload.forms(count, seed=7), strict=True):
                scores, total, grade = workload.exact(form)
                found = [Fraction(one) * 100 for one in (cells[2], *cells[4:20])]
                bad += found != [total, *scores] or cells[3] != grade
        return bad

    floor = "by hand, CSV to CSV, 1 process"
    return [
        Run(name=floor, work=by_hand, floor=floor, goal=1.0, forms=count),
        Run(name="perfeval, CSV to CSV, 1 process", work=lambda: ours(1), floor=floor,
            wrong=lambda: check(1), forms=count),
        Run(name="perfeval, CSV to CSV, 2 processes", work=lambda: ours(2), floor=floor, goal=1.0,
            wrong=lambda: check(2), forms=count),
    ]  # fmt: skip


def processes() -> list[Run]:
    """Whole processes on the real case."""

    def run(*words: str) -> None:
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)

    floor = "a process that loads attrs, cattrs, tomli and parses the files"
    words = ("-m", "perfeval", "score", *CASE, "--format", "json")
    return [
        Run(name=floor, work=lambda: run("-c", PARSING, *CASE), floor=floor, goal=1.0, forms=1),
        Run(name="perfeval score, the real case, JSON", work=lambda: run(*words), floor=floor, goal=1.5, forms=1),
    ]


#: What the facts of each path look like: the rule file, and the form of the facts.
SHAPES: Final[dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]]] = {
    "Decimals": (workload.rules(), lambda form: form),
    "texts": (workload.rules(percent=True), lambda form: workload.written(form, percent=True)),
    "units": (workload.rules(percent=True, money=True), lambda form: workload.written(form, percent=True, money=True)),
    "floats": (workload.rules(), workload.floats),
    "whole numbers": (workload.rules(scale=workload.SCALE), workload.scaled),
    "new numbers": (workload.rules(), lambda form: form),
}


def path_wrong(name: str, count: int) -> int:
    """How many of *count* forms the path *name* has wrong; they are made, scored and forgotten one by one."""
    text, shape = SHAPES[name]
    source = workload.fresh if name == "new numbers" else workload.forms
    plan = ready(text, shape(next(source(1, 1))))
    made, right = source(count, 99), map(workload.exact, source(count, 99))
    return wrong(plan, map(shape, made), right)


def every_path(count: int) -> dict[str, int]:
    """How many of *count* forms each path has wrong."""
    with ProcessPoolExecutor(2) as pool:
        return dict(zip(SHAPES, pool.map(path_wrong, SHAPES, [count] * len(SHAPES)), strict=True))


def peak(count: int) -> int:
    """The most memory that a process takes in which so many forms go through the iterator, in KiB."""
    words = [sys.executable, str(Path(__file__).with_name("memory.py")), str(count)]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


# --- growth ---------------------------------------------------------------------------------------------------------


def growth(largest: int) -> dict[str, list[tuple[int, float]]]:
    """Microseconds a form, as rows, pieces of a curve and forms become more."""

    def card(count: int, pieces: int) -> str:
        """So many rows: of so many bands, or in proportion where there are none."""
        edges = [Decimal(100 * (pieces - i)) / pieces for i in range(pieces)]
        bands = "".join(f"""  {{ from = "{edge}", score = "{edge}%" }},\n""" for edge in edges)
        kind = f'kind = "banded"\nbands = [\n{bands}  {{ score = 0 }},\n]' if pieces else 'kind = "proportional"'
        lines = ["format = 1", 'id = "grown"', 'title = "长大"', "[methods.m]", kind]
        for i in range(count):
            lines += ["[[indicators]]", f'name = "r{i}"', 'target = "100"', f"weight = {Decimal(100) / count}"]
            lines += ['method = "m"']
        return "\n".join(lines)

    def timed(text: str, names: int, count: int) -> float:
        forms = [{f"r{i}": Decimal((7 * i + 13 * k) % 1300) / 10 for i in range(names)} for k in range(count)]
        plan = ready(text, forms[0])
        best = []
        for _ in range(5):
            begin = time.perf_counter()
            totals(plan, forms)
            best.append((time.perf_counter() - begin) / count * 1e6)
        return statistics.median(best)

    found: dict[str, list[tuple[int, float]]] = {"rows": [], "pieces of a curve": [], "forms": []}
    for count in (16, 160, 1600):
        found["rows"].append((count, timed(card(count, 0), count, max(20, 16_000 // count))))
    for count in (4, 40, 400):
        found["pieces of a curve"].append((count, timed(card(16, count), 16, 1000)))
    plan = ready(workload.rules(), next(workload.forms(1, 1)))
    size = 1000
    while size <= largest:
        begin = time.perf_counter()
        made = workload.forms(size, 5)
        generated = sum(1 for _ in made)
        base = time.perf_counter() - begin
        begin = time.perf_counter()
        for one in perfeval.score_many(plan, workload.forms(size, 5)):
            assert one.evaluation is not None
            one.evaluation.total  # noqa: B018
        found["forms"].append((generated, (time.perf_counter() - begin - base) / size * 1e6))
        size *= 10
    return found


# --- the report -----------------------------------------------------------------------------------------------------


def main() -> None:
    options = _options()
    # Installed programs are compiled; whether this shell lets Python do that says nothing about them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    console = Console(stderr=True)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    others, missing = peers.installed()
    for name, why in missing:
        console.print(f"not installed, so not measured: {name} ({why})", markup=False)
    single = [*runs(options.forms), *peer_runs(others, options.forms)]
    found = interleaved(single, options.rounds, console)
    with TemporaryDirectory() as folder:
        many = tables(options.many, Path(folder))
        found |= interleaved(many, 1 if options.quick else 3, console)
        faults = {run.name: run.wrong() for run in (*single, *many)}
    found |= interleaved(processes(), 3 if options.quick else 15, console)
    paths = every_path(options.many)
    peaks = [(count, peak(count)) for count in (options.many // 100, options.many // 10, options.many)]
    grown = growth(options.many)
    report = _report(found, faults)
    whole = {
        "python": platform.python_version(),
        "forms": options.forms,
        "rounds": options.rounds,
        "many": options.many,
        "runs": report,
        "wrong on every path": paths,
        "peak memory in KiB": peaks,
        "growth": grown,
        "not installed": missing,
    }
    (out / "bench.json").write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (out / "bench.svg").write_text(picture(report), encoding="utf-8")
    _show(Console(), report, whole)


def _report(found: dict[str, Timed], faults: dict[str, int]) -> list[dict[str, Any]]:
    report = []
    for name, timed in found.items():
        # A ratio of each round by itself: what slowed one down slowed the other.
        floor = found[timed.run.floor].times
        ratio = statistics.median(one / other for one, other in zip(timed.times, floor, strict=True))
        goal = timed.run.goal if name != timed.run.floor else None
        report.append({
            "name": name,
            "microseconds": round(timed.median * 1e6, 3),
            "ratio": round(ratio, 3),
            "floor": timed.run.floor,
            "goal": goal,
            "reached": None if goal is None else ratio <= goal,
            "wrong": faults.get(name, 0),
            "of": timed.run.forms,
        })  # fmt: skip
    return report


def _show(console: Console, report: Sequence[dict[str, Any]], whole: dict[str, Any]) -> None:
    table = Table("what", title=f"Python {whole['python']}, {whole['forms']} forms, median of {whole['rounds']} rounds")
    for heading in ("µs a form", "× floor", "goal", "", "wrong"):
        table.add_column(heading, justify="right")
    for one in report:
        goal = "" if one["goal"] is None else f"≤ {one['goal']}"
        mark = {None: "", True: "reached", False: "missed"}[one["reached"]]
        table.add_row(one["name"], f"{one['microseconds']:.2f}", f"{one['ratio']:.2f}", goal, mark, str(one["wrong"]))
    console.print(table)
    console.print(f"wrong of {whole['many']} forms on every path: {whole['wrong on every path']}", markup=False)
    console.print(f"peak memory in KiB, by forms through the iterator: {whole['peak memory in KiB']}", markup=False)
    for name, points in whole["growth"].items():
        told = ", ".join(f"{count}: {cost:.1f} µs" for count, cost in points)
        console.print(f"as {name} become more: {told}", markup=False)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=20_000, help="how many forms each round scores")
    parser.add_argument("--rounds", type=int, default=9, help="how often everything is timed")
    parser.add_argument("--many", type=int, default=1_000_000, help="how many forms from file to file, and to check")
    parser.add_argument("--out", default="build/bench", help="the folder for bench.json and bench.svg")
    parser.add_argument("--quick", action="store_true", help="little of everything, to see that it runs")
    options = parser.parse_args()
    if options.quick:
        options.forms, options.rounds, options.many = 2000, 3, 20_000
    return options


if __name__ == "__main__":
    main()
