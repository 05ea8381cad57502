"""Groups and totals: what each row weighs, which groups it counts towards, and whether it all adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from perfeval.exact import exact_text
from perfeval.language.amounts import Amount
from perfeval.language.scorecard import Group, Indicator, Scorecard
from perfeval.messages import Value, said
from perfeval.problems import Origin, Problem, problem

#: So many weights are spelled out when they do not add up.
_TERMS = 12


@frozen(kw_only=True)
class Branch:
    """A group as it stands in a form: its path, its weight, and the rows at any depth under it."""

    path: str
    weight: Fraction
    rows: tuple[int, ...]
    origin: Origin

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@frozen(kw_only=True)
class Arrangement:
    """The weight of every row, in file order, and the groups, each after the one that holds it."""

    weights: tuple[Fraction, ...]
    branches: tuple[Branch, ...]


def tidy(path: str) -> str:
    """A group's path with the spaces around its parts taken off."""
    return "/".join(part.strip() for part in path.split("/") if part.strip())


def above(path: str) -> tuple[str, ...]:
    """The path itself and every group above it, nearest first."""
    parts = path.split("/") if path else []
    return tuple("/".join(parts[:length]) for length in range(len(parts), 0, -1))


def arrange(card: Scorecard, faults: list[Problem]) -> Arrangement:
    """Weights in points, and groups; that they do not add up at some level is a fault."""
    total = Fraction(card.total)
    groups = _tidied(card, faults)
    stated = _stated(groups, total)
    weights = tuple(_weight(indicator, stated, total, faults) for indicator in card.indicators)
    rows: dict[str, list[int]] = {}
    for index, indicator in enumerate(card.indicators):
        for path in reversed(above(tidy(indicator.group))):
            rows.setdefault(path, []).append(index)
    origins = {path: group.origin for path, group in groups.items()}
    branches = tuple(
        Branch(
            path=path,
            weight=stated.get(path, sum((weights[row] for row in members), Fraction(0))),
            rows=tuple(members),
            origin=origins.get(path, card.indicators[members[0]].origin / "group"),
        )
        for path, members in rows.items()
    )
    for path, weight in stated.items():
        under = [weights[row] for row in rows.get(path, ())]
        # Of a policy only the groups themselves can be added up, below.
        if card.indicators and weight >= 0 and sum(under) != weight:
            _mismatch(path, under, weight, origins[path], faults)
    if card.indicators:
        if sum(weights) != total:
            # The rows are what an author will mend; `total` may not even be written.
            _mismatch(None, weights, total, card.indicators[0].origin, faults)
    elif (tops := [weight for path, weight in stated.items() if "/" not in path]) and sum(tops) != total:
        _mismatch(None, tops, total, card.origin / "structure", faults)
    return Arrangement(weights=weights, branches=branches)


def _stated(groups: Mapping[str, Group], total: Fraction) -> dict[str, Fraction]:
    """The weight of each group that states one; a percentage is of the nearest group above that does."""
    stated: dict[str, Fraction] = {}
    for path in sorted(groups, key=lambda one: one.count("/")):
        if (amount := groups[path].weight) is not None:
            stated[path] = amount.points(_whole(path, stated, total))
    return stated


def _whole(path: str, stated: Mapping[str, Fraction], total: Fraction) -> Fraction:
    return next((stated[one] for one in above(path)[1:] if one in stated), total)


def _weight(indicator: Indicator, stated: Mapping[str, Fraction], total: Fraction, faults: list[Problem]) -> Fraction:
    path = tidy(indicator.group)
    whole = next((stated[one] for one in above(path) if one in stated), total)
    amount: Amount = indicator.weight
    weight = amount.points(whole)
    if weight < 0:
        faults.append(problem("bad-weight", indicator.origin / "weight", found=str(amount)))
    return weight


def _tidied(card: Scorecard, faults: list[Problem]) -> dict[str, Group]:
    """The groups by their tidy paths; two of one path, or none at all, are faults."""
    groups: dict[str, Group] = {}
    for written, group in card.structure.items():
        path = tidy(written)
        if not path:
            faults.append(problem("empty-text", group.origin, key=f'"{written}"'))
        elif path in groups:
            faults.append(problem("duplicate-key", group.origin, key=path))
        elif group.weight is not None and group.weight.value < 0:
            faults.append(problem("bad-weight", group.origin, found=str(group.weight)))
        groups.setdefault(path, group)
    return groups


def _mismatch(
    path: str | None, weights: Sequence[Fraction], expected: Fraction, origin: Origin, faults: list[Problem]
) -> None:
    where: Value = said("the-total") if path is None else path
    shown = [exact_text(weight) for weight in weights[:_TERMS]]
    terms: Value = " + ".join(shown) + (" + …" if len(weights) > _TERMS else "") if shown else said("no-rows")
    faults.append(
        problem(
            "weights-mismatch",
            origin,
            where=where,
            found=exact_text(sum(weights, Fraction(0))),
            expected=exact_text(expected),
            terms=terms,
        )
    )
