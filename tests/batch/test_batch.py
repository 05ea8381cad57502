"""Many forms: from iterator to iterator, from file to file, and everything that a file can have wrong."""

from __future__ import annotations

import csv
import inspect
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.batch import objects
from perfeval.batch.columns import Columns
from perfeval.cli import main
from perfeval.engine.plan import Plan
from perfeval.report.formats.csv import cell

RULES: Final = """
format = 1
id = "many"
title = "两行"
grades = [{ name = "优", from = 90 }, { name = "=差", from = 0 }]
[[indicators]]
id = "visits"
name = "走访"
group = "产出"
target = "12次"
weight = 60
method = { kind = "proportional" }
[[indicators]]
name = "预算执行率"
weight = 40
method = { kind = "proportional", actual = "executed", target = "budget" }
"""
HEADER: Final = "id,visits,预算执行率.executed,预算执行率.budget\n"


@pytest.fixture
def plan() -> Plan:
    return perfeval.loads(RULES)


def facts(count: int) -> dict[str, Any]:
    return {"visits": Decimal(count % 17), "预算执行率": {"executed": f"{count % 53}万元", "budget": "50万元"}}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def scored(rules: Path, text: str | bytes, *words: str, name: str = "many.csv", out: str = "out.csv") -> Any:
    """The exit code, and the rows of results: each a mapping from its header."""
    path, into = rules.parent / name, rules.parent / out
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code = main(["score", str(rules), str(path), "--out", str(into), "--lang", "en", *words])
    if not into.exists():
        return code, None
    if out.endswith("jsonl"):
        return code, [json.loads(line) for line in into.read_text(encoding="utf-8").splitlines()]
    with into.open(encoding="utf-8", newline="") as file:
        return code, list(csv.DictReader(file))


# --- iterators -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_come_out_in_order(plan: Plan, jobs: int) -> None:
    expected = [perfeval.loads(RULES).interpreted(facts(count)) for count in range(60)]
    found = list(perfeval.score_many(plan, map(facts, range(1300)), jobs=jobs))
    assert [one.number for one in found] == list(range(1, 1301))
    for one, right in zip(found, expected, strict=False):
        assert one.evaluation is not None
        assert (one.evaluation.total, one.evaluation.grade) == (right.total, right.grade)
        assert [row.score for row in one.evaluation] == [row.score for row in right]
        assert [row.steps for row in one.evaluation] == [row.steps for row in right]
        assert one.evaluation == right


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_may_be_paths_of_facts_files(plan: Plan, jobs: int, tmp_path: Path) -> None:
    text = '[facts]\nvisits = {}\n"预算执行率" = {{ executed = "24.5万元", budget = "50万元" }}\n'
    paths = [tmp_path / f"{count}.toml" for count in range(12)]
    for count, path in enumerate(paths):
        path.write_text(text.format(count), encoding="utf-8")
    expected = [plan.interpreted(perfeval.load_facts(path)) for path in paths]
    gone, bad = tmp_path / "gone.toml", tmp_path / "bad.toml"
    bad.write_text(text.format('"许多"'), encoding="utf-8")
    found = list(perfeval.score_many(plan, [*paths, bad, str(gone)], jobs=jobs))
    for path in paths:
        path.unlink()  # what was read is known
    assert [one.evaluation for one in found] == [*expected, None, None]
    assert [one.evaluation.indicators[0].steps for one in found if one.evaluation] == [
        one.indicators[0].steps for one in expected
    ]
    assert [(one.name, one.file, one.line, one.column) for one in found[-2].problems] == [
        ("not-a-number", str(bad), 2, 1)
    ]
    assert [(one.name, one.file) for one in found[-1].problems] == [("file-missing", str(gone))]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_row_is_kept_and_stops_nothing(plan: Plan, jobs: int) -> None:
    rows = [facts(3), {"visits": "abc"}, facts(4), {"visits": Decimal("NaN"), "预算执行率": facts(1)["预算执行率"]}]
    found = list(perfeval.score_many(plan, rows, jobs=jobs))
    assert [bool(one.problems) for one in found] == [False, True, False, True]
    assert [one.name for one in found[1].problems] == ["not-a-number", "missing-fact"]
    assert str(found[1].problems[0].origin) == "#2: visits"
    assert [one.name for one in found[3].problems] == ["not-finite"]
    with pytest.raises(perfeval.InputError) as caught:
        list(perfeval.score_many(plan, rows, jobs=jobs, strict=True))
    assert str(caught.value.problems[0].origin) == "#2: visits"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_mapping_that_is_filled_again_and_again_is_no_trap(plan: Plan, jobs: int) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        one: dict[str, Any] = {"visits": 0, "预算执行率": {"executed": "50万元", "budget": "50万元"}}
        for count in range(60):
            one["visits"] = count % 13
            yield one

    found = list(perfeval.score_many(plan, rows(), jobs=jobs))
    assert [one.evaluation["visits"].score for one in found if one.evaluation] == [
        Decimal(count % 13) * 5 for count in range(60)
    ]


