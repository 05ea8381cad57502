"""perfeval.toml.repair: what auditors type becomes one located problem with the line as it should read."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from perfeval.problems import InputError, Problem
from perfeval.toml import parser, recovery, source
from perfeval.toml.repair import statements

FULLWIDTH, VALUE, KEY, SYNTAX = "fullwidth-character", "unquoted-value", "bare-key", "toml-syntax"


def faults(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        source.parse(source.document(text))
    return list(caught.value.problems)


def brief(text: str) -> list[tuple[str, int, int]]:
    return [(one.name, one.line or 0, one.column or 0) for one in faults(text)]


@pytest.mark.parametrize(
    ("line", "mended", "names"),
    [
        ("total ＝ 100", "total = 100", {FULLWIDTH: ("＝", 7)}),
        ("title = “项目”", 'title = "项目"', {FULLWIDTH: (("“", "”"), 9)}),
        ("title = ＂项目＂ # 名", 'title = "项目" # 名', {FULLWIDTH: ("＂", 9)}),
        ('title = "项目”', 'title = "项目"', {FULLWIDTH: ("”", 9)}),
        ('title = “项目"', 'title = "项目"', {FULLWIDTH: ("“", 9)}),
        ("title：“项目”", 'title="项目"', {FULLWIDTH: (("：", "“", "”"), 6)}),
        ("title = “a\\b”，", 'title = "a\\\\b"', {FULLWIDTH: (("“", "”", "，"), 9)}),
        ("total = 100，", "total = 100", {FULLWIDTH: ("，", 12)}),
        ("total　= １００", "total = 100", {FULLWIDTH: (("U+3000", "１", "０"), 6)}),
        ("rate = 0。5 ＃ 一半", "rate = 0.5 # 一半", {FULLWIDTH: (("。", "＃"), 8)}),
        ("＃ 说明 = 90%", "# 说明 = 90%", {FULLWIDTH: ("＃", 1)}),
        ("［methods．cost］", "[methods.cost]", {FULLWIDTH: (("［", "．", "］"), 1)}),
        ("【methods】", "[methods]", {FULLWIDTH: (("【", "】"), 1)}),
        (
            "tiers = ［｛name = 1｝，｛name = 2｝］",
            "tiers = [{name = 1},{name = 2}]",
            {FULLWIDTH: (tuple("［｛｝，］"), 9)},
        ),
        ("target = 90%", 'target = "90%"', {VALUE: ("90%", 10)}),
        ("target = 90%， # 注", 'target = "90%" # 注', {VALUE: ("90%", 10), FULLWIDTH: ("，", 13)}),
        ("target = 50万", 'target = "50万"', {VALUE: ("50万", 10)}),
        ("target = 24.5 万元 # 注", 'target = "24.5 万元" # 注', {VALUE: ("24.5 万元", 10)}),
        ("target = 400,000", 'target = "400,000"', {VALUE: ("400,000", 10)}),
        ("x = { target = 400,000, a = 1 }", 'x = { target = "400,000", a = 1 }', {VALUE: ("400,000", 16)}),
        ("x = [05, 50%]", 'x = ["05", "50%"]', {VALUE: (("05", "50%"), 6)}),
        ("target = ≥90%", 'target = "≥90%"', {VALUE: ("≥90%", 10)}),
        ("target = >=90%", 'target = ">=90%"', {VALUE: (">=90%", 10)}),
        ("target = =0", 'target = "=0"', {VALUE: ("=0", 10)}),
        ("actual = 是否达标？", 'actual = "是否达标？"', {VALUE: ("是否达标？", 10)}),
        ("basis = 财预〔2020〕10号", 'basis = "财预〔2020〕10号"', {VALUE: ("财预〔2020〕10号", 9)}),
        ("name = 【重点】项目", 'name = "【重点】项目"', {VALUE: ("【重点】项目", 8)}),
        ("name = “双随机”检查", 'name = "“双随机”检查"', {VALUE: ("“双随机”检查", 8)}),
        ("method = cost", 'method = "cost"', {VALUE: ("cost", 10)}),
        ("满分 = 100", '"满分" = 100', {KEY: ("满分", 1)}),
        ("产出指标/数量 指标（1） = 50", '"产出指标/数量 指标（1）" = 50', {KEY: ("产出指标/数量 指标（1）", 1)}),
        ("a.指标.b = 1", 'a."指标".b = 1', {KEY: ("指标", 3)}),
        ("[指标]", '["指标"]', {KEY: ("指标", 2)}),
        ("[[a.指标]]", '[[a."指标"]]', {KEY: ("指标", 5)}),
        ("x = { a = 1, 名称 = 2 }", 'x = { a = 1, "名称" = 2 }', {KEY: ("名称", 14)}),
        ("  “满分” = 100", '"满分" = 100', {FULLWIDTH: (("“", "”"), 3)}),
        ("ｔｏｔａｌ = 1", "total = 1", {FULLWIDTH: ("ｔｏｔａｌ", 1)}),
        ("指标 ＝ 90%", '"指标" = "90%"', {KEY: ("指标", 1), FULLWIDTH: ("＝", 4), VALUE: ("90%", 6)}),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_slip_shows_the_line_as_it_should_read(
    line: str, mended: str, names: dict[str, tuple[object, int]], end: str
) -> None:
    before, after = '# 表 “x” ＝ 90%\nfirst = "，＝"\n', "\n[last]\n"
    problems = faults((before + line + after).replace("\n", end))
    assert {one.name: (one.args["found"], one.column) for one in problems} == names
    assert len(problems) == len(names)
    for one in problems:
        assert (one.line, one.mended, one.args["mended"]) == (3, mended, mended)
        assert one.place is not None
        assert one.place.source == line
    tomli.loads(before + mended + after)


def test_all_faults_come_at_once_in_their_places() -> None:
    text = """format ＝ 1
