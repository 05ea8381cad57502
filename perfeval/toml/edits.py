"""Edits of a text, and mapping positions back to the original."""

from __future__ import annotations

from bisect import bisect_right

from attrs import field, frozen, mutable

from perfeval.toml.positions import Span


@frozen(kw_only=True)
class Edit:
    """A stretch of the original text, the text to put there, and the problem it stands for (if it has one)."""

    start: int
    end: int
    text: str
    name: str = ""
    found: tuple[str, ...] = ()
    width: int = 1

    @property
    def points(self) -> bool:
        """True if a number loses its unit here, where points are expected."""
        return self.name == "unquoted-value" and not self.text.startswith('"')

    @property
    def mends(self) -> bool:
        return self.name in {"fullwidth-character", "unquoted-value", "bare-key"}


@mutable(kw_only=True)
class Statement:
    """The lines of one statement and what to mend in them; ``end`` is where its last line ends."""

    start: int
    end: int = 0
    header: bool = False
    edits: list[Edit] = field(factory=list)
    #: A bracket or a triple quote without its partner.
    unclosed: int | None = None
    triple: bool = False
    #: Where the nesting passes DEPTH.
    deep: int | None = None


class Patched:
    """*text* after *edits*, which know the way back to where everything came from."""

    def __init__(self, text: str, edits: list[Edit], start: int = 0, end: int | None = None) -> None:
        self.edits = sorted(edits, key=lambda edit: edit.start)
        pieces: list[str] = []
        self.starts: list[int] = []
        length, position = 0, start
        for edit in self.edits:
            pieces += (text[position : edit.start], edit.text)
            length += edit.start - position
            self.starts.append(length)
            length, position = length + len(edit.text), edit.end
        pieces.append(text[position:end])
        self.text = "".join(pieces)
        self.start = start

    def back(self, position: int) -> int:
        """Return where *position* of the new text was before; the start of an edit if it lies inside one."""
        index = bisect_right(self.starts, position) - 1
        if index < 0:
            return self.start + position
        edit, offset = self.edits[index], position - self.starts[index]
        return edit.start if offset < len(edit.text) else edit.end + offset - len(edit.text)

    def span(self, span: Span) -> Span:
        """The original stretch behind *span*."""
        start = self.back(span[0])
        last = bisect_right(self.starts, max(span[1] - 1, 0)) - 1
        if last >= 0 and span[1] - 1 < self.starts[last] + len(self.edits[last].text):
            return start, self.edits[last].end
        return start, self.back(span[1])


def quoted(text: str) -> str:
    """*text* as a TOML string on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
