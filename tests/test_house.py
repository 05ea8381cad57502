"""The order of the house: what each module may import, and what a module must look like."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

PACKAGE: Final = Path(__file__).parent.parent / "perfeval"

#: Every module, from the ground up. A module may import only what stands above it in this list.
ORDER: Final = (
    # the ground floor
    "perfeval.version",
    "perfeval.fixed",
    "perfeval.catalogue",
    "perfeval.messages",
    "perfeval.problems",
    "perfeval.exact",
    "perfeval.comparison",
    "perfeval.piecewise",
    "perfeval.units",
    "perfeval.bounds",
    "perfeval.quantity",
    # what a rule file says
    "perfeval.language.parser",
    "perfeval.language.scanner",
    "perfeval.language.edits",
    "perfeval.language.mending",
    "perfeval.language.slips",
    "perfeval.language.recovery",
    "perfeval.language.source",
    "perfeval.language.amounts",
    "perfeval.language.normal",
    "perfeval.language.row",
    "perfeval.language.method",
    "perfeval.language.banded",
    "perfeval.language.methods",
    "perfeval.language.scorecard",
    "perfeval.language.groups",
    "perfeval.language.aggregation",
    "perfeval.language.leaves",
    "perfeval.language.shapes",
    "perfeval.language.schema",
    "perfeval.language.dates",
    "perfeval.language.library",
    "perfeval.language.merged",
    # what perfeval does with it
    "perfeval.engine.beside",
    "perfeval.engine.scores",
    "perfeval.engine.given",
    "perfeval.engine.judging",
    "perfeval.engine.merging",
    "perfeval.engine.facts",
    "perfeval.engine.step",
    "perfeval.engine.indicator",
    "perfeval.engine.evaluation",
    "perfeval.engine.assignment",
    "perfeval.engine.sense",
    "perfeval.engine.reach",
    "perfeval.engine.case",
    "perfeval.engine.proofs",
    "perfeval.engine.gates",
    "perfeval.engine.program",
    "perfeval.engine.weighing",
    "perfeval.engine.adding",
    "perfeval.engine.total",
    "perfeval.engine.working",
    "perfeval.engine.interpreter",
    "perfeval.engine.form",
    "perfeval.engine.findings",
    "perfeval.engine.lines",
    "perfeval.engine.source",
    "perfeval.engine.layout",
    "perfeval.engine.readers",
    "perfeval.engine.recalling",
    "perfeval.engine.compiler",
    "perfeval.engine.generated",
    "perfeval.engine.plan",
    "perfeval.engine.form_range",
    "perfeval.engine.group_proofs",
    "perfeval.engine.prover",
    "perfeval.engine.examples",
    # what can be said of rule files beside each other
    "perfeval.analysis.meaning",
    "perfeval.analysis.pairing",
    "perfeval.analysis.change",
    "perfeval.analysis.compare",
    "perfeval.analysis.moves",
    "perfeval.analysis.comparison",
    # what a unit claims
    "perfeval.forms.form",
    "perfeval.forms.wordings",
    "perfeval.forms.figures",
    "perfeval.forms.layout",
    "perfeval.forms.readers.toml",
    "perfeval.forms.readers.json",
    "perfeval.forms.readers.csv",
    "perfeval.forms.readers.xlsx",
    "perfeval.forms.readers.docx",
    "perfeval.forms.reading",
    "perfeval.forms.verdict",
    "perfeval.forms.line",
    "perfeval.forms.rounding",
    "perfeval.forms.row",
    "perfeval.forms.binding",
    "perfeval.forms.scoring",
    "perfeval.forms.audit.sheet",
    "perfeval.forms.audit.total",
    "perfeval.forms.audit.on_paper",
    "perfeval.forms.audit.on_money",
    "perfeval.forms.audit.by_rules",
    "perfeval.forms.audit.on_evidence",
    "perfeval.forms.audit.register",
    "perfeval.forms.audit.auditing",
    # how it is shown
    "perfeval.views.writers.json",
    "perfeval.views.writers.csv",
    "perfeval.views.writers.outline",
    "perfeval.views.writers.svg",
    "perfeval.views.writers.toml",
    "perfeval.views.writers.audits",
    "perfeval.views.writers.form",
    "perfeval.views.console.screen",
    "perfeval.views.console.problems",
    "perfeval.views.console.evaluation",
    "perfeval.views.console.working",
    "perfeval.views.console.rules",
    "perfeval.views.console.compare",
    "perfeval.views.console.audit",
    "perfeval.views.console.progress",
    # many forms at once
    "perfeval.batch.processes",
    "perfeval.batch.many",
    "perfeval.batch.blocks",
    "perfeval.batch.columns",
    "perfeval.batch.objects",
    "perfeval.batch.results",
    "perfeval.batch.files",
    # the verbs, the command line, the front
    "perfeval.api",
    "perfeval.audits",
    "perfeval.commands.output",
    "perfeval.commands.score",
    "perfeval.commands.rules",
    "perfeval.commands.audit",
    "perfeval.cli",
    "perfeval.__main__",
    "perfeval",
)

#: The module that hands out the public names lazily: for those outside, never for the house itself.
FRONT: Final = "perfeval"

#: The only way in for each third-party package: a module, or a wing and all that is in it. None is every module.
DOORS: Final[dict[str, str | None]] = {
    "attrs": None,
    "tomli": "perfeval.language.parser",
    "cattrs": "perfeval.language.schema",
    "rich": "perfeval.views.console",
    "openpyxl": "perfeval.forms.readers.xlsx",
    "docx": "perfeval.forms.readers.docx",
}

#: Parts of the standard library that stay outside, and what is used in their place.
SHUT: Final = {"tomllib": "tomli, which reads TOML 1.1", "dataclasses": "attrs"}

#: Names that say nothing about what is inside.
VAGUE: Final = frozenset({"utils", "util", "helpers", "helper", "common", "base"})

#: The most lines of a module, and the modules that are data.
LINES: Final = 700
DATA: Final = frozenset({"perfeval.catalogue"})


def faults(root: Path, order: tuple[str, ...] = ORDER) -> list[str]:
    """What breaks the laws of the house in the package that stands in the folder *root*, a line each."""
    files = {_dotted(path, root): path for path in sorted(root.rglob("*.py"))}
    wings = {above for name in order for above in _above(name)} - {*order}
    found = [f"{name}: is in the order, but does not exist" for name in order if name not in files]
    found += [f"{name}: a wing without an __init__.py" for name in sorted(wings - files.keys())]
    for name, path in files.items():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        if name in wings:
            broken: Iterator[tuple[int, str]] = _of_wing(tree)
        elif name in order:
            broken = _of_module(name, path, tree, order, {*files, *order})
        else:
            broken = iter([(1, "is not in the order: give it a place there first")])
        where = path.relative_to(root.parent).as_posix()
        found += [f"{where}:{line}: {fault}" for line, fault in (*_of_any(name, tree, text), *broken)]
    return list(dict.fromkeys(found))


def _above(name: str) -> Iterator[str]:
    """The wings that hold a module, the whole package among them."""
    while name := name.rpartition(".")[0]:
        yield name


def _dotted(path: Path, root: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _of_any(name: str, tree: ast.Module, text: str) -> Iterator[tuple[int, str]]:
    """What holds for wings and modules alike: caption, length, name."""
    caption, _, rest = (ast.get_docstring(tree, clean=False) or "").partition("\n")
    if not caption.strip() or tree.body[0].lineno != 1:
        yield 1, "has no caption: a docstring in its first line"
    elif rest and rest.partition("\n")[0].strip():
        yield 1, "has a caption of more than one line"
    if (lines := text.count("\n")) > LINES and name not in DATA:
        yield 1, f"has {lines} lines, more than {LINES}: it is two rooms"
    for part in VAGUE.intersection(name.split(".")):
        yield 1, f"is called {part}, which says nothing"


def _of_wing(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for statement in tree.body[1:]:
        yield statement.lineno, "a wing's __init__ holds its caption and nothing else"


def _of_module(
    name: str, path: Path, tree: ast.Module, order: tuple[str, ...], known: set[str]
) -> Iterator[tuple[int, str]]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for line, target in _imports(tree, package, known):
        top = target.partition(".")[0]
        if not target:
            if name != FRONT:
                yield line, "imports what only a run can tell"
        elif top == FRONT:
            if fault := _of_inner_import(name, target, order):
                yield line, fault
        elif top in SHUT:
            yield line, f"imports {top}: use {SHUT[top]}"
        elif top in DOORS:
            door = DOORS[top]
            if door is not None and name != door and not name.startswith(f"{door}."):
                yield line, f"imports {top}, whose door is {door}"
        elif top not in sys.stdlib_module_names:
            yield line, f"imports {top}, which has no door"


def _of_inner_import(name: str, target: str, order: tuple[str, ...]) -> str | None:
    if target == FRONT:
        return "imports from the front, which is for those outside"
    if target not in order:
        return f"imports {target}, which is not in the order"
    if order.index(target) >= order.index(name):
        return f"imports {target}, which does not stand above it"
    return None


def _imports(tree: ast.Module, package: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Every module that is imported, wherever that stands: line and dotted name, empty where only a run can tell."""
    aliases = {"import_module": "import_module", "__import__": "__import__"}
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module in {"importlib", "builtins"}:
            aliases |= {name.asname or name.name: name.name for name in node.names if name.name in aliases}
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _absolute("." * node.level + (node.module or ""), package)
            for name in node.names:
                inner = f"{origin}.{name.name}"
                yield node.lineno, inner if inner in known else origin
        elif isinstance(node, ast.Call) and _called(node.func) in aliases:
            named = next(iter((*node.args, *(word.value for word in node.keywords if word.arg == "name"))), None)
            text = named.value if isinstance(named, ast.Constant) else None
            yield node.lineno, _absolute(text, package) if isinstance(text, str) else ""


