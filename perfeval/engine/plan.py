"""A scorecard checked for sense, ready to score."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from perfeval.engine.evaluation import Evaluation, GroupResult, IndicatorResult, Step, added_up
from perfeval.engine.facts import Given, read_fact
from perfeval.engine.interpreter import Outcome, UnscorableError, score_row
from perfeval.engine.program import Program, ProgramRow, build
from perfeval.engine.total import add_up
from perfeval.exact import decimal, decimals_of
from perfeval.language.normal import Measured, squeezed
from perfeval.language.scorecard import Facts, Reported, Scorecard
from perfeval.problems import InputError, Problem, guess, problem


@frozen(kw_only=True)
class Plan:
    """A scorecard and its program. ``score`` changes nothing and may be called from several threads at once."""

    card: Scorecard
    program: Program = field(repr=False)

    def score(self, facts: Facts | Mapping[str, Any]) -> Evaluation:
        """*facts* scored; InputError with every fact that is missing, unknown or cannot be read."""
        facts = facts if isinstance(facts, Facts) else Facts(actuals=facts)
        faults: list[Problem] = []
        if not self.program.rows:
            raise InputError([problem("no-indicators", self.card.origin, found=self.card.id)])
        raws = self._matched(facts, faults)
        givens: dict[int, Given] = {}
        for row in self.program.rows:
            if row.index in raws:
                key, raw = raws[row.index]
                given = read_fact(row.subject, raw, facts.origin / key, self.program.units, faults)
                if given is not None:
                    givens[row.index] = given
            else:
                faults.append(problem("missing-fact", facts.origin, found=row.name))
        outcomes: list[Outcome] = []
        for row in self.program.rows:
            if row.index in givens:
                try:
                    outcomes.append(score_row(self.program, row, givens[row.index]))
                except UnscorableError:
                    given = givens[row.index]
                    faults.append(problem("no-share", given.actual_origin, found=given.actual, name=row.name))
        if faults:
            raise InputError(faults)
        replay = _Replay(program=self.program, givens=tuple(givens[row.index] for row in self.program.rows))
        return self._evaluation(facts, replay, outcomes)

    def _matched(self, facts: Facts, faults: list[Problem]) -> dict[int, tuple[str, Any]]:
        """For each row that has one, the fact and what the facts call it."""
        found: dict[int, tuple[str, Any]] = {}
        for key, raw in facts.actuals.items():
            origin = facts.origin / str(key)
            rows = self.program.names.get(key, ())
            if not rows:
                known = tuple(dict.fromkeys(row.name for row in self.program.rows))
                faults.append(
                    problem(
                        "unknown-indicator",
                        origin,
                        advice=guess(str(key), tuple(self.program.names)),
                        found=str(key),
                        known=known,
                    )
                )
            elif len(rows) > 1:
                known = tuple(f"{one.group}/{one.name}" for one in self.program.rows if one.index in rows)
                faults.append(problem("ambiguous-indicator", origin, found=key, count=len(rows), known=known))
            elif rows[0] in found:
                row = self.card.indicators[rows[0]]
                faults.append(problem("duplicate-fact", origin, found=row.name, first=found[rows[0]][0], second=key))
            else:
                found[rows[0]] = (key, raw)
        return found

    def _evaluation(self, facts: Facts, replay: _Replay, outcomes: list[Outcome]) -> Evaluation:
        rows = self.program.rows
        summed = add_up(self.program, [outcome.score for outcome in outcomes])
        indicators = tuple(
            _indicator(row, given, outcome, replay)
            for row, given, outcome in zip(rows, replay.givens, outcomes, strict=True)
        )
        groups = tuple(
            GroupResult(
                path=branch.path,
                weight=_exact_decimal(branch.weight),
                score=added_up([outcomes[row].score for row in branch.rows]),
            )
            for branch in self.program.branches
        )
        return Evaluation(
            title=facts.title or self.card.title,
            total=summed.total,
            full=_exact_decimal(self.program.total),
            grade=summed.grade,
            groups=groups,
            indicators=indicators,
            reported=facts.reported,
            grade_agrees=self._agrees(facts.reported, summed.grade),
            note=facts.note,
            rules=self.card.documents,
            lang=self.card.lang,
            facts_document=facts.document,
            totals=summed.steps,
        )

    def _agrees(self, claim: Reported | None, grade: str | None) -> bool | None:
        """Whether the claimed grade is the computed one, in its own name or in an alias."""
        if claim is None or claim.grade is None or grade is None:
            return None
        ours = next(one for one in self.program.grades if one.name == grade)
        return squeezed(claim.grade) in map(squeezed, (ours.name, *ours.aliases))


@frozen(kw_only=True)
class _Replay:
    """Works a row out again from what was read."""

    program: Program
    givens: tuple[Given, ...]

    def steps(self, index: int) -> tuple[Step, ...]:
        return score_row(self.program, self.program.rows[index], self.givens[index]).steps


def plan(card: Scorecard) -> Plan:
    """*card* ready to score; InputError with everything in it that makes no sense, not yet located."""
    faults: list[Problem] = []
    program = build(card, faults)
    if faults:
        raise InputError(dict.fromkeys(faults))  # what is wrong with a method is wrong for each of its rows
    return Plan(card=card, program=program)


def _indicator(row: ProgramRow, given: Given, outcome: Outcome, replay: _Replay) -> IndicatorResult:
    return IndicatorResult(
        name=row.name,
        id=row.id,
        group=row.group,
        weight=_exact_decimal(row.weight),
        target=given.target,
        actual=given.actual,
        measure=outcome.measure,
        unbounded=outcome.unbounded,
        is_ratio=outcome.is_ratio,
        share=outcome.share if row.weight else None,
        score=outcome.score,
        met=outcome.met,
        tier=None if given.tier is None else given.tier.name,
        band=_band_name(row, outcome.band),
        method=row.method,
        reason=given.reason,
        needs_reason=outcome.needs_reason,
        assumed=given.assumed,
        origin=row.origin,
        index=row.index,
        replay=replay,
    )


def _band_name(row: ProgramRow, index: int | None) -> str | None:
    if index is None or not isinstance(row.lowered, Measured):
        return None
    return row.lowered.bands[index].name if index < len(row.lowered.bands) else None


def _exact_decimal(value: Fraction) -> Decimal:
    """A weight as a Decimal."""
    decimals = decimals_of(value)
    assert decimals is not None, "weights are sums and products of decimals, which end"
    return decimal(value, decimals)
