"""Every problem: a bad file beside the report it must give, and the declared, documented and exercised names equal.

``make write`` writes the reports anew; read each one that changes before it is committed.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import string
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final, get_args
from unittest import mock

import openpyxl
import pytest

import perfeval
from perfeval.cli import main
from perfeval.methods.method import Allowed
from perfeval.problems import InputError, Problem
from perfeval.text.messages import LANGUAGES, PROBLEMS, SENTENCES

ROOT: Final = Path(__file__).parents[2]
FAULTS: Final = ROOT / "tests" / "faults"
FACTS: Final = FAULTS / "facts"
FORMS: Final = FAULTS / "forms"
#: The facts that score themselves by something else than the rules beside them.
SCORED_BY: Final = {
    "no-indicators": "cn/project-self-evaluation",
    **dict.fromkeys(("missing-year", "not-in-force"), "dated.toml"),
    **dict.fromkeys(
        (
            *("bad-count", "uncounted-fact", "no-votes", "no-merge-weight", "unmerged-fact"),
            *(
                "contradictory-fact",
                "not-applicable",
                "nothing-applies",
                "wrong-choice",
                "wrong-choice-none",
                "fine-groups",
            ),
        ),
        "groups.toml",
    ),
}
#: The facts that are of a year said beside them.
YEARS: Final = {"not-in-force": 2024}
#: Files beside the faults that are no faults.
SOUND: Final = {"fine.toml", "fine-groups.toml", "rules.toml", "groups.toml", "dated.toml"}
#: Names that no file can show: they are made below.
WITHOUT_FILE: Final = {
    *("file-missing", "file-is-directory", "file-unreadable", "file-too-large", "not-finite"),
    *("no-form-files", "file-exists", "file-unwritable", "extra-missing", "formula-without-value"),
    *(
        "needs-libreoffice",
        "no-text",
        "no-form",
        "several-forms",
        "several-values",
        "forms-side-by-side",
    ),  # tests/forms/test_readers.py
}
#: Names that only a table of many forms can show: tests/batch/test_batch.py has them.
OF_TABLES: Final = {
    *("no-forms", "missing-column", "duplicate-column", "ragged-row", "duplicate-id", "broken-line"),
}


def cases() -> list[Path]:
    """Every bad file, from ``tests/faults`` down."""
    found = [path for folder in (FAULTS, FACTS) for path in sorted(folder.glob("*.toml")) if path.name not in SOUND]
    return found + [path for path in sorted(FORMS.iterdir()) if path.suffix != ".txt"]


def named(path: Path) -> str:
    """The problem that *path* is called after, its variant left off; the longest name wins."""
    return max((name for name in PROBLEMS if f"{path.stem}-".startswith(f"{name}-")), key=len, default="")


def command(path: Path) -> list[str]:
    """The words that read *path*, from inside its folder."""
    if path.parent == FAULTS:
        return ["check", path.name]
    if path.parent == FORMS:
        return ["audit", path.name]
    year = ["--year", str(YEARS[path.stem])] if path.stem in YEARS else []
    return ["score", SCORED_BY.get(path.stem, "rules.toml"), path.name, *year]


def run(words: list[str], folder: Path) -> tuple[int, str, str]:
    """What the command line prints in *folder*: exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.dict(os.environ, {"COLUMNS": "120"}),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = main(words)
    finally:
        os.chdir(before)
    return code, out.getvalue(), err.getvalue()


def report(path: Path) -> str:
    """The report on *path*, in English and in Chinese."""
    parts: list[str] = []
    for lang in LANGUAGES[::-1]:
        words = [*command(path), "--lang", lang]
        code, out, err = run(words, path.parent)
        assert (code, out) == (2, ""), "bad input gives nothing but its problems"
        parts.append(f"$ perfeval {' '.join(words)}\n" + "\n".join(line.rstrip() for line in err.splitlines()) + "\n")
    return "\n".join(parts)


def problems_of(path: Path) -> tuple[Problem, ...]:
    if path.parent == FAULTS:
        return perfeval.check(path)
    if path.parent == FORMS:
        with pytest.raises(InputError) as caught:
            perfeval.load_form(path)
        return caught.value.problems
    rules = SCORED_BY.get(path.stem, "rules.toml")
    with pytest.raises(InputError) as caught:
        perfeval.score(FACTS / rules if rules.endswith(".toml") else rules, path, year=YEARS.get(path.stem))
    return caught.value.problems


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.relative_to(FAULTS).as_posix())
def test_a_bad_file_gives_exactly_its_report(path: Path) -> None:
    assert report(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.relative_to(FAULTS).as_posix())
def test_every_problem_of_a_file_has_its_place(path: Path) -> None:
    problems = problems_of(path)
    assert problems
    assert path.stem.startswith("several-at-once") or named(path) in {one.name for one in problems}
    # Bytes that are no text have no lines; in what is no TOML a place is a path of keys or a cell.
    other = path.suffix != ".toml"
    assert all(one.file and ((one.line and one.column) or one.name == "not-text" or other) for one in problems)
    order = [(one.file, one.line or 0, one.column or 0) for one in problems]
    assert order == sorted(order)


