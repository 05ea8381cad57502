"""The reference interpreter: exact scores of rows, with every step recorded."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from perfeval.engine.facts.reading import Given
from perfeval.engine.program.program import Program, ProgramRow
from perfeval.engine.results.step import Step
from perfeval.engine.scoring.explanation import Record, Working
from perfeval.engine.scoring.totals import rounded
from perfeval.methods.normal_form import Item, Judged, Measured, Tallied
from perfeval.numbers.comparison import facing, of_sign
from perfeval.numbers.piecewise import ONE, ZERO, Curve, Piece
from perfeval.numbers.quantity import Moment, Quantity
from perfeval.numbers.scores import Number


@frozen(kw_only=True, eq=False, repr=False)
class Outcome:
    """The outcome of one row: its points and its working."""

    measure: Fraction | None
    unbounded: bool
    is_ratio: bool
    share: Fraction
    #: Share × weight, before it is rounded to the score.
    points: Fraction
    score: Number
    met: bool | None
    band: int | None
    needs_reason: bool
    _record: Record

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working, put into words."""
        return self._record.steps()


class UnscorableError(Exception):
    """A measure that the rule gives no share for: only a rule without a cap, or with a gap, can do that."""


def score_row(program: Program, row: ProgramRow, given: Given, weight: Fraction) -> Outcome:
    """One row scored, in a form in which it weighs *weight*.

    Raises UnscorableError where the rule has no share for what the facts say.
    """
    record = Record(program, row, given)
    if not given.applies:
        return _void(record)
    lowered = row.lowered
    measure, unbounded, endless, is_ratio, band, asked, met = None, False, False, False, None, False, None
    if isinstance(lowered, Judged):
        share = _judge(given, record)
        # A tier's own score may pass the limits; what the items add may not.
        low, high = min(lowered.floor, share), None if lowered.cap is None else max(lowered.cap, share)
    elif isinstance(lowered, Tallied):
        share, low, high = _tally(lowered, record), lowered.floor, lowered.cap
    else:
        measure, share, piece, asked = _measure(lowered, given, record)
        unbounded = measure is None and _at_zero(lowered, given) is None
        is_ratio, met, endless = lowered.measure.is_ratio, _met(row, lowered, given), unbounded and piece.slope != 0
        band, low, high = piece.index, lowered.floor, lowered.cap
    if not endless:  # what items take from a share without end leaves it above the cap
        share = _with_items(lowered.items, share, given, record)
    share = _limited(low, high, share, record)
    unit = weight if row.weight else ONE
    if unit != (row.weight or 1):
        record.note(Working.weight, unit)
    points = share * unit
    record.note(Working.points, share, unit, points)
    quantum = program.quanta.row
    score = rounded(points, quantum)
    if quantum is not None:
        record.note(Working.rounding, points, quantum, score)
    return Outcome(
        measure=measure,
        unbounded=unbounded,
        is_ratio=is_ratio,
        share=share,
        points=points,
        score=score,
        met=met,
        band=band,
        needs_reason=asked,
        record=record,
    )


def _void(record: Record) -> Outcome:
    """A row that does not apply: it neither weighs nor scores anything."""
    record.note(Working.void)
    return Outcome(
        measure=None,
        unbounded=False,
        is_ratio=False,
        share=ZERO,
        points=ZERO,
        score=rounded(ZERO, record.program.quanta.row),
        met=None,
        band=None,
        needs_reason=False,
        record=record,
    )


def _judge(given: Given, record: Record) -> Fraction:
    """The share a person gave; that it lies in its tier was settled when the fact was read."""
    assert given.tier is not None
    assert given.share is not None
    record.note(Working.judged_facts)
    record.note(Working.tier, given.tier, given.share)
    return given.share


def _tally(lowered: Tallied, record: Record) -> Fraction:
    """Score a counted row from its start."""
    record.note(Working.judged_facts)
    if lowered.start:
        record.note(Working.start, lowered.start)
    return lowered.start


def _with_items(items: tuple[Item, ...], share: Fraction, given: Given, record: Record) -> Fraction:
    """*share* with what the items add and take."""
    for item, count in zip(items, given.counts, strict=True):
        if count:
            share += item.of(count)
            record.note(Working.item, item, count)
    return share


def _measure(lowered: Measured, given: Given, record: Record) -> tuple[Fraction | None, Fraction, Piece, bool]:
    """Measure, share, the piece it lies in, and whether a reason is asked for."""
    actual, target = given.actual_value, given.target_value
    record.note(Working.facts)
    if (at_zero := _at_zero(lowered, given)) is not None:
        share, piece = _share(lowered, at_zero, actual)
        record.note(Working.zero_target, share)
        return None, share, piece, False
    measure = lowered.measure.of(actual, target or ZERO)
    if lowered.measure.name != "value":
        record.note(Working.measure, lowered, measure)
    if lowered.rate is not None and measure is not None:
        raw, measure = measure, lowered.rate.round(measure)
        record.note(Working.rate, raw, lowered.rate, measure)
    asked = any(edge.holds(measure) for edge in lowered.reasons)
    cut = next((edge for edge in lowered.zero if edge.holds(measure)), None)
    if cut is not None:
        record.note(Working.pass_mark, cut)
        return measure, ZERO, Piece(), asked
    x = measure
    if lowered.step is not None:
        x = lowered.step.of(measure)
        if x is not None and measure is not None:
            record.note(Working.stepped, lowered, measure, x)
    curve = lowered.curve
    if lowered.explained is not None:
        # A band that a reason lifts asks for one.
        plain = lowered.curve.piece(x)
        asked = asked or (plain is not None and plain.index is not None and lowered.bands[plain.index].unless_reason)
        if given.reason is not None:
            curve = lowered.explained
            if plain != curve.piece(x):
                record.note(Working.lifted, given.reason)
    share, piece = _share(lowered, curve, x)
    record.note(Working.share, lowered, x, share, piece)
    return measure, share, piece, asked


def _at_zero(lowered: Measured, given: Given) -> Curve | None:
    """Return the share of a target of 0, where the method states one in place of its curve."""
    return lowered.at_zero if given.target_value == 0 else None


def _share(lowered: Measured, curve: Curve, x: Fraction | None) -> tuple[Fraction, Piece]:
    piece = curve.piece(x)
    if piece is None:
        raise UnscorableError
    if x is not None or not piece.slope:
        return piece.at(x), piece
    # Above every bound a line that rises has passed the cap, and none falls: `plus` is 0 or more.
    if lowered.cap is None:
        raise UnscorableError
    return lowered.cap, piece


def _limited(floor: Fraction, cap: Fraction | None, share: Fraction, record: Record) -> Fraction:
    """*share* between *floor* and *cap*."""
    if share < floor:
        record.note(Working.limit, "floor", floor, share)
        return floor
    if cap is not None and share > cap:
        record.note(Working.limit, "cap", cap, share)
        return cap
    return share


def _met(row: ProgramRow, lowered: Measured, given: Given) -> bool | None:
    """Return True if the target is met, read as its operator says."""
    target = given.target_value
    if target is None:
        return None
    operator = row.target.operator if isinstance(row.target, Quantity | Moment) else None
    side = of_sign(operator)
    if side is None or side.closed:  # the method may read `=` as it says which side is better
        side = facing(up=lowered.better == "higher", closed=True)
    return side.holds(given.actual_value, target)
