"""Graded: a person picks a tier, and a score inside it."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from perfeval.methods.method import Method
from perfeval.methods.normal_form import (
    Judged,
    JudgedTier,
    repeated,
)
from perfeval.methods.row import Row
from perfeval.numbers.amounts import Amount, Cited
from perfeval.numbers.piecewise import ONE
from perfeval.numbers.rounding import percent_text
from perfeval.problems import NOWHERE, Origin
from perfeval.text.messages import Said, said, said_of


@frozen(kw_only=True)
class Tier(Cited):
    """One level of a judged scale: a range that begins at ``from``, or a ``score`` of its own."""

    name: str
    from_: Amount | None = None
    score: Amount | None = None
    aliases: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Graded:
    """A person picks the tier, and a score inside it where the tier is a range; the edge belongs to the upper tier."""

    kind: ClassVar[str] = "graded"
    measures: ClassVar[bool] = False
    by_target: ClassVar[bool] = False

    tiers: tuple[Tier, ...]

    def lower(self, row: Row, method: Method) -> Judged | None:
        floor, cap = method.limits.shares(row.weight)
        high, closed = cap if cap is not None else ONE, True
        faults = len(row.faults)
        for index, first, key, name in repeated(self.tiers):
            row.fault("duplicate-name", self.tiers[index].origin / key, found=name, first=first + 1)
        tiers: list[JudgedTier] = []
        for index, tier in enumerate(self.tiers):
            if tier.score is not None:
                share = tier.score.share(row.weight)
                tiers.append(_judged(tier, index, share, share, True))
                continue
            assert tier.from_ is not None
            low = max(floor, tier.from_.share(row.weight))
            if low > high and closed:
                top = percent_text(high)
                row.fault(
                    "crossed-limits", tier.origin / "from", low="from", found=str(tier.from_), high="cap", other=top
                )
                continue
            if low >= high and not closed:
                taken, order = said_of("taken", "from", edge=percent_text(high)), said("highest-first")
                at = tier.origin / "from"
                row.fault("unreachable-band", at, index=index + 1, before=index, taken=taken, order=order)
                continue
            tiers.append(_judged(tier, index, low, high, closed))
            high, closed = low, False
        if len(row.faults) > faults:
            return None
        return Judged(tiers=tuple(tiers), floor=floor, cap=cap, items=method.limits.lowered(row.weight))

    def describe(self) -> tuple[Said, ...]:
        return (
            said("says-graded"),
            *(
                said("says-tier", tier=tier.name, earns=str(tier.score))
                if tier.score is not None
                else said("says-tier-from", tier=tier.name, edge=str(tier.from_))
                for tier in self.tiers
            ),
        )


def _judged(tier: Tier, index: int, low: Fraction, high: Fraction, closed: bool) -> JudgedTier:
    return JudgedTier(
        name=tier.name,
        aliases=tier.aliases,
        low=low,
        high=high,
        high_closed=closed,
        index=index,
        basis=tier.basis,
        origin=tier.origin,
    )
