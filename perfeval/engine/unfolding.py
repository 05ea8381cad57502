"""Results that are made with a few of their values, and find out the others when they are asked for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol


class Unfolding(Protocol):
    """What finds out the rest of an evaluation that generated code made: see ``compiler``."""

    def rows(self, evaluation: Any) -> tuple[Any, ...]:
        """The rows, each with its score."""

    def whole(self, evaluation: Any) -> Any:
        """The same evaluation by the interpreter."""


def unfold(frozen: type, names: Iterable[str], work_out: Callable[[Any], Mapping[str, Any]]) -> None:
    """Let objects of the *frozen* class lack the values *names*: the first that is asked for works all of them out.

    The slots of these names get a getter, and no other access becomes slower, as it would by ``__getattr__``.
    """
    slots = {name: vars(frozen)[name] for name in names}

    def fill(one: Any) -> None:
        for name, value in work_out(one).items():
            try:
                slots[name].__get__(one)
            except AttributeError:
                slots[name].__set__(one, value)

    def getter(slot: Any) -> Callable[[Any], Any]:
        def get(one: Any) -> Any:
            try:
                return slot.__get__(one)
            except AttributeError:
                fill(one)
                return slot.__get__(one)

        return get

    for name, slot in slots.items():
        setattr(frozen, name, property(getter(slot), slot.__set__))


def opened(frozen: type) -> type:
    """A class of objects like those of the *frozen* one whose slots can be set, and which then change their class.

    There is no faster way to make a frozen object of which only some slots are set. It takes a class that has nothing
    but slots: no room for weak references.
    """
    plain = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(f"Open{frozen.__name__}", (frozen,), {"__slots__": (), **plain})
