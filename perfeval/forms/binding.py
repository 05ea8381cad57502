"""The rows of a form bound to a policy: each with its method and what the rule gives it, or why none does."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, Literal

from attrs import define, evolve, field, frozen

from perfeval.engine.assignment import method_of
from perfeval.engine.facts import read_fact
from perfeval.engine.given import Given
from perfeval.engine.interpreter import Outcome, UnscorableError, score_row
from perfeval.engine.plan import Plan
from perfeval.engine.program import Program, ProgramRow
from perfeval.engine.scores import Number, number
from perfeval.exact import decimals_of, exact_text
from perfeval.forms.figures import Figure, blank, heading_unit, money, points
from perfeval.forms.form import Form, FundsRow, IndicatorRow
from perfeval.forms.wordings import UNWANTED
from perfeval.language.amounts import Cell, Written
from perfeval.language.groups import tidy
from perfeval.language.method import Method
from perfeval.language.normal import Judged, JudgedTier, Lowered, squeezed
from perfeval.language.row import Row
from perfeval.language.scorecard import Facts, Indicator, Scorecard
from perfeval.messages import Language, Said, said
from perfeval.problems import Origin, Problem
from perfeval.quantity import Blank, Moment, Quantity, Reading, Unit, read

#: What the line of the money is called among the rows, as policies assign it.
EXECUTION: Final = "预算执行率"
_GROUP: Final = "预算执行"
#: So many lowerings are kept: the same few are asked for by form after form.
_KEPT: Final = 4096

State = Literal["checked", "judged"]


@frozen(kw_only=True)
class Line:
    """One row that carries a score: an indicator, or the money as a whole.

    ``weight`` and ``reported`` are None where the cell is blank or no number. A row whose rule can be computed has an
    ``outcome``, and ``computed`` are its points, exact and not rounded. Of any other ``why`` or ``fault`` say what
    stands in the way; its score is then taken as the unit judged it. ``tier`` is the tier that such a row is in, as far
    as its words tell, and ``named`` whether the actual itself names it.
    """

    index: int
    name: str
    group: str
    row: FundsRow | IndicatorRow
    is_execution: bool
    weight: Figure | None
    reported: Figure | None
    target: Reading
    actual: Reading
    method: str | None = None
    # How its points came about: these follow from the form and the rules, and two audits are not told apart by them.
    program_row: ProgramRow | None = field(default=None, eq=False)
    given: Given | None = field(default=None, eq=False)
    outcome: Outcome | None = field(default=None, eq=False)
    computed: Fraction | None = None
    why: Said | None = None
    fault: Problem | None = None
    tier: JudgedTier | None = None
    named: bool = False

    @property
    def state(self) -> State:
        return "checked" if self.computed is not None else "judged"

    @property
    def origin(self) -> Origin:
        return self.row.origin

    def why_in(self, lang: Language) -> str | None:
        """Why the rules do not check the row, in a sentence."""
        if self.fault is not None:
            return self.fault.message_in(lang)
        return None if self.why is None else self.why.text(lang)

    @property
    def reason(self) -> Cell | None:
        """The cell for the reason; None where the form has none for this row."""
        return self.row.reason if isinstance(self.row, IndicatorRow) else None

    @property
    def actual_cell(self) -> Cell | None:
        return self.row.actual if isinstance(self.row, IndicatorRow) else self.row.executed

    @property
    def target_cell(self) -> Cell | None:
        return self.row.target if isinstance(self.row, IndicatorRow) else self.row.budget

    def cell(self, key: str) -> Cell | None:
        found = getattr(self.row, key, None)
        return found if isinstance(found, Cell) else None

    @property
    def counts(self) -> bool:
        """Whether the row weighs anything."""
        return self.weight is not None and bool(self.weight.value)

    @property
    def as_reported(self) -> Number | None:
        """The score that the form prints, with the decimals it prints."""
        if self.reported is None:
            return None
        own = decimals_of(self.reported.value)
        return number(self.reported.value, None if own is None else max(own, self.reported.decimals))

    @property
    def lost(self) -> Fraction:
        """The points that the form itself takes off; 0 where either number is missing."""
        if self.weight is None or self.reported is None:
            return Fraction(0)
        return self.weight.value - self.reported.value


@frozen(kw_only=True)
class Bound:
    """A form bound to the rules of its year."""

    form: Form
    card: Scorecard
    program: Program
    heading: Unit | None
    lines: tuple[Line, ...]

    @property
    def execution(self) -> Line | None:
        return next((line for line in self.lines if line.is_execution), None)

    @property
    def indicators(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_execution)


@define
class Binder:
    """Binds forms to one policy, and keeps what is the same for all of them."""

    plan: Plan
    _lowered: dict[Hashable, Lowered | tuple[Problem, ...]] = field(factory=dict, init=False)

    def bind(self, form: Form) -> Bound:
        """*form* bound to the policy as it stands in its year. Raises InputError where it does not stand then."""
        ready = self._of_year(form)
        heading = heading_unit(form.money, ready.program.units)
        bound = Bound(form=form, card=ready.card, program=ready.program, heading=heading, lines=())
        return evolve(bound, lines=tuple(self._lines(bound)))

    def _of_year(self, form: Form) -> Plan:
        year = form.in_year
        if year is None and self.plan.periods:
            return self.plan.periods[-1][1]
        return self.plan.of_year(Facts(actuals={}, year=year, origin=form.origin / "year"))

    def _lines(self, bound: Bound) -> Iterator[Line]:
        whole = bound.form.whole
        index = 0
        if whole is not None and not (blank(whole.weight) and blank(whole.score) and blank(whole.budget)):
            line = Line(
                index=0,
                name=EXECUTION,
                group=_GROUP,
                row=whole,
                is_execution=True,
                weight=points(whole.weight, percent=True),
                reported=points(whole.score),
                target=Blank(""),
                actual=Blank(""),
            )
            yield self._scored(bound, line)
            index = 1
        units = bound.program.units
        for row in bound.form.indicators:
            if _is_unused(row):
                continue
            line = Line(
                index=index,
                name=" ".join(row.name.text.split()),
                group=tidy(row.group.text) if row.group else "",
                row=row,
                is_execution=False,
                weight=points(row.weight, percent=True),
                reported=points(row.score),
                target=read(row.target.text, units) if row.target else Blank(""),
                actual=read(row.actual.text, units) if row.actual else Blank(""),
            )
            yield self._scored(bound, line)
            index += 1

    def _scored(self, bound: Bound, line: Line) -> Line:
        """*line* with its method, and what that gives it."""
        target = Written(line.target.text) if not isinstance(line.target, Blank) else None
        # A scorecard may say of a row by name how it is scored; else the policy assigns it.
        own = next((one for one in bound.card.indicators if squeezed(one.name) == squeezed(line.name)), None)
        own_method = None if own is None else own.method
        indicator = Indicator(name=line.name, group=line.group, target=target, method=own_method, origin=line.origin)
        found = method_of(bound.card, indicator, line.target, [])
        if found is None:
            return evolve(line, why=said("why-unassigned"))
        name, method = found
        line = evolve(line, method=name)
        weight = line.weight
        if weight is None or weight.value <= 0:
            return evolve(line, why=said("why-no-weight"))
        made = method.measuring.target is not None
        if made:
            line = evolve(line, target=Blank(""))
        lowered = self._lowering(bound, line, method)
        if isinstance(lowered, tuple):
            return evolve(line, fault=lowered[0])
        if isinstance(lowered, Judged):
            return _judged(line, lowered)
        row = ProgramRow(
            index=line.index,
            name=line.name,
            id=None,
            group=line.group,
            weight=weight.value,
            target=line.target,
            lowered=lowered,
            method=name,
            scoring=method,
            kind=method.scoring.kind,
            basis=method.basis,
            origin=line.origin,
            method_origin=method.origin,
            seen=None,
        )
        line = evolve(line, program_row=row)
        if (why := _nothing_to_check(line)) is not None:
            return evolve(line, why=why)
        faults: list[Problem] = []
        raw, origin = self._fact(bound, line, method)
        given = read_fact(row.subject, raw, origin, bound.program.units, faults)
        if given is None:
            return evolve(line, fault=faults[0])
        if not given.applies:
            return evolve(line, given=given, why=said("why-void"))
        try:
            outcome = score_row(bound.program, row, given, row.weight)
        except UnscorableError:
            return evolve(line, why=said("why-no-share"))
        return evolve(line, given=given, outcome=outcome, computed=outcome.share * row.weight)

    def _lowering(self, bound: Bound, line: Line, method: Method) -> Lowered | tuple[Problem, ...]:
        """What *method* is for a row like *line*, or why it cannot score one."""
        rounding = bound.card.rounding
        assert line.weight is not None
        row = Row(
            name=line.name,
            weight=line.weight.value,
            target=line.target,
            units=bound.program.units,
            rate=rounding.rate.quantum(rounding.mode) if rounding.rate else None,
            origin=line.origin,
            faults=[],
        )
        key = (id(method), line.weight.value, method.looks_at(row))
        if (kept := self._lowered.get(key)) is not None:
            return kept
        lowered = method.lower(row)
        if lowered is None or row.faults:
            return tuple(row.faults)  # they name this row, and another of its kind has its own
        if len(self._lowered) >= _KEPT:
            self._lowered.clear()
        self._lowered[key] = lowered
        return lowered

    def _fact(self, bound: Bound, line: Line, method: Method) -> tuple[Any, Origin]:
        """What the form says of *line*, as facts say it, and where."""
        given: dict[str, Any] = {}
        if line.reason is not None and not blank(line.reason):
            given["reason"] = line.reason.text
        made = [one for one in (method.measuring.actual, method.measuring.target) if one is not None]
        names = {name for one in made for name in one.names}
        whole = bound.form.whole
        if not names or whole is None:
            return {"actual": line.actual.text, **given}, line.origin
        if method.measuring.actual is None:
            given["actual"] = line.actual.text
        return {**given, **amounts(bound, whole, names)}, whole.origin


def amounts(bound: Bound, whole: FundsRow, names: set[str]) -> Mapping[str, str]:
    """The amounts of the money that a method asks for by *names*, as texts in one unit."""
    carried = next((row for row in bound.form.parts if "结转" in row.name.text), None)
    found = {
        "budget": whole.budget,
        "executed": whole.executed,
        "year_start_budget": whole.year_start_budget,
        "carried_over": None if carried is None else carried.budget,
    }
    figures = {name: money(cell, bound.heading, bound.program.units) for name, cell in found.items() if name in names}
    units = {one.unit.name for one in figures.values() if one is not None}
    in_money = any(one.unit.dimension == "元" for one in figures.values() if one is not None)
    texts: dict[str, str] = {}
    for name, figure in figures.items():
        cell = found[name]
        if cell is None or blank(cell):
            continue
        if figure is None:
            texts[name] = cell.text
        elif len(units) > 1 and in_money and figure.unit.dimension == "" and figure.unit.factor > 1:
            # 50万 beside 24.5 under 万元: both are money.
            texts[name] = exact_text(figure.value) + "元"
        elif len(units) == 1 and figure.unit.dimension == "":
            texts[name] = cell.text.strip()
        elif figure.unit.dimension == "元":
            texts[name] = exact_text(figure.value / figure.unit.factor) + figure.unit.name
        else:
            texts[name] = exact_text(figure.value)
    return texts


def _is_unused(row: IndicatorRow) -> bool:
    """Whether a row was only left in the table: nothing but fillers stands in it."""
    return all(blank(cell) for cell in (row.target, row.actual, row.weight, row.score))


def _nothing_to_check(line: Line) -> Said | None:
    """Why a row that could be computed says nothing that could be checked."""
    target, row = line.target, line.program_row
    if isinstance(target, Quantity) and target.loose:
        return said("why-loose")
    unsaid = isinstance(target, Quantity) and target.operator is None
    stated = row is not None and row.scoring.measuring.better is not None
    if unsaid and not stated and any(word in line.name for word in UNWANTED):
        return said("why-unwanted")
    period = isinstance(line.target, Moment) and line.target.start is not None
    if period and squeezed(line.actual.text) == squeezed(line.target.text):
        return said("why-period")
    return None


def _judged(line: Line, lowered: Judged) -> Line:
    """A row that a person judged: in the tier that its actual names, or in the first where it repeats its target."""
    text = line.actual.text
    tier = lowered.tier(text) if text else None
    named = tier is not None
    same = bool(squeezed(text)) and squeezed(text) == squeezed(line.target.text)
    if tier is None and same and not isinstance(line.actual, Blank):
        tier = lowered.tiers[0]
    return evolve(line, tier=tier, named=named, why=said("why-judged"))
