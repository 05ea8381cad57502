"""Working out again, by the interpreter, what generated code leaves out of its results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol, TypeAlias

from attrs import define, field, frozen

from perfeval.engine.compiled.layout import Layout, is_plain
from perfeval.engine.compiled.rows import KEPT
from perfeval.engine.facts.reader import read_fact
from perfeval.engine.program.program import Program
from perfeval.engine.results.evaluation import Evaluation
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.engine.results.step import Step
from perfeval.engine.scoring.interpreter import score_row
from perfeval.engine.scoring.weights import Weights
from perfeval.problems import Problem
from perfeval.rulefile.scorecard import Facts

#: Where facts stand that are in no file.
_FACTS: Final = Facts(actuals={}).origin

#: Facts scored by the interpreter.
Interpreting: TypeAlias = Callable[[Facts], Evaluation]

#: The scores of a form in quanta and the values of its facts, as rows that know what else there is to say.
Rows: TypeAlias = Callable[[tuple[int, ...], tuple[Any, ...]], tuple[IndicatorResult, ...]]


class Recalling(Protocol):
    """Works out an evaluation, or one row of it, again from the values of its facts."""

    def of(self, givens: tuple[Any, ...]) -> Evaluation:
        """The whole evaluation."""

    def steps(self, index: int, givens: tuple[Any, ...]) -> tuple[Step, ...]:
        """The working of one row."""


@define(eq=False, repr=False)
class Recalled:
    """The evaluation that was worked out again last: its rows are asked one after the other."""

    recalling: Recalling
    _last: tuple[tuple[Any, ...], Evaluation] | None = field(default=None, init=False)

    def of(self, givens: tuple[Any, ...]) -> Evaluation:
        last = self._last
        if last is None or last[0] is not givens:
            last = self._last = (givens, self.recalling.of(givens))
        return last[1]


@frozen(eq=False, repr=False)
class RowRecall:
    """Works out again one row of the evaluations that generated code made."""

    recalling: Recalling
    last: Recalled
    index: int

    def steps(self, givens: tuple[Any, ...]) -> tuple[Step, ...]:
        return self.recalling.steps(self.index, givens)

    def whole(self, row: IndicatorResult) -> IndicatorResult:
        return self.last.of(row._givens).indicators[self.index]


@define(kw_only=True, eq=False, repr=False)
class Folded:
    """Unfolds the evaluations that one generated function made."""

    program: Program
    weights: Weights
    layout: Layout
    interpret: Interpreting
    #: Makes the function that makes the rows.
    write_rows: Callable[[Recalling], Rows]
    #: The workings that were asked for, by row and fact.
    _kept: dict[Any, tuple[Step, ...]] = field(factory=dict, init=False)
    _rows: Rows | None = field(default=None, init=False)

    def rows(self, evaluation: Evaluation) -> tuple[IndicatorResult, ...]:
        """The rows, each with its score; what else they say unfolds when it is asked for."""
        if self._rows is None:
            self._rows = self.write_rows(self)
        return self._rows(evaluation._scores, evaluation._givens)

    def whole(self, evaluation: Evaluation) -> Evaluation:
        """The same, by the interpreter."""
        return self.of(evaluation._givens)

    def of(self, givens: tuple[Any, ...]) -> Evaluation:
        return self.interpret(Facts(actuals=self.layout.facts(givens)))

    def steps(self, index: int, givens: tuple[Any, ...]) -> tuple[Step, ...]:
        """The working of one row, and of no other; kept for the next time that the row has this fact."""
        values = self.layout.values(index, givens)
        if not all(map(is_plain, values)):
            return self._worked_out(index, givens)
        key = (index, values, *map(type, values))
        found = self._kept.get(key)
        if found is None:
            found = self._worked_out(index, givens)
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _worked_out(self, index: int, givens: tuple[Any, ...]) -> tuple[Step, ...]:
        program, row = self.program, self.program.rows[index]
        faults: list[Problem] = []
        origin = _FACTS / self.layout.places[index].key
        given = read_fact(row.subject, self.layout.fact(index, givens), origin, program.units, faults)
        assert given is not None, "it was read before"
        return score_row(program, row, given, self.weights.rows[index]).steps
