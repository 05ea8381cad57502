"""Proofs about overrides: each can hold, and changes something where it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfeval.engine.program.program import Program
from perfeval.engine.proofs.form_ranges import spans
from perfeval.numbers.piecewise import Piece, Range, beyond, within
from perfeval.numbers.rounding import near_text
from perfeval.problems import Problem, problem
from perfeval.rulefile.scorecard import Scorecard
from perfeval.text.messages import said


def prove_overrides(card: Scorecard, program: Program, shares: Sequence[Range]) -> Iterator[Problem]:
    """An override on a score holds for some score, and one on the grade leaves some grade out."""
    known = spans(program, shares)
    groups = {branch.path: len(program.rows) + place for place, branch in enumerate(program.branches)}
    for gate in program.gates:
        if gate.best_grade == 0:
            reason = said("best-of-all", best=program.grades[0].name)
            yield problem("idle-override", gate.origin / "best_grade", when=gate.when, reason=reason)
        # Where rows may give their weight away, what this one weighs is not known.
        if gate.edge is None or program.not_applicable is not None or not card.owns(gate.origin):
            continue
        if gate.row is not None:
            span, weight = known[gate.row], program.rows[gate.row].weight
        elif gate.group is not None:
            place = groups[gate.group]
            span, weight = known[place], program.branches[place - len(program.rows)].weight
        else:
            continue
        side, amount = gate.edge
        at = amount.points(weight)
        reached = Piece(low=span.low, low_closed=True, high=span.high, high_closed=True)
        if not within([beyond(side, at)], reached):
            most = "∞" if span.high is None else near_text(span.high)
            edge = f"{side.sign} {near_text(at)}"
            reason = said("scores-from-to", low=near_text(span.low), high=most, edge=edge)
            yield problem("idle-override", gate.origin / side.word, when=gate.when, reason=reason)