def test_rows_are_taken_as_they_are_wanted(plan: Plan) -> None:
    taken: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for count in range(10**9):
            taken.append(count)
            yield facts(count)

    found = perfeval.score_many(plan, rows())
    for _ in range(100):
        next(found)
    assert len(taken) == 100


def test_many_rows_take_no_more_memory_than_few(plan: Plan) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in perfeval.score_many(plan, map(facts, range(count))):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak(2000)
    few = peak(2000)
    assert peak(20_000) < few + 100_000


def test_rules_with_dates_take_a_year() -> None:
    dated = perfeval.loads(RULES + '[[overrides]]\nwhen = "违规"\ntotal = 0\nsince = 2020-01-01\n')
    (one,) = perfeval.score_many(dated, [facts(12)], year=2021)
    assert one.evaluation is not None
    with pytest.raises(perfeval.InputError, match="missing-year"):
        perfeval.score_many(dated, [facts(12)])


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_table_becomes_a_table(rules: Path, jobs: str) -> None:
    lines = "".join(f"n{count},{count % 17},{count % 53}万元,50万元\n" for count in range(3000))
    code, rows = scored(rules, HEADER + lines, "--jobs", jobs)
    assert code == 0
    assert len(rows) == 3000
    for count, row in enumerate(rows):
        right = perfeval.loads(RULES).interpreted(facts(count)) if count < 60 else None
        assert (row["line"], row["id"], row["problems"]) == (str(count + 2), f"n{count}", "")
        if right is not None:
            assert (row["total"], row["visits"]) == (str(right.total), str(right["visits"].score))
            assert row["grade"] == ("优" if right.total >= 90 else "'=差")


def test_objects_become_objects(rules: Path) -> None:
    lines = [json.dumps({"id": "一", "visits": 6.5, "预算执行率": {"executed": 10, "budget": 50}}), ""]
    lines += ["{", "[1]", '{"visits": NaN, "visits": 2}', json.dumps({"visits": "abc", "x": 1})]
    lines += ['{"visits": NaN, "预算执行率": {"executed": 1e400, "budget": 50}}']
    code, rows = scored(rules, "\n".join(lines), name="many.jsonl", out="out.jsonl")
    assert code == 2
    assert rows[0] == {
        "line": 1,
        "id": "一",
        "total": "40.50",
        "grade": "=差",
        "scores": {"visits": "32.50", "预算执行率": "8.00"},
    }
    assert [one["line"] for one in rows] == [1, 3, 4, 5, 6, 7]
    assert [[two["name"] for two in one["problems"]] for one in rows[1:]] == [
        ["broken-line"],
        ["broken-line"],
        ["broken-line"],
        ["missing-fact", "not-a-number", "unknown-indicator"],
        ["not-finite", "number-too-large"],
    ]
    assert rows[4]["problems"][0]["line"] == 6
    places = [[(two["line"], two["column"]) for two in one["problems"]] for one in rows[4:]]
    assert places == [[(6, 1), (6, 2), (6, 19)], [(7, 2), (7, 27)]]


KEYS = st.text(st.sampled_from('ab"\\{}[]:, 执é\n\u2028'), max_size=4)
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | KEYS, lambda inner: st.lists(inner, max_size=3))


@given(st.dictionaries(KEYS, VALUES | st.dictionaries(KEYS, VALUES, max_size=3), max_size=5), st.data())
def test_the_column_of_a_key_is_where_it_stands(data: dict[str, Any], draw: st.DataObject) -> None:
    spaced = (", ", ": ") if draw.draw(st.booleans()) else (" ,\t", " :  ")
    line = json.dumps(data, ensure_ascii=draw.draw(st.booleans()), separators=spaced)
    paths = [(key,) for key in data] + [(key, two) for key, one in data.items() if isinstance(one, dict) for two in one]
    for path in paths:
        column = objects.column_of(line, path)
        assert column is not None
        key, end = json.JSONDecoder().raw_decode(line, column - 1)
        assert key == path[-1]
        assert line[end:].lstrip().startswith(":")
        value = json.JSONDecoder().raw_decode(line[end:].lstrip()[1:].lstrip())[0]
        assert value == (data[path[0]] if len(path) == 1 else data[path[0]][path[1]])
        assert objects.column_of(line, (*path, "没有")) == column
    assert objects.column_of(line, ("没有",)) is None


