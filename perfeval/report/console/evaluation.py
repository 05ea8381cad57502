"""An evaluation in a terminal: rows, groups, total, grade, lost points."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.numbers.rounding import plain as plain_number
from perfeval.numbers.scores import near_number
from perfeval.report.console.screen import NARROW, WIDE, fitted, plain, show
from perfeval.text.messages import Language, say


@frozen(kw_only=True)
class _Line:
    """One line of the table: a group, or a row of one."""

    depth: int
    name: str
    weight: str
    score: str
    row: IndicatorResult | None = None


def evaluation_view(evaluation: Evaluation, width: int, lang: Language) -> RenderableType:
    """The whole evaluation, laid out for *width* cells."""
    parts: list[RenderableType] = [
        plain(evaluation.title, "bold"),
        _table(evaluation, width, lang),
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


def _table(evaluation: Evaluation, width: int, lang: Language) -> Table:
    narrow = width < NARROW
    table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column(say(lang, "head-indicator"), overflow="fold", ratio=None)
    if not narrow:
        room = 24 if width >= WIDE else 16
        table.add_column(say(lang, "head-target"), overflow="fold", max_width=room)
        table.add_column(say(lang, "head-actual"), overflow="fold", max_width=room)
    table.add_column(say(lang, "head-score"), justify="right", no_wrap=True)
    table.add_column(say(lang, "head-weight"), justify="right", no_wrap=True)
    table.add_column(say(lang, "head-lost"), justify="right", no_wrap=True)
    if width >= WIDE:
        table.add_column(say(lang, "head-method"), overflow="fold", max_width=20)
    for line in _lines(evaluation):
        row, full = line.row, line.row is None
        style = "bold" if full else ""
        # A name that wraps stays under its own beginning.
        cells: list[RenderableType] = [Padding(plain(line.name, style), (0, 0, 0, 2 * line.depth))]
        if not narrow:
            cells += [plain(row.target or "" if row else ""), plain(_actual(row, lang) if row else "")]
        lost = "" if row is None or row.lost == 0 or not row.counts else near_number(-row.lost)
        cells += [
            plain(line.score, style or ("red" if lost.startswith("-") else "")),
            plain(line.weight, style or "dim"),
            plain(lost if lost.startswith("-") or not lost else f"+{lost}", "red"),
        ]
        if width >= WIDE:
            cells.append(plain(row.method if row else "", "dim"))
        table.add_row(*cells)
    table.add_section()
    cells = [plain(say(lang, "total"), "bold")]
    cells += [] if narrow else [Text(), Text()]
    cells += [plain(near_number(evaluation.total), "bold"), plain(plain_number(evaluation.full), "bold"), Text()]
    table.add_row(*cells)
    return table


def _lines(evaluation: Evaluation) -> Iterator[_Line]:
    """Groups and rows as a form prints them: a group before its first row."""
    shown: set[str] = set()
    groups = {group.path: group for group in evaluation.groups}
    for row in evaluation.indicators:
        parts = row.group.split("/") if row.group else []
        for length in range(1, len(parts) + 1):
            path = "/".join(parts[:length])
            if path not in shown:
                shown.add(path)
                group = groups[path]
                weight, score = near_number(group.weight), near_number(group.score)
                yield _Line(depth=length - 1, name=group.name, weight=weight, score=score)
        # Zero and "does not apply" are two things; what is not among the best stands in brackets.
        weight = near_number(row.weight) if row.applies else "—"
        score = near_number(row.score) if row.applies else "—"
        yield _Line(
            depth=len(parts), name=row.name, weight=weight, score=score if row.counts else f"({score})", row=row
        )


def _actual(row: IndicatorResult, lang: Language) -> str:
    return row.actual if row.applies else say(lang, "not-applicable-here")


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
    return Padding(Group(plain(say(lang, "head-reasons"), "bold"), table), (0, 0, 1, 0), expand=False)


def _sources(evaluation: Evaluation, lang: Language) -> RenderableType:
    """Return the rule files of an evaluation."""
    lines = [
        plain(say(lang, "rests-on", id=one.id, basis=one.basis or say(lang, "no-basis")), "dim")
        for one in evaluation.rules
    ]
    return Group(*lines)
