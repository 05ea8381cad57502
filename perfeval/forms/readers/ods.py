"""Reading OpenDocument spreadsheets (.ods), from their XML: what is shown is stored beside each value."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, Final

from perfeval.forms.grid import Contents, Table, spanned, unreadable
from perfeval.forms.readers.xlsx import COLUMNS, ROWS
from perfeval.problems import InputError, Origin, problem
from perfeval.text.messages import Said, said
from perfeval.toml import source

_T: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_P: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_A: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
#: More bytes than the contents of any form take.
_BYTES: Final = 100_000_000


def read(path: Path) -> Contents:
    """Read the visible cells of the spreadsheet *path*. InputError where it cannot be read."""
    try:
        from lxml import etree
    except ImportError:
        raise InputError(
            [problem("extra-missing", Origin(str(path)), found=path.suffix, extra="office", needed="lxml")]
        ) from None
    source.sized(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("content.xml").file_size > _BYTES:
                raise ValueError(f"content.xml > {_BYTES} bytes")
            data = archive.read("content.xml")
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except Exception as error:  # noqa: BLE001  # a broken archive raises whatever its parts do
        raise unreadable(path, error) from None
    hidden = {
        style.get(name)
        for style in root.iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}style")
        for name in ("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name",)
        for one in style.iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}table-properties")
        if one.get(f"{_T}display") == "false"
    }
    tables = list(root.iter(f"{_T}table"))
    notes: list[Said] = []
    found: list[Table] = []
    for table in tables:
        name = table.get(f"{_T}name", "")
        if table.get(f"{_T}style-name") in hidden:
            notes.append(said("left-out-sheet", name=name))
        else:
            found.append(_table(table, name, len(tables) > 1, notes))
    return Contents(blocks=tuple(found), apart=True, notes=tuple(notes))


def _table(table: Any, name: str, named: bool, notes: list[Said]) -> Table:
    columns = _hidden_columns(table)
    cells: list[list[tuple[str, int, int]]] = []
    line = 0
    for row in table.iter(f"{_T}table-row"):
        again = int(row.get(f"{_T}number-rows-repeated", "1"))
        made = list(_row(row))
        blank = not any(text for text, _, _ in made)
        if row.get(f"{_T}visibility") in {"collapse", "filter"}:
            if not blank:
                notes.append(said("left-out-row", sheet=name, row=str(line + 1)))
            line += again
            continue
        line += again
        if blank and again > ROWS:
            break
        cells.extend([list(made) for _ in range(1 if blank else min(again, ROWS))])
    grid = spanned(cells, f"{name}!" if named else "")
    return Table(name=name, grid=[[one for place, one in enumerate(row) if place not in columns] for row in grid])


def _hidden_columns(table: Any) -> set[int]:
    found: set[int] = set()
    place = 0
    for one in table.iter(f"{_T}table-column"):
        again = min(int(one.get(f"{_T}number-columns-repeated", "1")), COLUMNS)
        if one.get(f"{_T}visibility") in {"collapse", "filter"}:
            found.update(range(place, place + again))
        place += again
    return found


def _row(row: Any) -> Any:
    place = 0
    for cell in row:
        if cell.tag != f"{_T}table-cell":
            continue
        again = int(cell.get(f"{_T}number-columns-repeated", "1"))
        columns = int(cell.get(f"{_T}number-columns-spanned", "1"))
        rows = int(cell.get(f"{_T}number-rows-spanned", "1"))
        notes = {one for note in cell.iter(_A) for one in note.iter(_P)}
        text = "\n".join("".join(one.itertext()) for one in cell.iter(_P) if one not in notes)
        for _ in range(min(again, COLUMNS - place)):
            yield text, min(columns, COLUMNS), rows
            place += columns
