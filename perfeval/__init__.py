"""perfeval: indicator scoring rules in TOML, scored exactly, every point explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.analysis.change import Change
    from perfeval.analysis.comparison import Comparison
    from perfeval.analysis.moves import Mark, Move, RowMove
    from perfeval.api import check, compare, load, load_facts, loads, prove, score, score_file, score_many, show
    from perfeval.audits import Audited, audit, audit_many, load_form
    from perfeval.batch.many import ScoredRow
    from perfeval.engine.evaluation import Evaluation, Finding, GroupResult, Reason
    from perfeval.engine.indicator import IndicatorResult
    from perfeval.engine.plan import Plan
    from perfeval.engine.prover import Proof
    from perfeval.engine.step import Step
    from perfeval.forms.audit.auditing import Audit
    from perfeval.forms.form import Form
    from perfeval.language.scorecard import Facts, Reported, Scorecard
    from perfeval.problems import InputError, Origin, Place, Problem
    from perfeval.version import VERSION as __version__  # noqa: N811  # the name that tools look for

_HOMES = {
    "__version__": ("perfeval.version", "VERSION"),
    "Change": ("perfeval.analysis.change", ""),
    "Comparison": ("perfeval.analysis.comparison", ""),
    **dict.fromkeys(("Mark", "Move", "RowMove"), ("perfeval.analysis.moves", "")),
    **dict.fromkeys(
        ("check", "compare", "load", "load_facts", "loads", "prove", "score", "score_file", "score_many", "show"),
        ("perfeval.api", ""),
    ),
    **dict.fromkeys(("Evaluation", "Finding", "GroupResult", "Reason"), ("perfeval.engine.evaluation", "")),
    "IndicatorResult": ("perfeval.engine.indicator", ""),
    "Step": ("perfeval.engine.step", ""),
    **dict.fromkeys(("audit", "audit_many", "load_form"), ("perfeval.audits", "")),
    "Audit": ("perfeval.forms.audit.auditing", ""),
    "Audited": ("perfeval.audits", ""),
    "Form": ("perfeval.forms.form", ""),
    "ScoredRow": ("perfeval.batch.many", ""),
    "Plan": ("perfeval.engine.plan", ""),
    "Proof": ("perfeval.engine.prover", ""),
    **dict.fromkeys(("Facts", "Reported", "Scorecard"), ("perfeval.language.scorecard", "")),
    **dict.fromkeys(("InputError", "Origin", "Place", "Problem"), ("perfeval.problems", "")),
}

__all__ = [
    "Audit",
    "Audited",
    "Change",
    "Comparison",
    "Evaluation",
    "Facts",
    "Finding",
    "Form",
    "GroupResult",
    "IndicatorResult",
    "InputError",
    "Mark",
    "Move",
    "Origin",
    "Place",
    "Plan",
    "Problem",
    "Proof",
    "Reason",
    "Reported",
    "RowMove",
    "Scorecard",
    "ScoredRow",
    "Step",
    "__version__",
    "audit",
    "audit_many",
    "check",
    "compare",
    "load",
    "load_facts",
    "load_form",
    "loads",
    "prove",
    "score",
    "score_file",
    "score_many",
    "show",
]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for: ``import perfeval`` alone loads nothing else."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home, there = _HOMES[name]
    value = getattr(import_module(home), there or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
