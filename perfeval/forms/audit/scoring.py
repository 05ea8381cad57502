"""The scores of a bound form: as printed, in the form's rounding, in the policy's."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from attrs import define, field, frozen

from perfeval.engine.plan import Plan
from perfeval.engine.scoring.totals import Sum, add_up, grade_at, rounded
from perfeval.forms.audit.binding import Binder, Bound
from perfeval.forms.audit.line import Line
from perfeval.forms.audit.rounding import Followed, followed
from perfeval.forms.cells import Figure, blank, points
from perfeval.forms.form import Form
from perfeval.numbers.rounding import Quantum
from perfeval.numbers.scores import Number, places
from perfeval.problems import InputError, Problem, problem
from perfeval.text.messages import Language, Said, said


@frozen(kw_only=True)
class Total:
    """A total and the grade that it earns; either is None where there is none, and ``why`` then says why."""

    total: Number | None = None
    grade: str | None = None
    why: Said | Problem | None = None

    def why_in(self, lang: Language) -> str | None:
        """Return why there is no total, in a sentence."""
        if self.why is None:
            return None
        return self.why.message_in(lang) if isinstance(self.why, Problem) else self.why.text(lang)


class FormScore:
    """The totals of one form. Nothing in it changes; each is worked out when it is first asked for."""

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.lines = bound.lines

    # As the form prints it.

    @cached_property
    def printed_total(self) -> Figure | None:
        return points(self.bound.form.reported.total)

    @cached_property
    def scored(self) -> tuple[Line, ...]:
        """The rows that print a score; one that does not apply may print a 0."""
        return tuple(line for line in self.lines if line.reported is not None and (line.applies or line.reported.value))

    @cached_property
    def printed(self) -> Sum:
        """The printed scores, added up as the rules say."""
        inside = {line.index for line in self.scored}
        rows = [line.as_reported if line.index in inside else None for line in self.lines]
        return self._sum(rows)

    def _sum(self, rows: Sequence[Number | None]) -> Sum:
        """*rows* added up as the rules say; the total has the decimals of the finest of them."""
        decimals = max((places(score) or 0 for score in rows if score is not None), default=0)
        return add_up(self.bound.program, rows, self.bound.scored.weights, decimals=decimals)

    @cached_property
    def added_up(self) -> Total:
        """The printed scores added up, and the grade of their sum. Of a part of a form a grade would say nothing."""
        if not self.scored:
            return Total(why=said("no-total-rows"))
        unread = [line.name for line in self.lines if line.reported is None and not blank(line.cell("score"))]
        if unread:
            return Total(why=said("no-total-scores", names=tuple(unread)))  # what cannot be read may be any
        return Total(total=self.printed.total, grade=self.printed.grade if self.bound.form.complete else None)

    def grade(self, total: Fraction) -> str | None:
        """The grade of *total* by the rules, after the overrides that rest on the printed scores."""
        if total == Fraction(self.printed.total):
            return self.printed.grade
        return grade_at(self.bound.program, total, self.printed.holding)

    # By the rules.

    @cached_property
    def followed(self) -> Followed:
        """The rounding that the scores of the form follow."""
        return followed(self.lines, self.bound.program.quanta.row)

    def computed(self, quantum: Quantum | None) -> Total:
        """The total by the rules: rows rounded to *quantum*, those that they do not check as the unit judged them."""
        missing = [line.name for line in self.lines if line.computed is None and line.reported is None and line.counts]
        if missing:
            return Total(why=said("no-total-scores", names=tuple(missing)))
        if not self.lines:
            return Total(why=said("no-total-rows"))
        if not self.bound.form.complete:
            return Total(why=said("no-total-copy"))
        if self.bound.unscored is not None:
            return Total(why=self.bound.unscored)
        found = self._sum(self.bound.scored.scores(quantum))
        return Total(total=found.total, grade=found.grade)

    def scores(self, quantum: Quantum | None) -> tuple[Number | None, ...]:
        """Return the score of each row by the rules, rounded to *quantum*; None for one that they do not check."""
        return tuple(None if line.computed is None else rounded(line.computed, quantum) for line in self.lines)


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
        found = FormScore(binder.bind(form))
        quantum = found.followed.quantum
        scores = found.scores(quantum)
        empty = [
            line
            for line, score in zip(found.lines, scores, strict=True)
            if score is None and line.as_reported is None and line.counts
        ]
        total = found.computed(quantum)
        if empty or total.total is None:
            raise InputError(_unscored(found.bound, empty))
        marks = [
            (line, line.as_reported if score is None else score)
            for line, score in zip(found.lines, scores, strict=True)
        ]
        return FormScores(
            total=total.total,
            grade=total.grade,
            indicators=tuple(
                FormRow(name=line.name, group=line.group, score=score) for line, score in marks if score is not None
            ),
        )


def _unscored(bound: Bound, empty: Sequence[Line]) -> list[Problem]:
    """Return why a form has no total: rows without a score, rules that leave it open, or no rows at all."""
    if not empty and bound.unscored is not None:
        return [bound.unscored]
    missing = [problem("missing-fact", line.origin / "score", found=line.name) for line in empty or bound.lines]
    return missing or [problem("no-indicators", bound.form.origin, found=bound.form.name)]
