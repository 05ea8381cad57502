"""Checks of the funds: execution rates, parts of the whole, extra values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.context import Sheet, as_printed, basis_of, check
from perfeval.forms.audit.rounding import fitting
from perfeval.forms.cells import Figure, blank, points, rate
from perfeval.forms.form import FundsRow
from perfeval.numbers.quantity import near_number
from perfeval.numbers.rounding import Quantum, decimal, near_percent, plain
from perfeval.text.messages import said, said_of

_MONEY: Final = ("year_start_budget", "annual_budget", "executed")
#: So many columns a line of the money has.
_COLUMNS: Final = 6


@check("rate-mismatch")
def rate_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The printed execution rate is not executed ÷ budget: a warning where only another rounding gives it."""
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
            only=said_of("only", mode, reported=printed.cell.text.strip()) if mode is not None else "",
        )


@check("execution-score-mismatch")
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
        basis=basis_of(sheet, line),
        weight=as_printed(line.weight.value, line.weight),
        rate=near_percent(sheet.rate) if sheet.rate is not None else "",
    )


def _percent(rate: Fraction, decimals: int) -> str:
    return plain(decimal(Quantum(Fraction(1, 10**decimals), decimals).round(rate * 100), decimals)) + "%"


@check("funds-mismatch")
def funds_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The parts of the money do not add up to its total, column by column."""
    whole = sheet.whole
    if whole is None or not sheet.form.parts or not sheet.form.complete:
        return
    # A further 其中 is a part of the part above it.
    parts = [row for index, row in enumerate(sheet.form.parts) if not index or not _name(row).startswith("其中")]
    for column in _MONEY:
        total = sheet.money(getattr(whole, column))
        filled = [cell for row in parts if not blank(cell := getattr(row, column))]
        figures = [one for cell in filled if (one := sheet.money(cell)) is not None]
        if total is None or not figures or len(figures) < len(filled) or _adds_up(total, figures):
            continue
        added = sum((one.value for one in figures), Fraction(0))
        # A single 其中 says of which so much: what is missing need not be listed.
        listed = len(parts) > 1
        yield from sheet.finding(
            "funds-mismatch",
            cells=(total.cell, *filled),
            reported=total.cell.text.strip(),
            computed=_money_text(added, figures[0]),
            severity=None if listed or added > total.value else "warning",
            column=said_of("column", column.replace("_", "-")),
        )


def _adds_up(total: Figure, figures: Sequence[Figure]) -> bool:
    """Return True if *figures* add up to *total*, or the first is all of it and the others are parts of that."""
    values = [one.value for one in figures]
    nested = len(values) > 2 and values[0] == total.value == sum(values[1:], Fraction(0))
    return nested or sum(values, Fraction(0)) == total.value


def _money_text(value: Fraction, like: Figure) -> str:
    return near_number(value, like.unit)


@check("breakdown-mismatch")
def breakdown_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The breakdown of spending is not the amount executed, or not its own sum."""
    if not sheet.form.spending:
        return
    figures = [sheet.money(one.amount) for one in sheet.form.spending]
    if None in figures:
        return
    known = [one for one in figures if one is not None]
    added = sum((one.value for one in known), Fraction(0))
    totals = (
        (said("spending-total"), sheet.money(sheet.form.spending_total)),
        (said_of("column", "executed"), sheet.executed),
    )
    for what, total in totals:
        # 40400元 can be compared with 24.5万 under its heading, not with a bare 24.5 of no unit.
        same = total is not None and {one.is_sized for one in known} == {total.is_sized}
        if total is not None and same and total.value != added:
            yield from sheet.finding(
                "breakdown-mismatch",
                cells=(total.cell, *(one.cell for one in known)),
                reported=total.cell.text.strip(),
                computed=_money_text(added, known[0]),
                what=what,
            )


@check("extra-values")
def extra_values(sheet: Sheet) -> Iterator[Finding]:
    """More values in a line of the money than there are columns: which is which is then a guess."""
    for row in sheet.form.funds:
        if row.extra:
            yield from sheet.finding(
                "extra-values",
                cells=(row.name, *row.extra),
                reported=str(_COLUMNS + len(row.extra)),
                computed=str(_COLUMNS),
                name=_name(row),
            )


@check("subrow-scored")
def subrow_scored(sheet: Sheet) -> Iterator[Finding]:
    """A part of the money that prints a weight or a score: only the line of the whole counts."""
    for row in sheet.form.parts:
        cells = [cell for cell in (row.weight, row.score) if points(cell) is not None]
        if cells:
            yield from sheet.finding(
                "subrow-scored", cells=cells, name=_name(row), values=tuple(cell.text.strip() for cell in cells if cell)
            )


def _name(row: FundsRow) -> str:
    return " ".join(row.name.text.split())
