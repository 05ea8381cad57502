"""The verbs of perfeval, each a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias

from attrs import evolve

from perfeval.engine import examples
from perfeval.engine.evaluation import Evaluation
from perfeval.engine.plan import Plan, plan
from perfeval.language import schema
from perfeval.language.library import Library, locate
from perfeval.language.scorecard import Facts, Reported, Scorecard
from perfeval.problems import InputError, Problem

#: A path or a text ending in ``.toml`` is a file, any other text the id of a rule file.
Rules: TypeAlias = "str | PathLike[str] | Scorecard | Plan"
#: A path or a text is a facts file; a mapping gives each indicator's actual.
FactsLike: TypeAlias = "str | PathLike[str] | Mapping[str, Any] | Facts"
#: Folders in which ids are looked for besides the shipped rule files.
Folders: TypeAlias = "str | PathLike[str] | Sequence[str | PathLike[str]]"


def score(
    rules: Rules,
    facts: FactsLike,
    *,
    reported: Reported | Mapping[str, Any] | None = None,
    rules_path: Folders = (),
) -> Evaluation:
    """Score *facts* by *rules*.

    *rules* is a rule file (a path, or a text ending in ``.toml``), the id of one (any other text), a Scorecard, or a
    Plan from ``load``, which saves reading the file again. *facts* is a facts file, or maps each indicator (its
    ``id``, its name, or ``group/name``) to its actual: a Decimal, int or Fraction, a text as written in a cell
    (``"24.5万元"``, ``"95%"``), a tier, or a mapping such as ``{"tier": …, "score": …, "reason": …}``. A float enters
    as the decimal that Python prints for it. A bare number stands in the unit of its target, except
    beside a percentage, where it is refused.
    *reported* is what the form itself claims: ``{"total": 94, "grade": "优秀"}``.

    Nothing is changed, and the caller's decimal context plays no part. Raises InputError, with every problem found.
    """
    ready = load(rules, rules_path=rules_path)
    read = _facts(facts)
    if reported is not None:
        read = evolve(read, reported=_reported(reported))
    return _located(ready, read)


def load(rules: Rules, *, rules_path: Folders = ()) -> Plan:
    """The rule file *rules*, read and checked, ready to score many times; see ``score`` for what *rules* may be.

    *rules_path* are folders in which ids are looked for besides the shipped rule files. Raises InputError.
    """
    if isinstance(rules, Plan):
        return rules
    return _planned(read_rules(rules, rules_path=rules_path))


def loads(text: str, *, name: str = "<string>", rules_path: Folders = ()) -> Plan:
    """The rule file with this *text*; *name* is what problems call it. Raises InputError.

    What it ``uses`` is looked for in the working folder, then in *rules_path*, then among the shipped rule files.
    """
    return _planned(Library(_folders(rules_path)).loads(text, name))


def check(rules: Rules, *, run_examples: bool = True, rules_path: Folders = ()) -> tuple[Problem, ...]:
    """Everything wrong with a rule file, its examples included unless *run_examples* is False; empty if nothing is."""
    try:
        card = load(rules, rules_path=rules_path).card
    except InputError as error:
        return error.problems
    if not run_examples:
        return ()
    problems = [one for done in examples.run(card) for one in done.problems]
    return InputError(locate(problems, [one.document for one in card.documents])).problems


def load_facts(path: str | PathLike[str]) -> Facts:
    """The facts file at *path*. Raises InputError."""
    return Library().facts(Path(path))


def inspect(path: Rules, *, rules_path: Folders = ()) -> Plan | Facts:
    """The file at *path*, or the rule file of that id: ready to score, or the facts it holds. Raises InputError."""
    if not isinstance(path, str | PathLike) or (isinstance(path, str) and not _is_file(path)):
        return load(path, rules_path=rules_path)
    found = Library(_folders(rules_path)).read(Path(path))
    return found if isinstance(found, Facts) else _planned(found)


def read_rules(rules: Rules, *, rules_path: Folders = ()) -> Scorecard:
    """The rule file as it stands, with what it uses, not yet checked for sense. Raises InputError."""
    if isinstance(rules, Plan):
        return rules.card
    if isinstance(rules, Scorecard):
        return rules
    library = Library(_folders(rules_path))
    if isinstance(rules, str) and not _is_file(rules):
        return library.by_id(rules)
    return library.load(Path(rules))


def _is_file(rules: str) -> bool:
    return rules.lower().endswith(".toml")


def _folders(paths: Folders) -> tuple[Path, ...]:
    # A text is a sequence of letters too: one folder by itself is what is meant.
    return tuple(Path(path) for path in ([paths] if isinstance(paths, str | PathLike) else paths))


def _planned(card: Scorecard) -> Plan:
    try:
        return plan(card)
    except InputError as error:
        raise InputError(locate(error.problems, [one.document for one in card.documents])) from None


def _located(ready: Plan, facts: Facts) -> Evaluation:
    try:
        return ready.score(facts)
    except InputError as error:
        documents = [one.document for one in ready.card.documents]
        raise InputError(locate(error.problems, [*documents, *filter(None, [facts.document])])) from None


def _facts(facts: FactsLike) -> Facts:
    if isinstance(facts, Facts):
        return facts
    return Facts(actuals=facts) if isinstance(facts, Mapping) else load_facts(facts)


def _reported(claim: Reported | Mapping[str, Any]) -> Reported:
    """The claim as a program gives it, in the layout of ``[reported]``."""
    return claim if isinstance(claim, Reported) else schema.reported(claim)


def shipped_rules(*, rules_path: Folders = ()) -> tuple[Scorecard, ...]:
    """The rule files that come with perfeval, and those under *rules_path*, by id. Raises InputError."""
    library = Library(_folders(rules_path))
    return tuple(library.by_id(one) for one in library.known())
