"""Finding rule files, and resolving ``uses``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve, field, frozen

from perfeval.problems import InputError, KeyPath, Origin, Problem, clash, guess, problem
from perfeval.rulefile import schema
from perfeval.rulefile.scorecard import Facts, Owners, RuleDocument, Scorecard
from perfeval.toml import source
from perfeval.toml.source import Document

#: What a file says of itself alone; the files that use it do not inherit it.
_OWN: Final = frozenset({"format", "id", "title", "basis", "note", "since", "until", "uses", "examples"})

#: Tables of a method that are one value: an edge, or what an amount is made of. They are replaced whole.
_WHOLE: Final = frozenset({"zero", "needs_reason", "actual", "target"})
#: What is wrong with a value that one file writes as a table, a list or a number, and another as something else.
_RETYPED: Final = frozenset({"wrong-type", "table-not-array"})
_SAYS_ID: Final = re.compile(rb"^\s*id\s*=", flags=re.MULTILINE)


@frozen(kw_only=True, eq=False, repr=False)
class _Read:
    """One file as it was read: its document, and what stands in it."""

    document: Document
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.values.get("id", ""))

    def noted(self) -> RuleDocument:
        """Return the note of a scorecard on the file."""
        basis = self.values.get("basis")
        return RuleDocument(
            id=self.id,
            title=str(self.values.get("title", "")),
            basis=basis if isinstance(basis, str) else None,
            document=self.document,
        )


@frozen(eq=False, repr=False)
class Library:
    """Rule files, looked for beside the file that uses them, under ``roots``, then among the shipped ones."""

    roots: tuple[Path, ...] = ()

    def load(self, path: Path) -> Scorecard:
        """The rule file at *path* with what it uses; InputError with every problem, each located."""
        return self._scorecard(source.read(path), path)

    def loads(self, text: str, name: str = "<string>", folder: Path | None = None) -> Scorecard:
        """The rule file with this *text*; *folder* is where the files it uses are looked for first."""
        return self._scorecard(source.document(text, name), (folder or Path()) / "rules.toml")

    def by_id(self, identifier: str) -> Scorecard:
        """The rule file called *identifier*, under the roots or shipped; InputError where there is none."""
        path = self._found(identifier, None, Origin("<rules>"))
        return self._scorecard(self._read(path), path)

    def read(self, path: Path) -> Scorecard | Facts | None:
        """The file at *path*, a facts file if it has ``[facts]`` and no ``id``, else a rule file; None for a form."""
        document = source.read(path)
        tree = source.parse(document)
        if "id" not in tree and "form" in tree:
            return None
        if "facts" in tree and "id" not in tree:
            return self._facts(document)
        return self._scorecard(document, path)

    def is_form(self, path: Path) -> bool:
        """Return True if the TOML file at *path* is a filled-in form; InputError where it is no TOML."""
        tree = source.parse(source.read(path))
        return "form" in tree and "id" not in tree

    def facts(self, path: Path) -> Facts:
        """The facts file at *path*; InputError with every problem, each located."""
        return self._facts(source.read(path))

    def _facts(self, document: Document) -> Facts:
        return evolve(schema.facts_file(source.parse(document), document.origin), document=document)

    def known(self) -> tuple[str, ...]:
        """The ids of the rule files under the roots and of those that come with perfeval, in order."""
        return tuple(sorted({one for root in (*self.roots, shipped_folder()) for one in _identifiers(root)}))

    def _scorecard(self, document: Document, path: Path) -> Scorecard:
        read: dict[Path, _Read] = {}
        self._gather(document, path, (), read)
        documents = tuple(one.noted() for one in read.values())
        values, owners = _laid(list(read.values()))
        # Of one file alone nothing need be looked up.
        origin = owners.origin if len(read) > 1 else document.origin
        try:
            card = schema.scorecard(values, origin)
        except InputError as error:
            raise InputError(_clashing(one, read.values()) for one in error.problems) from None
        return evolve(card, documents=documents, owners=owners, merged=values)

    def _gather(
        self, document: Document, path: Path, above: tuple[tuple[Path, Origin], ...], read: dict[Path, _Read]
    ) -> None:
        """Add to *read* what *document* uses, then itself: each file once, after all that it uses.

        *above* is the chain of files that led here, each with the place that names the next.
        """
        values = source.parse(document)
        resolved = path.resolve()
        uses = values.get("uses")
        wrong: list[Problem] = []
        for index, name in enumerate(uses if isinstance(uses, list) else ()):
            if not isinstance(name, str):
                continue  # The schema says so, with the rest of the file's faults.
            origin = document.origin(("uses", index))
            try:
                used = self._found(name, resolved.parent, origin)
                self._use(used, name, origin, (*above, (resolved, origin)), read)
            except InputError as error:
                wrong.extend(error.problems)
        if wrong:
            raise InputError(wrong)
        read[resolved] = _Read(document=document, values=values)

    def _use(
        self, used: Path, name: str, origin: Origin, chain: tuple[tuple[Path, Origin], ...], read: dict[Path, _Read]
    ) -> None:
        """Gather the file *used*, which is called *name* at *origin*."""
        resolved = used.resolve()
        loop = [file for file, _ in chain]
        if resolved in loop:
            steps = [step for _, step in chain[loop.index(resolved) :]]
            names = tuple(step.document for step in (*steps, steps[0]))
            raise InputError([clash(problem("rule-cycle", origin, chain=names), steps[0])])
        if resolved not in read:
            self._gather(self._read(used), used, chain, read)
        if not name.endswith(".toml") and read[resolved].id != name:
            file = self._name(used) or _short(used)
            raise InputError([problem("wrong-id", origin, found=name, file=file, said=read[resolved].id)])

    def _found(self, name: str, folder: Path | None, origin: Origin) -> Path:
        """The file that *name* — an id, or a path relative to *folder* — stands for."""
        if name.endswith(".toml") and folder is not None:
            path = folder / name
            if not any(_within(path, root) for root in (folder, *self.roots)):
                raise InputError([problem("rule-outside", origin, found=name)])
            if not _is_file(path):
                raise InputError([problem("file-missing", origin, path=name)])
            return path
        folders = ([folder] if folder is not None else []) + [*self.roots, shipped_folder()]
        found: dict[Path, Path] = {}
        if _plain(name):
            for root in folders:
                path = root / f"{name}.toml"
                if _is_file(path):
                    found.setdefault(path.resolve(), path)
        if not found:
            known = self.known()
            raise InputError([problem("unknown-rule", origin, advice=guess(name, known), found=name, known=known)])
        if len(found) > 1:
            first, second, *_ = (self._name(path) or _short(path) for path in found.values())
            raise InputError([problem("duplicate-rule", origin, found=name, first=first, second=second)])
        return next(iter(found.values()))

    def _read(self, path: Path) -> Document:
        document = source.read(path)
        name = self._name(path)
        return evolve(document, name=name or _short(path))

    def _name(self, path: Path) -> str | None:
        """Return the name of a shipped file, the same on every machine; None for any other file."""
        home = shipped_folder().resolve()
        resolved = path.resolve()
        return "rules/" + resolved.relative_to(home).as_posix() if resolved.is_relative_to(home) else None


def _short(path: Path) -> str:
    """*path* as one would type it here: below the folder one is in, else whole."""
    try:
        here = Path.cwd()
    except OSError:  # the folder is gone
        return str(path)
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _within(path: Path, folder: Path) -> bool:
    """Return True if *path* leads into *folder*, links followed; also if it leads nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return True


