"""What one table of a rule file may not say at once, or at all: each noun's own check, as it is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from perfeval.language.amounts import EDGE_WORDS, Amount, Edges, Precision
from perfeval.language.leaves import RefusedError
from perfeval.language.method import Measuring
from perfeval.language.methods import Band, Banded, Graded, Proportional, Stepped, Tier
from perfeval.language.scorecard import Example, Indicator, Rounding, Scorecard
from perfeval.messages import said

_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")


def _one_edge(edges: Edges | Band, at: str | None = None) -> None:
    given = [word for word in EDGE_WORDS if getattr(edges, "from_" if word == "from" else word) is not None]
    if len(given) > 1:
        raise RefusedError("several-edges", at=at or given[1], found=tuple(given))


def _one_of(noun: object, *keys: str) -> None:
    given = [key for key in keys if getattr(noun, "from_" if key == "from" else key) is not None]
    if len(given) != 1:
        raise RefusedError("one-of", at=given[1] if given else None, choices=keys)


def _zero(scoring: Proportional | Stepped) -> None:
    if scoring.zero is not None:
        _some_edge(scoring.zero, "zero")
        _one_edge(scoring.zero, "zero")


def _some_edge(edges: Edges, at: str) -> None:
    if not edges.given():
        raise RefusedError("empty-text", at=at)


def _measuring(measuring: Measuring) -> None:
    if measuring.needs_reason is not None:
        _some_edge(measuring.needs_reason, "needs_reason")


def _stepped(stepped: Stepped) -> None:
    _zero(stepped)
    for key in ("minus", "plus"):
        _not_below_zero(getattr(stepped, key), key)
    if not stepped.minus.value and not stepped.plus.value:
        raise RefusedError("missing-key", where=said("noun-method", kind="stepped"), key="minus")


def _not_below_zero(amount: Amount | Decimal | None, key: str) -> None:
    if amount is not None and (amount.value if isinstance(amount, Amount) else amount) < 0:
        raise RefusedError("out-of-range", at=key, found=str(amount), range=said("not-below-zero"))


def _scorecard(card: Scorecard) -> None:
    _identified(card)
    _not_below_zero(card.total, "total")
    _not_below_zero(card.cap, "cap")
    if card.since is not None and card.until is not None and card.until < card.since:
        since, until = card.since.isoformat(), card.until.isoformat()
        raise RefusedError("crossed-limits", at="until", low="since", found=since, high="until", other=until)


def _bands(banded: Banded) -> None:
    if not banded.bands:
        raise RefusedError("empty-text", at="bands")


def _tiers(graded: Graded) -> None:
    if not graded.tiers:
        raise RefusedError("empty-text", at="tiers")


def _band(band: Band) -> None:
    _one_edge(band)
    _one_of(band, "score", "minus")
    _not_below_zero(band.minus, "minus")


def _tier(tier: Tier) -> None:
    _one_of(tier, "from", "score")


def _identified(noun: Any) -> None:
    if noun.id is not None and not _IDENTIFIER.fullmatch(noun.id):
        raise RefusedError("bad-identifier", at="id", key="id", found=noun.id)


def _rounding(rounding: Rounding) -> None:
    for key in ("rate", "row", "total", "grade"):
        precision: Precision | None = getattr(rounding, key)
        if precision is not None and precision.to is not None and precision.percent != (key == "rate"):
            advice = said("rate-in-percent" if key == "rate" else "quantum-in-points")
            raise RefusedError("bad-quantum", at=key, advice=advice, found=str(precision))


def _example(example: Example) -> None:
    """An example is of one row or of a whole form, and says what must come of it."""
    row = (example.method, example.weight, example.target, example.actual, example.reason, example.score)
    form = (example.facts, example.scores, example.weights, example.total, example.grade)
    outcome = (example.score, *form[1:], example.problem, example.findings)
    if any(one is not None for one in row) and any(one is not None for one in form):
        raise RefusedError("unclear-example", reason=said("example-of-both"))
    if all(one is None for one in outcome):
        raise RefusedError("unclear-example", reason=said("example-of-nothing"))


#: The check of each noun that has one.
SHAPES: Final[dict[type, Callable[[Any], None]]] = {
    Proportional: _zero,
    Stepped: _stepped,
    Measuring: _measuring,
    Banded: _bands,
    Band: _band,
    Graded: _tiers,
    Tier: _tier,
    Indicator: _identified,
    Rounding: _rounding,
    Example: _example,
    Scorecard: _scorecard,
}
