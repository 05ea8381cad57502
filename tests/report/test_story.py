"""The stories of examples/: each prints what its folder says, and the case of 益阳 comes to 89, not 94."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval import cli

ROOT = Path(__file__).parents[2]
STORIES = sorted(path.parent for path in (ROOT / "examples").glob("*/rules.toml"))
YIYANG = ROOT / "examples/yiyang-2021"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")


def _printed(capsys: Capture, *words: str) -> str:
    assert cli.main(words) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("folder", STORIES, ids=lambda path: path.name)
@pytest.mark.parametrize(("name", "extra"), [("output.txt", ()), ("output.json", ("--format", "json"))])
def test_a_story_prints_what_its_folder_says(folder: Path, name: str, extra: tuple[str, ...], capsys: Capture) -> None:
    files = [(folder / file).relative_to(ROOT).as_posix() for file in ("rules.toml", "facts.toml")]
    assert _printed(capsys, "score", *files, *extra) == (folder / name).read_text(encoding="utf-8")


def _scored(
    tmp_path: Path, capsys: Capture, change: Callable[[str], str] = str, rules: Callable[[str], str] = str
) -> dict[str, Any]:
    """The case as JSON, after a *change* of its facts or *rules*."""
    for name, edit in (("rules.toml", rules), ("facts.toml", change)):
        text = (YIYANG / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(edit(text), encoding="utf-8")
    words = ("score", str(tmp_path / "rules.toml"), str(tmp_path / "facts.toml"), "--format", "json")
    result: dict[str, Any] = json.loads(_printed(capsys, *words))
    return result


def _row(result: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in result["indicators"] if row["name"] == name)
    return found


def _edit(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    return edit


def test_the_case_comes_to_89(tmp_path: Path, capsys: Capture) -> None:
    result = _scored(tmp_path, capsys)
    assert (result["total"], result["grade"], result["difference"]) == ("89", "良", "5")
    assert result["reported"] == {"total": "94", "grade": "优秀"}
    assert result["format"] == 1
    assert len(result["indicators"]) == 16
    keys = {"name", "group", "weight", "target", "actual", "share", "score", "steps"}
    assert all(keys <= row.keys() for row in result["indicators"])
    assert _row(result, "预算执行率")["share"] == "0.49"
    assert sum(Decimal(row["weight"]) for row in result["indicators"]) == 100


def test_finer_rows_give_the_execution_its_decimals(tmp_path: Path, capsys: Capture) -> None:
    result = _scored(tmp_path, capsys, rules=_edit('row = "1"', 'row = "0.01"'))
    assert (_row(result, "预算执行率")["score"], result["total"]) == ("4.90", "88.90")


def test_more_executed_moves_row_total_and_grade(tmp_path: Path, capsys: Capture) -> None:
    result = _scored(tmp_path, capsys, _edit('executed = "24.5万元"', 'executed = "30万元"'))
    assert (_row(result, "预算执行率")["score"], result["total"], result["grade"]) == ("6", "90", "优")


def test_less_satisfaction_moves_row_and_total(tmp_path: Path, capsys: Capture) -> None:
    result = _scored(tmp_path, capsys, _edit('"受训老师满意度" = "95%"', '"受训老师满意度" = "85%"'))
    assert (_row(result, "受训老师满意度")["score"], result["total"]) == ("9", "88")


def test_the_facts_are_those_of_the_printed_form() -> None:
    """Names, targets, actuals and weights as the form prints them; the rows' own scores where rules cannot say them."""
    form = json.loads((YIYANG / "form.json").read_text(encoding="utf-8"))
    evaluation = perfeval.score(YIYANG / "rules.toml", YIYANG / "facts.toml")
    rows = list(evaluation)[1:]
    assert len(rows) == len(form["indicators"]) == 15
    for row, printed in zip(rows, form["indicators"], strict=True):
        assert row.name == printed["name"]
        assert (row.target or "").replace(" ", "") == printed["target"].replace(" ", "")
        assert row.actual == printed["actual"]
        assert row.weight == Decimal(printed["weight"])
        assert row.score == Decimal(printed["score"])


def test_importing_perfeval_loads_no_terminal() -> None:
    code = "import perfeval, sys; sys.exit('rich' in sys.modules or 'cattrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
