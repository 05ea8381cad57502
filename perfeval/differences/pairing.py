"""Pairing the items of an old list with those of a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest

#: What an item is known by, the surest first; None is nothing.
Names = Sequence[Hashable]


def paired(olds: Sequence[Names], news: Sequence[Names]) -> dict[int, int]:
    """The index of each old item that is among the new ones, with its index there.

    Items are paired by the first name that they share, several of one name in their order.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in zip_longest(zip(*olds, strict=True), zip(*news, strict=True), fillvalue=()):
        waiting: dict[Hashable, list[int]] = {}
        for index, name in enumerate(other):
            if index not in taken and name is not None:
                waiting.setdefault(name, []).append(index)
        for index, name in enumerate(one):
            if index not in pairs and (found := waiting.get(name)):
                pairs[index] = found.pop(0)
                taken.add(pairs[index])
    return dict(sorted(pairs.items()))


def with_twins(pairs: Mapping[int, int], olds: Sequence[Hashable], news: Sequence[Hashable]) -> dict[int, int]:
    """*pairs*, and the others of which just one in each list says the same; *olds* and *news* are what each says."""
    lost = {index: one for index, one in enumerate(olds) if index not in pairs}
    taken = set(pairs.values())
    found = {index: one for index, one in enumerate(news) if index not in taken}
    counts = Counter(lost.values()), Counter(found.values())
    sure = {one for one in counts[0] if counts[0][one] == counts[1][one] == 1}
    only = {one: index for index, one in found.items() if one in sure}
    more = {index: only[one] for index, one in lost.items() if one in sure}
    return dict(sorted({**pairs, **more}.items()))


def with_gaps(pairs: Mapping[int, int], old_count: int, new_count: int) -> dict[int, int]:
    """*pairs*, and the items in their order between two neighbouring pairs, where both lists have as many there."""
    if not keeps_order(pairs):
        return dict(pairs)
    more = dict(pairs)
    for (old, new), (old_end, new_end) in pairwise([(-1, -1), *sorted(pairs.items()), (old_count, new_count)]):
        if old_end - old == new_end - new:
            more |= dict(zip(range(old + 1, old_end), range(new + 1, new_end), strict=True))
    return dict(sorted(more.items()))


def keeps_order(pairs: Mapping[int, int]) -> bool:
    """Return True if the items that both lists have stand in one order in both."""
    places = [new for _, new in sorted(pairs.items())]
    return places == sorted(places)


def aligned(pairs: Mapping[int, int], old_count: int, new_count: int) -> Iterator[tuple[int | None, int | None]]:
    """Both lists beside each other in the order of the new one; what is only in the old one stands where it stood."""
    came_from = {new: old for old, new in pairs.items()}
    told = 0
    for new in range(new_count):
        old = came_from.get(new)
        while old is not None and told < old:
            if told not in pairs:
                yield told, None
            told += 1
        yield old, new
    yield from ((old, None) for old in range(told, old_count) if old not in pairs)