def _is_file(path: Path) -> bool:
    """Return True if *path* is a file; False for one that cannot be, such as a name past every length."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def shipped_folder() -> Path:
    """The rule files inside the installed package, else those of the checkout it runs from."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"


def _plain(name: str) -> bool:
    """Return True if *name* can be an id: a relative path that climbs nowhere."""
    parts = name.split("/")
    return all(part and part.strip(".") and "\\" not in part and "\0" not in part for part in parts)


def _identifiers(root: Path) -> Iterator[str]:
    """The ids that the rule files under *root* are found by; a file that says no id is of another sort."""
    for path in sorted(root.rglob("*.toml")) if root.is_dir() else ():
        with suppress(OSError):
            if _SAYS_ID.search(path.read_bytes()):
                yield path.relative_to(root).with_suffix("").as_posix()


def _laid(files: list[_Read]) -> tuple[Mapping[str, Any], Owners]:
    """Each of *files* laid over those before it: tables merge key by key, everything else is replaced whole."""
    last = files[-1]
    if len(files) == 1:
        return last.values, Owners({(): last.document})
    laid = _Laid()
    for file in files:
        own = {key: value for key, value in file.values.items() if file is last or key not in _OWN}
        laid.lay(own, laid.values, (), file.document)
    # What no file says is missing from the last one.
    laid.owners[()] = last.document
    return laid.values, Owners(laid.owners)


@define
class _Laid:
    """The joined contents of files, and the owner of each value: the nearest key above it in ``owners``."""

    values: dict[str, Any] = field(factory=dict)
    owners: dict[KeyPath, Document] = field(factory=dict)

    def lay(self, over: Mapping[str, Any], under: dict[str, Any], path: KeyPath, document: Document) -> None:
        """Lay *over*, which *document* says at *path*, over the table *under* there."""
        for key, value in over.items():
            here = (*path, key)
            below = under.get(key)
            whole = path[:1] == ("methods",) and key in _WHOLE and len(path) > 1
            if isinstance(value, Mapping) and isinstance(below, dict) and not whole and _merges(value, below):
                # What stands there stays with who said it, and is looked up by its own key from now on.
                owner = self.owners[here]
                for inner in below:
                    self.owners.setdefault((*here, inner), owner)
                self.lay(value, below, here, document)
            else:
                if key in under:
                    self.owners = {old: one for old, one in self.owners.items() if old[: len(here)] != here}
                under[key] = _copied(value)
            self.owners[here] = document


def _clashing(one: Problem, files: Iterable[_Read]) -> Problem:
    """*one*, with the other place where what two files say does not go together."""
    path = one.origin.path
    rivals = one.args.get("choices") if one.name == "one-of" else path[-1:] if one.name in _RETYPED else ()
    if not isinstance(rivals, tuple) or path[:1] in {(key,) for key in _OWN}:
        return one
    others = [file for file in files if file.document.name != one.origin.document]
    places = [(*path[:-1], str(rival)) for rival in rivals]
    found = (file.document.origin(place) for file in others for place in places if _says(file.values, place))
    return clash(one, next(found, None))


def _says(values: Any, path: KeyPath) -> bool:
    """Return True if *values* have something at *path*, inside tables only: arrays are not merged."""
    for step in path:
        if not isinstance(values, Mapping) or step not in values:
            return False
        values = values[step]
    return True


def _merges(over: Mapping[str, Any], under: Mapping[str, Any]) -> bool:
    """Return True if two tables are of one thing; a method of another kind is another method."""
    return bool(over.get("kind", under.get("kind")) == under.get("kind"))


def _copied(value: Any) -> Any:
    return {key: _copied(item) for key, item in value.items()} if isinstance(value, Mapping) else value
