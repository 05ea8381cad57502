"""The public functions for rule files and scores: check, load, score, prove, compare, show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO, TypeAlias

from attrs import evolve

from perfeval.engine.plan import Plan, plan
from perfeval.engine.results.evaluation import Evaluation
from perfeval.problems import InputError, Problem
from perfeval.rulefile import schema
from perfeval.rulefile.library import Library
from perfeval.rulefile.scorecard import Facts, Reported, Scorecard
from perfeval.text.messages import Language
from perfeval.toml.source import Document, path_is_directory

# What only one verb needs it imports itself: scoring one form loads no more than that takes.
if TYPE_CHECKING:
    from perfeval.batch.files import Summary
    from perfeval.batch.many import ScoredRow
    from perfeval.differences.comparison import Comparison
    from perfeval.differences.impact import Scorable
    from perfeval.engine.examples import Check
    from perfeval.engine.proofs.prover import Proof
    from perfeval.forms.audit.scoring import FormScorer

#: A path or a text ending in ``.toml`` is a file, any other text the id of a rule file.
Rules: TypeAlias = "str | PathLike[str] | Scorecard | Plan"
#: A path or a text is a facts file; a mapping gives each indicator's actual.
FactsLike: TypeAlias = "str | PathLike[str] | Mapping[str, Any] | Facts"
#: The facts of a form, or of many of them; a path may be a filled-in form, a folder is all the files of both in it.
Forms: TypeAlias = "FactsLike | Iterable[FactsLike]"
#: Folders in which ids are looked for besides the shipped rule files.
Folders: TypeAlias = "str | PathLike[str] | Sequence[str | PathLike[str]]"


#: A form: its name, where it is, whether it was found in a folder.
_Form: TypeAlias = "tuple[str, FactsLike, bool]"


def score(
    rules: Rules,
    facts: FactsLike,
    *,
    reported: Reported | Mapping[str, Any] | None = None,
    year: int | None = None,
    rules_path: Folders = (),
) -> Evaluation:
    """Score *facts* by *rules*.

    *rules* is a rule file (a path, or a text ending in ``.toml``), the id of one (any other text), a Scorecard, or a
    Plan from ``load``, which saves reading the file again. *facts* is a facts file, or maps each indicator (its
    ``id``, its name, or ``group/name``) to its actual: a Decimal, int or Fraction, a text as written in a cell
    (``"24.5万元"``, ``"95%"``), a tier, or a mapping such as ``{"tier": …, "score": …, "reason": …}``. A float enters
    as the decimal that Python prints for it. A bare number stands in the unit of its target, except
    beside a percentage, where it is refused.
    *reported* is what the form itself claims: ``{"total": 94, "grade": "优秀"}``. *year* is the form's year, which
    chooses among rules that have dates; a facts file may say it itself.

    Nothing is changed, and the caller's decimal context plays no part. Raises InputError, with every problem found.
    """
    ready = load(rules, rules_path=rules_path)
    read = _facts(facts)
    if reported is not None:
        read = evolve(read, reported=_reported(reported))
    if year is not None:
        read = evolve(read, year=year)
    return ready.score(read)


def score_many(
    rules: Rules,
    rows: Iterable[FactsLike | InputError],
    *,
    year: int | None = None,
    jobs: int = 1,
    strict: bool = False,
    rules_path: Folders = (),
) -> Iterator[ScoredRow]:
    """Score each of *rows* by *rules*, one after the other: an iterator goes in, an iterator comes out.

    Each of *rows* is what ``score`` takes as facts. One that cannot be scored is kept with its number and its problems
    and stops nothing; with *strict* it is raised. *jobs* processes share the work, and the order stays. However many
    rows there are, only a few hundred are held at once. Raises InputError for the rules.
    """
    from perfeval.batch import many

    plan = load(rules, rules_path=rules_path).of_year(Facts(actuals={}, year=year))
    return many.score_rows(plan, rows, jobs=jobs, strict=strict)


def score_file(
    rules: Rules,
    path: str | PathLike[str],
    out: str | PathLike[str] | TextIO,
    *,
    kind: Literal["csv", "jsonl"] | None = None,
    year: int | None = None,
    jobs: int = 1,
    strict: bool = False,
    lang: Language = "en",
    rules_path: Folders = (),
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score each line of the CSV or JSONL file *path* by *rules*, and write a line of results for each to *out*.

    *kind* is that of the results: where it is not said, it is what the name of *out* ends in, or CSV. See
    docs/batches.md. Raises InputError where nothing can be scored.
    """
    from perfeval.batch import files

    plan = load(rules, rules_path=rules_path).of_year(Facts(actuals={}, year=year))
    into = Path(out) if isinstance(out, str | PathLike) else out
    kind = kind or (files.kind_of(into) if isinstance(into, Path) else None) or "csv"
    return files.score_file(plan, Path(path), into, kind=kind, lang=lang, jobs=jobs, strict=strict, progress=progress)


def load(rules: Rules, *, rules_path: Folders = ()) -> Plan:
    """The rule file *rules*, read and checked, ready to score many times; see ``score`` for what *rules* may be.

    *rules_path* are folders in which ids are looked for besides the shipped rule files. Raises InputError.
    """
    if isinstance(rules, Plan):
        return rules
    return plan(read_rules(rules, rules_path=rules_path))


def loads(text: str, *, name: str = "<string>", rules_path: Folders = ()) -> Plan:
    """The rule file with this *text*; *name* is what problems call it. Raises InputError.

    What it ``uses`` is looked for in the working folder, then in *rules_path*, then among the shipped rule files.
    """
    return plan(Library(_folders(rules_path)).loads(text, name))