def test_every_report_belongs_to_a_file() -> None:
    reports = sorted(FAULTS.rglob("*.txt"))
    assert reports == sorted(path.with_suffix(".txt") for path in cases())


def test_the_names_declared_documented_and_exercised_are_equal() -> None:
    exercised = {one.name for path in cases() for one in problems_of(path)} | WITHOUT_FILE | OF_TABLES
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    documented = re.findall(r"^### `([a-z-]+)`$", page, re.MULTILINE)
    assert exercised == set(PROBLEMS)
    assert len(documented) == len(set(documented))
    assert set(documented) == set(PROBLEMS)


@pytest.mark.parametrize(("page", "least"), [("problems.md", len(PROBLEMS) // 2), ("proofs.md", 4)])
def test_every_example_of_the_page_stands_in_a_report(page: str, least: int) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    reports = "".join(path.read_text(encoding="utf-8") for path in sorted(FAULTS.rglob("*.txt")))
    examples = re.findall(r"^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(examples) >= least
    assert [one for one in examples if one not in reports] == []


def test_the_page_of_the_proofs_names_what_can_fail_and_what_can_be_allowed() -> None:
    page = (ROOT / "docs" / "proofs.md").read_text(encoding="utf-8")
    text = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    proofs = text.partition("## What is proved\n")[2].partition("\n## ")[0]
    assert {name for name in re.findall(r"^### `([a-z-]+)`$", proofs, re.MULTILINE) if f"`{name}`" not in page} == set()
    allowed = page.partition("These can be allowed: ")[2].partition(". ")[0]
    assert set(re.findall(r"`([a-z-]+)`", allowed)) == set(get_args(Allowed))


# What cannot be a file of this folder.


def only(path: Path) -> Problem:
    (one,) = perfeval.check(path)
    with pytest.raises(InputError) as caught:
        perfeval.load_facts(path)
    assert [two.name for two in caught.value.problems] == [one.name]
    code, out, err = run(["score", str(path), str(FACTS / "fine.toml"), "--lang", "en"], ROOT)
    assert (code, out) == (2, "")
    assert f"{path}: {one.name}: " in err
    assert (one.file, one.line, one.column) == (str(path), None, None)
    return one


def test_a_missing_file(tmp_path: Path) -> None:
    assert only(tmp_path / "none.toml").name == "file-missing"
    assert only(tmp_path / "no" / "such" / "folder.toml").name == "file-missing"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert only(tmp_path / "folder.toml").name == "file-is-directory"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("format = 1\n", encoding="utf-8")
    with mock.patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied")):
        one = only(path)
    assert (one.name, one.message) == ("file-unreadable", "the file cannot be read: Permission denied")
    assert only(tmp_path / ("x" * 5000 + ".toml")).name == "file-unreadable"
    link = tmp_path / "loop.toml"
    link.symlink_to(link)
    assert only(link).name == "file-unreadable"


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    with path.open("wb") as file:
        file.truncate(16_000_001)
    one = only(path)
    assert one.message == "the file has 16000001 bytes, more than the limit of 16000000"


@pytest.mark.parametrize("number", [float("nan"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")])
@pytest.mark.parametrize("key", ["走访", "effect"])
def test_a_number_of_a_program_that_is_not_finite(number: object, key: str) -> None:
    fact = {"tier": "达成", "score": number} if key == "effect" else number
    with pytest.raises(InputError) as caught:
        perfeval.score(FACTS / "rules.toml", {key: fact})
    (one,) = [one for one in caught.value.problems if one.name != "missing-fact"]
    assert one.name == "not-finite"
    assert one.path == ("effect.score" if key == "effect" else '"走访"')


def told(words: list[str], folder: Path) -> str:
    """The one problem that *words* print, without its hint."""
    code, out, err = run([*words, "--lang", "en"], folder)
    assert (code, out) == (2, "")
    assert err.endswith("problems found: 1\n")
    return err.partition("\n")[0]


def test_a_folder_without_forms(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".hidden.toml").write_text("form = 1", encoding="utf-8")
    assert told(["audit", "."], tmp_path) == ".: no-form-files: there are no forms here"


def test_a_form_is_not_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text("mine", encoding="utf-8")
    assert told(["new", "form", "form.toml"], tmp_path) == "form.toml: file-exists: the file is there already"
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(["new", "form", "form.toml", "--force"], tmp_path)[0] == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_a_form_that_cannot_be_written(tmp_path: Path) -> None:
    line = told(["new", "form", "none/form.toml"], tmp_path)
    assert line == "none/form.toml: file-unwritable: the file cannot be written: No such file or directory"
    assert list(tmp_path.iterdir()) == []


def test_a_document_without_what_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "form.docx").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "docx", None)
    line = "form.docx: extra-missing: reading .docx files takes python-docx, which is not installed"
    assert told(["audit", "form.docx"], tmp_path) == line


def test_a_formula_whose_result_is_not_in_the_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["三级指标", "年度指标值", "实际完成值", "分值", "得分"])
    book.active.append(["培训", "1次", "1次", 10, "=D2"])
    book.save(tmp_path / "form.xlsx")
    line = told(["audit", "form.xlsx"], tmp_path)
    assert line == "form.xlsx: formula-without-value: E2 are formulas whose results are not in the file"


# What is fine, though it looks much like a fault.


def test_the_facts_that_the_faults_were_made_of_are_fine() -> None:
    assert run(["score", "rules.toml", "fine.toml"], FACTS)[::2] == (0, "")
    assert run(["score", "groups.toml", "fine-groups.toml"], FACTS)[::2] == (0, "")
    assert run(["score", "dated.toml", "missing-year.toml", "--year", "2020"], FACTS)[::2] == (0, "")
    assert [perfeval.check(FACTS / name) for name in ("groups.toml", "dated.toml")] == [(), ()]


SOUND_TEXT: Final = 'format = 1\nid = "t"\ntitle = "绩效"\n'


@pytest.mark.parametrize("raw", [SOUND_TEXT.encode("utf-8-sig"), SOUND_TEXT.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_or_other_line_ends_are_no_matter(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_bytes(raw)
    assert run(["check", "rules.toml"], tmp_path)[::2] == (0, "")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_an_older_encoding_is_read_with_a_note(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_bytes(SOUND_TEXT.encode(encoding))
    code, out, err = run(["check", "rules.toml", "--lang", "en"], tmp_path)
    assert code == 0
    assert "绩效" in out
    assert err == "note: rules.toml was read as gb18030; better save it as UTF-8\n"


# The catalogue.


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_of_a_sentence_are_filled_in_alike() -> None:
    for name, parts in PROBLEMS.items():
        for chinese, english in zip(*parts, strict=True):
            assert chinese.strip(), name
            assert english.strip(), name
        messages = [fields(parts[LANGUAGES.index(lang)][0]) for lang in LANGUAGES]
        hints = [fields(parts[LANGUAGES.index(lang)][1]) for lang in LANGUAGES]
        assert messages[0] == messages[1], name
        assert hints[0] == hints[1] or hints[0] | hints[1] <= messages[0] | {"mended", "known", "terms", "keys"}, name
    for name, (chinese, english) in SENTENCES.items():
        # A method is called by its title in Chinese, and by its name in English.
        assert fields(chinese) == fields(english) or name in {"method-called", "method-titled"}, name


def test_every_problem_can_be_said() -> None:
    for path in cases():
        for one in problems_of(path):
            for lang in LANGUAGES:
                assert not set("{}") & set(re.sub(r"\{ ?[\w\"].*?\}", "", one.message_in(lang))), one.name
                assert one.hint_in(lang)


def sources() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "perfeval").rglob("*.py")):
        if path.parent.name != "catalog":
            yield ast.parse(path.read_text(encoding="utf-8"))


def patterns(node: ast.expr) -> Iterator[re.Pattern[str]]:
    """What an expression that names a sentence may come to: no name is put together from pieces."""
    assert not isinstance(node, ast.JoinedStr), ast.unparse(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.compile(re.escape(node.value))
    elif isinstance(node, ast.IfExp):
        yield from patterns(node.body)
        yield from patterns(node.orelse)


def said_in_source() -> list[re.Pattern[str]]:
    """The first argument of every said(…), and the second of every say(…); of said_of(…) both, or the whole table."""
    found: list[re.Pattern[str]] = []
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"said", "say"}:
                position = int(node.func.id == "say")
                found += patterns(node.args[position]) if len(node.args) > position else ()
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said_of":
                table, name = (str(one.value) if isinstance(one, ast.Constant) else "" for one in node.args)
                found.append(re.compile(re.escape(f"{table}.") + (re.escape(name) or "[a-z-]+")))
    return found


def strings_in_source() -> set[str]:
    return {
        node.value
        for tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_sentence_is_used_and_every_sentence_used_exists() -> None:
    used, words = said_in_source(), strings_in_source()
    assert [one.pattern for one in used if not any(one.fullmatch(name) for name in SENTENCES)] == []
    # A name may also reach said() through a table or an argument: then it stands in the source as it is.
    assert [name for name in SENTENCES if name not in words and not any(one.fullmatch(name) for one in used)] == []


def test_every_problem_is_used_and_every_problem_used_exists() -> None:
    words = strings_in_source()
    assert [name for name in PROBLEMS if name not in words] == []
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in {"problem", "fault", "_refuse", "RefusedError"} and node.args:
                    name = node.args[0]
                    assert not isinstance(name, ast.Constant) or name.value in PROBLEMS, ast.unparse(node)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/package/test_faults.py --write")
    for old in FAULTS.rglob("*.txt"):
        old.unlink()
    for case in cases():
        case.with_suffix(".txt").write_text(report(case), encoding="utf-8", newline="\n")
