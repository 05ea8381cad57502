"""Proofs about grades: a dead grade is one that no total and no override gives."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from perfeval.engine.program.program import Program
from perfeval.engine.proofs.form_ranges import form_range
from perfeval.numbers.piecewise import ZERO, Piece, Range, on_grid, within
from perfeval.numbers.rounding import Quantum, near_text
from perfeval.problems import Problem, problem
from perfeval.rulefile.scorecard import Scorecard
from perfeval.text.messages import Said, said


def prove_grades(card: Scorecard, program: Program, shares: Sequence[Range]) -> Iterator[Problem]:
    """Every grade can be earned by some total, or given by an override."""
    if not card.grades:
        return
    given = {one.grade for one in card.overrides} | {one.best_grade for one in card.overrides}
    totals = [Fraction(one.total) for one in card.overrides if one.total is not None]
    quanta = program.quanta
    quantum = quanta.total if quanta.grade_reads_total else quanta.grade
    span = form_range(program, shares) if program.rows else Range(low=ZERO, high=program.cap)
    read = _Totals(program=program, quantum=quantum, low=span.low or ZERO, high=span.high)
    above: Fraction | None = None
    for grade in card.grades:
        if grade.from_ is None:
            # A policy may leave its overrides to those who use it.
            if grade.name not in given and program.rows and card.owns(grade.origin):
                advice, reason = said("give-grade"), said("never-given")
                yield problem("unreachable-grade", grade.origin, advice=advice, found=grade.name, reason=reason)
            continue
        own = Piece(low=Fraction(grade.from_), low_closed=True, high=above)
        above = Fraction(grade.from_)
        is_given = grade.name in given or any(own.holds(one) for one in totals)
        if not is_given and card.owns(grade.origin) and (why := read.miss(own)) is not None:
            yield problem("unreachable-grade", grade.origin / "from", found=grade.name, reason=why)


@frozen(kw_only=True)
class _Totals:
    """The totals that grades read: from *low* to *high*, rounded."""

    program: Program
    quantum: Quantum | None
    low: Fraction
    high: Fraction | None

    def _rounded(self, total: Fraction) -> Fraction:
        return total if self.quantum is None else self.quantum.round(total)

    @property
    def possible(self) -> Piece:
        high = None if self.high is None else self._rounded(self.high)
        return Piece(low=self._rounded(self.low), low_closed=True, high=high, high_closed=True)

    def miss(self, own: Piece) -> Said | None:
        """Return why no total falls into *own*; None if one does."""
        if not within([own], self.possible):
            low, high = self.possible.low or ZERO, self.possible.high
            return said("totals-from-to", low=near_text(low), high="∞" if high is None else near_text(high))
        step = self.passes(own)
        return None if step is None else said("rounded-past", step=near_text(step))

    def passes(self, own: Piece) -> Fraction | None:
        """Return the rounding of totals if none of them falls into *own*, a part of what is possible; else None."""
        row = self.program.quanta.row
        if row is not None and self.program.rows and all(one.adding.is_plain for one in self.program.branches):
            # The total is the sum of rounded rows, unless it is the cap.
            if self.program.cap is not None and self.high == self.program.cap and own.holds(self._rounded(self.high)):
                return None
            most = self.high if self.high is not None else (own.low or ZERO) + 1
            sums = range(math.ceil(self.low / row.step), math.floor(most / row.step) + 1)
            first = bisect_left(sums, own.low or ZERO, key=lambda count: self._rounded(count * row.step))
            if first < len(sums) and own.holds(self._rounded(sums[first] * row.step)):
                return None
            return row.step if self.quantum is None else max(row.step, self.quantum.step)
        if self.quantum is not None and not on_grid(within([own], self.possible), self.quantum.step):
            return self.quantum.step
        return None
