"""Constraints within one table: keys that exclude or need each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from perfeval.methods.banded import Band, Banded
from perfeval.methods.graded import Graded, Tier
from perfeval.methods.method import Item, Measuring
from perfeval.methods.proportional import Proportional
from perfeval.methods.stepped import Stepped
from perfeval.numbers.amounts import Amount, Edges, Precision
from perfeval.numbers.comparison import EDGE_WORDS
from perfeval.numbers.rounding import percent_meant
from perfeval.problems import guess
from perfeval.rulefile.scalars import RefusedError
from perfeval.rulefile.scorecard import (
    Assign,
    Audit,
    Example,
    Grade,
    Group,
    Indicator,
    Override,
    Rounding,
    Scorecard,
    Split,
    Tolerance,
)
from perfeval.text.messages import FINDINGS, said, said_of

_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")


def _one_edge(edges: Edges[Any], at: str | None = None) -> Iterator[RefusedError]:
    given = [side.word for side, _ in edges.given]
    if len(given) > 1:
        yield RefusedError("several-edges", at=at or given[1], found=tuple(given))


def _one_of(noun: object, *keys: str) -> Iterator[RefusedError]:
    given = [key for key in keys if getattr(noun, "from_" if key == "from" else key) is not None]
    if len(given) != 1:
        yield RefusedError("one-of", at=given[1] if given else None, choices=keys)


def _zero(scoring: Proportional | Stepped) -> Iterator[RefusedError]:
    if scoring.zero is not None:
        yield from _some_edge(scoring.zero, "zero")
        yield from _one_edge(scoring.zero, "zero")


def _some_edge(edges: Edges[Any], at: str) -> Iterator[RefusedError]:
    if not edges.given:
        yield RefusedError("empty-text", at=at)


def _measuring(measuring: Measuring) -> Iterator[RefusedError]:
    if measuring.needs_reason is not None:
        yield from _some_edge(measuring.needs_reason, "needs_reason")
    if measuring.target is not None and measuring.target.mean:
        known = ("add", "less")
        yield RefusedError("unknown-key", at="target", where=said("noun-table"), key="mean", known=known)


def _stepped(stepped: Stepped) -> Iterator[RefusedError]:
    yield from _zero(stepped)
    for key in ("minus", "plus"):
        yield from _not_below_zero(getattr(stepped, key), key)
    if not stepped.minus.value and not stepped.plus.value:
        yield RefusedError("missing-key", where=said("noun-method", kind="stepped"), key="minus")


def _not_below_zero(amount: Amount | Decimal | None, key: str) -> Iterator[RefusedError]:
    if amount is not None and (amount.value if isinstance(amount, Amount) else amount) < 0:
        yield RefusedError("out-of-range", at=key, found=str(amount), range=said("not-below-zero"))


def _scorecard(card: Scorecard) -> Iterator[RefusedError]:
    yield from _identified(card)
    yield from _not_below_zero(card.total, "total")
    yield from _not_below_zero(card.cap, "cap")
    yield from _dated(card)


def _dated(noun: Any) -> Iterator[RefusedError]:
    """Check that nothing ends before it begins."""
    if noun.since is not None and noun.until is not None and noun.until < noun.since:
        since, until = noun.since.isoformat(), noun.until.isoformat()
        yield RefusedError("crossed-limits", at="until", low="since", found=since, high="until", other=until)


def _item(item: Item) -> Iterator[RefusedError]:
    yield from _one_of(item, "plus", "minus")
    for key in ("plus", "minus"):
        yield from _not_below_zero(getattr(item, key), key)
    yield from _at_least_one(item.times, "times")
    yield from _dated(item)


def _at_least_one(count: int | None, at: str) -> Iterator[RefusedError]:
    if count is not None and count < 1:
        yield RefusedError("out-of-range", at=at, found=str(count), range=said("above-zero"))


def _group(group: Group) -> Iterator[RefusedError]:
    """A group adds up in one way."""
    ways = {
        "choose": group.choose is not None,
        "best": group.best is not None,
        "combine": group.combine != "sum",
        "convert": bool(group.convert),
    }
    given = [key for key, says in ways.items() if says]
    if len(given) > 1:
        yield RefusedError("one-of", at=given[1], choices=tuple(given))
    yield from _at_least_one(group.choose, "choose")
    yield from _at_least_one(group.best, "best")
    yield from _not_below_zero(group.plus, "plus")
    yield from _not_below_zero(group.cap, "cap")
    if group.plus and group.combine != "weakest":
        yield RefusedError("needs-key", at="plus", key="plus", needed='combine = "weakest"')
    for count, bands in group.convert.items():
        yield from _converted(count, bands)
    yield from _dated(group)


def _converted(count: str, bands: tuple[Band, ...]) -> Iterator[RefusedError]:
    """A table of conversion says for how many members it is, and scores in points or as parts of the group."""
    if not count.isascii() or not count.isdigit() or count.startswith("0"):
        yield RefusedError("out-of-range", at="convert", key="convert", found=count, range=said("above-zero"))
    if not bands:
        yield RefusedError("empty-text", at="convert", key=count)
    for band in bands:
        if band.level is not None or band.unless is not None:
            key = "level" if band.level is not None else "unless"
            known = (*EDGE_WORDS, "score", "minus", "name", "basis", "note")
            yield RefusedError("unknown-key", at="convert", where=said_of("noun", "band"), key=key, known=known)
            return


def _split(split: Split) -> Iterator[RefusedError]:
    if (split.to is None) != (split.remainder is None):
        missing, given = ("remainder", "to") if split.remainder is None else ("to", "remainder")
        yield RefusedError("needs-key", at=given, key=given, needed=missing)
    if split.to is not None and split.to <= 0:
        yield RefusedError("out-of-range", at="to", found=str(split.to), range=said("above-zero"))


def _override(override: Override) -> Iterator[RefusedError]:
    yield from _one_edge(override.edges)
    yield from _one_of(override, "total", "grade", "best_grade")
    yield from _not_below_zero(override.total, "total")
    yield from _dated(override)


def _bands(banded: Banded) -> Iterator[RefusedError]:
    if not banded.bands:
        yield RefusedError("empty-text", at="bands")
    elif banded.bands[-1].unless is not None:
        yield RefusedError("rest-unless", at="bands")


def _tiers(graded: Graded) -> Iterator[RefusedError]:
    if not graded.tiers:
        yield RefusedError("empty-text", at="tiers")


def _band(band: Band) -> Iterator[RefusedError]:
    yield from _one_edge(band.edges)
    if band.level is not None and (edge := band.edge()) is not None:
        yield RefusedError("several-edges", at="level", found=(edge[0].word, "level"))
    yield from _one_of(band, "score", "minus")
    yield from _not_below_zero(band.minus, "minus")
    yield from _dated(band)


def _tier(tier: Tier) -> Iterator[RefusedError]:
    yield from _one_of(tier, "from", "score")
    yield from _dated(tier)


def _identified(noun: Any) -> Iterator[RefusedError]:
    if noun.id is not None and not _IDENTIFIER.fullmatch(noun.id):
        yield RefusedError("bad-identifier", at="id", key="id", found=noun.id)


def _indicator(indicator: Indicator) -> Iterator[RefusedError]:
    yield from _identified(indicator)
    yield from _dated(indicator)


def _rounding(rounding: Rounding) -> Iterator[RefusedError]:
    for key in ("rate", "row", "total", "grade"):
        precision: Precision | None = getattr(rounding, key)
        if precision is not None and precision.to is not None and precision.percent != (key == "rate"):
            advice = said("rate-in-percent" if key == "rate" else "quantum-in-points")
            yield RefusedError("bad-quantum", at=key, advice=advice, found=str(precision))


def _audit(audit: Audit) -> Iterator[RefusedError]:
    """Check that the deviation is a share of the target: 20 would be twenty times as much."""
    for name in audit.severity:
        if name not in FINDINGS:
            known = tuple(FINDINGS)
            advice = guess(name, known)
            yield RefusedError("unknown-finding", at="severity", advice=advice, found=name, known=known)
    if audit.deviation is not None and not audit.deviation.percent:
        found, mended = str(audit.deviation), f'"{percent_meant(audit.deviation.value)}"'
        yield RefusedError("edge-unit", at="deviation", found=found, mended=mended, measure=said("deviation"))
    yield from _not_below_zero(audit.deviation, "deviation")


def _tolerance(tolerance: Tolerance) -> Iterator[RefusedError]:
    """A rate may be off by a percentage, as rates are printed; points by points."""
    if not tolerance.rate.percent:
        found, mended = str(tolerance.rate), f'"{percent_meant(tolerance.rate.value)}"'
        yield RefusedError("edge-unit", at="rate", found=found, mended=mended, measure=said("the-rate"))
    for key in ("rate", "row", "total"):
        yield from _not_below_zero(getattr(tolerance, key), key)


def _example(example: Example) -> Iterator[RefusedError]:
    """An example is of one row or of a whole form, and says what must come of it."""
    row = (
        *(example.method, example.weight, example.target, example.levels or None),
        *(example.actual, example.reason, example.score),
    )
    form = (example.facts, example.scores, example.weights, example.total, example.grade)
    outcome = (example.score, *form[1:], example.problem, example.findings)
    if any(one is not None for one in row) and any(one is not None for one in form):
        yield RefusedError("unclear-example", reason=said("example-of-both"))
    if all(one is None for one in outcome):
        yield RefusedError("unclear-example", reason=said("example-of-nothing"))


#: The check of each noun that has one: everything that its table says wrongly, at once.
SHAPES: Final[dict[type, Callable[[Any], Iterator[RefusedError]]]] = {
    Proportional: _zero,
    Stepped: _stepped,
    Measuring: _measuring,
    Banded: _bands,
    Band: _band,
    Graded: _tiers,
    Tier: _tier,
    Indicator: _indicator,
    Item: _item,
    Group: _group,
    Split: _split,
    Override: _override,
    Assign: _dated,
    Grade: _dated,
    Rounding: _rounding,
    Audit: _audit,
    Tolerance: _tolerance,
    Example: _example,
    Scorecard: _scorecard,
}
