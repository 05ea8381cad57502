"""The reference: program and facts become scores, in exact fractions, with every step on record."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import partial

from attrs import frozen

from perfeval.engine.evaluation import Number, Step, number_text
from perfeval.engine.facts import Given, range_text
from perfeval.engine.program import Program, ProgramRow
from perfeval.engine.total import rounded, rounding_said
from perfeval.exact import Quantum, exact_text, near_percent, near_text, percent_text
from perfeval.language.amounts import EDGE_SIGNS
from perfeval.language.curve import Curve, EdgeWord, Piece
from perfeval.language.normal import Edge, Judged, Measured
from perfeval.messages import Said, said
from perfeval.problems import KeyPath, Origin
from perfeval.quantity import BARE, Moment, Quantity, Unit
from perfeval.quantity import number_text as quantity_text


@frozen(kw_only=True)
class Outcome:
    """What one row came to, and how."""

    measure: Fraction | None
    unbounded: bool
    is_ratio: bool
    share: Fraction
    score: Number
    met: bool | None
    band: int | None
    needs_reason: bool
    steps: tuple[Step, ...]


class UnscorableError(Exception):
    """A measure that the rule gives no share for: only a rule without a cap, or with a gap, can do that."""


class _Record:
    """The working of one row, as it grows."""

    def __init__(self, program: Program, row: ProgramRow) -> None:
        self.program = program
        self.row = row
        self.steps: list[Step] = []

    def add(
        self, term: str, formula: str | Said, value: str, shown: str | None = None, origin: Origin | None = None
    ) -> None:
        """A step that rests on a fact, a weight or a rounding: on *origin*."""
        place = origin or self.row.origin
        self.steps.append(
            Step(term=term, formula=formula, value=value, shown=value if shown is None else shown, origin=place)
        )

    def rule(
        self,
        term: str,
        formula: str | Said,
        value: str,
        shown: str | None = None,
        *,
        at: KeyPath = (),
        basis: str | None = None,
    ) -> None:
        """A step that rests on the key *at* of the method, and on the basis of the band, the method or the file."""
        # After `uses` the keys of one method may come from several files.
        place = self.program.owners.origin((*self.row.method_origin.path, *at) if at else self.row.method_path)
        cited = basis or self.row.basis or self.program.bases.get(place.document)
        self.steps.append(
            Step(
                term=term,
                formula=formula,
                value=value,
                shown=value if shown is None else shown,
                origin=place,
                basis=cited,
            )
        )


def score_row(program: Program, row: ProgramRow, given: Given) -> Outcome:
    """One row scored. Raises UnscorableError where the rule has no share for what the facts say."""
    record = _Record(program, row)
    lowered = row.lowered
    if isinstance(lowered, Judged):
        share = _judge(row, given, record)
        measure, unbounded, is_ratio, band, asked, met = None, False, False, None, False, None
    else:
        measure, share, piece, asked = _measure(row, lowered, given, record)
        unbounded = measure is None and _at_zero(lowered, given) is None
        is_ratio, met = lowered.measure.is_ratio, _met(row, lowered, given)
        band = piece.index
    unit = row.weight or Fraction(1)
    points = share * unit
    formula = f"{exact_text(share)} × {exact_text(unit)}"
    record.add("points", formula, exact_text(points), near_text(points), origin=row.origin / "weight")
    score = rounded(points, program.quanta.row)
    _note_rounding(record, points, score, program.quanta.row, program.quanta.row_origin)
    return Outcome(
        measure=measure,
        unbounded=unbounded,
        is_ratio=is_ratio,
        share=share,
        score=score,
        met=met,
        band=band,
        needs_reason=asked,
        steps=tuple(record.steps),
    )


def _note_rounding(record: _Record, value: Fraction, score: Number, quantum: Quantum | None, origin: Origin) -> None:
    if quantum is not None:
        record.add("rounding", rounding_said(value, quantum), number_text(score), origin=origin)


def _judge(row: ProgramRow, given: Given, record: _Record) -> Fraction:
    """The share a person gave; that it lies in its tier was settled when the fact was read."""
    assert given.tier is not None
    assert given.share is not None
    if given.actual != given.tier.name:
        record.add("actual", given.actual, given.actual, origin=given.actual_origin)
    if given.target is not None:
        record.add("target", given.target, given.target, origin=given.target_origin)
    at: KeyPath = ("tiers", given.tier.index)
    basis = given.tier.basis
    spans = said("tier-range", tier=given.tier.name, range=range_text(given.tier, row.weight))
    record.rule("tier", spans, given.tier.name, "", at=at, basis=basis)
    unit = row.weight or Fraction(1)
    formula, value = f"{exact_text(given.share * unit)} ÷ {exact_text(unit)}", exact_text(given.share)
    if given.tier.fixed:
        record.rule("tier-share", formula, value, near_percent(given.share), at=at, basis=basis)
    else:
        record.add("judged", formula, value, near_percent(given.share), given.origin / "score")
    return given.share


def _measure(
    row: ProgramRow, lowered: Measured, given: Given, record: _Record
) -> tuple[Fraction | None, Fraction, Piece, bool]:
    """Measure, share, the piece it lies in, and whether a reason is asked for."""
    actual, target = given.actual_value, given.target_value
    _note_facts(row, given, record)
    if (at_zero := _at_zero(lowered, given)) is not None:
        share, piece = _share(lowered, at_zero, actual)
        record.rule(
            "zero-target", said("zero-target-says", actual=given.actual), exact_text(share), near_percent(share)
        )
        return None, _limited(lowered, share, record), piece, False
    measure = lowered.measure.of(actual, target or Fraction(0))
    unit = given.unit or BARE
    if lowered.measure.name != "value":
        dates = isinstance(row.target, Moment)
        size = Fraction(1) if dates else unit.factor
        a, t = exact_text(actual / size), exact_text((target or Fraction(0)) / size)
        if dates:
            a, t = _day_text(row, actual), _day_text(row, target or Fraction(0))
        formula = lowered.measure.formula.format(a=a, t=t)
        # A difference stands in the unit of its terms, a rate in none.
        value = None if measure is None else measure if lowered.measure.is_ratio else measure / size
        text = "∞" if value is None else exact_text(value)
        record.rule(lowered.measure.name, formula, text, _measured_text(measure, lowered, unit))
    if lowered.rate is not None and measure is not None:
        raw, measure = measure, lowered.rate.round(measure)
        step = percent_text(lowered.rate.step)
        formula_said = said("rounded", value=near_percent(raw), step=step, mode=said(f"mode-{lowered.rate.mode}"))
        record.rule("rate-rounding", formula_said, exact_text(measure), near_percent(measure))
    asked = any(edge.holds(measure) for edge in lowered.reasons)
    cut = next((edge for edge in lowered.zero if edge.holds(measure)), None)
    if cut is not None:
        piece = Piece()
        record.rule("pass-mark", _edge_said(cut), "0", "0%", at=("zero",))
        return measure, _limited(lowered, Fraction(0), record), piece, asked
    x = measure
    if lowered.step is not None:
        x = lowered.step.of(measure)
        if x is not None and measure is not None:
            _note_steps(lowered, measure, x, unit, record)
    share, piece = _share(lowered, lowered.curve, x)
    # A difference was shown in the unit of its terms, so the line that takes it to a share is too.
    size = unit.factor if lowered.measure.name == "difference" and lowered.step is None else Fraction(1)
    _note_share(lowered, x, share, piece, record, size=size)
    return measure, _limited(lowered, share, record), piece, asked


def _at_zero(lowered: Measured, given: Given) -> Curve | None:
    """What counts instead of the curve, where the target is 0 and the method has something to say of that."""
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


def _limited(lowered: Measured, share: Fraction, record: _Record) -> Fraction:
    """*share* between floor and cap."""
    if share < lowered.floor:
        _note_limit("floor", lowered.floor, share, record)
        return lowered.floor
    if lowered.cap is not None and share > lowered.cap:
        _note_limit("cap", lowered.cap, share, record)
        return lowered.cap
    return share


def _note_limit(word: str, limit: Fraction, share: Fraction, record: _Record) -> None:
    formula = said(f"limit-{word}", share=percent_text(share), limit=percent_text(limit))
    record.rule(word, formula, exact_text(limit), near_percent(limit), at=(word,))


def _note_facts(row: ProgramRow, given: Given, record: _Record) -> None:
    text = partial(_day_text, row) if isinstance(row.target, Moment) else exact_text
    for one in given.assumed:
        record.add("assumption", one, given.actual, origin=given.actual_origin)
    record.add("actual", given.actual, text(given.actual_value), given.actual, given.actual_origin)
    if given.target_value is not None and given.target is not None:
        record.add("target", given.target, text(given.target_value), given.target, given.target_origin)


def _day_text(row: ProgramRow, value: Fraction) -> str:
    """The date that is the day *value*, without a year where the target has none."""
    text = datetime.date.fromordinal(int(value)).isoformat()
    return text if isinstance(row.target, Moment) and row.target.has_year else text[5:]


def _measured_text(measure: Fraction | None, lowered: Measured, unit: Unit) -> str:
    if measure is None:
        return "∞"
    if lowered.measure.is_ratio:
        return near_percent(measure)
    return quantity_text(measure, unit)


def _note_steps(lowered: Measured, measure: Fraction, count: Fraction, unit: Unit, record: _Record) -> None:
    step = lowered.step
    assert step is not None
    distance = abs(measure - step.centre)
    in_percent = lowered.measure.is_ratio
    texts = [near_percent(one) if in_percent else quantity_text(one, unit) for one in (distance, step.per)]
    side = said("side-better" if count > 0 else "side-worse" if count < 0 else "side-level")
    formula = said("steps-counted", distance=texts[0], per=texts[1], count=said(f"count-{step.count}"), side=side)
    record.rule("steps", formula, exact_text(count), near_text(abs(count)), at=("steps",))


def _note_share(
    lowered: Measured, x: Fraction | None, share: Fraction, piece: Piece, record: _Record, *, size: Fraction
) -> None:
    index = piece.index if piece.index is not None and piece.index < len(lowered.bands) else None
    at: KeyPath = () if index is None else ("bands", index)
    if lowered.step is not None and x:
        at = ("minus",) if x < 0 else ("plus",)
    basis = None if index is None else lowered.bands[index].basis
    if x is None or (not piece.slope and lowered.step is None):
        formula: str | Said = said(
            "share-flat", measure=said(lowered.measure.name), range=_range_said(piece, record.row, lowered)
        )
    elif lowered.step is not None:
        sign = "-" if x < 0 else "+"
        formula = f"{exact_text(piece.constant)} {sign} {exact_text(piece.slope)} × {exact_text(abs(x))}"
    elif piece.constant:
        formula = f"{exact_text(piece.constant)} + {exact_text(piece.slope * size)} × {exact_text(x / size)}"
    else:
        slope = piece.slope * size
        formula = exact_text(x / size) if slope == 1 else f"{exact_text(slope)} × {exact_text(x / size)}"
    record.rule("share", formula, exact_text(share), near_percent(share), at=at, basis=basis)


def _range_said(piece: Piece, row: ProgramRow, lowered: Measured) -> Said:
    """Where the measure lies, in words: between the ends of its piece."""
    ends: list[str | Said] = []
    low: EdgeWord = "from" if piece.low_closed else "above"
    high: EdgeWord = "to" if piece.high_closed else "below"
    for at, word in ((piece.low, low), (piece.high, high)):
        if at is not None:
            ends.append(f"{EDGE_SIGNS[word]} {_end_text(at, row, lowered)}")
    return said("range-of", ends=tuple(ends)) if ends else said("range-all")


def _end_text(at: Fraction, row: ProgramRow, lowered: Measured) -> str:
    if lowered.measure.name == "value" and isinstance(row.target, Moment):
        return _day_text(row, at)
    if lowered.measure.is_ratio or (lowered.unit is not None and lowered.unit.dimension == "%"):
        return percent_text(at)
    return exact_text(at) if lowered.unit is None else quantity_text(at, lowered.unit)


def _edge_said(edge: Edge) -> Said:
    return said("range-of", ends=(f"{EDGE_SIGNS[edge.word]} {edge.text}",))


def _met(row: ProgramRow, lowered: Measured, given: Given) -> bool | None:
    """Whether the target is met, read as its operator says."""
    target = given.target_value
    if target is None:
        return None
    operator = row.target.operator if isinstance(row.target, Quantity | Moment) else None
    actual = given.actual_value
    if operator == "<":
        return actual < target
    if operator == ">":
        return actual > target
    return actual >= target if lowered.better == "higher" else actual <= target
