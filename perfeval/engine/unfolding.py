"""Results that are made with a few of their values, and find out the others when they are asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol


class Unfolding(Protocol):
    """What finds out the rest of an evaluation that generated code made: see ``compiler``."""

    def rows(self, evaluation: Any) -> tuple[Any, ...]:
        """The rows, each with its score."""

    def whole(self, evaluation: Any) -> Any:
        """The same evaluation by the interpreter."""


#: What stands for a value that is still to be worked out. An empty slot says the same, but that takes longer to notice.
LATER: Final = object()


class _Late(property):
    """The getter of a slot whose value may still have to be worked out."""

    slot: Any


def late(frozen: type, name: str, work_out: Callable[[Any], Any]) -> None:
    """Let objects of the *frozen* class lack the value *name*: it is worked out when it is first asked for.

    The slot of that name gets a getter, and no other access becomes slower, as it would by ``__getattr__``.
    """
    slot = vars(frozen)[name]
    known, keep = slot.__get__, slot.__set__

    def get(one: Any) -> Any:
        try:
            found = known(one)
            if found is not LATER:
                return found
        except AttributeError:
            pass
        found = work_out(one)
        keep(one, found)
        return found

    getter = _Late(get, keep)
    getter.slot = slot
    setattr(frozen, name, getter)


def opened(frozen: type) -> type:
    """A class of objects like those of the *frozen* one whose slots can be set, and which then change their class.

    There is no faster way to make a frozen object of which only some slots are set. It takes a class that has nothing
    but slots: no room for weak references.
    """
    plain = {name: getattr(object, name) for name in ("__init__", "__setattr__", "__delattr__")}
    slots = {name: one.slot for name, one in vars(frozen).items() if isinstance(one, _Late)}
    return type(f"Open{frozen.__name__}", (frozen,), {"__slots__": (), **plain, **slots})
