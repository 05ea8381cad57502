"""Banded: the first band that fits sets the share, or straight lines between the edges do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal

from attrs import evolve, field, frozen

from perfeval.methods.method import Method
from perfeval.methods.normal_form import VALUE, BandNote, Better, Measure, Measured, MeasureName, measure_of
from perfeval.methods.row import Row
from perfeval.numbers.amounts import NO_EDGES, Amount, Cited, Edges, Written
from perfeval.numbers.comparison import FROM, TO, Comparison
from perfeval.numbers.piecewise import ONE, ZERO, Curve, Piece, Stair, stairs
from perfeval.numbers.quantity import Quantity, Unit, read
from perfeval.problems import NOWHERE, Origin
from perfeval.text.messages import Said, said, said_of


@frozen(kw_only=True)
class Band(Cited):
    """One interval of a measured scale: an edge, and what it earns. ``level`` is an edge that each row brings."""

    edges: Edges[Written] = NO_EDGES
    level: str | None = None
    score: Amount | None = None
    minus: Amount | None = None
    unless: Literal["reason"] | None = None
    name: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False)

    def edge(self) -> tuple[Comparison, Written] | None:
        """The edge that the band itself states; None for a level, and for the band that takes the rest."""
        return self.edges.one

    @property
    def takes_rest(self) -> bool:
        return self.level is None and self.edge() is None

    def share(self, weight: Fraction) -> Fraction:
        if self.score is not None:
            return self.score.share(weight)
        assert self.minus is not None
        return (ONE if weight else ZERO) - self.minus.share(weight)

    def edge_said(self) -> str | Said:
        """The edge as people write it."""
        if self.level is not None:
            return said("says-level", level=self.level)
        edge = self.edge()
        return f"{edge[0].sign} {edge[1]}" if edge else said("says-rest")


@frozen(kw_only=True, eq=False, repr=False)
class _Bound:
    """A band bound to a row: its edge, with the level of the row in place of the name of the level."""

    index: int
    band: Band
    side: Comparison
    written: Written
    origin: Origin


@frozen(kw_only=True)
class Banded:
    """The first band that fits says what is earned; with ``interpolate``, straight lines between the edges."""

    kind: ClassVar[str] = "banded"
    measures: ClassVar[bool] = True
    by_target: ClassVar[bool] = False

    bands: tuple[Band, ...]
    measure: MeasureName = "value"
    interpolate: bool = False

    def lower(self, row: Row, method: Method) -> Measured | None:
        better = method.direction(row)
        measure = measure_of(self.measure, better, method.measuring.reverse)
        bound = self._bound(row, better)
        # The edges of a rate are percentages, whatever the unit of what it is the rate of.
        unit = row.unit or (None if measure.is_ratio else _unit(row, bound))
        # The value is that of the actual, and where a target is made of amounts, so is what is compared with it.
        actual = method.measuring.actual
        made_of = actual.names if actual else ("actual",)
        amounts = made_of if method.measuring.target is not None and measure is VALUE else None
        curve = None if bound is None else self._curve(row, measure, unit, bound, amounts)
        if curve is None:
            return None
        lifted = any(band.unless is not None for band in self.bands)
        explained = self._without_lifted(row, measure, unit, bound or ()) if lifted else None
        notes = tuple(map(_note, self.bands))
        return method.measured(row, better, measure, curve, unit=unit, explained=explained, bands=notes)

    def describe(self) -> tuple[Said, ...]:
        lines = [said("says-banded", measure=said(self.measure))]
        for band in self.bands:
            earns: str | Said = str(band.score) if band.score is not None else said("says-minus", minus=str(band.minus))
            word = "says-band" if band.unless is None else "says-band-unless"
            lines.append(said(word, edge=band.edge_said(), earns=earns))
        return (*lines, said("says-interpolate")) if self.interpolate else tuple(lines)

    def _bound(self, row: Row, better: Better) -> Sequence[_Bound] | None:
        """The bands that have an edge, bound to *row*; None where it lacks a level."""
        bound: list[_Bound] = []
        side = FROM if better == "higher" else TO
        wanted = [band.level for band in self.bands if band.level is not None]
        missing = tuple(level for level in wanted if level not in row.levels)
        if missing:
            row.fault("missing-level", row.origin, found=row.name, key=missing)
            return None
        for index, band in enumerate(self.bands):
            if band.level is not None:
                place = row.origin / "levels" / band.level
                written = row.levels[band.level]
                bound.append(_Bound(index=index, band=band, side=side, written=written, origin=place))
            elif (edge := band.edge()) is not None:
                place = band.origin / edge[0].word
                bound.append(_Bound(index=index, band=band, side=edge[0], written=edge[1], origin=place))
        return bound

    def _curve(
        self, row: Row, measure: Measure, unit: Unit | None, bound: Sequence[_Bound], amounts: tuple[str, ...] | None
    ) -> Curve | None:
        """The curve of the bands, or None with what is wrong with them among the faults of *row*."""
        faults = len(row.faults)
        rest = next((index for index, band in enumerate(self.bands) if band.takes_rest), None)
        if rest is not None and rest + 1 < len(self.bands):
            here, everything, order = self.bands[rest].origin, said("everything"), said("rest-last")
            row.fault("unreachable-band", here, index=rest + 2, before=rest + 1, taken=everything, order=order)
        steps: list[Stair] = []
        for one in bound if rest is None else bound[:rest]:
            if amounts is not None and _is_percent(one.written, row):
                row.fault("percent-edge", one.origin, key=one.side.word, found=one.written.text, made=amounts)
                continue
            at = row.edge(measure, unit, one.written, one.origin, percent=said("by-completion"))
            if at is None:
                continue
            if steps and one.side.up != steps[0].side.up:
                row.fault("mixed-edges", one.origin, first=1, second=one.index + 1)
            elif steps and not _further(one.side, at, steps[-1]):
                before = next(other for other in bound if other.index == steps[-1].index)
                taken = said_of("taken", before.side.word, edge=before.written.text)
                index, earlier, order = one.index + 1, before.index + 1, _order(one.side)
                row.fault("unreachable-band", one.origin, index=index, before=earlier, taken=taken, order=order)
            steps.append(Stair(one.side, at, one.band.share(row.weight), one.index))
        if len(row.faults) > faults:
            return None
        if rest is None:
            last = bound[-1]
            row.fault("open-bands", self.bands[-1].origin, edge=last.written.text, mended="{ score = 0 }")
            return None
        share = self.bands[rest].share(row.weight)
        curve = stairs(steps, share, rest)
        return _joined(steps, curve) if self.interpolate else curve

    def _without_lifted(self, row: Row, measure: Measure, unit: Unit | None, bound: Sequence[_Bound]) -> Curve | None:
        """The curve where a reason is given: without the bands that it lifts."""
        kept = [one for one in bound if one.band.unless is None]
        quiet = evolve(row, faults=[])  # whatever is wrong was said of all the bands
        steps = [
            Stair(one.side, at, one.band.share(row.weight), one.index)
            for one in kept
            if (at := quiet.edge(measure, unit, one.written, one.origin)) is not None
        ]
        rest = len(self.bands) - 1
        curve = stairs(steps, self.bands[rest].share(row.weight), rest)
        return _joined(steps, curve) if self.interpolate else curve


def _note(band: Band) -> BandNote:
    return BandNote(
        name=band.name or band.level, basis=band.basis, origin=band.origin, unless_reason=band.unless == "reason"
    )


def _unit(row: Row, bound: Sequence[_Bound] | None) -> Unit | None:
    """The unit of the first edge, which stands for the target's where there is none."""
    for one in bound or ():
        if isinstance(reading := read(one.written.text, row.units), Quantity):
            return reading.unit
    return None


