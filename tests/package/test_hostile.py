"""Hostile input: whatever a file, a program or a terminal brings, the answer is a located problem or a true score."""

from __future__ import annotations

import copy
import datetime
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

import perfeval
from perfeval.cli import main
from perfeval.problems import InputError, Problem
from perfeval.report.console.evaluation import show_evaluation
from perfeval.report.console.problems import show_problems
from perfeval.report.console.rules import show_summary
from perfeval.report.console.working import show_working
from perfeval.report.formats.json import evaluation_json, problems_json
from perfeval.text.messages import LANGUAGES, harmless, shown

ROOT: Final = Path(__file__).parents[2]
FAULTS: Final = ROOT / "tests" / "faults"
STORY: Final = ROOT / "examples" / "yiyang-2021"
RULES: Final = (ROOT / "rules" / "cn" / "project-self-evaluation.toml", FAULTS / "facts" / "rules.toml")
TEXTS: Final = tuple(path.read_text(encoding="utf-8") for path in (*RULES, STORY / "rules.toml"))
NASTY: Final = "[red]红[/] [/] [link=x] :smile: \x1b[31m\x07\x9b1m\u202e\u2066\u200b\u2028\ufeff"


def printed(show: Any) -> str:
    """What *show* prints on consoles of every width, narrow ones too."""
    out = io.StringIO()
    for width in (1, 20, 40, 80, 200):
        show(Console(file=out, width=width, markup=False, emoji=False, highlight=False))
    return out.getvalue()


def assert_harmless(text: str) -> None:
    assert [one for one in text if one != "\n" and not harmless(one)] == []


def assert_sound(problems: tuple[Problem, ...], located: bool) -> None:
    """Problems can be said and shown in both languages, and say where they stand."""
    for one in problems:
        assert (one.line and one.column) or not located, one
    for lang in LANGUAGES:
        assert_harmless(printed(lambda console, lang=lang: show_problems(console, problems, lang)))
        assert_harmless(problems_json(problems, lang))
    if problems:
        assert_harmless(str(InputError(problems)))


def read(text: str) -> perfeval.Plan | None:
    """The plan of *text*, shown in every way; None where it is refused as bad input is."""
    try:
        plan = perfeval.loads(text)
    except InputError as error:
        assert_sound(error.problems, located=True)
        return None
    assert_sound(perfeval.check(plan), located=True)
    proof = perfeval.prove(plan)
    for lang in LANGUAGES:
        assert_harmless(printed(lambda console, lang=lang: show_summary(console, plan, proof, 1, lang)))
    return plan


def score(plan: perfeval.Plan, facts: dict[Any, Any]) -> perfeval.Evaluation | None:
    try:
        evaluation = perfeval.score(plan, facts)
    except InputError as error:
        assert_sound(error.problems, located=False)
        return None
    for lang in LANGUAGES:
        assert_harmless(printed(lambda console, lang=lang: show_evaluation(console, evaluation, lang)))
        assert_harmless(
            printed(lambda console, lang=lang: show_working(console, evaluation, [*evaluation], lang, True))
        )
        assert_harmless(evaluation_json(evaluation, lang))
    return evaluation


# Rule files, mutated.

