"""Checks against the rules: scores, tiers, targets, structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.binding import EXECUTION
from perfeval.forms.audit.checks.arithmetic import without_weight
from perfeval.forms.audit.checks.evidence import bare_rate
from perfeval.forms.audit.context import Sheet, as_printed, basis_of, check
from perfeval.forms.audit.line import Line
from perfeval.forms.audit.rounding import Followed, fitting, rounding_name
from perfeval.forms.cells import money, rate
from perfeval.forms.wordings import first_level, second_level
from perfeval.methods.normal_form import JudgedTier, squeezed
from perfeval.numbers.quantity import Quantity
from perfeval.numbers.rounding import percent_text
from perfeval.rulefile.groups import tidy
from perfeval.text.messages import Said, said, said_of

#: Names that say that a row is the execution rate once more.
_RATE_AGAIN: Final = re.compile(
    r"(?:预算|资金|经费|财政)[^，。；]{0,6}(?:执行|支付|支出|使用)(?:完成|执行)?(?:率|进度)|^(?:执行率|支出进度)"
)
_MONEY: Final = re.compile("资金|预算|经费|财政|支出|支付|拨付|投资")
#: What a bare amount of money may be meant in, where no heading says it.
_SCALES: Final = (Fraction(1), Fraction(10_000), Fraction(100_000_000))
#: The word of a name that says which group it is of, and how that group is known.
_TELLING: Final = {"时效": "时效", "及时性": "时效", "及时率": "时效", "满意度": "满意", "满意率": "满意"}
#: The groups that are so narrow that such a name is out of place in them.
_NARROW: Final = frozenset({"数量", "质量", "成本", "时效"})


@check("score-mismatch")
def score_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """The score is not what the rule gives, in the policy's rounding or in the form's own."""
    for line in sheet.bound.indicators:
        right, outcome = sheet.computed(line), line.outcome
        if right is None or line.reported is None or line.computed is None or outcome is None:
            continue
        policy, printed = sheet.bound.program.quanta.row, line.reported.value
        usual = line.computed if policy is None else policy.round(line.computed)
        if printed in {right, usual} or abs(printed - usual) <= Fraction(sheet.card.audit.tolerance.row):
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
            method=_called(line),
            working=working(line),
            only="" if other is None else said("only-rounded", how=rounding_name(other)),
            also="",
        )


def _called(line: Line) -> str | Said:
    """The method of *line*: its title in Chinese, where it has one."""
    name = line.method or ""
    return name if line.method_title is None else said("method-called", name=name, title=line.method_title)


def _is_deducted(line: Line) -> bool:
    """Return True if the target is met and points are lost that the rule does not take off."""
    met = line.verdict is not None and line.verdict.outcome == "met" and line.lost > 0
    return met and line.computed is not None and line.full is not None and line.computed >= line.full


def working(line: Line) -> str | Said:
    """Return the working of the rule: each formula that has numbers."""
    steps = line.outcome.steps if line.outcome else ()
    told = {"completion", "difference", "deviation", "share", "points"}
    parts: list[str | Said] = [
        said("working-step", term=said_of("term", one.term), formula=one.formula, value=_equals(one.shown))
        for one in steps
        if one.term in told and one.formula and not (one.term == "share" and one.formula == one.value)
    ]
    return said("working", steps=tuple(parts))


def _equals(value: str) -> str:
    """*value* as it follows a formula: what is near is not equal."""
    return value if value.startswith("≈") else f"= {value}"


@check("tier-mismatch")
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
    """Return True if some score in *tier* is *printed* after rounding, *full* being full marks."""
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


@check("met-but-deducted")
def met_but_deducted(sheet: Sheet) -> Iterator[Finding]:
    """The target is met, and points are lost that the rule does not take off."""
    for line in sheet.bound.indicators:
        if line.verdict is None or line.full is None:
            continue
        # A rule may take points off a target that is met: for going far past it, or by what it counts. What the rules
        # do not compute is told where numbers say that it is met; words that repeat the target are judged.
        by_numbers = line.computed is None and line.verdict.outcome == "met" and line.verdict.ways and line.lost > 0
        if not by_numbers and not _is_deducted(line):
            continue
        yield from sheet.finding(
            "met-but-deducted",
            lines=(line,),
            cells=(line.cell("score"), line.target_cell, line.actual_cell),
            reported="" if line.reported is None else as_printed(line.reported.value, line.reported),
            computed=as_printed(line.full, line.weight),
            basis=basis_of(sheet, line),
            name=line.name,
            target=line.target.text,
            actual=line.actual.text,
        )


@check("missed-but-full")
def missed_but_full(sheet: Sheet) -> Iterator[Finding]:
    """The target is missed in every way it can be read, and the row has full marks."""
    for line in sheet.bound.indicators:
        missed = line.verdict is not None and line.verdict.outcome == "missed"
        if not missed or line.reported is None or not line.full or not line.has_full_marks:
            continue
        right = sheet.computed(line)
        if right is not None and line.computed is not None and line.computed >= line.full:
            continue  # the rule gives them all the same
        computed = None if right is None else as_printed(right, line.reported)
        lower = computed is not None and right is not None and right < line.reported.value
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
            right=said("rule-gives", computed=computed or "") if lower else "",
        )


@check("unclear-target")
def unclear_target(sheet: Sheet) -> Iterator[Finding]:
    """Whether the target is met depends on its reading, and the score rests on that; or it cannot be told."""
    for line in sheet.bound.indicators:
        found = line.verdict
        if found is None or found.outcome != "unknown" or not line.counts or line.reported is None:
            continue
        if bare_rate(line) and line.fault is not None:
            continue  # odd-rate tells it
        if found.is_open:
            claimed, doubted = ("met", "missed") if line.has_full_marks else ("missed", "met")
            if found.likely == claimed or all(way.outcome != doubted for way in found.ways):
                continue  # the name speaks for what the score claims, or nothing speaks against it
            likely = found.likely == "missed" and line.has_full_marks
            yield from _unclear(
                sheet, line, said("read-in-ways", ways=tuple(way.said for way in found.ways)), likely=likely
            )
        elif found.why is not None and found.why.key in _UNTOLD:
            yield from _unclear(sheet, line, found.why, likely=False)


#: Why nothing can be told, where no other finding says so.
_UNTOLD: Final = frozenset(
    (
        *("untold-backwards", "untold-percent", "untold-ratio", "untold-year", "untold-within", "untold-loose"),
        *("untold-no-date", "untold-bound", "why-loose"),
    )
)


def _unclear(sheet: Sheet, line: Line, why: Said, *, likely: bool) -> Iterator[Finding]:
    yield from sheet.finding(
        "unclear-target",
        lines=(line,),
        cells=(line.target_cell, line.actual_cell),
        reported=line.actual.text,
        severity="warning" if likely else None,
        name=line.name,
        target=line.target.text,
        actual=line.actual.text,
        why=why,
    )


@check("execution-scored-twice")
def execution_scored_twice(sheet: Sheet) -> Iterator[Finding]:
    """The execution of the budget, scored once more as an indicator."""
    execution = sheet.bound.execution
    if execution is None or execution.weight is None or not execution.weight.value:
        return  # it has no points of its own
    for line in sheet.bound.indicators:
        if line.weight is None or not line.weight.value:
            continue
        named = _RATE_AGAIN.search(squeezed(line.name))
        if named or _same_money(sheet, line) or _same_rate(sheet, line):
            yield from sheet.finding(
                "execution-scored-twice",
                lines=(execution, line),
                cells=(line.cell("name"), line.target_cell, line.actual_cell),
                basis=sheet.card.basis,
                names=(EXECUTION, line.name),
            )


def _same_money(sheet: Sheet, line: Line) -> bool:
    """Return True if target and actual are the budget and what was executed of it."""
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


def _same_rate(sheet: Sheet, line: Line) -> bool:
    """Return True if a row about money repeats the execution rate as its actual; 0 and 100% prove nothing."""
    actual, whole = line.actual, sheet.whole
    if not isinstance(actual, Quantity) or actual.unit.dimension != "%" or sheet.rate in {None, 0, 1}:
        return False
    printed = None if whole is None else rate(whole.rate, sheet.rate)
    rates = {sheet.rate, None if printed is None else printed.value}
    return actual.value in rates and _MONEY.search(squeezed(line.name)) is not None


@check("structure-mismatch")
def structure_mismatch(sheet: Sheet) -> Iterator[Finding]:
    """A group that the policy names and the form has not, or weighs otherwise; other weights are allowed, so a look."""
    if not sheet.form.complete or not sheet.bound.indicators or without_weight(sheet):
        return
    lines = _by_group(sheet)
    held = {one.path: one.weight for one in sheet.bound.program.branches if one.adding.way != "sum"}
    for path, own in sheet.card.structure.items():
        if "/" in path or own.weight is None or own.cap is not None:
            continue
        members = lines.get(path, [])
        weight = held.get(path, _weight(members))
        wanted = own.weight.points(Fraction(sheet.card.total))
        if weight == wanted or (weight is None and not wanted):
            continue
        reported, computed = "" if weight is None else as_printed(weight), as_printed(wanted)
        word = "group-missing" if weight is None else "group-weighs"
        yield from sheet.finding(
            "structure-mismatch",
            lines=members,
            cells=[line.origin / "group" for line in members] or [sheet.form.origin],
            reported=reported,
            computed=computed,
            basis=own.basis or sheet.card.basis,
            what=said(word, name=path, reported=reported, computed=computed),
        )


def _weight(lines: Sequence[Line]) -> Fraction | None:
    """Return the sum of the weights of *lines*; None where there are none."""
    weights = [line.weight.value for line in lines if line.weight is not None]
    return sum(weights, Fraction(0)) if weights else None


def _by_group(sheet: Sheet) -> dict[str, list[Line]]:
    """Return the rows with a weight by their first-level group."""
    found: dict[str, list[Line]] = {}
    for line in sheet.lines:
        if line.weight is not None:
            found.setdefault(tidy(line.group) if line.is_execution else first_level(line.group), []).append(line)
    return found


@check("misplaced-indicator")
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
                wanted=said_of("group", "time" if wanted == "时效" else "satisfaction"),
            )


@check("unassigned")
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
