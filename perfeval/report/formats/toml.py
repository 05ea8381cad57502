"""A rule file with all that it uses, as TOML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from attrs import frozen

from perfeval.problems import Place
from perfeval.rulefile.inheritance import Stated
from perfeval.text.messages import harmless, shown
from perfeval.text.width import text_width

#: What a line says, and where that stands.
Sourced: TypeAlias = tuple[str, Place | None]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES: Final = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t"}
#: A line with more columns does not push the comments of the others to the right.
_LONG: Final = 48


@frozen
class Line:
    """One line of a TOML text, and the comment behind it."""

    text: str
    comment: str

    def __str__(self) -> str:
        return self.text + self.comment


def toml_lines(rules: Stated) -> list[Line]:
    """*rules* as sound TOML that needs no other file: the values are the same, in the same order."""
    lines = list(_file(rules))
    room = max((columns for text, _ in lines if (columns := text_width(text)) <= _LONG), default=0)
    return [Line(text, _comment(place, room - text_width(text))) for text, place in lines]


def _comment(place: Place | None, gap: int) -> str:
    return f"{' ' * gap}  # {shown(place.file)}:{place.line}" if place else ""


def _file(rules: Stated) -> Iterator[Sourced]:
    """Keys without a header, then what has one. What the file ``uses`` is in it by now, and stays as a remark."""
    tables = {}
    for key, one in _table(rules).items():
        if _is_table(one) or _holds_tables(one):
            tables[key] = one
        else:
            remark = "# " if key == "uses" else ""
            yield from ((remark + text, place) for text, place in _pairs({key: one}))
    for key, one in tables.items():
        yield from _section(_key(key), one)


def _section(name: str, one: Stated) -> Iterator[Sourced]:
    """``[name]``, or each ``[[name]]``, and what stands below; of tables in a table each has its own header."""
    if _is_table(one) and _holds_tables(one):
        for key, inner in _table(one).items():
            yield from _section(f"{name}.{_key(key)}", inner)
        return
    header, tables = (f"[{name}]", [one]) if _is_table(one) else (f"[[{name}]]", one.inner)
    for table in tables:
        yield "", None
        yield header, table.place
        yield from _pairs(_table(table))


def _pairs(table: Mapping[str, Stated], above: str = "") -> Iterator[Sourced]:
    """The keys of *table*, a line each; those of a table inside it too, unless they stand on one line in one file."""
    for key, one in table.items():
        name = above + _key(key)
        if _on_one_line(one) and (_is_table(one) or not any(map(_is_table, one.inner))):
            yield f"{name} = {_inline(one)}", one.place
        elif _is_table(one):
            yield from _pairs(_table(one), f"{name}.")
        else:
            yield f"{name} = [", one.place
            yield from ((f"  {_inline(item)},", item.place) for item in one.inner)
            yield "]", None


def _table(one: Stated) -> Mapping[str, Stated]:
    return one.value if isinstance(one.value, Mapping) else {}


def _is_table(one: Stated) -> bool:
    return isinstance(one.value, Mapping)


def _holds_tables(one: Stated) -> bool:
    """Return True if *one* holds tables and nothing else."""
    return bool(one.inner) and all(map(_is_table, one.inner))


def _on_one_line(one: Stated) -> bool:
    return len({leaf.place and (leaf.place.file, leaf.place.line) for leaf in one.leaves()}) == 1


def _inline(one: Stated) -> str:
    value = one.value
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_inline(item)}' for key, item in value.items())} }}" if value else "{}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        # What was written as 5e0 is no whole number.
        return text if "." in (text := f"{value:f}") else f"{value:E}"
    return str(value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """*text* between quotes; what a terminal would obey is escaped."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if harmless(character) or 0xD800 <= code < 0xE000:  # TOML has no escape for half a character
        return character
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
