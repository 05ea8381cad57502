"""Overrides of total and grade: gates, vetoes, constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from perfeval.numbers.amounts import Amount
from perfeval.numbers.comparison import Comparison
from perfeval.problems import Origin, Problem, guess, problem
from perfeval.rulefile.groups import Number, tidy
from perfeval.rulefile.scorecard import Override, Scorecard


@frozen(kw_only=True, eq=False, repr=False)
class Gate:
    """One override, its names looked up.

    ``row`` or ``group`` is whose score is compared with ``edge``; without either ``when`` is a yes/no fact. ``grade``
    and ``best_grade`` are places in the list of grades.
    """

    when: str
    row: int | None = None
    group: str | None = None
    edge: tuple[Comparison, Amount] | None = None
    total: Decimal | None = None
    grade: int | None = None
    best_grade: int | None = None
    basis: str | None = None
    origin: Origin

    @property
    def is_flag(self) -> bool:
        """True if it rests on a yes/no fact."""
        return self.edge is None

    def compares(self, score: Number, at: Number) -> bool:
        """Return True if *score* lies on the side of *at* that the edge names."""
        return self.edge is not None and self.edge[0].holds(score, at)


def gates(
    card: Scorecard, rows: Sequence[tuple[int, tuple[str, ...]]], groups: Sequence[str], faults: list[Problem]
) -> tuple[Gate, ...]:
    """The overrides of *card*, each bound to what it names; a name that is nowhere is a fault.

    *rows* are the indexes of the rows with what they may be called. A policy has no rows yet: what its overrides name
    is looked up where a scorecard uses it.
    """
    called: dict[str, list[int]] = {}
    for index, names in rows:
        for name in dict.fromkeys(names):
            called.setdefault(name, []).append(index)
    labels = {index: names[-1] for index, names in rows}
    made: list[Gate] = []
    for override in card.overrides:
        places = dict(_grades(card, override, faults))
        edge = override.edges.one
        found, group = called.get(override.when, []), tidy(override.when)
        if (fault := _name_fault(card, override, called, groups, labels)) is not None:
            faults.append(fault)
        made.append(
            Gate(
                when=override.when,
                row=found[0] if edge is not None and len(found) == 1 else None,
                group=group if edge is not None and not found and group in groups else None,
                edge=edge,
                total=override.total,
                basis=override.basis,
                origin=override.origin,
                **places,
            )
        )
    return tuple(made)


def _grades(card: Scorecard, override: Override, faults: list[Problem]) -> Iterator[tuple[str, int]]:
    """Yield the keys of *override* that name a grade, with its place in the list of grades."""
    known = tuple(one.name for one in card.grades)
    for key, grade in (("grade", override.grade), ("best_grade", override.best_grade)):
        if grade is not None and grade not in known:
            advice = guess(grade, known)
            faults.append(problem("unknown-grade", override.origin / key, advice=advice, found=grade, known=known))
        elif grade is not None:
            yield key, known.index(grade)


def _name_fault(
    card: Scorecard,
    override: Override,
    called: Mapping[str, Sequence[int]],
    groups: Sequence[str],
    labels: Mapping[int, str],
) -> Problem | None:
    """Return what is wrong with the name in ``when``: no edge beside a row or group, several rows, or none."""
    here, name = override.origin / "when", override.when
    found, is_group = called.get(name, ()), tidy(name) in groups
    if override.edges.one is None:
        return problem("override-without-edge", here, found=name) if found or is_group else None
    if not card.indicators or len(found) == 1 or (not found and is_group):
        return None
    if found:
        several = tuple(labels[index] for index in found)
        return problem("ambiguous-indicator", here, found=name, count=len(found), known=several)
    known = tuple(dict.fromkeys([*called, *groups]))
    return problem("unknown-indicator", here, advice=guess(name, known), found=name, known=known)
