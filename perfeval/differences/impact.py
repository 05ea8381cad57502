"""The scores and grades that move from one rule file to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from attrs import frozen

from perfeval.differences.pairing import aligned, paired
from perfeval.engine.plan import Plan
from perfeval.numbers.scores import Number, difference, number_text
from perfeval.problems import InputError, Problem
from perfeval.rulefile.scorecard import Facts
from perfeval.text.messages import Language


@frozen(kw_only=True)
class Mark:
    """The total and grade of a form by one of the two rule files."""

    total: Number
    grade: str | None

    def as_dict(self) -> dict[str, Any]:
        return {"total": number_text(self.total), "grade": self.grade}


@frozen(kw_only=True)
class RowMove:
    """A row whose score moves; None where a rule file has no such row."""

    indicator: str
    group: str
    before: Number | None
    after: Number | None

    @property
    def by(self) -> Number:
        """The score by the new rules less that by the old ones; a row that is not there has none."""
        return difference(Fraction(self.after or 0), self.before or Decimal(0))

    def as_dict(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator,
            "group": self.group,
            "before": None if self.before is None else number_text(self.before),
            "after": None if self.after is None else number_text(self.after),
            "by": number_text(self.by),
        }


@frozen(kw_only=True)
class Move:
    """One form, scored by the old rules and by the new ones.

    ``before`` or ``after`` is None where it cannot be scored by them; ``old_problems`` and ``new_problems`` say why.
    ``rows`` are the rows whose score moves, the largest move first.
    """

    facts: str
    before: Mark | None = None
    after: Mark | None = None
    rows: tuple[RowMove, ...] = ()
    old_problems: tuple[Problem, ...] = ()
    new_problems: tuple[Problem, ...] = ()

    @property
    def by(self) -> Number | None:
        """The total by the new rules less that by the old ones."""
        if self.before is None or self.after is None:
            return None
        return difference(Fraction(self.after.total), self.before.total)

    @property
    def changes_grade(self) -> bool:
        return self.before is not None and self.after is not None and self.before.grade != self.after.grade

    @property
    def moves(self) -> bool:
        """True if total, grade or the score of any row moves."""
        return bool(self.by) or self.changes_grade or bool(self.rows)

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The move as plain data, for ``--format json``."""
        return {
            "facts": self.facts,
            "before": None if self.before is None else self.before.as_dict(),
            "after": None if self.after is None else self.after.as_dict(),
            "by": None if self.by is None else number_text(self.by),
            "changes_grade": self.changes_grade,
            "rows": [row.as_dict() for row in self.rows],
            "old_problems": [one.as_dict(lang) for one in self.old_problems],
            "new_problems": [one.as_dict(lang) for one in self.new_problems],
        }


class RowScore(Protocol):
    """One row of what is scored."""

    @property
    def id(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def score(self) -> Number: ...


class Scores(Protocol):
    """The scores of a form: an evaluation, or as much of one."""

    @property
    def total(self) -> Number: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def indicators(self) -> Sequence[RowScore]: ...


#: Facts; or what a form comes to by a plan, which raises InputError where it cannot.
Scorable: TypeAlias = "Facts | Callable[[Plan], Scores]"


def moved(old: Plan, new: Plan, forms: Iterable[tuple[str, Scorable | InputError]]) -> Iterator[Move]:
    """Score each of the named *forms* by both files, or return why one cannot be read."""
    for name, form in forms:
        if isinstance(form, InputError):
            yield Move(facts=name, old_problems=form.problems, new_problems=form.problems)
            continue
        before, after = _scored(old, form), _scored(new, form)
        yield Move(
            facts=name,
            before=_mark(before),
            after=_mark(after),
            rows=_rows(before, after),
            old_problems=before.problems if isinstance(before, InputError) else (),
            new_problems=after.problems if isinstance(after, InputError) else (),
        )


def by_size(moves: Iterable[Move]) -> tuple[Move, ...]:
    """*moves*, the largest first; of one size those that change the grade, then as given; unscored ones last."""
    return tuple(sorted(moves, key=lambda one: (one.by is None, -abs(Fraction(one.by or 0)), not one.changes_grade)))


def _scored(plan: Plan, form: Scorable) -> Scores | InputError:
    try:
        return plan.score(form) if isinstance(form, Facts) else form(plan)
    except InputError as error:
        return error


def _mark(scored: Scores | InputError) -> Mark | None:
    return None if isinstance(scored, InputError) else Mark(total=scored.total, grade=scored.grade)


def _rows(before: Scores | InputError, after: Scores | InputError) -> tuple[RowMove, ...]:
    """The rows whose score moves, the largest move first."""
    if isinstance(before, InputError) or isinstance(after, InputError):
        return ()
    olds, news = before.indicators, after.indicators
    pairs = paired(*([(row.id, (row.group, row.name), row.name) for row in rows] for rows in (olds, news)))
    found: list[RowMove] = []
    for old, new in aligned(pairs, len(olds), len(news)):
        one, other = None if old is None else olds[old], None if new is None else news[new]
        row = other or one
        assert row is not None
        scores = _score(one), _score(other)
        if scores[0] != scores[1]:
            found.append(RowMove(indicator=row.name, group=row.group, before=scores[0], after=scores[1]))
    return tuple(sorted(found, key=lambda row: -abs(Fraction(row.by))))


def _score(row: RowScore | None) -> Number | None:
    return None if row is None else row.score
