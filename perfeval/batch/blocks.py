"""Large text files, read in blocks that end at a line end."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from perfeval.problems import InputError, Origin, problem
from perfeval.toml.source import path_is_directory

#: So many bytes are read at once.
SIZE: Final = 1 << 18
#: A line in quotes may be so long; beyond that the quote was never closed.
_LONGEST: Final = 1 << 24


@frozen(kw_only=True)
class Block:
    """Some whole lines of a file, the number of the first, and how its bytes are to be read."""

    raw: bytes
    line: int
    encoding: str

    @property
    def text(self) -> str:
        """The lines; a byte that is no text stands as a mark that no number and no name has."""
        return self.raw.decode(self.encoding, errors="surrogateescape")


def blocks(path: Path, *, quoted: bool) -> Iterator[Block]:
    """The file in blocks. Where lines are *quoted*, as in CSV, no block ends inside of quotes. Raises InputError."""
    with _opened(path) as file:
        line, encoding = 1, ""
        rest = file.read(len(codecs.BOM_UTF8))
        if rest == codecs.BOM_UTF8:
            rest, encoding = b"", "utf-8"
        while raw := file.read(SIZE):
            raw = rest + raw + file.readline()
            rest = b""
            while quoted and raw.count(b'"') % 2 and len(raw) < _LONGEST and (more := file.readline()):
                raw += more
            if (offset := raw.find(b"\0")) >= 0:
                raise InputError([problem("not-text", Origin(str(path)), offset=offset + 1)])
            if not encoding and not raw.isascii():
                encoding = encoding_of(raw)
            yield Block(raw=raw, line=line, encoding=encoding or "utf-8")
            line += raw.count(b"\n")
        if rest:
            yield Block(raw=rest, line=line, encoding=encoding or "utf-8")


def encoding_of(raw: bytes) -> str:
    """UTF-8 where it can be that, else GB 18030, in which older Chinese programs save."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _opened(path: Path) -> BinaryIO:
    origin = Origin(str(path))
    try:
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        raise InputError([problem("file-missing", origin, path=str(path))]) from None
    except (OSError, ValueError) as error:
        if path_is_directory(path):
            raise InputError([problem("file-is-directory", origin)]) from None
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError([problem("file-unreadable", origin, reason=reason)]) from None
