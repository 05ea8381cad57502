"""Every check, by the name of what it finds: in the order in which findings are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfeval.forms.audit import by_rules, on_evidence, on_money, on_paper
from perfeval.forms.audit.sheet import Check

CHECKS: Final[Mapping[str, Check]] = {
    # On paper alone.
    "total-mismatch": on_paper.total_mismatch,
    "weights-mismatch": on_paper.weights_mismatch,
    "weights-unprinted": on_paper.weights_unprinted,
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
    # Against the rules.
    "score-mismatch": by_rules.score_mismatch,
    "tier-mismatch": by_rules.tier_mismatch,
    "met-but-deducted": by_rules.met_but_deducted,
    "missed-but-full": by_rules.missed_but_full,
    "unclear-target": by_rules.unclear_target,
    "execution-scored-twice": by_rules.execution_scored_twice,
    "structure-mismatch": by_rules.structure_mismatch,
    "misplaced-indicator": by_rules.misplaced_indicator,
    "unassigned": by_rules.unassigned,
    # On the evidence.
    "no-reason": on_evidence.no_reason,
    "no-reason-for-deviation": on_evidence.no_reason_for_deviation,
    "full-marks-on-blank": on_evidence.full_marks_on_blank,
    "unmeasurable-target": on_evidence.unmeasurable_target,
    "bound-as-actual": on_evidence.bound_as_actual,
    "unit-mismatch": on_evidence.unit_mismatch,
    "double-scale": on_evidence.double_scale,
    "text-for-number": on_evidence.text_for_number,
    "odd-rate": on_evidence.odd_rate,
    "unspent-funds": on_evidence.unspent_funds,
    "ahead-of-execution": on_evidence.ahead_of_execution,
    "incomparable": on_evidence.incomparable,
    "goal-overclaimed": on_evidence.goal_overclaimed,
}
