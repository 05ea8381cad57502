"""Checks of the evidence: reasons, blank cells, units, unspent money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.context import Sheet, as_printed, basis_of, check
from perfeval.forms.audit.line import Line
from perfeval.forms.cells import Figure, Rate, blank, digits_in, points, rate, says_nothing
from perfeval.methods.normal_form import Measured, squeezed
from perfeval.numbers.amounts import Cell
from perfeval.numbers.quantity import BARE, Moment, Quantity, Words, near_number
from perfeval.numbers.rounding import near_percent
from perfeval.text.messages import Said, said, said_of

#: How far off its target a row is flagged where the rules do not say.
_FAR: Final = Fraction(3, 10)
#: Money is much where more than this part of it is left.
_LEFT: Final = Fraction(1, 10)
#: How far indicators may be ahead of the money.
_AHEAD: Final = Fraction(2, 10)
#: The word of a form for money that was not spent.
_LEFT_OVER: Final = ("盈余", "结余", "结转", "剩余", "未支付", "未支出", "未执行", "执行率", "未使用")
#: Where a target is to be counted.
_COUNTED: Final = ("数量", "质量", "时效", "成本")
_REACHING: Final = re.compile(
    r"不少于|不低于|不高于|不超过|不大于|不小于|至少|以上|以内|以下|达到|达|全部|全覆盖|已|实际|累计|共计|总计|共|约|完成|[≥≤><=]|[,，。；;]"
)
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
#: How a goal is said to be reached without a number.
_REACHED: Final = ("完成", "达成", "实现", "达到")
_NOT_REACHED: Final = ("未", "没有", "部分", "基本", "尚", "不足", "不够", "不到", "不能", "不达", "不理想")
_ASKING: Final = ("?", "？", "是否", "有无")


@check("no-reason")
def no_reason(sheet: Sheet) -> Iterator[Finding]:
    """Points lost, and the cell for the reason blank."""
    lines = [line for line in sheet.lost if line.reason is not None and says_nothing(line.reason)]
    if lines:
        points = as_printed(sum((line.lost for line in lines), Fraction(0)), *(line.reported for line in lines))
        yield from sheet.finding(
            "no-reason",
            lines=lines,
            cells=[line.reason for line in lines],
            reported=points,
            names=tuple(line.name for line in lines),
            what=said("reason-for-points", points=points),
        )


@check("no-reason-for-deviation")
def no_reason_for_deviation(sheet: Sheet) -> Iterator[Finding]:
    """Far above or below the target, or where the rule asks for a reason, and the cell for it blank."""
    stated = sheet.card.audit.deviation
    limit = _FAR if stated is None else stated.value
    for line in sheet.bound.indicators:
        given, reason = line.given, line.reason
        if given is None or not given.target_value or isinstance(line.target, Moment):
            continue
        if reason is None or not says_nothing(reason) or line.lost > 0:
            continue  # what lost points is told by no-reason
        better = None if line.program_row is None else line.program_row.lowered
        if given.actual_value == 0 and isinstance(better, Measured) and better.better == "lower":
            continue  # nothing at all of what is to be little needs no reason
        off = (given.actual_value - given.target_value) / abs(given.target_value)
        asked = line.outcome is not None and line.outcome.needs_reason
        if abs(off) > limit or asked:
            why = said("off-by-more", limit=near_percent(limit)) if abs(off) > limit else said("reason-asked")
            yield from sheet.finding(
                "no-reason-for-deviation",
                lines=(line,),
                cells=(line.actual_cell, line.target_cell, reason),
                reported=line.actual.text,
                computed=line.target.text,
                basis=basis_of(sheet, line),
                name=line.name,
                off=near_percent(abs(off)),
                side=said("above-target" if off > 0 else "below-target"),
                why=why,
            )


@check("full-marks-on-blank")
def full_marks_on_blank(sheet: Sheet) -> Iterator[Finding]:
    """Full marks for rows whose target or actual is blank."""
    lines = [
        line
        for line in sheet.bound.indicators
        if line.counts
        and line.has_full_marks
        and not _is_told(line)
        and (blank(line.target_cell) or says_nothing(line.actual_cell))
    ]
    if lines:
        cells = [line.actual_cell if says_nothing(line.actual_cell) else line.target_cell for line in lines]
        yield from sheet.finding(
            "full-marks-on-blank",
            lines=lines,
            cells=[cell or line.origin for cell, line in zip(cells, lines, strict=True)],
            names=tuple(line.name for line in lines),
            count=len(lines),
        )


def _is_told(line: Line) -> bool:
    """Return True if it can be told if the target is met: an actual such as 无 is then no blank."""
    return line.verdict is not None and line.verdict.outcome != "unknown"


@check("unmeasurable-target")
def unmeasurable_target(sheet: Sheet) -> Iterator[Finding]:
    """Targets that nothing can be measured by (获奖, a question), and a number against each."""
    lines: list[Line] = []
    for line in sheet.bound.indicators:
        if not isinstance(line.target, Words) or digits_in(line.target.text) or _is_told(line):
            continue
        counted = any(word in squeezed(line.group) for word in _COUNTED)
        asks = any(word in line.target.text for word in _ASKING)
        if digits_in(line.actual.text) and (counted or asks):
            lines.append(line)
    if lines:
        rows = tuple(
            said("target-and-actual", name=line.name, target=line.target.text, actual=line.actual.text)
            for line in lines
        )
        yield from sheet.finding(
            "unmeasurable-target",
            lines=lines,
            cells=[cell for line in lines for cell in (line.target_cell, line.actual_cell)],
            reported=", ".join(line.actual.text for line in lines),
            rows=rows,
        )


def _row(sheet: Sheet, check: str, line: Line) -> Iterator[Finding]:
    """A finding of one row, on its target and actual."""
    yield from sheet.finding(
        check,
        lines=(line,),
        cells=(line.target_cell, line.actual_cell),
        reported=line.actual.text,
        name=line.name,
        target=line.target.text,
        actual=line.actual.text,
    )


@check("bound-as-actual")
def bound_as_actual(sheet: Sheet) -> Iterator[Finding]:
    """An actual that is only a bound: ≥90% says that a target is met, not what was reached."""
    lines = [
        line
        for line in sheet.bound.indicators
        if isinstance(line.actual, Quantity) and (line.actual.operator not in {None, "="} or line.actual.loose)
    ]
    if lines:
        yield from sheet.finding(
            "bound-as-actual",
            lines=lines,
            cells=[line.actual_cell for line in lines],
            reported=", ".join(dict.fromkeys(line.actual.text for line in lines)),
            names=tuple(said("named-score", name=line.name, score=line.actual.text) for line in lines),
            count=len(lines),
        )


@check("unit-mismatch")
def unit_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """Target and actual stand in units that do not fit, or one of them lacks its unit."""
    for line in sheet.bound.indicators:
        odd = line.fault is not None and line.fault.name in {"unit-mismatch", "unit-missing"}
        if (odd or _has_other_unit(line)) and not bare_rate(line) and not _is_told(line):
            yield from _row(sheet, "unit-mismatch", line)


def _has_other_unit(line: Line) -> bool:
    """Return True if target and actual are numbers in different units."""
    why = None if line.verdict is None else line.verdict.why
    return why is not None and why.key == "untold-units"


def bare_rate(line: Line) -> bool:
    """Return True if the actual is a bare number against a percentage."""
    target, actual = line.target, line.actual
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity):
        return False
    return target.unit.dimension == "%" and actual.unit == BARE


@check("double-scale")
def double_scale(sheet: Sheet) -> Iterator[Finding]:
    """A multiple in a cell under a heading that multiplies already: 50万 under 万元."""
    heading = sheet.bound.heading
    if heading is None or heading.factor == 1:
        return
    cells = []
    for row in sheet.form.funds:
        for cell in (row.year_start_budget, row.annual_budget, row.executed):
            figure = sheet.money(cell)
            if figure is not None and figure.unit != heading and figure.unit.dimension == "" and figure.unit.factor > 1:
                cells.append(figure.cell)
    if cells:
        texts = tuple(dict.fromkeys(cell.text.strip() for cell in cells))
        yield from sheet.finding(
            "double-scale", cells=cells, reported=", ".join(texts), unit=heading.name, count=len(cells)
        )


@check("text-for-number")
def text_for_number(sheet: Sheet) -> Iterator[Finding]:
    """Words where the target is a number: 无上访 for 0."""
    for line in sheet.bound.indicators:
        in_words = isinstance(line.target, Quantity) and isinstance(line.actual, Words)
        if in_words and not _is_told(line) and not _has_other_unit(line):
            yield from _row(sheet, "text-for-number", line)
    for line in sheet.lines:
        for key, figure in (("weight", line.weight), ("score", line.reported)):
            yield from _no_number(sheet, line.cell(key), figure, line.name, (line,))
    claim = sheet.form.reported
    for key, cell in (("total", claim.total), ("weight-total", claim.weight_total)):
        yield from _no_number(sheet, cell, points(cell, percent=key == "weight-total"), said_of("form", key))
    for row in sheet.form.funds:
        for key in ("year_start_budget", "annual_budget", "executed", "rate"):
            cell = getattr(row, key)
            amount = rate(cell, None) if key == "rate" else sheet.money(cell)
            if amount is None:
                column = said_of("form", key.replace("_", "-"))
                name = said("named-score", name=row.name.text.strip(), score=column)
                yield from _no_number(sheet, cell, amount, name)
    for one in sheet.form.spending:
        yield from _no_number(sheet, one.amount, sheet.money(one.amount), one.name.text.strip())
    yield from _no_number(
        sheet, sheet.form.spending_total, sheet.money(sheet.form.spending_total), said("spending-total")
    )


def _no_number(
    sheet: Sheet, cell: Cell | None, read: Figure | Rate | None, name: str | Said, lines: Sequence[Line] = ()
) -> Iterator[Finding]:
    """A finding where *cell* is filled and no number could be *read*: nothing that rests on it can be checked."""
    if read is None and cell is not None and not blank(cell):
        text = cell.text.strip()
        yield from sheet.finding(
            "text-for-number",
            lines=lines,
            cells=(cell,),
            reported=text,
            name=name,
            target=said("a-number"),
            actual=text,
        )


@check("odd-rate")
def odd_rate(sheet: Sheet) -> Iterator[Finding]:
    """A rate without its %: 1, 0.958 and 99.97 may each be two rates; the money itself says which."""
    for row in sheet.form.funds:
        budget, executed = sheet.money(row.budget), sheet.money(row.executed)
        exact = executed.value / budget.value if budget and executed and budget.value else None
        printed = rate(row.rate, exact)
        if printed is not None and printed.odd:
            yield from sheet.finding(
                "odd-rate",
                cells=(row.rate,),
                reported=printed.cell.text.strip(),
                computed=near_percent(printed.value),
                severity="info",
                name=" ".join(row.name.text.split()),
                how=said("read-as-rate", rate=near_percent(printed.value)),
            )
    for line in sheet.bound.indicators:
        if line.fault is not None and bare_rate(line) and not _is_told(line):
            yield from sheet.finding(
                "odd-rate",
                lines=(line,),
                cells=(line.actual_cell, line.target_cell),
                reported=line.actual.text,
                name=line.name,
                how=said("not-read-as-rate", target=line.target.text),
            )


@check("unspent-funds")
def unspent_funds(sheet: Sheet) -> Iterator[Finding]:
    """Much of the money is left: how much, and whether the form says why."""
    budget, executed, whole = sheet.budget, sheet.executed, sheet.whole
    if budget is None or executed is None or whole is None or sheet.rate is None or budget.value <= 0:
        return
    if 1 - sheet.rate <= _LEFT:
        return
    admitted = [
        cell
        for one in sheet.form.problems
        for cell in (one.problem, one.measure)
        if cell is not None and any(word in cell.text for word in _LEFT_OVER)
    ]
    amount = near_number(budget.value - executed.value, budget.unit)
    # 25.5万 under a heading of 万元, or where the form says 万, are 万元.
    amount += "元" if budget.unit.dimension == "" and budget.unit.factor > 1 else ""
    yield from sheet.finding(
        "unspent-funds",
        cells=(whole.executed, whole.budget, *admitted[:1]),
        reported=executed.cell.text.strip(),
        computed=budget.cell.text.strip(),
        amount=amount,
        share=near_percent(1 - sheet.rate),
        told=said("funds-explained", text=admitted[0].text.strip()[:60]) if admitted else said("funds-unexplained"),
    )


@check("ahead-of-execution")
def ahead_of_execution(sheet: Sheet) -> Iterator[Finding]:
    """The indicators are far ahead of the money: all reached, and much of it not spent."""
    if sheet.rate is None:
        return
    reached = [
        min(Fraction(1), line.computed / line.full)
        for line in sheet.bound.indicators
        if line.computed is not None and line.full
    ]
    if len(reached) < 2:
        return
    mean = sum(reached, Fraction(0)) / len(reached)
    if mean - sheet.rate > _AHEAD:
        whole = sheet.whole
        yield from sheet.finding(
            "ahead-of-execution",
            cells=() if whole is None else (whole.executed, whole.rate),
            reported=near_percent(mean),
            computed=near_percent(sheet.rate),
            count=len(reached),
        )


@check("incomparable")
def incomparable(sheet: Sheet) -> Iterator[Finding]:
    """Target and actual are sentences with numbers in them, that may count different things."""
    for line in sheet.bound.indicators:
        if _is_told(line) or (line.verdict is not None and line.verdict.is_open):
            continue
        texts = [one.text for one in (line.target, line.actual) if isinstance(one, Words) and digits_in(one.text)]
        # The same words with other numbers speak of one thing: 培训2期，每期50人 and 培训2期，每期48人.
        if len(texts) == 2 and _without_numbers(texts[0]) != _without_numbers(texts[1]):
            yield from _row(sheet, "incomparable", line)


def _without_numbers(text: str) -> str:
    """The words around the numbers of *text*, without those that only bind a number or say that it was reached."""
    return _REACHING.sub("", _NUMBER.sub("0", squeezed(text)))


@check("goal-overclaimed")
def goal_overclaimed(sheet: Sheet) -> Iterator[Finding]:
    """An overall goal that is said to be reached, in a form that lost points."""
    lost = sheet.lost
    if not lost:
        return
    for goal in sheet.form.goals:
        text = "" if goal.actual is None else squeezed(goal.actual.text)
        head = text[:40]
        if any(word in head for word in _REACHED) and not any(word in head for word in _NOT_REACHED):
            points_lost = sum((line.lost for line in lost), Fraction(0))
            yield from sheet.finding(
                "goal-overclaimed",
                lines=lost,
                cells=(goal.actual,),
                reported=text[:40],
                lost=as_printed(points_lost, *(line.reported for line in lost)),
                count=len(lost),
            )
