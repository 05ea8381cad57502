"""The house: imports go downwards and through their doors (import-linter), and every module looks as it should.

``python tests/package/test_house.py --write`` writes the tree of docs/house.md anew.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "perfeval"
HOUSE: Final = ROOT / "docs" / "house.md"
MODULES: Final = sorted(PACKAGE.rglob("*.py"))

#: Names that say nothing about what is inside.
VAGUE: Final = frozenset({"utils", "util", "helpers", "helper", "common", "base", "misc"})
#: Words that open a question, where a docstring states a fact or an action.
QUESTIONS: Final = frozenset({"How", "That", "What", "When", "Where", "Which", "Who", "Whose", "Why"})
#: The most modules of a folder, lines of a module, and lines of a function.
ROOMS: Final = 9
#: Folders of one file a format, and of one a subject.
SHELVES: Final = frozenset({"readers", "checks"})
LINES: Final = 700
LENGTH: Final = 60


def linted(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in *root*."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_imports_go_downwards_and_through_their_doors() -> None:
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("numbers/rounding.py", "def late() -> None:\n    import perfeval.cli\n", "imports go downwards"),
        ("engine/facts/reader.py", "from perfeval.engine import plan\n", "inside the engine"),
        ("forms/audit/verdict.py", "from perfeval.forms.audit import binding\n", "inside the audit"),
        ("cli.py", "import rich\n", "doors"),
        ("toml/source.py", "import tomllib\n", "doors"),
    ],
)
def test_a_broken_law_is_told(module: str, line: str, contract: str, tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "perfeval", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "perfeval" / module).open("a", encoding="utf-8") as file:
        file.write(line)
    done = linted(tmp_path)
    assert done.returncode != 0
    assert contract in re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_a_module_has_a_caption_a_telling_name_and_a_fair_length(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    caption = (ast.get_docstring(tree, clean=False) or "").split("\n")
    assert caption[0].strip(), "a docstring in the first line"
    assert len(caption) == 1 or not caption[1].strip(), "a caption of one line"
    assert path.stem not in VAGUE
    assert text.count("\n") <= LINES
    assert [name for name, length in _functions(tree) if length > LENGTH] == []
    if path.name == "__init__.py" and path.parent != PACKAGE:
        assert len(tree.body) == 1, "a wing's __init__ holds its caption and nothing else"


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_a_docstring_opens_with_a_noun_or_a_verb(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)]
    opening = {text.split()[0] for node in nodes if (text := ast.get_docstring(node))}
    assert opening & QUESTIONS == set()


def _functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_folder_has_more_rooms_than_one_finds_one_s_way_in() -> None:
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {folder.name: count for folder, count in rooms.items() if count > ROOMS and folder.name not in SHELVES} == {}


def _tree(folder: Path = PACKAGE, depth: int = 1) -> Iterator[str]:
    """Every folder and module with its caption, folders last."""
    names = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    for path in names:
        source = path / "__init__.py" if path.is_dir() else path
        if path.name.startswith("__") or not source.is_file() or source.suffix != ".py":
            continue
        caption = (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").split("\n")[0].rstrip(".")
        name = "    " * depth + (f"{path.name}/" if path.is_dir() else path.name)
        yield f"{name:<32}{caption}"
        if path.is_dir():
            yield from _tree(path, depth + 1)


def page() -> str:
    """The page of the house with the tree as it stands."""
    head, mark, rest = HOUSE.read_text(encoding="utf-8").partition("```text\nperfeval/\n")
    return head + mark + "".join(f"{line}\n" for line in _tree()) + "```" + rest.partition("```")[2]


def test_the_page_of_the_house_shows_the_tree() -> None:
    assert page() == HOUSE.read_text(encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/package/test_house.py --write")
    HOUSE.write_text(page(), encoding="utf-8", newline="\n")