title = 项目
weird = = 1 [
[methods.数量]
bands = [
  { from = 90%，score = "100%" },   # ≥ 90%
  { 名称 = “优”, score = 8 },
]
[[assign]
method = "a"
[methods]
kind = "x
id = nan
id = 05
"""
    assert brief(text) == [
        (FULLWIDTH, 1, 8),
        (VALUE, 2, 9),
        (SYNTAX, 3, 9),
        (KEY, 4, 10),
        (VALUE, 6, 12),
        (FULLWIDTH, 6, 15),
        (KEY, 7, 5),
        (FULLWIDTH, 7, 10),
        (SYNTAX, 9, 9),
        (SYNTAX, 12, 8),
        ("number-not-finite", 13, 6),
        (VALUE, 14, 6),
    ]


def test_strings_and_comments_are_never_mended() -> None:
    text = '''# 指标 ＝ “90%”
a = "＝ “ ” ，" # 50万，
b = """
指标 ＝ 90%
"""
c = ['，', "［", """
{＝}""", # ，］
]
d = 5%
'''
    assert brief(text) == [(VALUE, 9, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One thing left open is one problem, not one for each line below it.
        ('a = """\nb = 90%\n[c]\nd = 5%\n', [(SYNTAX, 1, 5)]),
        ("a = '''\nb = 90%\n", [(SYNTAX, 1, 5)]),
        ('a = """x\nb = 1\nc = """y"""\nd = 5%', [(SYNTAX, 3, 8)]),
        ("a = [1,\n 2\nb = 3\nc = 5%", [(SYNTAX, 1, 5), (VALUE, 4, 5)]),
        ("a = [\n { b = 1 },\n[c]\nd = 5%", [(SYNTAX, 1, 5), (VALUE, 4, 5)]),
        ("a = [\n { b = 1 },\n\n", [(SYNTAX, 1, 5)]),
        ("a = [{ b = 1 ]\nc = 5%", [(SYNTAX, 1, 14), (VALUE, 2, 5)]),
        ("a = { b = 1\n c = 2\n}\nd = 5%", [(SYNTAX, 1, 5), (VALUE, 4, 5)]),
        ("[[a]\nb = 1\n[[a]]\nb = 1\n[a.c]\n", [(SYNTAX, 1, 4)]),
        # What is meant is not clear: nothing is proposed.
        ("x = [400,000]", [(SYNTAX, 1, 11)]),
        ("x = [400,500, 5%]", [(VALUE, 1, 15)]),
        ("a = \nb = 2", [(SYNTAX, 1, 5)]),
        ("a = b = c", [(SYNTAX, 1, 5)]),
        ("a = True", [(SYNTAX, 1, 5)]),
        ("a = 2020-13-01", [(SYNTAX, 1, 5)]),
        ("a = 'x' y", [(SYNTAX, 1, 9)]),
        ("说明文字\nb = 1", [(SYNTAX, 1, 1)]),
        ("my key = 1", [(SYNTAX, 1, 4)]),
        ('a = "\\q"', [(SYNTAX, 1, 8)]),
        ("a = 1 # \x01\nb = 5%", [(SYNTAX, 1, 9), (VALUE, 2, 5)]),
        ("a = 1\rb = 2", [(SYNTAX, 1, 6)]),
        ("a\tb", [(SYNTAX, 1, 3)]),
        # What is mended before a fault that nothing mends is still said.
        ("a ＝ [1 2]", [(FULLWIDTH, 1, 3), (SYNTAX, 1, 8)]),
        ("指标 = 1\n指标 = 2", [(KEY, 1, 1), (KEY, 2, 1), ("duplicate-key", 2, 1)]),
    ],
)
def test_what_nothing_mends_is_one_problem(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert brief(text) == expected


def test_a_reason_is_said_in_both_languages() -> None:
    (one,) = faults("a = [1,\n")
    assert one.message_in("zh") == "这里不是合法的 TOML：这个括号没有配对的右括号"
    assert one.message_in("en") == "this is not TOML: this bracket is never closed"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a = 1 2", "toml-more"),
        ("= 1", "toml-statement"),
        ("a 1", "toml-equals"),
        ("a = ", "toml-value"),
        ("a = [1 2]", "toml-array"),
        ("a = {b = 1 c = 2}", "toml-table"),
        ('a = "', "toml-quote-open"),
        ('a = "\nb = 1', "toml-quote-open"),
        ("a = '\nb = 1", "toml-quote-open"),
        ("a = '", "toml-quote-open"),
        ('a = "\x01"', "toml-character"),
        ("a = '\x01'", "toml-character"),
        ('a = "\\q"', "toml-escape"),
        ('a = "\\xzz"', "toml-escape"),
        ('a = "\\ud800"', "toml-escape"),
        ("a. = 1", "toml-key"),
        ("[a", "toml-header"),
        ("[[a]", "toml-header"),
        ("a = 2021-02-29", "toml-date"),
    ],
)
def test_the_parsers_own_words_are_translated(text: str, key: str) -> None:
    (one,) = faults(text)
    assert one.name == SYNTAX
    assert getattr(one.args["reason"], "key", one.args["reason"]) == key


def test_a_file_of_nonsense_stops_after_fifty_faults() -> None:
    assert len(faults("no toml at all\n" * 5000)) == recovery.ROUNDS


def test_thousands_of_slips_are_found_at_once() -> None:
    problems = faults("".join(f"a{number} = 90%\n" for number in range(3000)))
    assert [one.line for one in problems] == list(range(1, 3001))


@given(
    st.lists(
        st.sampled_from(
            [
                "a = 1",
                "指标 ＝ 90%",
                "[x",
                "[[x]]",
                "b = [",
                "]",
                "c = {",
                "d = '''",
                "'''",
                "e = “x",
                "# ，",
                "｝",
                "　\u00a0",
                "",
            ]
        )
    )
)
def test_statements_share_out_the_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    position = 0
    for statement in statements(text, parser.accepts):
        assert statement.start == position
        assert statement.end == len(text) or text[statement.end] == "\n"
        assert all(statement.start <= edit.start < edit.end <= statement.end for edit in statement.edits)
        position = statement.end + 1
    assert position >= len(text)
