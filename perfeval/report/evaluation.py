"""The table of an evaluation: groups and rows with score, weight and lost points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.numbers.rounding import plain
from perfeval.numbers.scores import near_number
from perfeval.report.tables import NARROW, WIDE, Cell, Column, Table, method_label
from perfeval.text.messages import Language, said_of, say


def evaluation_table(evaluation: Evaluation, lang: Language) -> Table:
    """The rows of *evaluation* under their groups, and the total."""
    return Table(
        columns=(
            Column(key="name", heading=said_of("head", "indicator").text(lang)),
            Column(key="target", heading=said_of("head", "target").text(lang), shown_from=NARROW, most=(16, 24)),
            Column(key="actual", heading=said_of("head", "actual").text(lang), shown_from=NARROW, most=(16, 24)),
            Column(key="score", heading=said_of("head", "score").text(lang), number=True),
            Column(key="weight", heading=said_of("head", "weight").text(lang), number=True),
            Column(key="lost", heading=said_of("head", "lost").text(lang), number=True),
            Column(key="method", heading=said_of("head", "method").text(lang), shown_from=WIDE, most=(20, 20)),
        ),
        rows=tuple(_rows(evaluation, lang)),
        total={
            "name": Cell(say(lang, "total"), "strong"),
            "score": Cell(near_number(evaluation.total), "strong"),
            "weight": Cell(plain(evaluation.full), "strong"),
        },
    )


def _rows(evaluation: Evaluation, lang: Language) -> Iterator[Mapping[str, Cell]]:
    """Groups and rows as a form prints them: a group before its first row."""
    shown: set[str] = set()
    groups = {group.path: group for group in evaluation.groups}
    for row in evaluation.indicators:
        parts = row.group.split("/") if row.group else []
        for depth in range(len(parts)):
            path = "/".join(parts[: depth + 1])
            if path not in shown:
                shown.add(path)
                group = groups[path]
                yield {
                    "name": Cell(group.name, "strong", depth),
                    "score": Cell(near_number(group.score), "strong"),
                    "weight": Cell(near_number(group.weight), "strong"),
                }
        yield _row(row, len(parts), lang)


def _row(row: IndicatorResult, depth: int, lang: Language) -> Mapping[str, Cell]:
    # Zero and "does not apply" are two things; what is not among the best stands in brackets.
    score = near_number(row.score) if row.applies else "—"
    lost = "" if row.lost == 0 or not row.counts else near_number(-row.lost)
    fell = lost.startswith("-")
    return {
        "name": Cell(row.name, depth=depth),
        "target": Cell(row.target or ""),
        "actual": Cell(row.actual if row.applies else say(lang, "not-applicable-here")),
        "score": Cell(score if row.counts else f"({score})", "lost" if fell else ""),
        "weight": Cell(near_number(row.weight) if row.applies else "—", "aside"),
        "lost": Cell(lost if fell or not lost else f"+{lost}", "lost"),
        "method": Cell(method_label(row.method, row.method_title, lang), "aside"),
    }
