"""JSON objects, one a line, with exact numbers and the columns of their keys."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, Final

from perfeval.problems import KeyPath

#: A number that is longer than this is left as the text that it is.
_LONG: Final = 100
_SPACE: Final = re.compile(r"[ \t\r\n]*")


def read(line: str) -> Any:
    """The value that *line* is. Raises ValueError, RecursionError."""
    return _DECODER.decode(line)


def column_of(line: str, path: KeyPath) -> int | None:
    """The column, from 1, of the last key of *path* in *line*, or of the deepest that is there; None where none is.

    *line* is an object that ``read`` has accepted.
    """
    found: int | None = None
    start = _space(line, 0)
    for step in path:
        if line[start] != "{":
            break
        at = _key(line, start, str(step))
        if at is None:
            break
        found, start = at[0] + 1, at[1]
    return found


def _key(line: str, start: int, name: str) -> tuple[int, int] | None:
    """Return the positions of the key *name* of the object at *start*, and of its value."""
    at = _space(line, start + 1)
    while line[at] == '"':
        key, end = _DECODER.raw_decode(line, at)
        value = _space(line, _space(line, end) + 1)  # past the colon
        if key == name:
            return at, value
        at = _space(line, _DECODER.raw_decode(line, value)[1])
        if line[at] == ",":
            at = _space(line, at + 1)
    return None


def _space(line: str, at: int) -> int:
    """Return the end of the white space at *at*."""
    found = _SPACE.match(line, at)
    assert found is not None, "it may be empty"
    return found.end()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is written twice")
    return found


def _number(text: str) -> Decimal | str:
    return Decimal(text) if len(text) <= _LONG else text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONG else text


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_number, parse_int=_whole, parse_constant=Decimal
)
