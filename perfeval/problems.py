"""Problems of the input, and InputError, the exception that carries them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol, TypeAlias

from attrs import evolve, field, frozen

from perfeval.immutable import Fixed
from perfeval.text.messages import (
    QUOTED,
    Language,
    Said,
    Value,
    clipped,
    fill,
    fixed_args,
    problem_sentences,
    said,
    shown,
)

KeyPath: TypeAlias = tuple[str | int, ...]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


class Source(Protocol):
    """A document that knows where its values stand."""

    def place(self, path: KeyPath) -> Place | None:
        """The place of the value at *path*."""


@frozen
class Origin:
    """The origin of a value: its document, and the path of keys to it.

    ``source`` is the document itself, where it is at hand; the ``place`` is then known.
    """

    document: str
    path: KeyPath = ()
    source: Source | None = field(default=None, eq=False, repr=False)

    @property
    def place(self) -> Place | None:
        """File, line and column; None where the document does not know them."""
        return None if self.source is None else self.source.place(self.path)

    def __truediv__(self, step: str | int) -> Origin:
        return Origin(self.document, (*self.path, step), self.source)

    def __str__(self) -> str:
        return f"{shown(self.document)}: {path_text(self.path)}" if self.path else shown(self.document)


#: Where a noun stands before it is placed.
NOWHERE: Final = Origin("")
#: Where what no file says stands: among the defaults of the format.
DEFAULT: Final = Origin("perfeval")


@frozen(kw_only=True)
class Place:
    """An origin turned into what an editor shows: file, line and column (both from 1, columns in characters)."""

    file: str
    line: int
    column: int
    width: int = 1
    source: str = ""


@frozen(kw_only=True)
class Problem:
    """One thing wrong with an input file or a set of facts.

    ``name`` is permanent; the sentences are free to change. ``message`` states the fact, ``hint`` what to do, both in
    English; ``message_in`` and ``hint_in`` choose the language. ``mended`` is the source line as it should read, where
    that is certain. ``second`` is the other of two places that do not go together. The ``place`` is that of the origin,
    unless it is known otherwise.
    """

    name: str
    origin: Origin
    args: Mapping[str, Value] = field(factory=Fixed, converter=fixed_args)
    advice: Said | None = None
    mended: str | None = None
    second: Origin | None = None
    _place: Place | None = None

    @property
    def place(self) -> Place | None:
        """The place; None if only the origin is known."""
        return self._place or self.origin.place

    @property
    def second_place(self) -> Place | None:
        """The second of two places."""
        return None if self.second is None else self.second.place

    @property
    def message(self) -> str:
        return self.message_in("en")

    @property
    def hint(self) -> str:
        return self.hint_in("en")

    @property
    def file(self) -> str:
        place = self.place
        return self.origin.document if place is None else place.file

    @property
    def line(self) -> int | None:
        place = self.place
        return None if place is None else place.line

    @property
    def column(self) -> int | None:
        place = self.place
        return None if place is None else place.column

    @property
    def path(self) -> str:
        return path_text(self.origin.path)

    def message_in(self, lang: Language) -> str:
        return fill(problem_sentences(self.name, lang)[0], self.args, lang, clipped)

    def hint_in(self, lang: Language) -> str:
        if self.advice is not None:
            return fill("{advice}", {"advice": self.advice}, lang, clipped)
        return fill(problem_sentences(self.name, lang)[1], self.args, lang, clipped)

    def line_in(self, lang: Language) -> str:
        """``file:line:column: name: message``, as compilers print it; what is not known is left out."""
        where = [shown(self.file), *(str(number) for number in (self.line, self.column) if number is not None)]
        # Without a line the path is all there is to find the value by.
        path = f"{self.path}: " if self.line is None and self.origin.path else ""
        return f"{':'.join(where)}: {path}{self.name}: {self.message_in(lang)}"

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """The problem as plain data, for ``--format json``."""
        return {
            "name": self.name,
            "message": self.message_in(lang),
            "hint": self.hint_in(lang),
            "file": shown(self.file),
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "mended": self.mended,
            "second": None
            if self.second is None
            else {
                "file": shown(self.second_place.file if self.second_place else self.second.document),
                "line": self.second_place.line if self.second_place else None,
                "column": self.second_place.column if self.second_place else None,
                "path": path_text(self.second.path),
            },
        }


def problem(name: str, origin: Origin, /, *, advice: Said | None = None, **args: Value) -> Problem:
    """A problem *name* at *origin*; *args* fill in its sentences, *advice* replaces its usual hint."""
    return Problem(name=name, origin=origin, args=args, advice=advice)


def clash(one: Problem, second: Origin | None) -> Problem:
    """*one*, which lies between its origin and a *second* place; None, or the same place, is none."""
    return one if second is None or second == one.origin else evolve(one, second=second)


class InputError(ValueError):
    """Bad input. ``problems`` holds every fault that was found, in file order; there is at least one."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_file_order(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(f"{one.line_in('en')}\n  {one.hint}" for one in self.problems)


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """*problems* by file, line and column."""

    def order(one: Problem) -> tuple[str, int, int]:
        place = one.place
        return (one.origin.document, 0, 0) if place is None else (place.file, place.line, place.column)

    return tuple(sorted(problems, key=order))


def path_text(path: KeyPath) -> str:
    """A key path as an author would write it: ``methods.cost.bands[0]."名称"``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            key = step if _BARE.fullmatch(step) else shown(json.dumps(step, ensure_ascii=False))
            text += f".{key}" if text else key
    return text


def guess(word: str, known: Sequence[str]) -> Said | None:
    """ "Did you mean …?" where one of *known* is close to *word*, else None."""
    # Half a name is the whole of it, before any name that is merely alike: 部分达成 is not 达成.
    begun = {one for one in known if one.startswith(word)}
    held = {one for one in known if word in one}
    whole = begun if len(begun) == 1 else held if len(held) == 1 else set()
    if whole and len(word) > 1 + word.isascii():
        return said("did-you-mean", guess=whole.pop())
    import difflib  # only what is misspelt needs it

    # Comparing takes the square of the length, and nobody misspells a whole page.
    close = difflib.get_close_matches(word[:QUOTED], [one for one in known if len(one) <= QUOTED], n=1, cutoff=0.6)
    return said("did-you-mean", guess=close[0]) if close else None


def type_name(value: object) -> Said:
    """Return the TOML name of the type of *value*; of other Python types the name of the class."""
    names: tuple[tuple[Any, str], ...] = (
        (type(None), "type-null"),
        (bool, "type-boolean"),
        (int, "type-integer"),
        (float | Decimal, "type-number"),
        (str, "type-string"),
        (Mapping, "type-table"),
        (list | tuple, "type-array"),
        (datetime.datetime | datetime.time, "type-time"),
        (datetime.date, "type-date"),
    )
    word = next((word for kind, word in names if isinstance(value, kind)), None)
    return said(word) if word else said("type-other", name=type(value).__name__)
