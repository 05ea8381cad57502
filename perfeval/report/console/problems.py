"""Problems in a terminal: place, fact, source line with caret, hint."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from perfeval.problems import Place, Problem
from perfeval.report.console.screen import plain, show
from perfeval.text.messages import Language, say, shown

#: Room kept at the left of the caret when a long line is cut.
_LEAD = 12
#: The longest line that is shown again as it should read.
_MENDED = 400


def show_problems(console: Console, problems: Iterable[Problem], lang: Language) -> None:
    """Every problem, in the order given. Neighbours at one place with one hint share source line and hint."""
    groups = groupby(problems, key=lambda one: (one.place, one.second_place, one.hint_in(lang)))
    for (place, _, hint), alike in groups:
        for one in alike:
            line = plain(one.line_in(lang))
            line.highlight_words([f" {one.name}:"], style="bold red")
            show(console, line, whole_lines=True)
        if place is not None and place.source.strip():
            for row in pointed(place, console.width):
                show(console, row)
        if one.second_place is not None:
            other = one.second_place
            words = say(lang, "second-place", place=f"{shown(other.file)}:{other.line}:{other.column}")
            show(console, plain(words), whole_lines=True)
            for row in pointed(other, console.width):
                show(console, row)
        show(console, plain(f"  {say(lang, 'hint')}{hint}", "green"), whole_lines=True)
        if one.mended is not None and one.mended not in hint and len(one.mended) <= _MENDED:
            show(console, plain(f"  {say(lang, 'mended')}{one.mended}", "green"), whole_lines=True)


def pointed(place: Place, width: int) -> tuple[Text, Text]:
    """The source line of *place*, cut to *width* cells, and the line with the caret under it."""
    number = str(place.line)
    gutter = f" {number} | "
    room = max(20, width - len(gutter))
    source = place.source.replace("\t", " ")
    start = place.column - 1
    before, under, after = (
        shown(source[max(0, start - room) : start]),
        shown(source[start : start + min(room, max(1, place.width))]),
        shown(source[start + max(1, place.width) :][:room]),
    )
    # No more than *room* characters fit, so no more are measured: lines of a megabyte exist.
    cut, under, after = before[-room:], under[:room], after[:room]
    while cut and cell_len(cut) + min(cell_len(under), room // 2) + _LEAD > room:
        cut = cut[1:]
    lead = "…" if cut != before or start > room else ""
    line = Text(gutter, style="dim")
    line.append(lead + cut + under + after, style="not dim")
    caret = Text(" " * len(number) + "  | ", style="dim")
    caret.append(" " * cell_len(lead + cut) + "^" * max(1, cell_len(under)), style="not dim bold red")
    for one in (line, caret):
        one.truncate(max(width, 20), overflow="ellipsis")
    return line, caret
