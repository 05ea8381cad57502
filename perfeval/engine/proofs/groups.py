"""Proofs about groups: a conversion table covers every possible sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfeval.engine.program.program import Program
from perfeval.engine.proofs.form_ranges import members_of, spans, sums
from perfeval.numbers.piecewise import Curve, Piece, Range, fall, within
from perfeval.numbers.rounding import near_text
from perfeval.problems import Origin, Problem, clash, problem
from perfeval.rulefile.groups import Branch
from perfeval.text.messages import Said, said, said_of


def prove_groups(program: Program, shares: Sequence[Range]) -> Iterator[Problem]:
    """Every proof about the groups of *program* that fails, from the *shares* that its rows can earn."""
    if not any(branch.adding.tables for branch in program.branches):
        return
    found = spans(program, shares)
    count = len(program.rows)
    groups = {branch.path: found[count + place] for place, branch in enumerate(program.branches)}
    for branch in program.branches:
        members = members_of(branch, found, groups)
        for size, curve in branch.adding.tables.items():
            origin = branch.origin / "convert" / str(size)
            if size > len(members):
                yield problem("dead-conversion", origin, found=branch.path, count=size, members=len(members))
            else:
                yield from _prove_table(branch, curve, sums(members, size), origin)


def _prove_table(branch: Branch, curve: Curve, domain: Piece, origin: Origin) -> Iterator[Problem]:
    """Prove that a table is monotone, stays within the weight of its group, and has no dead line."""

    def points(share: Fraction) -> Said:
        return said("in-points", points=near_text(share * branch.weight))

    def at(piece: Piece) -> Origin:
        return origin if piece.index is None else origin / piece.index

    reached = within(curve.pieces, domain)
    if (found := fall(reached, rising=True)) is not None:
        worse, better = found
        fault = problem(
            "not-monotone",
            at(better.piece),
            advice=said("check-two-lines"),
            measure=said_of("term", "sum"),
            better=near_text(better.x),
            worse=near_text(worse.x),
            less=points(better.share),
            more=points(worse.share),
            counts="",
        )
        yield clash(fault, at(worse.piece))
    for piece in reached:
        most = piece.span.high
        if most is not None and most > 1:
            weight = points(Fraction(1))
            yield problem("clipped-score", at(piece), advice=said("group-holds"), found=points(most), cap=weight)
    alive = {piece.index for piece in reached}
    for piece in curve.pieces:
        if piece.index is not None and piece.index not in alive:
            low, high = ("∞" if one is None else near_text(one) for one in (domain.low, domain.high))
            reason = said("sums-from-to", low=low, high=high)
            yield problem("dead-band", at(piece), index=piece.index + 1, reason=reason)
