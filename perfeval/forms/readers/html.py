"""Reading pages saved from an office's site (.html, .htm, .mht)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from perfeval.forms.grid import Contents, Square, Table, spanned, unreadable
from perfeval.problems import InputError, Origin, problem
from perfeval.toml import source

#: Elements that end a line of text.
_LINES: Final = frozenset({"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "li", "tr", "title", "center"})
_NO_TEXT: Final = frozenset({"script", "style", "noscript", "template", "del", "s", "strike"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
#: More rows or columns than any cell spans.
_SPAN: Final = 500


def read(path: Path) -> Contents:
    """Read the tables and lines of the page *path*. InputError where it cannot be read."""
    try:
        import lxml.html
    except ImportError:
        raise InputError(
            [problem("extra-missing", Origin(str(path)), found=path.suffix, extra="html", needed="lxml")]
        ) from None
    source.sized(path)
    data = path.read_bytes()
    if path.suffix.lower() in {".mht", ".mhtml"}:
        data = _page(data)
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
        root = lxml.html.document_fromstring(_decoded(data), parser=parser)
    except (ValueError, lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise unreadable(path, error) from None
    return Contents(blocks=tuple(_Reader(root).blocks(root)))


def _page(data: bytes) -> bytes:
    """The page inside a saved web archive."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            return found if isinstance(found, bytes) else b""
    return b""


def _decoded(data: bytes) -> str:
    """*data* as text: pages that call themselves gb2312 are GB 18030."""
    named = _CHARSET.search(data[:4096])
    charset = named[1].decode("ascii").lower() if named else "utf-8"
    if charset in {"gb2312", "gbk", "gb_2312-80"}:
        charset = "gb18030"
    for one in (charset, "utf-8", "gb18030"):
        try:
            text = data.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
        # A declaration of an encoding does not fit a text that is decoded already.
        return re.sub(r"<\?xml[^>]*\?>", "", text, count=1)
    return data.decode("utf-8", "replace")


class _Reader:
    def __init__(self, root: Any) -> None:
        self.named = len([one for one in root.iter("table") if _is_inner(one)]) > 1
        self.tables = 0
        self.lines = 0

    def blocks(self, element: Any) -> Iterator[Table | Square]:
        """The tables that hold no others, and the lines of text around them, in order."""
        text: list[str] = [element.text or ""]
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _NO_TEXT or _is_hidden(child):
                text.append(child.tail or "")
                continue
            if child.tag == "table" and _is_inner(child):
                yield from self._line(text)
                yield self._table(child)
            elif child.tag in _LINES or child.find(".//table") is not None or child.tag in {"table", "tbody", "td"}:
                yield from self._line(text)
                yield from self.blocks(child)
            else:
                text.append("".join(child.itertext()))
            text.append(child.tail or "")
        yield from self._line(text)

    def _line(self, text: list[str]) -> Iterator[Square]:
        line = " ".join("".join(text).split())
        text.clear()
        if line:
            self.lines += 1
            yield Square(line, f"line {self.lines}")

    def _table(self, table: Any) -> Table:
        self.tables += 1
        label = f"table {self.tables} " if self.named else ""
        cells = [
            [
                (_cell(one), _span(one, "colspan"), _span(one, "rowspan"))
                for one in row
                if one.tag in {"td", "th"} and not _is_hidden(one)
            ]
            for row in table.iter("tr")
            if not _is_hidden(row)
        ]
        return Table(name=f"table {self.tables}", grid=spanned(cells, label))


def _is_inner(table: Any) -> bool:
    """Return True if no other table stands inside: tables that only lay out a page hold those that say something."""
    return next((one for one in table.iter("table") if one is not table), None) is None


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _SPAN) if value.isdecimal() else 1


def _cell(cell: Any) -> str:
    parts: list[str] = []
    _collect(cell, parts)
    lines = (" ".join(line.replace("\xa0", " ").split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: Any, parts: list[str]) -> None:
    parts.append((element.text or "").replace("\n", " "))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NO_TEXT and not _is_hidden(child):
            if child.tag in _LINES:
                parts.append("\n")
            _collect(child, parts)
            if child.tag in _LINES - {"br"}:
                parts.append("\n")
        parts.append((child.tail or "").replace("\n", " "))
