"""The table of an audit: the form with its printed scores beside those by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfeval.forms.audit.audit import Audit
from perfeval.forms.audit.line import Line
from perfeval.numbers.amounts import Cell as Printed
from perfeval.numbers.scores import Number, number_text
from perfeval.report.tables import NARROW, WIDE, Cell, Column, Table, method_label
from perfeval.text.messages import Language, said_of, say


def audit_table(audit: Audit, lang: Language) -> Table:
    """The rows of the form of *audit* under their groups, and both totals."""
    total = audit.computed.total
    return Table(
        columns=(
            Column(key="name", heading=said_of("head", "indicator").text(lang)),
            Column(key="target", heading=said_of("head", "target").text(lang), shown_from=NARROW, most=(14, 24)),
            Column(key="actual", heading=said_of("head", "actual").text(lang), shown_from=NARROW, most=(14, 24)),
            Column(key="weight", heading=said_of("head", "weight").text(lang), number=True, shown_from=NARROW),
            Column(key="reported", heading=said_of("head", "reported").text(lang), number=True),
            Column(key="rules", heading=said_of("head", "rules").text(lang), number=True),
            Column(key="method", heading=said_of("head", "method").text(lang), shown_from=WIDE, most=(16, 16)),
        ),
        rows=tuple(_rows(audit, lang)),
        total={
            "name": Cell(say(lang, "total"), "strong"),
            "reported": Cell(_printed(audit.reported_total), "strong"),
            "rules": Cell("" if total is None else number_text(total), "strong"),
        },
    )


def _rows(audit: Audit, lang: Language) -> Iterator[Mapping[str, Cell]]:
    """Groups and rows as the form prints them: a group before its first row."""
    shown: set[str] = set()
    for line, score in zip(audit.lines, audit.scores, strict=True):
        parts = line.group.split("/") if line.group else []
        for depth, name in enumerate(parts):
            path = "/".join(parts[: depth + 1])
            if path not in shown:
                shown.add(path)
                yield {"name": Cell(name, "strong", depth)}
        yield _row(line, score, len(parts), lang)


def _row(line: Line, score: Number | None, depth: int, lang: Language) -> Mapping[str, Cell]:
    differs = score is not None and line.reported is not None and score != line.reported.value
    by_rules = Cell(say(lang, "as-judged"), "aside") if score is None else Cell(number_text(score))
    return {
        "name": Cell(line.name, depth=depth),
        "target": Cell(" ".join(_printed(line.target_cell).split())),
        "actual": Cell(" ".join(_printed(line.actual_cell).split())),
        "weight": Cell(_printed(line.cell("weight")), "aside"),
        "reported": Cell(_printed(line.cell("score")), "differs" if differs else ""),
        "rules": by_rules,
        "method": Cell(method_label(line.method, line.method_title, lang), "aside"),
    }


def _printed(cell: Printed | None) -> str:
    return "" if cell is None else cell.text.strip()
