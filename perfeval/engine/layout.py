"""How forms are laid out: under which key each row has its fact, and of what kind it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from attrs import evolve, frozen

from perfeval.engine.program import Program

#: A Decimal, a whole number, a text; a table of plain values; anything at all.
Kind: TypeAlias = Literal["decimal", "whole", "text", "table", "any"]

_KINDS: Final[dict[type, Kind]] = {Decimal: "decimal", int: "whole", str: "text"}


@frozen(kw_only=True)
class Place:
    """Where a form has the fact of one row, and of what kind that is.

    ``inside`` are the keys of a table, ``of`` says that all it holds are of one kind.
    """

    key: str
    kind: Kind
    inside: tuple[str, ...] = ()
    of: Kind = "any"

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

    @property
    def keys(self) -> tuple[str, ...]:
        return (*(place.key for place in self.places), *self.flags)

    def facts(self, givens: Sequence[Any]) -> dict[str, Any]:
        """The facts that *givens* were taken from: see ``fact``."""
        found = {place.key: self.fact(index, givens) for index, place in enumerate(self.places)}
        return found | dict(zip(self.flags, givens[self._offset(len(self.places)) :], strict=True))

    def fact(self, index: int, givens: Sequence[Any]) -> Any:
        """The fact of one row, as it was given. *givens* are all values in a row, with those that tables held.

        There is nothing inside of them that could hold anything else, so that nobody need look for circles there.
        """
        place, at = self.places[index], self._offset(index)
        if place.kind != "table":
            return deepcopy(givens[at])
        return dict(zip(place.inside, givens[at : at + len(place.inside)], strict=True))

    def _offset(self, index: int) -> int:
        return sum(len(one.inside) if one.kind == "table" else 1 for one in self.places[:index])

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


def kept(fact: Any) -> Any:
    """*fact* as nobody else can change it."""
    return fact if type(fact) in _KINDS else deepcopy(fact)
