"""perfeval.toml.source and scanner: what a TOML file says, and where each key of it stands."""

from __future__ import annotations

import datetime
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from perfeval.problems import InputError, KeyPath, Problem
from perfeval.toml import source
from perfeval.toml.positions import scan

NASTY = r'''# 注释 = [1]
format = 1
"quoted \"key\"" = 'a # b'
'literal.key' = "x = ] } \" \\"
"名称" = "项目支出"   # 注释 “x”
a.b . "c d".'e' = 1.50
since = 2020-02-25
at = 2020-02-25 10:00:00.5+08:00 # when
local = 2020-02-25T10:00
time = 10:00:00
multi = """
x = [1, 2
[not.a.header]
""""  # ends in a quote of its own
raw = """a\
   b \""" c"""
literal = \'\'\'
y = """
'' z\'\'\'\'\'
empty = [ ]
none = {}
mixed = [ 1, "a,b]", 'c', [ [2], [] ], { x = 1, y.z = [ 3, # three
  4, ] }, # trailing
]
inline = {
  "关键" = { deep = [true, false], },  # TOML 1.1
  since = 1979-05-27 07:32:00,
  hex = 0xFF,
}

[methods]
[methods.cost]
kind = "proportional"
[ methods . "效果" ]
tiers = [
  { name = "优", from = "80%" },
  { name = "良", from = "60%" },
]
[[assign]]
group = "成本"
[[assign]]
group = "效益"
  [assign.sub]
  x = 1
  [[assign.rows]]
  y = 2
  [[assign.rows]]
  y = 3
[a.f.g]
h = -1_000.5e-1
"" = ""
"\u4e2d\x41\e" = 1
'''.replace(r"\'", "'")

CORPUS = [
    NASTY,
    NASTY.rstrip("\n"),
    "",
    "\n\n",
    "# only",
    "x = 1",
    "x=1#c",
    "[a]#c\n[b] # c\n",
    "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]\nc=1\n",
    "x = [[],[[]],{},{a={}}]\n",
    "x = { a.b = 1, a.c = 2 }\n",
    'x = """"""\ny = """"""""\nz = \'\'\'\'\'\'\n',
    "[b.c]\n[b]\nd = 1\n",
    "1 = 1\n-_ = 2\n3.14 = 'pi'\n",
    "a = [\n\n# c\n1\n# d\n,\n2,\n]\n",
]


def leaves(data: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Any]]:
    found = [] if not path else [(path, data)]
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        found += leaves(value, (*path, step))
    return found


def check_places(text: str) -> None:
    """Every value's stretch of text reads back as the value, and every path has a key or a value."""
    document = source.document(text)
    text = source.flat(document)
    layout = scan(text)
    data = source.parse(document)
    for path, value in leaves(data):
        if not isinstance(value, (dict, list)):
            assert path in layout.values, path
        if path in layout.values:
            start, end = layout.values[path]
            assert tomli.loads("x=" + text[start:end], parse_float=Decimal)["x"] == value, path
        span = layout.span(path)
        assert span is not None, path
        if isinstance(path[-1], str):
            assert path[-1] in tomli.loads(text[slice(*span)] + "=1"), path
        place = document.place(path)
        assert place.source[place.column - 1 :].startswith(text[slice(*span)].split("\n")[0])
        assert place.source == text.split("\n")[place.line - 1]


def faults(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        source.parse(source.document(text, "规则.toml"))
    problems = list(caught.value.problems)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for one in problems:
        assert one.place is not None
        assert one.place.file == one.origin.document == "规则.toml"
        assert one.place.source == lines[one.place.line - 1]
        assert 1 <= one.place.column <= len(one.place.source) + 1
        assert one.place.width >= 1
        assert all(one.message_in(lang) and one.hint_in(lang) for lang in ("zh", "en"))
    return problems


def brief(text: str) -> list[tuple[str, int, int]]:
    return [(one.name, one.line or 0, one.column or 0) for one in faults(text)]


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_value_reads_back_from_its_place(text: str, end: str) -> None:
    check_places(text.replace("\n", end))


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.sampled_from(["a", "b", "名称", "a.b"])
SCALARS = (
    st.integers(-(10**20), 10**20)
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["x\ny", '"""', "'''", "a # b", "]", "}", "\\"])
    | st.decimals(-1000, 1000, places=3)
    | st.dates(datetime.date(1000, 1, 1))
    | st.times()
    | st.datetimes(datetime.datetime(1000, 1, 1))  # noqa: DTZ001 (TOML has local ones)
)
DATA = st.dictionaries(
    KEYS,
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)),
    max_size=5,
)


