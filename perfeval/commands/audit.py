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
from perfeval.text.messages import Language, language, say, shown

if TYPE_CHECKING:
    from perfeval.audits import Audited
    from perfeval.forms.audit.audit import Audit
    from perfeval.forms.finder import Reading
    from perfeval.toml.source import Document


def audit(options: argparse.Namespace) -> int:
    """The forms of one file, or a batch: more files, or a folder."""
    from perfeval import audits
    from perfeval.problems import InputError, Origin, problem

    rules = None if options.rules is None else file_or_id(options.rules)
    files = audits.form_files(options.forms)
    for file in audits.other_files(options.forms):
        print(say(language(options.lang), "not-read", file=str(file)), file=sys.stderr)
    if not files:
        return bad([problem("no-form-files", Origin(options.forms[0]))], options)
    if len(files) > 1 or [str(file) for file in files] != [str(Path(one)) for one in options.forms]:
        return _batch(options, files)
    try:
        reading = _read(options.forms[0])
        found = [audits.audit(rules, form, rules_path=options.rules_path) for form in reading.forms]
    except InputError as error:
        return bad(error.problems, options)
    lang = language(options.lang, *(one.policy.lang for one in found))
    options.found = FOUND if any(one.failed for one in found) else FINE
    note_encodings([document for one in found for document in (one.form.document, *_documents(one))], lang)
    _tell(reading, lang)
    if found:
        _show(found, lang, options.format)
    return bad(reading.problems, options) if reading.problems else int(options.found)


def _documents(found: Audit) -> Iterator[Document]:
    return (one.document for one in found.rules)


def _read(path: str) -> Reading:
    """The forms of the file *path*, or the one that is named behind a #."""
    from perfeval import audits
    from perfeval.forms.finder import Reading

    if "#" in path and not os.path.lexists(path):
        return Reading(file=path, forms=(audits.load_form(path),))
    return audits.load_forms(path)


def _tell(reading: Reading, lang: Language) -> None:
    """Tell on standard error what was left out of a file, or not read as a form."""
    for note in reading.notes:
        print(f"{shown(reading.file)}: {note.text(lang)}", file=sys.stderr)


def read(options: argparse.Namespace) -> int:
    """Show what was understood of a document, and what was not; or write its forms in another format."""
    from perfeval.problems import InputError
    from perfeval.report.console.screen import screen

    lang = options.lang = language(options.lang)
    try:
        reading = _read(options.file)
    except InputError as error:
        return bad(error.problems, options)
    if options.to is not None:
        from perfeval.report.formats.form import form_text

        texts = [form_text(form, options.to) for form in reading.forms]
        if options.out is not None:
            for number, text in enumerate(texts, 1):
                out = Path(options.out)
                write_file(out if number == 1 else out.with_stem(f"{out.stem}-{number}"), text)
        else:
            sys.stdout.write("\n".join(texts))
        _tell(reading, lang)
    elif options.format == "json":
        from perfeval.report.formats.json import reading_json

        print_json(reading_json(reading, lang))
    else:
        from perfeval.report.console.reading import show_reading

        show_reading(screen(), reading, lang)
    if reading.problems and options.format != "json":
        return bad(reading.problems, options)
    return BAD if reading.problems else FINE


def _show(found: list[Audit], lang: Language, layout: str) -> None:
    if layout == "table":
        from perfeval.report.console.audit import show_audit
        from perfeval.report.console.screen import screen, show

        console = screen()
        for number, one in enumerate(found):
            if number:
                show(console, "")
            show_audit(console, one, lang)
        return
    from perfeval.report.formats import audits
    from perfeval.report.formats.json import dumped

    data = [one.as_dict(lang) for one in found]
    match layout:
        case "json":
            print_json(dumped(data[0]) if len(data) == 1 else "\n".join(map(_line, data)))
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
        for data in self._read(found):
            if not tally.forms:
                show_heading(console, self.lang)
            tally.add(data)
            show_line(console, data, self.lang)
        tally.unread = len(self.unread)
        if tally.forms or tally.unread:
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
