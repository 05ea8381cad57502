"""The public functions for audits: load a form, audit one, audit many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen

from perfeval import api
from perfeval.api import Folders, Rules
from perfeval.batch.processes import spread
from perfeval.engine.plan import Plan
from perfeval.forms.audit.audit import Audit, Choice, audited
from perfeval.forms.audit.binding import Binder
from perfeval.forms.finder import Reading
from perfeval.forms.form import Form
from perfeval.forms.reading import forms_in, read_form, read_forms, unread_in
from perfeval.problems import InputError, Problem, problem
from perfeval.rulefile.scorecard import Scorecard
from perfeval.text.messages import Language

#: A path is the file of a form.
FormLike: TypeAlias = "str | PathLike[str] | Form"

#: The policy of a form that names none, where none is asked for.
USUAL: Final = "cn/project-self-evaluation"

#: What rules are asked for by: their file or id, and the folders of rule files.
_Asked: TypeAlias = tuple[str | Path, tuple[Path, ...]]
#: So many policies are kept ready, each with the stamps of the files it was read from.
_KEPT: Final = 16
_kept: dict[_Asked, tuple[Binder, tuple[tuple[int, int], ...]]] = {}


def load_form(path: str | PathLike[str]) -> Form:
    """Read the one filled-in form at *path*; of a file with several ``file.xlsx#Sheet2`` names one.

    The ending of the name tells the format. Every value stays the text that is printed, with its place. Raises
    InputError with everything wrong with the file.
    """
    return read_form(Path(path))


def load_forms(path: str | PathLike[str]) -> Reading:
    """Read every filled-in form at *path*, and tell what was not read as one, or not used.

    Raises InputError where there is no form.
    """
    return read_forms(Path(path))


def audit(rules: Rules | None, form: FormLike, *, rules_path: Folders = ()) -> Audit:
    """Hold what *form* claims against what *rules* say.

    *rules* is what ``score`` takes; None is the policy that the form names in ``uses``, else the usual one
    (``cn/project-self-evaluation``). A policy is enough: its ``[[assign]]`` gives each row its method. *form* is a path
    or comes from ``load_form``. Raises InputError where the form or the rules cannot be read.
    """
    read = form if isinstance(form, Form) else load_form(form)
    choice: Choice = "asked" if rules is not None else "form" if read.uses else "usual"
    try:
        binder = _binder_of(_named_by(read) if rules is None else rules, rules_path)
    except InputError as error:
        if rules is not None:
            raise
        # The form names rules that are not there: that is wrong in the form.
        here = [one if one.place else evolve(one, origin=read.origin / "uses") for one in error.problems]
        raise InputError(here) from None
    return audited(binder, read, choice)


def _named_by(form: Form) -> str:
    """The policy that *form* names, else the usual one; a file is looked for beside the form."""
    if form.uses is None or not form.uses.lower().endswith(".toml"):
        return form.uses or USUAL
    folder = Path(form.file).parent
    found = folder / form.uses
    if not found.resolve().is_relative_to(folder.resolve()):
        raise InputError([problem("rule-outside", form.origin / "uses", found=form.uses)])
    return str(found)


def _binder_of(rules: Rules, rules_path: Folders) -> Binder:
    if isinstance(rules, Plan | Scorecard):
        return Binder(api.load(rules))
    folders = (rules_path,) if isinstance(rules_path, str | PathLike) else rules_path
    by_id = isinstance(rules, str) and not rules.lower().endswith(".toml")
    key: _Asked = (str(rules) if by_id else Path(rules).resolve(), tuple(Path(one).resolve() for one in folders))
    binder, stamps = _kept.get(key, (None, ()))
    if binder is None or _stamps(binder) != stamps:
        binder = Binder(api.load(rules, rules_path=folders))
        while len(_kept) >= _KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = (binder, _stamps(binder))
    return binder


def _stamps(binder: Binder) -> tuple[tuple[int, int], ...]:
    """By what it shows that a file the rules were read from has changed."""
    stamps = []
    for one in binder.plan.card.documents:
        try:
            found = Path(one.document.name).stat()
        except OSError:
            stamps.append((0, 0))
        else:
            stamps.append((found.st_mtime_ns, found.st_size))
    return tuple(stamps)


@frozen(kw_only=True)
class Audited:
    """The result for one form of many: its audit as plain data, or the problems of its file.

    The data is ``Audit.as_dict``, or ``Audit.brief`` where that is asked for.
    """

    file: str
    data: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()


def audit_many(
    rules: Rules | None,
    forms: Iterable[str | PathLike[str]],
    *,
    jobs: int = 1,
    lang: Language = "en",
    rules_path: Folders = (),
    brief: bool = False,
) -> Iterator[Audited]:
    """The audit of each form in *forms*, paths of files, in their order; one that cannot be read stops nothing.

    With *jobs* above 1 they are spread over so many processes; *rules* is then an id or a path. What is kept in memory
    does not grow with the number of forms. *brief* leaves out the rows and every place, which take as long as the rest.
    """
    if rules is not None:
        _binder_of(rules, rules_path)  # what is wrong with the rules is said once, and before anything else
    return _many(forms, partial(_audited, rules=rules, lang=lang, rules_path=rules_path, brief=brief), jobs)


def _many(forms: Iterable[str | PathLike[str]], work: Callable[[str], list[Audited]], jobs: int) -> Iterator[Audited]:
    for found in spread(work, (fspath(one) for one in forms), jobs=jobs):
        yield from found


def _audited(path: str, *, rules: Rules | None, lang: Language, rules_path: Folders, brief: bool) -> list[Audited]:
    """The audit of each form in the file *path*, and the problems of what could not be read in it."""
    try:
        reading = load_forms(path)
    except InputError as error:
        return [Audited(file=path, problems=error.problems)]
    made: list[Audited] = []
    for form in reading.forms:
        try:
            found = audit(rules, form, rules_path=rules_path)
            made.append(Audited(file=form.file, data=found.brief(lang) if brief else found.as_dict(lang)))
        except InputError as error:
            made.append(Audited(file=form.file, problems=error.problems))
    return [*made, *([Audited(file=path, problems=reading.problems)] if reading.problems else [])]


def is_other(found: Audited, folders: Sequence[str | PathLike[str]]) -> bool:
    """Return True if the unread file lies in one of *folders* and is of another sort: a rule file, a result, prose."""
    inside = any(Path(one) in Path(found.file).parents for one in folders)
    return inside and len(found.problems) == 1 and found.problems[0].name in {"not-a-form", "no-form"}


def other_files(paths: Sequence[str | PathLike[str]]) -> list[Path]:
    """The files in the folders among *paths* that nothing reads, hidden files left out."""
    return [file for one in paths for file in unread_in(Path(one))]


def form_files(paths: Sequence[str | PathLike[str]]) -> list[Path]:
    """The files of forms that *paths* name: each file, and what lies in each folder."""
    return [file for one in paths for file in forms_in(Path(one))]
