"""`perfeval show`: a rule file with all that it uses is TOML again, of the same sense, each line with its place."""

from __future__ import annotations

import datetime
import io
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from scorecards import Form, forms

import perfeval
from perfeval import api, cli
from perfeval.problems import Place
from perfeval.report.console.rules import show_toml
from perfeval.report.formats.toml import toml_lines
from perfeval.rulefile.inheritance import Stated, merged
from perfeval.rulefile.library import Library
from perfeval.text.messages import harmless
from perfeval.toml.parser import attempt

ROOT = Path(__file__).parents[2]
YIYANG = "examples/yiyang-2021/rules.toml"

Capture = pytest.CaptureFixture[str]

BASE = """\
format = 1
id = "base"
title = "底"
cap = 99.50
[rounding]
row = { to = "0.1", mode = "down" }
[methods.m]
kind = "banded"
zero_target = "0%"
needs_reason = { below = 60 }
bands = [
  { from = 90, score = "100%" },
  { score = 0 },
]
"""
TOP = """\
format = 1
id = "top"
title = "[bold]表[/]"
uses = [
  "base",
  "base.toml",
]
rounding.row.mode = "up"
methods.m.note = "一\\n二"
[[indicators]]
name = "行"
weight = 100
method = "m"
[structure."组"]
weight = 0
"""
SHOWN = """\
format = 1                        # top.toml:1
id = "top"                        # top.toml:2
title = "[bold]表[/]"             # top.toml:3
# uses = [                        # top.toml:4
#   "base",                       # top.toml:5
#   "base.toml",                  # top.toml:6
# ]
cap = 99.50                       # base.toml:4

[rounding.row]                    # top.toml:8
to = "0.1"                        # base.toml:6
mode = "up"                       # top.toml:8

[methods.m]                       # top.toml:9
kind = "banded"                   # base.toml:8
zero_target = "0%"                # base.toml:9
needs_reason = { below = 60 }     # base.toml:10
bands = [                         # base.toml:11
  { from = 90, score = "100%" },  # base.toml:12
  { score = 0 },                  # base.toml:13
]
note = "一\\n二"                   # top.toml:9

[structure."组"]                  # top.toml:14
weight = 0                        # top.toml:15

[[indicators]]                    # top.toml:10
name = "行"                       # top.toml:11
weight = 100                      # top.toml:12
method = "m"                      # top.toml:13
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "20")
    Path("base.toml").write_text(BASE, encoding="utf-8")
    Path("top.toml").write_text(TOP, encoding="utf-8")
    return tmp_path


def _printed(capsys: Capture, *words: str) -> str:
    assert cli.main(["show", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_each_line_has_its_place_and_none_is_folded(capsys: Capture) -> None:
    assert _printed(capsys, "top.toml") == SHOWN == perfeval.show("top.toml")


@pytest.mark.usefixtures("folder")
def test_what_is_printed_is_a_rule_file_of_the_same_sense() -> None:
    plan = perfeval.load("top.toml")
    again = perfeval.loads(perfeval.show(plan))
    assert again.card == evolve(plan.card, uses=())
    assert str(again.score({"行": 91}).total) == str(plan.score({"行": 91}).total) == "99.5"


@pytest.mark.usefixtures("folder")
def test_as_json_each_value_has_path_and_place(capsys: Capture) -> None:
    found = {one["path"]: one for one in json.loads(_printed(capsys, "top.toml", "--format", "json"))["values"]}
    assert found["cap"] == {"path": "cap", "value": "99.50", "file": "base.toml", "line": 4}
    assert found["methods.m.bands[1].score"] == {
        "path": "methods.m.bands[1].score",
        "value": "0",
        "file": "base.toml",
        "line": 13,
    }
    assert found["rounding.row.mode"]["file"] == "top.toml"


def test_an_id_is_looked_for_where_it_may_stand(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = _printed(capsys, "top", "--rules-path", str(folder))
    assert attempt(text) == attempt(SHOWN)
    assert "# rules/cn/project-self-evaluation.toml:" in _printed(capsys, "cn/project-self-evaluation")


def test_every_line_tells_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key, or for an item of an array its first text, stands in the line that the comment names."""
    monkeypatch.chdir(ROOT)
    lines = [line for line in perfeval.show(YIYANG).splitlines() if "  # " in line]
    for line in lines:
        said, _, where = line.rpartition("  # ")
        file, _, number = where.rpartition(":")
        word = re.search(r'"[^"]+"|[\w-]+', said.removeprefix("# ").strip().removeprefix("{ name = "))
        assert word is not None
        assert word[0] in Path(file).read_text(encoding="utf-8").splitlines()[int(number) - 1], line
    assert len(lines) > 150


