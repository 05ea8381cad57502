"""Results and problems as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from perfeval.engine.results.evaluation import LAYOUT, Evaluation
from perfeval.problems import Problem, path_text
from perfeval.rulefile.scorecard import Facts, Scorecard
from perfeval.text.messages import Language, harmless, shown

if TYPE_CHECKING:
    from perfeval.differences.comparison import Comparison
    from perfeval.engine.plan import Plan
    from perfeval.engine.proofs.prover import Proof
    from perfeval.forms.finder import Reading
    from perfeval.forms.form import Form
    from perfeval.rulefile.inheritance import Stated


def evaluation_json(evaluation: Evaluation, lang: Language) -> str:
    """An evaluation, every number as text."""
    return dumped(evaluation.as_dict(lang))


def problems_json(problems: Iterable[Problem], lang: Language) -> str:
    """Problems, in file order."""
    return dumped({"format": LAYOUT, "problems": [one.as_dict(lang) for one in problems]})


def checked_json(
    plans: Iterable[tuple[Plan, Proof, int | None]],
    facts: Iterable[Facts],
    forms: Iterable[Form],
    problems: Iterable[Problem],
    lang: Language,
) -> str:
    """Return the result of a check: sound rule files with their examples run, facts, forms, problems."""
    sound = [
        {
            **_rule(plan.card),
            "indicators": len(plan.program.rows),
            "proved": {"indicators": proof.rows, "methods": proof.methods, "open": list(proof.open)},
            "examples": count,
        }
        for plan, proof, count in plans
    ]
    read = [{"file": one.document.name if one.document else None, "indicators": len(one.actuals)} for one in facts]
    filled = [{"file": one.file, "indicators": len(one.indicators)} for one in forms]
    problems_found = [one.as_dict(lang) for one in problems]
    return dumped({"format": LAYOUT, "rules": sound, "facts": read, "forms": filled, "problems": problems_found})


def comparison_json(comparison: Comparison, lang: Language) -> str:
    """Return the changes between two rule files, and the effect on each form."""
    return dumped(comparison.as_dict(lang))


def rules_json(cards: Iterable[Scorecard]) -> str:
    """Rule files: id, title, basis and digest."""
    return dumped({"format": LAYOUT, "rules": [_rule(card) for card in cards]})


def merged_json(rules: Stated) -> str:
    """Each value of a rule file as it stands after ``uses``, with its place; numbers and dates as text."""
    return dumped({"format": LAYOUT, "values": [_stated(one) for one in rules.leaves()]})


def _stated(one: Stated) -> dict[str, Any]:
    value = one.value if isinstance(one.value, str | bool | tuple | Mapping) else str(one.value)
    file, line = (shown(one.place.file), one.place.line) if one.place else (None, None)
    return {"path": path_text(one.path), "value": value, "file": file, "line": line}


def _rule(card: Scorecard) -> dict[str, Any]:
    return {
        "id": card.id,
        "title": card.title,
        "basis": card.basis,
        "digest": card.documents[-1].document.digest if card.documents else None,
    }


def dumped(data: Any) -> str:
    """*data* as indented JSON. Chinese stays readable; what a terminal would obey is escaped, inside strings."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    # JSON itself escapes the ASCII controls, and only the line ends of the layout are left of them.
    obeyed = set() if text.isascii() else {one for one in set(text) if one != "\n" and not harmless(one)}
    return _escaped(text, obeyed) if obeyed else text


def in_ascii(text: str) -> str:
    """The JSON *text* with what is not ASCII escaped: all of it stands inside strings."""
    return _escaped(text, {one for one in set(text) if not one.isascii()})


def _escaped(text: str, characters: set[str]) -> str:
    return text.translate({ord(one): json.dumps(one)[1:-1] for one in characters})


def reading_json(reading: Reading, lang: Language) -> str:
    """Return what was read from a document: its forms, problems, cells not used, and notes."""
    data = {
        "format": 1,
        "file": reading.file,
        "forms": [
            {"name": form.file, "title": form.name, "rows": len(form.indicators), "funds": len(form.funds)}
            for form in reading.forms
        ],
        "problems": [one.as_dict(lang) for one in reading.problems],
        "unused": [{"cell": one.label, "text": one.text} for one in reading.unused],
        "notes": [one.text(lang) for one in reading.notes],
    }
    return dumped(data)
