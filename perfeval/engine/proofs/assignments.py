"""Proofs about `[[assign]]`: every line can take a row that no earlier line takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perfeval.methods.normal_form import squeezed
from perfeval.problems import Problem, clash, problem
from perfeval.rulefile.scorecard import Assign

#: The kinds of target that each condition of ``[[assign]]`` takes; "plain" is a number that is no percentage.
_KINDS: Final[dict[str | None, frozenset[str]]] = {
    None: frozenset({"plain", "percent", "date", "text", "none"}),
    "number": frozenset({"plain", "percent"}),
    "percent": frozenset({"percent"}),
    "date": frozenset({"date"}),
    "text": frozenset({"text"}),
    "none": frozenset({"none"}),
}


def prove_assignments(lines: Sequence[Assign]) -> Iterator[Problem]:
    """A line of ``[[assign]]`` is dead if earlier ones take every row that it would, whatever the target."""
    for index, line in enumerate(lines):
        left = _KINDS[line.target]
        for place, one in enumerate(lines[:index]):
            if one.unconditional:
                break  # said while the plan was made
            if _takes(one, line):
                left -= _KINDS[one.target]
            if not left:
                found = problem("dead-assign", line.origin, index=index + 1, before=place + 1)
                yield clash(found, one.origin)
                break


def _takes(one: Assign, other: Assign) -> bool:
    """Return True if every row that fits *other* fits *one*, were it not for its target."""
    # What is looked for in the group is looked for in the name too.
    if one.group is not None and not _within(one.group, other.group) and not _within(one.group, other.name):
        return False
    return one.name is None or _within(one.name, other.name)


def _within(part: str, whole: str | None) -> bool:
    return whole is not None and squeezed(part) in squeezed(whole)