def test_a_file_with_faults_is_refused(folder: Path, capsys: Capture) -> None:
    (folder / "top.toml").write_text(TOP.replace("weight = 100", "wieght = 100"), encoding="utf-8")
    assert cli.main(["show", "top.toml", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "top.toml:12:1: unknown-key" in err


# Years.

DATED = """\
format = 1
id = "dated"
title = "有年份"
since = 2015-01-01
[methods.old]
kind = "threshold"
until = 2019-12-31
[methods.new]
kind = "proportional"
since = 2020-01-01
[[assign]]
method = "old"
until = 2019-12-31
[[assign]]
method = "new"
since = 2020-01-01
[[indicators]]
name = "行"
target = 10
weight = 100
[[examples]]
facts = { "行" = 5 }
year = 2020
total = 50
"""


@pytest.mark.parametrize(("year", "kept", "total"), [(2018, "old", "0.00"), (2020, "new", "50.00")])
def test_of_rules_with_dates_only_those_of_the_year_are_shown(year: int, kept: str, total: str) -> None:
    text = perfeval.show(perfeval.loads(DATED), year=year)
    assert f"[methods.{kept}]" in text
    assert text.count("[methods.") == 1
    assert text.count("[[assign]]") == 1
    assert ("[[examples]]" in text) == (year == 2020)
    plan = perfeval.loads(text)
    assert perfeval.check(plan) == ()
    facts = perfeval.Facts(actuals={"行": 5}, year=year)
    assert str(plan.score(facts).total) == str(perfeval.loads(DATED).score(facts).total) == total


def test_a_year_in_which_the_file_does_not_stand_is_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "dated.toml"
    path.write_text(DATED, encoding="utf-8")
    assert cli.main(["show", str(path), "--year", "2014", "--lang", "en"]) == 2
    assert f"{path}:1:1: not-in-force" in capsys.readouterr().err


# What text from a file may not do.

HOSTILE = "a\x1b[31m[red]\"\\\x00\u202e\u2028\n\t\x7f\ufeff\U000e0001'#"


def test_hostile_text_is_only_text() -> None:
    title = tomli_w.dumps({"title": HOSTILE})
    plan = perfeval.loads(f'format = 1\nid = "t"\n{title}', name="a\n\x1b[2J.toml")
    text = perfeval.show(plan)
    assert all(harmless(one) or one == "\n" for one in text)
    assert attempt(text) == {"format": 1, "id": "t", "title": HOSTILE}
    stream = io.StringIO()
    show_toml(Console(file=stream, force_terminal=True, width=20, markup=False), toml_lines(merged(plan.card)))
    coloured = re.sub(r"\x1b\[[\d;]*m", "", stream.getvalue())
    assert coloured == text
    assert stream.getvalue() != text


# The writer, beyond what a rule file may say.

_SCALARS = (
    st.text()
    | st.text(st.sampled_from(HOSTILE))
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.builds(datetime.time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999999))
    | st.datetimes(timezones=st.none() | st.just(datetime.UTC)).map(lambda one: one.replace(fold=0))
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from([Decimal("5e0"), Decimal("-0.0"), Decimal("1e2"), Decimal("0.0000001"), Decimal("12e0")])
)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12
)


@given(values=st.dictionaries(st.text(), _VALUES, max_size=5), lines=st.data())
def test_any_values_survive_being_written(values: dict[str, Any], lines: st.DataObject) -> None:
    numbers = st.integers(1, 2)

    def stated(value: Any) -> Stated:
        place = Place(file="f", line=lines.draw(numbers), column=1)
        if isinstance(value, dict):
            return Stated({key: stated(one) for key, one in value.items()}, (), place)
        return Stated(tuple(map(stated, value)) if isinstance(value, list) else value, (), place)

    values.pop("uses", None)
    read = attempt("\n".join(map(str, toml_lines(stated(values)))))
    assert isinstance(read, dict)
    # Below the first level the order is kept; 5 is not 5.0, nor 1.0 1.00.
    assert {key: repr(one) for key, one in read.items()} == {key: repr(one) for key, one in values.items()}


@given(form=forms(), inherited=st.sets(st.sampled_from(["methods", "rounding", "structure", "grades", "cap"])))
def test_a_generated_file_and_what_it_uses_score_as_before(form: Form, inherited: set[str]) -> None:
    text, facts = form.written()
    values = attempt(text)
    assert isinstance(values, dict)
    head = {"format": 1, "id": "base", "title": "底"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, keys in (("base", inherited), ("top", values.keys() - inherited)):
            extra = head if file == "base" else {"uses": ["base"]}
            part = {key: value for key, value in values.items() if key in keys}
            (folder / f"{file}.toml").write_text(tomli_w.dumps(extra | part), encoding="utf-8")
        card = api.read_rules(folder / "top.toml")
        shown = perfeval.show(folder / "top.toml")
    again = Library().loads(shown)
    assert again == evolve(card, uses=())
    assert attempt(shown) == values
    assert _outcome(again, facts) == _outcome(card, facts)


def _outcome(card: perfeval.Scorecard, facts: dict[str, Any]) -> Any:
    try:
        evaluation = perfeval.score(card, facts)
        steps = [(step.term, str(step.formula)) for row in evaluation for step in row.steps]
        return evaluation.total, evaluation.grade, [row.score for row in evaluation], steps
    except perfeval.InputError as error:
        return sorted(one.message for one in error.problems)


def test_a_scorecard_that_a_program_made_says_nothing() -> None:
    assert perfeval.show(perfeval.Scorecard(format=1, id="x", title="x")) == ""


def test_a_date_stays_a_date() -> None:
    text = perfeval.show(perfeval.loads(DATED))
    assert "since = 2015-01-01 " in text
    read = attempt(text)
    assert isinstance(read, dict)
    assert read["since"] == datetime.date(2015, 1, 1)
