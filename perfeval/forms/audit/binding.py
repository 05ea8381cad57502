"""Binding the rows of a form to a policy: a method and a fact for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from attrs import define, evolve, field, frozen

from perfeval.engine.facts.reader import read_fact
from perfeval.engine.facts.reading import Claimed, Given, says_it_does_not_apply
from perfeval.engine.plan import Plan
from perfeval.engine.program.assignment import method_of
from perfeval.engine.program.overrides import gates
from perfeval.engine.program.program import Lowering, Program, ProgramRow
from perfeval.engine.scoring.form import ScoredForm, score_form
from perfeval.engine.scoring.interpreter import UnscorableError, score_row
from perfeval.engine.scoring.weights import full_weights
from perfeval.forms.audit.line import Line
from perfeval.forms.audit.rounding import fitting
from perfeval.forms.audit.row import BoundRow, judge, keys, nothing_to_check, weight_of, without_rule
from perfeval.forms.audit.verdict import Verdict, verdict
from perfeval.forms.cells import Figure, blank, heading_unit, money, points
from perfeval.forms.form import Form, FundsRow, IndicatorRow
from perfeval.forms.wordings import bare
from perfeval.methods.method import Method
from perfeval.methods.normal_form import Better, Judged, Measured, squeezed
from perfeval.numbers.amounts import Amount, Written
from perfeval.numbers.quantity import Blank, Quantity, Unit, Units, open_unit, read
from perfeval.numbers.rounding import exact_text
from perfeval.problems import Origin, Problem
from perfeval.rulefile.groups import Arrangement, tidy
from perfeval.rulefile.scorecard import Facts, Group, Indicator, Scorecard
from perfeval.rulefile.structure import arrange, stated_weights
from perfeval.text.messages import Said, said

#: What the line of the money is called among the rows, as policies assign it.
EXECUTION: Final = "预算执行率"
_GROUP: Final = "预算执行"

ZERO: Final = Fraction(0)


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
        self.units = ready.program.units.with_words(_open_units(form, ready.program.units))
        self.heading = heading_unit(form.money, self.units)
        self.paths = {_bare_path(path): path for path in map(tidy, self.card.structure)}

    def bound(self) -> Bound:
        rows = list(self._rows())
        for row in rows:
            self._read(row)
        arrangement = self._arrangement(rows)
        program = self._program(rows, arrangement)
        self._leave_out(rows, program)
        scored, unscored = self._scored(rows, program)
        return Bound(
            form=self.form,
            card=self.card,
            program=program,
            heading=self.heading,
            lines=tuple(map(BoundRow.line, rows, scored.outcomes, scored.weights.rows)),
            scored=scored,
            unscored=unscored,
        )

    # The rows as they are printed.

    def _rows(self) -> Iterator[BoundRow]:
        whole, index = self.form.whole, 0
        if whole is not None and not (blank(whole.weight) and blank(whole.score) and blank(whole.budget)):
            yield self._row(0, EXECUTION, _GROUP, whole)
            index = 1
        for row in self.form.indicators:
            if not _is_unused(row):
                group = tidy(row.group.text) if row.group else ""
                yield self._row(index, " ".join(row.name.text.split()), group, row)
                index += 1

    def _row(self, index: int, name: str, group: str, printed: FundsRow | IndicatorRow) -> BoundRow:
        cells = printed if isinstance(printed, IndicatorRow) else None
        own = self._own(name, group)
        target = read(cells.target.text, self.units) if cells and cells.target else Blank("")
        if cells and own is not None and isinstance(target, Blank):
            target = own.target  # the rules say what the form leaves out
        weight = points(printed.weight, percent=True)
        full = weight_of(weight, own)
        known = None if own is None else self.card.indicators[own.index]
        indicator = Indicator(
            name=name,
            group=self._path(group),
            weight=Amount(full or ZERO),
            target=None if isinstance(target, Blank) else Written(target.text),
            levels={} if known is None else known.levels,
            # A scorecard may say of a row by name how it is scored; else the policy assigns it.
            method=None if known is None else known.method,
            basis=None if known is None else known.basis,
            origin=printed.origin,
        )
        return BoundRow(
            index=index,
            name=name,
            group=group,
            printed=printed,
            own=own,
            indicator=indicator,
            weight=weight,
            full=full,
            reported=points(printed.score),
            target=target,
            actual=read(cells.actual.text, self.units) if cells and cells.actual else Blank(""),
        )

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

    def _read(self, row: BoundRow) -> None:
        """Give *row* its method, and what the form says of it."""
        found = method_of(self.card, row.indicator, row.target, [], group=row.group)
        if found is None:
            row.claim(why=said("why-unassigned"))
            return
        row.method, method = found
        row.verdict = self._verdict(row, method)
        if method.measuring.target is not None:
            row.target = Blank("")  # the method makes it itself
        extra = row.own is not None and not row.own.weight
        if row.full is None or row.full < 0 or (row.full == 0 and not extra):
            row.claim(why=said("why-no-weight"))
            return
        faults: list[Problem] = []
        made = self.lowering.row(row.index, row.indicator, found, row.target, row.full, faults)
        if made is None:
            row.claim(fault=faults[0])
            return
        row.program_row = made
        if isinstance(made.lowered, Judged):
            if says_it_does_not_apply(row.actual.text, made.lowered):
                row.void()
            else:
                judge(row, made.lowered)
            return
        raw, origin = self._fact(row, method)
        given = read_fact(made.subject, raw, origin, self.units, faults)
        why = nothing_to_check(row, made)
        if given is not None and not (given.applies and why):
            row.give(given)
            if given.applies and self._fits_otherwise(row, made, found):
                row.claim(why=said("why-open"))
        else:
            row.claim(why=why, fault=None if why else faults[0])

    def _verdict(self, row: BoundRow, method: Method) -> Verdict | None:
        """Return True if the target of *row* is met; None for the money, and where the method makes its own target."""
        if isinstance(row.printed, FundsRow) or method.measuring.target is not None:
            return None
        words = self.card.audit.directions
        return verdict(
            row.name,
            row.target.text,
            row.actual.text,
            self.units,
            group=row.indicator.group,
            better=method.measuring.better,
            less=words.less,
            more=words.more,
        )

    def _fits_otherwise(self, row: BoundRow, made: ProgramRow, bound: tuple[str, Method]) -> bool:
        """Return True if the printed score is what the rules give only in another reading of the target."""
        if row.verdict is None or not row.verdict.is_open or row.reported is None or row.given is None:
            return False
        printed, full = row.reported.value, row.full or ZERO
        if self._gives(made, row.given, printed):
            return False
        if printed == full:
            return row.verdict.may_be("met")
        name, method = bound
        other: Better = "lower" if isinstance(made.lowered, Measured) and made.lowered.better == "higher" else "higher"
        turned = evolve(method, measuring=evolve(method.measuring, better=other))
        lowering, faults = Lowering(self.card, self.units), list[Problem]()
        again = lowering.row(row.index, row.indicator, (name, turned), row.target, full, faults)
        return again is not None and self._gives(again, row.given, printed)

    def _gives(self, made: ProgramRow, given: Given, printed: Fraction) -> bool:
        """Return True if some rounding in use takes what *made* gives to what is *printed*."""
        try:
            points = score_row(self.rules, made, given, made.weight).points
        except UnscorableError:
            return False
        return points == printed or fitting(points, printed) is not None

    def _fact(self, row: BoundRow, method: Method) -> tuple[Any, Origin]:
        """Return the fact of *row* as the form states it, and its origin."""
        given: dict[str, Any] = {}
        reason = row.printed.reason if isinstance(row.printed, IndicatorRow) else None
        if reason is not None and not blank(reason):
            given["reason"] = reason.text
        made = [one for one in (method.measuring.actual, method.measuring.target) if one is not None]
        names = {name for one in made for name in one.names}
        whole = self.form.whole
        if not names or whole is None:
            return {"actual": row.actual.text, **given}, row.origin
        if method.measuring.actual is None:
            given["actual"] = row.actual.text
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
        known = [one for one in figures.values() if one is not None]
        alike = len({one.unit.name for one in known}) == 1
        in_money = any(one.unit.dimension == "元" for one in known)
        found: dict[str, Quantity | str] = {}
        for name, figure in figures.items():
            cell = cells[name]
            if cell is not None and not blank(cell):
                found[name] = cell.text if figure is None else self._quantity(figure, alike=alike, in_money=in_money)
        return found

    def _quantity(self, figure: Figure, *, alike: bool, in_money: bool) -> Quantity:
        """*figure* as a quantity in the unit of the others."""
        unit = figure.unit
        if not alike and in_money and unit.dimension == "" and unit.factor > 1:
            return _amount(figure.value, self.units.find("元") or unit)  # 50万 beside 24.5 under 万元: both are money
        if unit.dimension != "":
            return _amount(figure.value, unit)
        text = figure.cell.text.strip() if alike else exact_text(figure.value)
        return Quantity(figure.value / unit.factor, unit, None, None, text)

    # The program that they make.

    def _arrangement(self, rows: Sequence[BoundRow]) -> Arrangement:
        """The groups of the form: those of the policy add up as it says, and weigh what their rows do."""
        groups = {tidy(path): group for path, group in self.card.structure.items()}
        stated = stated_weights(groups, Fraction(self.card.total))
        structure = {path: _as_printed(group, stated.get(path)) for path, group in groups.items()}
        indicators = tuple(row.indicator for row in rows)
        return arrange(evolve(self.card, indicators=indicators, structure=structure), self.units, [])

    def _program(self, rows: Sequence[BoundRow], arrangement: Arrangement) -> Program:
        called = [(row.index, keys(row)) for row in rows]
        paths = [branch.path for branch in arrangement.branches]
        return evolve(
            self.rules,
            rows=tuple(row.program_row or without_rule(row) for row in rows),
            branches=arrangement.branches,
            gates=gates(self.card, called, paths, []),
            names={},
        )

    # What comes of them.

    def _leave_out(self, rows: Sequence[BoundRow], program: Program) -> None:
        """Let rows not apply that nobody filled in, where their group lets the unit choose."""
        for branch in program.branches:
            for row in (rows[index] for index in branch.own if branch.adding.way == "choose"):
                if isinstance(row.reading, Claimed) and isinstance(row.actual, Blank) and blank(row.printed.score):
                    row.void()

    def _scored(self, rows: Sequence[BoundRow], program: Program) -> tuple[ScoredForm, Problem | None]:
        """*rows* worked out; a row of which the rules do not say what it earns is taken as the unit judged it.

        Where they still give no total, the problem says why.
        """
        while True:
            faults: list[Problem] = []
            scored = score_form(program, [row.reading for row in rows], {}, self.form.origin, faults)
            if scored is not None:
                return scored, None
            refused = [(row, why) for row in rows if (why := _refused(row, faults)) is not None]
            for row, why in refused:
                row.claim(why=why)
            if not refused:
                readings, weights = [row.reading for row in rows], full_weights(program)
                scored = score_form(program, readings, {}, self.form.origin, [], weights=weights)
                assert scored is not None, "what the rules do not score has a claimed score"
                return scored, faults[0]


def _open_units(form: Form, units: Units) -> set[str]:
    """The words that stand as units beside target and actual of one row, or beside the target of a bare actual."""
    found: set[str] = set()
    for row in form.indicators:
        target, actual = (("" if cell is None else cell.text) for cell in (row.target, row.actual))
        word = open_unit(target, units)
        reached = read(actual, units)
        if word is not None and (open_unit(actual, units) == word or isinstance(reached, Quantity)):
            found.add(word)
    return found


def _bare_path(path: str) -> str:
    """*path* without the points that its headings state; a heading of nothing else stays."""
    return "/".join(bare(part) or part for part in path.split("/")) if path else ""


def _as_printed(group: Group, stated: Fraction | None) -> Group:
    """*group* as it stands in a form, where it weighs what its rows do; a table of conversion needs its own weight."""
    return evolve(group, weight=Amount(stated) if group.convert and stated is not None else None, split=None)


def _amount(value: Fraction, unit: Unit) -> Quantity:
    """A *value* in 元 as it would be written in *unit*."""
    number = value / unit.factor
    return Quantity(number, unit, None, None, exact_text(number) + unit.name)


def _refused(row: BoundRow, faults: Sequence[Problem]) -> Said | None:
    """Return why the rules do not score *row*, if that is among *faults*: it does not apply, or has no share."""
    reading = row.reading
    if not isinstance(reading, Given):
        return None
    here = {(one.name, one.origin) for one in faults}
    if not reading.applies and ("not-applicable", reading.origin) in here:
        return said("why-void")
    return said("why-no-share") if ("no-share", reading.actual_origin) in here else None


def _is_unused(row: IndicatorRow) -> bool:
    """Return True if a row was only left in the table: nothing but fillers stands in it."""
    return all(blank(cell) for cell in (row.target, row.actual, row.weight, row.score))
