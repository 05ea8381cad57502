"""Reading Word documents (.docx), from the elements of their XML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from perfeval.forms.grid import Contents, Square, Table, spanned, unreadable
from perfeval.problems import InputError, Origin, problem
from perfeval.text.messages import Said
from perfeval.toml import source

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Signs that Word writes by a number in the font Symbol.
_SYMBOLS: Final = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0B8": "÷"}
#: Elements whose text is not shown: deleted, moved away, or an older copy of a text box.
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}instrText", f"{_W}delText"})


def read(path: Path) -> Contents:
    """Read the tables and lines of the document *path*. InputError where it cannot be read."""
    try:
        import docx
    except ImportError:
        raise InputError(
            [problem("extra-missing", Origin(str(path)), found=path.suffix, extra="office", needed="python-docx")]
        ) from None
    source.sized(path)
    try:
        body = docx.Document(str(path)).element.body
        reader = _Reader(sum(1 for _ in body.iter(f"{_W}tbl")) > 1)
        blocks = tuple(reader.blocks(body))
    except Exception as error:  # noqa: BLE001  # a broken archive raises whatever its parts do
        raise unreadable(path, error) from None
    return Contents(blocks=blocks, notes=tuple(reader.notes))


class _Reader:
    def __init__(self, named: bool) -> None:
        self.named = named
        self.tables = 0
        self.lines = 0
        self.notes: list[Said] = []

    def blocks(self, parent: Any) -> Iterator[Table | Square]:
        """The paragraphs and tables of *parent*, in order; those inside controls, boxes and cells too."""
        for child in parent:
            if child.tag == f"{_W}p":
                text = _text(child)
                if text.strip():
                    self.lines += 1
                    yield Square(text.strip(), f"line {self.lines}")
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag"}:
                yield from self.blocks(child)

    def _table(self, table: Any) -> Iterator[Table | Square]:
        self.tables += 1
        name = f"table {self.tables}"
        inner = [one for one in table.iter(f"{_W}tbl") if one is not table]
        cells: list[list[tuple[str, int, int]]] = []
        starts: list[int] = []
        #: Cells that go on below: the place of each, with its row and its position in that row.
        open_cells: dict[int, tuple[int, int]] = {}
        for row in _rows(table):
            before = row.find(f"{_W}trPr/{_W}gridBefore")
            place = 0 if before is None else int(before.get(f"{_W}val", "0"))
            starts.append(place)
            made: list[tuple[str, int, int]] = []
            for cell in _cells(row):
                span, merge = _spans(cell)
                origin = open_cells.get(place) if merge == "continue" else None
                if origin is not None:
                    above, at = origin
                    text, width, height = cells[above][at]
                    cells[above][at] = text, width, height + 1
                else:
                    if merge == "restart":
                        open_cells[place] = len(cells), len(made)
                    else:
                        open_cells.pop(place, None)
                    made.append((_cell_text(cell), span, 1))
                place += span
            cells.append(made)
        label = f"{name} " if self.named else ""
        yield Table(name=name, grid=spanned(cells, label, starts=starts))
        for one in inner:
            if not any(above is not table and above in inner for above in one.iterancestors(f"{_W}tbl")):
                yield from self._table(one)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of *table* itself, without those deleted under tracked changes."""
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
            yield from _cells(child)


def _spans(cell: Any) -> tuple[int, str]:
    """The columns that a cell takes, and whether it begins or goes on with a merge downwards."""
    span, merge = cell.find(f"{_W}tcPr/{_W}gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
    width = 1 if span is None else int(span.get(f"{_W}val", "1"))
    return width, "" if merge is None else merge.get(f"{_W}val", "continue")


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(one) for one in _paragraphs(cell)).strip("\n")


def _paragraphs(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell, in controls too, but not those of tables in it."""
    for child in cell:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
            yield from _paragraphs(child)


def _text(element: Any) -> str:
    """The text that is shown: tracked insertions count, what is deleted, struck out or hidden does not."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag in _GONE or tag == f"{_W}txbxContent":
            continue
        if tag == f"{_W}r" and _is_hidden(child):
            continue
        if tag in {f"{_W}t", f"{_M}t"}:
            parts.append(child.text or "")
        elif tag == f"{_W}sym":
            parts.append(_SYMBOLS.get(child.get(f"{_W}char", "").upper(), "�"))
        elif tag == f"{_W}tab":
            parts.append("\t" if element.tag == f"{_W}r" else "")
        elif tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\n")
        elif tag not in {f"{_W}pPr", f"{_W}rPr", f"{_W}drawing", f"{_W}pict", f"{_MC}AlternateContent"}:
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    properties = run.find(f"{_W}rPr")
    return properties is not None and any(
        (one := properties.find(f"{_W}{name}")) is not None
        and one.get(f"{_W}val", "true") not in {"0", "false", "none"}
        for name in ("strike", "dstrike", "vanish")
    )


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes that hang at *paragraph*, each once."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors()):
            yield box