def _called(func: ast.expr) -> str | None:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else None


def _absolute(target: str, package: str) -> str:
    """The name *target* means inside *package*: each dot in front of it after the first goes one package up."""
    bare = target.lstrip(".")
    if bare == target:
        return target
    ups = len(target) - len(bare) - 1
    parts = package.split(".")
    return ".".join((*parts[: max(len(parts) - ups, 0)], *([bare] if bare else []))) or "."


def test_the_house_is_in_order() -> None:
    assert faults(PACKAGE) == []


def test_the_order_names_nothing_twice() -> None:
    assert len(ORDER) == len(set(ORDER))


def test_the_doors_are_rooms_of_the_house() -> None:
    doors = {door for door in DOORS.values() if door is not None}
    assert {door for door in doors if not any(f"{name}.".startswith(f"{door}.") for name in ORDER)} == set()


# That the laws bite: each is broken once, in a copy of the house.


def _append(name: str, text: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)

    return act


def _write(name: str, text: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")

    return act


def _remove(name: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / name).unlink()

    return act


UNPLACED: Final = "is not in the order: give it a place there first"
UPWARD: Final = "imports perfeval.cli, which does not stand above it"
FROM_FRONT: Final = "imports from the front, which is for those outside"
NO_CAPTION: Final = "has no caption: a docstring in its first line"

BREAKS: Final[dict[str, tuple[Callable[[Path], None], set[str]]]] = {
    "third-party package beside its door": (
        _append("piecewise.py", "import rich\n"),
        {"perfeval/piecewise.py: imports rich, whose door is perfeval.views.console"},
    ),
    "part of a third-party package beside its door": (
        _append("exact.py", "from cattrs.strategies import configure_tagged_union\n"),
        {"perfeval/exact.py: imports cattrs, whose door is perfeval.language.schema"},
    ),
    "third-party package for the eyes of a type checker": (
        _append("exact.py", "if TYPE_CHECKING:\n    import tomli\n"),
        {"perfeval/exact.py: imports tomli, whose door is perfeval.language.parser"},
    ),
    "third-party package without a door": (
        _append("cli.py", "import hypothesis\n"),
        {"perfeval/cli.py: imports hypothesis, which has no door"},
    ),
    "second parser": (
        _append("language/source.py", "import tomllib\n"),
        {"perfeval/language/source.py: imports tomllib: use tomli, which reads TOML 1.1"},
    ),
    "second kind of class": (
        _append("exact.py", "from dataclasses import dataclass\n"),
        {"perfeval/exact.py: imports dataclasses: use attrs"},
    ),
    "upward import in a function": (
        _append("exact.py", "def late() -> None:\n    import perfeval.cli\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward import of a name": (
        _append("exact.py", "from perfeval.cli import main\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward import through the package": (
        _append("exact.py", "from perfeval import cli\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward import for the eyes of a type checker": (
        _append("exact.py", "if TYPE_CHECKING:\n    from perfeval.cli import main\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward relative import": (_append("exact.py", "from . import cli\n"), {f"perfeval/exact.py: {UPWARD}"}),
    "upward relative import from a wing": (
        _append("language/amounts.py", "from ..cli import main\n"),
        {f"perfeval/language/amounts.py: {UPWARD}"},
    ),
    "upward import by importlib": (
        _append("exact.py", "import importlib\nimportlib.import_module('perfeval.cli')\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward import by importlib under another name": (
        _append("exact.py", "from importlib import import_module as fetch\nfetch('.cli', 'perfeval')\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward import by a keyword": (
        _append("exact.py", "from importlib import import_module\nimport_module(name='perfeval.cli')\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "upward import by the builtin": (
        _append("exact.py", "__import__('perfeval.cli')\n"),
        {f"perfeval/exact.py: {UPWARD}"},
    ),
    "import by a computed name": (
        _append("exact.py", "__import__('perfeval.' + 'cli')\n"),
        {"perfeval/exact.py: imports what only a run can tell"},
    ),
    "import of itself": (
        _append("exact.py", "import perfeval.exact\n"),
        {"perfeval/exact.py: imports perfeval.exact, which does not stand above it"},
    ),
    "import of a wing": (
        _append("cli.py", "import perfeval.language\n"),
        {"perfeval/cli.py: imports perfeval.language, which is not in the order"},
    ),
    "import from the front": (_append("cli.py", "from perfeval import score\n"), {f"perfeval/cli.py: {FROM_FRONT}"}),
    "import of the front": (_append("cli.py", "import perfeval\n"), {f"perfeval/cli.py: {FROM_FRONT}"}),
    "relative import from the front": (_append("cli.py", "from . import score\n"), {f"perfeval/cli.py: {FROM_FRONT}"}),
    "module without a place": (_write("stray.py", '"""A stray."""\n'), {f"perfeval/stray.py: {UNPLACED}"}),
    "wing without a place": (
        _write("annex/__init__.py", '"""What is new."""\n'),
        {f"perfeval/annex/__init__.py: {UNPLACED}"},
    ),
    "place without a module": (_remove("exact.py"), {"perfeval.exact: is in the order, but does not exist"}),
    "wing without a caption": (_remove("language/__init__.py"), {"perfeval.language: a wing without an __init__.py"}),
    "wing that holds something": (
        _append("language/__init__.py", "from perfeval.exact import Mode\n"),
        {"perfeval/language/__init__.py: a wing's __init__ holds its caption and nothing else"},
    ),
    "module without a caption": (_write("exact.py", "X = 1\n"), {f"perfeval/exact.py: {NO_CAPTION}"}),
    "caption below the first line": (_write("exact.py", '\n"""Numbers."""\n'), {f"perfeval/exact.py: {NO_CAPTION}"}),
    "caption that begins below its quotes": (
        _write("exact.py", '"""\nNumbers.\n"""\n'),
        {f"perfeval/exact.py: {NO_CAPTION}"},
    ),
    "caption of two lines": (
        _write("exact.py", '"""Numbers\nand more.\n"""\n'),
        {"perfeval/exact.py: has a caption of more than one line"},
    ),
    "module past its length": (
        _write("exact.py", '"""Numbers."""\n' + "\n" * LINES),
        {f"perfeval/exact.py: has {LINES + 1} lines, more than {LINES}: it is two rooms"},
    ),
    "vague name": (
        _write("utils.py", '"""This and that."""\n'),
        {"perfeval/utils.py: is called utils, which says nothing", f"perfeval/utils.py: {UNPLACED}"},
    ),
    "vague name of a wing": (
        _write("common/__init__.py", '"""This and that."""\n'),
        {
            "perfeval/common/__init__.py: is called common, which says nothing",
            f"perfeval/common/__init__.py: {UNPLACED}",
        },
    ),
}

#: What the house may do, though it looks much like what it may not.
ALLOWED: Final[dict[str, Callable[[Path], None]]] = {
    "downward import": _append("cli.py", "from perfeval.exact import Mode\n"),
    "downward import through the package": _append("cli.py", "from perfeval import exact\n"),
    "downward relative import": _append("cli.py", "from .exact import Mode\n"),
    "third-party package through its door": _append("language/parser.py", "import tomli\n"),
    "package that is open to all": _append("exact.py", "import attrs\n"),
    "standard library": _append("exact.py", "import collections.abc\n"),
    "caption with more below it": _write("exact.py", '"""Numbers.\n\nAnd more.\n"""\n'),
    "module of just its length": _write("exact.py", '"""Numbers."""\n' + "\n" * (LINES - 1)),
    "long module of data": _append("catalogue.py", "\n" * LINES),
    "computed name in the front": _append("__init__.py", "__import__('perfeval.' + 'api')\n"),
}


def _without_lines(found: list[str]) -> set[str]:
    def bare(fault: str) -> str:
        where, _, rest = fault.partition(": ")
        return f"{where.rstrip('0123456789').rstrip(':')}: {rest}"

    return {bare(fault) for fault in found}


def _faults_after(act: Callable[[Path], None], tmp_path: Path) -> set[str]:
    root = tmp_path / "perfeval"
    shutil.copytree(PACKAGE, root, ignore=shutil.ignore_patterns("__pycache__"))
    act(root)
    return _without_lines(faults(root)) - _without_lines(faults(PACKAGE))


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_law_is_told(what: str, tmp_path: Path) -> None:
    act, expected = BREAKS[what]
    assert _faults_after(act, tmp_path) == expected


@pytest.mark.parametrize("what", ALLOWED)
def test_what_is_lawful_is_let_be(what: str, tmp_path: Path) -> None:
    assert _faults_after(ALLOWED[what], tmp_path) == set()


def test_a_fault_has_its_line(tmp_path: Path) -> None:
    root = tmp_path / "perfeval"
    root.mkdir()
    (root / "__init__.py").write_text('"""A house of one room."""\n\n\nimport rich\n', encoding="utf-8")
    assert faults(root, ("perfeval",)) == ["perfeval/__init__.py:4: imports rich, whose door is perfeval.views.console"]
