"""Audits as Markdown, SARIF and CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from perfeval.report.formats.csv import cell
from perfeval.text.messages import FINDINGS, Language, finding_label, said_of, say, shown
from perfeval.version import VERSION

#: An audit as plain data: what ``Audit.as_dict`` gives.
Data = Mapping[str, Any]

_COLUMNS: Final = (
    *("file", "check", "severity", "rows", "cells", "reported", "computed", "cause", "message", "basis"),
)
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_PLACE: Final = re.compile(r"(.*):([0-9]+):([0-9]+)", re.DOTALL)
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def audits_csv(audits: Iterable[Data]) -> Iterable[str]:
    """The findings of *audits* as lines of CSV, the heading first."""
    yield ",".join(_COLUMNS)
    for one in audits:
        for found in one["findings"]:
            values = {**found, "file": one["form"]["file"]}
            yield ",".join(cell(_joined(values[name])) for name in _COLUMNS)


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


def audits_markdown(audits: Iterable[Data], lang: Language) -> Iterable[str]:
    """*audits* as Markdown: a heading, the verdict, the rows and the findings of each."""
    for one in audits:
        form = one["form"]
        yield f"## {_escaped(form['title'] or form['project'] or form['file'])}"
        yield ""
        yield _escaped(one["verdict"])
        yield ""
        heads = [
            said_of("head", name).text(lang)
            for name in ("indicator", "target", "actual", "weight", "reported", "rules")
        ]
        yield _row(heads)
        yield _row(["---"] * 3 + ["--:"] * 3)
        for row in one["indicators"]:
            computed = say(lang, "as-judged") if row["computed"] is None else row["computed"]
            values = [row[name] or "" for name in ("name", "target", "actual", "weight", "reported")]
            yield _row([_escaped(value) for value in (*values, computed)])
        yield ""
        for found in one["findings"]:
            cause = f" {_escaped(found['cause'])}." if found["cause"] else ""
            cells = ", ".join(_escaped(cell) for cell in found["cells"][:3])
            level = said_of("severity", found["severity"]).text(lang)
            name, title = found["check"], _title(found["check"], lang)
            yield f"- **{level}** `{name}`{title} {_escaped(found['message'])}.{cause} ({cells})"
        yield ""


def _title(name: str, lang: Language) -> str:
    return finding_label(name, lang).removeprefix(name)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    """*text* on one line, with nothing in it that Markdown would obey."""
    return _MARKUP.sub(r"\\\1", " ".join(shown(text).split()))


def audits_sarif(audits: Iterable[Data], lang: Language) -> str:
    """*audits* in SARIF 2.1.0: a result a finding, with its place in the form."""
    rules = [
        {
            "id": name,
            "shortDescription": {"text": finding_label(name, lang)},
            "defaultConfiguration": {"level": _LEVELS.get(found.severity, "none")},
        }
        for name, found in FINDINGS.items()
    ]
    results = [
        {
            "ruleId": found["check"],
            "level": _LEVELS[found["severity"]],
            "message": {"text": ". ".join(filter(None, (found["message"], found["cause"])))},
            "locations": [_location(cell, one["form"]["file"]) for cell in found["cells"][:1]],
        }
        for one in audits
        for found in one["findings"]
    ]
    driver = {"name": "perfeval", "version": VERSION, "rules": rules}
    language = {"zh": "zh-CN", "en": "en-US"}[lang]
    run = {"tool": {"driver": driver}, "language": language, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2)


def _location(cell: str, file: str) -> dict[str, Any]:
    match = _PLACE.fullmatch(cell)
    if match:
        region = {"startLine": int(match[2]), "startColumn": int(match[3])}
        return {"physicalLocation": {"artifactLocation": {"uri": quote(match[1])}, "region": region}}
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(file)}}}
    return place | {"logicalLocations": [{"fullyQualifiedName": cell.removeprefix(f"{file}: ")}]}
