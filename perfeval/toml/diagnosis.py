"""Diagnosing a line that is not TOML, and suggesting the mended line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from attrs import frozen

from perfeval.toml.edits import Patched
from perfeval.toml.positions import STRING
from perfeval.toml.repair import statements

#: The lists of the format that stand at its top: each item of one has a header in double brackets.
LISTS: Final = ("indicators", "grades", "assign", "examples")

_SINGLE: Final = re.compile(
    rf"[ \t\u3000]*([\[［【][ \t]*[\"']?({'|'.join(LISTS)})[\"']?[ \t]*[\]］】])(?![\]］】])", re.ASCII
)
_STRING: Final = re.compile(STRING)
_BLANKS: Final = re.compile(r"[ \t\u3000\u00a0\n]*")
_COMMENT: Final = re.compile(r"#[^\n]*")
_KEY: Final = re.compile(r"(?:\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z0-9_.-]+)[ \t]*(?=([=:：])|)")
#: What a value that stands without quotes, or behind one that is never closed, is made of.
_INSIDE: Final = re.compile(r"[^\n,，\]］}｝]*")
_LINE: Final = re.compile(r"[^\n]*")
#: What may follow a string.
_FOLLOWS: Final = re.compile(r"[ \t\u3000]*(?:[,，\]］}｝#＃\n]|\Z)")


@frozen(kw_only=True)
class Slip:
    """The position of a slip in a statement, the sentence for it, and the mended line if that is certain."""

    at: int
    reason: str
    mended: str | None


@frozen(kw_only=True)
class Single:
    """A header of a list in single brackets: its list, the stretch of its key, and that of the whole header."""

    key: str
    name: tuple[int, int]
    whole: tuple[int, int]


def single(piece: str) -> Single | None:
    """The header in single brackets that the statement *piece* is, where the format has a list of that name."""
    match = _SINGLE.match(piece)
    return None if match is None else Single(key=match[2], name=match.span(2), whole=match.span(1))


def slip(piece: str, accepts: Callable[[str], bool], reads: Callable[[str], bool]) -> Slip | None:
    """The first slip of the statement *piece*; *accepts* takes a TOML value, *reads* whole statements."""
    for at, reason, changed in _changes(piece):
        mended = _mended(changed, accepts, reads)
        if mended is not None or reason != "toml-colon":
            number = piece.count("\n", 0, at)
            line = None if mended is None else mended.split("\n")[number].strip()
            return Slip(at=at, reason=reason, mended=line)
    return None


def _mended(text: str, accepts: Callable[[str], bool], reads: Callable[[str], bool]) -> str | None:
    """*text* with whatever else is to be mended in its first statement, where all of it can then be read."""
    first = next(statements(text, accepts), None)
    if first is None:
        return None
    mended = Patched(text, list(first.edits), 0, first.end).text
    return mended if reads(mended) else None


def _changes(piece: str) -> Iterator[tuple[int, str, str]]:
    """Yield each colon in place of an equals sign and each unpaired quote, with the statement mended."""
    colons = [at for at, kind in _places(piece) if kind == "colon"]
    if colons:
        text = list(piece)
        for at in colons:
            before = "" if piece[at - 1 : at].isspace() else " "
            text[at] = f"{before}=" if piece[at + 1 : at + 2].isspace() else f"{before}= "
        yield colons[0], "toml-colon", "".join(text)
    for at, kind in _places(piece):
        if kind == "colon":
            continue
        match = (_INSIDE if kind == "item" else _LINE).match(piece, at)
        written = "" if match is None else match[0].rstrip()
        if written[:1] in {'"', "'"} and written.count(written[0]) == 1:
            # Where a comment begins that the quote would hide cannot be told.
            end = at + len(written)
            changed = "" if "#" in written else piece[:end] + written[0] + piece[end:]
            yield at, "toml-quote-open", changed
            return
        if written[-1:] in {'"', "'"} and written.count(written[-1]) == 1:
            yield at, "toml-quote-missing", piece[:at] + written[-1] + piece[at:]
            return


def _places(piece: str) -> Iterator[tuple[int, str]]:
    """Each colon behind a key, and the start of each value that is not a whole string, as far as can be told."""
    position, expect, opened = 0, "key", ""
    while position < len(piece):
        position = _end(_BLANKS, piece, position)
        char = piece[position : position + 1]
        if char == "#":
            position = _end(_COMMENT, piece, position)
        elif char in {"[", "{"} and (expect == "value" or char == "["):
            opened += char
            position, expect = position + 1, "key" if char == "{" else "value"
        elif char in {"]", "}"}:
            opened = opened[:-1]
            position, expect = position + 1, "after"
        elif char in {",", "，"}:
            position, expect = position + 1, "key" if opened.endswith("{") else "value"
        elif expect == "key":
            match = _KEY.match(piece, position)
            if match is None or match[1] is None:
                return
            position, expect = match.end() + 1, "value"
            if match[1] != "=":
                yield match.end(), "colon"
        else:
            string = _STRING.match(piece, position)
            if string is not None and _FOLLOWS.match(piece, string.end()):
                position = string.end()
            else:
                yield position, "item" if opened else "value"
                position = max(position + 1, _end(_INSIDE if opened else _LINE, piece, position))
            expect = "after"


def _end(what: re.Pattern[str], text: str, position: int) -> int:
    match = what.match(text, position)
    return match.end() if match else position