VALUES: Final[tuple[Any, ...]] = (
    *(0, 1, -1, Decimal("2.5"), 10**29, -(10**29), 10**31, True, False),
    *("", " ", "80%", "0.8", "-5%", "≥90%", "=0", "≤0", "<0", "50万元", "5天", "2021-11", "11月底前", NASTY, "x" * 500),
    *("none", "exact", "proportional", "effect", "cost", "cn/project-self-evaluation", "../x.toml", "/", "a//b"),
    *(datetime.date(2020, 1, 1), datetime.time(1, 2)),
    *([], {}, [1], ["a"], [{}], [{"name": "x"}], {"a": 1}, {"kind": "threshold"}, {"to": "0.1"}, {"add": []}),
    *({"add": ["a"], "less": ["a"]}, {"below": "90%"}, {"from": 1, "to": 2}, {"add": ["reason"]}),
)
#: Every key of the format.
WORDS: Final = """
format id title lang uses basis since until total cap rounding methods assign units structure grades
mode rate row grade kind better actual target zero_target reverse needs_reason floor measure bands
interpolate from above to below score minus plus start per steps tiers name aliases group weight
"""
KEYS: Final = (
    *WORDS.split(),
    *("method", "facts", "scores", "problem", "reason", "zero", "otherwise", "examples", "键", "a.b", "", NASTY),
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


def value_at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def mutate(draw: st.DrawFn, tree: dict[str, Any]) -> None:
    """Drop, retype, rename, add, repeat, move or reorder something in *tree*."""
    paths = list(places(tree))
    if not paths:
        return
    *above, key = draw(st.sampled_from(paths))
    parent = value_at(tree, tuple(above))
    what = draw(st.sampled_from(["drop", "retype", "rename", "add", "repeat", "move", "reorder"]))
    if what == "drop":
        del parent[key]
    elif what == "retype":
        parent[key] = copy.deepcopy(draw(st.sampled_from(VALUES)))
    elif what == "move":
        parent[key] = copy.deepcopy(value_at(tree, draw(st.sampled_from(paths))))
    elif what == "reorder":
        if isinstance(parent, list):
            parent.reverse()
        else:
            items = draw(st.permutations(list(parent.items())))
            parent.clear()
            parent.update(items)
    elif isinstance(parent, list):
        parent.append(copy.deepcopy(parent[key]))
    else:
        name = draw(st.sampled_from(KEYS))
        added = copy.deepcopy(draw(st.sampled_from(VALUES)) if what == "add" else parent[key])
        if what == "rename":
            del parent[key]
        parent[name] = added


@st.composite
def mutated(draw: st.DrawFn, texts: tuple[str, ...] = TEXTS) -> dict[str, Any]:
    tree = tomli.loads(draw(st.sampled_from(texts)), parse_float=Decimal)
    for _ in range(draw(st.integers(1, 3))):
        mutate(draw, tree)
    return tree


def test_every_character_is_shown_as_it_is_or_written_out() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        assert (shown(character) == character) == harmless(character)


@given(mutated())
def test_a_mutated_rule_file_is_read_or_refused_with_places(tree: dict[str, Any]) -> None:
    read(tomli_w.dumps(tree))


PIECES: Final = st.sampled_from(
    [
        *"[]{}=,.#\"'\\\n\t \r",
        *"＝“”，：【】％",
        '"""',
        "'''",
        "[[",
        "90%",
        "\x1b[31m",
        "\u202e",
        "\0",
        "键",
        "e999",
        "nan",
    ]
)


@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), PIECES), min_size=1, max_size=4))
def test_a_torn_text_is_read_or_refused_with_places(text: str, tears: list[tuple[float, int, str]]) -> None:
    for where, length, piece in tears:
        start = int(where * len(text))
        text = text[:start] + piece + text[start + length :]
    read(text)


@given(st.text(max_size=200))
def test_any_text_is_refused_with_places(text: str) -> None:
    assert read(text) is None


# Facts.


class Strange:
    """An object whose text a terminal would obey."""

    def __repr__(self) -> str:
        return NASTY


class Floating(float):
    """A float of another library, which prints itself in its own way."""

    def __repr__(self) -> str:
        return f"np.float64({float.__repr__(self)})"


RAW: Final = st.sampled_from(
    [
        *VALUES,
        *(None, {1, 2}, (1, 2), b"60", complex(1, 2), Strange(), Floating(5.5), 1e300, 5e-324, 10**5000),
        *(float("nan"), float("inf"), Decimal("sNaN"), Decimal("NaN"), Decimal("1e400"), Decimal("1e-400")),
        *(Fraction(1, 3), Fraction(10**5000), Fraction(1, 10**5000), datetime.datetime(2020, 1, 1, 1)),  # noqa: DTZ001
        *({"actual": Strange()}, {5: 6}, {"tier": 5}, {"tier": "达成", "score": 10**5000}, {"reason": Strange()}),
    ]
) | st.recursive(st.text(max_size=20) | st.integers() | st.floats() | st.decimals(), st.lists, max_leaves=3)
FINE: Final = tomli.loads((FAULTS / "facts" / "fine.toml").read_text(encoding="utf-8"), parse_float=Decimal)["facts"]
PLAN: Final = perfeval.load(FAULTS / "facts" / "rules.toml")


@given(st.dictionaries(st.sampled_from([*FINE, 5, None, ("a", "b"), 1.5, NASTY, "x" * 500]), RAW, max_size=4))
def test_any_fact_is_scored_or_refused(changes: dict[Any, Any]) -> None:
    score(PLAN, {**FINE, **changes})


