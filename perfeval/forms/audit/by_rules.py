"""What a form claims against what its rules say: scores, tiers, structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from perfeval.engine.evaluation import Finding
from perfeval.exact import percent_text
from perfeval.forms.audit.sheet import Sheet, as_printed, basis_of
from perfeval.forms.binding import EXECUTION
from perfeval.forms.figures import money
from perfeval.forms.line import Line
from perfeval.forms.rounding import Followed, fitting, rounding_name
from perfeval.forms.wordings import first_level, second_level
from perfeval.language.groups import tidy
from perfeval.language.normal import JudgedTier, squeezed
from perfeval.messages import Said, said
from perfeval.quantity import Quantity

#: Names that say that a row is the execution rate once more.
_RATE_AGAIN: Final = re.compile(
    r"(?:预算|资金|经费|财政)[^，。；]{0,6}(?:执行|支付|支出|使用)(?:完成|执行)?(?:率|进度)|^(?:执行率|支出进度)"
)
#: What a bare amount of money may be meant in, where no heading says it.
_SCALES: Final = (Fraction(1), Fraction(10_000), Fraction(100_000_000))
#: The word of a name that says which group it is of, and how that group is known.
_TELLING: Final = {"时效": "时效", "及时性": "时效", "及时率": "时效", "满意度": "满意", "满意率": "满意"}
#: How a form says in words that a target was missed.
_NOT_DONE: Final = re.compile(
    r"(?:尚?未|没有|没)(?:按期|按时|全部|全面)?(?:完成|达到|达成|达标|实现|开展|开工|执行|实施)"
)
#: The groups that are so narrow that such a name is out of place in them.
_NARROW: Final = frozenset({"数量", "质量", "成本", "时效"})


def score_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The score is not what the rule gives, in the policy's rounding or in the form's own."""
    policy = sheet.bound.program.quanta.row
    for line in sheet.bound.indicators:
        right, outcome = sheet.computed(line), line.outcome
        if right is None or line.reported is None or line.computed is None or outcome is None:
            continue
        printed = line.reported.value
        usual = line.computed if policy is None else policy.round(line.computed)
        near = abs(printed - usual) <= Fraction(sheet.card.audit.tolerance.row)
        if printed in {right, usual} or near:
            continue
        # A score that another rounding gives contradicts the rule only in how it is rounded.
        other = fitting(line.computed, printed)
        yield from sheet.finding(
            "score-mismatch",
            lines=(line,),
            cells=(line.cell("score"), line.target_cell, line.actual_cell),
            reported=as_printed(printed, line.reported),
            computed=as_printed(right, line.reported),
            basis=basis_of(sheet, line),
            severity=None if other is None else "warning",
            name=line.name,
            method=line.method or "",
            working=working(line),
            only="" if other is None else said("only-rounded", how=rounding_name(other)),
        )


def working(line: Line) -> str | Said:
    """How the rule comes to its points: each formula of the working that has numbers."""
    steps = line.outcome.steps if line.outcome else ()
    told = {"completion", "difference", "deviation", "share", "points"}
    parts: list[str | Said] = [
        said("working-step", term=said(f"term-{one.term}"), formula=one.formula, value=_equals(one.shown))
        for one in steps
        if one.term in told and one.formula and not (one.term == "share" and one.formula == one.value)
    ]
    return said("working", steps=tuple(parts))


def _equals(value: str) -> str:
    """*value* as it follows a formula: what is near is not equal."""
    return value if value.startswith("≈") else f"= {value}"


def tier_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """A judged score that lies outside its tier: a warning where the tier is only guessed from equal words."""
    for line in sheet.lines:
        tier = line.tier
        if tier is None or line.reported is None or not line.full:
            continue
        if not _in_tier(tier, line.full, line.reported.value, sheet.followed):
            yield from sheet.finding(
                "tier-mismatch",
                lines=(line,),
                cells=(line.cell("score"), line.actual_cell),
                reported=as_printed(line.reported.value, line.reported),
                computed=_range(tier, line.full),
                basis=tier.basis or basis_of(sheet, line),
                severity=None if line.named else "warning",
                name=line.name,
                tier=tier.name,
                share=_percents(tier),
            )


def _in_tier(tier: JudgedTier, full: Fraction, printed: Fraction, rounding: Followed) -> bool:
    """Whether some score in *tier* is *printed* after rounding, *full* being full marks."""
    if tier.holds(printed / full):
        return True
    low, high = tier.low * full, tier.high * full
    if not tier.high_closed and rounding.quantum is not None:
        # Just below the end: nearer to it than any number that rounding parts at.
        half = rounding.quantum.step / 2
        high -= (high % half or half) / 2
    return rounding.round(low) <= printed <= rounding.round(high)


def _percents(tier: JudgedTier) -> str:
    sign = "≤" if tier.high_closed else "<"
    return percent_text(tier.low) if tier.fixed else f"≥ {percent_text(tier.low)}, {sign} {percent_text(tier.high)}"


def _range(tier: JudgedTier, weight: Fraction) -> str:
    low, high = as_printed(tier.low * weight), as_printed(tier.high * weight)
    return low if tier.fixed else f"{low}–{high}"


