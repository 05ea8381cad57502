"""The least and the greatest score of rows, groups and the total of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from perfeval.engine.program.program import Program, ProgramRow
from perfeval.numbers.piecewise import ZERO, Curve, Piece, Range, joined, within
from perfeval.rulefile.groups import Adding, Branch


@frozen(kw_only=True, eq=False, repr=False)
class Span:
    """From the least to the most that a row or a group scores where it applies; None for no most.

    ``optional`` says that it need not apply, and that nothing takes its place then.
    """

    low: Fraction
    high: Fraction | None
    optional: bool = False


def form_range(program: Program, shares: Sequence[Range]) -> Range:
    """The least and the most that a form can come to, before its total is rounded; None where there is no most.

    *shares* are what its rows can earn. Where rows that do not apply give their weight away, it is an outer bound.
    """
    found = spans(program, shares)
    tops = [found[place] for place in _tops(program)]
    low = max(ZERO, _sum(_least(one) for one in tops))
    high = _added(_most(one) for one in tops)
    if program.not_applicable is not None:
        low, high = ZERO, _most_moved(program, shares)
    high = None if high is None else max(ZERO, high)
    if program.cap is not None:
        low, high = min(low, program.cap), program.cap if high is None else min(high, program.cap)
    return Range(low=low, high=high)


def spans(program: Program, shares: Sequence[Range]) -> list[Span]:
    """Return the range of each row and then of each group, with the weights that the rules state."""
    # Rows that lower alike weigh the same.
    alike: dict[int, Span] = {}
    for row, share in zip(program.rows, shares, strict=True):
        if id(row.lowered) not in alike:
            alike[id(row.lowered)] = row_span(program, row, share)
    found = [alike[id(row.lowered)] for row in program.rows]
    groups: dict[str, Span] = {}
    for branch in reversed(program.branches):
        members = members_of(branch, found, groups)
        adding = branch.adding.in_form(branch.weight, Fraction(1))
        groups[branch.path] = _capped(adding, _group_span(adding, members))
    return [*found, *(groups[branch.path] for branch in program.branches)]


def row_span(program: Program, row: ProgramRow, share: Range) -> Span:
    """The scores of one row, as they are rounded; an extra, which weighs nothing, need not apply."""
    unit, quantum = row.weight or Fraction(1), program.quanta.row
    low, high = (share.low or ZERO) * unit, None if share.high is None else share.high * unit
    if quantum is not None:
        low, high = quantum.round(low), None if high is None else quantum.round(high)
    return Span(low=low, high=high, optional=not row.weight)


def members_of(branch: Branch, rows: Sequence[Span], groups: dict[str, Span]) -> list[Span]:
    """The spans of the rows and groups directly in *branch*."""
    return [*(rows[row] for row in branch.own), *(groups[path] for path in branch.inner)]


def sums(members: Sequence[Span], count: int) -> Piece:
    """From the least to the most that *count* of *members* can add up to."""
    low = _sum(sorted(one.low for one in members)[:count])
    highs = [one.high for one in members]
    most = sorted((one for one in highs if one is not None), reverse=True)[:count]
    return Piece(low=low, low_closed=True, high=None if None in highs else _sum(most), high_closed=True)


def _group_span(adding: Adding, members: Sequence[Span]) -> Span:
    """Return the range of a group before its cap. Which members apply is open, unless they simply add up."""
    optional = all(one.optional for one in members)
    if adding.way == "sum":
        return Span(low=_sum(map(_least, members)), high=_added(map(_most, members)), optional=optional)
    if adding.way in {"choose", "best"}:
        # At least as many apply as count, and of more than that the best do.
        domain = sums(members, adding.count)
        return Span(low=domain.low or ZERO, high=domain.high, optional=optional)
    if adding.way == "convert":
        tables = [(sums(members, count), curve) for count, curve in adding.tables.items() if count <= len(members)]
        ranges = [_earned(curve, domain) for domain, curve in tables] or [Range(low=ZERO, high=ZERO)]
        reach = joined(ranges)
        return Span(low=reach.low or ZERO, high=reach.high, optional=optional)
    # The weakest may be the only one that applies, or a little worse than another: `plus` is then an outer bound.
    low, highs = min(one.low for one in members), [one.high for one in members]
    known = sorted((one for one in highs if one is not None), reverse=True)
    if None in highs or not known:
        return Span(low=low, high=None, optional=optional)
    second = known[1] + adding.plus if len(known) > 1 else known[0]
    return Span(low=low, high=max(known[0], second), optional=optional)


def _earned(curve: Curve, domain: Piece) -> Range:
    """Return the range of a conversion table over the sums in *domain*."""
    return joined([piece.span for piece in within(curve.pieces, domain)])


def _capped(adding: Adding, span: Span) -> Span:
    cap = adding.cap
    if cap is None:
        return span
    return Span(low=min(span.low, cap), high=cap if span.high is None else min(span.high, cap), optional=span.optional)


def _most_moved(program: Program, shares: Sequence[Range]) -> Fraction | None:
    """The most where weight moves: however it does, no part of it earns more than in the best of rows and tables."""
    if any(share.high is None for share in shares):
        return None
    whole = program.weight
    best, extras = ZERO, ZERO
    for row, share in zip(program.rows, shares, strict=True):
        if row.weight:
            best = max(best, share.high or ZERO)
        else:
            extras += max(ZERO, row_span(program, row, share).high or ZERO)
    for branch in program.branches:
        if branch.weight:
            tables = [piece.constant for curve in branch.adding.tables.values() for piece in curve.pieces]
            best = max([best, *tables])
            # What comes on top of the weakest grows with the weight of its group.
            extras += branch.adding.plus * whole / branch.weight
    rounding = ZERO if program.quanta.row is None else program.quanta.row.step * len(program.rows)
    return best * whole + extras + rounding


def _tops(program: Program) -> Iterable[int]:
    """The places of what adds up to the total, whether groups are more than their sum or not: rows, and top groups."""
    count = len(program.rows)
    yield from (row.index for row in program.rows if not row.group)
    yield from (count + place for place, branch in enumerate(program.branches) if "/" not in branch.path)


def _least(one: Span) -> Fraction:
    return min(ZERO, one.low) if one.optional else one.low


def _most(one: Span) -> Fraction | None:
    return one.high if one.high is None or not one.optional else max(ZERO, one.high)


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, ZERO)


def _added(values: Iterable[Fraction | None]) -> Fraction | None:
    """The sum of *values*; None, for no bound, where one of them is."""
    known = list(values)
    return None if None in known else _sum(one for one in known if one is not None)
