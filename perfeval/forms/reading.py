"""Choosing the reader of a file by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from perfeval.forms.form import Form
from perfeval.problems import InputError, Origin, problem
from perfeval.toml.source import path_is_directory


def _toml(path: Path) -> Form:
    from perfeval.forms.readers import toml

    return toml.read(path)


def _json(path: Path) -> Form:
    from perfeval.forms.readers import json

    return json.read(path)


def _csv(path: Path) -> Form:
    from perfeval.forms.readers import csv

    return csv.read(path)


def _xlsx(path: Path) -> Form:
    from perfeval.forms.readers import xlsx

    return xlsx.read(path)


def _docx(path: Path) -> Form:
    from perfeval.forms.readers import docx

    return docx.read(path)


#: The ending of a file's name, and what reads such files: a reader is loaded when a file asks for it.
READERS: Final[Mapping[str, Callable[[Path], Form]]] = {
    ".toml": _toml,
    ".json": _json,
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".docx": _docx,
}


def read_form(path: Path) -> Form:
    """The form in the file *path*. Raises InputError with everything that is wrong with it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        if path_is_directory(path):
            raise InputError([problem("file-is-directory", Origin(str(path)))])
        known = tuple(READERS)
        raise InputError([problem("unread-format", Origin(str(path)), found=path.suffix or path.name, known=known)])
    return reader(path)


def forms_in(path: Path) -> Iterator[Path]:
    """The files that may be forms: *path* itself, or what lies in the folder that it is, hidden files left out."""
    if not path_is_directory(path):
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
        if file.suffix.lower() in READERS and file.is_file() and not hidden:
            yield file
