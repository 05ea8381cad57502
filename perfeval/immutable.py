"""An immutable mapping for the fields of frozen classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Fixed(Mapping[K, V], Generic[K, V]):
    """A copy of a mapping that nobody can change. It can be hashed where its values can, compared and pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._items = dict(items) if items else {}

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of *key*, or *default*; without the detour by an exception that any mapping would take."""
        return self._items.get(key, default)

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)
