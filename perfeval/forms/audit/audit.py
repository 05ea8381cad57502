"""The audit of one form: claims, sums, scores by the rules, findings."""

from __future__ import annotations

from typing import Any, Final, Literal

from attrs import field, frozen

from perfeval.engine.results.evaluation import Finding
from perfeval.engine.results.step import Step
from perfeval.forms.audit.binding import Binder
from perfeval.forms.audit.checks.register import CHECKS, told
from perfeval.forms.audit.context import Sheet
from perfeval.forms.audit.line import Line
from perfeval.forms.audit.rounding import Followed
from perfeval.forms.audit.scoring import FormScore, Total
from perfeval.forms.form import Form
from perfeval.numbers.amounts import Cell
from perfeval.numbers.rounding import exact_text
from perfeval.numbers.scores import Number, number_text
from perfeval.problems import Origin
from perfeval.rulefile.scorecard import RuleDocument, Scorecard
from perfeval.text.messages import Language, Said, said, say
from perfeval.text.pairs import Severity
from perfeval.version import VERSION

#: The version of the layout of ``as_dict``.
LAYOUT: Final = 1

#: Why the policy is the one it is: it was asked for, the form names it, or it is the usual one.
Choice = Literal["asked", "form", "usual"]


@frozen(kw_only=True)
class Audit:
    """The audit of one form. Frozen; numbers are exact.

    ``reported`` is what the form prints, as printed; ``added_up`` the sum of its printed rows; ``computed`` what the
    rules give for the rows they can check, with the others as the unit judged them, in the rounding that the form
    follows (``rounding``); ``at_policy_rounding`` the same in the policy's own. ``findings`` come by kind
    (what contradicts itself, what contradicts the rules, what needs a reason, what needs a look), then by severity.
    """

    form: Form
    policy: Scorecard
    choice: Choice
    lines: tuple[Line, ...]
    reported_total: Cell | None
    reported_grade: Cell | None
    #: The grade that the form claims, in the name that the rules have for it; else that of its printed total.
    claimed_grade: str | None
    added_up: Total
    computed: Total
    at_policy_rounding: Number | None
    rounding: Followed
    findings: tuple[Finding, ...]
    scores: tuple[Number | None, ...] = field(repr=False)
    engine: str = VERSION

    @property
    def failed(self) -> bool:
        """True if something contradicts itself on paper, or the rules in their arithmetic."""
        return any(one.severity == "error" for one in self.findings)

    @property
    def checked(self) -> int:
        """The number of rows that the rules check."""
        return sum(line.state == "checked" for line in self.lines)

    @property
    def judged(self) -> int:
        """The number of rows taken as the unit judged them."""
        return sum(line.state == "judged" for line in self.lines)

    @property
    def under_reading(self) -> int:
        """The number of rows that the rules check only in one reading of their target."""
        return sum(line.state == "reading" for line in self.lines)

    @property
    def rules(self) -> tuple[RuleDocument, ...]:
        return self.policy.documents

    def count(self, severity: Severity) -> int:
        return sum(one.severity == severity for one in self.findings)

    def where(self, origin: Origin) -> str:
        """Return the place of *origin* as text: a line of the form or of a rule, or a cell."""
        place = None if origin.document == self.form.file else origin.place
        return str(self.form.spot(origin)) if place is None else f"{place.file}:{place.line}"

    @property
    def grade_differs(self) -> bool:
        """True if the printed grade, or the one of the printed total, is not the one by the rules."""
        return self.claimed_grade is not None and self.computed.grade not in {None, self.claimed_grade}

    def verdict_in(self, lang: Language) -> str:
        """The whole of it in one line."""
        parts: list[Said] = []
        if self.reported_total is not None and self.reported_total.text.strip():
            grade = self.reported_grade.text.strip() if self.reported_grade else ""
            parts.append(said("verdict-printed", total=self.reported_total.text.strip(), grade=grade))
        else:
            parts.append(said("verdict-no-total"))
        if self.added_up.total is not None:
            total = number_text(self.added_up.total)
            parts.append(said("verdict-added", total=total, grade=self.added_up.grade or ""))
        checked = say(lang, "verdict-checked", checked=self.checked, rows=len(self.lines))
        if self.under_reading:
            checked += say(lang, "verdict-open", open=self.under_reading)
        after = "；" if lang == "zh" else "; "
        told = [*(" ".join(one.text(lang).split()) for one in parts), checked]
        return " · ".join(told) + after + " ".join(self._computed_in(lang).split())

    def _computed_in(self, lang: Language) -> str:
        """The total by the rules, or why there is none."""
        if self.computed.total is None:
            return self.computed.why_in(lang) or ""
        total, grade = number_text(self.computed.total), self.computed.grade or ""
        if not self.judged:
            return say(lang, "verdict-all", total=total, grade=grade)
        if self.rounding.by_policy:
            return say(lang, "verdict-computed", judged=self.judged, total=total, grade=grade)
        policy = "" if self.at_policy_rounding is None else number_text(self.at_policy_rounding)
        return say(lang, "verdict-computed-own", judged=self.judged, total=total, grade=grade, policy=policy)

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The audit as plain data; every number is text, sentences are in *lang*. The layout has a version."""
        form, rounding = self.form, self.rounding.quantum
        return {
            "format": LAYOUT,
            "engine": self.engine,
            "form": {
                "file": form.file,
                **{key: _text(getattr(form, key)) for key in ("title", "project", "department", "agency")},
                "year": form.in_year,
                "note": form.note,
            },
            "rules": {
                "id": self.policy.id,
                "basis": self.policy.basis,
                "chosen": self.choice,
                "digests": [one.document.digest for one in self.rules],
            },
            **self._totals(lang),
            "rounding": {
                "to": None if rounding is None else exact_text(rounding.step),
                "mode": None if rounding is None else rounding.mode,
                "by_policy": self.rounding.by_policy,
            },
            "verdict": self.verdict_in(lang),
            "indicators": [self._row(line, score, lang) for line, score in zip(self.lines, self.scores, strict=True)],
            "findings": [self._finding(one, lang) for one in self.findings],
        }

    def brief(self, lang: Language = "en") -> dict[str, Any]:
        """Return the summary for a list of many forms: as ``as_dict``, without rows and places."""
        return {
            "form": {"file": self.form.file},
            **self._totals(lang),
            "findings": [{"check": one.name, "severity": one.severity} for one in self.findings],
        }

    def _totals(self, lang: Language) -> dict[str, Any]:
        return {
            "reported": {"total": _text(self.reported_total), "grade": _text(self.reported_grade)},
            "added_up": {"total": _number(self.added_up.total), "grade": self.added_up.grade},
            "computed": {
                "total": _number(self.computed.total),
                "grade": self.computed.grade,
                "total_at_policy_rounding": _number(self.at_policy_rounding),
                "checked_rows": self.checked,
                "judged_rows": self.judged,
                "rows_under_reading": self.under_reading,
                "grade_differs": self.grade_differs,
                "why_not": self.computed.why_in(lang),
            },
        }

    def _row(self, line: Line, score: Number | None, lang: Language) -> dict[str, Any]:
        steps = line.outcome.steps if line.outcome is not None else ()
        return {
            "name": line.name,
            "group": line.group,
            "weight": None if line.weight is None else exact_text(line.weight.value),
            "target": _text(line.target_cell),
            "actual": _text(line.actual_cell),
            "reported": _text(line.cell("score")),
            "computed": _number(score),
            "method": line.method,
            "judged": line.state == "judged",
            "why": line.why_in(lang),
            "steps": [self._step(one, lang) for one in steps],
            "cell": self.where(line.origin / "score"),
        }

    def _step(self, step: Step, lang: Language) -> dict[str, Any]:
        return step.as_dict(lang) | {"origin": self.where(step.origin), "line": None}

    def _finding(self, one: Finding, lang: Language) -> dict[str, Any]:
        return {
            "check": one.name,
            "severity": one.severity,
            "rows": list(one.rows),
            "cells": [self.where(origin) for origin in one.origins],
            "reported": one.reported,
            "computed": one.computed,
            "cause": None if one.cause is None else one.cause.text(lang),
            "message": one.text(lang),
            "also": list(one.also),
            "basis": one.basis,
        }


def _text(cell: Cell | None) -> str | None:
    return None if cell is None else cell.text.strip()


def _number(value: Number | None) -> str | None:
    return None if value is None else number_text(value)


def audited(binder: Binder, form: Form, choice: Choice = "asked") -> Audit:
    """*form* held against the policy of *binder*. Raises InputError where that does not stand in the form's year."""
    score = FormScore(binder.bind(form))
    sheet = Sheet(score)
    findings = told(one for check in CHECKS.values() for one in check(sheet))
    own = score.followed
    computed = score.computed(own.quantum)
    return Audit(
        form=form,
        policy=sheet.card,
        choice=choice,
        lines=score.lines,
        reported_total=form.reported.total,
        reported_grade=form.reported.grade,
        claimed_grade=_claimed(sheet),
        added_up=score.added_up,
        computed=computed,
        at_policy_rounding=(computed if own.by_policy else score.computed(sheet.bound.program.quanta.row)).total,
        rounding=own,
        findings=findings,
        scores=score.scores(own.quantum),
    )


def _claimed(sheet: Sheet) -> str | None:
    cell = sheet.form.reported.grade
    if cell is not None and cell.text.strip():
        return next((one.name for one in sheet.card.grades if sheet.is_called(cell.text, one)), cell.text.strip())
    grade = None if sheet.total is None else sheet.grade(sheet.total.value)
    return None if grade is None else grade.name
