"""The origin of every noun: field names are TOML keys, so the path to each is known; and what a path is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import attrs

from perfeval.language.scorecard import OURS
from perfeval.messages import Said, said
from perfeval.problems import KeyPath, Origin, path_text

#: Fields whose own keys stand in the table of the noun that holds them.
_SPREAD: Final = frozenset({"scoring", "measuring", "limits"})
#: Lists whose items people count from 1.
_COUNTED: Final = frozenset({"indicators", "grades", "bands", "tiers", "items", "examples", "assign", "overrides"})


def key_of(field: str) -> str:
    """The TOML key of a field."""
    return field.removesuffix("_")


def last_of(path: KeyPath) -> str:
    """The key that *path* ends in; an item of an array with the key of the array."""
    start = max((index for index, step in enumerate(path) if isinstance(step, str)), default=0)
    return str(path[-1]) or '""' if path and isinstance(path[-1], str) else path_text(path[start:])


def where_at(path: KeyPath) -> Said:
    """What people call the table at *path*."""
    if len(path) > 1 and isinstance(path[-1], int) and path[-2] in _COUNTED:
        return said(f"place-{path[-2]}", index=path[-1] + 1)
    return said("place-of", path=path_text(path)) if path else said("noun-file")


def place(noun: Any, path: KeyPath, origin: Callable[[KeyPath], Origin]) -> None:
    """Give *noun*, which stands at *path*, and each noun in it its origin.

    They are frozen, but fresh: nobody has seen them yet. Making each anew would take longer than reading the file.
    """
    kind: Any = type(noun)
    if attrs.has(kind):
        if hasattr(noun, "origin"):
            object.__setattr__(noun, "origin", origin(path))
        for name, default in _written(kind):
            value = getattr(noun, name)
            if not value or isinstance(value, str):
                continue
            if value is default and attrs.has(type(value)):  # not fresh: all that leave it out hold the same one
                value = attrs.evolve(value)
                object.__setattr__(noun, name, value)
            place(value, path if name in _SPREAD else (*path, key_of(name)), origin)
    elif isinstance(noun, tuple):
        for index, item in enumerate(noun):
            place(item, (*path, index), origin)
    elif isinstance(noun, Mapping):
        for key, item in noun.items():
            place(item, (*path, key), origin)


def holding(noun: Any) -> tuple[str, ...]:
    """The fields of *noun* that may hold nouns."""
    kind: Any = type(noun)
    return tuple(name for name, _ in _written(kind))


@cache
def _written(cls: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of *cls* that the author fills in, and their defaults.

    Those that hold no noun are among them: to ask for their types takes longer than to look at what is in them.
    """
    return tuple((field.name, field.default) for field in attrs.fields(cls) if field.name not in OURS)
