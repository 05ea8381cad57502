"""The source text of a TOML file, with the position of each key."""

from __future__ import annotations

import hashlib
import pathlib
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

from attrs import field, frozen

from perfeval.problems import InputError, KeyPath, Origin, Place, problem
from perfeval.text.messages import said
from perfeval.toml.parser import Refusal, attempt, unusable
from perfeval.toml.positions import Layout, Lines, scan

#: The largest file that is read, in bytes.
LIMIT: Final = 16_000_000
#: The most that the parts of a packed file may come to.
UNPACKED: Final = 10 * LIMIT


@frozen(kw_only=True)
class Document:
    """A TOML text and what it was read from."""

    name: str
    text: str = field(repr=False)
    digest: str
    encoding: str

    def origin(self, path: KeyPath = ()) -> Origin:
        """The origin of the value at *path*, which knows its place."""
        return Origin(self.name, path, self)

    def place(self, path: KeyPath) -> Place:
        """Return the place of *path*: its key, or the item of an array; else the nearest thing around it."""
        layout, lines = positions(self)
        for length in range(len(path), 0, -1):
            span = layout.span(path[:length])
            if span is not None:
                return lines.place(*span)
        return lines.place(0, 0)


def read(path: pathlib.Path) -> Document:
    """The text of the file *path*, in UTF-8 or (as older Chinese editors save it) GB 18030."""
    origin = Origin(str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)
            # The size is asked for only to say it: what is no ordinary file has none.
            size = max(len(raw), path.stat().st_size) if len(raw) > LIMIT else len(raw)
    except IsADirectoryError:
        raise InputError([problem("file-is-directory", origin)]) from None
    except (FileNotFoundError, NotADirectoryError):
        raise InputError([problem("file-missing", origin, path=str(path))]) from None
    except (OSError, ValueError) as error:
        if path_is_directory(path):  # opening one is "permission denied" on some systems
            raise InputError([problem("file-is-directory", origin)]) from None
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([problem("file-unreadable", origin, reason=reason)]) from None
    if size > LIMIT:
        raise InputError([problem("file-too-large", origin, size=size, limit=LIMIT)])
    text, encoding = decoded(raw, origin)
    return Document(name=str(path), text=text, digest=digest(raw), encoding=encoding)


def sized(path: pathlib.Path) -> None:
    """See that the packed file *path* is there and of a size that makes sense, for those who open it themselves."""
    origin = Origin(str(path))
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise InputError([problem("file-missing", origin, path=str(path))]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([problem("file-unreadable", origin, reason=reason)]) from None
    if path_is_directory(path):
        raise InputError([problem("file-is-directory", origin)])
    if size > LIMIT:
        raise InputError([problem("file-too-large", origin, advice=said("forms-are-small"), size=size, limit=LIMIT)])
    import zipfile  # only a form in a packed file needs it

    with suppress(OSError, ValueError, zipfile.BadZipFile), zipfile.ZipFile(path) as packed:
        # A part is unpacked to the size that it states, and no further.
        size = sum(one.file_size for one in packed.infolist())
    if size > UNPACKED:
        raise InputError([problem("file-too-large", origin, advice=said("forms-are-small"), size=size, limit=UNPACKED)])


def path_is_directory(path: pathlib.Path) -> bool:
    """Return True if *path* is a directory; False for a path that cannot be."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def decoded(raw: bytes, origin: Origin) -> tuple[str, str]:
    """The text of *raw* and the encoding it is in."""
    # A text holds no zero bytes; a spreadsheet or UTF-16 might otherwise pass for GB 18030.
    offset = raw.find(b"\0")
    if offset < 0:
        for codec, encoding in (("utf-8-sig", "utf-8"), ("gb18030", "gb18030")):
            try:
                return raw.decode(codec), encoding
            except UnicodeDecodeError as error:
                offset = max(offset, error.start)
    raise InputError([problem("not-text", origin, offset=offset + 1)])


def digest(raw: bytes) -> str:
    """The fingerprint of *raw*, under the name of its kind."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def document(text: str, name: str = "<string>") -> Document:
    """*text* as if it had been read from *name*."""
    raw = text.encode("utf-8", "surrogatepass")
    return Document(name=name, text=text.removeprefix("\ufeff"), digest=digest(raw), encoding="utf-8")


def parse(document: Document) -> dict[str, Any]:
    """The data of *document*: whole numbers as int, others as Decimal. InputError names every fault and its place."""
    text = flat(document)
    data = attempt(text)
    if isinstance(data, dict) and next(unusable(data), None) is None:
        return data
    from perfeval.toml import recovery  # most files are sound, and never need it

    raise InputError(recovery.faults(Lines(document.name, text)))


@lru_cache(maxsize=64)
def positions(document: Document) -> tuple[Layout, Lines]:
    """Every key and value of *document*; none where it is not TOML."""
    lines = Lines(document.name, flat(document))
    return (Layout() if isinstance(attempt(lines.text), Refusal) else scan(lines.text)), lines


def flat(document: Document) -> str:
    """The text with plain line ends, as the parser sees it; lines and columns stay what they were."""
    return document.text.replace("\r\n", "\n")
