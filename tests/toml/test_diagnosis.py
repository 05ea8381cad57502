"""perfeval.toml.diagnosis and its kin: what newcomers wrote, and the one hint that leads to a file that is read."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import perfeval
from perfeval.problems import InputError, Problem, guess
from perfeval.toml import parser, source
from perfeval.toml.diagnosis import slip


def faults(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        source.parse(source.document(text))
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("line", "column", "mended"),
    [
        ("weight : 10", 8, "weight = 10"),
        ("weight:10", 7, "weight = 10"),
        ('"受训" : 95%', 6, '"受训" = "95%"'),
        ('a = { tier: "达成", score : 8分 }', 11, 'a = { tier = "达成", score = 8 }'),
        ('target = 及时"', 10, 'target = "及时"'),
        ('target = "及时', 10, 'target = "及时"'),
        ("target = '及时", 10, "target = '及时'"),
        ('target = "及时 # 注', 10, None),
        ('a = { tier = "达成, score = 8 }', 14, 'a = { tier = "达成", score = 8 }'),
        ('a = { tier = "达成, reason = "x" }', 14, 'a = { tier = "达成", reason = "x" }'),
        ('a = { b = "x", c = "y }', 20, 'a = { b = "x", c = "y" }'),
        ('a = { tier = 达成", score = 8 }', 14, 'a = { tier = "达成", score = 8 }'),
        ('uses = ["a, "b"]', 9, 'uses = ["a", "b"]'),
    ],
)
def test_a_slip_shows_its_place_and_the_line_as_it_should_read(line: str, column: int, mended: str | None) -> None:
    (one,) = faults(line)
    assert (one.name, one.column, one.mended) == ("toml-syntax", column, mended)
    for lang in ("zh", "en"):
        assert mended is None or mended in one.hint_in(lang)


@pytest.mark.parametrize(
    "text", ["a = b = c", 'a = "x" y', "a = [1 2]", "说明 文字", "", "# 名: 值", "a = { b = 1 c = 2 }"]
)
def test_what_is_no_slip_is_left_to_the_parser(text: str) -> None:
    assert slip(text, parser.accepts, parser.reads) is None


@pytest.mark.parametrize(
    "text",
    [
        "[indicators]\na = 1\n[indicators]\na = 2",
        "[[indicators]]\na = 1\n[indicators]\na = 2",
        "[ indicators ] # x\na = 1\n[[indicators]]\na = 2",
        '["indicators"]\na = 1\n［indicators］\na = 2',
    ],
)
def test_a_list_in_single_brackets_is_no_key_written_twice(text: str) -> None:
    problems = faults(text)
    assert {one.name for one in problems} == {"table-not-array"}
    lines = text.split("\n")
    for one in problems:
        assert one.line is not None
        assert one.mended is not None
        assert one.mended.startswith("[[indicators]]")
        lines[one.line - 1] = one.mended
    assert len(source.parse(source.document("\n".join(lines)))["indicators"]) == 2


TIERS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("部分达成年度指标", TIERS, "部分达成年度指标并具有一定效果"),
        ("一定效果", TIERS, "部分达成年度指标并具有一定效果"),
        ("走访", ("走访户数", "产出/走访户数"), "走访户数"),
        ("wieght", ("weight", "name"), "weight"),
        ("a", ("name", "target"), None),
        ("优", ("优秀", "良好"), "优秀"),
    ],
)
def test_half_a_name_means_the_whole_of_it(word: str, known: tuple[str, ...], expected: str | None) -> None:
    found = guess(word, known)
    assert (found.args["guess"] if found else None) == expected


ROW = """
format = 1
id = "dates"
title = "日期"
[[indicators]]
name = "完工"
weight = 100
target = "{target}"
method = {method}
"""
THRESHOLD = '{ kind = "threshold" }'
STEPPED = '{ kind = "stepped", minus = 1, per = "1天", steps = "started" }'
EDGES = '{ to = "2022-12-15", score = 100 }, { to = "2023-01-10", score = 50 }, { score = 0 }'
BANDED = f'{{ kind = "banded", bands = [{EDGES}] }}'


def score(actual: Any, target: str, method: str = THRESHOLD) -> perfeval.IndicatorResult:
    return perfeval.score(perfeval.loads(ROW.format(target=target, method=method)), {"完工": actual})["完工"]


@pytest.mark.parametrize(
    ("actual", "target", "method", "points"),
    [
        ("2022年11月", "2022年12月15日前", THRESHOLD, 100),
        ("2023年1月", "2022年12月15日前", THRESHOLD, 0),
        ("2022年12月", "不早于2022-12-01", THRESHOLD, 100),
        ("2023年2月", "≤2022-12-15", BANDED, 0),
    ],
)
def test_a_month_whose_days_all_earn_the_same_is_read_with_a_note(
    actual: str, target: str, method: str, points: int
) -> None:
    row = score(actual, target, method)
    assert row.score == points
    assert [one.key for one in row.assumed] == ["assumed-day"]


@pytest.mark.parametrize(
    ("actual", "target", "method"),
    [
        ("2022年12月", "2022年12月15日前", THRESHOLD),
        ("2022年", "2022年12月15日前", THRESHOLD),
        ("2022.1-12", "2022年12月15日前", THRESHOLD),
        ("2022年12月", "早于2022-12-31", THRESHOLD),
        ("2022年12月", "不早于2022-12-31", THRESHOLD),
        ("2022年11月", "2022年12月15日前", STEPPED),
        ("2023年1月", "≤2022-12-15", BANDED),
    ],
)
def test_a_month_whose_day_decides_is_refused(actual: str, target: str, method: str) -> None:
    with pytest.raises(InputError) as caught:
        score(actual, target, method)
    assert [one.name for one in caught.value.problems] == ["vague-date"]


@pytest.mark.parametrize(("actual", "assumed"), [("2022年12月", 0), ("2022-12-31", 0), ("2022年", 1)])
def test_beside_a_month_last_days_are_compared(actual: str, assumed: int) -> None:
    row = score(actual, "2022年12月")
    assert row.score == 100
    assert len(row.assumed) == assumed


MIDNIGHT = datetime.datetime.combine(datetime.date(2022, 12, 31), datetime.time())


@pytest.mark.parametrize("actual", ["2022-12-31 00:00:00", "2022/12/31 0:00", "2022-12-31T00:00:00", MIDNIGHT])
def test_a_date_with_the_time_that_a_spreadsheet_adds_is_that_date(actual: Any) -> None:
    row = score(actual, "2022-12-30", STEPPED)
    assert row.score == 99
    assert not row.assumed


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        (44926, "2022-12-31"),
        ("44926", "2022-12-31"),
        ("12/31/2022", "2022-12-31"),
        ("31/12/2022", "2022-12-31"),
        ("12/31/2022 00:00", "2022-12-31"),
        ("22-12-30", "2022-12-30"),
        ("3/4/2022", None),
        ("22-13-30", None),
        (12, None),
        ("2022-12-31 08:00:00", None),
    ],
)
def test_what_is_no_date_beside_one(actual: Any, said: str | None) -> None:
    with pytest.raises(InputError) as caught:
        score(actual, "2021-11-30")
    (one,) = caught.value.problems
    assert one.name == "not-a-date"
    assert (one.advice is not None and said is not None and said in one.hint) == (said is not None)
    assert (one.advice is None) == (said is None)


TWO_ROWS = (
    ROW.replace("weight = 100", "weight = 40").format(target="2021-11-30", method=THRESHOLD)
    + """
