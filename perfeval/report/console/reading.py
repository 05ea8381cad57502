"""A document as it was read, in a terminal: its forms, and what was not used."""

from __future__ import annotations

from rich.console import Console

from perfeval.forms.finder import Reading
from perfeval.forms.form import Form
from perfeval.numbers.amounts import Cell as Printed
from perfeval.report.console.screen import plain, show
from perfeval.report.console.tables import table_view
from perfeval.report.tables import NARROW, Cell, Column, Table
from perfeval.text.messages import Language, said, said_of, say


def show_reading(console: Console, reading: Reading, lang: Language) -> None:
    """Print each form of *reading* as it was understood, and below it what was not used."""
    for form in reading.forms:
        show(console, plain(f"{form.file}  {form.name}", "bold"))
        show(console, table_view(form_table(form, lang), console.width))
        total = _text(form.reported.total) or "—"
        counts = {"rows": len(form.indicators), "funds": len(form.funds)}
        show(console, plain(say(lang, "read-rows", total=total, **counts)))
        show(console, "")
    for note in reading.notes:
        show(console, plain(note.text(lang), "yellow"))
    if reading.unused:
        show(console, plain(say(lang, "read-unused"), "yellow"))
        for one in reading.unused:
            text = said("unused-cell", cell=one.label, text=" ".join(one.text.split())[:60])
            show(console, plain(f"  {text.text(lang)}"))
    elif not reading.problems:
        show(console, plain(say(lang, "read-nothing-unused"), "green"))


def form_table(form: Form, lang: Language) -> Table:
    """The rows of *form* as printed."""
    heads = ("group", "indicator", "target", "actual", "weight", "score", "reason")
    keys = ("group", "name", "target", "actual", "weight", "score", "reason")
    return Table(
        columns=tuple(
            Column(
                key=key,
                heading=said_of("key", "group").text(lang) if head == "group" else said_of("head", head).text(lang),
                number=key in {"weight", "score"},
                shown_from=NARROW if key in {"group", "reason"} else 0,
                most=(16, 30),
            )
            for key, head in zip(keys, heads, strict=True)
        ),
        rows=tuple({key: Cell(_text(getattr(row, key))) for key in keys} for row in form.indicators),
    )


def _text(cell: Printed | None) -> str:
    return "" if cell is None else " ".join(cell.text.split())
