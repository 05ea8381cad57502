"""What a form contradicts by itself: sums, rates and grades that do not follow from its own numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from perfeval.engine.evaluation import Finding
from perfeval.exact import Quantum, decimal, near_percent, plain
from perfeval.forms.audit.sheet import Sheet, as_printed
from perfeval.forms.audit.total import likely_cause
from perfeval.forms.binding import Line
from perfeval.forms.figures import Figure, blank, money, points, rate
from perfeval.forms.form import FundsRow
from perfeval.forms.rounding import fitting
from perfeval.forms.wordings import bonus_points, first_level, stated_points
from perfeval.language.amounts import Cell
from perfeval.language.normal import Measured, Tallied, squeezed
from perfeval.messages import said
from perfeval.quantity import near_number

_MONEY: Final = ("year_start_budget", "annual_budget", "executed")


def total_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The printed total is not the sum of the printed scores of the rows."""
    if sheet.total is None or not sheet.scored or not sheet.form.complete:
        return
    if any(line.reported is None and not blank(line.cell("score")) for line in sheet.lines):
        return  # a score that cannot be read may be any
    off = sheet.total.value - sheet.added
    if abs(off) <= Fraction(sheet.card.audit.tolerance.total):
        return
    rule = sheet.bound.program.quanta.total
    if rule is not None and rule.round(sheet.added) == sheet.total.value:
        return
    figures = [line.reported for line in sheet.scored]
    yield from sheet.finding(
        "total-mismatch",
        cells=(sheet.form.reported.total,),
        reported=as_printed(sheet.total.value, sheet.total),
        computed=as_printed(sheet.added, *figures),
        cause=likely_cause(sheet, off),
    )


def weights_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The weights do not add up to their printed sum, to what a heading says of its group, or to the policy's total."""
    if not sheet.form.complete:
        return
    weights = [line.weight for line in sheet.lines if line.weight is not None]
    unread = any(line.weight is None and not blank(line.cell("weight")) for line in sheet.lines)
    if not weights or unread or not sheet.bound.indicators:
        return  # of a form that nobody filled in that is said, and no more
    added = sum((one.value for one in weights), Fraction(0))
    printed = points(sheet.form.reported.weight_total)
    if printed is not None and printed.value != added:
        yield from sheet.finding(
            "weights-mismatch",
            cells=(printed.cell,),
            reported=as_printed(printed.value, printed),
            computed=as_printed(added, *weights),
            what=said("weights-of-form"),
        )
    if printed is None and added != Fraction(sheet.card.total):
        yield from sheet.finding(
            "weights-mismatch",
            cells=[one.cell for one in weights],
            reported=as_printed(added, *weights),
            computed=plain(sheet.card.total),
            basis=sheet.card.basis,
            severity="warning",
            what=said("weights-of-policy"),
        )
    yield from _headings(sheet)


def _headings(sheet: Sheet) -> Iterator[Finding]:
    """Each heading that states points, against the rows below it."""
    groups: dict[str, list[Line]] = {}
    for line in sheet.bound.indicators:
        parts = line.group.split("/") if line.group else []
        for length in range(1, len(parts) + 1):
            groups.setdefault("/".join(parts[:length]), []).append(line)
    for path, lines in groups.items():
        stated = stated_points(path.rpartition("/")[2])
        if stated is None:
            continue
        weights = [line.weight for line in lines if line.weight is not None]
        added = sum((one.value for one in weights), Fraction(0))
        if added != Fraction(stated):
            yield from sheet.finding(
                "weights-mismatch",
                lines=lines,
                cells=[lines[0].origin / "group", *(one.cell for one in weights)],
                reported=stated,
                computed=as_printed(added, *weights),
                what=said("weights-of-group", name=path),
            )


