"""The program of a scorecard: flat rows that interpreter, compiler and prover read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from attrs import define, field, frozen

from perfeval.engine.facts.reading import Subject
from perfeval.engine.program.assignment import method_of
from perfeval.engine.program.overrides import Gate, gates
from perfeval.engine.program.validation import check
from perfeval.immutable import Fixed
from perfeval.methods.banded import Banded
from perfeval.methods.method import Method, lower
from perfeval.methods.normal_form import Lowered
from perfeval.numbers.quantity import STANDARD, Blank, Quantity, Reading, Units, month_like, read
from perfeval.numbers.rounding import Quantum
from perfeval.numbers.scores import Number, number
from perfeval.problems import DEFAULT, KeyPath, Origin, Problem, guess, problem
from perfeval.rulefile.groups import Branch, tidy
from perfeval.rulefile.scorecard import ROW, Audit, Grade, Indicator, Owners, Scorecard
from perfeval.rulefile.structure import arrange
from perfeval.text.messages import said

#: So many lowerings are kept: the same few are asked for again and again.
KEPT: Final = 4096


@frozen(kw_only=True, eq=False, repr=False)
class ProgramRow:
    """One indicator, lowered: all that scoring it takes."""

    index: int
    name: str
    id: str | None
    group: str
    weight: Fraction
    target: Reading
    lowered: Lowered
    #: All that lowering looked at besides the weight.
    seen: Hashable
    #: What the method is called, and the method itself.
    method: str
    scoring: Method
    kind: str
    #: What the indicator or the method says it rests on; otherwise it is what the file of each key does.
    basis: str | None
    origin: Origin
    method_origin: Origin

    @property
    def keys(self) -> tuple[str, ...]:
        """The names that facts may use for the row."""
        return tuple(key for key in (self.id, self.name, f"{self.group}/{self.name}" if self.group else None) if key)

    @cached_property
    def method_path(self) -> KeyPath:
        """The path of the ``kind`` of the method."""
        return (*self.method_origin.path, "kind")

    @cached_property
    def weight_number(self) -> Number:
        """The weight, with the decimals it has."""
        return number(self.weight, None)

    @cached_property
    def weight_origin(self) -> Origin:
        return self.origin / "weight"

    @cached_property
    def subject(self) -> Subject:
        return Subject(
            name=self.name,
            weight=self.weight,
            target=self.target,
            target_origin=self.origin / "target",
            lowered=self.lowered,
            method=said("method-of-kind", name=self.method, kind=self.kind) if self.method != self.kind else self.kind,
        )


@frozen(kw_only=True, eq=False, repr=False)
class Quanta:
    """The quanta that rows, the total, and the total of the grade are rounded to; None is not at all."""

    row: Quantum | None
    total: Quantum | None
    grade: Quantum | None
    #: True if the grade reads the total as it is printed.
    grade_reads_total: bool
    row_origin: Origin
    total_origin: Origin
    grade_origin: Origin


def _names(items: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    return Fixed(items)


def _bases(items: Mapping[str, str | None]) -> Mapping[str, str | None]:
    return Fixed(items)


@frozen(kw_only=True, eq=False, repr=False)
class Program:
    """Rows, groups, grades and roundings, with nothing left to look up."""

    rows: tuple[ProgramRow, ...]
    branches: tuple[Branch, ...]
    grades: tuple[Grade, ...]
    quanta: Quanta
    total: Fraction
    cap: Fraction | None
    #: Where the weight of a row that does not apply goes; None is a problem.
    not_applicable: Literal["total", "group"] | None
    gates: tuple[Gate, ...]
    audit: Audit
    units: Units
    names: Mapping[str, tuple[int, ...]] = field(converter=_names)
    owners: Owners
    #: What each rule file rests on, by its name.
    bases: Mapping[str, str | None] = field(converter=_bases)
    origin: Origin
    _places: dict[KeyPath, Origin] = field(factory=dict, init=False, eq=False, repr=False)

    @property
    def weight(self) -> Fraction:
        """The points of rows and groups together, at full marks."""
        rows = (row.weight for row in self.rows if not row.group)
        groups = (branch.weight for branch in self.branches if "/" not in branch.path)
        return sum((*rows, *groups), Fraction(0))

    def place(self, path: KeyPath) -> Origin:
        """The origin of the key *path*; kept, since the steps of all rows rest on the same few."""
        found = self._places.get(path)
        if found is None:
            found = self._places[path] = self.owners.origin(path)
        return found


def build(card: Scorecard, faults: list[Problem]) -> Program:
    """*card* lowered; whatever makes no sense in it is added to *faults*, and the program is then not to be used."""
    units = _units(card, faults)
    arrangement = arrange(card, units, faults)
    lowering = Lowering(card, units)
    rows: list[ProgramRow] = []
    used: set[Origin] = set()
    for index, indicator in enumerate(card.indicators):
        target = read(indicator.target.text, units) if indicator.target else Blank("")
        bound = method_of(card, indicator, target, faults)
        if bound is None:
            continue
        name, method = bound
        used.add(method.origin)
        if isinstance(target, Quantity) and (month := month_like(target)) is not None:
            faults.append(problem("ambiguous-date", indicator.origin / "target", found=target.text, mended=month))
            continue
        if method.measuring.target is not None and not isinstance(target, Blank):
            faults.append(problem("two-targets", indicator.origin / "target", found=indicator.name, method=name))
            continue
        before = len(faults)
        _check_levels(indicator, method, faults)
        row = lowering.row(index, indicator, bound, target, arrangement.weights[index], faults)
        if row is not None and len(faults) == before:
            rows.append(row)
    check(card, used, units, faults)
    names: dict[str, tuple[int, ...]] = {}
    for one in rows:
        for key in dict.fromkeys(one.keys):
            names[key] = (*names.get(key, ()), one.index)
    return Program(
        rows=tuple(rows),
        branches=arrangement.branches,
        grades=card.grades,
        quanta=_quanta(card),
        total=Fraction(card.total),
        cap=None if card.cap is None else Fraction(card.cap),
        not_applicable=card.not_applicable,
        gates=gates(card, [(one.index, one.keys) for one in rows], [one.path for one in arrangement.branches], faults),
        audit=card.audit,
        units=units,
        names=names,
        owners=card.owners,
        bases={one.document.name: one.basis for one in card.documents},
        origin=card.origin,
    )


@define
class Lowering:
    """Lowers rows by the rules of *card*; those that lower alike share what they lower to."""

    card: Scorecard
    units: Units
    _kept: dict[Hashable, Lowered] = field(factory=dict, init=False)

    def row(  # noqa: PLR0917  # all that a row is made of
        self,
        index: int,
        indicator: Indicator,
        bound: tuple[str, Method],
        target: Reading,
        weight: Fraction,
        faults: list[Problem],
    ) -> ProgramRow | None:
        """*indicator* by the method it is *bound* to; None, with the reasons among *faults*, if it cannot be scored."""
        name, method = bound
        seen = method.looks_at(target, indicator.levels)
        alike = (id(method), weight.numerator, weight.denominator, seen)
        lowered = self._kept.get(alike)
        if lowered is None:
            rounding = self.card.rounding
            lowered, wrong = lower(
                method,
                name=indicator.name,
                weight=weight,
                target=target,
                units=self.units,
                origin=indicator.origin,
                rate=rounding.rate.quantum(rounding.mode) if rounding.rate else None,
                levels=indicator.levels,
            )
            faults.extend(wrong)
            if lowered is None or wrong:
                return None
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[alike] = lowered
        return ProgramRow(
            index=index,
            name=indicator.name,
            id=indicator.id,
            group=tidy(indicator.group),
            weight=weight,
            target=target,
            lowered=lowered,
            seen=seen,
            method=name,
            scoring=method,
            kind=method.scoring.kind,
            basis=indicator.basis or method.basis,
            origin=indicator.origin,
            method_origin=method.origin,
        )


def _check_levels(indicator: Indicator, method: Method, faults: list[Problem]) -> None:
    """Check that a row brings only levels that its method asks for."""
    bands = method.scoring.bands if isinstance(method.scoring, Banded) else ()
    known = tuple(band.level for band in bands if band.level is not None)
    for name in indicator.levels:
        if name not in known:
            origin = indicator.origin / "levels" / name
            advice = guess(name, known) if known else said("no-levels")
            faults.append(problem("unknown-level", origin, advice=advice, found=name, known=known))


def _quanta(card: Scorecard) -> Quanta:
    rounding, mode = card.rounding, card.rounding.mode
    row, total, grade = (card.owners.origin(("rounding", key)) for key in ("row", "total", "grade"))
    return Quanta(
        row=(rounding.row or ROW).quantum(mode),
        total=rounding.total.quantum(mode) if rounding.total else None,
        grade=rounding.grade.quantum(mode) if rounding.grade else None,
        grade_reads_total=rounding.grade is None,
        row_origin=row if rounding.row else DEFAULT / "rounding" / "row",
        total_origin=total,
        grade_origin=grade,
    )


def _units(card: Scorecard, faults: list[Problem]) -> Units:
    """The standard units and those of the file."""
    units = STANDARD
    for name, written in card.units.items():
        try:
            units = units.with_units({name: written.text})
        except ValueError:
            faults.append(problem("bad-quantity", card.origin / "units" / name, found=written.text))
    return units