def _is_percent(written: Written, row: Row) -> bool:
    reading = read(written.text, row.units)
    return isinstance(reading, Quantity) and reading.unit.dimension == "%"


def _further(side: Comparison, at: Fraction, before: Stair) -> bool:
    """Return True if an edge leaves something that the band *before* it does not take already."""
    if at == before.at:
        return side.closed and not before.side.closed
    return at < before.at if side.up else at > before.at


def _order(side: Comparison) -> Said:
    """Return the order of an edge that faces this *side* in a list of bands."""
    return said("highest-first" if side.up else "lowest-first")


def _joined(steps: Sequence[Stair], curve: Curve) -> Curve:
    """*curve* with each band's stretch as a straight line from its own edge to the edge of the band before it."""
    before: dict[int | None, tuple[Stair, Stair]] = {pair[1].index: pair for pair in pairwise(steps)}
    return Curve(tuple(_line(piece, before.get(piece.index)) for piece in curve.pieces))


def _line(piece: Piece, ends: tuple[Stair, Stair] | None) -> Piece:
    # The first band and the one without an edge stay flat, and so does a single point between two edges.
    if ends is None or ends[0].at == ends[1].at:
        return piece
    before, own = ends
    slope = (before.share - own.share) / (before.at - own.at)
    return evolve(piece, constant=own.share - slope * own.at, slope=slope)
