"""A comparison of rule files in a terminal: changes, and moved scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from perfeval.differences.change import Change
from perfeval.differences.comparison import Comparison
from perfeval.differences.impact import Move, RowMove
from perfeval.numbers.scores import Number, near_number
from perfeval.problems import Place
from perfeval.report.console.problems import show_problems
from perfeval.report.console.screen import NARROW, WIDE, plain, show
from perfeval.text.messages import Language, say

#: So many rows are named under a form where there is no column for them.
_NAMED: Final = 3
#: So many forms that only one of the two rule files can score are told with their problems.
_TOLD: Final = 3
_STYLES: Final = {"added": "green", "removed": "red", "changed": ""}


def show_comparison(console: Console, comparison: Comparison, lang: Language) -> None:
    """The comparison, printed on *console*."""
    show(console, comparison_view(comparison, console.width, lang))
    lost = [move for move in comparison.moves if (move.before is None) != (move.after is None)]
    for count, move in enumerate(lost):
        word = "lost-by-old" if move.before is None else "lost-by-new"
        show(console, plain(say(lang, word, facts=move.facts), "bold"))
        # A row that came or went is told of the first forms, and holds for all of them.
        show_problems(console, () if count >= _TOLD else move.old_problems or move.new_problems, lang)
    if comparison.moves:
        show(console, _summary(comparison, lang))


def comparison_view(comparison: Comparison, width: int, lang: Language) -> RenderableType:
    """Return the changes and the moved scores, laid out for *width* cells."""
    parts: list[RenderableType] = [plain(f"{comparison.old} → {comparison.new}", "bold")]
    if not comparison.changes:
        parts.append(plain(say(lang, "no-changes")))
    sections = groupby(comparison.changes, key=lambda one: "wording" if one.wording else one.section)
    for section, changes in sections:
        heading = plain(say(lang, f"section-{section}"), "bold")
        parts.append(Padding(Group(heading, *(_change(one, width, lang) for one in changes)), (1, 0, 0, 0)))
    moving = [move for move in comparison.moves if move.moves]
    if moving:
        parts.append(Padding(_table(moving, width, lang), (1, 0, 0, 0), expand=False))
    return Group(*parts, "")


def _change(change: Change, width: int, lang: Language) -> RenderableType:
    """The sentence, and the places of both files beside it or under it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold", ratio=3)
    lines: list[RenderableType] = [plain(change.text(lang), _STYLES[change.kind])]
    lines += [Padding(plain(line.text(lang), _STYLES[change.kind]), (0, 0, 0, 2)) for line in change.lines]
    places = plain(_places(change), "dim")
    if width >= WIDE:
        table.expand = True
        table.add_column(overflow="fold", ratio=2)
        table.add_row(Group(*lines), places)
    else:
        table.add_row(Group(*lines, Padding(places, (0, 0, 0, 2))))
    return Padding(table, (0, 0, 0, 2), expand=width >= WIDE)


def _places(change: Change) -> str:
    """Return the places in the old file and the new; a dash for a file that has none."""
    pairs = ((change.old, change.old_place), (change.new, change.new_place))
    return " → ".join("—" if origin is None else _place(place) or str(origin) for origin, place in pairs)


def _place(place: Place | None) -> str:
    return f"{place.file}:{place.line}" if place else ""


def _table(moves: Sequence[Move], width: int, lang: Language) -> Table:
    """The forms whose score moves, the largest move first."""
    narrow, wide = width < NARROW, width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, expand=False, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column(say(lang, "head-form"), overflow="fold")
    if not narrow:
        table.add_column(say(lang, "head-before"), justify="right", no_wrap=True)
        table.add_column(say(lang, "head-after"), justify="right", no_wrap=True)
    table.add_column(say(lang, "head-by"), justify="right", no_wrap=True)
    if not narrow:
        table.add_column(say(lang, "head-grade"), overflow="fold")
    if wide:
        table.add_column(say(lang, "head-rows"), overflow="fold", ratio=None)
    for move in moves:
        assert move.before is not None and move.after is not None and move.by is not None  # noqa: PT018  # one fact
        totals = near_number(move.before.total), near_number(move.after.total)
        grade = f"{move.before.grade or '—'} → {move.after.grade or '—'}" if move.changes_grade else ""
        under = [f"{totals[0]} → {totals[1]}  {grade}".rstrip()] if narrow else []
        under += [] if wide else _rows(move.rows[:_NAMED], lang)
        if not wide and len(move.rows) > _NAMED:
            under.append(say(lang, "moves-more", count=len(move.rows) - _NAMED))
        form = Group(plain(move.facts), *(Padding(plain(line, "dim"), (0, 0, 0, 2)) for line in under))
        cells: list[RenderableType] = [form]
        cells += [] if narrow else [plain(one) for one in totals]
        cells.append(plain(_signed(move.by), "red" if move.by < 0 else "green"))
        cells += [] if narrow else [plain(grade or move.after.grade or "", "bold" if grade else "dim")]
        cells += [Group(*(plain(line, "dim") for line in _rows(move.rows, lang)))] if wide else []
        table.add_row(*cells)
    return table


def _rows(rows: Iterable[RowMove], lang: Language) -> list[str]:
    return [
        say(lang, "move-row", name=row.indicator, before=_score(row.before), after=_score(row.after)) for row in rows
    ]


def _score(score: Number | None) -> str:
    return "—" if score is None else near_number(score)


def _signed(by: Number) -> str:
    return f"+{near_number(by)}" if by > 0 else near_number(by)


def _summary(comparison: Comparison, lang: Language) -> RenderableType:
    """Return how many forms move, and how many change grade."""
    moves = comparison.moves
    moved, graded = sum(one.moves for one in moves), sum(one.changes_grade for one in moves)
    text = say(lang, "moves-summary", forms=len(moves), moved=moved, graded=graded)
    lost = sum((one.before is None) != (one.after is None) for one in moves)
    bad = sum(one.before is None and one.after is None for one in moves)
    text += say(lang, "moves-lost", count=lost) if lost else ""
    text += say(lang, "moves-bad", count=bad) if bad else ""
    return plain(text, "bold")
