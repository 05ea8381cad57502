"""Results that are made with a few of their values, and find out the others when they are asked for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol


class Unfolding(Protocol):
    """What finds out the rest of an evaluation that generated code made: see ``compiler``."""

    def rows(self, evaluation: Any) -> tuple[Any, ...]:
        """The rows, each with its score."""

    def whole(self, evaluation: Any) -> Any:
        """The same evaluation by the interpreter."""


def unfolded(one: Any, whole: Any, names: Iterable[str], name: str) -> Any:
    """The value *name* of *one*, once all that it lacks of *names* is taken from the *whole*."""
    for known in names:
        try:
            object.__getattribute__(one, known)
        except AttributeError:
            object.__setattr__(one, known, getattr(whole, known))
    return object.__getattribute__(one, name)


def opened(frozen: type) -> type:
    """A class with the slots of the *frozen* one that lets them be set, for an object that then changes its class.

    There is no faster way to make a frozen object of which only some slots are set. It takes a class that has nothing
    but slots: no room for weak references.
    """
    return type(f"Open{frozen.__name__}", (), {"__slots__": tuple(vars(frozen)["__slots__"])})
