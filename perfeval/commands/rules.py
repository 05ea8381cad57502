"""`perfeval check`, `compare`, `show` and `rules`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.commands.output import BAD, FINE, bad, file_or_id, note_encodings, print_json, written_in
from perfeval.text.messages import language, say

if TYPE_CHECKING:
    from perfeval.engine.examples import Check
    from perfeval.engine.plan import Plan
    from perfeval.engine.proofs.prover import Proof
    from perfeval.forms.form import Form
    from perfeval.problems import Problem
    from perfeval.rulefile.scorecard import Facts


class _Checked:
    """The result of a check: sound rule files, failed examples, facts, forms, and problems."""

    def __init__(self) -> None:
        self.sound: list[tuple[Plan, Proof, int | None]] = []
        self.failed: list[tuple[Plan, Check]] = []
        self.facts: list[Facts] = []
        self.forms: list[Form] = []
        self.problems: list[Problem] = []


def check(options: argparse.Namespace) -> int:
    from perfeval.problems import InputError

    found = _Checked()
    for path in _expanded(options.paths):
        try:
            _check_file(path, found, options)
        except InputError as error:
            found.problems.extend(error.problems)
    if options.format == "json":
        from perfeval.report.formats.json import checked_json

        lang = language(options.lang)
        print_json(checked_json(found.sound, found.facts, found.forms, found.problems, lang))
        return BAD if found.problems else FINE
    return _show_checked(found, options)


def _check_file(path: str | Path, found: _Checked, options: argparse.Namespace) -> None:
    """Check one file, of whatever sort it is. Raises InputError."""
    from perfeval import api, audits
    from perfeval.rulefile.scorecard import Facts

    plan = api.inspect(path, rules_path=options.rules_path)
    if plan is None:
        found.forms.append(audits.load_form(path))
        return
    if isinstance(plan, Facts):
        note_encodings((plan.document,), language(options.lang))
        found.facts.append(plan)
        return
    documents = (one.document for one in plan.card.documents)
    note_encodings(documents, language(options.lang, plan.card.lang))
    proof = api.prove(plan)
    tried = () if options.no_examples else api.try_examples(plan)
    wrong = (*proof.problems, *(problem for one in tried for problem in one.problems))
    found.problems.extend(wrong)
    found.failed.extend((plan, one) for one in tried if one.problems and one.evaluation is not None)
    if not wrong:
        found.sound.append((plan, proof, None if options.no_examples else len(plan.card.examples)))


def _show_checked(found: _Checked, options: argparse.Namespace) -> int:
    from perfeval.report.console.rules import show_facts, show_summary
    from perfeval.report.console.screen import screen, show
    from perfeval.report.console.working import show_failed

    console = screen()
    for plan, proof, count in found.sound:
        show_summary(console, plan, proof, count, language(options.lang, plan.card.lang))
        show(console, "")
    lang = language(options.lang, next((plan.card.lang for plan, _, _ in found.sound if plan.card.lang), None))
    for one in found.facts:
        show_facts(console, one, lang)
    for form in found.forms:
        show(console, say(lang, "form-read", file=form.file, count=len(form.indicators)))
    code = bad(found.problems, options) if found.problems else FINE
    for plan, tried in found.failed:
        show_failed(screen(sys.stderr), tried, language(options.lang, plan.card.lang))
    return code


def compare(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.problems import InputError
    from perfeval.report.console.compare import show_comparison
    from perfeval.report.console.screen import counted, screen

    lang = language(options.lang, written_in([options.rules]))
    words = say(lang, "scoring-forms")
    old, new = file_or_id(options.old), file_or_id(options.rules)
    try:
        found = api.compare(
            old,
            new,
            options.facts,
            rules_path=options.rules_path,
            progress=lambda forms: counted(forms, words, many=20),
        )
    except InputError as error:
        return bad(error.problems, options)
    lang = language(options.lang, found.lang)
    note_encodings(dict.fromkeys(one.document for card in found.cards for one in card.documents), lang)
    if options.format == "json":
        from perfeval.report.formats.json import comparison_json

        print_json(comparison_json(found, lang))
        return BAD if found.problems else FINE
    show_comparison(screen(), found, lang)
    return bad(found.problems, options) if found.problems else FINE


def show_merged(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.problems import InputError
    from perfeval.rulefile.inheritance import merged

    try:
        card = api.read_rules(file_or_id(options.rules), rules_path=options.rules_path)
        whole = merged(card, options.year)
    except InputError as error:
        return bad(error.problems, options)
    note_encodings((one.document for one in card.documents), language(options.lang, card.lang))
    if options.format == "json":
        from perfeval.report.formats.json import merged_json

        print_json(merged_json(whole))
        return FINE
    from perfeval.report.console.rules import show_toml
    from perfeval.report.console.screen import screen
    from perfeval.report.formats.toml import toml_lines

    show_toml(screen(), toml_lines(whole))
    return FINE


def shipped(options: argparse.Namespace) -> int:
    from perfeval import api
    from perfeval.problems import InputError

    try:
        cards = api.shipped_rules(rules_path=options.rules_path)
    except InputError as error:
        return bad(error.problems, options)
    lang = language(options.lang)
    if options.format == "json":
        from perfeval.report.formats.json import rules_json

        print_json(rules_json(cards))
        return FINE
    from perfeval.report.console.rules import show_rules
    from perfeval.report.console.screen import screen

    show_rules(screen(), cards, lang)
    return FINE


def _expanded(paths: Sequence[str]) -> Iterator[str | Path]:
    """Each path; a folder is all the rule files in it."""
    from perfeval.toml.source import path_is_directory

    for one in paths:
        path = Path(one)
        inside = path.rglob("*.toml") if one and path_is_directory(path) else ()
        found: list[str | Path] = [*sorted(file for file in inside if file.is_file())]
        yield from found or [file_or_id(one)]
