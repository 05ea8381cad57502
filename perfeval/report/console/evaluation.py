"""An evaluation in a terminal: rows, groups, total, grade, lost points."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from perfeval.engine.results.evaluation import Evaluation
from perfeval.numbers.rounding import plain as plain_number
from perfeval.numbers.scores import near_number
from perfeval.report.console.screen import fitted, plain, show
from perfeval.report.console.tables import table_view
from perfeval.report.evaluation import evaluation_table
from perfeval.text.messages import Language, said_of, say


def evaluation_view(evaluation: Evaluation, width: int, lang: Language) -> RenderableType:
    """The whole evaluation, laid out for *width* cells."""
    parts: list[RenderableType] = [
        plain(evaluation.title, "bold"),
        table_view(evaluation_table(evaluation, lang), width),
        _totals(evaluation, lang),
    ]
    if evaluation.reasons:
        parts.append(_reasons(evaluation, width, lang))
    parts.extend(
        plain(say(lang, "overridden", how=step.formula_in(lang), value=step.value), "bold")
        for step in evaluation.totals
        if step.term == "override"
    )
    if not all(row.counts for row in evaluation):
        parts.append(plain(say(lang, "left-out"), "dim"))
    parts.extend(plain(say(lang, "noticed", what=one.text(lang)), "yellow") for one in evaluation.findings)
    parts.extend(plain(say(lang, "assumed", what=one), "yellow") for one in dict.fromkeys(evaluation.assumed))
    parts.append(_sources(evaluation, lang))
    return Group(*parts)


def show_evaluation(console: Console, evaluation: Evaluation, lang: Language) -> None:
    """The evaluation, printed on *console*."""
    show(console, evaluation_view(evaluation, console.width, lang))


def _totals(evaluation: Evaluation, lang: Language) -> RenderableType:
    """The total and its grade, and what the form claims beside it."""
    grade = evaluation.grade or ""
    lines = [plain(say(lang, "says-total", total=near_number(evaluation.total), grade=grade).rstrip(), "bold")]
    claim, difference = evaluation.reported, evaluation.difference
    if claim is not None:
        total = "" if claim.total is None else plain_number(claim.total)
        claimed = say(lang, "says-claim", total=total, grade=claim.grade or "").strip()
        if difference or evaluation.grade_agrees is False:
            if difference:
                more = "claim-more" if difference > 0 else "claim-less"
                claimed += say(lang, more, difference=near_number(difference).removeprefix("-"))
            if evaluation.grade_agrees is False:
                claimed += say(lang, "claim-other-grade", grade=grade)
            lines.append(plain(claimed, "bold red"))
        else:
            lines.append(plain(claimed + say(lang, "claim-agrees"), "green"))
    if evaluation.note is not None:
        lines.append(plain(evaluation.note, "dim"))
    return Padding(Group(*lines), (1, 0, 1, 0), expand=False)


def _reasons(evaluation: Evaluation, width: int, lang: Language) -> RenderableType:
    """Return the lost points, most first."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    asked = {(row.name, row.group) for row in evaluation if row.missing_reason}
    for one in evaluation.reasons:
        text = plain(one.indicator)
        if one.code:
            text.append(fitted(f" · {one.code}", max(20, width // 2)), style="dim")
        if one.reason:
            text.append_text(plain(f" · {one.reason}", "dim"))
        elif (one.indicator, one.group) in asked:
            text.append_text(plain(f" · {say(lang, 'reason-missing')}", "yellow"))
        table.add_row(plain(near_number(-one.lost), "red"), text)
    return Padding(Group(plain(said_of("head", "reasons").text(lang), "bold"), table), (0, 0, 1, 0), expand=False)


def _sources(evaluation: Evaluation, lang: Language) -> RenderableType:
    """Return the rule files of an evaluation."""
    lines = [
        plain(say(lang, "rests-on", id=one.id, basis=one.basis or say(lang, "no-basis")), "dim")
        for one in evaluation.rules
    ]
    return Group(*lines)
