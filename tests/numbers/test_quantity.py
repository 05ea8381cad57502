"""What people write in cells is read as the number or the date it wholly is, or stays words."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval.numbers.quantity import (
    BARE,
    STANDARD,
    Blank,
    Moment,
    Operator,
    Quantity,
    Unit,
    Words,
    fits,
    from_number,
    number_text,
    read,
)
from perfeval.numbers.rounding import plain

# text, number, name of the unit, operator, word of approximation
QUANTITIES: list[tuple[str, str, str, Operator | None, str | None]] = [
    ("≥ 90%", "90", "%", "≥", None),
    ("≧ 735 人次", "735", "人次", "≥", None),
    ("≧ 100 %", "100", "%", "≥", None),
    ("═ 100 %", "100", "%", "=", None),
    (">=90%", "90", "%", "≥", None),
    ("＞＝９０％", "90", "%", "≥", None),
    ("＞=90%", "90", "%", "≥", None),
    ("=>90%", "90", "%", "≥", None),
    ("> = 90%", "90", "%", "≥", None),
    ("=<5", "5", "", "≤", None),
    ("≦5", "5", "", "≤", None),
    ("﹥5", "5", "", ">", None),
    ("﹤5", "5", "", "<", None),
    ("﹦5", "5", "", "=", None),
    ("==5", "5", "", "=", None),
    ("98%以上", "98", "%", "≥", None),
    ("98%及以上", "98", "%", "≥", None),
    ("90%（含）以上", "90", "%", "≥", None),
    ("90%以上（不含）", "90", "%", ">", None),
    ("3次以下", "3", "次", "≤", None),
    ("5个工作日内", "5", "个工作日", "≤", None),
    ("30天之内", "30", "天", "≤", None),
    ("控制在5%以内", "5", "%", "≤", None),
    ("不少于800篇", "800", "篇", "≥", None),
    ("不少于90%以上", "90", "%", "≥", None),
    ("不得低于90%", "90", "%", "≥", None),
    ("大于等于90%", "90", "%", "≥", None),
    ("至少3场", "3", "场", "≥", None),
    ("达到95%", "95", "%", "≥", None),
    ("不超过50万元", "50", "万元", "≤", None),
    ("不得超过50万元", "50", "万元", "≤", None),
    ("小于5次", "5", "次", "<", None),
    ("超过5次", "5", "次", ">", None),
    ("等于5次", "5", "次", "=", None),
    ("at least 90%", "90", "%", "≥", None),
    ("No more than 5 days", "5", "days", "≤", None),
    ("less than 3 hours", "3", "hours", "<", None),
    ("90% or more", "90", "%", "≥", None),
    ("about 200 people", "200", "people", None, "about"),
    ("200余人", "200", "人", None, "余"),
    ("约200人", "200", "人", None, "约"),
    ("约200余人", "200", "人", None, "约"),
    ("近200人", "200", "人", None, "近"),
    ("50多万元", "50", "万元", None, "多"),
    ("5万余元", "5", "万元", None, "余"),
    ("100万元左右", "100", "万元", None, "左右"),
    ("不少于约200人", "200", "人", "≥", "约"),
    ("215,457.6", "215457.6", "", None, None),
    ("215，457.6", "215457.6", "", None, None),
    ("215457.6", "215457.6", "", None, None),
    ("9,034", "9034", "", None, None),
    ("50万", "50", "万", None, None),
    ("24.5万元", "24.5", "万元", None, None),
    ("　24.5　万　元　", "24.5", "万元", None, None),
    ("1.2亿元", "1.2", "亿元", None, None),
    ("600万株", "600", "万株", None, None),
    ("3万人次", "3", "万人次", None, None),
    ("¥500", "500", "元", None, None),
    ("￥1,000万", "1000", "万元", None, None),
    ("人民币500元", "500", "元", None, None),
    ("USD 500", "500", "美元", None, None),
    ("1500元/人·年", "1500", "元/人·年", None, None),
    ("3万元/公里", "3", "万元/公里", None, None),
    ("0", "0", "", None, None),
    ("０", "0", "", None, None),
    (".5", "0.5", "", None, None),
    ("-5%", "-5", "%", None, None),
    ("−5%", "-5", "%", None, None),
    ("－５％", "-5", "%", None, None),
    ("+5", "5", "", None, None),
    ("0.958", "0.958", "", None, None),
    ("102.59%", "102.59", "%", None, None),
    ("2021", "2021", "", None, None),
    ("2021.12", "2021.12", "", None, None),
    ("2021.13", "2021.13", "", None, None),
    ("12个月", "12", "个月", None, None),
    ("10天", "10", "天", None, None),
    ("15日", "15", "日", None, None),
    ("3年", "3", "年", None, None),
    ("5m2", "5", "m2", None, None),
    ("5 ㎡", "5", "㎡", None, None),
    ("10 KG", "10", "kg", None, None),
    ("9" * 30 + "." + "9" * 30, "9" * 30 + "." + "9" * 30, "", None, None),
]

# text, first day, last day, has a year, operator
MOMENTS: list[tuple[str, str | None, str, bool, Operator | None]] = [
    ("2021-12-31", None, "2021-12-31", True, None),
    ("2021/12/31", None, "2021-12-31", True, None),
    ("2021.12.31", None, "2021-12-31", True, None),
    ("２０２１．１２．３１", None, "2021-12-31", True, None),
    ("2021年12月31日", None, "2021-12-31", True, None),
    ("2021 年 12 月 31 日", None, "2021-12-31", True, None),
    ("2021年12月", "2021-12-01", "2021-12-31", True, None),
    ("2021-12", "2021-12-01", "2021-12-31", True, None),
    ("2021.12月", "2021-12-01", "2021-12-31", True, None),
    ("2021年", "2021-01-01", "2021-12-31", True, None),
    ("2021年度", "2021-01-01", "2021-12-31", True, None),
    ("12月31日", None, "2000-12-31", False, None),
    ("2月29日", None, "2000-02-29", False, None),
    ("11月", "2000-11-01", "2000-11-30", False, None),
    ("11月份", "2000-11-01", "2000-11-30", False, None),
    ("11月底前", None, "2000-11-30", False, "≤"),
    ("2021年底前", None, "2021-12-31", True, "≤"),
    ("2021年12月底前", None, "2021-12-31", True, "≤"),
    ("2019年2月底", None, "2019-02-28", True, None),
    ("12月31日前", None, "2000-12-31", False, "≤"),
    ("12月31日之前", None, "2000-12-31", False, "≤"),
    ("12月31日以前", None, "2000-12-31", False, "≤"),
    ("在2021年底前", None, "2021-12-31", True, "≤"),
    ("2021年内", "2021-01-01", "2021-12-31", True, "≤"),
    ("不晚于2021年12月31日前", None, "2021-12-31", True, "≤"),
    ("≤2021年12月31日", None, "2021-12-31", True, "≤"),
    ("by 2021-12-31", None, "2021-12-31", True, "≤"),
    ("2021.1-12", "2021-01-01", "2021-12-31", True, None),
    ("2021.1—12", "2021-01-01", "2021-12-31", True, None),
    ("2021.1-12月", "2021-01-01", "2021-12-31", True, None),
    ("2021年1-12月", "2021-01-01", "2021-12-31", True, None),
    ("2021年1月至12月", "2021-01-01", "2021-12-31", True, None),
    ("2021年1月1日—12月31日", "2021-01-01", "2021-12-31", True, None),
    ("2021年1月1日至2021年12月31日", "2021-01-01", "2021-12-31", True, None),
    ("2021.1.1-2021.12.31", "2021-01-01", "2021-12-31", True, None),
    ("2021.1.1-12.31", "2021-01-01", "2021-12-31", True, None),
    ("2021-01-01-2021-12-31", "2021-01-01", "2021-12-31", True, None),
    ("2021年11月-2022年3月", "2021-11-01", "2022-03-31", True, None),
    ("2021-2023年", "2021-01-01", "2023-12-31", True, None),
    ("1-12月", "2000-01-01", "2000-12-31", False, None),
    ("3月1-15日", "2000-03-01", "2000-03-15", False, None),
]

WORDS = [
    "共39件作品参加市级展评活动",
    "7件作品送省参评",
    "省级精品课64堂,获得部级精品课5堂",
    "物理学科获省二等奖2名，化学学科获省三等奖1名",
    "台式电脑4台、笔记本电脑4台、班班通设备2套",
    *("获奖", "有效提升", "无", "约", "万", "万人次", "元/人", "%"),
    *("≥", "≥%", "以上", "十人", "一百", "第1名", "前3名", "5天前"),
    *("1.2.3", "12,34", "1,2345", "1234,567", "0,123", ",123"),
    *("12,345,6", "5.", "1e5", "1_000", "1 000", "12\n34", "5 m 2"),
    *("90%95%", "90%-95%", "5-10天", "3~5次", "1/2", "1亿2000万", "5×3"),
    *("½", "5½", "5²", "٣", "①", "±5%", "--5", "+-5"),
    *("≥90%以下", "≤90%以上", "=90%以上", "超过90%以上", "≥≥90%"),
    *("≠5", "大于等于≥90%", "控制在5%", "在5%以上", "90%。"),
    *("2021-02-30", "2021.2.29", "13月", "0月", "2021年13月"),
    *("2021年0月", "1月32日", "1899年12月", "2200年1月1日", "2021-12/31"),
    *("2021年31日", "2021年以上", "不少于6月", "约11月"),
    *("3月内", "11月-3月", "2021年12月-1月", "2021.1.1-12", "2021-1-1-12-31"),
    *("1 2月", "1  2月", "2021 12 31", "12-31", "2021-2023", "近3年"),
    *("万%", "5万%", "¥50人", "¥", "5元/", "5/人", "5万/人"),
    *("5\x00", "\x005", "5\x1b[0m", "\x0b5", "\x1c5"),
    *("5\u200b人", "\ufeff5", "5\u202e%", "9" * 31, "0." + "9" * 31, "1" * 201),
]

BLANKS = ["", " ", "　", "\t\n", "\x1c", "—", "——", "－", "-", "–", "/", "／", "\\", "……", "…", "...", "......", " — "]


@pytest.mark.parametrize(("text", "number", "unit", "operator", "loose"), QUANTITIES)
def test_a_quantity(text: str, number: str, unit: str, operator: Operator | None, loose: str | None) -> None:
    found = read(text)
    assert isinstance(found, Quantity)
    assert (found.number, found.unit.name, found.operator, found.loose) == (Fraction(number), unit, operator, loose)
    assert found.text == text.strip()


@pytest.mark.parametrize(("text", "start", "day", "has_year", "operator"), MOMENTS)
def test_a_moment(text: str, start: str | None, day: str, has_year: bool, operator: Operator | None) -> None:
    first = None if start is None else date.fromisoformat(start)
    found = read(text)
    assert found == Moment(date.fromisoformat(day), has_year, operator, first, text)
    assert isinstance(found, Moment)
    assert found.text == text
    assert found.value == date.fromisoformat(day).toordinal()


@pytest.mark.parametrize("text", WORDS)
def test_words_are_never_mined_for_digits(text: str) -> None:
    assert read(text) == Words(text)


@pytest.mark.parametrize("text", BLANKS)
def test_a_filler_is_blank(text: str) -> None:
    assert isinstance(read(text), Blank)


@pytest.mark.parametrize("text", ["0", "无", ".", "0.0", "—1", "-无"])
def test_zero_and_none_are_not_blank(text: str) -> None:
    assert not isinstance(read(text), Blank)


def test_one_period_written_in_two_ways_is_one_period() -> None:
    assert read("2021.1-12") == read("2021年1月1日—12月31日") == read("2021 年 1-12 月")
    assert read("2021.1-12") != read("2021.1-11")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24.5万元", "245,000元"),
        ("0.5亿元", "5000万元"),
        ("￥50万", "500000 RMB"),
        ("5角", "0.5元"),
        ("49%", "49个百分点"),
        ("5‰", "0.5%"),
        ("5%", "5 percentage points"),
        ("1吨", "1000kg"),
        ("1公里", "1000米"),
        ("50厘米", "0.5m"),
        ("1.5小时", "90分钟"),
        ("2周", "14日"),
        ("3平方公里", "300公顷"),
        ("1000升", "1m³"),
        ("30名", "30 people"),
        ("1万元/公里", "10元/米"),
        ("600元/人·年", "600元/年/人"),
        ("600元/(人·年)", "600元/人.年"),
        ("50万", "500000"),
        ("万人次", "万人次"),
    ],
)
def test_the_same_amount_in_two_units(one: str, other: str) -> None:
    first, second = read(one), read(other)
    if isinstance(first, Quantity) and isinstance(second, Quantity):
        assert first.value == second.value
        assert fits(first.unit, second.unit)
    else:
        assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [("元", "美元"), ("天", "工作日"), ("人", "人次"), ("次", "人次"), ("亩", "公顷"), ("%", ""), ("元", "元/人")],
)
def test_units_that_do_not_fit(one: str, other: str) -> None:
    first, second = STANDARD.find(one), STANDARD.find(other)
    assert first is not None
    assert second is not None
    assert not fits(first, second)


def test_find() -> None:
    assert STANDARD.find("") == BARE
    assert STANDARD.find(" 万元 ") == STANDARD.find("万元") == Unit("万元", "元", Fraction(10000))
    assert STANDARD.find("百分点") == Unit("百分点", "%", Fraction(1, 100))
    assert STANDARD.find("千克") == Unit("千克", "公斤", Fraction(1))
    for text in ("甲", "万万元", "元/", "/人", "元/甲", "元/%", "万%", "%/%", "元" * 300, "m 2"):
        assert STANDARD.find(text) is None


def test_a_rule_file_adds_units() -> None:
    units = STANDARD.with_units({"公顷": "15亩", "打": "12个", "年": "12个月", "垧": "1 公顷"})
    assert units.find("万公顷") == Unit("万公顷", "亩", Fraction(150000))
    assert units.find("垧") == Unit("垧", "亩", Fraction(15))
    found = read("≥3打", units)
    assert isinstance(found, Quantity)
    assert (found.value, found.unit.dimension) == (Fraction(36), "个")
    assert read("3打") == Words("3打")
    assert STANDARD.find("公顷") == Unit("公顷", "平方米", Fraction(10000))


def test_what_stands_on_a_base_moves_with_it() -> None:
    units = STANDARD.with_units({"人": "1人次"})
    assert units.find("万名") == Unit("万名", "人次", Fraction(10000))
    assert STANDARD.with_units({"人": "1名"}).find("位") == STANDARD.find("位")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("甲", value) for value in ("", "乙", "5乙", "≥5个", "约5个", "0个", "-1个", "11月", "5个以上", "5余个")),
        *((name, "5个") for name in ("", " ", "5", "5个", "-", "万", "%", "甲\x1b", "甲" * 21, ".", "，")),
        ("元", "2元"),
        ("人", "2名"),
    ],
)
def test_a_unit_that_cannot_be(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(name))):
        STANDARD.with_units({name: value})


def test_units_are_values() -> None:
    assert STANDARD.with_units({}) == STANDARD
    assert hash(STANDARD.with_units({})) == hash(STANDARD)
    assert pickle.loads(pickle.dumps(STANDARD)) == copy.deepcopy(STANDARD) == STANDARD


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(245000), "万元", "24.5万元"),
        (Fraction(49, 100), "%", "49%"),
        (Fraction(49, 100), "个百分点", "49个百分点"),
        (Fraction(2, 3), "%", "200/3%"),
        (Fraction(5), "days", "5 days"),
        (Fraction(-1, 2), "", "-0.5"),
    ],
)
def test_number_text(value: Fraction, unit: str, text: str) -> None:
    found = STANDARD.find(unit)
    assert found is not None
    assert number_text(value, found) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(5, "5"), (Decimal("5.10"), "5.10"), (Decimal("1e3"), "1000"), (Fraction(1, 3), "1/3"), (Fraction(1, 2), "0.5")],
)
def test_from_number(value: int | Decimal | Fraction, text: str) -> None:
    found = from_number(value)
    assert found == Quantity(Fraction(value), BARE, None, None, text)
    assert found.text == text


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999999", "1e-999999"])
def test_from_number_refuses(text: str) -> None:
    value = Decimal(text)
    with pytest.raises(ValueError, match="finite"):
        from_number(value)
    with pytest.raises(ValueError, match="finite"):
        from_number(10**5000)


def test_every_cell_of_the_tables_with_spaces_around_reads_the_same() -> None:
    for text in [row[0] for row in (*QUANTITIES, *MOMENTS)]:
        assert read(f"\n　{text} \t") == read(text)


def test_a_form() -> None:
    cells = ["50万", "24.5万", "49%", "2021.1-12", "1次", "200人次", "获奖", "有效提升", "≥ 90%", "　10", "—", ""]
    assert "".join(type(read(cell)).__name__[0] for cell in cells) == "QQQMQQWWQQBB"


# --- properties ----------------------------------------------------------------------------------------------------

SIGNS: dict[str, Operator | None] = {
    "": None,
    **dict.fromkeys(("≥", "≧", "⩾", ">=", "≥=", "=>", "＞＝", "＞=", "不少于", "不低于", "至少", "at least "), "≥"),
    **dict.fromkeys(("≤", "≦", "⩽", "<=", "=<", "＜＝", "不超过", "不高于", "至多", "小于等于", "at most "), "≤"),
    **dict.fromkeys((">", "＞", "﹥", "大于", "超过", "more than "), ">"),
    **dict.fromkeys(("<", "＜", "﹤", "小于", "低于", "less than "), "<"),
    **dict.fromkeys(("=", "＝", "==", "═", "﹦", "等于"), "="),
}
# 月 alone is a month of the year.
NAMES = sorted(set(STANDARD.names) - {"月"})
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

names = st.sampled_from(NAMES)
spaces = st.sampled_from(["", " ", "　", "\u00a0", "\n", "  "])
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


def _written(number: Decimal, grouped: bool) -> str:
    return format(number, ",f") if grouped else plain(number)


@given(
    sign=st.sampled_from(sorted(SIGNS)),
    number=numbers,
    grouped=st.booleans(),
    multiple=st.sampled_from(["", "百", "万", "千万", "亿"]),
    name=names,
    gaps=st.tuples(spaces, spaces, spaces),
    wide=st.booleans(),
)
def test_what_is_written_is_read(
    *, sign: str, number: Decimal, grouped: bool, multiple: str, name: str, gaps: tuple[str, str, str], wide: bool
) -> None:
    unit = STANDARD.find(multiple + name)
    if unit is None or unit.name != multiple + name:
        unit, multiple = STANDARD.names[name], ""
    text = sign + gaps[0] + _written(number, grouped) + gaps[1] + multiple + gaps[2] + name
    found = read(text.translate(WIDE) if wide else text)
    if unit.name == "年" and number in range(1900, 2200):
        assert not isinstance(found, Quantity)
    else:
        assert found == Quantity(Fraction(number), unit, SIGNS[sign], None, text)


@given(number=numbers, one=names, other=names)
def test_a_value_is_the_same_in_every_unit_that_fits(number: Decimal, one: str, other: str) -> None:
    first, second = STANDARD.names[one], STANDARD.names[other]
    if not fits(first, second):
        second = STANDARD.find(f"万{other}") or second
        first = STANDARD.names[other]
    value = Fraction(number) * first.factor
    written = number_text(value, second)
    if "/" in written.removesuffix(second.name) or (second.name == "年" and number in range(1900, 2200)):
        return
    found = read(written)
    if isinstance(found, Words):
        # More decimals than a number may have.
        assert len(written) > 30
    else:
        assert isinstance(found, Quantity)
        assert found.value == value


PIECES = [
    *SIGNS,
    *NAMES,
    *("0", "1", "5", "12", "31", "2021", "1,000", ".", ",", "-", "—"),
    *("~", "/", "·", "(", ")", " ", "\n", "万", "亿", "年", "月", "日"),
    *("底", "前", "内", "以上", "以下", "以内", "左右", "余", "多", "约"),
    *("近", "在", "控制在", "至", "¥", "$", "\x00", "²", "½", "٣"),
]


@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)))
def test_any_text_is_read_and_a_quantity_uses_all_its_digits(text: str) -> None:
    found = read(text)
    assert found.text in text
    if not isinstance(found, Quantity):
        return
    plain_text = text.translate({wide: code for code, wide in WIDE.items()})
    without_powers = re.sub(r"(?i)(?<=m)[23]", "", plain_text)
    runs = re.findall(r"[0-9.,]*[0-9]", without_powers)
    # A dot or a comma before a number may stand in nothing else than the number.
    assert len(runs) == 1
    assert Fraction(runs[0].replace(",", "")) == abs(found.number)
    assert not any(character.isdecimal() and not character.isascii() for character in without_powers)


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf"], exclude_characters="\t\n\r"), min_size=1, max_size=3))
def test_a_control_character_makes_words(hidden: str) -> None:
    for text in (f"5{hidden}%", f"{hidden}5%", f"5%{hidden}", f"11{hidden}月"):
        assert read(text) == Words(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from("-/."), st.booleans())
def test_every_date_in_every_style(day: date, mark: str, padded: bool) -> None:
    parts = (f"{day.month:02}", f"{day.day:02}") if padded else (str(day.month), str(day.day))
    expected = Moment(day, True, None, None, "")
    assert read(mark.join((str(day.year), *parts))) == expected
    assert read(f"{day.year}年{parts[0]}月{parts[1]}日") == expected
    assert read(f"{parts[0]}月{parts[1]}日") == Moment(day.replace(year=2000), False, None, None, "")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_period(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for dash in ("-", "—", "至"):
        for style in ("{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日"):
            found = read(style.format(first) + dash + style.format(last))
            assert found == Moment(last, True, None, first if first != last else None, "")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1,000",
        "0.",
        "-",
        "—",
        "万",
        "余",
        "/",
        "元/",
        "·人",
        "(",
        "≥",
        "约",
        "以上",
        "2021年",
        "-1",
        " ",
        "1 ",
    ],
)
@pytest.mark.parametrize("length", [190, 10**5])
def test_hostile_text_is_read_in_no_time(piece: str, length: int) -> None:
    body = piece * (length // len(piece))
    for text in (body, "5" + body, body + "元", "2021.1-" + body):
        found = read(text)
        assert not isinstance(found, Quantity) or len(found.text) <= 200
