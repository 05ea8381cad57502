"""The pages of docs/findings: one for every finding, each with an example that is really printed.

``python tests/forms/test_findings.py --write`` writes what the examples quote anew; read each page that changes.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from unittest import mock

import pytest
from measure import counts, sentence

from perfeval.cli import main
from perfeval.forms.audit.checks.register import CHECKS
from perfeval.text.messages import FINDINGS

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "docs" / "findings"
INDEX: Final = FOLDER / "README.md"
PAGES: Final = sorted(path for path in FOLDER.glob("*.md") if path != INDEX)
SECTIONS: Final = [
    "What it says",
    "Why it matters",
    "A real example",
    "What to do",
    "How to tune or switch it off",
]
#: What scoring finds and an audit does not.
WHILE_SCORING: Final = {"far-from-target"}
#: The example of a page: its command, and what is quoted of what that prints.
EXAMPLE: Final = re.compile(r"^```console\n\$ (perfeval [^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: A file that a page has made up.
MADE_UP: Final = re.compile(r"^```toml\n(# file: (\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(command: str) -> str:
    """What *command* prints, on 80 cells, in the folder that is current."""
    words, stream = shlex.split(command), io.StringIO()
    with (
        mock.patch.dict(os.environ, {"COLUMNS": "80"}),
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
    ):
        assert main(words[1:]) in {0, 1}
    return stream.getvalue()


def quoted(text: str, name: str) -> str:
    """The first finding called *name* in *text*, with a … for what stands before it and after it."""
    lines = text.splitlines()
    opens = re.compile(r"(?:error|warning|info) (?P<name>[a-z-]+)(?: |$)|noticed: |rules ")
    # Scoring tells what it notices without a name.
    start = next(
        place
        for place, line in enumerate(lines)
        if (found := opens.match(line)) and (found["name"] == name or line.startswith("noticed: "))
    )
    end = next(
        (place for place in range(start + 1, len(lines)) if not lines[place].strip() or opens.match(lines[place])),
        len(lines),
    )
    return "\n".join(["…", *(line.rstrip() for line in lines[start:end]), "…", ""])


@contextlib.contextmanager
def among_examples(page: Path) -> Iterator[None]:
    """A folder with the project's examples and rules, and the files that *page* makes up."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name in ("examples", "rules"):
            Path(name).symlink_to(ROOT / name)
        for text, name in MADE_UP.findall(page.read_text(encoding="utf-8")):
            Path(name).write_text(text, encoding="utf-8")
        yield


def example_of(page: Path) -> tuple[str, str]:
    """The command of *page*, and what it quotes."""
    ((command, quotation),) = EXAMPLE.findall(page.read_text(encoding="utf-8"))
    return command, quotation


def rows() -> list[tuple[str, str, str]]:
    """Each line of the index: the finding, the page it leads to, the severity."""
    text = INDEX.read_text(encoding="utf-8")
    return re.findall(r"^\| \[`([a-z-]+)`\]\(([^)]+)\) \| `([a-z]+)` \| [^|]+ \|$", text, re.MULTILINE)


def test_every_finding_has_a_page_and_a_line_of_the_index() -> None:
    listed = [name for name, _, _ in rows()]
    assert {path.stem for path in PAGES} == set(FINDINGS)
    assert sorted(listed) == sorted(FINDINGS)
    assert {name: page for name, page, _ in rows()} == {name: f"{name}.md" for name in FINDINGS}


def test_every_finding_comes_from_a_check_or_from_scoring() -> None:
    assert set(CHECKS) == set(FINDINGS) - WHILE_SCORING


def test_the_index_tells_findings_in_the_order_of_the_checks() -> None:
    assert [name for name, _, _ in rows()] == [*CHECKS, *WHILE_SCORING]


def test_the_severities_are_those_of_the_catalogue() -> None:
    usual = {name: one.severity for name, one in FINDINGS.items()}
    assert {name: severity for name, _, severity in rows()} == usual
    for page in PAGES:
        assert f"\nSeverity: `{usual[page.stem]}`.\n" in page.read_text(encoding="utf-8")


def test_a_page_says_how_far_to_trust_it() -> None:
    by_check, by_severity = counts()
    for name, one in by_check.items():
        assert f"\n{sentence(one)}\n" in (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    errors = by_severity["error"]
    assert errors.agreed == errors.told == errors.right >= 16, "no error is wrong, and none is missing"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_sections_and_says_how_it_is_switched_off(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.stem}\n")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert f'{{ {page.stem} = "off" }}' in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_example_of_a_page_is_really_printed(page: Path) -> None:
    command, quotation = example_of(page)
    with among_examples(page):
        assert quotation == quoted(printed(command), page.stem)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_that_its_example_is_made_up_where_it_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert bool(MADE_UP.search(text)) == ("This one is made up" in text) == (" examples/" not in example_of(page)[0])


def _write() -> None:
    for page in PAGES:
        command, quotation = example_of(page)
        with among_examples(page):
            found = quoted(printed(command), page.stem)
        text = page.read_text(encoding="utf-8")
        if found != quotation:
            page.write_text(text.replace(f"$ {command}\n{quotation}", f"$ {command}\n{found}"), encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    _write()
