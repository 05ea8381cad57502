"""The explanation of rows in a terminal, term by term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from perfeval.engine.examples import Check
from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.engine.results.step import Step
from perfeval.numbers.scores import near_number
from perfeval.problems import DEFAULT, Origin, path_text
from perfeval.report.console.screen import plain, show
from perfeval.report.tables import WIDE
from perfeval.text.messages import Language, Said, say


def show_working(
    console: Console, evaluation: Evaluation, rows: Sequence[IndicatorResult], lang: Language, total: bool
) -> None:
    """The working of *rows*, and of the total where *total* is set."""
    for row in rows:
        score, weight = near_number(row.score), near_number(row.weight)
        show(console, plain(f"{row.name}  {say(lang, 'score-of-weight', score=score, weight=weight)}", "bold"))
        if row.group:
            show(console, plain(row.group, "dim"))
        show(console, working_view(row.steps, console.width, lang))
    if total:
        grade = evaluation.grade or ""
        heading = say(lang, "says-total", total=near_number(evaluation.total), grade=grade).rstrip()
        show(console, plain(heading, "bold"))
        show(console, working_view(evaluation.totals, console.width, lang))


def show_failed(console: Console, check: Check, lang: Language) -> None:
    """The working of an example that did not come out: of its row, or of the whole form."""
    evaluation = check.evaluation
    assert evaluation is not None, "an example that could not be scored has no working"
    name = check.example.name or path_text(check.example.origin.path)
    show(console, plain(say(lang, "working-of", name=name), "bold"))
    show_working(console, evaluation, evaluation.indicators, lang, total=check.example.facts is not None)


def working_view(steps: Iterable[Step], width: int, lang: Language) -> RenderableType:
    """Steps under each other; where there is room, the place and basis of each beside it."""
    beside = width >= WIDE
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    if beside:
        table.add_column(overflow="fold", style="dim")
    basis: str | None = None
    for step in steps:
        text = plain(_said(step, lang))
        where = _where(step.origin, lang)
        # A basis holds until another one is named.
        cited = plain(f"{where} · {step.basis}" if step.basis and step.basis != basis else where, "dim")
        basis = step.basis or basis
        cells = (text, cited) if beside else (Group(text, cited),)
        table.add_row(plain(step.term_in(lang)), *cells)
    return Padding(table, (0, 0, 1, 1), expand=False)


def _said(step: Step, lang: Language) -> str:
    """Return the formula and the number: words end in a colon, formulas in an equals sign."""
    formula = step.formula_in(lang)
    if not step.shown or formula == step.shown:
        return formula
    if step.shown.startswith("≈"):
        return f"{formula} {step.shown}"
    return say(lang, "leads-to" if isinstance(step.formula, Said) else "equals", formula=formula, value=step.shown)


def _where(origin: Origin, lang: Language) -> str:
    if origin.document == DEFAULT.document:
        return say(lang, "by-default", key=path_text(origin.path))
    place = origin.place
    return f"{place.file}:{place.line}" if place else str(origin)
