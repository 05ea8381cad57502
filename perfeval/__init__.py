"""perfeval: indicator scoring rules in TOML, scored exactly, every point explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.api import check, load, load_facts, loads, score
    from perfeval.engine.evaluation import Evaluation, GroupResult, IndicatorResult, Reason, Step
    from perfeval.engine.plan import Plan
    from perfeval.language.scorecard import Facts, Reported, Scorecard
    from perfeval.problems import InputError, Origin, Place, Problem
    from perfeval.version import VERSION as __version__  # noqa: N811  # the name that tools look for

_HOMES = {
    "__version__": ("perfeval.version", "VERSION"),
    **dict.fromkeys(("check", "load", "load_facts", "loads", "score"), ("perfeval.api", "")),
    **dict.fromkeys(
        ("Evaluation", "GroupResult", "IndicatorResult", "Reason", "Step"), ("perfeval.engine.evaluation", "")
    ),
    "Plan": ("perfeval.engine.plan", ""),
    **dict.fromkeys(("Facts", "Reported", "Scorecard"), ("perfeval.language.scorecard", "")),
    **dict.fromkeys(("InputError", "Origin", "Place", "Problem"), ("perfeval.problems", "")),
}

__all__ = [
    "Evaluation",
    "Facts",
    "GroupResult",
    "IndicatorResult",
    "InputError",
    "Origin",
    "Place",
    "Plan",
    "Problem",
    "Reason",
    "Reported",
    "Scorecard",
    "Step",
    "__version__",
    "check",
    "load",
    "load_facts",
    "loads",
    "score",
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