def check(rules: Rules, *, run_examples: bool = True, rules_path: Folders = ()) -> tuple[Problem, ...]:
    """Everything wrong with a rule file; empty if nothing is.

    What holds for every possible fact is proved (see docs/proofs.md), and the examples are run unless *run_examples* is
    False.
    """
    try:
        plan = load(rules, rules_path=rules_path)
    except InputError as error:
        return error.problems
    failed = [*prove(plan).problems]
    if run_examples:
        failed += [one for done in try_examples(plan) for one in done.problems]
    return InputError(failed).problems


def prove(rules: Rules, *, rules_path: Folders = ()) -> Proof:
    """Prove what holds for every possible fact; each thing that fails has a counterexample. Raises InputError."""
    from perfeval.engine.proofs.prover import proved

    return proved(load(rules, rules_path=rules_path))


def try_examples(rules: Rules, *, rules_path: Folders = ()) -> tuple[Check, ...]:
    """The worked examples of a rule file, run: what each came to, and what is wrong with it. Raises InputError."""
    from perfeval.engine import examples

    return tuple(examples.run(load(rules, rules_path=rules_path).card))


def show(rules: Rules, *, year: int | None = None, rules_path: Folders = ()) -> str:
    """The rule file *rules* with all that it uses, as TOML that needs no other file: each line says where it stands.

    With *year* only what stands in that year is in it. Raises InputError.
    """
    from perfeval.report.formats.toml import toml_lines
    from perfeval.rulefile.inheritance import merged

    whole = merged(read_rules(rules, rules_path=rules_path), year)
    return "".join(f"{line}\n" for line in toml_lines(whole))


def compare(
    old: Rules,
    new: Rules,
    facts: Forms = (),
    *,
    rules_path: Folders = (),
    progress: Callable[[Sequence[_Form]], Iterable[_Form]] = iter,
) -> Comparison:
    """Compare the rule files *old* and *new*, and the scores and grades that they give each of *facts*.

    *facts* is what ``score`` takes, the path of a filled-in form, or many of them; the path of a folder is all such
    files in it. A form is scored as its audit does: rows that the rules do not check as the unit judged them. One that
    cannot be scored is kept with its problems and stops nothing. *progress* may wrap the list of forms, to tell how far
    it has come. Raises InputError with what is wrong with either rule file.
    """
    from perfeval.differences import files as comparing
    from perfeval.differences.comparison import Comparison
    from perfeval.differences.impact import by_size, moved

    plans: list[Plan] = []
    problems: list[Problem] = []
    for rules in (old, new):
        try:
            plans.append(load(rules, rules_path=rules_path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    before, after = plans
    moves = moved(before, after, _read_forms(progress(_forms(facts))))
    names = [next((one.name for one in reversed(_documents(plan))), plan.card.id) for plan in plans]
    return Comparison(
        old=names[0],
        new=names[1],
        changes=comparing.compare(before, after),
        moves=by_size(moves),
        lang=after.card.lang,
        cards=(before.card, after.card),
    )


def _forms(facts: Forms) -> list[_Form]:
    """Each of *facts* with its name, and whether it is a file that was found in a folder."""
    several = [facts] if isinstance(facts, str | PathLike | Mapping | Facts) else facts
    found: list[_Form] = []
    for count, one in enumerate(several, 1):
        if isinstance(one, str | PathLike):
            path = Path(one)
            from perfeval.forms.reading import forms_in

            inside = [*forms_in(path)] if str(one) and path_is_directory(path) else []
            found += [(str(file), file, True) for file in inside] or [(str(one), one, False)]
        else:
            document = one.document if isinstance(one, Facts) else None
            found.append((document.name if document else f"#{count}", one, False))
    return found


def _read_forms(forms: Iterable[_Form]) -> Iterator[tuple[str, Scorable | InputError]]:
    from perfeval.forms.audit.scoring import FormScorer

    scorer = FormScorer()
    for name, form, in_folder in forms:
        try:
            yield name, _scorable(form, scorer)
        except InputError as error:
            # A rule file that lies in the folder is no form.
            if not in_folder or [one.name for one in error.problems] not in (
                ["wrong-file"],
                ["not-a-form"],
                ["no-form"],
            ):
                yield name, error


def _scorable(form: FactsLike, scorer: FormScorer) -> Scorable:
    """Facts, or what a filled-in form comes to."""
    from perfeval.forms.reading import read_form

    if not isinstance(form, str | PathLike):
        return _facts(form)
    path = Path(form)
    ending = path.suffix.lower()
    if ending == ".toml" and not Library().is_form(path):
        return load_facts(path)
    return partial(scorer.scores, read_form(path))


def load_facts(path: str | PathLike[str]) -> Facts:
    """The facts file at *path*. Raises InputError."""
    return Library().facts(Path(path))


def inspect(path: Rules, *, rules_path: Folders = ()) -> Plan | Facts | None:
    """The file at *path*, or the rule file of that id: ready to score, or the facts it holds; None for a form.

    Raises InputError.
    """
    if not isinstance(path, str | PathLike) or (isinstance(path, str) and not _is_file(path)):
        return load(path, rules_path=rules_path)
    found = Library(_folders(rules_path)).read(Path(path))
    return plan(found) if isinstance(found, Scorecard) else found


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


def _documents(plan: Plan) -> list[Document]:
    return [one.document for one in plan.card.documents]


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
