"""The reference: program and facts become scores, in exact fractions, with every step on record."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import partial

from attrs import frozen

from perfeval.engine.given import Given
from perfeval.engine.judging import range_text
from perfeval.engine.program import Program, ProgramRow
from perfeval.engine.scores import Number, number_text
from perfeval.engine.step import Step
from perfeval.engine.total import rounded, rounding_said
from perfeval.exact import Quantum, exact_text, near_percent, near_text, percent_text
from perfeval.language.amounts import EDGE_SIGNS
from perfeval.language.curve import Curve, EdgeWord, Piece
from perfeval.language.normal import BandNote, Edge, Item, Judged, JudgedTier, Measured, Tallied
from perfeval.messages import Said, said
from perfeval.problems import KeyPath, Origin
from perfeval.quantity import BARE, Moment, Quantity, Unit
from perfeval.quantity import number_text as quantity_text


@frozen(kw_only=True, eq=False, repr=False)
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

    def cite(self, term: str, formula: str | Said, value: str, shown: str, *, at: BandNote | JudgedTier | Item) -> None:
        """A step that rests on one item of a list of the method."""
        cited = at.basis or self.row.basis or self.program.bases.get(at.origin.document)
        self.steps.append(Step(term=term, formula=formula, value=value, shown=shown, origin=at.origin, basis=cited))

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


def score_row(program: Program, row: ProgramRow, given: Given, weight: Fraction) -> Outcome:
    """One row scored, in a form in which it weighs *weight*. Raises UnscorableError where the rule has no share."""
    record = _Record(program, row)
    if not given.applies:
        return _void(row, given, record)
    lowered = row.lowered
    measure, unbounded, endless, is_ratio, band, asked, met = None, False, False, False, None, False, None
    if isinstance(lowered, Judged):
        share = _judge(row, given, record)
        # A tier's own score may pass the limits; what the items add may not.
        low, high = min(lowered.floor, share), None if lowered.cap is None else max(lowered.cap, share)
    elif isinstance(lowered, Tallied):
        share, low, high = _tally(row, lowered, given, record), lowered.floor, lowered.cap
    else:
        measure, share, piece, asked = _measure(row, lowered, given, record)
        unbounded = measure is None and _at_zero(lowered, given) is None
        is_ratio, met, endless = lowered.measure.is_ratio, _met(row, lowered, given), unbounded and piece.slope != 0
        band, low, high = piece.index, lowered.floor, lowered.cap
    if not endless:  # what items take from a share without end leaves it above the cap
        share = _with_items(lowered.items, share, given, record)
    share = _limited(low, high, share, record)
    unit = weight if row.weight else Fraction(1)
    if unit != (row.weight or 1):
        given_away = said("weight-given", before=near_text(row.weight))
        record.add("weight", given_away, exact_text(unit), near_text(unit), origin=row.origin / "weight")
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


def _void(row: ProgramRow, given: Given, record: _Record) -> Outcome:
    """A row that does not apply: it neither weighs nor scores anything."""
    if given.target_value is None:
        record.add("void", said("does-not-apply"), "0", "", origin=given.origin)
    else:  # it would, were its target not 0
        _note_facts(row, given, record)
        record.rule("void", said("does-not-apply"), "0", "", at=("zero_target",))
    return Outcome(
        measure=None,
        unbounded=False,
        is_ratio=False,
        share=Fraction(0),
        score=rounded(Fraction(0), record.program.quanta.row),
        met=None,
        band=None,
        needs_reason=False,
        steps=tuple(record.steps),
    )


def _tally(row: ProgramRow, lowered: Tallied, given: Given, record: _Record) -> Fraction:
    """What counting starts from."""
    if given.target is not None:
        record.add("target", given.target, given.target, origin=given.target_origin)
    for one in given.assumed:
        record.add("assumption", one, given.actual, origin=given.actual_origin)
    if lowered.start:
        points = lowered.start * (row.weight or 1)
        text = exact_text(points)
        record.rule("start", text, exact_text(lowered.start), near_percent(lowered.start), at=("start",))
    return lowered.start


def _with_items(items: tuple[Item, ...], share: Fraction, given: Given, record: _Record) -> Fraction:
    """*share* with what the items add and take."""
    unit = record.row.weight or Fraction(1)
    for item, count in zip(items, given.counts, strict=True):
        if count == 0:
            continue
        points = item.of(count) * unit
        each, least = exact_text(item.share * unit), item.times
        limit = said("at-most", times=str(least)) if least is not None and count > least else ""
        formula = said("item-counted", name=item.name, count=str(count), each=each, limit=limit)
        share += item.of(count)
        sign = "+" if points > 0 else ""
        record.cite("item", formula, exact_text(points), f"{sign}{near_text(points)}", at=item)
    return share


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
    for one in given.assumed:
        record.add("assumption", one, given.actual, origin=given.actual_origin)
    tier = given.tier
    spans = said("tier-range", tier=tier.name, range=range_text(tier, row.weight))
    record.cite("tier", spans, tier.name, "", at=tier)
    unit = row.weight or Fraction(1)
    formula, value = f"{exact_text(given.share * unit)} ÷ {exact_text(unit)}", exact_text(given.share)
    if tier.fixed:
        record.cite("tier-share", formula, value, near_percent(given.share), at=tier)
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
        return None, share, piece, False
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
        return measure, Fraction(0), piece, asked
    x = measure
    if lowered.step is not None:
        x = lowered.step.of(measure)
        if x is not None and measure is not None:
            _note_steps(lowered, measure, x, unit, record)
    curve = lowered.curve
    if lowered.explained is not None:
        # A band that a reason lifts asks for one.
        plain = lowered.curve.piece(x)
        asked = asked or (plain is not None and plain.index is not None and lowered.bands[plain.index].unless_reason)
        if given.reason is not None:
            curve = lowered.explained
            if plain != curve.piece(x):
                record.add("lifted", said("reason-given"), given.reason, "", origin=given.origin / "reason")
    share, piece = _share(lowered, curve, x)
    # A difference was shown in the unit of its terms, so the line that takes it to a share is too.
    size = unit.factor if lowered.measure.name == "difference" and lowered.step is None else Fraction(1)
    _note_share(lowered, x, share, piece, record, size=size)
    return measure, share, piece, asked


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


def _limited(floor: Fraction, cap: Fraction | None, share: Fraction, record: _Record) -> Fraction:
    """*share* between *floor* and *cap*."""
    if share < floor:
        _note_limit("floor", floor, share, record)
        return floor
    if cap is not None and share > cap:
        _note_limit("cap", cap, share, record)
        return cap
    return share


def _note_limit(word: str, limit: Fraction, share: Fraction, record: _Record) -> None:
    formula = said(f"limit-{word}", share=percent_text(share), limit=percent_text(limit))
    record.rule(word, formula, exact_text(limit), near_percent(limit), at=(word,))


def _note_facts(row: ProgramRow, given: Given, record: _Record) -> None:
    text = partial(_day_text, row) if isinstance(row.target, Moment) else exact_text
    for one in given.assumed:
        record.add("assumption", one, given.actual, origin=given.actual_origin)
    for note in given.notes:
        record.add(note.term, note.formula, note.value, origin=note.origin)
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
    band = lowered.bands[piece.index] if piece.index is not None and lowered.bands else None
    at: KeyPath = ()
    if lowered.step is not None and x:
        at = ("minus",) if x < 0 else ("plus",)
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
    if band is not None:
        record.cite("share", formula, exact_text(share), near_percent(share), at=band)
    else:
        record.rule("share", formula, exact_text(share), near_percent(share), at=at)


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
