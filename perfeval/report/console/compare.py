"""A comparison of rule files in a terminal: changes, and moved scores."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from perfeval.differences.change import Change
from perfeval.differences.comparison import Comparison
from perfeval.problems import Place
from perfeval.report.comparison import moves_table
from perfeval.report.console.problems import show_problems
from perfeval.report.console.screen import plain, show
from perfeval.report.console.tables import table_view
from perfeval.report.tables import WIDE
from perfeval.text.messages import Language, said_of, say

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
        heading = plain(said_of("section", section).text(lang), "bold")
        parts.append(Padding(Group(heading, *(_change(one, width, lang) for one in changes)), (1, 0, 0, 0)))
    moving = [move for move in comparison.moves if move.moves]
    if moving:
        parts.append(Padding(table_view(moves_table(moving, width, lang), width), (1, 0, 0, 0), expand=False))
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
