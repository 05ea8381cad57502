"""Repairing common slips: full-width signs, missing quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from perfeval.toml.edits import Edit, Statement, quoted
from perfeval.toml.parser import DEPTH
from perfeval.toml.positions import STRING

_WIDE: Final = dict(zip("＝，、．。［］【】｛｝＃：", "=,,..[][]{}#=", strict=True))
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
#: Text between quotes of which at least one is not the ASCII one: “x”, ＂x＂, "x”.
_QUOTED: Final = re.compile(r"[“”„＂‘’＇]([^\n\"'“”„＂‘’＇]*)[“”＂‘’＇\"']|[\"']([^\n\"'“”„＂‘’＇]*)[“”＂‘’＇]")
_STRING: Final = re.compile(STRING)
_BLANKS: Final = " \t\u3000\u00a0"
_SPACES: Final = re.compile(r"[ \t\u3000\u00a0]*")
_COMMENT: Final = re.compile(r"[#＃][^\n]*")
_BEHIND: Final = re.compile(r"[ \t\u3000\u00a0][#＃]|\n|\Z")
#: A sign that ends the line of a sentence, but no line of TOML.
_TRAILING: Final = re.compile(r"[，；](?=[ \t\u3000\u00a0]*(?:[#＃\n]|\Z))")
_ITEM_WORD: Final = re.compile(r"[^\n,，\]］}｝{｛\[［#＃\"']+")
_THOUSANDS: Final = re.compile(
    r"(?:[,，][0-9]{3}(?![0-9A-Za-z_-]|[ \t]*[=＝]|[ \t]*\.(?![0-9]+(?![0-9A-Za-z_.-]|[ \t]*[=＝]))))+"
    r"[^\n,，\]］}｝{｛\[［#＃\"'=＝]*"
)
_KEY_WORD: Final = re.compile(r"[^\n=＝：.．。#＃\"',，\[\]［］【】{}｛｝]+")
_COLON_KEY_WORD: Final = re.compile(r"[^\n=＝.．。#＃\"',，\[\]［］【】{}｛｝]+")
#: Another statement inside the word: `a = b = c`. An operator is none: `>=90%`, `=0`.
_ASSIGNS: Final = re.compile(r"[^<>=!≥≤\s][ \t]*[=＝]")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_POINTS: Final = re.compile(r"([+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)[ \t]*(?:分|points?)")
_POINT_KEY: Final = re.compile(
    r"(?<![A-Za-z0-9_.-])(?:weight|score|total|cap|floor|start|minus|plus|otherwise|zero_target)[ \t]*[=＝：][ \t]*\Z"
)
#: Python refuses to read longer ones, and so might the parser.
_LONG_INTEGER: Final = re.compile(r"[+-]?[0-9][0-9_]{600,}")
#: Lines that cannot stand inside an array (or, the header, a table), and so show that one was not closed.
_HEADER_LINE: Final = re.compile(
    r"[ \t\u3000]*(?:\[\[|\[|［［|［)[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_\u3400-\u9fff][^\n=＝,，\[\]［］{}]*"
    r"[\]］]{1,2}[ \t\u3000]*(?:[#＃][^\n]*)?(?:\n|\Z)"
)
_PAIR_LINE: Final = re.compile(
    r"[ \t\u3000]*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s=＝\"'#＃,，\[\]{}<>≥≤!]+)[ \t\u3000]*[=＝](?![=＝])"
)


def statements(text: str, accepts: Callable[[str], bool]) -> Iterator[Statement]:
    """*text* cut into statements, whatever is wrong with it; *accepts* says whether a word is a TOML value."""
    position = 0
    while position < len(text):
        statement = _Reader(text, accepts).statement(position)
        yield statement
        position = statement.end + 1


class _Reader:
    """Reads one statement, forgiving: it notes what it would mend and always gets to an end."""

    def __init__(self, text: str, accepts: Callable[[str], bool]) -> None:
        self.text = text
        self.accepts = accepts
        self.out = Statement(start=0)
        self.opened: list[tuple[int, str, int]] = []  # where, "[" or "{", how deep

    def at(self, position: int) -> str:
        return self.text[position : position + 1]

    def sign(self, position: int) -> str:
        """The character at *position*, in ASCII where it is a full-width sign."""
        char = self.at(position)
        return _WIDE.get(char, char)

    def edit(self, start: int, end: int, text: str, name: str, *found: str, width: int = 0) -> None:
        self.out.edits.append(Edit(start=start, end=end, text=text, name=name, found=found, width=width or end - start))

    def narrow(self, position: int) -> int:
        """Pass one sign, to be written in ASCII."""
        char = self.at(position)
        if char in _WIDE:
            self.edit(position, position + 1, _WIDE[char], "fullwidth-character", char)
        return position + 1

    def spaces(self, position: int) -> int:
        match = _SPACES.match(self.text, position)
        end = match.end() if match else position
        for here in range(position, end):
            if self.text[here] in "\u3000\u00a0":
                self.edit(here, here + 1, " ", "fullwidth-character", f"U+{ord(self.text[here]):04X}")
        return end

    def comment(self, position: int) -> int:
        match = _COMMENT.match(self.text, position)
        if match is None:
            return position
        self.narrow(position)
        return match.end()

    def trailing(self, position: int) -> int:
        """Pass a comma behind the whole value, to be left out."""
        if self.out.unclosed is not None:
            return position
        position = self.spaces(position)
        if not _TRAILING.match(self.text, position):
            return position
        self.edit(position, position + 1, "", "fullwidth-character", self.text[position])
        return position + 1

    def line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def statement(self, start: int) -> Statement:
        self.out.start = start
        position = self.spaces(start)
        if self.sign(position) == "[":
            self.out.header = True
            position = self.header(position)
        elif self.sign(position) not in {"", "\n", "#"}:
            key = self.key(position, top=True)
            if key is not None:
                position = self.trailing(self.value(self.spaces(self.narrow(key))))
        if self.out.unclosed is None or self.at(position - 1) != "\n":
            position = self.line_end(self.comment(self.spaces(position)))
        else:
            position -= 1  # the next line is a statement of its own
        self.out.end = position
        return self.out

    def header(self, position: int) -> int:
        for _ in range(2):
            if self.sign(position) == "[":
                position = self.narrow(position)
        end = self.key(position, top=True, header=True)
        if end is not None:
            position = end
            for _ in range(2):
                if self.sign(position) == "]":
                    position = self.narrow(position)
        return position

    def key(self, position: int, *, top: bool, header: bool = False) -> int | None:
        """Pass a key up to what must follow it; None (and nothing to mend) where that does not follow."""
        kept = len(self.out.edits)
        for word in (_KEY_WORD, _COLON_KEY_WORD):
            end = self.segments(position, word)
            follows = self.at(end)
            if (follows in {"]", "］", "】"}) if header else (follows in {"=", "＝"}):
                return end
            rest = self.text[end + 1 : self.line_end(end)]
            rest = rest if top else re.split("[,，}｝]", rest)[0]
            # A full-width colon stands for the equals sign only where there is no other.
            if follows == "：" and not header and not re.search("[=＝]", rest):
                return end
            del self.out.edits[kept:]
        return None

    def segments(self, position: int, word: re.Pattern[str]) -> int:
        count = 0
        while True:
            position = self.spaces(position)
            count += 1
            if count == DEPTH + 1:
                self.out.deep = position
            position = self.spaces(self.segment(position, word))
            if self.sign(position) != ".":
                return position
            position = self.narrow(position)

    def segment(self, position: int, word: re.Pattern[str]) -> int:
        if self.at(position) in {'"', "'"}:
            match = _STRING.match(self.text, position)
            return match.end() if match and "\n" not in match[0] else self.wide_quotes(position, "]=.：") or position
        end = self.wide_quotes(position, "]=.：")
        if end:
            return end
        match = word.match(self.text, position)
        if match is None:
            return position
        written = match[0].rstrip(_BLANKS)
        end, plain = position + len(written), unicodedata.normalize("NFKC", written)
        if written.isascii() or not written:
            return end
        if _BARE.fullmatch(plain):
            self.edit(position, end, plain, "fullwidth-character", written)
        else:
            self.edit(position, end, quoted(written), "bare-key", written)
        return end

    def wide_quotes(self, position: int, after: str) -> int:
        """Pass “text” where *after* follows it, else 0."""
        match = _QUOTED.match(self.text, position)
        if match is None:
            return 0
        end, spaces = match.end(), _SPACES.match(self.text, match.end())
        follows = spaces.end() if spaces else end
        if follows < len(self.text) and self.at(follows) not in after and self.sign(follows) not in after:
            return 0
        inner = match[1] if match[1] is not None else match[2]
        ends = tuple(char for char in (match[0][0], match[0][-1]) if not char.isascii())
        # The caret stands under the first quote where that is wrong, else under the whole text.
        width = 1 if match[1] is not None else end - position
        self.edit(position, end, quoted(inner), "fullwidth-character", *ends, width=width)
        return end

    def value(self, position: int) -> int:
        """Pass a value, with all that is nested in it."""
        if self.sign(position) not in {"[", "{"} or self.at(position) == "【":
            return self.scalar(position, "")
        expect = "value"
        while True:
            char = self.sign(position) if self.at(position) != "【" else "【"
            inside = self.opened[-1][1] if self.opened else ""
            if char in {"[", "{"}:
                self.open(position, char)
                position, expect = self.narrow(position), "value" if char == "[" else "key"
            elif char in {"]", "}"}:
                position, expect = self.shut(position, char), "after"
                if not self.opened:
                    return position
            elif char == ",":
                position, expect = self.narrow(position), "value" if inside == "[" else "key"
            elif expect == "key":
                end = self.key(position, top=False)
                position = self.junk(position) if end is None else self.spaces(self.narrow(end))
                expect = "after" if end is None else "value"
            elif expect == "value":
                position, expect = self.scalar(position, inside), "after"
            else:
                position = self.junk(position)
            position = self.gap(position, expect)
            if self.out.unclosed is not None:
                return position
            if position >= len(self.text):
                self.out.unclosed = self.opened[-1][0]
                return position

    def open(self, position: int, char: str) -> None:
        depth = self.opened[-1][2] + 1 if self.opened else 1
        if depth > DEPTH and self.out.deep is None:
            self.out.deep = position
        self.opened.append((position, char, depth))

    def shut(self, position: int, char: str) -> int:
        """Pass a closing bracket; what it closes is the nearest that fits it."""
        opener = "[" if char == "]" else "{"
        index = next((index for index in range(len(self.opened) - 1, -1, -1) if self.opened[index][1] == opener), None)
        if index is not None:
            del self.opened[index:]
        return self.narrow(position)

    def junk(self, position: int) -> int:
        match = _STRING.match(self.text, position)
        return match.end() if match else position + 1

    def gap(self, position: int, expect: str) -> int:
        """Pass blanks, comments and line ends; stop, unclosed, at a line that cannot stand where it does."""
        while True:
            position = self.comment(self.spaces(position))
            if self.at(position) != "\n":
                return position
            position += 1
            pairs = self.opened[-1][1] == "{" and expect != "after"
            if _HEADER_LINE.match(self.text, position) or (not pairs and _PAIR_LINE.match(self.text, position)):
                self.out.unclosed = self.opened[-1][0]
                return position

    def scalar(self, position: int, inside: str) -> int:
        """Pass a string or a word; *inside* is the bracket it stands in."""
        text = self.text
        if text.startswith(('"""', "'''"), position):
            self.out.triple = True
            match = _STRING.match(text, position)
            if match and len(match[0]) >= 6:
                return match.end()
            self.out.unclosed = position
            return len(text)
        after = ",]}#\n" if inside else "，；#\n"
        if text[position : position + 1] in {'"', "'"}:
            match = _STRING.match(text, position)
            return match.end() if match else self.wide_quotes(position, after) or self.line_end(position)
        end = self.wide_quotes(position, after)
        if end:
            return end
        match = _ITEM_WORD.match(text, position) if inside else _BEHIND.search(text, position)
        if match is None:
            return position
        end = match.end() if inside else match.start()
        if not inside:  # the word is all that stands on the line
            written = text[position:end].rstrip(_BLANKS)
            end = position + len(written[:-1].rstrip(_BLANKS) if written.endswith(("，", "；")) else written)
        if inside == "{" and text[end - 1 : end].isdigit():
            more = _THOUSANDS.match(text, end)
            end = more.end() if more else end
        self.word(position, position + len(text[position:end].rstrip(_BLANKS)), inside)
        return end

    def word(self, start: int, end: int, inside: str) -> None:
        """Note what is wrong with a value that stands without quotes, where it is clear what was meant."""
        written = self.text[start:end]
        if _LONG_INTEGER.fullmatch(written):
            self.edit(start, end, "0", "number-too-large")
            return
        if not written or '"' in written or "'" in written or self.accepts(written):
            return
        if inside and self.at(end) in {'"', "'"}:
            return
        plain = unicodedata.normalize("NFKC", written).replace("。", ".")
        if plain != written and self.accepts(plain):
            self.edit(start, end, plain, "fullwidth-character", *(char for char in written if not char.isascii()))
        elif (points := _POINTS.fullmatch(plain)) and self.wants_points(start):
            self.edit(start, end, points[1], "unquoted-value", written)
        elif self.meant(written, start, inside):
            self.edit(start, end, quoted(written), "unquoted-value", written)

    def wants_points(self, start: int) -> bool:
        """Return True if the key before *start* takes points, which are a number without a unit."""
        before = self.text[max(0, start - 40) : start]
        if _POINT_KEY.search(before) is not None:
            return True
        header = self.text.rfind("\n[", 0, start)
        grade = self.text.startswith("\n[[grades]]", header) and re.search(r"from[ \t]*[=＝：][ \t]*\Z", before)
        return header >= 0 and (self.text.startswith("\n[structure]", header) or bool(grade))

    def meant(self, written: str, start: int, inside: str) -> bool:
        """Return True if *written* is a text that wants quotes, rather than two values, a date or a misspelt true."""
        if _ASSIGNS.search(written) or _DATE.match(written) or written.casefold() in {"true", "false"}:
            return False
        if " " in written and all(self.accepts(part) for part in written.split(" ")):
            return False
        if not inside:
            return not any(char in written for char in "[]{}") or not written.isascii()
        # 400,000 in an array is two numbers.
        before = self.text[max(0, start - 2) : start]
        return not (inside == "[" and re.fullmatch("[0-9]{3}", written) and re.fullmatch("[0-9][,，]", before))