def rate_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The printed execution rate is not executed ÷ budget: a warning where only another rounding gives it."""
    whole = sheet.whole
    if whole is None:
        return
    for row in sheet.form.funds:
        budget, executed = sheet.money(row.budget), sheet.money(row.executed)
        if budget is None or executed is None or not budget.value:
            continue
        exact = executed.value / budget.value
        printed = rate(row.rate, exact)
        if printed is None:
            continue
        step = Fraction(1, 100) / Fraction(10) ** printed.decimals
        if abs(printed.value - exact) <= sheet.card.audit.tolerance.rate.value:
            continue
        usual = Quantum(step, 0).round(exact)
        if printed.value in {usual, Quantum(step, 0, "half-even").round(exact)}:
            continue
        mode = next((mode for mode in ("up", "down") if Quantum(step, 0, mode).round(exact) == printed.value), None)
        yield from sheet.finding(
            "rate-mismatch",
            cells=(row.rate, row.executed, row.budget),
            reported=printed.cell.text.strip(),
            computed=_percent(exact, max(0, printed.decimals)),
            severity="warning" if mode is not None else None,
            exact=near_percent(exact),
            executed=executed.cell.text.strip(),
            budget=budget.cell.text.strip(),
            only=said(f"only-{mode}", reported=printed.cell.text.strip()) if mode is not None else "",
        )


def _percent(rate: Fraction, decimals: int) -> str:
    return plain(decimal(Quantum(Fraction(1, 10**decimals), decimals).round(rate * 100), decimals)) + "%"


def execution_score_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The score of the money is not what the rule, or else weight × rate, gives under any rounding."""
    line = sheet.bound.execution
    if line is None or line.weight is None or line.reported is None:
        return
    exact = line.computed
    if exact is None:
        if sheet.rate is None:
            return
        exact = line.weight.value * min(sheet.rate, Fraction(1))
    off = abs(line.reported.value - exact)
    if fitting(exact, line.reported.value) is not None or off <= Fraction(sheet.card.audit.tolerance.row):
        return
    # In proportion to the rate as it is printed: 49% of 15 is 7.35, also where it stands for 48.6%.
    printed = rate(line.cell("rate"), sheet.rate)
    in_proportion = sheet.rate is not None and exact == line.weight.value * min(sheet.rate, Fraction(1))
    if printed is not None and in_proportion:
        again = line.weight.value * min(printed.value, Fraction(1))
        if again == line.reported.value or fitting(again, line.reported.value) is not None:
            return
    usual = sheet.followed.round(exact)
    yield from sheet.finding(
        "execution-score-mismatch",
        lines=(line,),
        cells=(line.cell("score"), line.cell("rate")),
        reported=as_printed(line.reported.value, line.reported),
        computed=as_printed(usual, line.reported),
        basis=_basis(sheet, line),
        weight=as_printed(line.weight.value, line.weight),
        rate=near_percent(sheet.rate) if sheet.rate is not None else "",
    )


def _basis(sheet: Sheet, line: Line) -> str | None:
    row = line.program_row
    return (row.basis if row is not None else None) or sheet.card.basis


