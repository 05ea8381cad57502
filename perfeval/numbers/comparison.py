"""Comparisons of numbers: ``from above to below`` in rule files, ``≥ > ≤ <`` on forms."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

EdgeWord: TypeAlias = Literal["from", "above", "to", "below"]


@frozen
class Comparison:
    """A comparison with an edge: its word in rule files, its sign on paper, and the operator of Python that it is.

    ``up`` says that it holds for numbers above the edge, ``closed`` that it holds at the edge itself.
    """

    word: EdgeWord
    sign: str = field(eq=False)
    operator: str = field(eq=False)
    up: bool = field(eq=False)
    closed: bool = field(eq=False)
    _holds: Callable[[Any, Any], bool] = field(eq=False, repr=False)

    def holds(self, x: Fraction | int | None, edge: Fraction | int) -> bool:
        """Return True if *x* lies on this side of *edge*; None is above every number."""
        return self.up if x is None else self._holds(x, edge)

    @property
    def opposite(self) -> Comparison:
        """The comparison that holds where this one does not."""
        return facing(up=not self.up, closed=not self.closed)

    def __reduce__(self) -> tuple[Callable[[EdgeWord], Comparison], tuple[EdgeWord]]:
        """There is one of each, in every process."""
        return comparison, (self.word,)


FROM: Final = Comparison("from", "≥", ">=", up=True, closed=True, holds=operator.ge)
ABOVE: Final = Comparison("above", ">", ">", up=True, closed=False, holds=operator.gt)
TO: Final = Comparison("to", "≤", "<=", up=False, closed=True, holds=operator.le)
BELOW: Final = Comparison("below", "<", "<", up=False, closed=False, holds=operator.lt)

#: Every comparison, in the order in which a table of edges is read.
COMPARISONS: Final = (FROM, ABOVE, TO, BELOW)
#: Their words, as keys of rule files.
EDGE_WORDS: Final = tuple(one.word for one in COMPARISONS)

_BY_WORD: Final = {one.word: one for one in COMPARISONS}
_BY_SIGN: Final = {one.sign: one for one in COMPARISONS}


def comparison(word: EdgeWord) -> Comparison:
    """The comparison that rule files call *word*."""
    return _BY_WORD[word]


def of_sign(sign: str | None) -> Comparison | None:
    """The comparison that is written *sign*; None for ``=`` and where there is none."""
    return None if sign is None else _BY_SIGN.get(sign)


def facing(*, up: bool, closed: bool) -> Comparison:
    """The comparison that faces *up*, or down, and holds at its edge where it is *closed*."""
    return next(one for one in COMPARISONS if (one.up, one.closed) == (up, closed))