BAD: Final[dict[str, tuple[str, list[tuple[str, int, int]]]]] = {
    "blank": ("a,,24.5万元,50万元\n", [("missing-fact", 2, 2)]),
    "text among numbers": ("a,许多,24.5万元,50万元\n", [("not-a-number", 2, 2)]),
    "NaN": ("a,NaN,24.5万元,50万元\n", [("not-a-number", 2, 2)]),
    "wrong unit": ("a,3人,24.5万元,50万元\n", [("unit-mismatch", 2, 2)]),
    "half a table": ("a,3,,50万元\n", [("missing-amount", 2, 3)]),
    "whole table blank": ("a,3,,\n", [("missing-fact", 2, 3)]),
    "second line": ("a,3,1元,2元\nb,x,1元,0元\n", [("not-a-number", 3, 2), ("zero-target", 3, 4)]),
    "cell missing": ("a,3,24.5万元\n", [("ragged-row", 2, 1)]),
    "cell too many": ("a,3,24.5万元,50万元,\n", [("ragged-row", 2, 1)]),
    "quote never closed": ('a,3,1元,2元\nb,3,"1元,2元\n', [("broken-line", 3, 1)]),
    "cut short": ("a,3,1元,2元\nb,3", [("ragged-row", 3, 1)]),
    "same id": ("a,3,1元,2元\nb,3,1元,2元\na,4,1元,2元\n", [("duplicate-id", 4, 1)]),
}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_has_its_row_and_column(
    what: str, jobs: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, expected = BAD[what]
    good = "z,12,50万元,50万元\n"
    code, rows = scored(rules, HEADER + text + ("" if text[-1] != "\n" or "closed" in what else good), "--jobs", jobs)
    assert code == 2
    err = capsys.readouterr().err
    for name, line, column in expected:
        assert f"many.csv:{line}:{column}: {name}: " in err
        assert name in next(row["problems"] for row in rows if row["line"] == str(line))
    fine = [row for row in rows if not row["problems"]]
    assert len(fine) == len(rows) - len({line for _, line, _ in expected})
    assert all(row["total"] for row in fine)
    assert not any(row["total"] for row in rows if row["problems"])


HEADERS: Final[dict[str, tuple[str, list[tuple[str, int, int]]]]] = {
    "part of a table": ("id,visits,预算执行率.executed\n", [("missing-column", 1, 3)]),
    "no row of it": ("visits\n", [("missing-column", 1, 1)]),
    "misspelt": ("vists,预算执行率.executed,预算执行率.budget\n", [("missing-column", 1, 1)]),
    "twice": ("visits,visits,预算执行率.executed,预算执行率.budget\n", [("duplicate-column", 1, 2)]),
    "two names of one": ("visits,走访,预算执行率.executed,预算执行率.budget\n", [("duplicate-column", 1, 2)]),
    "plain and table": ("visits,visits.actual,预算执行率.executed,预算执行率.budget\n", [("duplicate-column", 1, 2)]),
    "empty": ("", [("no-forms", 0, 0)]),
    "only a header": (HEADER, [("no-forms", 0, 0)]),
    "zero bytes": ("visits\0\n", [("not-text", 0, 0)]),
}


@pytest.mark.parametrize("what", HEADERS)
def test_a_header_that_cannot_be_ends_it_and_old_results_stay(
    what: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, expected = HEADERS[what]
    old = rules.parent / "out.csv"
    old.write_text("old,results\n", encoding="utf-8")
    code, _ = scored(rules, text + ("" if what in {"empty", "only a header"} else "3,3,1元,2元\n"))
    err = capsys.readouterr().err
    assert code == 2
    for name, line, column in expected:
        where = f":{line}:{column}" if line else ""
        assert f"many.csv{where}: {name}: " in err
    assert old.read_text(encoding="utf-8") == "old,results\n"
    assert [one.name for one in rules.parent.iterdir() if one.name.endswith(".part")] == []


def test_a_form_with_several_problems_is_one_bad_form(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "a,3,1元,2元\na,许多,1元,0元\nb,3,1元,2元\n"
    code, rows = scored(rules, (HEADER + text).encode("gbk"))
    assert code == 2
    err = capsys.readouterr().err
    assert "forms: 3, of which with problems: 1\n" in err
    assert err.count("gb18030") == 1
    told = [one.partition(": ")[2].partition(":")[0] for one in rows[1]["problems"].split(" | ")]
    assert told == ["duplicate-id", "not-a-number", "zero-target"]
    places = re.findall(r"many.csv:(\d+):(\d+): ([a-z-]+):", err)
    assert places == [("3", "1", "duplicate-id"), ("3", "2", "not-a-number"), ("3", "4", "zero-target")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_tables_are_read_in_the_encodings_they_come_in(
    encoding: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = HEADER.replace("visits", "产出/走访") + "镕,12次,49万元,50万元\r\n"
    code, rows = scored(rules, text.encode(encoding))
    assert code == 0
    assert [(one["id"], one["total"]) for one in rows] == [("镕", "99.20")]
    assert ("gb18030" in capsys.readouterr().err) == (encoding == "gbk")


def test_the_first_bad_form_ends_it_where_that_is_wanted(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = rules.parent / "out.csv"
    old.write_text("old,results\n", encoding="utf-8")
    main(["score", str(rules), str(write(rules, HEADER + "a,x,1元,2元\nb,y,1元,2元\n")), "--out", str(old), "--strict"])
    err = capsys.readouterr().err
    assert "many.csv:2:2: not-a-number" in err
    assert ":3:" not in err
    assert old.read_text(encoding="utf-8") == "old,results\n"


def write(rules: Path, text: str) -> Path:
    path = rules.parent / "many.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_results_may_go_to_standard_output(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(rules, HEADER + "a,12,49万元,50万元\n")
    assert main(["score", str(rules), str(path), "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert out == "line,id,total,grade,visits,预算执行率,problems\n2,a,99.20,优,60.00,39.20,\n"
    assert err == "forms: 1, of which with problems: 0\n"
    assert main(["score", str(rules), str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == "99.20"


def test_a_column_nobody_asks_for_is_told(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(rules, "单位,visits,预算执行率.executed,预算执行率.budget\n局,12,49万元,50万元\n")
    assert main(["score", str(rules), str(path), "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == "2,99.20,优,60.00,39.20,"
    assert "columns not used: 单位" in err


LIVE: Final = ("=1+1", "+a1", "-a1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("x","y")', '"=1"', "=1\n+2")


@pytest.mark.parametrize("text", LIVE)
def test_no_text_is_a_live_formula(text: str, rules: Path) -> None:
    path = rules.parent / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [HEADER.strip().split(","), [text, text, "1元", "2元"], ["b" + text, "1", "1元", "2元"]]
        )
    main(["score", str(rules), str(path), "--out", str(rules.parent / "out.csv")])
    with (rules.parent / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    for row in rows[1:]:
        assert not any(one.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for one in row), row
        assert len(row) == len(rows[0])


def test_a_cell_is_read_back_as_it_was_written() -> None:
    for text in ("a", "a,b", 'a"b', "中文", " a"):
        assert next(csv.reader(io.StringIO(cell(text)))) == [text]


def test_a_line_longer_than_a_block_stays_one_line(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfeval.batch import blocks

    monkeypatch.setattr(blocks, "SIZE", 64)
    lines = "".join(f'n{count},{count % 17},"{count % 53}万元","50\n万元"\n' for count in range(50))
    code, rows = scored(rules, HEADER + lines)
    assert code == 0  # a line end in a cell is white space
    assert [row["line"] for row in rows] == [str(2 + 2 * count) for count in range(50)]


def test_facts_of_flags_stand_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        RULES
        + """
[[overrides]]
when = "违规"
total = 0
""",
        encoding="utf-8",
    )
    lines = "".join(f"12,5元,5元,{word}\n" for word in ("是", "否", "", "也许"))
    code, rows = scored(path, f"visits,预算执行率.executed,预算执行率.budget,违规\n{lines}")
    assert code == 2
    assert [row["total"] for row in rows] == ["0", "100.00", "100.00", ""]
    assert "bad-fact" in rows[3]["problems"]


JUDGED: Final = """
format = 1
id = "judged"
title = "一行"
total = 20
[[indicators]]
name = "效果"
weight = 20
method = { kind = "graded", tiers = [{ name = "达成", from = "80%" }, { name = "未达成", from = "0%" }] }
"""


def test_what_a_person_has_judged_stands_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(JUDGED, encoding="utf-8")
    cells = {"17": "17.00", " 17.5 ": "17.50", "85%": "17.00", "3": "", "17分": "", "1e1": "", "９": "", "": ""}
    lines = "".join(f"达成,{cell}\n" for cell in cells)
    code, rows = scored(path, f"效果.tier,效果.score\n{lines},\n")
    assert code == 2
    assert [row["total"] for row in rows] == [*cells.values(), ""]
    assert [bool(row["problems"]) for row in rows] == [not total for total in cells.values()] + [True]
    reference = perfeval.loads(JUDGED)
    assert str(reference.score({"效果": {"tier": "达成", "score": Decimal("17.5")}}).total) == "17.50"


def test_columns_take_what_they_declare_and_nothing_else() -> None:
    declared = {"file", "header", "plain", "plain_keys", "tables", "judged", "flags", "id", "unused"}
    assert set(inspect.signature(Columns).parameters) == declared
