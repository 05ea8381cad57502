"""Output that all commands share: JSON, problems, encodings, exit codes."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfeval.text.messages import is_utf8, language, said, say

if TYPE_CHECKING:
    from perfeval.problems import Problem
    from perfeval.text.messages import Language
    from perfeval.toml.source import Document

#: Exit codes: all well, something found by an audit, bad input or bad usage.
FINE, FOUND, BAD = 0, 1, 2
#: So much of a file is looked at to tell its language.
_HEAD: Final = 65536


def print_json(text: str) -> None:
    """JSON is UTF-8; on a stream that is not, it keeps to ASCII, which every reader takes."""
    from perfeval.report.formats.json import in_ascii

    print(text if is_utf8(sys.stdout.encoding) else in_ascii(text))


def written_in(files: Iterable[str]) -> str | None:
    """The language that the first of *files* says it is in, looked for in the text: it may not be sound TOML."""
    for file in dict.fromkeys(files):
        with suppress(OSError, ValueError), Path(file).open("rb") as stream:
            match = re.search(rb'^\s*lang\s*=\s*"(zh|en)"', stream.read(_HEAD), flags=re.MULTILINE)
            if match:
                return match[1].decode()
    return None


def bad(problems: Sequence[Problem], options: argparse.Namespace, *, encodings: bool = True) -> int:
    """Every problem, on standard output as JSON or for people on standard error.

    *encodings* is whether to say how their files were read; they are then read again, so it is no way for large ones.
    """
    lang = language(options.lang, written_in([getattr(options, "rules", None) or "", *(one.file for one in problems)]))
    if options.format == "json":
        from perfeval.report.formats.json import problems_json

        print_json(problems_json(problems, lang))
        return BAD
    from perfeval.problems import InputError
    from perfeval.report.console.problems import show_problems
    from perfeval.report.console.screen import screen, show
    from perfeval.toml import source

    for file in dict.fromkeys(one.file for one in problems) if encodings else ():
        # A file with faults got no further than to be read, and how is as worth knowing as of a sound one.
        with suppress(InputError):
            note_encodings((source.read(Path(file)),), lang)
    console = screen(sys.stderr)
    show_problems(console, problems, lang)
    show(console, say(lang, "problems-found", count=len(problems)))
    return BAD


def note_encodings(documents: Iterable[Document | None], lang: Language) -> None:
    """A note on standard error for each file that was not UTF-8."""
    for one in documents:
        if one is not None and one.encoding != "utf-8":
            print(said("read-as", file=one.name, encoding=one.encoding).text(lang), file=sys.stderr)


def file_or_id(rules: str) -> str | Path:
    """Return a path if the word ends in ``.toml`` or exists on disk, else the id of a rule file."""
    path = Path(rules)
    with suppress(OSError, ValueError):  # a name too long for any file
        return path if rules.endswith(".toml") or path.exists() else rules
    return rules


def print_text(lines: Iterable[str]) -> None:
    """*lines* of text that is for other programs, one by one."""
    for line in lines:
        print(line)


def write_file(path: Path, text: str) -> None:
    """*text* as the file *path*: whole or not at all. Raises InputError where it cannot be written."""
    import tempfile  # it loads much, and few commands write a file

    from perfeval.problems import InputError, Origin, problem

    beside = None
    try:
        whole = path.resolve()  # a link stays one, and leads to the new text
        if whole.exists() and not whole.is_file():
            raise OSError("not an ordinary file")
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=whole.parent)
        beside = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        beside.chmod(whole.stat().st_mode & 0o777 if whole.exists() else 0o666 & ~_umask())
        beside.replace(whole)
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links is a RuntimeError
        if beside is not None:
            with suppress(OSError):
                beside.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([problem("file-unwritable", Origin(str(path)), reason=reason)]) from None


def _umask() -> int:
    """Return the umask, which can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