@given(DATA, st.booleans(), st.booleans())
def test_every_written_table_reads_back_from_its_places(data: dict[str, Any], multiline: bool, crlf: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    check_places(text.replace("\r\n", "\n").replace("\n", "\r\n") if crlf else text)


@pytest.mark.parametrize(
    ("path", "line", "under"),
    [
        (("format",), 2, "format"),
        (("名称",), 5, '"名称"'),
        (("a", "b", "c d", "e"), 6, "'e'"),
        (("a", "b"), 6, "b"),
        (("mixed", 1), 22, '"a,b]"'),
        (("mixed", 4, "y", "z", 1), 23, "4"),
        (("inline", "关键", "deep", 0), 26, "true"),
        (("methods",), 31, "methods"),
        (("methods", "cost"), 32, "cost"),
        (("methods", "cost", "kind"), 33, "kind"),
        (("methods", "cost", "nothing", 3), 32, "cost"),
        (("methods", "效果"), 34, '"效果"'),
        (("methods", "效果", "tiers", 1), 37, '{ name = "良", from = "60%" }'),
        (("methods", "效果", "tiers", 1, "from"), 37, "from"),
        (("assign",), 39, "assign"),
        (("assign", 1), 41, "assign"),
        (("assign", 1, "rows", 1, "y"), 48, "y"),
        (("assign", 1, "sub"), 43, "sub"),
    ],
)
def test_a_place_is_the_key_or_the_item(path: KeyPath, line: int, under: str) -> None:
    place = source.document(NASTY, "f.toml").place(path)
    assert (place.file, place.line) == ("f.toml", line)
    assert place.source[place.column - 1 : place.column - 1 + place.width] == under


def test_a_table_of_its_own_header_is_placed_there_even_if_a_longer_one_came_first() -> None:
    document = source.document("[b.c]\n[b]\nd = 1\n")
    assert document.place(("b",)).line == 2
    assert document.place(("b", "c")).line == 1


@pytest.mark.parametrize("text", ["", "x = 1", "not TOML"])
def test_what_stands_nowhere_is_placed_at_the_top(text: str) -> None:
    place = source.document(text).place(("nothing",))
    assert (place.line, place.column, place.width, place.source) == (1, 1, 1, text)


def test_columns_count_characters_also_behind_chinese_and_beyond_the_basic_plane() -> None:
    document = source.document('x = { "名称" = "𠮷野家", 后 = 1 }'.replace("后", "after"))
    assert document.place(("x", "after")).column == 21


def test_places_are_looked_up_once() -> None:
    document = source.document("looked-up = 1")
    document.place(("looked-up",))
    before = source.positions.cache_info().misses
    source.document("looked-up = 1").place(("looked-up",))
    assert source.positions.cache_info().misses == before


def test_numbers_are_exact() -> None:
    data = source.parse(source.document("a = 1\nb = 0.10\nc = 1_000.5\nd = 1e3\ne = true"))
    assert data == {"a": 1, "b": Decimal("0.10"), "c": Decimal("1000.5"), "d": Decimal(1000), "e": True}
    assert (type(data["a"]), type(data["b"]), str(data["b"])) == (int, Decimal, "0.10")


# Files


def refused(path: Path) -> Problem:
    with pytest.raises(InputError) as caught:
        source.read(path)
    (one,) = caught.value.problems
    assert one.message
    assert one.hint
    return one


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ('a = "项目"\n'.encode(), "utf-8"),
        ('\ufeffa = "项目"\n'.encode(), "utf-8"),
        ('a = "项目"\n'.encode("gbk"), "gb18030"),
        ('a = "项目"\r\n'.encode("gb18030"), "gb18030"),
    ],
)
def test_a_file_is_read_in_the_encodings_of_chinese_editors(tmp_path: Path, raw: bytes, encoding: str) -> None:
    path = tmp_path / "规则.toml"
    path.write_bytes(raw)
    document = source.read(path)
    assert source.parse(document) == {"a": "项目"}
    assert (document.name, document.encoding) == (str(path), encoding)
    assert document.digest.startswith("sha256:")
    assert document.place(("a",)).column == 1
    assert hash(document) == hash(source.read(path))


def test_a_document_of_a_text_has_the_digest_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"a = 1\r\n")
    assert source.read(tmp_path / "a.toml").digest == source.document("a = 1\r\n").digest
    assert source.document("\ufeffa = 1").text == "a = 1"


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.toml").name == "file-missing"
    assert refused(tmp_path).name == "file-is-directory"
    (tmp_path / "a").write_text("")
    assert refused(tmp_path / "a" / "b.toml").name == "file-missing"
    assert refused(tmp_path / "a\0b").name == "file-unreadable"
    assert refused(tmp_path / ("x" * 5000)).name == "file-unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("a = 1")
    path.chmod(0)
    assert refused(path).name == "file-unreadable"


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with path.open("wb") as file:
        file.truncate(source.LIMIT + 7)
    one = refused(path)
    assert (one.name, one.args["size"], one.args["limit"]) == ("file-too-large", source.LIMIT + 7, source.LIMIT)


