"""An audit in a terminal: the form, its findings, its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import define, field
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.audit import Audit
from perfeval.report.audit import audit_table
from perfeval.report.console.screen import plain, show
from perfeval.report.console.tables import table_view
from perfeval.report.tables import NARROW
from perfeval.text.messages import LISTED, Language, finding_label, said_of, say

_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "cyan"}
#: So many places of a finding are shown; all of them are in the other formats.
_CELLS: Final = 3


def show_audit(console: Console, audit: Audit, lang: Language) -> None:
    """The audit, printed on *console*."""
    show(console, audit_view(audit, console.width, lang))


def audit_view(audit: Audit, width: int, lang: Language) -> RenderableType:
    """The whole audit, laid out for *width* cells."""
    form, choice = audit.form, said_of("chosen", audit.choice).text(lang)
    rules = say(lang, "audited-by", id=audit.policy.id, why=choice, basis=audit.policy.basis or say(lang, "no-basis"))
    parts: list[RenderableType] = [plain(form.name, "bold"), plain(rules, "dim")]
    if audit.lines:
        parts += [Text(), table_view(audit_table(audit, lang), width), Text()]
    parts += [_finding(audit, one, lang) for one in audit.findings] or [plain(say(lang, "no-findings"), "green")]
    style = "bold red" if audit.failed else "bold green" if not audit.findings else "bold"
    parts += [Text(), plain(audit.verdict_in(lang), style)]
    if form.note is not None:
        parts.append(plain(form.note, "dim"))
    if not audit.rounding.by_policy:
        parts.append(plain(say(lang, "rounds-otherwise", how=audit.rounding.said()), "dim"))
    return Group(*parts)


def _finding(audit: Audit, one: Finding, lang: Language) -> RenderableType:
    """One finding: its severity and name, where it is, and below them what it says."""
    places = list(dict.fromkeys(audit.where(origin) for origin in one.origins))
    more = f" … (+{len(places) - _CELLS})" if len(places) > _CELLS else ""
    head = Text()
    head.append(said_of("severity", one.severity).text(lang), style=_STYLES[one.severity])
    head.append(f" {finding_label(one.name, lang)}  ")
    head.append_text(plain(", ".join(_short(places[:_CELLS], audit.form.file)) + more, "dim"))
    text = plain(one.text(lang))
    if one.cause is not None:
        text.append_text(plain(f" — {one.cause.text(lang)}"))
    return Group(head, Padding(text, (0, 0, 0, 2)))


def _short(places: Sequence[str], file: str) -> Iterator[str]:
    """*places*, those after the first without the name of the file they share."""
    for number, one in enumerate(places):
        yield one if number == 0 else one.removeprefix(f"{file}:").strip()


@define
class Tally:
    """The tally of a batch: clean forms, findings, changed grades."""

    forms: int = 0
    clean: int = 0
    failed: int = 0
    unread: int = 0
    found: Counter[tuple[str, str]] = field(factory=Counter)
    regraded: list[str] = field(factory=list)
    regraded_count: int = 0

    def add(self, data: dict[str, Any]) -> None:
        """Count one form, given as plain data."""
        self.forms += 1
        levels = [one["severity"] for one in data["findings"]]
        self.clean += not levels
        self.failed += "error" in levels
        self.found.update((one["severity"], one["check"]) for one in data["findings"])
        if data["computed"]["grade_differs"]:
            self.regraded_count += 1
            # No more are named than a sentence lists: a batch has no end.
            self.regraded = [*self.regraded, data["form"]["file"]][: LISTED + 1]

    def most(self) -> Iterator[tuple[str, str, int]]:
        """Severity, name and number of what was found, the commonest first."""
        for (level, name), count in self.found.most_common():
            yield level, name, count


def show_heading(console: Console, lang: Language) -> None:
    """Print the heading of a batch."""
    heads = (said_of("head", name).text(lang) for name in ("findings", "printed", "added", "rules", "file"))
    show(console, _columns([plain(head, "bold") for head in heads], console.width), whole_lines=True)


def show_line(console: Console, data: dict[str, Any], lang: Language) -> None:
    """One form of a batch, on one line."""
    counts = Counter(one["severity"] for one in data["findings"])
    told = " ".join(f"{said_of('severity', level).text(lang)} {counts[level]}" for level in _STYLES if counts[level])
    style = "bold red" if counts["error"] else "yellow" if counts["warning"] else "green"
    totals = [f"{data[key]['total'] or '—'} {data[key]['grade'] or ''}" for key in ("reported", "added_up", "computed")]
    differs = data["computed"]["grade_differs"]
    cells = [plain(told or say(lang, "clean"), style), *map(plain, totals), plain(data["form"]["file"], "dim")]
    cells[3].stylize("bold red" if differs else "")
    show(console, _columns(cells, console.width), whole_lines=True)


def _columns(cells: Sequence[Text], width: int) -> Text:
    """*cells* under each other in columns: what was found, three totals where there is room, and the file."""
    wide = width >= NARROW
    line = Text(no_wrap=True, overflow="ellipsis")
    for number, (cell, room) in enumerate(zip(cells, (26, 10, 10, 10, 0), strict=True)):
        if 0 < number < 4 and not wide:
            continue
        line.append_text(cell)
        line.append(" " * max(2 if room else 0, room - cell.cell_len))
    return line


def show_tally(console: Console, tally: Tally, lang: Language) -> None:
    """Print the tally of a batch."""
    words = say(lang, "tally", forms=tally.forms, clean=tally.clean, failed=tally.failed, unread=tally.unread)
    show(console, Text())
    show(console, plain(words, "bold"))
    if tally.found:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        for level, name, count in tally.most():
            table.add_row(
                plain(str(count)),
                plain(said_of("severity", level).text(lang), _STYLES[level]),
                plain(finding_label(name, lang)),
            )
        show(console, table)
    if tally.regraded:
        show(console, plain(say(lang, "tally-regraded", count=tally.regraded_count, names=tuple(tally.regraded))))
