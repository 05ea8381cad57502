"""The command line: arguments and exit codes."""

from __future__ import annotations

import argparse
import gc
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, NoReturn

from perfeval.commands.output import BAD, FINE
from perfeval.problems import guess
from perfeval.text.messages import LANGUAGES, Language, is_utf8, language, said_of, say, shown
from perfeval.version import VERSION


def main(argv: Sequence[str] | None = None) -> int:
    """Run perfeval with *argv* (the command line); the exit code is returned."""
    if argv is not None:
        return _run(list(argv))
    # In a process of its own, what a command loads stays to its end: to look through it for garbage, after every 700
    # objects and once more before leaving, takes a tenth of the time and finds none.
    gc.set_threshold(20_000)
    try:
        return _run(sys.argv[1:])
    finally:
        gc.freeze()


def _run(words: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not is_utf8(stream.encoding):
            # A character the terminal cannot show must not end the program.
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:  # it was closed before we began
        sys.stdout = _Nowhere()
    options = argparse.Namespace()
    try:
        # Where the first word is a command, the arguments of the others need not be told apart.
        names = words[:1] if words and words[0] in _COMMANDS else _COMMANDS
        _parser(language(_wish(words)), names).parse_args(words, options)
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
        # Only help needs the width of the terminal, and to ask for it loads shutil with all its archives.
        super().__init__(allow_abbrev=False, formatter_class=partial(argparse.HelpFormatter, width=80), **settings)
        self.lang = lang

    def format_help(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def format_usage(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_usage()

    def runs(self, run: Callable[[argparse.Namespace], int], formats: Sequence[str] = ("table", "json")) -> None:
        """This is the parser of the command *run*, which prints in any of *formats*."""
        self.set_defaults(run=run)
        if formats:
            self.takes("--format", "format", choices=formats)

    def takes(self, name: str, meaning: str, **settings: Any) -> None:
        """There is an argument *name*; the sentence about it is called *meaning*."""
        self.add_argument(name, help=said_of("help", meaning).text(self.lang), **settings)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        # argparse keeps what was mistyped in its sentence only.
        typed = re.search(r"invalid choice: '([^']*)'", message)
        meant = guess(typed[1], tuple(_COMMANDS)) if typed else None
        hint = meant.text(self.lang) if meant else say(self.lang, "usage-hint", prog=self.prog)
        self.exit(BAD, f"perfeval: {shown(message)}\n{hint}\n")


def _parser(lang: Language, names: Iterable[str]) -> _Parser:
    """The parser of the command line, with the commands *names*."""
    parser = _Parser(lang=lang, prog="perfeval", description=say(lang, "help-perfeval"))
    parser.add_argument("--version", action="version", version=f"perfeval {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    common = _Parser(lang=lang, add_help=False)
    for one in (parser, common):
        # It may stand before the command or after it; neither place takes away what the other said.
        one.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(lang, "help-lang"))
    parser.set_defaults(lang=None)
    common.takes("--rules-path", "rules-path", action="append", default=[], metavar="DIR")
    for name in names:
        words = said_of("help", name).text(lang)
        one = commands.add_parser(name, lang=lang, help=words, description=words, parents=[common])
        one.set_defaults(format="table")
        _COMMANDS[name](one)
    return parser


# Each says what its command takes, and which function it is. What only one command needs is loaded by that one.


def _score(parser: _Parser) -> None:
    from perfeval.commands import score

    parser.runs(score.score)
    parser.takes("rules", "arg-rules", metavar="RULES")
    parser.takes("facts", "arg-facts", metavar="FACTS")
    parser.takes("--year", "year", type=int, metavar="YEAR")
    parser.takes("--jobs", "jobs", type=_count, metavar="N", default=1)
    parser.takes("--out", "out", metavar="FILE")
    parser.takes("--strict", "strict", action="store_true")


def _explain(parser: _Parser) -> None:
    from perfeval.commands import score

    parser.runs(score.explain)
    parser.takes("rules", "arg-rules", metavar="RULES")
    parser.takes("facts", "arg-facts", metavar="FACTS")
    parser.takes("indicator", "arg-indicator", metavar="INDICATOR", nargs="?")
    parser.takes("--year", "year", type=int, metavar="YEAR")


def _audit(parser: _Parser) -> None:
    from perfeval.commands import audit

    parser.runs(audit.audit, ("table", "json", "markdown", "sarif", "csv"))
    parser.takes("forms", "arg-audited", metavar="FORM", nargs="+")
    parser.takes("--rules", "audit-rules", metavar="RULES")
    parser.takes("--jobs", "jobs", type=_count, metavar="N", default=1)


def _read(parser: _Parser) -> None:
    from perfeval.commands import audit

    parser.runs(audit.read)
    parser.takes("file", "arg-document", metavar="FILE")
    parser.takes("--to", "to", choices=("toml", "json", "csv"))
    parser.takes("--out", "read-out", metavar="FILE")


def _check(parser: _Parser) -> None:
    from perfeval.commands import rules

    parser.runs(rules.check)
    parser.takes("paths", "arg-paths", metavar="PATH", nargs="+")
    parser.takes("--no-examples", "no-examples", action="store_true")


def _compare(parser: _Parser) -> None:
    from perfeval.commands import rules

    parser.runs(rules.compare)
    parser.takes("old", "arg-old", metavar="OLD")
    parser.takes("rules", "arg-new", metavar="NEW")
    parser.takes("facts", "arg-forms", metavar="FACTS", nargs="*")


def _show(parser: _Parser) -> None:
    from perfeval.commands import rules

    parser.runs(rules.show_merged)
    parser.takes("rules", "arg-rules", metavar="RULES")
    parser.takes("--year", "show-year", type=int, metavar="YEAR")


def _rules(parser: _Parser) -> None:
    from perfeval.commands import rules

    parser.runs(rules.shipped)


def _new(parser: _Parser) -> None:
    from perfeval.commands import audit

    parser.runs(audit.new, ())
    parser.takes("what", "arg-new-what", choices=("form",))
    parser.takes("path", "arg-new-path", metavar="PATH", nargs="?")
    parser.takes("--rules", "audit-rules", metavar="RULES")
    parser.takes("--force", "force", action="store_true")


_COMMANDS: Final[Mapping[str, Callable[[_Parser], None]]] = {
    "score": _score,
    "explain": _explain,
    "audit": _audit,
    "read": _read,
    "check": _check,
    "compare": _compare,
    "show": _show,
    "rules": _rules,
    "new": _new,
}


def _count(text: str) -> int:
    """A number of processes: one or more."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes, which is 1 or more")
    return int(text)