@given(st.dictionaries(st.sampled_from(["total", "grade", "x", 5]), RAW, max_size=2))
def test_any_claim_is_taken_or_refused(claim: dict[Any, Any]) -> None:
    try:
        evaluation = perfeval.score(PLAN, FINE, reported=claim)
    except InputError as error:
        assert_sound(error.problems, located=False)
    else:
        assert_harmless(evaluation_json(evaluation, "zh"))


@settings(max_examples=30)
@given(*[st.text(min_size=1, max_size=30).map(lambda text: NASTY + text) for _ in range(4)])
def test_no_text_of_a_file_is_obeyed_by_the_terminal(name: str, group: str, tier: str, reason: str) -> None:
    tree = {
        "format": 1,
        "id": "t",
        "title": name,
        "basis": reason,
        "note": reason,
        "methods": {name: {"kind": "graded", "tiers": [{"name": tier, "from": "0%"}], "note": reason}},
        "assign": [{"group": group, "method": name}, {"method": name}],
        "indicators": [{"name": name, "group": group.replace("/", "-"), "weight": 100, "target": reason}],
        "grades": [{"name": tier, "from": 0}],
    }
    plan = read(tomli_w.dumps(tree))
    assert plan is not None
    evaluation = score(plan, {name: {"tier": tier, "score": 60, "actual": reason, "reason": reason}})
    assert evaluation is not None
    assert evaluation.total == 60


# What is huge.

HEAD: Final = 'format = 1\nid = "t"\ntitle = "t"\n'


@pytest.mark.parametrize(
    "text",
    [
        HEAD
        + '[[indicators]]\nname = "'
        + "名" * 100_000
        + '"\nweight = 100\ntarget = 1\nmethod = "'
        + "法" * 100_000
        + '"\n',
        'a = "' + "x" * 200_000 + '" b\n',
        "a = " + "“x”，" * 20_000 + "\n",
        HEAD + "\n".join(f"k{number} = 1" for number in range(4000)),
        HEAD + "a = 90%\n键 = 1\n" * 1000,
        HEAD + "note = " + "[" * 100_000,
        HEAD + "note = " + "{a=" * 5000 + "1" + "}" * 5000,
        HEAD + "a." * 5000 + "a = 1\n",
        HEAD + "total = " + "9" * 100_000 + "\n",
    ],
    ids=["names", "long line", "full-width line", "unknown keys", "unquoted", "open", "tables", "dotted", "number"],
)
def test_huge_input_is_refused_in_good_time(text: str) -> None:
    with pytest.raises(InputError) as caught:
        perfeval.loads(text)
    problems = caught.value.problems[:20]
    assert all(one.line and one.column for one in problems)
    assert len(printed(lambda console: show_problems(console, problems, "zh"))) < 1_000_000


def test_a_huge_name_that_nearly_fits_is_refused_in_good_time() -> None:
    plan = perfeval.loads(
        HEAD
        + f'[[indicators]]\nname = "{"名" * 100_000}"\nweight = 100\nmethod = {{ kind = "threshold" }}\ntarget = 1\n'
    )
    with pytest.raises(InputError):
        perfeval.score(plan, {"名" * 99_999: 1})


# Nothing is coerced, and nothing that cannot be meant is taken.


@pytest.mark.parametrize("key", ["format", "id", "title", "lang", "total", "cap", "since", "basis", "note"])
@pytest.mark.parametrize("value", ["true", "[]", "{}", "12:00:00"])
def test_no_value_of_another_type_is_taken(key: str, value: str) -> None:
    lines = {"format": "1", "id": '"t"', "title": '"t"', key: value}
    with pytest.raises(InputError) as caught:
        perfeval.loads("".join(f"{name} = {one}\n" for name, one in lines.items()))
    (one,) = caught.value.problems
    assert (one.name, one.path) == ("wrong-type", key)


@pytest.mark.parametrize("line", ["id = 5", "title = 5", 'format = "1"', "format = 1.0", 'total = "100"', "uses = [5]"])
def test_a_number_is_no_text_and_a_text_no_number(line: str) -> None:
    key, _, value = line.partition(" = ")
    lines = {"format": "1", "id": '"t"', "title": '"t"', key: value}
    with pytest.raises(InputError) as caught:
        perfeval.loads("".join(f"{name} = {one}\n" for name, one in lines.items()))
    assert [one.name for one in caught.value.problems] == ["wrong-type"]


