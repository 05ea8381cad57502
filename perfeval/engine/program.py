"""A scorecard lowered to flat rows: what the interpreter walks, the compiler writes out and the prover reads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from perfeval.engine.facts import Subject
from perfeval.exact import Quantum
from perfeval.language.aggregation import Branch, arrange, tidy
from perfeval.language.method import Method
from perfeval.language.normal import Lowered, repeated, squeezed
from perfeval.language.row import Row
from perfeval.language.scorecard import Assign, Grade, Indicator, Scorecard
from perfeval.messages import said
from perfeval.problems import DEFAULT, Origin, Problem, guess, problem
from perfeval.quantity import STANDARD, Blank, Moment, Quantity, Reading, Units, Words, read

#: What a row is rounded to where the file does not say.
_ROW = Decimal("0.01")
#: Faults that a method can have without a row.
_OF_METHODS = frozenset(
    (
        *("unreachable-band", "mixed-edges", "open-bands", "edge-unit", "bad-quantity"),
        *("out-of-range", "crossed-limits", "duplicate-name", "reserved-name"),
    )
)


@frozen(kw_only=True)
class ProgramRow:
    """One indicator, lowered: all that scoring it takes."""

    index: int
    name: str
    id: str | None
    group: str
    weight: Fraction
    target: Reading
    lowered: Lowered
    method: str
    basis: str | None
    origin: Origin
    method_origin: Origin

    @property
    def keys(self) -> tuple[str, ...]:
        """What facts may call the row."""
        return tuple(key for key in (self.id, self.name, f"{self.group}/{self.name}" if self.group else None) if key)

    @property
    def subject(self) -> Subject:
        return Subject(
            name=self.name,
            weight=self.weight,
            target=self.target,
            target_origin=self.origin / "target",
            lowered=self.lowered,
        )


@frozen(kw_only=True)
class Quanta:
    """What row, total and the total that the grade reads are rounded to; None is not at all."""

    row: Quantum | None
    total: Quantum | None
    grade: Quantum | None
    #: Whether the grade reads the total as it is printed.
    grade_reads_total: bool
    row_origin: Origin
    total_origin: Origin
    grade_origin: Origin


@frozen(kw_only=True)
class Program:
    """Rows, groups, grades and roundings, with nothing left to look up."""

    rows: tuple[ProgramRow, ...]
    branches: tuple[Branch, ...]
    grades: tuple[Grade, ...]
    quanta: Quanta
    total: Fraction
    cap: Fraction | None
    units: Units
    names: dict[str, tuple[int, ...]] = field(eq=False)
    origin: Origin


def build(card: Scorecard, faults: list[Problem]) -> Program:
    """*card* lowered; whatever makes no sense in it is added to *faults*, and the program is then not to be used."""
    units = _units(card, faults)
    _check_assign(card, faults)
    _check_grades(card, faults)
    _check_names(card.indicators, faults)
    arrangement = arrange(card, faults)
    rate = card.rounding.rate.quantum(card.rounding.mode) if card.rounding.rate else None
    rows: list[ProgramRow] = []
    used: set[Origin] = set()
    for index, indicator in enumerate(card.indicators):
        target = read(indicator.target.text, units) if indicator.target else Blank("")
        bound = _bound(card, indicator, target, faults)
        if bound is None:
            continue
        name, method = bound
        used.add(method.origin)
        row = Row(
            name=indicator.name,
            weight=arrangement.weights[index],
            target=target,
            units=units,
            rate=rate,
            origin=indicator.origin,
            faults=faults,
        )
        if method.measuring.target is not None and not isinstance(target, Blank):
            faults.append(problem("two-targets", indicator.origin / "target", found=indicator.name, method=name))
            continue
        before = len(faults)
        lowered = method.lower(row)
        if lowered is None or len(faults) > before:
            continue
        rows.append(
            ProgramRow(
                index=index,
                name=indicator.name,
                id=indicator.id,
                group=tidy(indicator.group),
                weight=row.weight,
                target=target,
                lowered=lowered,
                method=name,
                basis=indicator.basis or method.basis or _basis(card, method.origin),
                origin=indicator.origin,
                method_origin=method.origin,
            )
        )
    _check_unused(card, used, units, faults)
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
        units=units,
        names=names,
        origin=card.origin,
    )


def _quanta(card: Scorecard) -> Quanta:
    rounding, place = card.rounding, card.rounding.origin
    mode = rounding.mode
    row = rounding.row.quantum(mode) if rounding.row else Quantum(Fraction(1, 100), 2, mode)
    return Quanta(
        row=row,
        total=rounding.total.quantum(mode) if rounding.total else None,
        grade=rounding.grade.quantum(mode) if rounding.grade else None,
        grade_reads_total=rounding.grade is None,
        row_origin=(place if rounding.row else DEFAULT / "rounding") / "row",
        total_origin=place / "total",
        grade_origin=place / "grade",
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


def _basis(card: Scorecard, origin: Origin) -> str | None:
    """The basis of the file that the method stands in."""
    return next((one.basis for one in card.documents if one.document.name == origin.document), card.basis)


def _bound(card: Scorecard, indicator: Indicator, target: Reading, faults: list[Problem]) -> tuple[str, Method] | None:
    """The method of an indicator and what it is called: its own, the one it names, or the one it is assigned."""
    if isinstance(indicator.method, Method):
        return indicator.method.scoring.kind, indicator.method
    name, origin = indicator.method, indicator.origin / "method"
    if name is None:
        line = next((one for one in card.assign if _fits(one, indicator, target)), None)
        if line is None:
            faults.append(problem("no-method", indicator.origin, found=indicator.name))
            return None
        name, origin = line.method, line.origin / "method"
    method = card.methods.get(name)
    if method is None:
        # A line of [[assign]] is checked once, for itself.
        if indicator.method is not None:
            faults.append(_no_such_method(card, name, origin))
        return None
    return name, method


def _no_such_method(card: Scorecard, name: str, origin: Origin) -> Problem:
    known = tuple(card.methods)
    return problem("unknown-method-name", origin, advice=guess(name, known), found=name, known=known)


def _fits(line: Assign, indicator: Indicator, target: Reading) -> bool:
    if line.name is not None and squeezed(line.name) not in squeezed(indicator.name):
        return False
    if line.group is not None:
        wanted = squeezed(line.group)
        places = [*tidy(indicator.group).split("/"), indicator.name]
        if not any(wanted in squeezed(place) for place in places):
            return False
    return line.target is None or line.target in _kinds(target)


def _kinds(target: Reading) -> tuple[str, ...]:
    """The words that ``[[assign]]`` has for what a target reads as."""
    match target:
        case Quantity():
            return ("number", "percent") if target.unit.dimension == "%" else ("number",)
        case Moment():
            return ("date",)
        case Words():
            return ("text",)
        case _:
            return ("none",)


def _check_unused(card: Scorecard, used: set[Origin], units: Units, faults: list[Problem]) -> None:
    """What is wrong with a method that no row takes, as a policy has them: only what is so for every row."""
    for name, method in card.methods.items():
        if method.origin in used:
            continue
        found: list[list[Problem]] = []
        for weight in (Fraction(1), Fraction(10**6)):
            row = Row(
                name=name,
                weight=weight,
                target=Blank(""),
                units=units,
                rate=None,
                origin=method.origin,
                faults=[],
            )
            method.lower(row)
            found.append([one for one in row.faults if one.name in _OF_METHODS])
        places = {(one.name, one.origin) for one in found[1]}
        for one in found[0]:
            # Which date an edge is can be told only beside a target that is a date.
            dated = one.name == "bad-quantity" and isinstance(read(str(one.args.get("found"))), Moment)
            if (one.name, one.origin) in places and not dated:
                faults.append(one)


def _check_assign(card: Scorecard, faults: list[Problem]) -> None:
    for index, line in enumerate(card.assign):
        if line.method not in card.methods:
            faults.append(_no_such_method(card, line.method, line.origin / "method"))
        if line.unconditional and index + 1 < len(card.assign):
            faults.append(problem("unreachable-assign", line.origin, index=index + 1))


def _check_grades(card: Scorecard, faults: list[Problem]) -> None:
    """Grades fall, the lowest takes every total that is left, and no two share a name."""
    for index, first, key, name in repeated(card.grades):
        faults.append(problem("duplicate-name", card.grades[index].origin / key, found=name, first=first + 1))
    for index, (before, grade) in enumerate(zip(card.grades, card.grades[1:], strict=False)):
        if grade.from_ >= before.from_:
            faults.append(
                problem(
                    "unreachable-band",
                    grade.origin / "from",
                    index=index + 2,
                    before=index + 1,
                    taken=said("taken-from", edge=f"{before.from_:f}"),
                    order=said("highest-first"),
                )
            )
    if card.grades and (last := card.grades[-1]).from_ > 0:
        faults.append(problem("grade-gap", last.origin / "from", edge=f"{last.from_:f}"))


def _check_names(indicators: Sequence[Indicator], faults: list[Problem]) -> None:
    """A name stands once in a group; an id stands once, and is nobody else's name."""
    names: dict[tuple[str, str], int] = {}
    ids: dict[str, int] = {}
    for index, indicator in enumerate(indicators, 1):
        place = (tidy(indicator.group), indicator.name)
        if place in names:
            first = names[place]
            faults.append(
                problem("duplicate-indicator", indicator.origin / "name", key="name", found=indicator.name, first=first)
            )
        names.setdefault(place, index)
        if indicator.id is not None:
            if indicator.id in ids:
                first = ids[indicator.id]
                faults.append(
                    problem("duplicate-indicator", indicator.origin / "id", key="id", found=indicator.id, first=first)
                )
            ids.setdefault(indicator.id, index)
    for index, indicator in enumerate(indicators, 1):
        longer = f"{tidy(indicator.group)}/{indicator.name}"
        for key in sorted({indicator.name, longer} & ids.keys()):
            if ids[key] != index:
                other = indicators[ids[key] - 1].origin / "id"
                faults.append(problem("duplicate-indicator", other, key="id", found=key, first=index))
