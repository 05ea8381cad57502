"""The documents are true: their blocks run, their tables are those of the code."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
import terminal
from sybil import Document
from sybil.example import Example
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import perfeval
from perfeval import api, cli
from perfeval.forms import form, wordings
from perfeval.forms.reading import READERS
from perfeval.methods import banded, method
from perfeval.methods.counted import Counted
from perfeval.methods.graded import Graded, Tier
from perfeval.methods.proportional import Proportional
from perfeval.methods.stepped import Stepped
from perfeval.methods.threshold import Threshold
from perfeval.numbers import amounts
from perfeval.rulefile import schema, scorecard

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def _toml(example: Example) -> None:
    """A block of TOML is a file where its first line names one, and else a rule file that is sound.

    What the file is called says what it is: facts, a filled-in form, or rules.
    """
    text = str(example.parsed)
    if match := re.match(r"# file: (\S+)\n", text):
        Path(match[1]).write_text(text, encoding="utf-8")
        if match[1].startswith("facts"):
            perfeval.load_facts(match[1])
            return
        if match[1].startswith("form"):
            perfeval.load_form(match[1])
            return
        assert perfeval.check(match[1]) == ()
        return
    plan = perfeval.loads(text)
    assert perfeval.check(plan) == ()


def _console(example: Example) -> None:
    """Each ``$ perfeval …`` prints what stands below it; a line of … stands for any number of lines."""
    for command, expected in _commands(str(example.parsed)):
        assert _like(expected, _run(command)), _run(command)


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def _run(command: str) -> str:
    words = shlex.split(command)
    assert words[0] == "perfeval"
    capture = example_capture()
    with capture:
        cli.main(words[1:])
    return capture.text


class example_capture:  # noqa: N801  # reads as a function
    """What is printed on standard output and standard error, in order."""

    def __enter__(self) -> None:
        import contextlib
        import io

        self._stream = io.StringIO()
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(contextlib.redirect_stdout(self._stream))
        self._stack.enter_context(contextlib.redirect_stderr(self._stream))

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self.text = self._stream.getvalue()


def _like(expected: str, printed: str) -> bool:
    lines = [line.rstrip() for line in expected.strip().splitlines()]
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line) + r"\n" for line in lines)
    text = "".join(line.rstrip() + "\n" for line in printed.strip().splitlines())
    return re.fullmatch(pattern, text) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("examples", "rules"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    document = Document.parse(
        str(page),
        PythonCodeBlockParser(),
        CodeBlockParser(language="toml", evaluator=_toml),
        CodeBlockParser(language="console", evaluator=_console),
    )
    for example in document.examples():
        example.evaluate()


def test_a_block_that_is_wrong_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not _like("one\n…\nthree", "one\ntwo\n")
    assert _like("one\n…\nthree", "one\ntwo\nthree\n")
    page = tmp_path / "page.md"
    page.write_text('```toml\nformat = 1\nid = "x"\n```\n', encoding="utf-8")
    document = Document.parse(str(page), CodeBlockParser(language="toml", evaluator=_toml))
    with pytest.raises(perfeval.InputError):
        next(iter(document.examples())).evaluate()


def test_links_between_pages_lead_somewhere() -> None:
    links = [
        (page, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
        if "://" not in link
    ]
    assert links
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


#: What the table of keys calls each noun.
NOUNS: dict[str, tuple[type, ...]] = {
    "file": (scorecard.Scorecard,),
    "rounding": (scorecard.Rounding,),
    "every method": (method.Limits,),
    "measured kinds": (method.Measuring,),
    "made of": (amounts.Made,),
    "merge": (amounts.Merge,),
    "proportional": (Proportional,),
    "threshold": (Threshold,),
    "banded": (banded.Banded,),
    "band": (banded.Band,),
    "stepped": (Stepped,),
    "graded": (Graded,),
    "tier": (Tier,),
    "counted": (Counted,),
    "item": (method.Item,),
    "override": (scorecard.Override,),
    "audit": (scorecard.Audit,),
    "directions": (scorecard.Directions,),
    "assign": (scorecard.Assign,),
    "group": (scorecard.Group,),
    "split": (scorecard.Split,),
    "indicator": (scorecard.Indicator,),
    "grade": (scorecard.Grade,),
    "example": (scorecard.Example,),
    "facts file": (scorecard.FactsFile,),
    "reported": (scorecard.Reported,),
}


def test_the_page_of_the_format_has_every_key_and_no_other() -> None:
    text = (ROOT / "docs/rule-format.md").read_text(encoding="utf-8").partition("## Every key")[2]
    rows = re.findall(r"^\| ([a-z ]+) \| `(\w+)` \|", text, flags=re.MULTILINE)
    documented = {where: sorted(key for place, key in rows if place == where) for where, _ in rows}
    declared = {where: sorted(key for noun in nouns for key in schema.keys(noun)) for where, nouns in NOUNS.items()}
    # These stand in every method beside its kind's own keys.
    declared["every method"] = sorted([*declared["every method"], "kind", "title", "basis", "note", "since", "until"])
    assert documented == declared


#: What the table of a form calls each noun.
FORM: dict[str, type] = {
    "form": form.Form,
    "funds": form.FundsRow,
    "indicators": form.IndicatorRow,
    "spending": form.Spending,
    "goals": form.Goal,
    "evidence": form.Evidence,
    "problems": form.Trouble,
    "results": form.Results,
    "reported": form.Claim,
    "report": form.Conclusion,
}


def test_the_page_of_the_forms_has_every_key_and_no_other() -> None:
    text = (ROOT / "docs/forms.md").read_text(encoding="utf-8").partition("### Every key")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| (\w+) \| `(\w+)` \|", text, flags=re.MULTILINE)
    declared = [
        (where, field.name)
        for where, noun in FORM.items()
        for field in attrs.fields(noun)
        if field.name not in scorecard.OURS
    ]
    assert sorted(listed) == sorted(declared)


def test_the_page_of_the_forms_has_every_ending_and_every_heading() -> None:
    text = (ROOT / "docs/forms.md").read_text(encoding="utf-8")
    endings = re.findall(r"`(\.\w+)`", text.partition("## In TOML")[0])
    assert sorted(endings) == sorted(READERS)
    table = text.partition("| column | is headed |")[2].partition("\n\n")[0]
    listed = {
        word for line in re.findall(r"^\| [a-z -]+ \| (.+) \|$", table, re.MULTILINE) for word in line.split(", ")
    }
    assert listed == {
        word.rstrip("$")
        for names in (wordings.MONEY, wordings.INDICATORS)
        for words in names.values()
        for word in words
    }


def _keys(data: object, path: str = "") -> Iterator[str]:
    """The paths of the keys in *data*; of an array those of what it holds. A working is told elsewhere."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _keys(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list) and data and isinstance(data[0], dict) and not path.endswith("steps"):
        for one in data:
            yield from _keys(one, f"{path}[]")
    else:
        yield path


