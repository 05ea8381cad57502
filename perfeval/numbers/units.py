"""Units and multipliers (万, 亿), and converting between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen

from perfeval.immutable import Fixed
from perfeval.numbers.rounding import DIGITS

#: White space as it occurs in cells. Other control characters are not space: they make a text words.
SPACES: Final = " \t\n\r\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

#: The longest text that is looked at; what is longer is words.
LONGEST: Final = 200

#: The numbers that are years of the calendar where 年 follows.
YEARS: Final = range(1900, 2200)

# Not NFKC: that would turn ² into 2 and ½ into 1⁄2, which are other numbers.
_FOLD: Final[dict[int, int | str]] = {
    **{0xFEE0 + code: code for code in range(0x21, 0x7F)},
    **{ord(space): " " for space in SPACES},
    **str.maketrans("−﹣﹢﹪￥﹤﹥﹦═≧⩾≮≦⩽≯•・∙⋅⁄", "--+%¥<>==≥≥≥≤≤≤····/"),
    # Traditional characters of units, bounds, headings and names, one for one.
    **str.maketrans(
        "萬億圓個筆歲場戶畝級隊輛臺檔條頁張間種組類項點處雙頭顆塊噸裡課學縣鄉鎮區號週時鐘產質數標績總權執額預計實際"
        "達過於內滿評價價單際務會與對經濟環態續長對象醫療應補貼資運營業設備戲報紙導員優復審層觀閱讀貧農漁糧輸電氣熱車"
        "現際餘約將鄰較僅無從發動還應為來後開關當東書寫說請讓認讚調財稅費購買賣變壓飲養節維護訓練際師聽診藥疫傷殘兒婦",
        "万亿元个笔岁场户亩级队辆台档条页张间种组类项点处双头颗块吨里课学县乡镇区号周时钟产质数标绩总权执额预计实际"
        "达过于内满评价价单际务会与对经济环态续长对象医疗应补贴资运营业设备戏报纸导员优复审层观阅读贫农渔粮输电气热车"
        "现际余约将邻较仅无从发动还应为来后开关当东书写说请让认赞调财税费购买卖变压饮养节维护训练际师听诊药疫伤残儿妇",
    ),
}


def folded(text: str) -> str:
    """*text* with full-width characters, spaces and look-alike signs as their plain kind, one for one."""
    return text.translate(_FOLD)


@frozen
class Unit:
    """A unit: its name as people print it, the name of its base, and how many of the base it is."""

    name: str
    dimension: str
    factor: Fraction


#: No unit: a bare number.
BARE: Final = Unit("", "", Fraction(1))


def fits(one: Unit, other: Unit) -> bool:
    """Return True if amounts in the two units may be compared."""
    return one.dimension == other.dimension


# One line a dimension: its base first, then what equals it, then other sizes. Only what is exact and certain is
# converted: a year is not 365 days, a working day no day, and an 亩 is 666.67 m² to some and 2000/3 to others.
_MEASURES: Final = """
元 圆 人民币 元人民币 RMB CNY yuan | 角 1/10
美元 USD dollar dollars
% 百分点 个百分点 百分比 percent percentagepoint percentagepoints | ‰ 1/10
天 日 自然日 日历天 日历日 day days | 周 7 | 星期 7 | 个星期 7 | week 7 | weeks 7
工作日 个工作日
月 个月 month months | 季度 3 | 个季度 3
年 year years
分钟 minute minutes min | 小时 60 | 个小时 60 | hour 60 | hours 60 | h 60 | 秒 1/60
平方米 平米 ㎡ m2 m² | 平方公里 1000000 | 平方千米 1000000 | ㎢ 1000000 | km2 1000000 | km² 1000000
平方米 | 公顷 10000 | ha 10000 | 平方厘米 1/10000
亩
米 m | 公里 1000 | 千米 1000 | km 1000 | ㎞ 1000 | 里 500 | 华里 500 | 分米 1/10
米 | 厘米 1/100 | cm 1/100 | ㎝ 1/100 | 毫米 1/1000 | mm 1/1000 | ㎜ 1/1000
公斤 千克 kg ㎏ | 吨 1000 | t 1000 | 斤 1/2 | 克 1/1000 | g 1/1000 | 毫克 1/1000000 | mg 1/1000000
公斤 | 微克 1/1000000000 | μg 1/1000000000 | µg 1/1000000000
立方米 立方 m3 m³ | 升 1/1000 | L 1/1000 | l 1/1000 | 毫升 1/1000000 | ml 1/1000000
千瓦时 kWh
千瓦 kW | 兆瓦 1000 | MW 1000
人 名 位 people person persons
人次
次 time times
件 piece pieces
株 棵
栋 幢
场 场次
户 household households
分 point points
班 个班
村 个村
镇 个镇
乡镇 个乡镇
县 个县
社区 个社区
课时 个课时
学时 个学时
"""
_COUNTS: Final = """
个 项 家 篇 份 期 套 台 辆 所 批 起 座 条 本 册 只 头 处 间 床 例 宗 校 块 张
门 节 堂 倍 度 匹 片 艘 架 部 盏 口 眼 根 支 枚 袋 箱 瓶 组 类 种 轮 幅 副 扇
孔 站 页 字 集 首 款 队 届 卷 棚 羽 尾 粒 颗 桩 车次 班次 批次 频次 期次 户次 家次
岁 周岁 剂 剂次 盒 针次 人份 份次 例次 台次 件次 项次 篇次 笔 单 票 包 桶 罐 捆 把 副 顶 盘 面 盆 担 垛 堆 串
位次 课次 节次 机位 车位 学位 席位 工位 泊位 摊位 亩产 词条 条次 款次 档 幕 趟 回 遍 声 步 层 格 道 排 行 列
亩次 人天 人日 吨公里 台套 学期 学年 床位 宗地 点位 标段 分贝 ℃
"""

#: What may stand between a number and its unit, or alone, the longest first.
_MULTIPLIERS: Final = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}

_CURRENCIES: Final = {"人民币": "元", "rmb": "元", "cny": "元", "¥": "元", "usd": "美元", "us$": "美元", "$": "美元"}
_MONEY: Final = re.compile("|".join(map(re.escape, _CURRENCIES)), re.ASCII | re.IGNORECASE)

#: Words of approximation that stand inside an amount: 200余人, 50多万元.
_INNER: Final = ("余", "多", "来")

_NUMBER: Final = re.compile(r"([+-]?)([1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)?(?:\.([0-9]+))?")
_APART: Final = re.compile(r" [0-9]")
#: A word that may be a unit of its own kind.
_OPEN_WORD: Final = r"[A-Za-zµ℃\u4e00-\u9fff][A-Za-zµ℃²³·/\u4e00-\u9fff]{0,9}"
_PLAIN_NAME: Final = r"[^\s0-9.,+\-][^\s]{0,19}"


def _standard() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for line in _MEASURES.strip().splitlines():
        same, *sizes = line.split(" | ")
        base = same.split()[0]
        # A hundredth is what % means, so that 50% and 0.5 of a whole are one value.
        one = Fraction(1, 100) if base == "%" else Fraction(1)
        for name in same.split():
            units[name] = Unit(name, base, one)
        for name, factor in map(str.split, sizes):
            units[name] = Unit(name, base, one * Fraction(factor))
    for name in _COUNTS.split():
        units[name] = Unit(name, name, Fraction(1))
    for name in ("percentage point", "percentage points"):
        units[name.replace(" ", "")] = Unit(name, "%", Fraction(1, 100))
    return units


def _fixed(names: Mapping[str, Unit]) -> Mapping[str, Unit]:
    return Fixed(names)


@frozen
class Units:
    """The units that cells are read with; those of one rule file are the standard ones and its own."""

    names: Mapping[str, Unit] = field(converter=_fixed, hash=False)

    def find(self, text: str) -> Unit | None:
        """The unit written *text*: a known one, a multiple (万元), or one for each of others (元/人·年)."""
        return self._find(folded(text.strip(SPACES)))

    def _find(self, line: str) -> Unit | None:
        # A digit after a space begins another number: "5 m 2" is not 5 m2.
        if len(line) > LONGEST or _APART.search(line):
            return None
        key = line.replace(" ", "")
        found = self._multiple(key)
        return found if found is not None or "/" not in key else self._compound(key)

    def _known(self, key: str) -> Unit | None:
        found = self.names.get(key)
        # "KM" is km, but a lone letter may mean another unit when it is large.
        return self.names.get(key.lower()) if found is None and key.isascii() and len(key) > 1 else found

    def _multiple(self, key: str) -> Unit | None:
        if not key:
            return BARE
        known = self._known(key)
        if known is not None:
            return known
        for word, factor in _MULTIPLIERS.items():
            if key.startswith(word):
                rest = key[len(word) :]
                one = self._known(rest) if rest else BARE
                # Nobody counts percentages by the ten thousand: such a text means something else.
                return None if one is None or one.dimension == "%" else Unit(key, one.dimension, one.factor * factor)
        return None

    def _compound(self, key: str) -> Unit | None:
        above, _, below = key.partition("/")
        if below.startswith("(") and below.endswith(")"):
            below = below[1:-1]
        parts = below.replace("/", "·").replace("*", "·").replace(".", "·").split("·")
        top = self._multiple(above)
        if top is None or not top.dimension:
            return None
        factor, dimensions = top.factor, []
        for part in parts:
            unit = self._multiple(part)
            if unit is None or unit.dimension in ("", "%"):
                return None
            factor /= unit.factor
            dimensions.append(unit.dimension)
        # Sorted: 元/年·人 is 元/人·年.
        return Unit(key, f"{top.dimension}/{'·'.join(sorted(dimensions))}", factor)

    def with_words(self, words: Iterable[str]) -> Units:
        """These units and *words*, each a unit of its own kind: so many of it are so many, and nothing else."""
        more = {word: Unit(word, word, Fraction(1)) for word in words}
        return Units({**self.names, **more}) if more else self

    def with_units(self, more: Mapping[str, str]) -> Units:
        """These units and *more*, each a name and what one of it is, as in ``{"公顷": "15亩"}``.

        A value may use the names before it. A base that is defined anew takes along the units that stand on it.
        ValueError says which name or value cannot be.
        """
        names = dict(self.names)
        for written, value in more.items():
            shown = folded(written.strip(SPACES))
            name = shown.replace(" ", "")
            if not re.fullmatch(_PLAIN_NAME, name) or not name.isprintable() or name in _MULTIPLIERS:
                raise ValueError(f"{written!r} cannot be the name of a unit")
            known = names.get(name)
            if known is not None and known.dimension == "%":
                raise ValueError(f"{written!r} is a hundredth or a thousandth and stays so")
            figure = Units(names).figure(folded(value.strip(SPACES)))
            if figure is None or figure.loose or figure.number <= 0:
                raise ValueError(f"{written!r} is {value!r}, which is not a number above 0 with a known unit")
            size = figure.number * figure.unit.factor
            dimension = figure.unit.dimension
            if known is not None and known.dimension == dimension == name and size != known.factor:
                raise ValueError(f"{written!r} is defined by itself, as {value!r}")
            for other, unit in list(names.items()):
                if unit.dimension == name:
                    names[other] = evolve(unit, dimension=dimension, factor=unit.factor * size)
            names[name] = Unit(shown, dimension, size)
        return Units(names)

    def open_word(self, text: str) -> str | None:
        """The unit of *text*, already folded, where that is a number and one word that is no known unit."""
        match = _NUMBER.match(text)
        if match is None or _number(*match.groups()) is None:
            return None
        word = text[match.end() :].strip(" ")
        multiple = next((one for one in _MULTIPLIERS if word.startswith(one)), "")
        word = word[len(multiple) :]
        return word if re.fullmatch(_OPEN_WORD, word) and self._find(word) is None else None

    def figure(self, text: str) -> Figure | None:
        """*text*, already folded, as a number and its unit, or None if it is anything else."""
        if len(text) > LONGEST:
            return None
        paid = _MONEY.match(text)
        money = paid[0].lower() if paid else ""
        text = text[len(money) :].lstrip(" ")
        match = _NUMBER.match(text)
        number = None if match is None else _number(*match.groups())
        if match is None or number is None:
            return None
        rest, loose = text[match.end() :].strip(" "), None
        unit = self._find(rest)
        if unit is None:
            rest, loose = _without_loose(rest)
            unit = self._find(rest)
        if money and unit is not None:
            unit = self._paid(unit, _CURRENCIES[money])
        # 11月 is a month and 2021年 a year of the calendar, not a count of them.
        if unit is not None and (unit.name == "月" or (unit.name == "年" and number in YEARS)):
            return None
        return None if unit is None else Figure(number, unit, loose)

    def _paid(self, unit: Unit, currency: str) -> Unit | None:
        # ¥50万 says its unit once, ¥50万元 twice; ¥50人 is neither.
        money, named = self.find(currency), unit if unit.dimension else self.find(unit.name + currency)
        return named if named is not None and money is not None and fits(named, money) else None


@frozen(eq=False, repr=False)
class Figure:
    """A number and its unit, with the word of approximation that stood between them."""

    number: Fraction
    unit: Unit
    loose: str | None


def _number(sign: str, whole: str | None, decimals: str | None) -> Fraction | None:
    whole, decimals = (whole or "").replace(",", ""), decimals or ""
    if not whole + decimals or max(len(whole), len(decimals)) > DIGITS:
        return None
    size = Fraction(int(whole + decimals), 10 ** len(decimals))
    return -size if sign == "-" else size


def _without_loose(rest: str) -> tuple[str, str | None]:
    # 200余人 and 50多万元 say it before the multiplier, 5万余元 after it.
    for word in ("", *_MULTIPLIERS):
        for loose in _INNER:
            if rest.startswith(word + loose):
                return word + rest[len(word + loose) :], loose
    return rest, None


STANDARD: Final = Units(_standard())
