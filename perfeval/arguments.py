"""The parser of the command line, which says what to do in the language of whoever typed it."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from perfeval.messages import Language, say, shown
from perfeval.problems import guess

#: Exit codes: 0 all well, 2 bad input or bad usage. 1 is kept for findings of an audit.
FINE, BAD = 0, 2
COMMANDS: Final = ("score", "explain", "check", "compare", "show", "rules")


def wished(words: Sequence[str]) -> str | None:
    """The language asked for, needed before the arguments are parsed: the help is in it."""
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


class Parser(argparse.ArgumentParser):
    """An argument parser that says what to do in the user's language."""

    def __init__(self, *, lang: Language, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)
        self.lang = lang

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        # argparse keeps what was mistyped in its sentence only.
        typed = re.search(r"invalid choice: '([^']*)'", message)
        meant = guess(typed[1], COMMANDS) if typed else None
        hint = meant.text(self.lang) if meant else say(self.lang, "usage-hint", prog=self.prog)
        self.exit(BAD, f"perfeval: {shown(message)}\n{hint}\n")
