"""The rows of a form bound to a policy: each with its method and what is known of it, as a program that scores them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from attrs import define, evolve, field, frozen

from perfeval.engine.assignment import method_of
from perfeval.engine.facts import read_fact
from perfeval.engine.form import ScoredForm, score_form
from perfeval.engine.gates import gates
from perfeval.engine.given import Claimed, Given, RowReading, says_it_does_not_apply
from perfeval.engine.plan import Plan
from perfeval.engine.program import Lowering, Program, ProgramRow
from perfeval.engine.weighing import full_weights
from perfeval.exact import Quantum, exact_text
from perfeval.forms.figures import Figure, blank, heading_unit, money, points
from perfeval.forms.form import Form, FundsRow, IndicatorRow
from perfeval.forms.line import Line
from perfeval.forms.wordings import UNWANTED, bare
from perfeval.language.aggregation import arrange, stated_weights
from perfeval.language.amounts import Amount, Cell, Written
from perfeval.language.groups import Arrangement, tidy
from perfeval.language.method import Method
from perfeval.language.methods import Counted
from perfeval.language.normal import Judged, Tallied, squeezed
from perfeval.language.scorecard import Facts, Group, Indicator, Scorecard
from perfeval.messages import Said, said
from perfeval.problems import Origin, Problem
from perfeval.quantity import Blank, Moment, Quantity, Unit, read

#: What the line of the money is called among the rows, as policies assign it.
EXECUTION: Final = "预算执行率"
_GROUP: Final = "预算执行"

ZERO: Final = Fraction(0)
#: Stands in a program for the rule of a row that has none: its score is claimed, and nothing is computed.
_NO_RULE: Final = Tallied(start=ZERO, items=(), floor=ZERO, cap=None)
_NO_METHOD: Final = Method(scoring=Counted())


@frozen(kw_only=True)
class Bound:
    """A form bound to the rules of its year, and worked out as far as they go.

    ``unscored`` says why the rules give no total.
    """

    form: Form
    card: Scorecard
    program: Program
    heading: Unit | None
    lines: tuple[Line, ...]
    scored: ScoredForm = field(eq=False, repr=False)
    unscored: Problem | None = None

    @property
    def execution(self) -> Line | None:
        return next((line for line in self.lines if line.is_execution), None)

    @property
    def indicators(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_execution)


@frozen(kw_only=True, eq=False, repr=False)
class _Row:
    """A row while it is bound: what it prints, the row of the scorecard that it is, and what is known of it."""

    line: Line
    own: ProgramRow | None
    indicator: Indicator
    weight: Fraction
    reading: RowReading | None = None


@define
class Binder:
    """Binds forms to one policy, and keeps what is the same for all of them."""

    plan: Plan
    _lowering: dict[int, Lowering] = field(factory=dict, init=False)

    def bind(self, form: Form) -> Bound:
        """*form* bound to the policy as it stands in its year. Raises InputError where it does not stand then."""
        ready = self._of_year(form)
        lowering = self._lowering.setdefault(id(ready), Lowering(ready.card, ready.program.units))
        return _Binding(ready, lowering, form).bound()

    def _of_year(self, form: Form) -> Plan:
        year = form.in_year
        if year is None and self.plan.periods:
            return self.plan.periods[-1][1]
        return self.plan.of_year(Facts(actuals={}, year=year, origin=form.origin / "year"))


class _Binding:
    """Binds one form."""

    def __init__(self, ready: Plan, lowering: Lowering, form: Form) -> None:
        self.card, self.rules, self.lowering, self.form = ready.card, ready.program, lowering, form
        self.units = ready.program.units
        self.heading = heading_unit(form.money, self.units)
        self.paths = {_bare_path(path): path for path in map(tidy, self.card.structure)}

    def bound(self) -> Bound:
        rows = [self._read(row) for row in self._rows()]
        arrangement = self._arrangement(rows)
        program = self._program(rows, arrangement)
        rows = [self._with_choice(row, program) for row in rows]
        rows, scored, unscored = self._scored(rows, program)
        return Bound(
            form=self.form,
            card=self.card,
            program=program,
            heading=self.heading,
            lines=tuple(map(_worked_out, rows, scored.outcomes, scored.weights.rows)),
            scored=scored,
            unscored=unscored,
        )

    # The rows as they are printed.

    def _rows(self) -> Iterator[_Row]:
        whole, index = self.form.whole, 0
        if whole is not None and not (blank(whole.weight) and blank(whole.score) and blank(whole.budget)):
            yield self._row(0, EXECUTION, _GROUP, whole)
            index = 1
        for row in self.form.indicators:
            if not _is_unused(row):
                group = tidy(row.group.text) if row.group else ""
                yield self._row(index, " ".join(row.name.text.split()), group, row)
                index += 1

    def _row(self, index: int, name: str, group: str, row: FundsRow | IndicatorRow) -> _Row:
        cells = row if isinstance(row, IndicatorRow) else None
        own = self._own(name, group)
        target = cells.target if cells else None
        if cells and blank(target) and own is not None and not isinstance(own.target, Blank):
            target = Cell(own.target.text, own.origin / "target")  # the rules say what the form leaves out
        line = Line(
            index=index,
            name=name,
            group=group,
            row=row,
            is_execution=cells is None,
            weight=points(row.weight, percent=True),
            reported=points(row.score),
            target=read(target.text, self.units) if target else Blank(""),
            actual=read(cells.actual.text, self.units) if cells and cells.actual else Blank(""),
        )
        weight = _weight(line.weight, own)
        known = None if own is None else self.card.indicators[own.index]
        indicator = Indicator(
            name=name,
            group=self._path(group),
            weight=Amount(weight or ZERO),
            target=None if isinstance(line.target, Blank) else Written(line.target.text),
            levels={} if known is None else known.levels,
            # A scorecard may say of a row by name how it is scored; else the policy assigns it.
            method=None if known is None else known.method,
            basis=None if known is None else known.basis,
            origin=row.origin,
        )
        return _Row(line=evolve(line, full=weight), own=own, indicator=indicator, weight=weight or ZERO)

    def _path(self, group: str) -> str:
        """The path of a *group* of the form: that of the policy where this has it, else its bare headings."""
        path = ""
        for part in group.split("/") if group else ():
            longer = f"{path}/{_bare_path(part)}" if path else _bare_path(part)
            path = self.paths.get(_bare_path(longer), longer)
        return path

    def _own(self, name: str, group: str) -> ProgramRow | None:
        """The row of the scorecard that is called *name*; of several the one in *group*."""
        found = [row for row in self.rules.rows if squeezed(row.name) == squeezed(name)]
        if len(found) > 1:
            found = [row for row in found if _bare_path(row.group) == _bare_path(group)]
        return found[0] if len(found) == 1 else None

    # What is known of them.

    def _read(self, row: _Row) -> _Row:
        """*row* with its method, and what the form says of it."""
        line = row.line
        found = method_of(self.card, evolve(row.indicator, group=line.group), line.target, [])
        if found is None:
            return _claimed(row, why=said("why-unassigned"))
        name, method = found
        line = evolve(line, method=name)
        if method.measuring.target is not None:
            line = evolve(line, target=Blank(""))  # what the method makes itself
        row = evolve(row, line=line)
        extra = row.own is not None and not row.own.weight
        if line.full is None or line.full < 0 or (line.full == 0 and not extra):
            return _claimed(row, why=said("why-no-weight"))
        faults: list[Problem] = []
        made = self.lowering.row(line.index, row.indicator, found, line.target, row.weight, faults)
        if made is None:
            return _claimed(row, fault=faults[0])
        line = evolve(line, program_row=made)
        row = evolve(row, line=line)
        if isinstance(made.lowered, Judged):
            if says_it_does_not_apply(line.actual.text, made.lowered):
                given = Given(origin=line.origin, actual="", target=None, actual_origin=line.origin, applies=False)
                return evolve(row, line=evolve(line, given=given), reading=given)
            return _judged(row, made.lowered)
        raw, origin = self._fact(line, method)
        given_or_none = read_fact(made.subject, raw, origin, self.units, faults)
        if given_or_none is not None and not given_or_none.applies:
            return evolve(row, line=evolve(row.line, given=given_or_none), reading=given_or_none)
        if (why := _nothing_to_check(row.line, made)) is not None:
            return _claimed(row, why=why)
        if given_or_none is None:
            return _claimed(row, fault=faults[0])
        return evolve(row, line=evolve(row.line, given=given_or_none), reading=given_or_none)

    def _fact(self, line: Line, method: Method) -> tuple[Any, Origin]:
        """What the form says of *line*, as facts say it, and where."""
        given: dict[str, Any] = {}
        if line.reason is not None and not blank(line.reason):
            given["reason"] = line.reason.text
        made = [one for one in (method.measuring.actual, method.measuring.target) if one is not None]
        names = {name for one in made for name in one.names}
        whole = self.form.whole
        if not names or whole is None:
            return {"actual": line.actual.text, **given}, line.origin
        if method.measuring.actual is None:
            given["actual"] = line.actual.text
        return {**given, **self._amounts(whole, names)}, whole.origin

    def _amounts(self, whole: FundsRow, names: set[str]) -> Mapping[str, Quantity | str]:
        """The amounts of the money that a method asks for by *names*, in one unit; a text where a cell is no amount."""
        carried = next((row for row in self.form.parts if "结转" in row.name.text), None)
        cells = {
            "budget": whole.budget,
            "executed": whole.executed,
            "year_start_budget": whole.year_start_budget,
            "carried_over": None if carried is None else carried.budget,
        }
        figures = {name: money(cell, self.heading, self.units) for name, cell in cells.items() if name in names}
        units = {one.unit.name for one in figures.values() if one is not None}
        in_money = any(one.unit.dimension == "元" for one in figures.values() if one is not None)
        found: dict[str, Quantity | str] = {}
        for name, figure in figures.items():
            cell = cells[name]
            if cell is None or blank(cell):
                continue
            if figure is None:
                found[name] = cell.text
            elif len(units) > 1 and in_money and figure.unit.dimension == "" and figure.unit.factor > 1:
                # 50万 beside 24.5 under 万元: both are money.
                found[name] = _amount(figure.value, self.units.find("元") or figure.unit)
            elif figure.unit.dimension == "":
                text = cell.text.strip() if len(units) == 1 else exact_text(figure.value)
                found[name] = Quantity(figure.value / figure.unit.factor, figure.unit, None, None, text)
            else:
                found[name] = _amount(figure.value, figure.unit)
        return found

    # The program that they make.

    def _arrangement(self, rows: Sequence[_Row]) -> Arrangement:
        """The groups of the form: those of the policy add up as it says, and weigh what their rows do."""
        groups = {tidy(path): group for path, group in self.card.structure.items()}
        stated = stated_weights(groups, Fraction(self.card.total))
        structure = {path: _as_printed(group, stated.get(path)) for path, group in groups.items()}
        card = evolve(self.card, indicators=tuple(row.indicator for row in rows), structure=structure)
        return arrange(card, self.units, [])

    def _program(self, rows: Sequence[_Row], arrangement: Arrangement) -> Program:
        made = tuple(row.line.program_row or _without_rule(row) for row in rows)
        called = [(row.line.index, self._keys(row)) for row in rows]
        paths = [branch.path for branch in arrangement.branches]
        return evolve(
            self.rules,
            rows=made,
            branches=arrangement.branches,
            gates=gates(self.card, called, paths, []),
            names={},
        )

    def _keys(self, row: _Row) -> tuple[str, ...]:
        """What overrides may call *row*."""
        name, group = row.line.name, row.indicator.group
        own = () if row.own is None else row.own.keys
        return tuple(dict.fromkeys((name, squeezed(name), f"{group}/{name}", *own)))

    # What comes of them.

    def _with_choice(self, row: _Row, program: Program) -> _Row:
        """*row*, which does not apply where its group lets the unit choose, and nobody filled it in."""
        way = next((one.adding.way for one in program.branches if row.line.index in one.own), "sum")
        empty = isinstance(row.line.actual, Blank) and blank(row.line.cell("score"))
        if way != "choose" or not empty or not isinstance(row.reading, Claimed):
            return row
        given = Given(origin=row.line.origin, actual="", target=None, actual_origin=row.line.origin, applies=False)
        return evolve(row, line=evolve(row.line, given=given, why=None, fault=None), reading=given)

    def _scored(self, rows: list[_Row], program: Program) -> tuple[list[_Row], ScoredForm, Problem | None]:
        """*rows* worked out; a row of which the rules do not say what it earns is taken as the unit judged it."""
        while True:
            faults: list[Problem] = []
            scored = score_form(program, [row.reading for row in rows], {}, self.form.origin, faults)
            if scored is not None:
                return rows, scored, None
            refused = [_refused(row, faults) for row in rows]
            if not any(refused):
                weights = full_weights(program)
                readings = [row.reading for row in rows]
                known = score_form(program, readings, {}, self.form.origin, [], weights=weights)
                assert known is not None, "what the rules do not score has a claimed score"
                return rows, known, faults[0]
            rows = [
                row if why is None else _claimed(evolve(row, line=evolve(row.line, given=None)), why=why)
                for row, why in zip(rows, refused, strict=True)
            ]


def _bare_path(path: str) -> str:
    """*path* without the points that its headings state; a heading of nothing else stays."""
    return "/".join(bare(part) or part for part in path.split("/")) if path else ""


def _weight(printed: Figure | None, own: ProgramRow | None) -> Fraction | None:
    """What a row weighs: as it is printed, or as the scorecard says where that prints so, or nothing is printed."""
    if own is None:
        return None if printed is None else printed.value
    if printed is None:
        return own.weight
    rounded = Quantum(Fraction(1, 10**printed.decimals), printed.decimals).round(own.weight)
    return own.weight if rounded == printed.value else printed.value


def _as_printed(group: Group, stated: Fraction | None) -> Group:
    """*group* as it stands in a form, where it weighs what its rows do; a table of conversion needs its own weight."""
    return evolve(group, weight=Amount(stated) if group.convert and stated is not None else None, split=None)


def _amount(value: Fraction, unit: Unit) -> Quantity:
    """A *value* in 元 as it would be written in *unit*."""
    number = value / unit.factor
    return Quantity(number, unit, None, None, exact_text(number) + unit.name)


def _claimed(row: _Row, *, why: Said | None = None, fault: Problem | None = None) -> _Row:
    """*row* with the score that the form prints; a row that prints none and weighs nothing does not take part."""
    line = row.line
    score = line.as_reported
    reading = Claimed(origin=line.origin, score=score, applies=score is not None or line.counts)
    return evolve(row, line=evolve(line, why=why, fault=fault), reading=reading)


def _without_rule(row: _Row) -> ProgramRow:
    """The place of *row* in a program that does not compute it."""
    return ProgramRow(
        index=row.line.index,
        name=row.line.name,
        id=None,
        group=row.indicator.group,
        weight=row.weight,
        target=row.line.target,
        lowered=_NO_RULE,
        seen=None,
        method=row.line.method or "",
        scoring=_NO_METHOD,
        kind="",
        basis=None,
        origin=row.line.origin,
        method_origin=row.line.origin,
    )


def _refused(row: _Row, faults: Sequence[Problem]) -> Said | None:
    """Why the rules do not score *row*, if that is among *faults*: it does not apply, or there is no share for it."""
    reading = row.reading
    if not isinstance(reading, Given):
        return None
    here = {(one.name, one.origin) for one in faults}
    if not reading.applies and ("not-applicable", reading.origin) in here:
        return said("why-void")
    return said("why-no-share") if ("no-share", reading.actual_origin) in here else None


def _worked_out(row: _Row, outcome: Any, weight: Fraction) -> Line:
    """The line of *row* with what the rules make of it, and what it weighs in this form."""
    line = row.line
    if not isinstance(row.reading, Given):
        return evolve(line, full=weight if line.full is not None and row.reading and row.reading.applies else line.full)
    if not row.reading.applies:
        return evolve(line, outcome=outcome, computed=ZERO, full=ZERO)
    return evolve(line, outcome=outcome, computed=outcome.points, full=weight)


def _is_unused(row: IndicatorRow) -> bool:
    """Whether a row was only left in the table: nothing but fillers stands in it."""
    return all(blank(cell) for cell in (row.target, row.actual, row.weight, row.score))


def _nothing_to_check(line: Line, row: ProgramRow) -> Said | None:
    """Why a row that could be computed says nothing that could be checked."""
    target = line.target
    if row.lowered.items and not (isinstance(row.lowered, Tallied) and len(row.lowered.items) == 1):
        return said("why-items", names=tuple(item.name for item in row.lowered.items))
    if isinstance(target, Quantity) and target.loose:
        return said("why-loose")
    unsaid = isinstance(target, Quantity) and target.operator is None
    if unsaid and row.scoring.measuring.better is None and any(word in line.name for word in UNWANTED):
        return said("why-unwanted")
    period = isinstance(line.target, Moment) and line.target.start is not None
    if period and squeezed(line.actual.text) == squeezed(line.target.text):
        return said("why-period")
    return None


def _judged(row: _Row, lowered: Judged) -> _Row:
    """A row that a person judged: in the tier that its actual names, or in the first where it repeats its target."""
    line = row.line
    text = line.actual.text
    tier = lowered.tier(text) if text else None
    named = tier is not None
    same = bool(squeezed(text)) and squeezed(text) == squeezed(line.target.text)
    if tier is None and same and not isinstance(line.actual, Blank):
        tier = lowered.tiers[0]
    # What its items count, no cell of a form says.
    known = None if lowered.items else tier
    return _claimed(evolve(row, line=evolve(line, tier=known, named=named)), why=said("why-judged"))