def test_the_page_of_the_audit_has_every_key_of_its_json_and_no_other() -> None:
    text = (ROOT / "docs/audit.md").read_text(encoding="utf-8").partition("### The layout of the JSON")[2]
    listed = re.findall(r"^\| `([\w.\[\]]+)` \|", text.partition("\n## ")[0], flags=re.MULTILINE)
    data = perfeval.audit(None, ROOT / "examples/yiyang-2021/form.toml").as_dict()
    assert listed == list(dict.fromkeys(_keys(data)))


def test_every_kind_of_method_is_in_the_table_of_kinds() -> None:
    text = (ROOT / "docs/rule-format.md").read_text(encoding="utf-8").partition("## The kinds")[2]
    assert set(re.findall(r"^\| ([a-z]+) \|", text, flags=re.MULTILINE)) - {"kind"} == set(schema.KINDS)


CATALOGUE = ROOT / "tests" / "catalogue"


def _methods_page() -> tuple[str, str]:
    """The page of the kinds: what it says of each, and its table of every way of scoring."""
    text = (ROOT / "docs/methods.md").read_text(encoding="utf-8")
    entries, _, table = text.partition("## Every way of scoring")
    return entries, table


def _rows() -> list[tuple[str, str, str]]:
    """Each line of the table: the id, the file it leads to, the kinds and keys."""
    return re.findall(r"^\| \[([\w-]+)\]\(([^)]+)\) \| [^|]+ \| ([^|]+) \|$", _methods_page()[1], flags=re.MULTILINE)


def _scored_by(stem: str) -> set[str]:
    """The kinds of method in a file of the catalogue, those of the files it uses included."""
    card = api.read_rules(CATALOGUE / f"{stem}.toml")
    own = [row.method for row in card.indicators if isinstance(row.method, method.Method)]
    return {one.scoring.kind for one in (*card.methods.values(), *own)}


def test_the_page_of_the_kinds_has_every_way_of_scoring_and_no_other() -> None:
    files = sorted(path.stem for path in CATALOGUE.glob("*.toml"))
    assert sorted(stem for stem, _, _ in _rows()) == files
    assert all(link == f"../tests/catalogue/{stem}.toml" for stem, link, _ in _rows())
    assert len(re.findall(r"^\| \[", _methods_page()[1], flags=re.MULTILINE)) == len(files)


@pytest.mark.parametrize(("stem", "link", "words"), _rows(), ids=lambda one: one if "/" not in one else "")
def test_what_a_line_names_stands_in_its_file(stem: str, link: str, words: str) -> None:
    card = api.read_rules(CATALOGUE / f"{stem}.toml")
    text = "\n".join(one.document.text for one in card.documents)
    for word in re.findall(r"`([^`]+)`", words.replace("no `not_applicable`", "")):
        assert word in text, f"{link} does not say {word}"


def test_each_kind_names_ways_of_scoring_that_use_it() -> None:
    entries = re.findall(r"^## ([a-z]+)[a-z ]*$(.*?)^Serves ([^.]+)\.$", _methods_page()[0], re.MULTILINE | re.DOTALL)
    assert {kind for kind, _, _ in entries} == set(schema.KINDS)
    for kind, _, ids in entries:
        for one in re.findall(r"\w+", ids):
            assert kind in _scored_by(one), f"{kind} does not serve {one}"


def test_the_picture_of_the_readme_shows_what_an_audit_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert terminal.drawn() == terminal.PICTURE.read_text(encoding="utf-8"), "python tests/shared/terminal.py"


def test_the_page_of_the_api_names_what_is_public() -> None:
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    for name in perfeval.__all__:
        assert name == "__version__" or name in text, name
