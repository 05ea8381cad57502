"""Groups and totals: what each row weighs, which groups it counts towards, and whether it all adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from perfeval.exact import exact_text
from perfeval.language.amounts import Amount
from perfeval.language.scorecard import Group, Indicator, Scorecard
from perfeval.messages import Said, Value, said
from perfeval.problems import Origin, Problem, guess, problem


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
    if card.indicators:
        _check_rows(card, faults, groups=groups, stated=stated, weights=weights, rows=rows)
    else:
        # Of a policy only the groups themselves can be added up.
        tops = {path: weight for path, weight in stated.items() if "/" not in path}
        whole = sum(tops.values(), Fraction(0))
        if tops and whole != total:
            terms = [said("term-of", name=path, weight=exact_text(weight)) for path, weight in tops.items()]
            faults.append(_mismatch(said("the-total"), (whole, total), terms, card.origin / "structure"))
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


def _check_rows(
    card: Scorecard,
    faults: list[Problem],
    *,
    groups: Mapping[str, Group],
    stated: Mapping[str, Fraction],
    weights: Sequence[Fraction],
    rows: Mapping[str, Sequence[int]],
) -> None:
    """That the rows add up to every group that states a weight, and to the total."""

    def terms(members: Sequence[int]) -> list[Said]:
        return [said("term-of", name=card.indicators[row].name, weight=exact_text(weights[row])) for row in members]

    short = Fraction(0)
    for path, weight in stated.items():
        members = rows.get(path, ())
        found = sum((weights[row] for row in members), Fraction(0))
        if weight < 0 or found == weight:
            continue
        if "/" not in path:
            short += weight - found
        origin, advice = groups[path].origin, None
        if origin.document != card.origin.document:
            # The group is inherited: what does not fit it stands in this file, and so does the cure.
            origin = card.indicators[members[0]].origin / "weight" if members else card.origin / "indicators"
            near = None if members else guess(path, tuple(rows))
            listed: Value = tuple(terms(members)) if members else said("no-rows")
            own = said("own-structure", name=path, found=exact_text(found), terms=listed)
            advice = own if near is None else said("two-hints", first=near, second=own)
        faults.append(_mismatch(path, (found, weight), terms(members), origin, advice))
    whole = sum(weights, Fraction(0))
    # What groups lack, the total lacks: that is told once.
    if whole != Fraction(card.total) and Fraction(card.total) - whole != short:
        # The rows are what an author will mend; `total` may not even be written.
        sums, everyone = (whole, Fraction(card.total)), range(len(weights))
        faults.append(_mismatch(said("the-total"), sums, terms(everyone), card.indicators[0].origin))


def _mismatch(
    where: Value,
    sums: tuple[Fraction, Fraction],
    terms: Sequence[Said],
    origin: Origin,
    advice: Said | None = None,
) -> Problem:
    """*where* the weights add up to the first of *sums* and not to the second."""
    found, expected = map(exact_text, sums)
    listed: Value = tuple(terms) or said("no-rows")
    return problem("weights-mismatch", origin, advice=advice, where=where, found=found, expected=expected, terms=listed)