def test_problems_and_sentences_can_be_put_in_sets() -> None:
    problems = [perfeval.check(path) for path in (FAULTS / "bad-amount.toml", FAULTS / "bad-amount.toml")]
    assert len({one for found in problems for one in found}) == 2
    evaluation = perfeval.score(PLAN, {**FINE, "走访": 12})
    assert len(set(evaluation.assumed)) == len(evaluation.assumed) == 3


# Files that use others.


def test_every_fault_of_uses_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        perfeval.loads(HEAD + f'uses = ["../x.toml", "none", "{"y" * 5000}", "a\\u0000b", "z\\u0000.toml", ""]\n')
    names = [one.name for one in caught.value.problems]
    assert names == ["rule-outside", "unknown-rule", "unknown-rule", "unknown-rule", "file-missing", "unknown-rule"]


def test_a_link_does_not_lead_outside(tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text(HEAD, encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    (home / "link.toml").symlink_to(tmp_path / "outside.toml")
    (home / "loop.toml").symlink_to(home / "loop.toml")
    (home / "rules.toml").write_text(HEAD + 'uses = ["link.toml", "loop.toml"]\n', encoding="utf-8")
    assert [one.name for one in perfeval.check(home / "rules.toml")] == ["rule-outside", "file-missing"]
    assert perfeval.check(home / "rules.toml", rules_path=[tmp_path])[0].name == "file-missing"


def test_a_long_circle_is_told_with_its_chain(tmp_path: Path) -> None:
    for number in range(5):
        text = HEAD + f'uses = ["{(number + 1) % 5}.toml"]\n'
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    (one,) = perfeval.check(tmp_path / "0.toml")
    assert one.name == "rule-cycle"
    assert one.message.count("toml") == 6


# The command line.


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--lang", "junk"],
        ["check", "--lang", "junk", "x"],
        ["check", "--lang"],
        ["check"],
        ["nope"],
        ["score", "a"],
        ["check", "x", "--\x1b[31m\u202e"],
    ],
)
def test_bad_words_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: ")
    assert_harmless(err)


@pytest.mark.parametrize(
    "name", ["", "a\nb.toml", "[red].toml", "\x1b[31m.toml", "\udc80.toml", "x" * 5000, "a\0b", "/"]
)
def test_a_strange_name_is_a_problem(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = name if name != "/" else str(tmp_path)
    for words in (["check", path], ["score", path, path], ["explain", path, path]):
        assert main(words) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert_harmless(err)
        assert ("problems found: " in err) or ("个错误" in err)


COMMAND: Final = [sys.executable, "-m", "perfeval"]
SCORE: Final = ["score", str(STORY / "rules.toml"), str(STORY / "facts.toml")]


def run(words: list[str], **environment: str) -> tuple[int, bytes, bytes]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run([*COMMAND, *words], capture_output=True, env=surroundings, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
@pytest.mark.parametrize(
    "words", [SCORE, ["check", "--help", "--lang", "zh"], ["check", str(FAULTS / "bare-key.toml")]]
)
def test_a_stream_that_cannot_say_everything_ends_nothing(encoding: str, words: list[str]) -> None:
    code, out, err = run(words, PYTHONIOENCODING=encoding)
    assert code == (2 if "bare-key" in words[-1] else 0)
    assert b"Traceback" not in err
    assert (out + err).decode(encoding)


def test_json_on_a_stream_that_is_not_utf8_keeps_to_ascii() -> None:
    code, out, _ = run([*SCORE, "--format", "json"], PYTHONIOENCODING="gbk")
    assert code == 0
    assert out.isascii()
    assert json.loads(out) == json.loads(run([*SCORE, "--format", "json"], PYTHONIOENCODING="utf-8")[1])


@pytest.mark.parametrize("columns", ["0", "1", "20", "junk"])
def test_any_width_is_printed_on(columns: str) -> None:
    for words in (SCORE, ["explain", *SCORE[1:]], ["rules"], ["check", str(RULES[0])]):
        assert run(words, COLUMNS=columns, PYTHONIOENCODING="utf-8")[::2] == (0, b"")


@pytest.mark.parametrize("words", [SCORE, [*SCORE, "--format", "json"], ["explain", *SCORE[1:]], ["rules"]])
def test_a_reader_that_leaves_ends_it_quietly(words: list[str]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [*COMMAND, *words], stdout=write_end, stderr=subprocess.PIPE, env=environment, check=False
        )
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")
