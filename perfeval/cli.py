"""The command line: arguments and exit codes, nothing else."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from perfeval.arguments import BAD, FINE, Parser, wished
from perfeval.messages import LANGUAGES, Language, is_utf8, language, said, say, shown
from perfeval.problems import guess
from perfeval.version import VERSION

if TYPE_CHECKING:
    from perfeval.engine.evaluation import Evaluation
    from perfeval.engine.examples import Check
    from perfeval.engine.plan import Plan
    from perfeval.engine.prover import Proof
    from perfeval.language.source import Document
    from perfeval.problems import Problem

#: So much of a file is looked at to tell its language.
_HEAD: Final = 65536
#: Facts files of these kinds hold a form a line.
MANY: Final = (".csv", ".jsonl", ".ndjson")


def main(argv: Sequence[str] | None = None) -> int:
    """Run perfeval with *argv* (the command line); the exit code is returned."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not is_utf8(stream.encoding):
            # A character the terminal cannot show must not end the program.
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _parser(language(wished(words))).parse_args(words)
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read the output has stopped.
        _give_up_output(None)
        return FINE
    except OSError as error:
        # The disk is full, or the terminal is gone: what was printed is not whole.
        _give_up_output(error)
        return BAD
    except KeyboardInterrupt:
        return 130


