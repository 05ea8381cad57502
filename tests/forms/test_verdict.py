"""Met or missed: what is generated as met is never told as missed, nor the reverse, in any way of writing it.

What is true is worked out with fractions and dates here, not with the code under test.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Final

import pytest
from forms import form_of
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval
from perfeval.forms.audit.verdict import Verdict, verdict
from perfeval.forms.form import Form
from perfeval.numbers.units import STANDARD

#: Ways of writing a bound: what stands before the number, behind it, and whether the number itself meets it.
AT_LEAST: Final = (
    *(
        ("≥", "", True),
        ("≧", "", True),
        (">=", "", True),
        ("不低于", "", True),
        ("不少于", "", True),
        ("至少", "", True),
    ),
    *(("", "以上", True), ("大于等于", "", True), (">", "", False), ("高于", "", False), ("大于", "", False)),
)
AT_MOST: Final = (
    *(
        ("≤", "", True),
        ("≦", "", True),
        ("<=", "", True),
        ("不高于", "", True),
        ("不超过", "", True),
        ("", "以内", True),
    ),
    *(("", "以下", True), ("小于等于", "", True), ("<", "", False), ("低于", "", False), ("小于", "", False)),
)
#: Words behind a number: known ones, and such that nobody has told the program of.
UNITS: Final = ("", "%", "人", "人次", "岁", "剂次", "万元", "吨标准煤/万元", "mm", "公里", "毫克/升", "株")
#: A word of its own kind beside each known one: together they say nothing.
OTHER_UNITS: Final = (("人", "公里"), ("剂次", "岁"), ("%", "人"), ("万元", "个"), ("天", "元"))
#: The standard units, with one that a form brings.
KNOWN: Final = STANDARD.with_words(["冊"])
PREFIXES: Final = ("", " ")


def digits(value: Fraction) -> str:
    """*value* in as many decimals as it has."""
    text = f"{float(value):.3f}".rstrip("0").rstrip(".")
    assert Fraction(text) == value
    return text


numbers = st.integers(-4000, 4000).map(lambda number: Fraction(number, 8))
amounts = st.integers(1, 90_000).map(lambda number: Fraction(number, 8))


def told(target: str, actual: str, name: str = "指标") -> Verdict:
    return verdict(name, target, actual, KNOWN)


@given(data=st.data(), aim=numbers, reached=numbers, unit=st.sampled_from(UNITS), up=st.booleans())
def test_bounds(data: st.DataObject, aim: Fraction, reached: Fraction, unit: str, up: bool) -> None:
    before, behind, closed = data.draw(st.sampled_from(AT_LEAST if up else AT_MOST))
    reached = data.draw(st.sampled_from((reached, aim)))
    gap = data.draw(st.sampled_from(PREFIXES))
    off = reached - aim if up else aim - reached
    met = off > 0 or (closed and off == 0)
    found = told(f"{before}{gap}{digits(aim)}{unit}{behind}", f"{digits(reached)}{gap}{unit}")
    assert found.outcome == ("met" if met else "missed")


@given(ends=st.tuples(numbers, numbers), reached=numbers, unit=st.sampled_from(UNITS), data=st.data())
def test_intervals(ends: tuple[Fraction, Fraction], reached: Fraction, unit: str, data: st.DataObject) -> None:
    low, high = sorted(ends)
    reached = data.draw(st.sampled_from((reached, low, high)))
    between = data.draw(st.sampled_from(("~", "～", "至", "到", "—")))
    first = "" if unit not in {"", "%"} and data.draw(st.booleans()) else unit
    found = told(f"{digits(low)}{first}{between}{digits(high)}{unit}", f"{digits(reached)}{unit}")
    assert found.outcome == ("met" if low <= reached <= high else "missed")


@given(
    centre=numbers, off=amounts, reached=numbers, unit=st.sampled_from(("", "%", "mm", "岁", "万元")), data=st.data()
)
def test_tolerances(centre: Fraction, off: Fraction, reached: Fraction, unit: str, data: st.DataObject) -> None:
    reached = data.draw(st.sampled_from((reached, centre, centre - off, centre + off)))
    about_zero = data.draw(st.booleans())
    middle = Fraction(0) if about_zero else centre
    target = f"±{digits(off)}{unit}" if about_zero else f"{digits(centre)}{unit}±{digits(off)}{unit}"
    found = told(target, f"{digits(reached)}{unit}")
    assert found.outcome == ("met" if abs(reached - middle) <= off else "missed")


@given(one=st.tuples(*[st.integers(1, 60)] * 2), other=st.tuples(*[st.integers(1, 60)] * 2), up=st.booleans())
@pytest.mark.parametrize("sign", [":", "：", "/"])
def test_ratios(one: tuple[int, int], other: tuple[int, int], up: bool, sign: str) -> None:
    aim, reached = Fraction(*one), Fraction(*other)
    found = told(f"{'≥' if up else '≤'}{one[0]}{sign}{one[1]}", f"{other[0]}{sign}{other[1]}")
    assert found.outcome == ("met" if (reached >= aim if up else reached <= aim) else "missed")


@given(aim=amounts, reached=amounts, up=st.booleans(), per=st.sampled_from(("10万人", "千人", "万元", "公里")))
def test_rates_per_head(aim: Fraction, reached: Fraction, up: bool, per: str) -> None:
    found = told(f"{'≥' if up else '≤'}{digits(aim)}人/{per}", f"{digits(reached)}人/{per}")
    assert found.outcome == ("met" if (reached >= aim if up else reached <= aim) else "missed")


dates = st.dates(datetime.date(2018, 1, 1), datetime.date(2026, 12, 31))


@given(aim=dates, done=dates, data=st.data())
def test_dates(aim: datetime.date, done: datetime.date, data: st.DataObject) -> None:
    behind = data.draw(st.sampled_from(("", "前", "之前", "底前")))
    month = behind == "底前"
    target = f"{aim.year}年{aim.month}月" + ("" if month else f"{aim.day}日") + behind
    found = told(target, f"{done.year}年{done.month}月{done.day}日", "完成时间")
    if month:
        assert found.outcome == ("met" if (done.year, done.month) <= (aim.year, aim.month) else "missed")
    elif done != aim:  # whether the day itself is "before" it is for nobody to say here
        assert found.outcome == ("met" if done < aim else "missed")


@given(data=st.data(), aim=amounts, reached=amounts, unit=st.sampled_from(("", "人", "%", "岁")))
def test_a_target_without_a_sign_is_told_only_where_both_directions_agree(
    data: st.DataObject, aim: Fraction, reached: Fraction, unit: str
) -> None:
    reached = data.draw(st.sampled_from((reached, aim)))
    found = told(f"{digits(aim)}{unit}", f"{digits(reached)}{unit}")
    assert found.outcome == ("met" if reached == aim else "unknown")
    assert found.is_open == (reached != aim)
    assert {way.outcome for way in found.ways} == ({"met"} if reached == aim else {"met", "missed"})


@given(aim=st.integers(1, 1000), bare=st.integers(0, 2000))
def test_a_bare_number_beside_a_per_cent_is_tried_both_ways(aim: int, bare: int) -> None:
    wanted, given_ = Fraction(aim, 10), Fraction(bare, 10)
    as_percent, as_ratio = given_ >= wanted, given_ * 100 >= wanted
    found = told(f"≥{digits(wanted)}%", digits(given_))
    expected = "unknown" if as_percent != as_ratio else "met" if as_percent else "missed"
    assert found.outcome == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        *(("是", "是", "met"), ("是", "否", "missed"), ("否", "否", "met"), ("否", "是", "missed")),
        *(("有", "无", "missed"), ("无", "无", "met"), ("达标", "未达标", "missed"), ("合格", "合格", "met")),
        *(("有效提升", "有效提升", "met"), ("有效提升", "未有效提升", "missed"), ("≥95%", "未完成", "missed")),
        *(("2024年第二季度", "2024年5月", "met"), ("2024年第二季度", "2024年7月", "missed")),
        *(("2024年上半年", "2024年6月30日", "met"), ("2024年上半年", "2024年7月1日", "missed")),
        *(("≤104萬元", "103.97萬元", "met"), ("≥2萬冊", "19999冊", "missed")),
        *(("10≤x<20", "20", "missed"), ("10≤x<20", "19.99", "met"), ("80%（含）以上90%以下", "79%", "missed")),
    ],
)
def test_words_periods_and_chains(target: str, actual: str, expected: str) -> None:
    assert told(target, actual).outcome == expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        *(("12场次3000人", "10场次2500人"), ("≥200人次", "培训3期，共180人次参加"), ("≥5人", "5张三")),
        *(("90%-80%", "85%"), ("±0", "1"), ("≥1:0", "1:2"), ("80-90%", "85%"), ("80%-90", "85%")),
        *(("12月底前", "2021年12月"), ("2021年12月底前", "12月"), ("90%左右", "88%"), ("≥90%", "90%左右")),
        *(("≥90%", ""), ("", "90%"), ("≥90%", "-"), ("≥90%", "≥80%"), ("获奖", "3项")),
        *((f"≥10{one}", f"9{other}") for one, other in OTHER_UNITS),
    ],
)
def test_what_cannot_be_told_says_why(target: str, actual: str) -> None:
    found = told(target, actual)
    assert found.outcome == "unknown"
    assert found.why is not None
    for lang in ("zh", "en"):
        sentence = found.why.text(lang)
        assert sentence
        assert "None" not in sentence


# Through the audit.

STYLES: Final = tuple((step, mode) for step in ("1", "0.1", "0.01") for mode in ("half-up", "half-even", "down", "up"))


def form(rows: list[tuple[str, str, str, str]], total: str) -> Form:
    """A form of rows (target, actual, weight, score), 90 points and the money's ten."""
    money = {
        "name": "年度资金总额",
        "annual_budget": "100",
        "executed": "100",
        "rate": "100%",
        "weight": "10",
        "score": "10",
    }
    indicators = [
        {
            "group": "产出指标/数量指标",
            "name": f"第{place}项",
            "target": target,
            "actual": actual,
            "weight": weight,
            "score": score,
        }
        for place, (target, actual, weight, score) in enumerate(rows)
    ]
    return form_of({"funds": [money], "indicators": indicators, "reported": {"total": total}})


