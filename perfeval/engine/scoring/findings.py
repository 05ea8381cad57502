"""Findings while scoring: missing reasons, rows far from their target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfeval.engine.facts.reading import Given
from perfeval.engine.program.program import Program
from perfeval.engine.results.evaluation import Finding
from perfeval.engine.results.indicator import IndicatorResult
from perfeval.methods.normal_form import Measured
from perfeval.numbers.quantity import Moment
from perfeval.numbers.rounding import near_percent
from perfeval.text.messages import Value, said, usual_severity


def findings(program: Program, givens: Sequence[Given], indicators: Sequence[IndicatorResult]) -> Iterator[Finding]:
    """Yield the findings of a scored form, in the order of its rows."""
    for row in indicators:
        if row.missing_reason:
            yield from _made(program, "no-reason", (row,), what=said("reason-asked"))
    if program.audit.deviation is not None:
        limit = program.audit.deviation.value
        for one, row, given in zip(program.rows, indicators, givens, strict=True):
            # Two dates lie some days apart, which is no part of either.
            if row.applies and given.target_value and not isinstance(one.target, Moment):
                off = abs(given.actual_value - given.target_value) / abs(given.target_value)
                if off > limit:
                    limit_text = str(program.audit.deviation)
                    yield from _made(program, "far-from-target", (row,), off=near_percent(off), limit=limit_text)
    yield from _twice(program, indicators)


def _twice(program: Program, indicators: Sequence[IndicatorResult]) -> Iterator[Finding]:
    """Rows whose actual and target are made of the same amounts: the same rate, scored again."""
    first: dict[tuple[str, str], IndicatorResult] = {}
    for row, result in zip(program.rows, indicators, strict=True):
        lowered = row.lowered
        if not isinstance(lowered, Measured) or lowered.actual is None or lowered.target is None or not result.applies:
            continue
        made = (str(lowered.actual), str(lowered.target))
        if made in first:
            yield from _made(program, "execution-scored-twice", (first[made], result))
        first.setdefault(made, result)


def _made(program: Program, finding: str, rows: Sequence[IndicatorResult], **args: Value) -> Iterator[Finding]:
    severity = program.audit.severity.get(finding) or usual_severity(finding)
    if severity != "off":
        origins = tuple(row.origin for row in rows)
        names = tuple(row.name for row in rows)
        yield Finding(name=finding, severity=severity, rows=names, origins=origins, args={"names": names, **args})
