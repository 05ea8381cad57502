"""Parsing TOML."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import tomli
from attrs import frozen

from perfeval.numbers.rounding import readable
from perfeval.problems import KeyPath
from perfeval.text.messages import Said, said

#: How deep arrays and tables may be nested, so that whatever walks them later may call itself.
DEPTH: Final = 32

#: What the parser says → the sentence that says it to an auditor. Anything else is repeated as it is.
_REASONS: Final = {
    "Expected newline or end of document": "toml-more",
    "Invalid statement": "toml-statement",
    "Expected '=' after a key": "toml-equals",
    "Invalid value": "toml-value",
    "Unclosed array": "toml-array",
    "Unclosed inline table": "toml-table",
    "Unterminated string": "toml-string",
    r"Illegal character '\n'": "toml-string",
    r"Found invalid character '\n'": "toml-string",
    "Expected \"'": "toml-string",
    "Illegal character": "toml-character",
    "Found invalid character": "toml-character",
    "Invalid hex value": "toml-escape",
    "Unescaped": "toml-escape",
    "Escaped character": "toml-escape",
    "Invalid initial character for a key": "toml-key",
    "Expected ']": "toml-header",
    "Invalid date": "toml-date",
}
_DUPLICATES: Final = ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Cannot mutate", "Duplicate inline")


@frozen(kw_only=True, eq=False, repr=False)
class Refusal:
    """The reason and the position at which the parser stopped."""

    position: int
    reason: str | Said
    duplicate: bool = False
    deep: bool = False


def attempt(text: str) -> dict[str, Any] | Refusal:
    """The data of *text*, or why there is none; nothing else ever comes out of the parser."""
    try:
        return tomli.loads(text, parse_float=number)
    except tomli.TOMLDecodeError as error:
        key = next((key for start, key in _REASONS.items() if error.msg.startswith(start)), None)
        duplicate = error.msg.startswith(_DUPLICATES)
        return Refusal(position=error.pos, reason=said(key) if key else error.msg, duplicate=duplicate)
    except RecursionError:
        return Refusal(position=0, reason="nesting", deep=True)
    except ValueError as error:
        return Refusal(position=0, reason=str(error))


def refusal(text: str) -> Refusal | None:
    """Return why the parser refuses *text*, if it does."""
    data = attempt(text)
    return data if isinstance(data, Refusal) else None


def accepts(word: str) -> bool:
    """Return True if *word* is a TOML value."""
    return refusal("x=" + word) is None


def reads(text: str) -> bool:
    """Return True if *text* is TOML."""
    return refusal(text) is None


def number(written: str) -> Decimal:
    """A float exactly as it is *written*; an exponent past all bounds becomes NaN, which is refused with the others."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal("NaN")


def unusable(data: dict[str, Any]) -> Iterator[tuple[str, KeyPath]]:
    """The paths of *data* that nothing later should have to meet: deep nests, and numbers without a sensible size."""
    todo: list[tuple[KeyPath, Any]] = [((), data)]
    while todo:  # a list of our own, since this is what makes it safe to recurse
        path, container = todo.pop()
        if len(path) > DEPTH:
            yield "too-deep", path
            continue
        for step, value in container.items() if isinstance(container, dict) else enumerate(container):
            if isinstance(value, str):
                continue  # most are
            if isinstance(value, (dict, list)):
                todo.append(((*path, step), value))
            elif isinstance(value, (int, Decimal)) and not readable(value):
                yield "number-too-large", (*path, step)