[[indicators]]
name = "走访"
weight = 60
target = "12次"
method = { kind = "proportional" }
"""
)
TO_TOTAL = TWO_ROWS.replace('title = "日期"', 'title = "日期"\nnot_applicable = "total"')
#: How a row is said not to apply.
NOT_APPLYING = ["不适用", " N/A ", {"actual": "不适用"}, {"applies": False}, {"applies": False, "actual": ""}]


@pytest.mark.parametrize("actual", NOT_APPLYING)
def test_the_weight_of_a_row_that_does_not_apply_goes_where_the_file_says(actual: Any) -> None:
    evaluation = perfeval.score(perfeval.loads(TO_TOTAL), {"完工": actual, "走访": 9})
    assert [f"{row.applies} {row.weight} {row.score}" for row in evaluation] == ["False 0 0.00", "True 100 75.00"]
    assert evaluation.total == 75


@pytest.mark.parametrize("actual", NOT_APPLYING)
def test_a_row_that_does_not_apply_is_refused_where_the_file_says_nothing(actual: Any) -> None:
    with pytest.raises(InputError) as caught:
        perfeval.score(perfeval.loads(TWO_ROWS), {"完工": actual, "走访": 9})
    assert [(one.name, one.path) for one in caught.value.problems] == [("not-applicable", '"完工"')]


@pytest.mark.parametrize("actual", NOT_APPLYING)
def test_where_no_row_applies_there_is_nothing_to_score(actual: Any) -> None:
    with pytest.raises(InputError) as caught:
        score(actual, "2021-11-30")
    assert [one.name for one in caught.value.problems] == ["nothing-applies"]


@pytest.mark.parametrize(
    ("actual", "name"),
    [
        ({"applies": False, "actual": "2021-11-30"}, "contradictory-fact"),
        ({"applies": True, "actual": "不适用"}, "contradictory-fact"),
        ({"applies": "no"}, "bad-fact"),
        ("不适用（没有这项任务）", "not-a-date"),
        ("", "missing-fact"),
    ],
)
def test_half_a_word_that_a_row_does_not_apply_is_never_a_guess(actual: Any, name: str) -> None:
    with pytest.raises(InputError) as caught:
        perfeval.score(perfeval.loads(TO_TOTAL), {"完工": actual, "走访": 9})
    assert [one.name for one in caught.value.problems] == [name]
