"""Proofs about methods; one that fails has a counterexample."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, Final

from attrs import evolve, frozen

from perfeval.engine.proofs.case import Case, in_points
from perfeval.engine.proofs.ranges import domain, grid, only_at_zero, parts, spread
from perfeval.methods.banded import Band, Banded
from perfeval.methods.graded import Graded, Tier
from perfeval.methods.method import Method
from perfeval.methods.normal_form import INVERSE, Edge, Item, Judged, Measured
from perfeval.methods.stepped import Stepped
from perfeval.numbers.amounts import Amount
from perfeval.numbers.piecewise import ZERO, Curve, Piece, Point, clamped, fall, gaps, inside, on_grid, overlaps, within
from perfeval.numbers.quantity import BARE, Moment, Quantity, near_number
from perfeval.numbers.rounding import near_percent, percent_text
from perfeval.problems import Origin, Problem, clash, problem
from perfeval.text.messages import Said, said

#: The most ways of counting the items that are tried one by one.
_TALLIES: Final = 500
#: What a step starts from where a method leaves it out.
_WHOLE: Final = Amount(Fraction(1), True)


Check = Callable[[Case], Iterator[Problem]]


def prove(case: Case) -> tuple[Problem, ...]:
    """Every proof that fails for *case*, those that its method breaks on purpose among them."""
    lowered = case.lowered
    if isinstance(lowered, Measured) and lowered.void_at_zero and only_at_zero(lowered, case.target):
        return ()  # The row never applies.
    return tuple(one for check in CHECKS for one in check(case))


# Measured methods.


def _curves(case: Case) -> tuple[Curve, ...]:
    """The curves of a method, without and with a reason; none where the target is 0 and something else counts."""
    lowered = case.lowered
    if not isinstance(lowered, Measured) or only_at_zero(lowered, case.target):
        return ()
    return tuple(curve for curve in (lowered.curve, lowered.explained) if curve is not None)


def _covers(case: Case) -> Iterator[Problem]:
    """Every measure that can occur has one share and no more, and none is above every bound."""
    lowered = case.lowered
    for curve in _curves(case):
        # No file can write a gap or an overlap: the first band that fits wins, and the last takes the rest.
        assert not any(gaps(curve.pieces, Piece())), case.method.origin
        assert not any(overlaps(curve.pieces)), case.method.origin
        assert isinstance(lowered, Measured)
        if lowered.measure is INVERSE and lowered.cap is None and curve.pieces[-1].slope and not _cut_off(lowered):
            yield problem("share-without-end", case.method.origin / "cap", measure=said(lowered.measure.name))


def _cut_off(lowered: Measured) -> bool:
    """Return True if a pass mark leaves nothing above every bound."""
    return any(edge.holds(None) for edge in lowered.zero)


def _rises(case: Case) -> Iterator[Problem]:
    """A better measure never earns less; where nothing says which side is better, one side is."""
    curves = _curves(case)
    if not curves:
        return
    lowered = case.lowered
    assert isinstance(lowered, Measured)
    found = _first_fall(case, [lowered.road(curve) for curve in curves], upwards(lowered))
    free = not lowered.directed and lowered.measure.name != "completion" and lowered.step is None
    if found is not None and free:
        other = _first_fall(case, [lowered.road(curve) for curve in curves], not upwards(lowered))
        found = None if other is None else found
    if found is not None:
        yield _not_monotone(case, lowered, found)
        return
    for edge in lowered.zero:
        # Stairs are looked at beside the edge: everywhere else they have been, as the lines between them.
        near = 2 * max(lowered.step.per, grid(lowered, case.target) or ZERO) if lowered.step is not None else ZERO
        pieces = lowered.road(lowered.curve, (edge,), (edge.at - near, edge.at + near))
        cut = _first_fall(case, [pieces], upwards(lowered))
        if cut is not None:
            yield _cut_rises(case, lowered, edge, cut)


def upwards(lowered: Measured) -> bool:
    """Return True if a greater measure is a better one."""
    return lowered.better == "higher" or lowered.measure.name == "completion"


@frozen(kw_only=True)
class _Fall:
    """Two measures of which the better one earns less, where the items are counted so."""

    worse: Point
    better: Point
    counts: Said | str


def _first_fall(case: Case, roads: Sequence[Sequence[Piece]], rising: bool) -> _Fall | None:
    """The first two measures of which the better one earns less on one of *roads*, however the items are counted."""
    lowered = case.lowered
    assert isinstance(lowered, Measured)
    step = grid(lowered, case.target)
    for one in roads:
        # Where it never falls before the limits, it never does between them, whatever the items add.
        free = within(one, domain(lowered))
        if fall(free, rising=rising, step=step) is None:
            continue
        for added, counts in _tallies(lowered.items):
            cap = None if lowered.cap is None else lowered.cap - added
            found = fall(clamped(free, lowered.floor - added, cap), rising=rising, step=step)
            if found is not None:
                two = [evolve(point, share=point.share + added) for point in found]
                worse, better = two if rising else two[::-1]
                # The second road is the one with a reason.
                return _Fall(worse=worse, better=better, counts=_counted(counts, reason=one is not roads[0]))
    return None


def _tallies(items: Sequence[Item]) -> Iterator[tuple[Fraction, str]]:
    """Return the sums that the items can reach with their counts: none first, then each once more."""
    start = (0,) * len(items)
    seen, waiting = {start}, [start]
    for counts in waiting:
        told = ", ".join(f"{item.name} × {count}" for item, count in zip(items, counts, strict=True) if count)
        yield sum((item.of(count) for item, count in zip(items, counts, strict=True)), ZERO), told
        for place, item in enumerate(items):
            more = (*counts[:place], counts[place] + 1, *counts[place + 1 :])
            if more not in seen and len(seen) < _TALLIES and (item.times is None or more[place] <= item.times):
                seen.add(more)
                waiting.append(more)


def _counted(items: str, *, reason: bool) -> Said | str:
    """Return the counts of the items, and the reason, as words; nothing if neither plays a part."""
    if not items:
        return said("with-reason") if reason else ""
    return said("as-counted-with-reason" if reason else "as-counted", items=items)


def _not_monotone(case: Case, lowered: Measured, found: _Fall) -> Problem:
    """Return the problem that the better of two measures earns less, at its band."""
    operator = case.target.operator if isinstance(case.target, Quantity | Moment) else None
    stated = operator is not None or case.method.measuring.better is not None or lowered.measure.name == "completion"
    one = problem("not-monotone", _place(case, lowered, found.better.piece), **_told(case, lowered, found))
    one = one if stated else evolve(one, advice=said("say-better"))
    return clash(one, _place(case, lowered, found.worse.piece))


def _cut_rises(case: Case, lowered: Measured, edge: Edge, found: _Fall) -> Problem:
    """Return the problem that ``zero`` cuts off what is better than something it leaves."""
    return problem("cut-better-side", case.method.origin / "zero", edge=str(edge), **_told(case, lowered, found))


def _told(case: Case, lowered: Measured, found: _Fall) -> dict[str, Any]:
    return {
        "measure": said(lowered.measure.name),
        "better": _measure(case, found.better.x),
        "worse": _measure(case, found.worse.x),
        "less": case.earns(found.better.share),
        "more": case.earns(found.worse.share),
        "counts": found.counts,
    }


def _lives(case: Case) -> Iterator[Problem]:
    """Every band can be reached: by a measure that can occur, and by one that the rounding of the rate leaves."""
    lowered = case.lowered
    pieces = [piece for curve in _curves(case) for piece in curve.pieces]
    if not isinstance(lowered, Measured) or not pieces:
        return
    step = grid(lowered, case.target)
    for index, band in enumerate(lowered.bands):
        own = [piece for piece in pieces if piece.index == index]
        if not own:
            continue  # said while lowering, with what takes its place
        reached = within(own, domain(lowered))
        if not reached:
            yield problem("dead-band", band.origin, index=index + 1, reason=said("always-above-zero"))
        elif step is not None and not on_grid(reached, step):
            reason = said("between-days")
            if lowered.rate is not None:
                reason = said("rounded-past", step=percent_text(step))
            yield problem("dead-band", band.origin, index=index + 1, reason=reason)


# What the method says in points and percentages.


def _clips(case: Case) -> Iterator[Problem]:
    """Nothing that is said to be earned is above the cap."""
    cap = case.lowered.cap
    if cap is None or isinstance(case.lowered, Judged):  # a tier's own score may pass it
        return
    for origin, amount in _stated(case.method):
        if (share := amount.share(case.weight)) > cap:
            found = problem("clipped-score", origin, found=case.earns(share), cap=case.earns(cap))
            yield clash(found, _stated_key(case, "cap") or case.row)
    for origin, amount in _stated_items(case.method):
        # One that is found once adds no more than there is between floor and cap.
        if (share := amount.share(case.weight)) > cap - case.lowered.floor:
            found = problem("clipped-score", origin, found=case.earns(share), cap=case.earns(cap))
            yield clash(found, _stated_key(case, "cap") or case.row)


def _stated(method: Method) -> Iterator[tuple[Origin, Amount]]:
    """Every score that the method states, and where."""
    for band in method.scoring.bands if isinstance(method.scoring, Banded) else ():
        if band.score is not None:
            yield band.origin / "score", band.score
    for key in ("start", "otherwise"):
        amount = getattr(method.scoring, key, None)
        # What is left out is not stated: that a cap keeps the whole weight from being earned is told elsewhere.
        if isinstance(amount, Amount) and (key, amount) != ("start", _WHOLE):
            yield method.origin / key, amount
    if isinstance(method.measuring.zero_target, Amount):
        yield method.origin / "zero_target", method.measuring.zero_target


def _stated_items(method: Method) -> Iterator[tuple[Origin, Amount]]:
    """Return the points of each item for one time, with their origins."""
    for item in method.limits.items:
        if item.plus is not None:
            yield item.origin / "plus", item.plus


def _caps(case: Case) -> Iterator[Problem]:
    """A cap above the whole weight is one that something can reach."""
    lowered = case.lowered
    if lowered.cap is None or lowered.cap <= 1 or not case.weight:
        return
    most = case.span.high
    if most is None or most > lowered.cap or (most == lowered.cap and case.span.high_closed):
        return
    # As the cap is written: in points, or as a part of the weight.
    cap, top = (
        case.earns(one) if in_points(case.method.limits.cap) else near_percent(one) for one in (lowered.cap, most)
    )
    yield clash(problem("idle-cap", case.method.origin / "cap", cap=cap, most=top), case.row)


def _reaches(case: Case) -> Iterator[Problem]:
    """The whole weight can be earned."""
    if not case.weight:
        return
    most = case.span.high
    # What is only come near to is not earned.
    if most is None or most > 1 or (most == 1 and case.span.high_closed):
        return
    origin, amount = _dearest(case)
    advice = None
    if isinstance(amount, Amount) and not amount.percent and 0 < amount.value <= 2:
        # 0.8 and 1.2 are hardly points.
        advice = said("share-meant", key=str(origin.path[-1]), percent=percent_text(amount.value))
    weight = case.earns(Fraction(1))
    found = problem("full-marks-unreachable", origin, advice=advice, most=case.earns(most), weight=weight)
    yield clash(found, case.origin if case.real else None)


def _dearest(case: Case) -> tuple[Origin, object]:
    """Return what keeps the whole weight from being earned: the cap, or the highest score."""
    method, scoring = case.method, case.method.scoring
    if case.lowered.cap is not None and case.lowered.cap < 1 and _stated_key(case, "cap") is not None:
        return method.origin / "cap", method.limits.cap
    if only_at_zero(case.lowered, case.target):
        return method.origin / "zero_target", method.measuring.zero_target
    if isinstance(scoring, Banded | Graded):
        parts: Sequence[Band | Tier] = scoring.bands if isinstance(scoring, Banded) else scoring.tiers
        scores = [(part.score.share(case.weight), part) for part in parts if part.score is not None]
        if scores:
            best = max(scores, key=lambda one: one[0])[1]
            return best.origin / "score", best.score
        return parts[0].origin, None
    if isinstance(scoring, Stepped) and scoring.start.share(case.weight) < 1:
        return method.origin / "start", scoring.start
    return (method.origin / "items" if method.limits.items else method.origin), None


# Judged and counted methods: finite tables.


def _tiers(case: Case) -> Iterator[Problem]:
    """Tiers fall: none earns more than the one before it."""
    for before, tier in pairwise(case.lowered.tiers if isinstance(case.lowered, Judged) else ()):
        for high, low in ((tier.high, before.high), (tier.low, before.low)):
            if high > low:
                more, less = case.earns(high), case.earns(low)
                found = problem("tiers-rise", tier.origin, found=tier.name, first=before.name, more=more, less=less)
                yield clash(found, before.origin)
                return


def _open_end(case: Case) -> Iterator[Problem]:
    """Tiers that are ranges leave no score between the floor and the lowest of them without a tier."""
    lowered, scoring = case.lowered, case.method.scoring
    if not isinstance(lowered, Judged) or not isinstance(scoring, Graded):
        return
    floor, last = max(ZERO, lowered.floor), min(lowered.tiers, key=lambda tier: tier.low)
    if last.low > floor and any(tier.score is None for tier in scoring.tiers):
        middle = inside(Piece(low=floor, low_closed=True, high=last.low))
        yield problem("open-tiers", last.origin, found=case.earns(middle), edge=case.earns(last.low))


def _items(case: Case) -> Iterator[Problem]:
    """Every item can change the score."""
    lowered = case.lowered
    for item in lowered.items:
        if item.share == 0:
            yield problem("idle-item", item.origin, found=item.name, reason=said("counts-nothing"))
        elif not _changes(case, item):
            rest = evolve(lowered, items=tuple(one for one in lowered.items if one is not item))
            at = spread(rest, case.target)
            limit, key = (at.high, "floor") if item.share < 0 else (at.low, "cap")
            reason = said("always-at", limit=case.earns(limit or ZERO))
            found = problem("idle-item", item.origin, found=item.name, reason=reason)
            yield clash(found, _stated_key(case, key) or case.row)


def _changes(case: Case, item: Item) -> bool:
    """Return True if *item* ever makes a difference: not where it leaves the score at a limit, or beyond it."""
    whole = None if item.times is None else item.share * item.times
    others = [one for one in case.lowered.items if one is not item]
    for part, (added, _) in product(parts(case.lowered, case.target), _tallies(others)):
        low, high = (None if end is None else end + added for end in (part.earned.low, part.earned.high))
        if item.share > 0:
            rises = part.cap is None or low is None or low < part.cap
            if rises and (whole is None or high is None or high + whole > part.floor):
                return True
        else:
            falls = high is None or high > part.floor
            if falls and (whole is None or part.cap is None or low is None or low + whole < part.cap):
                return True
    return False


CHECKS: Final[tuple[Check, ...]] = (_covers, _rises, _lives, _clips, _caps, _reaches, _tiers, _open_end, _items)


# Where things stand, and how a measure is written.


def _stated_key(case: Case, key: str) -> Origin | None:
    """Return the origin of *key* in the method, None if it has its default."""
    default = {"cap": "100%", "floor": "0"}[key]
    return None if str(getattr(case.method.limits, key)) == default else case.method.origin / key


def _place(case: Case, lowered: Measured, piece: Piece) -> Origin:
    """Return the origin of a piece of a curve."""
    if piece.index is not None and lowered.bands:
        return lowered.bands[piece.index].origin
    otherwise = getattr(case.method.scoring, "otherwise", None)
    return case.method.origin / "otherwise" if isinstance(otherwise, Amount) else case.method.origin


def _measure(case: Case, x: Fraction) -> str:
    """A measure as people write it."""
    lowered = case.lowered
    assert isinstance(lowered, Measured)
    if lowered.measure.name == "value" and isinstance(case.target, Moment):
        text = datetime.date.fromordinal(int(x)).isoformat()
        return text if case.target.has_year else text[5:]
    if lowered.measure.is_ratio or (lowered.unit is not None and lowered.unit.dimension == "%"):
        return near_percent(x)
    return near_number(x, lowered.unit or BARE)
