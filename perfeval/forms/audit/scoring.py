"""A form scored by one policy or another: what the rules give its rows, and as the unit judged where they give none."""

from __future__ import annotations

from attrs import define, field, frozen

from perfeval.engine.plan import Plan
from perfeval.engine.scores import Number
from perfeval.forms.audit.auditing import audited
from perfeval.forms.binding import Binder
from perfeval.forms.form import Form
from perfeval.language.library import locate
from perfeval.problems import InputError, problem


@frozen(kw_only=True)
class FormRow:
    """One row of a form, with the score that it comes to."""

    name: str
    group: str
    score: Number
    id: str | None = None


@frozen(kw_only=True)
class FormScores:
    """A form, scored."""

    total: Number
    grade: str | None
    indicators: tuple[FormRow, ...]


@define
class FormScorer:
    """Scores forms by any of a few plans, and keeps what is the same for all forms of one."""

    _binders: dict[int, Binder] = field(factory=dict)

    def scores(self, form: Form, plan: Plan) -> FormScores:
        """*form* by *plan*. Raises InputError where a row has neither a rule that can be computed nor a score."""
        binder = self._binders.setdefault(id(plan), Binder(plan))
        try:
            found = audited(binder, form)
            rows = list(zip(found.lines, found.scores, strict=True))
            empty = [line for line, score in rows if score is None and line.as_reported is None and line.counts]
            if empty or found.computed.total is None:
                lines = empty or found.lines
                raise InputError(
                    [problem("missing-fact", line.origin / "score", found=line.name) for line in lines]
                    or [problem("no-indicators", form.origin, found=form.name)]
                )
        except InputError as error:
            raise InputError(locate(error.problems, [form.document] if form.document else [])) from None
        marks = [(line, line.as_reported if score is None else score) for line, score in rows]
        return FormScores(
            total=found.computed.total,
            grade=found.computed.grade,
            indicators=tuple(
                FormRow(name=line.name, group=line.group, score=score) for line, score in marks if score is not None
            ),
        )
