"""The layout of facts: the key and the type of each row's fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final, Literal, TypeAlias

from attrs import evolve, field, frozen

from perfeval.engine.program.program import Program

#: A Decimal, a whole number, a float, a text; a table of plain values; anything at all.
Kind: TypeAlias = Literal["decimal", "whole", "float", "text", "table", "any"]

#: The class of the values of each kind that is one.
KINDS: Final[dict[Kind, type]] = {"decimal": Decimal, "whole": int, "float": float, "text": str}
_KINDS: Final = {kind: name for name, kind in KINDS.items()}


@frozen(kw_only=True)
class Place:
    """The key of one row's fact in a form, and the type of the fact.

    ``inside`` are the keys of a table, ``of`` says that all it holds are of one kind.
    """

    key: str
    kind: Kind
    inside: tuple[str, ...] = ()
    of: Kind = "any"

    @property
    def size(self) -> int:
        """The number of values."""
        return len(self.inside) if self.kind == "table" else 1

    def joined(self, other: Place) -> Place:
        """A place that both are."""
        if self == other:
            return self
        alike = (self.kind, self.inside) == (other.kind, other.inside)
        return evolve(self, of="any") if alike else Place(key=self.key, kind="any")


@frozen(kw_only=True)
class Layout:
    """The places of the facts of a form, in the order of its rows, and the yes/no facts it has."""

    places: tuple[Place, ...]
    flags: tuple[str, ...] = ()
    #: Where the values of each row start among all those of a form, and where the last ends.
    _starts: tuple[int, ...] = field(init=False, eq=False, repr=False)

    @_starts.default
    def _summed_up(self) -> tuple[int, ...]:
        return tuple(accumulate((one.size for one in self.places), initial=0))

    @property
    def keys(self) -> tuple[str, ...]:
        return (*(place.key for place in self.places), *self.flags)

    def facts(self, givens: Sequence[Any]) -> dict[str, Any]:
        """The facts that *givens* were taken from: see ``fact``."""
        found = {place.key: self.fact(index, givens) for index, place in enumerate(self.places)}
        return found | dict(zip(self.flags, givens[self._starts[-1] :], strict=True))

    def fact(self, index: int, givens: Sequence[Any]) -> Any:
        """The fact of one row, as it was given. *givens* are all values in a row, with those that tables held.

        There is nothing inside of them that could hold anything else, so that nobody need look for circles there.
        """
        place, values = self.places[index], self.values(index, givens)
        return dict(zip(place.inside, values, strict=True)) if place.kind == "table" else kept(values[0])

    def values(self, index: int, givens: Sequence[Any]) -> tuple[Any, ...]:
        """Return the values of one row in *givens*: those of a table, or the fact itself."""
        return tuple(givens[self._starts[index] : self._starts[index + 1]])

    def joined(self, other: Layout) -> Layout | None:
        """A layout that both are of; None where the facts stand under other keys."""
        if self.keys != other.keys:
            return None
        return evolve(self, places=tuple(map(Place.joined, self.places, other.places)))


def layout_of(program: Program, facts: Mapping[str, Any]) -> Layout | None:
    """The layout of *facts*, which have been scored; None where they are not what generated code is written for."""
    flags = {gate.when for gate in program.gates if gate.is_flag}
    keys = {program.names[key][0]: key for key in facts if key not in flags and len(program.names.get(key, ())) == 1}
    if len(keys) != len(program.rows) or any(type(key) is not str for key in facts):
        return None
    places = tuple(_place(keys[row.index], facts[keys[row.index]]) for row in program.rows)
    return Layout(places=places, flags=tuple(key for key in facts if key in flags))


def _place(key: str, fact: Any) -> Place:
    if type(fact) is dict and fact and all(type(name) is str and type(one) in _KINDS for name, one in fact.items()):
        kinds = {_KINDS[type(one)] for one in fact.values()}
        return Place(key=key, kind="table", inside=tuple(fact), of=kinds.pop() if len(kinds) == 1 else "any")
    return Place(key=key, kind=_KINDS.get(type(fact), "any"))


def is_plain(value: Any) -> bool:
    """Return True if *value* is a number or a text, and nothing made of others."""
    return type(value) in _KINDS


def kept(fact: Any) -> Any:
    """*fact* as nobody else can change it."""
    return fact if is_plain(fact) else deepcopy(fact)