@pytest.mark.parametrize(
    ("raw", "offset"), [(b"a = 1\n\xff\xfe", 7), ("a = 1".encode("utf-16"), 4), (b"PK\x03\x04\x00", 5), (b"a=\x81", 3)]
)
def test_what_is_no_text_is_said(tmp_path: Path, raw: bytes, offset: int) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(raw)
    one = refused(path)
    assert (one.name, one.args["offset"]) == ("not-text", offset)


# Traps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\na = 1e9999999999999999999", [("number-too-large", 2, 5)]),
        ("a = 1e999999999", [("number-too-large", 1, 5)]),
        ("a = 1e-31", [("number-too-large", 1, 5)]),
        ("a = [1, 1" + "0" * 30 + "]", [("number-too-large", 1, 9)]),
        ("a = " + "1" * 5000 + "\nb = 05", [("number-too-large", 1, 5), ("unquoted-value", 2, 5)]),
        ("a = { b = -" + "1" * 5000 + " }\n", [("number-too-large", 1, 11)]),
        ("a = 0x" + "f" * 5000, [("number-too-large", 1, 5)]),
        (
            "a = nan\nb = [+inf,\n -nan]\n",
            [("number-not-finite", 1, 5), ("number-not-finite", 2, 6), ("number-not-finite", 3, 2)],
        ),
        ("a = " + "[" * 32 + "]" * 32 + "\nb = " + "[" * 33 + "]" * 33, [("too-deep", 2, 37)]),
        ("a = " + "[" * 399 + "]" * 399, [("too-deep", 1, 37)]),
        ("a = " + "[" * 5000 + "]" * 5000 + "\nb = 90%", [("too-deep", 1, 37), ("unquoted-value", 2, 5)]),
        ("a = " + "[" * 50_000, [("too-deep", 1, 37)]),
        ("a = " + "{b=" * 5000, [("too-deep", 1, 4 + 32 * 3 + 1)]),
        ("a." * 40 + "b = 1", [("too-deep", 1, 65)]),
        ("a." * 2000 + "b = 1", [("too-deep", 1, 65)]),
        ("[" + "a." * 2000 + "b]\nx = 1", [("too-deep", 1, 66)]),
        ("a = 1\nb = 2\na = 3", [("duplicate-key", 3, 1)]),
        ("[a]\n[b]\n[a]\nx = 1", [("duplicate-key", 3, 2)]),
        ("[a.b]\nx = 1\nx = 2\n[a.b]\nx = 3\n[a]\n", [("duplicate-key", 3, 1), ("duplicate-key", 4, 4)]),
        ("x = { a = 1, b = { c = 1, c = 2 }, a = 3 }", [("duplicate-key", 1, 27), ("duplicate-key", 1, 36)]),
        ("a = 1\na.b = 2", [("duplicate-key", 2, 3)]),
        ("a = [ 1 ]\n[[a]]\nb = 1", [("duplicate-key", 2, 3)]),
        ("a = 1\na = nan", [("duplicate-key", 2, 1), ("number-not-finite", 2, 5)]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_trap_is_a_named_place(text: str, expected: list[tuple[str, int, int]], end: str) -> None:
    assert brief(text.replace("\n", end)) == expected


def test_faults_name_the_path_and_what_was_written() -> None:
    (one,) = faults("[methods.a]\nb = [{ c = +inf }]")
    assert (one.path, one.args["value"], one.place and one.place.width) == ("methods.a.b[0].c", "+inf", 4)
    (one,) = faults('[methods."名"]\n[[x]]\n[methods."名"]')
    assert (one.path, one.args["key"]) == ('methods."名"', 'methods."名"')
    (one,) = faults("[a]\nb = 1\n[a]\nb = nan\nc = 1")[1:]
    assert one.path == "a.b"


def test_a_callers_decimal_context_changes_nothing() -> None:
    import decimal

    with decimal.localcontext(decimal.Context(prec=2, traps=[])):
        assert source.parse(source.document("a = 1.23456")) == {"a": Decimal("1.23456")}
        assert brief("a = 1e9999999999999999999") == [("number-too-large", 1, 5)]


# Whatever the text


def survives(text: str) -> None:
    document = source.document(text, "规则.toml")
    try:
        data = source.parse(document)
    except InputError:
        assert faults(text)
    else:
        for path, _ in leaves(data):
            document.place(path)


PIECES = st.sampled_from(
    [
        *"[]{}=.,\n\n\n \"'#＝“”，。：［］｛｝＃\\%x1-",
        "[[",
        "]]",
        '"""',
        "'''",
        "a = ",
        "b = 1\n",
        "90%",
        "指标",
        "\r\n",
        "\0",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_or_refused_with_places(text: str) -> None:
    survives(text)


@given(st.data())
def test_any_damage_to_a_rule_file_is_refused_with_places(data: st.DataObject) -> None:
    text = NASTY
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        text = text[:start] + data.draw(st.just("") | PIECES) + text[end:]
    survives(text)