def met_but_deducted(sheet: Sheet) -> Iterator[Finding]:
    """The target is met by the rule's own measure, and points are lost."""
    for line in sheet.bound.indicators:
        outcome = line.outcome
        if outcome is None or not outcome.met or line.reported is None or line.full is None:
            continue
        # A rule may take points off a target that is met: for going far past it, or by what it counts.
        if line.computed is None or line.computed < line.full or line.has_full_marks:
            continue
        yield from sheet.finding(
            "met-but-deducted",
            lines=(line,),
            cells=(line.cell("score"), line.target_cell, line.actual_cell),
            reported=as_printed(line.reported.value, line.reported),
            computed=as_printed(line.full, line.weight),
            basis=basis_of(sheet, line),
            name=line.name,
            target=line.target.text,
            actual=line.actual.text,
        )


def missed_but_full(sheet: Sheet) -> Iterator[Finding]:
    """The target is missed, by the rule's own measure or in the form's own words, and the row has full marks."""
    for line in sheet.bound.indicators:
        if line.reported is None or not line.full or not line.has_full_marks:
            continue
        right, outcome = sheet.computed(line), line.outcome
        missed = outcome is not None and outcome.met is False and right is not None and right < line.full
        if missed or (outcome is None and _NOT_DONE.match(squeezed(line.actual.text))):
            computed = None if right is None else as_printed(right, line.reported)
            yield from sheet.finding(
                "missed-but-full",
                lines=(line,),
                cells=(line.cell("score"), line.target_cell, line.actual_cell),
                reported=as_printed(line.reported.value, line.reported),
                computed=computed,
                basis=basis_of(sheet, line),
                name=line.name,
                target=line.target.text,
                actual=line.actual.text,
                right="" if computed is None else said("rule-gives", computed=computed),
            )


def execution_scored_twice(sheet: Sheet) -> Iterator[Finding]:
    """The execution of the budget, scored once more as an indicator."""
    execution = sheet.bound.execution
    if execution is None or execution.weight is None or not execution.weight.value:
        return  # it has no points of its own
    for line in sheet.bound.indicators:
        if line.weight is None or not line.weight.value:
            continue
        same = _same_money(sheet, line)
        if same or _RATE_AGAIN.search(squeezed(line.name)):
            yield from sheet.finding(
                "execution-scored-twice",
                lines=(execution, line),
                cells=(line.cell("name"), line.target_cell, line.actual_cell),
                basis=sheet.card.basis,
                names=(EXECUTION, line.name),
            )


def _same_money(sheet: Sheet, line: Line) -> bool:
    """Whether target and actual are the budget and what was executed of it."""
    if not isinstance(line.target, Quantity) or not isinstance(line.actual, Quantity):
        return False
    target, actual = (money(cell, sheet.bound.heading) for cell in (line.target_cell, line.actual_cell))
    budget, executed = sheet.budget, sheet.executed
    if target is None or actual is None or budget is None or executed is None or not budget.value:
        return False
    if line.target.unit.dimension == "" and line.target.unit.factor == 1:
        return False  # a bare number may count anything
    scales = _SCALES if sheet.bound.heading is None else _SCALES[:1]
    return any((target.value, actual.value) == (budget.value * one, executed.value * one) for one in scales)


def structure_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """A group that the policy names and the form has not, or weighs otherwise; other weights are allowed, so a look."""
    if not sheet.form.complete or not sheet.bound.indicators:
        return
    found: dict[str, Fraction] = {}
    lines: dict[str, list[Line]] = {}
    branches = sheet.bound.program.branches
    held = {branch.path: branch.weight for branch in branches if branch.adding.way != "sum"}
    for line in sheet.lines:
        if line.weight is None:
            continue
        group = tidy(line.group) if line.is_execution else first_level(line.group)
        found[group] = found.get(group, Fraction(0)) + line.weight.value
        lines.setdefault(group, []).append(line)
    for path, own in sheet.card.structure.items():
        if "/" in path or own.weight is None or own.cap is not None:
            continue
        wanted = own.weight.points(Fraction(sheet.card.total))
        weight = held.get(path, found.get(path))
        if weight == wanted or (weight is None and not wanted):
            continue
        yield from sheet.finding(
            "structure-mismatch",
            lines=lines.get(path, ()),
            cells=[line.origin / "group" for line in lines.get(path, ())] or [sheet.form.origin],
            reported="" if weight is None else as_printed(weight),
            computed=as_printed(wanted),
            basis=own.basis or sheet.card.basis,
            what=said(
                "group-missing" if weight is None else "group-weighs",
                name=path,
                reported="" if weight is None else as_printed(weight),
                computed=as_printed(wanted),
            ),
        )


def misplaced_indicator(sheet: Sheet) -> Iterator[Finding]:
    """A name that says of which group the row is, in another group."""
    for line in sheet.bound.indicators:
        known = second_level(line.group)
        name = squeezed(line.name)
        wanted = next((group for word, group in _TELLING.items() if word in name), None)
        if wanted is None or known is None or known == wanted:
            continue
        if wanted == "满意" or known in _NARROW:
            yield from sheet.finding(
                "misplaced-indicator",
                lines=(line,),
                cells=(line.origin / "group", line.cell("name")),
                basis=sheet.card.basis,
                name=line.name,
                group=line.group.rpartition("/")[2],
                wanted=said(f"group-{'time' if wanted == '时效' else 'satisfaction'}"),
            )


def unassigned(sheet: Sheet) -> Iterator[Finding]:
    """A row that no line of the policy gives a method."""
    lines = [line for line in sheet.lines if line.method is None]
    if lines:
        yield from sheet.finding(
            "unassigned",
            lines=lines,
            cells=[line.cell("name") for line in lines],
            basis=sheet.card.basis,
            names=tuple(line.name for line in lines),
        )
