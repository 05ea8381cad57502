"""Reading forms in CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from perfeval.forms.form import Form
from perfeval.forms.layout import numbered, read_grid
from perfeval.problems import InputError, Origin, problem
from perfeval.toml import source


def read(path: Path) -> Form:
    """The form in the CSV file *path*, in UTF-8 or GB 18030; InputError where it has not the layout of one."""
    document = source.read(path)
    lines = csv.reader(io.StringIO(document.text, newline=""), strict=True)
    try:
        rows = list(lines)
    except csv.Error as error:
        origin = Origin(document.name)
        raise InputError([problem("csv-syntax", origin, line=lines.line_num, reason=str(error))]) from None
    grid = numbered(iter(rows), lambda line, place: f"R{line}C{place}")
    return read_grid(grid, document.name, fill_down=True)
