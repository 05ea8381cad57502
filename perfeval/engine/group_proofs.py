"""What is always true of the groups of a form: the tables that convert a sum fit every sum there can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfeval.engine.curves import Range, earned, fall, within
from perfeval.engine.program import Program
from perfeval.exact import near_text
from perfeval.language.curve import Curve, Piece
from perfeval.language.groups import Branch
from perfeval.messages import Said, said
from perfeval.problems import Origin, Problem, clash, problem


def prove_groups(program: Program, shares: Sequence[Range]) -> Iterator[Problem]:
    """Every proof about the groups of *program* that fails, from the *shares* that its rows can earn."""
    branches = {branch.path: branch for branch in program.branches}
    for branch in program.branches:
        if not branch.adding.tables:
            continue
        members = len(branch.own) + len(branch.inner)
        spans = [_row_range(program, row, shares[row]) for row in branch.own]
        spans += [Range(low=Fraction(0), high=branches[path].weight) for path in branch.inner]
        for count, curve in branch.adding.tables.items():
            origin = branch.origin / "convert" / str(count)
            if count > members:
                yield problem("dead-conversion", origin, found=branch.path, count=count, members=members)
            else:
                yield from _prove_table(branch, curve, sums(spans, count), origin)


def _row_range(program: Program, index: int, share: Range) -> Range:
    """The scores of one row."""
    unit = program.rows[index].weight or Fraction(1)
    ends = [None if one is None else one * unit for one in (share.low, share.high)]
    if (quantum := program.quanta.row) is not None:
        ends = [None if one is None else quantum.round(one) for one in ends]
    return Range(low=ends[0], high=ends[1])


def sums(spans: list[Range], count: int) -> Piece:
    """From the least to the most that *count* of the members can add up to."""
    lows, highs = [one.low for one in spans], [one.high for one in spans]
    low = None if None in lows else sum(sorted(one for one in lows if one is not None)[:count])
    high = None if None in highs else sum(sorted((one for one in highs if one is not None), reverse=True)[:count])
    ends = (None if one is None else Fraction(one) for one in (low, high))
    first, last = ends
    return Piece(low=first, low_closed=True, high=last, high_closed=True)


def _prove_table(branch: Branch, curve: Curve, domain: Piece, origin: Origin) -> Iterator[Problem]:
    """That a table never takes a greater sum to less, stays within the weight of its group, and has no dead line."""

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
            measure=said("term-sum"),
            better=near_text(better.x),
            worse=near_text(worse.x),
            less=points(better.share),
            more=points(worse.share),
            counts="",
        )
        yield clash(fault, at(worse.piece))
    for piece in reached:
        most = earned(piece).high
        if most is not None and most > 1:
            weight = points(Fraction(1))
            yield problem("clipped-score", at(piece), advice=said("group-holds"), found=points(most), cap=weight)
    alive = {piece.index for piece in reached}
    for piece in curve.pieces:
        if piece.index is not None and piece.index not in alive:
            low, high = ("∞" if one is None else near_text(one) for one in (domain.low, domain.high))
            reason = said("sums-from-to", low=low, high=high)
            yield problem("dead-band", at(piece), index=piece.index + 1, reason=reason)
