"""Reading the forms of a file: choosing its reader by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from perfeval.forms.finder import Reading, find_forms, nothing_found
from perfeval.forms.form import Form
from perfeval.forms.grid import Contents
from perfeval.problems import InputError, Origin, problem
from perfeval.toml.source import path_is_directory

#: The ending of a file's name, and the reader of such files: a module, which is loaded when a file asks for it.
READERS: Final[Mapping[str, str]] = {
    ".toml": "toml",
    ".json": "json",
    ".csv": "text",
    ".txt": "text",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".mht": "html",
    ".pdf": "pdf",
    ".doc": "libreoffice",
    ".wps": "libreoffice",
    ".odt": "libreoffice",
    ".rtf": "libreoffice",
}


#: Endings of files that offices send, and that nothing here reads.
_UNREAD: Final = frozenset(
    (
        ".zip",
        ".rar",
        ".7z",
        ".ofd",
        ".et",
        ".dps",
        ".xlsb",
        ".ppt",
        ".pptx",
        ".jpg",
        ".jpeg",
        ".png",
        ".tif",
        ".bmp",
        ".eml",
    )
)


def read_forms(path: Path) -> Reading:
    """Read every form in the file *path*, and tell what was not used. Raises InputError where there is none."""
    found = _reader(path)(path)
    if isinstance(found, Form):
        return Reading(file=str(path), forms=(found,))
    reading = find_forms(found, str(path))
    if not reading.forms and not reading.problems:
        raise InputError([nothing_found(found, str(path))])
    return reading


def read_form(path: Path) -> Form:
    """Read the one form in the file *path*. Raises InputError with all that is wrong with it, and for several forms."""
    wanted, _, name = str(path).partition("#") if not path.exists() else (str(path), "", "")
    reading = read_forms(Path(wanted))
    if reading.problems:
        raise InputError(reading.problems)
    forms = [one for one in reading.forms if not name or one.file == str(path)]
    if len(forms) != 1:
        # Without their folder: a hint cuts what is long, and the names differ only at their ends.
        names = tuple(Path(wanted).name + one.file.removeprefix(wanted) for one in reading.forms)
        raise InputError([problem("several-forms", Origin(str(path)), count=len(names), known=names)])
    return forms[0]


def _reader(path: Path) -> Callable[[Path], Form | Contents]:
    name = READERS.get(path.suffix.lower())
    if name is None:
        if path_is_directory(path):
            raise InputError([problem("file-is-directory", Origin(str(path)))])
        known = tuple(READERS)
        raise InputError([problem("unread-format", Origin(str(path)), found=path.suffix or path.name, known=known)])
    module: Any = _MODULES[name]()
    reader: Callable[[Path], Form | Contents] = module.read_csv if path.suffix.lower() == ".csv" else module.read
    return reader


def _module(name: str) -> Callable[[], Any]:
    return lambda: import_module(f"perfeval.forms.readers.{name}")


_MODULES: Final[Mapping[str, Callable[[], Any]]] = {name: _module(name) for name in set(READERS.values())}


def unread_in(path: Path) -> Iterator[Path]:
    """The files in the folder *path* that no reader reads, hidden files left out; none of a single file."""
    if path_is_directory(path):
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in _UNREAD and file.is_file() and not _is_hidden(file, path):
                yield file


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


def forms_in(path: Path) -> Iterator[Path]:
    """The files that may be forms: *path* itself, or what lies in the folder that it is, hidden files left out."""
    if not path_is_directory(path):
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in READERS and file.is_file() and not _is_hidden(file, path):
            yield file