@settings(max_examples=60)
@given(data=st.data())
def test_an_overclaim_is_found_whatever_the_rounding(data: st.DataObject) -> None:
    """The other rows show a rounding of their own; one row is missed and claims full marks."""
    step, mode = data.draw(st.sampled_from(STYLES))
    rows = []
    for _ in range(data.draw(st.integers(0, 4))):
        reached = data.draw(st.integers(1, 99))
        score = printed(Fraction(reached, 100) * 10, Fraction(step), mode)
        rows.append(("≥100人", f"{reached}人", "10", digits(score)))
    short = data.draw(st.integers(1, 99))
    place = data.draw(st.integers(0, len(rows)))
    rows.insert(place, ("≥100人", f"{short}人", "10", "10"))
    total = 10 + sum((Fraction(row[3]) for row in rows), Fraction(0))
    audit = perfeval.audit(None, form(rows, digits(total)))
    names = {name for one in audit.findings if f"第{place}项" in one.rows for name in (one.name, *one.also)}
    assert "missed-but-full" in names


def printed(value: Fraction, step: Fraction, mode: str) -> Fraction:
    """*value* in whole steps."""
    low, rest = divmod(value, step)
    if not rest or mode == "down":
        return low * step
    half = step / 2
    up = mode == "up" or rest > half or (rest == half and (mode == "half-up" or low % 2 == 1))
    return (low + up) * step
