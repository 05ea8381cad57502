"""The explanation of a row: recorded while it is scored, worded when it is read."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVarTuple

from perfeval.engine.facts.judged import range_text
from perfeval.engine.facts.reading import Given
from perfeval.engine.program.program import Program, ProgramRow
from perfeval.engine.results.step import Step
from perfeval.engine.scoring.totals import rounding_said
from perfeval.methods.normal_form import BandNote, Edge, Item, JudgedTier, Measured
from perfeval.numbers.comparison import facing
from perfeval.numbers.piecewise import ONE, ZERO, Piece
from perfeval.numbers.quantity import BARE, Moment
from perfeval.numbers.quantity import number_text as quantity_text
from perfeval.numbers.rounding import Quantum, exact_text, near_percent, near_text, percent_text
from perfeval.numbers.scores import Number, number_text
from perfeval.problems import KeyPath, Origin
from perfeval.text.messages import Said, said, said_of

Numbers = TypeVarTuple("Numbers")


class Record:
    """The record of one row, in order: each method of ``Working`` that was called, with its numbers."""

    def __init__(self, program: Program, row: ProgramRow, given: Given) -> None:
        self.program = program
        self.row = row
        self.given = given
        self._notes: list[tuple[Callable[..., None], tuple[Any, ...]]] = []

    def note(self, tell: Callable[[Working, *Numbers], None], *args: *Numbers) -> None:
        """Let *tell* put this into words when the steps are read; most never are."""
        self._notes.append((tell, args))

    def steps(self) -> tuple[Step, ...]:
        """The working in words."""
        working = Working(self.program, self.row, self.given)
        for tell, args in self._notes:
            tell(working, *args)
        return tuple(working.steps)


class Working:
    """Puts the working of one row into words, a step at a time."""

    def __init__(self, program: Program, row: ProgramRow, given: Given) -> None:
        self.program = program
        self.row = row
        self.given = given
        self.steps: list[Step] = []

    def _add(self, term: str, formula: str | Said, value: str, shown: str, origin: Origin) -> None:
        """A step that rests on a fact, a weight or a rounding: on *origin*."""
        self.steps.append(Step(term=term, formula=formula, value=value, shown=shown, origin=origin))

    def _cite(
        self, term: str, formula: str | Said, value: str, shown: str, *, at: BandNote | JudgedTier | Item
    ) -> None:
        """A step that rests on one item of a list of the method."""
        cited = at.basis or self.row.basis or self.program.bases.get(at.origin.document)
        self.steps.append(Step(term=term, formula=formula, value=value, shown=shown, origin=at.origin, basis=cited))

    def _rule(self, term: str, formula: str | Said, value: str, shown: str, *, at: KeyPath = ()) -> None:
        """A step that rests on the key *at* of the method, and on the basis of the method or the file."""
        # After `uses` the keys of one method may come from several files.
        place = self.program.place((*self.row.method_origin.path, *at) if at else self.row.method_path)
        cited = self.row.basis or self.program.bases.get(place.document)
        self.steps.append(Step(term=term, formula=formula, value=value, shown=shown, origin=place, basis=cited))

    # --- the facts ---

    def facts(self) -> None:
        """Tell the fact that was filled in, and the target it is compared with."""
        given = self.given
        self._assumptions()
        for note in given.notes:
            self._add(note.term, note.formula, note.value, note.value, note.origin)
        self._add("actual", given.actual, self._fact(given.actual_value), given.actual, given.actual_origin)
        if given.target_value is not None:
            self._target(self._fact(given.target_value))

    def judged_facts(self) -> None:
        """Tell the fact where nothing is measured; an actual that is not the tier itself says more."""
        given = self.given
        if given.tier is not None and given.actual != given.tier.name:
            self._add("actual", given.actual, given.actual, given.actual, given.actual_origin)
        self._target(given.target)
        self._assumptions()

    def _assumptions(self) -> None:
        for one in self.given.assumed:
            self._add("assumption", one, self.given.actual, self.given.actual, self.given.actual_origin)

    def _target(self, value: str | None) -> None:
        target = self.given.target
        if target is not None and value is not None:
            self._add("target", target, value, target, self.given.target_origin or self.row.origin)

    def _fact(self, value: Fraction) -> str:
        return self._day(value) if isinstance(self.row.target, Moment) else exact_text(value)

    def _day(self, value: Fraction) -> str:
        """The date that is the day *value*, without a year where the target has none."""
        text = datetime.date.fromordinal(int(value)).isoformat()
        return text if isinstance(self.row.target, Moment) and self.row.target.has_year else text[5:]

    # --- what does not apply, and what is judged or counted ---

    def void(self) -> None:
        """Tell that the row does not apply."""
        if self.given.target_value is None:
            self._add("void", said("does-not-apply"), "0", "", self.given.origin)
        else:  # it would, were its target not 0
            self.facts()
            self._rule("void", said("does-not-apply"), "0", "", at=("zero_target",))

    def tier(self, tier: JudgedTier, share: Fraction) -> None:
        """The tier that was picked, and the score in it."""
        unit = self.row.weight or ONE
        spans = said("tier-range", tier=tier.name, range=range_text(tier, self.row.weight))
        self._cite("tier", spans, tier.name, "", at=tier)
        formula = f"{exact_text(share * unit)} ÷ {exact_text(unit)}"
        if tier.fixed:
            self._cite("tier-share", formula, exact_text(share), near_percent(share), at=tier)
        else:
            self._add("judged", formula, exact_text(share), near_percent(share), self.given.origin / "score")

    def start(self, share: Fraction) -> None:
        """Tell the start of counting."""
        points = exact_text(share * (self.row.weight or 1))
        self._rule("start", points, exact_text(share), near_percent(share), at=("start",))

    def item(self, item: Item, count: int) -> None:
        """Tell what *count* times of *item* add or take off."""
        unit = self.row.weight or ONE
        points, most = item.of(count) * unit, item.times
        each = exact_text(item.share * unit)
        limit = said("at-most", times=str(most)) if most is not None and count > most else ""
        formula = said("item-counted", name=item.name, count=str(count), each=each, limit=limit)
        sign = "+" if points > 0 else ""
        self._cite("item", formula, exact_text(points), f"{sign}{near_text(points)}", at=item)

    # --- from the measure to the share ---

    def zero_target(self, share: Fraction) -> None:
        """Tell what a target of 0 earns."""
        formula = said("zero-target-says", actual=self.given.actual)
        self._rule("zero-target", formula, exact_text(share), near_percent(share))

    def measure(self, lowered: Measured, measure: Fraction | None) -> None:
        """Tell how actual and target became the measure: dates as dates, amounts in their unit."""
        actual, target, unit = self.given.actual_value, self.given.target_value or ZERO, self.given.unit or BARE
        if dated := isinstance(self.row.target, Moment):
            a, t = self._day(actual), self._day(target)
        else:
            a, t = _sized(actual, unit.factor), _sized(target, unit.factor)
        if measure is None:
            value = shown = "∞"
        elif lowered.measure.is_ratio:
            value, shown = exact_text(measure), near_percent(measure)
        else:  # a difference stands in the unit of its terms
            value, shown = _sized(measure, ONE if dated else unit.factor), quantity_text(measure, unit)
        self._rule(lowered.measure.name, lowered.measure.formula.format(a=a, t=t), value, shown)

    def rate(self, raw: Fraction, rate: Quantum, measure: Fraction) -> None:
        """Tell the rounding of the measure."""
        mode = said_of("mode", rate.mode)
        formula = said("rounded", value=near_percent(raw), step=percent_text(rate.step), mode=mode)
        self._rule("rate-rounding", formula, exact_text(measure), near_percent(measure))

    def pass_mark(self, edge: Edge) -> None:
        """The edge beyond which nothing is earned."""
        formula = said("range-of", ends=(str(edge),))
        self._rule("pass-mark", formula, "0", "0%", at=("zero",))

    def stepped(self, lowered: Measured, measure: Fraction, count: Fraction) -> None:
        """Tell the number of steps away from the target."""
        step, unit = lowered.step, self.given.unit or BARE
        assert step is not None
        distance = abs(measure - step.centre)
        in_percent = lowered.measure.is_ratio
        texts = [near_percent(one) if in_percent else quantity_text(one, unit) for one in (distance, step.per)]
        side = said("side-better" if count > 0 else "side-worse" if count < 0 else "side-level")
        formula = said("steps-counted", distance=texts[0], per=texts[1], count=said_of("count", step.count), side=side)
        self._rule("steps", formula, exact_text(count), near_text(abs(count)), at=("steps",))

    def lifted(self, reason: str) -> None:
        """The reason that lifted a band."""
        self._add("lifted", said("reason-given"), reason, "", self.given.origin / "reason")

    def share(self, lowered: Measured, x: Fraction | None, share: Fraction, piece: Piece) -> None:
        """The piece of the curve that the measure lies in, and what it earns there."""
        formula, value, shown = self._line(lowered, x, piece), exact_text(share), near_percent(share)
        if piece.index is not None and lowered.bands:
            self._cite("share", formula, value, shown, at=lowered.bands[piece.index])
        elif lowered.step is not None and x:
            self._rule("share", formula, value, shown, at=("minus",) if x < 0 else ("plus",))
        else:
            self._rule("share", formula, value, shown)

    def _line(self, lowered: Measured, x: Fraction | None, piece: Piece) -> str | Said:
        """A flat piece by its ends, any other by its line."""
        if x is None or (not piece.slope and lowered.step is None):
            return said("share-flat", measure=said(lowered.measure.name), range=self._range(piece, lowered))
        slope = piece.slope
        if lowered.step is not None:
            sign = "-" if x < 0 else "+"
            return f"{exact_text(piece.constant)} {sign} {exact_text(slope)} × {exact_text(abs(x))}"
        if lowered.measure.name == "difference" and self.given.unit is not None:
            # It was shown in the unit of its terms, so the line that takes it to a share is too.
            slope, x = slope * self.given.unit.factor, x / self.given.unit.factor
        line = exact_text(x) if slope == 1 and not piece.constant else f"{exact_text(slope)} × {exact_text(x)}"
        return f"{exact_text(piece.constant)} + {line}" if piece.constant else line

    def _range(self, piece: Piece, lowered: Measured) -> Said:
        """Return the range of the measure in words: the ends of its piece."""
        ends: list[str | Said] = []
        low, high = facing(up=True, closed=piece.low_closed), facing(up=False, closed=piece.high_closed)
        for at, side in ((piece.low, low), (piece.high, high)):
            if at is not None:
                ends.append(f"{side.sign} {self._end(at, lowered)}")
        return said("range-of", ends=tuple(ends)) if ends else said("range-all")

    def _end(self, at: Fraction, lowered: Measured) -> str:
        if lowered.measure.name == "value" and isinstance(self.row.target, Moment):
            return self._day(at)
        if lowered.measure.is_ratio or (lowered.unit is not None and lowered.unit.dimension == "%"):
            return percent_text(at)
        return exact_text(at) if lowered.unit is None else quantity_text(at, lowered.unit)

    # --- from the share to the score ---

    def limit(self, word: str, limit: Fraction, share: Fraction) -> None:
        """The floor or the cap that the share was brought to."""
        formula = said_of("limit", word, share=percent_text(share), limit=percent_text(limit))
        self._rule(word, formula, exact_text(limit), near_percent(limit), at=(word,))

    def weight(self, weight: Fraction) -> None:
        """Tell the weight of the row, with what others gave it."""
        formula = said("weight-given", before=near_text(self.row.weight))
        self._add("weight", formula, exact_text(weight), near_text(weight), self.row.weight_origin)

    def points(self, share: Fraction, unit: Fraction, points: Fraction) -> None:
        """Share × weight."""
        formula = f"{exact_text(share)} × {exact_text(unit)}"
        self._add("points", formula, exact_text(points), near_text(points), self.row.weight_origin)

    def rounding(self, points: Fraction, quantum: Quantum, score: Number) -> None:
        """The one rounding of the row."""
        value, origin = number_text(score), self.program.quanta.row_origin
        self._add("rounding", rounding_said(points, quantum), value, value, origin)


def _sized(value: Fraction, size: Fraction) -> str:
    """*value* in a unit of that *size*."""
    return exact_text(value if size == 1 else value / size)
