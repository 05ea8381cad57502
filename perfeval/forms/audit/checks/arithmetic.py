"""Checks of sums, grades and weights that a form contradicts by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from perfeval.engine.proofs.ranges import spread
from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.causes import likely_cause
from perfeval.forms.audit.context import Sheet, as_printed, check
from perfeval.forms.audit.line import Line
from perfeval.forms.cells import blank, money, points
from perfeval.forms.wordings import bonus_points, first_level, stated_points
from perfeval.methods.normal_form import squeezed
from perfeval.numbers.amounts import Cell
from perfeval.numbers.rounding import plain
from perfeval.text.messages import Value, said, said_of


@check("total-mismatch")
def total_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The printed total is not the sum of the printed scores of the rows."""
    if sheet.total is None or not sheet.scored or not sheet.form.complete:
        return
    if any(line.reported is None and not blank(line.cell("score")) for line in sheet.lines):
        return  # a score that cannot be read may be any
    off = sheet.total.value - sheet.added
    if abs(off) <= Fraction(sheet.card.audit.tolerance.total):
        return
    quantum, raw = sheet.bound.program.quanta.total, Fraction(sheet.score.printed.added)
    if quantum is not None and sheet.total.value == raw and quantum.takes(raw, sheet.added):
        return  # it is not rounded yet
    figures = [line.reported for line in sheet.scored]
    yield from sheet.finding(
        "total-mismatch",
        cells=(sheet.form.reported.total,),
        reported=as_printed(sheet.total.value, sheet.total),
        computed=as_printed(sheet.added, *figures),
        cause=likely_cause(sheet, off),
    )


@check("weights-mismatch")
def weights_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The weights do not add up to their printed sum, to what a heading says of its group, or to the policy's total."""
    if not sheet.form.complete or not sheet.bound.indicators:
        return
    if without_weight(sheet):
        return  # what is not printed is not added up
    weights = [line.weight for line in sheet.lines if line.weight is not None]
    added = sheet.bound.program.weight
    unread = any(line.weight is None and not blank(line.cell("weight")) for line in sheet.lines)
    if not weights or unread or not sheet.bound.indicators:
        return  # of a form that nobody filled in that is said, and no more
    printed = points(sheet.form.reported.weight_total, percent=True)
    if printed is not None and printed.value != added:
        yield from sheet.finding(
            "weights-mismatch",
            cells=(printed.cell,),
            **_sums("weights-of-form", as_printed(printed.value, printed), as_printed(added, *weights)),
        )
    headings = list(_headings(sheet))
    # A group that is not what its heading states makes the whole differ too: that is told once.
    if printed is None and added != Fraction(sheet.card.total) and not headings:
        yield from sheet.finding(
            "weights-mismatch",
            cells=[one.cell for one in weights],
            basis=sheet.card.basis,
            severity="warning",
            **_sums("weights-of-policy", as_printed(added, *weights), plain(sheet.card.total)),
        )
    yield from headings


def without_weight(sheet: Sheet) -> list[Line]:
    """The indicators that print no weight, and are told of nowhere else: nobody knows what they weigh."""
    return [line for line in sheet.bound.indicators if line.full is None and blank(line.cell("weight"))]


@check("weights-unprinted")
def weights_unprinted(sheet: Sheet) -> Iterator[Finding]:
    """Rows without a weight in a form that is otherwise filled in."""
    lines = without_weight(sheet)
    if lines and sheet.form.complete and any(line.reported is not None for line in lines):
        yield from sheet.finding(
            "weights-unprinted", lines=lines, cells=[line.cell("weight") for line in lines], count=len(lines)
        )


def _sums(word: str, reported: str, computed: str, **args: Value) -> dict[str, Any]:
    """The two sums of a finding, and what they are of."""
    what = said(word, reported=reported, computed=computed, **args)
    return {"reported": reported, "computed": computed, "what": what}


def _headings(sheet: Sheet) -> Iterator[Finding]:
    """Each heading that states points, against the rows below it."""
    indicators = {line.index: line for line in sheet.bound.indicators}
    for branch in sheet.bound.program.branches:
        lines = [indicators[row] for row in branch.rows if row in indicators]
        depth = branch.path.count("/")
        headings = dict.fromkeys("/".join(line.group.split("/")[: depth + 1]) for line in lines)
        for path in headings:
            stated = stated_points(path.rpartition("/")[2])
            if stated is None or branch.weight == Fraction(stated):
                continue
            weights = [line.weight for line in lines if line.weight is not None]
            yield from sheet.finding(
                "weights-mismatch",
                lines=lines,
                cells=[lines[0].origin / "group", *(one.cell for one in weights)],
                **_sums("weights-of-group", stated, as_printed(branch.weight, *weights), name=path),
            )


