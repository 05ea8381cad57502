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


def check(options: argparse.Namespace) -> int:
    from perfeval import api, audits
    from perfeval.problems import InputError
    from perfeval.rulefile.scorecard import Facts

    problems: list[Problem] = []
    sound: list[tuple[Plan, Proof, int | None]] = []
    failed: list[tuple[Plan, Check]] = []
    facts: list[Facts] = []
    forms: list[Form] = []
    for path in _expanded(options.paths):
        try:
            found = api.inspect(path, rules_path=options.rules_path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if found is None:
            try:
                forms.append(audits.load_form(path))
            except InputError as error:
                problems.extend(error.problems)
            continue
        if isinstance(found, Facts):
            note_encodings((found.document,), language(options.lang))
            facts.append(found)
            continue
        documents = (one.document for one in found.card.documents)
        note_encodings(documents, language(options.lang, found.card.lang))
        proof = api.prove(found)
        tried = () if options.no_examples else api.try_examples(found)
        wrong = (*proof.problems, *(problem for one in tried for problem in one.problems))
        problems.extend(wrong)
        failed.extend((found, one) for one in tried if one.problems and one.evaluation is not None)
        if not wrong:
            sound.append((found, proof, None if options.no_examples else len(found.card.examples)))
    if options.format == "json":
        from perfeval.report.formats.json import checked_json

        print_json(checked_json(sound, facts, forms, problems, language(options.lang)))
        return BAD if problems else FINE
    from perfeval.report.console.rules import show_facts, show_summary
    from perfeval.report.console.screen import screen, show
    from perfeval.report.console.working import show_failed

    console = screen()
    for plan, proof, count in sound:
        show_summary(console, plan, proof, count, language(options.lang, plan.card.lang))
        show(console, "")
    spoken = next((plan.card.lang for plan, _, _ in sound if plan.card.lang), None)
    for one in facts:
        show_facts(console, one, language(options.lang, spoken))
    for form in forms:
        show(console, say(language(options.lang, spoken), "form-read", file=form.file, count=len(form.indicators)))
    code = bad(problems, options) if problems else FINE
    for plan, tried_one in failed:
        show_failed(screen(sys.stderr), tried_one, language(options.lang, plan.card.lang))
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
