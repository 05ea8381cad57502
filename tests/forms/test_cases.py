"""The published forms of tests/cases, and the same as TOML in examples: the verdict a careful auditor gives on each.

Every finding is written down with its severity, rows, cells and numbers: none more may come, and none less.

``python tests/forms/test_cases.py --write`` writes the expected outputs of examples/ anew; read each one that changes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, get_args
from unittest import mock

import pytest
import tomli

import perfeval
from perfeval import cli
from perfeval.text.messages import FINDINGS
from perfeval.text.pairs import Kind

ROOT: Final = Path(__file__).parents[2]
CASES: Final = ROOT / "tests" / "cases"

#: A finding as it is expected: check, severity, rows, what is told with it, reported, computed, the keys of its cells.
Expected = tuple[str, str, tuple[str, ...], tuple[str, ...], str | None, str | None, str]

GOLD: Final[dict[str, list[dict[str, Any]]]] = {
    path: form.get("findings", [])
    for form in tomli.loads((ROOT / "tests/gold/gold.toml").read_text(encoding="utf-8"))["forms"]
    for path in (form["file"], form.get("twin"))
    if path is not None
}
KINDS: Final = get_args(Kind)
#: The forms that examples/ holds as TOML.
TWINS: Final = {
    "01-yiyang-jiaoyujishu-2021": "examples/yiyang-2021/form.toml",
    "02-yongde-minglang-yingyang-2022": "examples/audits/yongde-2022.toml",
    "03-tianchang-shuiliju-2022": "examples/audits/tianchang-2022.toml",
    "05-zhongjiang-shuibiaochi-2022": "examples/audits/zhongjiang-2022.toml",
    "08-huoshan-tejiao-2024": "examples/audits/huoshan-2024.toml",
    "12-putuo-tiyu-2022": "examples/audits/putuo-2022.toml",
}
#: reported, added up, by the rules in the form's rounding and in the policy's; rows checked and judged.
TOTALS: Final[dict[str, tuple[str | None, ...]]] = {
    "01-yiyang-jiaoyujishu-2021": ("94", "89", "良", "91", "优", "90.90", "8", "8"),
    "02-yongde-minglang-yingyang-2022": ("96", "96", "优", "99.80", "优", "99.80", "9", "1"),
    "03-tianchang-shuiliju-2022": ("100", "100", "优", "100.00", "优", "100.00", "3", "6"),
    "05-zhongjiang-shuibiaochi-2022": ("100", "110", "优", "110.00", "优", "110.00", "3", "7"),
    "08-huoshan-tejiao-2024": ("100", "100", "优", "100.00", "优", "100.00", "8", "1"),
    "12-putuo-tiyu-2022": ("98.62", "98.62", "优", "98.62", "优", "98.62", "5", "1"),
    "p12-tongling-yishi-2021": (None, "8", None, None, None, None, "0", "4"),
    "p14-putuo-yuandian-2022": (None, "4.52", None, None, None, None, "1", "0"),
}

#: What the JSON of the cases calls a key, and what a form calls it.
_KEYS: Final = {
    "note": "reason",
    "level1": "group",
    "level2": "group",
    "reported_total": "total",
    "reported_grade": "grade",
    "printed_weight_total": "weight_total",
}


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


#: Each published form as it was printed, and its twin in TOML.
FILES: Final = [
    (name, path) for name in TOTALS for path in (f"tests/cases/{name}.json", TWINS.get(name)) if path is not None
]


def _key(cell: str) -> str:
    """The key that *cell* stands at, as a form calls it."""
    if match := re.fullmatch(r"(.*\.toml):([0-9]+):[0-9]+", cell):
        return Path(match[1]).read_text(encoding="utf-8").split("\n")[int(match[2]) - 1].partition(" =")[0]
    key = cell.partition(": ")[2].rpartition(".")[2]
    return _KEYS.get(key, key)


def _told(data: dict[str, Any]) -> list[Expected]:
    return [
        (
            one["check"],
            one["severity"],
            tuple(one["rows"]),
            tuple(one["also"]),
            one["reported"],
            one["computed"],
            " ".join(map(_key, one["cells"])),
        )
        for one in data["findings"]
    ]


def _audited(path: str) -> dict[str, Any]:
    return perfeval.audit(None, path).as_dict("en")


def test_every_case_has_a_verdict() -> None:
    assert set(TOTALS) == {path.stem for path in CASES.glob("*.json")}
    assert set(TWINS.values()) == {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "examples").rglob("*.toml")
        if path.name not in {"rules.toml", "facts.toml"}
    }


def _agreed(path: str) -> list[Expected]:
    return [
        (
            one["check"],
            one["severity"],
            tuple(one.get("rows", ())),
            tuple(one.get("also", ())),
            one.get("reported"),
            one.get("computed"),
            one["cells"],
        )
        for one in GOLD[path]
    ]


@pytest.mark.parametrize("path", GOLD)
def test_the_findings_are_those_of_the_gold_file_and_nothing_more(path: str) -> None:
    data = _audited(path)
    assert sorted(_told(data), key=repr) == sorted(_agreed(path), key=repr)
    assert all(one["why"] for one in GOLD[path])
    order = [
        (
            KINDS.index(FINDINGS[one["check"]].kind),
            ("error", "warning", "info").index(one["severity"]),
        )
        for one in data["findings"]
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(("name", "path"), FILES, ids=[path for _, path in FILES])
def test_the_totals(name: str, path: str) -> None:
    data = _audited(path)
    by_rules, computed = data["computed"], TOTALS[name]
    assert computed == (
        data["reported"]["total"],
        data["added_up"]["total"],
        data["added_up"]["grade"],
        by_rules["total"],
        by_rules["grade"],
        by_rules["total_at_policy_rounding"],
        str(by_rules["checked_rows"]),
        str(by_rules["judged_rows"]),
    )


@pytest.mark.parametrize("path", GOLD)
def test_only_errors_make_a_bad_exit(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["audit", path, "--format", "json"])
    assert code == (1 if any(one["severity"] == "error" for one in GOLD[path]) else 0)
    assert json.loads(capsys.readouterr().out)["format"] == 1


# The sentences that the issue asks for, word by word.


def _finding(path: str, check: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [one for one in _audited(path)["findings"] if one["check"] == check]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("path", [path for name, path in FILES if name.startswith("01")])
def test_yiyang(path: str) -> None:
    data = _audited(path)
    assert data["form"]["year"] == 2021
    assert data["reported"] == {"total": "94", "grade": "优秀"}
    cause = _finding(path, "total-mismatch")["cause"]
    assert cause.startswith("adding 其中：当年财政拨款 (5) again gives exactly 94 (11 other explanations fit too")
    working = _finding(path, "score-mismatch")["message"]
    assert "completion 50 ÷ 24.5 ≈ 204.0816%, share completion ≥ 100% = 100%, points 1 × 5 = 5" in working
    assert _finding(path, "score-mismatch")["basis"].startswith("财预〔2020〕10号")
    unspent = _finding(path, "unspent-funds")["message"]
    assert "25.5万元 (51%) is left" in unspent
    assert ("财政资金安排存在盈余" in unspent) is path.endswith(".toml")
    assert "共39件作品参加市级展评活动 and 7件作品送省参评" in _finding(path, "incomparable")["message"]
    assert data["rounding"] == {"to": "1", "mode": "half-up", "by_policy": False}
    assert data["verdict"] == (
        "printed 94 优秀 · printed rows add up to 89 良 · the rules check 8 of 16 rows; with the other 8 as the unit "
        "judged them: 91 优, in the form's own rounding (90.90 at the policy's)"
    )
    cost = next(row for row in data["indicators"] if row["name"] == "实验与信息素养提升")
    assert (cost["reported"], cost["computed"], cost["method"], cost["judged"]) == ("3", "5", "cost", False)
    assert {step["term"] for step in cost["steps"]} >= {"completion", "share", "points"}
    assert data["rules"]["chosen"] == ("form" if path.endswith(".toml") else "usual")


@pytest.mark.parametrize("path", [path for name, path in FILES if name.startswith("05")])
def test_where_several_rows_fit_none_is_named(path: str) -> None:
    cause = _finding(path, "total-mismatch")["cause"]
    assert cause.startswith("one of these may have been left out (9 fit): 预算执行率 (10), ")


@pytest.mark.parametrize("path", [path for name, path in FILES if name.startswith("12")])
def test_a_rate_that_only_rounding_up_gives(path: str) -> None:
    message = _finding(path, "rate-mismatch")["message"]
    assert message.endswith("= 86.18304%, which is 86.18%; only rounding up gives 86.19%")


def test_a_bonus_that_a_row_declares_is_no_score_above_its_weight(tmp_path: Path) -> None:
    path = CASES / "p12-tongling-yishi-2021.json"
    assert "score-above-weight" not in {one.name for one in perfeval.audit(None, path).findings}
    undeclared = path.read_text(encoding="utf-8").replace("一个加1分,最多加2分", "每个得1分")
    (tmp_path / "form.json").write_text(undeclared, encoding="utf-8")
    (one,) = [one for one in perfeval.audit(None, tmp_path / "form.json").findings if one.severity == "error"]
    assert (one.name, one.rows, one.reported, one.computed) == ("score-above-weight", ("工作安排",), "2", "1")


# The outputs beside the examples.


def _outputs() -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    for path in TWINS.values():
        if path.startswith("examples/audits"):
            yield path, Path(path).with_suffix(".txt"), ("--lang", "zh")
    yield TWINS["01-yiyang-jiaoyujishu-2021"], Path("examples/yiyang-2021/audit.txt"), ("--lang", "zh")
    yield TWINS["01-yiyang-jiaoyujishu-2021"], Path("examples/yiyang-2021/audit.json"), ("--format", "json")


OUTPUTS: Final = list(_outputs())


def _printed(path: str, words: tuple[str, ...]) -> str:
    out = io.StringIO()
    with mock.patch.dict(os.environ, {"COLUMNS": "80"}), contextlib.redirect_stdout(out):
        cli.main(["audit", path, *words])
    return out.getvalue()


@pytest.mark.parametrize(("path", "output", "words"), OUTPUTS, ids=[output.as_posix() for _, output, _ in OUTPUTS])
def test_an_example_prints_what_stands_beside_it(path: str, output: Path, words: tuple[str, ...]) -> None:
    assert _printed(path, words) == output.read_text(encoding="utf-8")


def test_the_page_of_the_examples_names_each() -> None:
    page = Path("examples/audits/README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z0-9-]+\.toml)` \|", page, re.MULTILINE)
    assert sorted(named) == sorted(path.name for path in Path("examples/audits").glob("*.toml"))


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/forms/test_cases.py --write")
    os.chdir(ROOT)
    for form, beside, more in OUTPUTS:
        beside.write_text(_printed(form, more), encoding="utf-8", newline="\n")
