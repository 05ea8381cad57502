"""The context of a check: the bound form, its sums, and how to make a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, TypeAlias

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.line import Line
from perfeval.forms.audit.rounding import Followed
from perfeval.forms.audit.scoring import FormScore
from perfeval.forms.cells import Figure, money
from perfeval.forms.form import Form, FundsRow
from perfeval.forms.wordings import GRADE_ENDS, bare
from perfeval.methods.normal_form import squeezed
from perfeval.numbers.amounts import Cell
from perfeval.numbers.rounding import decimal, decimals_of, near_text, plain
from perfeval.problems import Origin
from perfeval.rulefile.scorecard import Grade
from perfeval.text.messages import FINDINGS, Said, Value, usual_severity
from perfeval.text.pairs import Severity

#: A check looks at a sheet and yields findings.
Check: TypeAlias = "Callable[[Sheet], Iterator[Finding]]"

_checks: Final[dict[str, Check]] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a function as the check of the finding *name*, whose texts stand in the catalog."""

    def register(function: Check) -> Check:
        _checks[name] = function
        return function

    return register


def checks() -> dict[str, Check]:
    """Return the registered checks, in the order in which their findings are told."""
    return {name: _checks[name] for name in FINDINGS if name in _checks}


class Sheet:
    """One form under audit. Nothing in it changes; what several checks need is worked out once."""

    def __init__(self, score: FormScore) -> None:
        self.score = score
        bound = self.bound = score.bound
        self.form: Form = bound.form
        self.card = bound.card
        self.lines = bound.lines

    # The money.

    def money(self, cell: Cell | None) -> Figure | None:
        return money(cell, self.bound.heading, self.bound.program.units)

    @property
    def whole(self) -> FundsRow | None:
        return self.form.whole

    @cached_property
    def budget(self) -> Figure | None:
        return None if self.whole is None else self.money(self.whole.budget)

    @cached_property
    def executed(self) -> Figure | None:
        return None if self.whole is None else self.money(self.whole.executed)

    @cached_property
    def rate(self) -> Fraction | None:
        """Executed ÷ budget, exact; None where either is missing or the budget is 0."""
        if self.budget is None or self.executed is None or not self.budget.value:
            return None
        return self.executed.value / self.budget.value

    # The points.

    @property
    def total(self) -> Figure | None:
        """The printed total."""
        return self.score.printed_total

    @property
    def scored(self) -> tuple[Line, ...]:
        """The rows that print a score."""
        return self.score.scored

    @cached_property
    def added(self) -> Fraction:
        """The printed scores, added up as the rules say."""
        return Fraction(self.score.printed.total)

    @property
    def followed(self) -> Followed:
        return self.score.followed

    @cached_property
    def lost(self) -> tuple[Line, ...]:
        """The rows that lost points by their own score."""
        return tuple(line for line in self.lines if line.lost > 0)

    def grade(self, total: Fraction) -> Grade | None:
        """The grade of *total* by the rules."""
        name = self.score.grade(total)
        return next((one for one in self.card.grades if one.name == name), None)

    def is_called(self, text: str, grade: Grade) -> bool:
        """Return True if *text* is the name of *grade*, or an alias: with 等级 behind it, or something in brackets."""
        names = {squeezed(name) for name in (grade.name, *grade.aliases)}
        word = bare(text)
        return squeezed(text) in names or any(word in {name, *(name + one for one in GRADE_ENDS)} for name in names)

    def computed(self, line: Line) -> Fraction | None:
        """Return the score of *line* by the rules, in the rounding that the form follows."""
        return None if line.computed is None else self.followed.round(line.computed)

    # Findings.

    def severity(self, check: str, usual: Severity | None = None) -> Severity:
        """Return the severity of *check*: as the rules state, else *usual*, else its default."""
        return self.card.audit.severity.get(check) or usual or usual_severity(check)

    def finding(
        self,
        check: str,
        /,
        *,
        lines: Sequence[Line] = (),
        cells: Sequence[Cell | Origin | None] = (),
        reported: str | None = None,
        computed: str | None = None,
        cause: Said | None = None,
        basis: str | None = None,
        severity: Severity | None = None,
        **args: Value,
    ) -> Iterator[Finding]:
        """Yield a finding of *check*, unless the rules switch it off. *severity* overrides the default, if milder."""
        level = self.severity(check, severity)
        if level == "off":
            return
        origins = [one if isinstance(one, Origin) else one.origin for one in cells if one is not None]
        yield Finding(
            name=check,
            severity=level,
            rows=tuple(line.name for line in lines),
            origins=tuple(origins or [line.origin for line in lines] or [self.form.origin]),
            reported=reported,
            computed=computed,
            cause=cause,
            basis=basis,
            args={"reported": reported or "", "computed": computed or "", **args},
        )


def basis_of(sheet: Sheet, line: Line) -> str | None:
    """Return the basis of the rule of *line*."""
    row = line.program_row
    method = sheet.card.methods.get(line.method or "")
    return (row.basis if row else None) or (method.basis if method else None) or sheet.card.basis


def as_printed(value: Fraction, *like: Figure | None) -> str:
    """*value* with the decimals of the finest of *like*, or its own where it has more; cut to four where endless."""
    own = decimals_of(value)
    most = max([one.decimals for one in like if one is not None], default=0)
    if own is None:
        return near_text(value)
    return plain(decimal(value, max(own, most)))