def funds_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The parts of the money do not add up to its total, column by column."""
    whole = sheet.whole
    if whole is None or not sheet.form.parts or not sheet.form.complete:
        return
    # A further 其中 is a part of the part above it.
    parts = [row for index, row in enumerate(sheet.form.parts) if not index or not _name(row).startswith("其中")]
    # Of which so much: without a line for all else, what is missing need not be listed.
    listed = any("其他" in row.name.text for row in parts)
    for column in _MONEY:
        of_whole: Cell | None = getattr(whole, column)
        cells: list[Cell] = [cell for row in parts if (cell := getattr(row, column)) is not None]
        filled = [cell for cell in cells if not blank(cell)]
        figures = [sheet.money(cell) for cell in filled]
        total = sheet.money(of_whole)
        if total is None or not figures or None in figures:
            continue
        added = sum((one.value for one in figures if one is not None), Fraction(0))
        if added != total.value:
            first = figures[0]
            yield from sheet.finding(
                "funds-mismatch",
                cells=(of_whole, *filled),
                reported=total.cell.text.strip(),
                computed=_money_text(added, first or total),
                severity=None if listed or added > total.value else "warning",
                column=said(f"column-{column.replace('_', '-')}"),
            )


def _money_text(value: Fraction, like: Figure) -> str:
    return near_number(value, like.unit)


def breakdown_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """What the breakdown says was spent is not what was executed, or not its own sum."""
    if not sheet.form.spending:
        return
    figures = [sheet.money(one.amount) for one in sheet.form.spending]
    if None in figures:
        return
    known = [one for one in figures if one is not None]
    added = sum((one.value for one in known), Fraction(0))
    totals = (("spending-total", sheet.money(sheet.form.spending_total)), ("column-executed", sheet.executed))
    for word, total in totals:
        # 40400元 can be compared with 24.5万 under its heading, not with a bare 24.5 of no unit.
        same = total is not None and {total.unit.dimension or "元"} >= {one.unit.dimension or "元" for one in known}
        if total is not None and same and total.value != added:
            yield from sheet.finding(
                "breakdown-mismatch",
                cells=(total.cell, *(one.cell for one in known)),
                reported=total.cell.text.strip(),
                computed=_money_text(added, known[0]),
                what=said(word),
            )


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


def score_above_weight(sheet: Sheet) -> Iterator[Finding]:
    """A score above its weight, in a row that may earn no bonus."""
    for line in sheet.lines:
        if line.weight is None or line.reported is None:
            continue
        most = line.weight.value + _bonus(line)
        if line.reported.value > most:
            yield from sheet.finding(
                "score-above-weight",
                lines=(line,),
                cells=(line.cell("score"), line.cell("weight")),
                reported=as_printed(line.reported.value, line.reported),
                computed=as_printed(most, line.weight),
                name=line.name,
            )


def _bonus(line: Line) -> Fraction:
    """The points that a row may earn on top of its weight: declared in the form, by its rule, or in its own words."""
    declared = points(line.cell("bonus"))
    if declared is not None:
        return declared.value
    assert line.weight is not None
    lowered = None if line.program_row is None else line.program_row.lowered
    if isinstance(lowered, Measured | Tallied):
        most = Fraction(10**9) if lowered.cap is None else max(Fraction(0), lowered.cap - 1) * line.weight.value
        if most:
            return most
    cell = line.target_cell
    return Fraction(0) if cell is None or line.is_execution else stated_bonus(cell.text)


def stated_bonus(text: str) -> Fraction:
    """The bonus that a text grants: 2 in 一个加1分，最多加2分; 0 where it grants none."""
    return max(map(Fraction, bonus_points(text)), default=Fraction(0))


def extra_values(sheet: Sheet) -> Iterator[Finding]:
    """More values in a line of the money than there are columns: which is which is then a guess."""
    for row in sheet.form.funds:
        if row.extra:
            yield from sheet.finding(
                "extra-values",
                cells=(row.name, *row.extra),
                reported=str(6 + len(row.extra)),
                computed="6",
                name=_name(row),
            )


def _name(row: FundsRow) -> str:
    return " ".join(row.name.text.split())


def unfilled(sheet: Sheet) -> Iterator[Finding]:
    """A form, or rows of one, that nobody has filled in."""
    if not sheet.form.complete:
        return
    rows = sheet.bound.indicators
    if not rows:
        yield from sheet.finding("unfilled", names=said("no-rows-at-all"))
        return
    open_rows = [line for line in rows if line.weight is not None and line.weight.value and blank(line.cell("score"))]
    halves = [
        line
        for line in rows
        if line.reported is not None
        and line.weight is not None
        and line.reported.value < line.weight.value
        and (blank(line.target_cell) or blank(line.actual_cell))
    ]
    lines = [*open_rows, *halves]
    if lines:
        cells = [line.cell("score") for line in open_rows]
        cells += [line.target_cell if blank(line.target_cell) else line.actual_cell for line in halves]
        yield from sheet.finding("unfilled", lines=lines, cells=cells, names=tuple(line.name for line in lines))


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


def subrow_scored(sheet: Sheet) -> Iterator[Finding]:
    """A part of the money that prints a weight or a score: only the line of the whole counts."""
    for row in sheet.form.parts:
        cells = [cell for cell in (row.weight, row.score) if points(cell) is not None]
        if cells:
            yield from sheet.finding(
                "subrow-scored", cells=cells, name=_name(row), values=tuple(cell.text.strip() for cell in cells if cell)
            )


def report_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The report around the form concludes otherwise than the form."""
    said_of, printed = sheet.form.report, sheet.form.reported
    for key in ("total", "grade"):
        ours, theirs = getattr(printed, key), getattr(said_of, key)
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
        theirs = getattr(said_of, key)
        claim = money(theirs, sheet.bound.heading, sheet.bound.program.units)
        if figure is None or claim is None or (claim.unit.dimension or "元") != (figure.unit.dimension or "元"):
            continue
        if claim.value != figure.value:
            yield from _concludes(sheet, key, theirs, figure.cell)


def _concludes(sheet: Sheet, key: str, theirs: Cell, ours: Cell) -> Iterator[Finding]:
    yield from sheet.finding(
        "report-mismatch",
        cells=(theirs, ours),
        reported=theirs.text.strip(),
        computed=ours.text.strip(),
        what=said(f"conclusion-{key}"),
    )


def _same_grade(sheet: Sheet, one: Cell, other: Cell) -> bool:
    return any(sheet.is_called(one.text, grade) and sheet.is_called(other.text, grade) for grade in sheet.card.grades)
