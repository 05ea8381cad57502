"""The register of checks, in the order in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.checks import arithmetic, evidence, funds, rules
from perfeval.forms.audit.context import Check
from perfeval.text.messages import Said, said

#: What contradicts itself.
_ITSELF: Final[Mapping[str, Check]] = {
    "total-mismatch": arithmetic.total_mismatch,
    "weights-mismatch": arithmetic.weights_mismatch,
    "rate-mismatch": funds.rate_mismatch,
    "execution-score-mismatch": funds.execution_score_mismatch,
    "funds-mismatch": funds.funds_mismatch,
    "breakdown-mismatch": funds.breakdown_mismatch,
    "grade-mismatch": arithmetic.grade_mismatch,
    "report-mismatch": arithmetic.report_mismatch,
    "score-above-weight": arithmetic.score_above_weight,
    "extra-values": funds.extra_values,
    "unfilled": arithmetic.unfilled,
    "duplicate-indicator": arithmetic.duplicate_indicator,
    "subrow-scored": funds.subrow_scored,
}
#: What contradicts the rules.
_RULES: Final[Mapping[str, Check]] = {
    "score-mismatch": rules.score_mismatch,
    "tier-mismatch": rules.tier_mismatch,
    "met-but-deducted": rules.met_but_deducted,
    "missed-but-full": rules.missed_but_full,
    "execution-scored-twice": rules.execution_scored_twice,
    "structure-mismatch": rules.structure_mismatch,
    "misplaced-indicator": rules.misplaced_indicator,
}
#: What needs a reason.
_REASON: Final[Mapping[str, Check]] = {
    "no-reason": evidence.no_reason,
    "no-reason-for-deviation": evidence.no_reason_for_deviation,
    "full-marks-on-blank": evidence.full_marks_on_blank,
    "unspent-funds": evidence.unspent_funds,
}
#: What needs a look.
_LOOK: Final[Mapping[str, Check]] = {
    "unclear-target": rules.unclear_target,
    "unmeasurable-target": evidence.unmeasurable_target,
    "bound-as-actual": evidence.bound_as_actual,
    "unit-mismatch": evidence.unit_mismatch,
    "incomparable": evidence.incomparable,
    "double-scale": evidence.double_scale,
    "text-for-number": evidence.text_for_number,
    "odd-rate": evidence.odd_rate,
    "ahead-of-execution": evidence.ahead_of_execution,
    "goal-overclaimed": evidence.goal_overclaimed,
    "weights-unprinted": arithmetic.weights_unprinted,
    "unassigned": rules.unassigned,
}
KINDS: Final = (_ITSELF, _RULES, _REASON, _LOOK)
CHECKS: Final[Mapping[str, Check]] = {name: check for kind in KINDS for name, check in kind.items()}

_PLACES: Final = {name: place for place, kind in enumerate(KINDS) for name in kind}
_LEVELS: Final = ("error", "warning", "info")

#: What a `score-mismatch` tells with it where it is of the same row, and in which words.
_ALSO: Final[Mapping[str, Said]] = {
    "met-but-deducted": said("also-met"),
    "missed-but-full": said("also-missed"),
    "execution-scored-twice": said("also-twice"),
}


def told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """*findings* in the order in which they are told: by kind, then by severity; faults of one row with its score."""
    return tuple(sorted(_together(list(findings)), key=lambda one: (_PLACES[one.name], _level(one))))


def _level(one: Finding) -> int:
    return _LEVELS.index(one.severity)


def _together(findings: list[Finding]) -> list[Finding]:
    """One finding for each wrong score, with what else is wrong in the same cells."""
    absorbed: set[int] = set()
    scores: dict[int, Finding] = {}
    for place, score in enumerate(findings):
        if score.name != "score-mismatch":
            continue
        cells = set(score.origins)
        others = [
            (index, one)
            for index, one in enumerate(findings)
            if one.name in _ALSO and index not in absorbed and len(cells.intersection(one.origins)) > 1
        ]
        if not others:
            continue
        absorbed.update(index for index, _ in others)
        scores[place] = evolve(
            score,
            severity=min((score, *(one for _, one in others)), key=_level).severity,
            also=tuple(one.name for _, one in others),
            args={**score.args, "also": said("also", faults=tuple(_ALSO[one.name] for _, one in others))},
        )
    return [scores.get(place, one) for place, one in enumerate(findings) if place not in absorbed]