def _give_up_output(error: OSError | None) -> None:
    """Say what went wrong, if it can be said, and see that what is still buffered is not tried again at the end."""
    if error is not None:
        with suppress(OSError, ValueError):
            print(f"perfeval: {shown(error.strerror or str(error))}", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parser(lang: Language) -> Parser:
    parser = Parser(lang=lang, prog="perfeval", description=say(lang, "help-perfeval"))
    parser.add_argument("--version", action="version", version=f"perfeval {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    common = Parser(lang=lang, add_help=False)
    for one in (parser, common):
        # It may stand before the command or after it; neither place takes away what the other said.
        one.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(lang, "help-lang"))
    parser.set_defaults(lang=None)
    common.add_argument("--format", choices=("table", "json"), default="table", help=say(lang, "help-format"))
    common.add_argument("--rules-path", action="append", default=[], metavar="DIR", help=say(lang, "help-rules-path"))

    def command(name: str, run: object) -> Parser:
        words = say(lang, f"help-{name}")
        one = commands.add_parser(name, lang=lang, help=words, description=words, parents=[common])
        one.set_defaults(run=run)
        return one

    for name, run in (("score", _score), ("explain", _explain)):
        one = command(name, run)
        one.add_argument("rules", metavar="RULES", help=say(lang, "help-arg-rules"))
        one.add_argument("facts", metavar="FACTS", help=say(lang, "help-arg-facts"))
        if name == "explain":
            one.add_argument("indicator", metavar="INDICATOR", nargs="?", help=say(lang, "help-arg-indicator"))
        one.add_argument("--year", type=int, metavar="YEAR", help=say(lang, "help-year"))
        if name == "score":
            one.add_argument("--jobs", type=int, default=1, metavar="N", help=say(lang, "help-jobs"))
            one.add_argument("--out", metavar="FILE", help=say(lang, "help-out"))
            one.add_argument("--strict", action="store_true", help=say(lang, "help-strict"))
    one = command("check", _check)
    one.add_argument("paths", metavar="PATH", nargs="+", help=say(lang, "help-arg-paths"))
    one.add_argument("--no-examples", action="store_true", help=say(lang, "help-no-examples"))
    one = command("compare", _compare)
    one.add_argument("old", metavar="OLD", help=say(lang, "help-arg-old"))
    one.add_argument("rules", metavar="NEW", help=say(lang, "help-arg-new"))
    one.add_argument("facts", metavar="FACTS", nargs="*", help=say(lang, "help-arg-forms"))
    one = command("show", _show)
    one.add_argument("rules", metavar="RULES", help=say(lang, "help-arg-rules"))
    one.add_argument("--year", type=int, metavar="YEAR", help=say(lang, "help-show-year"))
    command("rules", _rules)
    return parser


def _score(options: argparse.Namespace) -> int:
    from perfeval.problems import InputError

    if Path(options.facts).suffix.lower() in MANY:
        return _score_many(options)
    try:
        evaluation = _evaluated(options)
    except InputError as error:
        return _bad(error.problems, options)
    lang = language(options.lang, evaluation.lang)
    if options.format == "json":
        from perfeval.views.writers.json import evaluation_json

        _print_json(evaluation_json(evaluation, lang))
        return FINE
    from perfeval.views.console.evaluation import show_evaluation
    from perfeval.views.console.screen import screen

    show_evaluation(screen(), evaluation, lang)
    return FINE


def _score_many(options: argparse.Namespace) -> int:
    """A form a line, from a file into a file; what could not be scored is told at the end."""
    from perfeval import api
    from perfeval.problems import InputError
    from perfeval.views.console.progress import progress

    try:
        plan = api.load(_file_or_id(options.rules), rules_path=options.rules_path)
        options.lang = language(options.lang, plan.card.lang)
        path = Path(options.facts)
        with progress(path.stat().st_size if path.is_file() else 0, options.lang) as advance:
            out = sys.stdout if options.out is None else options.out
            kind: Literal["jsonl"] | None = "jsonl" if options.out is None and options.format == "json" else None
            said_ = {name: getattr(options, name) for name in ("year", "jobs", "strict", "lang")}
            summary = api.score_file(plan, path, out, kind=kind, progress=advance, **said_)
    except InputError as error:
        return _bad(error.problems, options)
    for note in summary.notes(options.facts, options.lang):
        print(note, file=sys.stderr)
    return _bad(summary.problems, options) if summary.problems else FINE


def _explain(options: argparse.Namespace) -> int:
    from perfeval.problems import InputError, Origin, problem

    try:
        evaluation = _evaluated(options)
        rows = list(evaluation)
        if options.indicator is not None:
            name = options.indicator
            rows = [row for row in rows if row.is_called(name)]
            if not rows:
                known = tuple(row.name for row in evaluation)
                origin, advice = Origin("INDICATOR"), guess(name, known)
                raise InputError([problem("unknown-indicator", origin, advice=advice, found=name, known=known)])
    except InputError as error:
        return _bad(error.problems, options)
    lang = language(options.lang, evaluation.lang)
    if options.format == "json":
        from perfeval.views.writers.json import dumped

        whole = evaluation.as_dict(lang)
        names = {(row.name, row.group) for row in rows}
        whole["indicators"] = [one for one in whole["indicators"] if (one["name"], one["group"]) in names]
        _print_json(dumped(whole))
        return FINE
    from perfeval.views.console.screen import screen
    from perfeval.views.console.working import show_working

    show_working(screen(), evaluation, rows, lang, total=options.indicator is None)
    return FINE


def _evaluated(options: argparse.Namespace) -> Evaluation:
    """The facts scored by the rules; InputError with what is wrong with either file, or with both."""
    from perfeval import api
    from perfeval.problems import InputError

    plan, facts = None, None
    problems: list[Problem] = []
    try:
        plan = api.load(_file_or_id(options.rules), rules_path=options.rules_path)
        # What is said about the facts is said in the language of the rules they are meant for.
        options.lang = options.lang or plan.card.lang
        _note_encodings((one.document for one in plan.card.documents), language(options.lang))
    except InputError as error:
        problems.extend(error.problems)
    try:
        facts = api.load_facts(options.facts)
        _note_encodings((facts.document,), language(options.lang))
    except InputError as error:
        problems.extend(error.problems)
    if plan is None or facts is None:
        raise InputError(problems)
    return api.score(plan, facts, year=options.year)


def _check(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.language.scorecard import Facts
    from perfeval.problems import InputError

    problems: list[Problem] = []
    sound: list[tuple[Plan, Proof, int | None]] = []
    failed: list[tuple[Plan, Check]] = []
    facts: list[Facts] = []
    for path in _expanded(options.paths):
        try:
            found = api.inspect(path, rules_path=options.rules_path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if isinstance(found, Facts):
            _note_encodings((found.document,), language(options.lang))
            facts.append(found)
            continue
        documents = (one.document for one in found.card.documents)
        _note_encodings(documents, language(options.lang, found.card.lang))
        proof = api.prove(found)
        tried = () if options.no_examples else api.try_examples(found)
        wrong = (*proof.problems, *(problem for one in tried for problem in one.problems))
        problems.extend(wrong)
        failed.extend((found, one) for one in tried if one.problems and one.evaluation is not None)
        if not wrong:
            sound.append((found, proof, None if options.no_examples else len(found.card.examples)))
    if options.format == "json":
        from perfeval.views.writers.json import checked_json

        _print_json(checked_json(sound, facts, problems, language(options.lang)))
        return BAD if problems else FINE
    from perfeval.views.console.rules import show_facts, show_summary
    from perfeval.views.console.screen import screen, show
    from perfeval.views.console.working import show_failed

    console = screen()
    for plan, proof, count in sound:
        show_summary(console, plan, proof, count, language(options.lang, plan.card.lang))
        show(console, "")
    spoken = next((plan.card.lang for plan, _, _ in sound if plan.card.lang), None)
    for one in facts:
        show_facts(console, one, language(options.lang, spoken))
    code = _bad(problems, options) if problems else FINE
    for plan, tried_one in failed:
        show_failed(screen(sys.stderr), tried_one, language(options.lang, plan.card.lang))
    return code


def _compare(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.problems import InputError
    from perfeval.views.console.compare import counted, show_comparison
    from perfeval.views.console.screen import screen

    lang = language(options.lang, _written_in([options.rules]))
    old, new = _file_or_id(options.old), _file_or_id(options.rules)
    try:
        found = api.compare(
            old, new, options.facts, rules_path=options.rules_path, progress=lambda forms: counted(forms, lang)
        )
    except InputError as error:
        return _bad(error.problems, options)
    lang = language(options.lang, found.lang)
    _note_encodings(dict.fromkeys(one.document for card in found.cards for one in card.documents), lang)
    if options.format == "json":
        from perfeval.views.writers.json import comparison_json

        _print_json(comparison_json(found, lang))
        return BAD if found.problems else FINE
    show_comparison(screen(), found, lang)
    return _bad(found.problems, options) if found.problems else FINE


def _show(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.language.merged import merged
    from perfeval.problems import InputError

    try:
        card = api.read_rules(_file_or_id(options.rules), rules_path=options.rules_path)
        whole = merged(card, options.year)
    except InputError as error:
        return _bad(error.problems, options)
    _note_encodings((one.document for one in card.documents), language(options.lang, card.lang))
    if options.format == "json":
        from perfeval.views.writers.json import merged_json

        _print_json(merged_json(whole))
        return FINE
    from perfeval.views.console.rules import show_toml
    from perfeval.views.console.screen import screen
    from perfeval.views.writers.toml import toml_lines

    show_toml(screen(), toml_lines(whole))
    return FINE


def _rules(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.problems import InputError

    try:
        cards = api.shipped_rules(rules_path=options.rules_path)
    except InputError as error:
        return _bad(error.problems, options)
    lang = language(options.lang)
    if options.format == "json":
        from perfeval.views.writers.json import rules_json

        _print_json(rules_json(cards))
        return FINE
    from perfeval.views.console.rules import show_rules
    from perfeval.views.console.screen import screen

    show_rules(screen(), cards, lang)
    return FINE


def _file_or_id(rules: str) -> str | Path:
    """What ends in ``.toml`` or stands on the disk is a file; anything else is the id of a rule file."""
    path = Path(rules)
    with suppress(OSError, ValueError):  # a name too long for any file
        return path if rules.endswith(".toml") or path.exists() else rules
    return rules


def _expanded(paths: Sequence[str]) -> Iterator[str | Path]:
    """Each path; a folder is all the rule files in it."""
    from perfeval.language.source import path_is_directory

    for one in paths:
        path = Path(one)
        found: list[str | Path] = [*sorted(path.rglob("*.toml"))] if one and path_is_directory(path) else []
        yield from found or [_file_or_id(one)]


def _print_json(text: str) -> None:
    """JSON is UTF-8; on a stream that is not, it keeps to ASCII, which every reader takes."""
    from perfeval.views.writers.json import in_ascii

    print(text if is_utf8(sys.stdout.encoding) else in_ascii(text))


def _written_in(files: Iterable[str]) -> str | None:
    """The language that the first of *files* says it is in, looked for in the text: it may not be sound TOML."""
    for file in dict.fromkeys(files):
        with suppress(OSError, ValueError), Path(file).open("rb") as stream:
            match = re.search(rb'^\s*lang\s*=\s*"(zh|en)"', stream.read(_HEAD), flags=re.MULTILINE)
            if match:
                return match[1].decode()
    return None


def _bad(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    """Every problem, on standard output as JSON or for people on standard error."""
    lang = language(options.lang, _written_in([getattr(options, "rules", ""), *(one.file for one in problems)]))
    if options.format == "json":
        from perfeval.views.writers.json import problems_json

        _print_json(problems_json(problems, lang))
        return BAD
    from perfeval.language import source
    from perfeval.problems import InputError
    from perfeval.views.console.problems import show_problems
    from perfeval.views.console.screen import screen, show

    for file in dict.fromkeys(one.file for one in problems):
        # A file with faults got no further than to be read, and how is as worth knowing as of a sound one.
        with suppress(InputError):
            _note_encodings((source.read(Path(file)),), lang)
    console = screen(sys.stderr)
    show_problems(console, problems, lang)
    show(console, say(lang, "problems-found", count=len(problems)))
    return BAD


def _note_encodings(documents: Iterable[Document | None], lang: Language) -> None:
    """A note on standard error for each file that was not UTF-8."""
    for one in documents:
        if one is not None and one.encoding != "utf-8":
            print(said("read-as", file=one.name, encoding=one.encoding).text(lang), file=sys.stderr)
