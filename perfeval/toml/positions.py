"""The positions of keys and values in TOML text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, TypeAlias

from attrs import field, frozen, mutable

from perfeval.problems import KeyPath, Place

#: Start and end of a stretch of text, as a slice has them.
Span: TypeAlias = tuple[int, int]

#: A whole string, the four ways TOML writes one. A multi-line one may end in up to two quotes of its own.
STRING: Final = (
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?!"")(?:[^"\\\n]|\\.)*+"'
    r"|'(?!'')[^'\n]*+'"
    r"|\"\"|''"
)
_SCALAR: Final = re.compile(
    STRING + r"|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}[^ \t\n,\]}#]*|[^ \t\n,\]}#]+",
)
_KEY: Final = re.compile(r'[ \t]*+("(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'|[A-Za-z0-9_-]+)[ \t]*+')
_BLANKS: Final = re.compile(r"[ \t]*+")
_GAP: Final = re.compile(r"(?:[ \t\n]|#[^\n]*+)*+")
_ESCAPE: Final = r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
_ESCAPED: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


@frozen(kw_only=True, eq=False, repr=False)
class Entry:
    """One written key, dots and all; its last segment; where the parser stands once it has read what belongs to it."""

    path: KeyPath
    whole: Span
    key: Span
    end: int


@mutable(kw_only=True, eq=False, repr=False)
class Layout:
    """The result of a scan: the key and value of each path, and every key in text order."""

    keys: dict[KeyPath, Span] = field(factory=dict)
    values: dict[KeyPath, Span] = field(factory=dict)
    entries: list[Entry] = field(factory=list)

    def span(self, path: KeyPath) -> Span | None:
        """Return what to underline for *path*: its key, or its value if it is an array item without one."""
        return self.keys.get(path) or self.values.get(path)


def unquoted(written: str) -> str:
    """The key that is *written* bare or between quotes."""
    if written[0] == "'":
        return written[1:-1]
    if written[0] == '"':
        return re.sub(_ESCAPE, _unescaped, written[1:-1])
    return written


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[4], match[4])


def scan(text: str) -> Layout:
    """Every key and value of *text*, which the parser must have accepted (but for keys written twice)."""
    return _Scan(text).run()


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Layout()
        self.explicit: set[KeyPath] = set()
        self.counts: dict[KeyPath, int] = {}

    def run(self) -> Layout:
        text, position = self.text, self.skip(_GAP, 0)
        table: KeyPath = ()
        while position < len(text):
            if text[position] == "[":
                table, position = self.header(position)
            else:
                position = self.pair(table, position)
            position = self.skip(_GAP, position)
        return self.found

    def skip(self, what: re.Pattern[str], position: int) -> int:
        match = what.match(self.text, position)
        return match.end() if match else position

    def header(self, position: int) -> tuple[KeyPath, int]:
        """A line ``[a.b]`` or ``[[a.b]]``: the path of the table it opens, and where its line goes on."""
        array = self.text.startswith("[[", position)
        spans, position = self.key(position + 1 + array)
        path: KeyPath = ()
        for number, span in enumerate(spans, 1):
            path = (*path, unquoted(self.text[slice(*span)]))
            last = number == len(spans)
            self.mention(path, span, explicit=last)
            if last and array:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
                self.mention(path, span, explicit=last)
        self.found.entries.append(Entry(path=path, whole=(spans[0][0], spans[-1][1]), key=spans[-1], end=position))
        return path, position + 1 + array

    def mention(self, path: KeyPath, span: Span, *, explicit: bool) -> None:
        """Note where *path* is named; a table's own header wins over the longer headers that imply it."""
        if path not in self.found.keys or (explicit and path not in self.explicit):
            self.found.keys[path] = span
        if explicit:
            self.explicit.add(path)

    def key(self, position: int) -> tuple[list[Span], int]:
        """The segments of a dotted key, and the place behind it and its blanks."""
        spans: list[Span] = []
        while True:
            match = _KEY.match(self.text, position)
            assert match is not None, "the parser has accepted the text"
            spans.append(match.span(1))
            position = match.end()
            if not self.text.startswith(".", position):
                return spans, position
            position += 1

    def named(self, base: KeyPath, position: int) -> tuple[KeyPath, list[Span], int]:
        """A key and its equals sign: the path it names below *base*, and where its value starts."""
        spans, position = self.key(position)
        path = base
        for number, span in enumerate(spans, 1):
            path = (*path, unquoted(self.text[slice(*span)]))
            self.mention(path, span, explicit=number == len(spans))
        return path, spans, self.skip(_BLANKS, position + 1)

    def pair(self, table: KeyPath, position: int) -> int:
        """A key and its whole value; the arrays and tables inside are kept on a stack, so depth is no matter."""
        path, item, position = self.named(table, position)
        opened: list[tuple[KeyPath, list[Span], int]] = []
        counts: list[int] = []
        while True:
            if self.text[position] in "[{":
                opened.append((path, item, position))
                counts.append(0)
                position += 1
            else:
                position = self.close(path, item, position, self.skip(_SCALAR, position))
            # Close what ends here, then find the next item of what is still open.
            while opened:
                position = self.skip(_GAP, position)
                if self.text[position] == ",":
                    position = self.skip(_GAP, position + 1)
                if self.text[position] not in "]}":
                    break
                path, item, start = opened.pop()
                counts.pop()
                position = self.close(path, item, start, position + 1)
            else:
                return position
            path, _, start = opened[-1]
            if self.text[start] == "[":
                path, item = (*path, counts[-1]), []
                counts[-1] += 1
            else:
                path, item, position = self.named(path, position)

    def close(self, path: KeyPath, key: list[Span], start: int, end: int) -> int:
        self.found.values[path] = (start, end)
        if key:
            self.found.entries.append(Entry(path=path, whole=(key[0][0], key[-1][1]), key=key[-1], end=end))
        return end


class Lines:
    """A text by lines: turns a stretch of it into a place."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def number(self, position: int) -> int:
        """The line, from 0, that *position* stands in."""
        return bisect_right(self.starts, position) - 1

    def source(self, number: int) -> str:
        """Line *number*, from 0, without its end."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def place(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``; what runs over several lines is underlined on its first."""
        start = min(start, len(self.text))  # the parser may stop past the end
        number = self.number(start)
        source, column = self.source(number), start - self.starts[number]
        width = max(1, min(end - start, len(source) - column))
        return Place(file=self.name, line=number + 1, column=column + 1, width=width, source=source)
