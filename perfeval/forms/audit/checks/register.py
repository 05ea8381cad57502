"""The register of checks, in the order in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final, get_args

from attrs import evolve

from perfeval.engine.results.evaluation import Finding
from perfeval.forms.audit.checks import arithmetic, evidence, funds, rules
from perfeval.forms.audit.context import Check, checks
from perfeval.text.messages import FINDINGS, Said, said
from perfeval.text.pairs import Kind

#: The modules of checks: to import one registers its checks.
MODULES: Final = (arithmetic, evidence, funds, rules)
#: Every check, by the name of its finding.
CHECKS: Final[Mapping[str, Check]] = checks()
_KINDS: Final = get_args(Kind)
_LEVELS: Final = ("error", "warning", "info")

#: What a `score-mismatch` tells with it where it is of the same row, and in which words.
_ALSO: Final[Mapping[str, Said]] = {
    "met-but-deducted": said("also-met"),
    "missed-but-full": said("also-missed"),
    "execution-scored-twice": said("also-twice"),
}


def told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* in order: by kind, then by severity; the faults of one row are told with its score."""
    order = [(_KINDS.index(FINDINGS[one.name].kind), _level(one), one) for one in _together(list(findings))]
    return tuple(one for _, _, one in sorted(order, key=itemgetter(0, 1)))


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
