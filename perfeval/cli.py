"""The command line: arguments and exit codes, nothing else."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, NoReturn

from perfeval.commands import audit, rules, score
from perfeval.commands.output import BAD, FINE
from perfeval.messages import LANGUAGES, Language, is_utf8, language, say, shown
from perfeval.problems import guess
from perfeval.version import VERSION

COMMANDS: Final = ("score", "explain", "audit", "check", "compare", "show", "rules", "new")


def main(argv: Sequence[str] | None = None) -> int:
    """Run perfeval with *argv* (the command line); the exit code is returned."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not is_utf8(stream.encoding):
            # A character the terminal cannot show must not end the program.
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:  # it was closed before we began
        sys.stdout = _Nowhere()
    options = argparse.Namespace()
    try:
        _parser(language(_wish(words))).parse_args(words, options)
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read the output has stopped; what was found before is found all the same.
        _give_up_output(None)
        return int(getattr(options, "found", FINE))
    except OSError as error:
        # The disk is full, or the terminal is gone: what was printed is not whole.
        _give_up_output(error)
        return BAD
    except KeyboardInterrupt:
        return 130


class _Nowhere(io.TextIOBase):
    """A stream that nobody reads."""

    def write(self, text: str) -> int:
        return len(text)


def _give_up_output(error: OSError | None) -> None:
    """Say what went wrong, if it can be said, and see that what is still buffered is not tried again at the end."""
    if error is not None:
        with suppress(OSError, ValueError):
            print(f"perfeval: {shown(error.strerror or str(error))}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _wish(words: Sequence[str]) -> str | None:
    """The language asked for, needed before the arguments are parsed: the help is in it."""
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang":
            return after
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


class _Parser(argparse.ArgumentParser):
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


def _parser(lang: Language) -> _Parser:
    parser = _Parser(lang=lang, prog="perfeval", description=say(lang, "help-perfeval"))
    parser.add_argument("--version", action="version", version=f"perfeval {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    common = _Parser(lang=lang, add_help=False)
    for one in (parser, common):
        # It may stand before the command or after it; neither place takes away what the other said.
        one.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(lang, "help-lang"))
    parser.set_defaults(lang=None)
    common.add_argument("--rules-path", action="append", default=[], metavar="DIR", help=say(lang, "help-rules-path"))

    def command(name: str, run: object, formats: Sequence[str] = ("table", "json")) -> _Parser:
        words = say(lang, f"help-{name}")
        one = commands.add_parser(name, lang=lang, help=words, description=words, parents=[common])
        if formats:
            one.add_argument("--format", choices=formats, help=say(lang, "help-format"))
        one.set_defaults(run=run, format="table")
        return one

    for name, run in (("score", score.score), ("explain", score.explain)):
        one = command(name, run)
        one.add_argument("rules", metavar="RULES", help=say(lang, "help-arg-rules"))
        one.add_argument("facts", metavar="FACTS", help=say(lang, "help-arg-facts"))
        if name == "explain":
            one.add_argument("indicator", metavar="INDICATOR", nargs="?", help=say(lang, "help-arg-indicator"))
        one.add_argument("--year", type=int, metavar="YEAR", help=say(lang, "help-year"))
        if name == "score":
            one.add_argument("--jobs", type=_count, metavar="N", default=1, help=say(lang, "help-jobs"))
            one.add_argument("--out", metavar="FILE", help=say(lang, "help-out"))
            one.add_argument("--strict", action="store_true", help=say(lang, "help-strict"))
    one = command("audit", audit.audit, ("table", "json", "markdown", "sarif", "csv"))
    one.add_argument("forms", metavar="FORM", nargs="+", help=say(lang, "help-arg-audited"))
    one.add_argument("--rules", metavar="RULES", help=say(lang, "help-audit-rules"))
    one.add_argument("--jobs", type=_count, metavar="N", default=1, help=say(lang, "help-jobs"))
    one = command("check", rules.check)
    one.add_argument("paths", metavar="PATH", nargs="+", help=say(lang, "help-arg-paths"))
    one.add_argument("--no-examples", action="store_true", help=say(lang, "help-no-examples"))
    one = command("compare", rules.compare)
    one.add_argument("old", metavar="OLD", help=say(lang, "help-arg-old"))
    one.add_argument("rules", metavar="NEW", help=say(lang, "help-arg-new"))
    one.add_argument("facts", metavar="FACTS", nargs="*", help=say(lang, "help-arg-forms"))
    one = command("show", rules.show_merged)
    one.add_argument("rules", metavar="RULES", help=say(lang, "help-arg-rules"))
    one.add_argument("--year", type=int, metavar="YEAR", help=say(lang, "help-show-year"))
    command("rules", rules.shipped)
    one = command("new", audit.new, ())
    one.add_argument("what", choices=("form",), help=say(lang, "help-arg-new-what"))
    one.add_argument("path", metavar="PATH", nargs="?", help=say(lang, "help-arg-new-path"))
    one.add_argument("--rules", metavar="RULES", help=say(lang, "help-audit-rules"))
    one.add_argument("--force", action="store_true", help=say(lang, "help-force"))
    return parser


def _count(text: str) -> int:
    """A number of processes: one or more."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes, which is 1 or more")
    return int(text)
