"""`perfeval score` and `perfeval explain`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from perfeval.commands.output import FINE, bad, file_or_id, note_encodings, print_json
from perfeval.problems import guess
from perfeval.text.messages import language

if TYPE_CHECKING:
    from perfeval.engine.results.evaluation import Evaluation
    from perfeval.problems import Problem

#: Facts files of these kinds hold a form a line.
MANY: Final = (".csv", ".jsonl", ".ndjson")


def score(options: argparse.Namespace) -> int:
    """One form; of a CSV or JSONL file one after the other, a form a line."""
    from perfeval.problems import InputError

    if Path(options.facts).suffix.lower() in MANY:
        return _score_many(options)
    try:
        evaluation = _evaluated(options)
    except InputError as error:
        return bad(error.problems, options)
    lang = language(options.lang, evaluation.lang)
    if options.format == "json":
        from perfeval.report.formats.json import evaluation_json

        print_json(evaluation_json(evaluation, lang))
        return FINE
    from perfeval.report.console.evaluation import show_evaluation
    from perfeval.report.console.screen import screen

    show_evaluation(screen(), evaluation, lang)
    return FINE


def _score_many(options: argparse.Namespace) -> int:
    """A form a line, from a file into a file; what could not be scored is told at the end."""
    from perfeval import api
    from perfeval.problems import InputError
    from perfeval.report.console.screen import progress

    try:
        plan = api.load(file_or_id(options.rules), rules_path=options.rules_path)
        options.lang = language(options.lang, plan.card.lang)
        path = Path(options.facts)
        with progress(path.stat().st_size if path.is_file() else 0, options.lang) as advance:
            out = sys.stdout if options.out is None else options.out
            kind: Literal["jsonl"] | None = "jsonl" if options.out is None and options.format == "json" else None
            said_ = {name: getattr(options, name) for name in ("year", "jobs", "strict", "lang")}
            summary = api.score_file(plan, path, out, kind=kind, progress=advance, **said_)
    except InputError as error:
        return bad(error.problems, options, encodings=error.problems[0].file != options.facts)
    for note in summary.notes(options.facts, options.lang):
        print(note, file=sys.stderr)
    return bad(summary.problems, options, encodings=False) if summary.problems else FINE


def explain(options: argparse.Namespace) -> int:
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
        return bad(error.problems, options)
    lang = language(options.lang, evaluation.lang)
    if options.format == "json":
        from perfeval.report.formats.json import dumped

        whole = evaluation.as_dict(lang)
        names = {(row.name, row.group) for row in rows}
        whole["indicators"] = [one for one in whole["indicators"] if (one["name"], one["group"]) in names]
        print_json(dumped(whole))
        return FINE
    from perfeval.report.console.screen import screen
    from perfeval.report.console.working import show_working

    show_working(screen(), evaluation, rows, lang, total=options.indicator is None)
    return FINE


def _evaluated(options: argparse.Namespace) -> Evaluation:
    """The facts scored by the rules; InputError with what is wrong with either file, or with both."""
    from perfeval import api
    from perfeval.problems import InputError

    plan, facts = None, None
    problems: list[Problem] = []
    try:
        plan = api.load(file_or_id(options.rules), rules_path=options.rules_path)
        # What is said about the facts is said in the language of the rules they are meant for.
        options.lang = options.lang or plan.card.lang
        note_encodings((one.document for one in plan.card.documents), language(options.lang))
    except InputError as error:
        problems.extend(error.problems)
    try:
        facts = api.load_facts(options.facts)
        note_encodings((facts.document,), language(options.lang))
    except InputError as error:
        problems.extend(error.problems)
    if plan is None or facts is None:
        raise InputError(problems)
    return api.score(plan, facts, year=options.year)
