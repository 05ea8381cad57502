"""perfeval: score forms by indicator rules in TOML, exactly, with an explanation of every point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.api import check, compare, load, load_facts, loads, prove, score, score_file, score_many, show
    from perfeval.audits import Audited, audit, audit_many, load_form, load_forms
    from perfeval.batch.many import ScoredRow
    from perfeval.differences.change import Change
    from perfeval.differences.comparison import Comparison
    from perfeval.differences.impact import Mark, Move, RowMove
    from perfeval.engine.plan import Plan
    from perfeval.engine.proofs.prover import Proof
    from perfeval.engine.results.evaluation import Evaluation, Finding, GroupResult, Reason
    from perfeval.engine.results.indicator import IndicatorResult
    from perfeval.engine.results.step import Step
    from perfeval.forms.audit.audit import Audit
    from perfeval.forms.finder import Reading
    from perfeval.forms.form import Form
    from perfeval.problems import InputError, Origin, Place, Problem
    from perfeval.rulefile.scorecard import Facts, Reported, Scorecard
    from perfeval.version import VERSION as __version__  # noqa: N811  # the name that tools look for

_HOMES = {
    "__version__": ("perfeval.version", "VERSION"),
    "Change": ("perfeval.differences.change", ""),
    "Comparison": ("perfeval.differences.comparison", ""),
    **dict.fromkeys(("Mark", "Move", "RowMove"), ("perfeval.differences.impact", "")),
    **dict.fromkeys(
        ("check", "compare", "load", "load_facts", "loads", "prove", "score", "score_file", "score_many", "show"),
        ("perfeval.api", ""),
    ),
    **dict.fromkeys(("Evaluation", "Finding", "GroupResult", "Reason"), ("perfeval.engine.results.evaluation", "")),
    "IndicatorResult": ("perfeval.engine.results.indicator", ""),
    "Step": ("perfeval.engine.results.step", ""),
    **dict.fromkeys(("audit", "audit_many", "load_form", "load_forms"), ("perfeval.audits", "")),
    "Audit": ("perfeval.forms.audit.audit", ""),
    "Audited": ("perfeval.audits", ""),
    "Form": ("perfeval.forms.form", ""),
    "Reading": ("perfeval.forms.finder", ""),
    "ScoredRow": ("perfeval.batch.many", ""),
    "Plan": ("perfeval.engine.plan", ""),
    "Proof": ("perfeval.engine.proofs.prover", ""),
    **dict.fromkeys(("Facts", "Reported", "Scorecard"), ("perfeval.rulefile.scorecard", "")),
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
    "Reading",
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
    "load_forms",
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
