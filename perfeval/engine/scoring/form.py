"""Scoring one form: rows become weights, scores, groups, total and grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import frozen

from perfeval.engine.facts.reading import Given, RowReading
from perfeval.engine.program.program import Program
from perfeval.engine.scoring.interpreter import Outcome, UnscorableError, score_row
from perfeval.engine.scoring.totals import Sum, add_up, rounded
from perfeval.engine.scoring.weights import Weights, weighed
from perfeval.numbers.rounding import Quantum
from perfeval.numbers.scores import Number
from perfeval.problems import Origin, Problem, problem


@frozen(kw_only=True, eq=False)
class ScoredForm:
    """A form whose rows are worked out: what was known of each, what each weighs in this form, and what came of it.

    A row of which only a claimed score is known has no outcome.
    """

    program: Program
    readings: tuple[RowReading, ...]
    weights: Weights
    outcomes: tuple[Outcome | None, ...]
    #: The yes/no facts that hold.
    flags: frozenset[str] = frozenset()

    @cached_property
    def sum(self) -> Sum:
        """Groups, total and grade, each row rounded as the rules say."""
        return add_up(self.program, self.scores(self.program.quanta.row), self.weights, self.flags)

    def scores(self, quantum: Quantum | None) -> tuple[Number | None, ...]:
        """The score of each row, those that are computed rounded to *quantum*; None where it does not apply."""
        return tuple(
            (None if outcome is None else rounded(outcome.points, quantum))
            if isinstance(reading, Given) and reading.applies
            else getattr(reading, "score", None)
            for reading, outcome in zip(self.readings, self.outcomes, strict=True)
        )


def score_form(
    program: Program,
    readings: Sequence[RowReading | None],
    flags: Mapping[str, bool],
    origin: Origin,
    faults: list[Problem],
    *,
    weights: Weights | None = None,
) -> ScoredForm | None:
    """The form of *readings*, one a row; None, with the reasons among *faults*, where it cannot be scored.

    *origin* is where the facts stand, *flags* the yes/no facts. A reading that is None was refused before. *weights*
    are those of the form where they are known; else they follow from what applies.
    """
    known = [one for one in readings if one is not None]
    if weights is None and len(known) == len(readings):
        weights = weighed(program, known, origin, faults)
    outcomes: list[Outcome | None] = []
    for row, reading in zip(program.rows, readings, strict=True):
        outcome: Outcome | None = None
        if isinstance(reading, Given):
            weight = row.weight if weights is None else weights.rows[row.index]
            try:
                outcome = score_row(program, row, reading, weight)
            except UnscorableError:
                faults.append(problem("no-share", reading.actual_origin, found=reading.actual, name=row.name))
        outcomes.append(outcome)
    if faults or weights is None:
        return None
    holding = frozenset(name for name, holds in flags.items() if holds)
    return ScoredForm(program=program, readings=tuple(known), weights=weights, outcomes=tuple(outcomes), flags=holding)