@check("grade-mismatch")
def grade_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The printed grade is not the one of the printed total; where none is printed, of the rows added up."""
    cell, printed = sheet.form.reported.grade, sheet.form.reported.total
    whole = sheet.form.complete and bool(sheet.scored) and len(sheet.scored) == len(sheet.lines)
    value = sheet.added if blank(printed) and whole else None
    total = value if sheet.total is None else sheet.total.value
    if cell is None or blank(cell) or total is None:
        return
    grade = sheet.grade(total)
    if grade is not None and not sheet.is_called(cell.text, grade):
        yield from sheet.finding(
            "grade-mismatch",
            cells=(cell, printed),
            reported=cell.text.strip(),
            computed=grade.name,
            basis=grade.basis or sheet.card.basis,
            # A word that no grade has contradicts nothing for certain: it may be one of another scale.
            severity=None if any(sheet.is_called(cell.text, one) for one in sheet.card.grades) else "warning",
            total=as_printed(total, sheet.total),
        )


@check("score-above-weight")
def score_above_weight(sheet: Sheet) -> Iterator[Finding]:
    """A score above its weight, in a row that may earn no bonus."""
    for line in sheet.lines:
        if line.full is None or line.reported is None or line.reported.value <= line.full or not line.applies:
            continue
        most = _most(sheet, line)
        if most is not None and line.reported.value > most:
            yield from sheet.finding(
                "score-above-weight",
                lines=(line,),
                cells=(line.cell("score"), line.cell("weight")),
                reported=as_printed(line.reported.value, line.reported),
                computed=as_printed(most, line.weight),
                name=line.name,
            )


def _most(sheet: Sheet, line: Line) -> Fraction | None:
    """The most a row may earn: its weight and the bonus that the form grants it, or what its rule gives; None: no end.

    Where neither grants more than the weight, a score that is rounded up may still pass it.
    """
    assert line.full is not None
    declared = points(line.cell("bonus"))
    if declared is not None:
        return line.full + declared.value
    row = line.program_row
    if row is not None:
        earned = spread(row.lowered, row.target).high
        if earned is None:
            return None
        most = earned * (line.full if row.weight else 1)
        if most > line.full:
            return sheet.followed.round(most)
    cell = line.target_cell
    bonus = Fraction(0) if cell is None or line.is_execution else stated_bonus(cell.text)
    return max(line.full, sheet.followed.round(line.full)) + bonus


def stated_bonus(text: str) -> Fraction:
    """The bonus that a text grants: 2 in 一个加1分，最多加2分; 0 where it grants none."""
    return max(map(Fraction, bonus_points(text)), default=Fraction(0))


@check("unfilled")
def unfilled(sheet: Sheet) -> Iterator[Finding]:
    """A form, or rows of one, that nobody has filled in."""
    if not sheet.form.complete:
        return
    rows = sheet.bound.indicators
    if not rows:
        yield from sheet.finding("unfilled", names=said("no-rows-at-all"))
        return
    open_rows = [line for line in sheet.lines if line.counts and line.applies and blank(line.cell("score"))]
    halves = [
        line
        for line in rows
        if line.reported is not None and line.lost > 0 and (blank(line.target_cell) or blank(line.actual_cell))
    ]
    lines = [*open_rows, *halves]
    if lines:
        cells = [line.cell("score") for line in open_rows]
        cells += [line.target_cell if blank(line.target_cell) else line.actual_cell for line in halves]
        yield from sheet.finding("unfilled", lines=lines, cells=cells, names=tuple(line.name for line in lines))


@check("duplicate-indicator")
def duplicate_indicator(sheet: Sheet) -> Iterator[Finding]:
    """The same indicator twice in one group."""
    keys = [(first_level(line.group), squeezed(line.group), squeezed(line.name)) for line in sheet.bound.indicators]
    counts = Counter(keys)
    for key, count in counts.items():
        if count > 1 and key[2]:
            lines = [line for line, own in zip(sheet.bound.indicators, keys, strict=True) if own == key]
            yield from sheet.finding(
                "duplicate-indicator", lines=lines, cells=[line.cell("name") for line in lines], name=lines[0].name
            )


@check("report-mismatch")
def report_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The report around the form concludes otherwise than the form."""
    around, printed = sheet.form.report, sheet.form.reported
    for key in ("total", "grade"):
        ours, theirs = getattr(printed, key), getattr(around, key)
        if theirs is None or ours is None or blank(ours) or blank(theirs):
            continue
        numbers = points(ours), points(theirs)
        if None in numbers:
            same = squeezed(ours.text) == squeezed(theirs.text) or _same_grade(sheet, ours, theirs)
        else:
            same = numbers[0] is not None and numbers[1] is not None and numbers[0].value == numbers[1].value
        if not same:
            yield from _concludes(sheet, key, theirs, ours)
    for key, figure in (("budget", sheet.budget), ("executed", sheet.executed)):
        theirs = getattr(around, key)
        claim = money(theirs, sheet.bound.heading, sheet.bound.program.units)
        if figure is None or claim is None or claim.is_sized != figure.is_sized:
            continue
        if claim.value != figure.value:
            yield from _concludes(sheet, key, theirs, figure.cell)


def _concludes(sheet: Sheet, key: str, theirs: Cell, ours: Cell) -> Iterator[Finding]:
    yield from sheet.finding(
        "report-mismatch",
        cells=(theirs, ours),
        reported=theirs.text.strip(),
        computed=ours.text.strip(),
        what=said_of("conclusion", key),
    )


def _same_grade(sheet: Sheet, one: Cell, other: Cell) -> bool:
    return any(sheet.is_called(one.text, grade) and sheet.is_called(other.text, grade) for grade in sheet.card.grades)
