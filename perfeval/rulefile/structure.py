"""The structure of a scorecard: weights, groups, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from perfeval.methods.banded import Banded
from perfeval.methods.method import Method, lower
from perfeval.methods.normal_form import Measured
from perfeval.numbers.piecewise import Curve
from perfeval.numbers.quantity import Blank, Units
from perfeval.numbers.rounding import exact_text
from perfeval.problems import Origin, Problem, guess, problem
from perfeval.rulefile.groups import Adding, Arrangement, Branch, above, shared_out, tidy
from perfeval.rulefile.scorecard import Group, Indicator, Scorecard
from perfeval.text.messages import Said, Value, said, said_of


def arrange(card: Scorecard, units: Units, faults: list[Problem]) -> Arrangement:
    """Weights in points, and groups; that they do not add up at some level is a fault."""
    return _Arranger(card, units, faults).arrangement()


class _Arranger:
    """Puts rows into groups and checks them."""

    def __init__(self, card: Scorecard, units: Units, faults: list[Problem]) -> None:
        self.card, self.units, self.faults = card, units, faults
        self.total = Fraction(card.total)
        self.groups = _tidied(card, faults)
        self.stated = stated_weights(self.groups, self.total)
        self.paths = [tidy(indicator.group) for indicator in card.indicators]
        #: Every group that has rows at some depth, each after the one that holds it.
        self.rows: dict[str, list[int]] = {}
        for index, path in enumerate(self.paths):
            for one in reversed(above(path)):
                self.rows.setdefault(one, []).append(index)
        self.own: dict[str, list[int]] = {path: [] for path in self.rows}
        for index, path in enumerate(self.paths):
            if path:
                self.own[path].append(index)
        self.inner: dict[str, list[str]] = {path: [] for path in self.rows}
        for path in self.rows:
            if "/" in path:
                self.inner[path.rpartition("/")[0]].append(path)
        self.weights: list[Fraction] = []
        self.adding = {path: self._adding(path) for path in self.rows}

    def arrangement(self) -> Arrangement:
        self.weights = [self._weight(one, path) for one, path in zip(self.card.indicators, self.paths, strict=True)]
        for path in sorted(self.rows, key=lambda one: -one.count("/")):
            self._share_out(path)
        if self.card.indicators:
            self._check_groups()
            self._check_total()
        else:
            self._check_policy()
        held = {path: self._held(path) for path in self.rows}
        origins = {path: group.origin for path, group in self.groups.items()}
        branches = tuple(
            Branch(
                path=path,
                weight=held[path],
                rows=tuple(members),
                own=tuple(self.own[path]),
                inner=tuple(self.inner[path]),
                adding=evolve(self.adding[path], cap=self._cap(path, held[path])),
                origin=origins.get(path, self.card.indicators[members[0]].origin / "group"),
            )
            for path, members in self.rows.items()
        )
        return Arrangement(weights=tuple(self.weights), branches=branches)

    def _adding(self, path: str) -> Adding:
        group = self.groups.get(path)
        if group is None:
            return Adding()
        cap = None if group.cap is None else Fraction(0)  # its points are known once the weight is
        if group.choose is not None:
            return Adding(way="choose", count=group.choose, cap=cap)
        if group.best is not None:
            return Adding(way="best", count=group.best, cap=cap)
        if group.combine == "weakest":
            return Adding(way="weakest", plus=Fraction(group.plus), cap=cap)
        if group.convert:
            return Adding(way="convert", tables=self._tables(path, group), cap=cap)
        return Adding(cap=cap)

    def _cap(self, path: str, weight: Fraction) -> Fraction | None:
        group = self.groups.get(path)
        return None if group is None or group.cap is None else group.cap.points(weight)

    def _tables(self, path: str, group: Group) -> Mapping[int, Curve]:
        """The conversion of the sum of each number of members, as parts of the group's weight."""
        tables: dict[int, Curve] = {}
        if path not in self.stated:
            where = said("place-of", path=path)
            self.faults.append(problem("missing-key", group.origin, where=where, key="weight"))
            return tables
        for count, bands in group.convert.items():
            origin = group.origin / "convert" / count
            method = Method(scoring=Banded(bands=bands), origin=origin)
            weight, blank = self.stated[path], Blank("")
            lowered, faults = lower(method, name=path, weight=weight, target=blank, units=self.units, origin=origin)
            self.faults.extend(faults)
            if isinstance(lowered, Measured):
                tables[int(count)] = lowered.curve
        return tables

    def _weight(self, indicator: Indicator, path: str) -> Fraction:
        """Return the weight of a row; 0 for now if its group shares out."""
        amount = indicator.weight
        if amount is None:
            group = self.groups.get(path)
            if group is None or group.split is None:
                index = self.card.indicators.index(indicator)
                where = said_of("place", "indicators", index=index + 1)
                fault = problem("missing-key", indicator.origin, advice=said("say-weight"), where=where, key="weight")
                self.faults.append(fault)
            return Fraction(0)
        whole = next((self.stated[one] for one in above(path) if one in self.stated), self.total)
        weight = amount.points(whole)
        if weight < 0:
            self.faults.append(problem("bad-weight", indicator.origin / "weight", found=str(amount)))
        return weight

    def _share_out(self, path: str) -> None:
        """Give the rows of the group *path* that say no weight what is left of it, in equal parts."""
        group = self.groups.get(path)
        takers = [row for row in self.own[path] if self.card.indicators[row].weight is None]
        if group is None or group.split is None or not takers:
            return
        if path not in self.stated:
            where = said("place-of", path=path)
            self.faults.append(problem("missing-key", group.origin, where=where, key="weight"))
            return
        adding = self.adding[path]
        if adding.way in {"sum", "convert"}:
            rest = sum((self.weights[row] for row in self.own[path] if row not in takers), Fraction(0))
            left = self.stated[path] - rest - sum(map(self._held, self.inner[path]), Fraction(0))
            parts = shared_out(left, len(takers), group.split)
        else:
            # Of these members only so many count, and each weighs as much as one of them.
            parts = [self.stated[path] / (adding.count or 1)] * len(takers)
        for row, part in zip(takers, parts, strict=True):
            self.weights[row] = part
            if part <= 0:
                name = self.card.indicators[row].name
                found, here = exact_text(self.stated[path]), group.origin
                fault = problem("split-leaves-nothing", here, found=name, weight=found, count=len(takers))
                self.faults.append(fault)

    def _held(self, path: str) -> Fraction:
        """Return the weight of the group *path*: as stated, or as its members make it."""
        if path in self.stated:
            return self.stated[path]
        weights = [weight for _, weight in self._members(path)]
        if self.adding[path].way in {"sum", "convert"}:
            return sum(weights, Fraction(0))
        return max(weights, default=Fraction(0)) * (self.adding[path].count or 1)

    def _members(self, path: str) -> Iterator[tuple[str, Fraction]]:
        """The rows and groups directly in the group *path*, each with its weight."""
        for row in self.own[path]:
            yield self.card.indicators[row].name, self.weights[row]
        for inner in self.inner[path]:
            yield inner, self._held(inner)

    def _leaves(self, path: str) -> Iterator[tuple[str, Fraction]]:
        """Return what adds up to the group *path*: rows at any depth, and groups that do not simply add up."""
        for row in self.own[path]:
            yield self.card.indicators[row].name, self.weights[row]
        for inner in self.inner[path]:
            if self.adding[inner].way == "sum":
                yield from self._leaves(inner)
            else:
                yield inner, self._held(inner)

    def _check_groups(self) -> None:
        """Check that the members add up to every group that states a weight."""
        self.short = Fraction(0)
        for path, weight in self.stated.items():
            leaves = list(self._leaves(path)) if path in self.rows else []
            way = self.adding[path].way if path in self.adding else "sum"
            if way == "sum":
                found = sum((one for _, one in leaves), Fraction(0))
                if weight < 0 or found == weight:
                    continue
                if "/" not in path:
                    self.short += weight - found
                self._mismatched(path, (found, weight), leaves)
        for path, adding in self.adding.items():
            if adding.way != "sum":
                self._check_members(path, adding)

    def _check_members(self, path: str, adding: Adding) -> None:
        """Check that the members of a group in which not all count fit it."""
        members, group = list(self._members(path)), self.groups[path]
        if adding.way == "convert":
            if adding.tables and len(members) not in adding.tables:
                origin = group.origin / "convert"
                self.faults.append(problem("no-conversion", origin, found=path, count=len(members)))
            return
        if adding.count > len(members):
            origin = group.origin / adding.way
            count, way = adding.count, adding.way
            fault = problem("too-few-members", origin, found=path, key=way, count=count, members=len(members))
            self.faults.append(fault)
            return
        each = self._held(path) / (adding.count or 1)
        for name, weight in members:
            if weight != each:
                found, expected = exact_text(weight), exact_text(each)
                fault = problem(
                    "unequal-members", group.origin, found=name, group=path, weight=found, expected=expected
                )
                self.faults.append(fault)

    def _check_total(self) -> None:
        """Check that everything adds up to the total; what groups lack is told once."""
        leaves = [
            (self.card.indicators[row].name, self.weights[row]) for row, path in enumerate(self.paths) if not path
        ]
        for path in self.rows:
            if "/" not in path:
                plain = self.adding[path].way == "sum"
                leaves += self._leaves(path) if plain else [(path, self._held(path))]
        whole = sum((weight for _, weight in leaves), Fraction(0))
        if whole != self.total and self.total - whole != self.short:
            # The rows are what an author will mend; `total` may not even be written.
            origin = self.card.indicators[0].origin
            self.faults.append(_mismatch(said("the-total"), (whole, self.total), _terms(leaves), origin))

    def _mismatched(self, path: str, sums: tuple[Fraction, Fraction], leaves: Sequence[tuple[str, Fraction]]) -> None:
        origin, advice = self.groups[path].origin, None
        if origin.document != self.card.origin.document:
            # The group is inherited: what does not fit it stands in this file, and so does the cure.
            rows = self.rows.get(path)
            origin = self.card.indicators[rows[0]].origin / "weight" if rows else self.card.origin / "indicators"
            near = None if rows else guess(path, tuple(self.rows))
            listed: Value = tuple(_terms(leaves)) if rows else said("no-rows")
            own = said("own-structure", name=path, found=exact_text(sums[0]), terms=listed)
            advice = own if near is None else said("two-hints", first=near, second=own)
        self.faults.append(_mismatch(path, sums, _terms(leaves), origin, advice))

    def _check_policy(self) -> None:
        """Of a policy only the groups themselves can be added up."""
        children: dict[str, list[tuple[str, Fraction]]] = {}
        for path, weight in self.stated.items():
            parent = next((one for one in above(path)[1:] if one in self.stated), "")
            if parent or "/" not in path:
                children.setdefault(parent, []).append((path, weight))
        for parent, terms in children.items():
            whole = sum((weight for _, weight in terms), Fraction(0))
            expected = self.stated.get(parent, self.total)
            # Inside a group there may be rows beside the groups, so less than the whole can still be made up.
            if whole > expected or (not parent and whole != expected):
                where = parent or said("the-total")
                origin = self.groups[parent].origin if parent else self.card.origin / "structure"
                self.faults.append(_mismatch(where, (whole, expected), _terms(terms), origin))


def stated_weights(groups: Mapping[str, Group], total: Fraction) -> dict[str, Fraction]:
    """The weight of each of *groups*, by tidy path, that states one; a percentage is of the nearest one above it."""
    stated: dict[str, Fraction] = {}
    for path in sorted(groups, key=lambda one: one.count("/")):
        if (amount := groups[path].weight) is not None:
            stated[path] = amount.points(_whole(path, stated, total))
    return stated


def _whole(path: str, stated: Mapping[str, Fraction], total: Fraction) -> Fraction:
    return next((stated[one] for one in above(path)[1:] if one in stated), total)


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


def _terms(leaves: Sequence[tuple[str, Fraction]]) -> list[Said]:
    return [said_of("term", "of", name=name, weight=exact_text(weight)) for name, weight in leaves]


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
