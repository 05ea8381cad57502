"""The table of a comparison: the forms whose score moves between two rule files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from perfeval.differences.impact import Move, RowMove
from perfeval.numbers.scores import Number, near_number
from perfeval.report.tables import NARROW, WIDE, Cell, Column, Table
from perfeval.text.messages import Language, said_of, say

#: So many rows are named below a form where there is no column for them.
_NAMED: Final = 3


def moves_table(moves: Sequence[Move], width: int, lang: Language) -> Table:
    """The forms whose score moves, the largest move first; what has no column in *width* stands below the name."""
    return Table(
        columns=(
            Column(key="form", heading=said_of("head", "form").text(lang)),
            Column(key="before", heading=said_of("head", "before").text(lang), number=True, shown_from=NARROW),
            Column(key="after", heading=said_of("head", "after").text(lang), number=True, shown_from=NARROW),
            Column(key="by", heading=said_of("head", "by").text(lang), number=True),
            Column(key="grade", heading=said_of("head", "grade").text(lang), shown_from=NARROW),
            Column(key="rows", heading=said_of("head", "rows").text(lang), shown_from=WIDE),
        ),
        rows=tuple(_row(move, width, lang) for move in moves),
    )


def _row(move: Move, width: int, lang: Language) -> Mapping[str, Cell]:
    assert move.before is not None and move.after is not None and move.by is not None  # noqa: PT018  # one fact
    before, after = near_number(move.before.total), near_number(move.after.total)
    grade = f"{move.before.grade or '—'} → {move.after.grade or '—'}" if move.changes_grade else ""
    rows = _moved(move.rows, lang)
    below = [] if width >= NARROW else [f"{before} → {after}  {grade}".rstrip()]
    if width < WIDE:
        below += rows[:_NAMED]
        below += [say(lang, "moves-more", count=len(rows) - _NAMED)] if len(rows) > _NAMED else []
    return {
        "form": Cell(move.facts, below=tuple(below)),
        "before": Cell(before),
        "after": Cell(after),
        "by": Cell(_signed(move.by), "lost" if move.by < 0 else "gained"),
        "grade": Cell(grade, "strong") if grade else Cell(move.after.grade or "", "aside"),
        "rows": Cell(below=tuple(rows)),
    }


def _moved(rows: Iterable[RowMove], lang: Language) -> list[str]:
    return [
        say(lang, "move-row", name=row.indicator, before=_score(row.before), after=_score(row.after)) for row in rows
    ]


def _score(score: Number | None) -> str:
    return "—" if score is None else near_number(score)


def _signed(by: Number) -> str:
    return f"+{near_number(by)}" if by > 0 else near_number(by)
