"""The weights of the rows after those that do not apply gave theirs away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from perfeval.engine.facts.reading import RowReading
from perfeval.engine.program.program import Program
from perfeval.immutable import Fixed
from perfeval.numbers.rounding import exact_text
from perfeval.problems import Origin, Problem, problem
from perfeval.rulefile.groups import Branch

#: A row by its index, or a group by its path.
Member: TypeAlias = int | str

ZERO, ONE = Fraction(0), Fraction(1)


def _by_path(items: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    return Fixed(items)


@frozen(eq=False, repr=False)
class Weights:
    """The weights of the rows and groups of one form; those that do not apply weigh 0.

    ``scales`` says of each group how many times its points count here, because others do not apply.
    """

    rows: tuple[Fraction, ...]
    groups: Mapping[str, Fraction] = field(converter=_by_path)
    scales: Mapping[str, Fraction] = field(converter=_by_path)


def weighed(program: Program, givens: Sequence[RowReading], origin: Origin, faults: list[Problem]) -> Weights:
    """Return the weights of a form with the facts *givens*; whatever the rules leave open is a fault.

    *origin* is where the facts stand.
    """
    plain = all(branch.adding.way not in {"choose", "best", "convert"} for branch in program.branches)
    if plain and all(given.applies for given in givens):
        return full_weights(program)
    return _Weigher(program, givens, origin, faults).weights()


def full_weights(program: Program) -> Weights:
    """Return the weights of a form in which every row applies."""
    held = {branch.path: branch.weight for branch in program.branches}
    return Weights(tuple(row.weight for row in program.rows), held, dict.fromkeys(held, ONE))


class _Weigher:
    """Hands the weight of the whole form down its groups."""

    def __init__(self, program: Program, givens: Sequence[RowReading], origin: Origin, faults: list[Problem]) -> None:
        self.program, self.givens, self.origin, self.faults = program, givens, origin, faults
        self.branches: Mapping[str, Branch] = {branch.path: branch for branch in program.branches}
        self.found = [ZERO] * len(program.rows)
        self.groups = dict.fromkeys(self.branches, ZERO)
        self.scales = dict.fromkeys(self.branches, ONE)
        #: The groups of whose choice it was told that it is wrong.
        self.told: set[str] = set()

    def weights(self) -> Weights:
        for path, branch in self.branches.items():
            if branch.adding.way == "choose":
                self._check_choice(path, branch.adding.count)
            elif branch.adding.way == "convert":
                self._check_table(path, branch)
        tops: list[Member] = [row.index for row in self.program.rows if not row.group]
        tops += [path for path in self.branches if "/" not in path]
        whole = sum(map(self._weight, tops), ZERO)
        if whole and not any(map(self._stands, tops)):
            self.faults.append(problem("nothing-applies", self.origin))
        elif self.program.not_applicable == "total":
            leaves = [leaf for top in tops for leaf in self._leaves(top)]
            left = sum((self._weight(leaf) for leaf in leaves if self._stands(leaf)), ZERO)
            if left:
                # Extras have points of their own, which nobody gives to.
                self.scales = {one.path: whole / left if one.weight else ONE for one in self.program.branches}
            for leaf in leaves:
                if self._stands(leaf):
                    self._give(leaf, self._weight(leaf) * whole / left)
            self._sum_up(tops)
        else:
            self._share(tops, whole)
        return Weights(tuple(self.found), self.groups, self.scales)

    def _weight(self, member: Member) -> Fraction:
        return self.program.rows[member].weight if isinstance(member, int) else self.branches[member].weight

    def _stands(self, member: Member) -> bool:
        """Return True if the row, or some row of the group, applies and weighs something."""
        if isinstance(member, int):
            return self.givens[member].applies and bool(self._weight(member))
        branch = self.branches[member]
        if branch.adding.way == "convert":
            # What its members score becomes the score of the group by a table, whatever they weigh.
            return bool(branch.weight) and self._applies(member)
        return any(map(self._stands, self._members(member)))

    def _applies(self, member: Member) -> bool:
        """Return True if the row, or some row of the group, applies; extras weigh nothing and apply all the same."""
        return any(self.givens[row].applies for row in self._rows(member))

    def _rows(self, member: Member) -> tuple[int, ...]:
        return (member,) if isinstance(member, int) else self.branches[member].rows

    def _members(self, path: str) -> list[Member]:
        return [*self.branches[path].own, *self.branches[path].inner]

    def _leaves(self, member: Member) -> Iterator[Member]:
        """Rows, and groups in which not all members count: they take part as one."""
        if isinstance(member, int) or self.branches[member].adding.way != "sum":
            yield member
        else:
            for inner in self._members(member):
                yield from self._leaves(inner)

    def _share(self, members: Sequence[Member], weight: Fraction) -> None:
        """*weight* over *members* that add up: those that do not apply leave theirs to the others."""
        left = sum((self._weight(one) for one in members if self._stands(one)), ZERO)
        for one in members:
            if self._stands(one):
                self._give(one, self._weight(one) * weight / left)
            elif self._weight(one) and self.program.not_applicable is None:
                self._refuse(one)

    def _sum_up(self, members: Sequence[Member]) -> None:
        """Return the weight of each group that adds up."""
        for one in members:
            if isinstance(one, str) and self.branches[one].adding.way == "sum":
                inner = self._members(one)
                self._sum_up(inner)
                self.groups[one] = sum(
                    (self.found[each] if isinstance(each, int) else self.groups[each] for each in inner), ZERO
                )

    def _check_choice(self, path: str, count: int) -> None:
        """Check that as many members of the group *path* apply as are to be chosen, at the fact to change."""
        members = self._members(path)
        standing = [one for one in members if self._applies(one)]
        if len(standing) == count or (not standing and self._is_left(path)):
            return
        odd = standing[count] if len(standing) > count else next(one for one in members if one not in standing)
        found, origin = len(standing), self.givens[self._rows(odd)[0]].origin
        self.faults.append(problem("wrong-choice", origin, found=path, count=count, members=found))
        self.told.add(path)

    def _check_table(self, path: str, branch: Branch) -> None:
        """Check that there is a conversion for as many members as apply."""
        count = sum(map(self._applies, self._members(path)))
        if count and count not in branch.adding.tables:
            self.faults.append(problem("no-conversion", self.origin, found=path, count=count))

    def _is_left(self, path: str) -> bool:
        """Return True if the group *path* stands in a member of another that does not apply and need not."""
        while "/" in path:
            outer = path.rpartition("/")[0]
            if self.branches[outer].adding.way != "sum":
                return not self._applies(path)
            path = outer
        return False

    def _refuse(self, member: Member) -> None:
        if isinstance(member, str) and member in self.told:
            return
        rows = [index for index in self._rows(member) if not self.givens[index].applies]
        for index in [index for index in rows if self.program.rows[index].weight] or rows:
            row, given = self.program.rows[index], self.givens[index]
            weight = exact_text(row.weight or self._weight(member))
            self.faults.append(problem("not-applicable", given.origin, found=row.name, weight=weight))

    def _give(self, member: Member, weight: Fraction) -> None:
        """Let *member*, which applies, weigh *weight*."""
        if isinstance(member, int):
            self.found[member] = weight
            return
        branch = self.branches[member]
        members, way, count = self._members(member), branch.adding.way, branch.adding.count
        self.groups[member] = weight
        self.scales[member] = size = weight / branch.weight
        if way == "sum":
            self._share(members, weight)
            return
        standing = [one for one in members if self._stands(one)]
        if way == "best" and len(standing) < count:
            # Too few to count the best of: those that apply make up for the others, where the rules say so.
            if self.program.not_applicable is None:
                for one in members:
                    if not self._stands(one):
                        self._refuse(one)
            size *= Fraction(count, len(standing))
        elif way == "convert":
            size = ONE  # the table is of the scores as they are
        for one in standing:
            self._give(one, self._weight(one) * size)
