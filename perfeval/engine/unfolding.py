"""Results that are made with a few of their values, and find out the others when they are asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Unfolding(Protocol):
    """What finds out the rest of an evaluation that generated code made: see ``compiler``."""

    def rows(self, evaluation: Any) -> tuple[Any, ...]:
        """The rows, each with its score."""

    def whole(self, evaluation: Any) -> Any:
        """The same evaluation by the interpreter."""


def late(frozen: type, name: str, work_out: Callable[[Any], Any]) -> None:
    """Let objects of the *frozen* class lack the value *name*: it is worked out when it is first asked for.

    The slot of that name gets a getter, and no other access becomes slower, as it would by ``__getattr__``.
    """
    slot = vars(frozen)[name]
    known, keep = slot.__get__, slot.__set__

    def get(one: Any) -> Any:
        try:
            return known(one)
        except AttributeError:
            found = work_out(one)
            keep(one, found)
            return found

    setattr(frozen, name, property(get, keep))


def opened(frozen: type) -> type:
    """A class of objects like those of the *frozen* one whose slots can be set, and which then change their class.

    There is no faster way to make a frozen object of which only some slots are set. It takes a class that has nothing
    but slots: no room for weak references.
    """
    plain = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    return type(f"Open{frozen.__name__}", (frozen,), {"__slots__": (), **plain})
