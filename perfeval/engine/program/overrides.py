"""Overrides of total and grade: gates, vetoes, constants."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from perfeval.numbers.amounts import Amount
from perfeval.numbers.comparison import Comparison
from perfeval.problems import Origin, Problem, guess, problem
from perfeval.rulefile.groups import Number, tidy
from perfeval.rulefile.scorecard import Scorecard


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
    grades = [one.name for one in card.grades]
    made: list[Gate] = []
    for override in card.overrides:
        places: dict[str, int] = {}
        wanted = (("grade", override.grade), ("best_grade", override.best_grade))
        for key, grade in wanted:
            if grade is not None and grade not in grades:
                advice, known = guess(grade, grades), tuple(grades)
                faults.append(problem("unknown-grade", override.origin / key, advice=advice, found=grade, known=known))
            elif grade is not None:
                places[key] = grades.index(grade)
        edge, here = override.edges.one, override.origin / "when"
        found, group = called.get(override.when, []), tidy(override.when)
        if edge is None and (found or group in groups):
            faults.append(problem("override-without-edge", here, found=override.when))
        elif edge is not None and card.indicators and len(found) != 1 and (found or group not in groups):
            if found:
                several = tuple(names[-1] for index, names in rows if index in found)
                count = len(found)
                faults.append(problem("ambiguous-indicator", here, found=override.when, count=count, known=several))
            else:
                known = tuple(dict.fromkeys([*called, *groups]))
                advice = guess(override.when, known)
                faults.append(problem("unknown-indicator", here, advice=advice, found=override.when, known=known))
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
