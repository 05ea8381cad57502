"""`perfeval audit` and `perfeval new form`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfeval.commands.output import (
    BAD,
    FINE,
    FOUND,
    bad,
    file_or_id,
    note_encodings,
    print_json,
    print_text,
    write_file,
)
from perfeval.text.messages import Language, language, say

if TYPE_CHECKING:
    from perfeval.audits import Audited
    from perfeval.forms.audit.audit import Audit


def audit(options: argparse.Namespace) -> int:
    """One form, or a batch: more than one, or a folder."""
    from perfeval import audits
    from perfeval.problems import InputError, Origin, problem

    rules = None if options.rules is None else file_or_id(options.rules)
    files = audits.form_files(options.forms)
    if not files:
        return bad([problem("no-form-files", Origin(options.forms[0]))], options)
    if len(files) > 1 or [str(file) for file in files] != [str(Path(one)) for one in options.forms]:
        return _batch(options, files)
    try:
        found = audits.audit(rules, files[0], rules_path=options.rules_path)
    except InputError as error:
        return bad(error.problems, options)
    lang = language(options.lang, found.policy.lang)
    options.found = FOUND if found.failed else FINE
    documents = [found.form.document, *(one.document for one in found.rules)]
    note_encodings(documents, lang)
    _show(found, lang, options.format)
    return int(options.found)


def _show(found: Audit, lang: Language, layout: str) -> None:
    if layout == "table":
        from perfeval.report.console.audit import show_audit
        from perfeval.report.console.screen import screen

        show_audit(screen(), found, lang)
        return
    from perfeval.report.formats import audits
    from perfeval.report.formats.json import dumped

    data = [found.as_dict(lang)]
    match layout:
        case "json":
            print_json(dumped(data[0]))
        case "sarif":
            print_json(audits.audits_sarif(data, lang))
        case "markdown":
            print_text(audits.audits_markdown(data, lang))
        case _:
            print_text(audits.audits_csv(data))


def _batch(options: argparse.Namespace, files: list[Path]) -> int:
    """Many forms, one after the other: what cannot be read is told at the end and stops nothing."""
    from perfeval import api, audits
    from perfeval.problems import InputError, Origin, problem
    from perfeval.report.console.screen import counted

    rules = None if options.rules is None else file_or_id(options.rules)
    try:
        policy = api.read_rules(rules or audits.USUAL, rules_path=options.rules_path)
        options.lang = lang = language(options.lang, policy.lang)
        found = audits.audit_many(
            rules,
            counted(files, say(lang, "auditing-forms")),
            jobs=options.jobs,
            lang=lang,
            rules_path=options.rules_path,
            brief=options.format == "table",
        )
    except InputError as error:
        return bad(error.problems, options)
    run = _Run(options, lang)
    run.show(one for one in found if not audits.is_other(one, options.forms))
    if not run.count and not run.unread:
        return bad([problem("no-form-files", Origin(options.forms[0]))], options)
    if run.unread and options.format != "json":  # as JSON they stand in their place among the others
        bad([each for one in run.unread for each in one.problems], options)
    return BAD if run.unread else int(options.found)


class _Run:
    """Shows a batch while it comes, and remembers what the exit code and the summary need."""

    def __init__(self, options: argparse.Namespace, lang: Language) -> None:
        self.options, self.lang = options, lang
        self.unread: list[Audited] = []
        options.found, self.count = FINE, 0

    def show(self, found: Iterator[Audited]) -> None:
        """Print *found* in the layout that is asked for."""
        match self.options.format:
            case "table":
                self._table(found)
            case "json":
                self._lines(found)
            case "sarif":
                from perfeval.report.formats.audits import audits_sarif

                print_json(audits_sarif(self._read(found), self.lang))
            case "markdown":
                from perfeval.report.formats.audits import audits_markdown

                print_text(audits_markdown(self._read(found), self.lang))
            case _:
                from perfeval.report.formats.audits import audits_csv

                print_text(audits_csv(self._read(found)))

    def _read(self, found: Iterator[Audited]) -> Iterator[dict[str, Any]]:
        """The audits of those that could be read."""
        for one in found:
            if one.data is None:
                self.unread.append(one)
                continue
            self.count += 1
            if any(each["severity"] == "error" for each in one.data["findings"]):
                self.options.found = FOUND
            yield one.data

    def _table(self, found: Iterator[Audited]) -> None:
        from perfeval.report.console.audit import Tally, show_heading, show_line, show_tally
        from perfeval.report.console.screen import screen

        console, tally = screen(), Tally()
        show_heading(console, self.lang)
        for data in self._read(found):
            tally.add(data)
            show_line(console, data, self.lang)
        tally.unread = len(self.unread)
        show_tally(console, tally, self.lang)

    def _lines(self, found: Iterator[Audited]) -> None:
        """One object a line, in the order of the files; a form that cannot be read is its problems."""
        for one in found:
            if one.data is None:
                self.unread.append(one)
                told = [each.as_dict(self.lang) for each in one.problems]
                print_json(_line({"format": 1, "file": one.file, "problems": told}))
            else:
                for data in self._read(iter([one])):
                    print_json(_line(data))


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=True)


def new(options: argparse.Namespace) -> int:
    """Write an empty form, to a file or to standard output."""
    from perfeval import api
    from perfeval.audits import USUAL
    from perfeval.problems import InputError, Origin, problem
    from perfeval.report.formats.form import empty_form

    try:
        policy = api.read_rules(file_or_id(options.rules or USUAL), rules_path=options.rules_path)
        options.lang = lang = language(options.lang, policy.lang)
        text = empty_form(policy, lang)
        if options.path is None:
            sys.stdout.write(text)
            return FINE
        path = Path(options.path)
        if os.path.lexists(path) and not options.force:
            raise InputError([problem("file-exists", Origin(str(path)))])
        write_file(path, text)
    except InputError as error:
        return bad(error.problems, options)
    print(say(lang, "written", file=str(path)), file=sys.stderr)
    return FINE
