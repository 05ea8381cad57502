"""A validated scorecard, ready to score."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from perfeval.engine.compiled.functions import Generated
from perfeval.engine.facts.reader import read_fact
from perfeval.engine.facts.reading import Given
from perfeval.engine.program.program import Program, ProgramRow, build
from perfeval.engine.results.evaluation import Evaluation, EvaluationDetails, GroupResult
from perfeval.engine.results.indicator import Details, IndicatorResult
from perfeval.engine.results.step import Step
from perfeval.engine.scoring.findings import findings
from perfeval.engine.scoring.form import ScoredForm, score_form
from perfeval.engine.scoring.interpreter import Outcome, score_row
from perfeval.methods.normal_form import Measured, squeezed
from perfeval.numbers.scores import number
from perfeval.problems import InputError, Problem, guess, problem, type_name
from perfeval.rulefile.scorecard import Facts, Reported, Scorecard
from perfeval.rulefile.validity import first_years, in_force, standing
from perfeval.text.messages import said


@frozen(kw_only=True)
class Plan:
    """A scorecard and its program. ``score`` changes nothing and may be called from several threads at once."""

    card: Scorecard
    #: What follows from the card is not compared.
    program: Program = field(eq=False, repr=False)
    #: Of rules with dates: the plan for the years from each first year on; None is before all of them.
    periods: tuple[tuple[int | None, Plan], ...] = field(default=(), eq=False, repr=False)
    #: Functions for the layouts that forms came in; they say the same as the interpreter, and leave the rest to it.
    generated: Generated = field(factory=Generated, init=False, eq=False, repr=False)

    def score(self, facts: Facts | Mapping[str, Any]) -> Evaluation:
        """*facts* scored; InputError with every fact that is missing, unknown or cannot be read."""
        if type(facts) is dict:
            return self.generated.score(facts) or self._first(facts)
        return self.interpreted(facts)

    def interpreted(self, facts: Facts | Mapping[str, Any]) -> Evaluation:
        """The same by the interpreter, which is the reference."""
        facts = facts if isinstance(facts, Facts) else Facts(actuals=facts)
        return self.of_year(facts)._scored(facts)

    def _first(self, facts: dict[str, Any]) -> Evaluation:
        """*facts* that the last generated function has no answer for: by another, or by the interpreter."""
        if (found := self.generated.others(facts)) is not None:
            return found
        evaluation = self.interpreted(facts)
        self.generated.note(self.program, facts, self._scored)
        return evaluation

    def _scored(self, facts: Facts) -> Evaluation:
        faults: list[Problem] = []
        if not self.program.rows:
            raise InputError([problem("no-indicators", self.card.origin, found=self.card.id)])
        raws, flags = self._matched(facts, faults)
        givens: dict[int, Given] = {}
        for row in self.program.rows:
            if row.index in raws:
                key, raw = raws[row.index]
                given = read_fact(row.subject, raw, facts.origin / key, self.program.units, faults)
                if given is not None:
                    givens[row.index] = given
            else:
                faults.append(problem("missing-fact", facts.origin, found=row.name))
        readings = [givens.get(row.index) for row in self.program.rows]
        found = score_form(self.program, readings, flags, facts.origin, faults)
        if faults or found is None:
            raise InputError(faults)
        return self._evaluation(facts, found, flags)

    def of_year(self, facts: Facts) -> Plan:
        """The plan for the year of *facts*: of rules with dates only those that stand in it. Raises InputError."""
        year = facts.year
        if year is not None and type(year) is not int:  # only a program can give one
            expected = said("type-integer")
            fault = problem("bad-fact", facts.origin, found="year", type=type_name(year), expected=expected)
            raise InputError([fault])
        if year is not None and not in_force(self.card, year):
            since, until = self.card.since, self.card.until
            dates = tuple(one.isoformat() if one else "…" for one in (since, until))
            raise InputError([problem("not-in-force", facts.origin, found=self.card.id, year=year, dates=dates)])
        if not self.periods:
            return self
        if year is None:
            years = tuple(str(first) for first, _ in self.periods if first is not None)
            raise InputError([problem("missing-year", facts.origin, found=self.card.id, years=years)])
        return next(plan for first, plan in reversed(self.periods) if first is None or year >= first)

    def _matched(self, facts: Facts, faults: list[Problem]) -> tuple[dict[int, tuple[str, Any]], dict[str, bool]]:
        """For each row that has one, the fact and what the facts call it; and the yes/no facts of the overrides."""
        found: dict[int, tuple[str, Any]] = {}
        flags: dict[str, bool] = {}
        known_flags = {gate.when for gate in self.program.gates if gate.is_flag}
        for key, raw in facts.actuals.items():
            rows = self.program.names.get(key, ())
            if len(rows) == 1 and rows[0] not in found and key not in known_flags:
                found[rows[0]] = (key, raw)
                continue
            origin = facts.origin / str(key)
            if key in known_flags:
                if isinstance(raw, bool):
                    flags[key] = raw
                else:
                    expected = said("type-boolean")
                    faults.append(problem("bad-fact", origin, found=key, type=type_name(raw), expected=expected))
            elif not rows:
                known = tuple(dict.fromkeys(row.name for row in self.program.rows))
                faults.append(
                    problem(
                        "unknown-indicator",
                        origin,
                        advice=guess(str(key), (*self.program.names, *known_flags)),
                        found=str(key),
                        known=known,
                    )
                )
            elif len(rows) > 1:
                known = tuple(f"{one.group}/{one.name}" for one in self.program.rows if one.index in rows)
                faults.append(problem("ambiguous-indicator", origin, found=key, count=len(rows), known=known))
            else:
                row = self.card.indicators[rows[0]]
                faults.append(problem("duplicate-fact", origin, found=row.name, first=found[rows[0]][0], second=key))
        return found, flags

    def _evaluation(self, facts: Facts, found: ScoredForm, flags: Mapping[str, bool]) -> Evaluation:
        summed = found.sum
        scored = zip(self.program.rows, found.readings, found.weights.rows, found.outcomes, strict=True)
        indicators = tuple(
            _indicator(self.program, row, given, weight, outcome, row.index not in summed.left_out)
            for row, given, weight, outcome in scored
            if isinstance(given, Given) and outcome is not None
        )
        givens = [one for one in found.readings if isinstance(one, Given)]
        silent = dict.fromkeys(gate.when for gate in self.program.gates if gate.is_flag and gate.when not in flags)
        groups = tuple(
            GroupResult(
                path=branch.path,
                weight=number(found.weights.groups[branch.path], None),
                score=summed.groups[branch.path],
                way=branch.adding.way,
            )
            for branch in self.program.branches
        )
        details = EvaluationDetails(
            title=facts.title or self.card.title,
            full=self.card.total,
            groups=groups,
            indicators=indicators,
            reported=facts.reported,
            grade_agrees=self._agrees(facts.reported, summed.grade),
            note=facts.note,
            rules=self.card.documents,
            lang=self.card.lang,
            facts_document=facts.document,
            totals=summed.steps,
            findings=tuple(findings(self.program, givens, indicators)),
            noted=tuple(said("assumed-no", when=name) for name in silent),
        )
        return Evaluation(summed.total, summed.grade, details=details)

    def _agrees(self, claim: Reported | None, grade: str | None) -> bool | None:
        """Return True if the claimed grade is the computed one, in its own name or in an alias."""
        if claim is None or claim.grade is None or grade is None:
            return None
        ours = next(one for one in self.program.grades if one.name == grade)
        return squeezed(claim.grade) in map(squeezed, (ours.name, *ours.aliases))


@frozen(eq=False, repr=False)
class _RowAgain:
    """Works a row out again from what was read."""

    program: Program
    row: ProgramRow
    given: Given
    weight: Fraction

    def steps(self, _: tuple[Any, ...]) -> tuple[Step, ...]:
        return score_row(self.program, self.row, self.given, self.weight).steps

    def whole(self, row: IndicatorResult) -> IndicatorResult:
        return row


def plan(card: Scorecard) -> Plan:
    """*card* ready to score; InputError with everything in it that makes no sense, not yet located."""
    faults: list[Problem] = []
    years = first_years(card)
    periods: list[tuple[int | None, Plan]] = []
    # Of rules with dates each period between two of them is a plan of its own.
    for first in (None, *years) if years else ():
        stands = standing(card, years[0] - 1 if first is None else first)
        periods.append((first, Plan(card=stands, program=build(stands, faults))))
    program = periods[-1][1].program if periods else build(card, faults)
    if faults:
        raise InputError(dict.fromkeys(faults))  # what is wrong with a method is wrong for each of its rows
    return Plan(card=card, program=program, periods=tuple(periods))


def _indicator(  # noqa: PLR0917  # all that a result looks at
    program: Program, row: ProgramRow, given: Given, weight: Fraction, outcome: Outcome, counts: bool
) -> IndicatorResult:
    details = Details(
        name=row.name,
        id=row.id,
        group=row.group,
        weight=row.weight_number if weight is row.weight else number(weight, None),
        target=given.target,
        actual=given.actual,
        applies=given.applies,
        counts=counts,
        measure=outcome.measure,
        unbounded=outcome.unbounded,
        is_ratio=outcome.is_ratio,
        share=outcome.share if weight else None,
        met=outcome.met,
        tier=None if given.tier is None else given.tier.name,
        band=_band_name(row, outcome.band),
        method=row.method,
        method_title=row.scoring.title,
        reason=given.reason,
        needs_reason=outcome.needs_reason,
        assumed=given.assumed,
        origin=row.origin,
    )
    return IndicatorResult(outcome.score, _RowAgain(program, row, given, weight), details=details)


def _band_name(row: ProgramRow, index: int | None) -> str | None:
    if index is None or not isinstance(row.lowered, Measured):
        return None
    return row.lowered.bands[index].name if index < len(row.lowered.bands) else None
