"""Scoring an iterator of forms, in order, in one process or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from attrs import define, evolve, field, frozen

from perfeval.batch.processes import chunks, in_order
from perfeval.engine.compiled.compiler import compiler_of
from perfeval.engine.compiled.replay import Rows
from perfeval.engine.plan import Plan
from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.engine.results.step import Step
from perfeval.numbers.scores import Number
from perfeval.problems import InputError, Origin, Problem
from perfeval.rulefile.library import Library
from perfeval.rulefile.scorecard import Facts

#: The facts of one form, or the path of a file of them; or why there are none.
Row: TypeAlias = "Facts | Mapping[str, Any] | str | PathLike[str] | InputError"

#: So many forms are handed to another process at once.
CHUNK: Final = 500


@frozen(kw_only=True)
class ScoredRow:
    """One form of many: its number, counted from 1, and what scoring says, or what is wrong with its facts."""

    number: int
    evaluation: Evaluation | None = None
    problems: tuple[Problem, ...] = ()


def score_rows(plan: Plan, rows: Iterable[Row], *, jobs: int = 1, strict: bool = False) -> Iterator[ScoredRow]:
    """Each of *rows* scored by *plan*, in order. With *strict* the first that cannot be is raised as InputError.

    Only a few chunks are ever held, however many rows there are.
    """
    found = _alone(plan, rows) if jobs < 2 else _together(plan, rows, jobs)
    for number, (evaluation, problems) in enumerate(found, 1):
        if problems:
            told = tuple(evolve(one, origin=_numbered(one.origin, number)) for one in problems)
            if strict:
                raise InputError(told)
            yield ScoredRow(number=number, problems=told)
        else:
            yield ScoredRow(number=number, evaluation=evaluation)


#: What a form came to.
_Outcome: TypeAlias = "tuple[Evaluation | None, tuple[Problem, ...]]"


def _numbered(origin: Origin, number: int) -> Origin:
    """Return the origin of a fact; facts without a file are named by their number."""
    return Origin(f"#{number}", origin.path) if origin.document == _NOWHERE else origin


_NOWHERE: Final = Facts(actuals={}).origin.document


def _scored(plan: Plan, row: Row) -> tuple[Evaluation, Facts | Mapping[str, Any]]:
    """Score *row* by *plan*, and return its facts too. Raises InputError."""
    if isinstance(row, InputError):
        raise row
    facts = Library().facts(Path(row)) if isinstance(row, str | PathLike) else row
    return plan.score(facts), facts


def _alone(plan: Plan, rows: Iterable[Row]) -> Iterator[_Outcome]:
    plan.generated.at_once()
    for row in rows:
        try:
            yield _scored(plan, row)[0], ()
        except InputError as error:
            yield None, error.problems


def _together(plan: Plan, rows: Iterable[Row], jobs: int) -> Iterator[_Outcome]:
    """The same by several processes: chunk for chunk, in order."""
    returned = _Returned(plan=plan)
    for chunk, flat in in_order(_work, chunks(map(_own, rows), CHUNK), jobs, _begin, plan):
        yield from returned.evaluations(chunk, flat)


def _own(row: Row) -> Row:
    """A copy that stays as it is: whoever gives the rows may fill one mapping again and again."""
    if type(row) is not dict:
        return row
    return {key: dict(one) if type(one) is dict else one for key, one in row.items()}


# In the other process: what comes back is flat, and unfolds where it is looked at.

#: Total, grade, the scores in quanta (none where the interpreter answered), and the facts where a file was read; or
#: the problems.
_Scored: TypeAlias = "tuple[Number, str | None, tuple[int, ...], Facts | None]"
_Flat: TypeAlias = "_Scored | tuple[Problem, ...]"
_plans: list[Plan] = []


def _begin(plan: Plan) -> None:
    plan.generated.at_once()
    _plans[:] = [plan]


def _work(chunk: list[Row]) -> list[_Flat]:
    (plan,) = _plans
    found: list[_Flat] = []
    for row in chunk:
        try:
            one, facts = _scored(plan, row)
            read = facts if isinstance(facts, Facts) and facts is not row else None
            found.append((one.total, one.grade, one._scores, read))
        except InputError as error:
            found.append(error.problems)
    return found


@define(kw_only=True, eq=False)
class _Returned:
    """Unfolds what came back from another process."""

    plan: Plan
    _rows: Rows | None = field(default=None, init=False, repr=False)

    def evaluations(self, chunk: list[Row], flats: list[_Flat]) -> Iterator[_Outcome]:
        for row, flat in zip(chunk, flats, strict=True):
            if flat and isinstance(flat[0], Problem):
                yield None, flat
                continue
            total, grade, scores, facts = cast("_Scored", flat)
            yield Evaluation(total, grade, scores, (facts or row,), self), ()

    def rows(self, evaluation: Evaluation) -> tuple[IndicatorResult, ...]:
        """The rows; they know their scores where generated code made them."""
        if not evaluation._scores:
            return self.whole(evaluation).indicators
        if self._rows is None:
            compiler = compiler_of(self.plan.program)
            assert compiler is not None, "another process had one"
            self._rows = compiler.rows(self)
        return self._rows(evaluation._scores, evaluation._givens)

    def whole(self, evaluation: Evaluation) -> Evaluation:
        """The same, by the interpreter."""
        return self.of(evaluation._givens)

    def of(self, givens: tuple[Any, ...]) -> Evaluation:
        return self.plan.interpreted(givens[0])

    def steps(self, index: int, givens: tuple[Any, ...]) -> tuple[Step, ...]:
        return self.of(givens).indicators[index].steps
