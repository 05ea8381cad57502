"""Every check, by the name of what it finds: in the order in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve

from perfeval.engine.evaluation import Finding
from perfeval.forms.audit import by_rules, on_evidence, on_money, on_paper
from perfeval.forms.audit.sheet import Check
from perfeval.messages import Said, said

#: What contradicts itself.
_ITSELF: Final[Mapping[str, Check]] = {
    "total-mismatch": on_paper.total_mismatch,
    "weights-mismatch": on_paper.weights_mismatch,
    "rate-mismatch": on_money.rate_mismatch,
    "execution-score-mismatch": on_money.execution_score_mismatch,
    "funds-mismatch": on_money.funds_mismatch,
    "breakdown-mismatch": on_money.breakdown_mismatch,
    "grade-mismatch": on_paper.grade_mismatch,
    "report-mismatch": on_paper.report_mismatch,
    "score-above-weight": on_paper.score_above_weight,
    "extra-values": on_money.extra_values,
    "unfilled": on_paper.unfilled,
    "duplicate-indicator": on_paper.duplicate_indicator,
    "subrow-scored": on_money.subrow_scored,
}
#: What contradicts the rules.
_RULES: Final[Mapping[str, Check]] = {
    "score-mismatch": by_rules.score_mismatch,
    "tier-mismatch": by_rules.tier_mismatch,
    "met-but-deducted": by_rules.met_but_deducted,
    "missed-but-full": by_rules.missed_but_full,
    "execution-scored-twice": by_rules.execution_scored_twice,
    "structure-mismatch": by_rules.structure_mismatch,
    "misplaced-indicator": by_rules.misplaced_indicator,
}
#: What needs a reason.
_REASON: Final[Mapping[str, Check]] = {
    "no-reason": on_evidence.no_reason,
    "no-reason-for-deviation": on_evidence.no_reason_for_deviation,
    "full-marks-on-blank": on_evidence.full_marks_on_blank,
    "unspent-funds": on_evidence.unspent_funds,
}
#: What needs a look.
_LOOK: Final[Mapping[str, Check]] = {
    "unclear-target": by_rules.unclear_target,
    "unmeasurable-target": on_evidence.unmeasurable_target,
    "bound-as-actual": on_evidence.bound_as_actual,
    "unit-mismatch": on_evidence.unit_mismatch,
    "incomparable": on_evidence.incomparable,
    "double-scale": on_evidence.double_scale,
    "text-for-number": on_evidence.text_for_number,
    "odd-rate": on_evidence.odd_rate,
    "ahead-of-execution": on_evidence.ahead_of_execution,
    "goal-overclaimed": on_evidence.goal_overclaimed,
    "weights-unprinted": on_paper.weights_unprinted,
    "unassigned": by_rules.unassigned,
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
