"""Common wordings of headings: columns, rows and groups of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from perfeval.methods.normal_form import squeezed
from perfeval.numbers.units import folded
from perfeval.toml.parser import attempt


def _words() -> dict[str, Any]:
    found = attempt(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
    assert isinstance(found, dict), "it ships with the package"
    return found


_WORDS: Final = _words()


def _lists(table: str) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in _WORDS[table].items()}


#: A heading is known by what it begins with; where two fit, the longer. One that ends in ``$`` is the whole heading.
MONEY: Final = _lists("money")
INDICATORS: Final = _lists("indicators")
#: A label and, in the next cell, what it names.
LABELS: Final = _lists("labels")
EXPECTED: Final[tuple[str, ...]] = tuple(_WORDS["goals"]["expected"])
REACHED: Final[tuple[str, ...]] = tuple(_WORDS["goals"]["reached"])
#: Words of a heading above columns that somebody else filled in.
REVIEW: Final[tuple[str, ...]] = tuple(_WORDS["review"])
#: Words in the heading of a form, and of the other tables of the budget cycle.
FORM: Final[tuple[str, ...]] = tuple(_WORDS["titles"]["form"])
OTHER: Final[tuple[str, ...]] = tuple(_WORDS["titles"]["other"])
#: What names a block of a form beside its rows.
BLOCKS: Final[tuple[str, ...]] = tuple(_WORDS["blocks"])
#: What may follow the name of a grade.
GRADE_ENDS: Final = ("等级", "等次", "级", "等", "档")

#: The first-level group that each second-level one belongs to, and the word it is known by.
GROUPS: Final[Mapping[str, str]] = {
    "满意": "满意度指标",
    "数量": "产出指标",
    "质量": "产出指标",
    "时效": "产出指标",
    "成本": "产出指标",
    "经济效益": "效益指标",
    "社会效益": "效益指标",
    "生态效益": "效益指标",
    "环境效益": "效益指标",
    "可持续": "效益指标",
}

_BRACKETED: Final = re.compile(r"\([^()]*\)")
_POINTS: Final = re.compile(r"\(\s*([0-9]+(?:\.[0-9]+)?)\s*分?\s*\)")
_UNIT: Final = re.compile(r"[(:]\s*(?:单位:)?\s*(万元|亿元|千元|元)\s*\)?")


def bare(text: str) -> str:
    """A heading without spaces and what it adds in brackets, in plain characters."""
    return _BRACKETED.sub("", squeezed(folded(text))).strip(":")


def bare_line(text: str) -> str:
    """A line of its own without spaces and the brackets around it: 2021年度 in （2021 年度）."""
    return squeezed(folded(text)).strip("()")


def column(text: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The column that is headed *text*, or None."""
    heading = bare(text)
    fits = [
        (len(word), name)
        for name, words in names.items()
        for word in words
        if heading.startswith(word) or (word.endswith("$") and heading == word[:-1])
    ]
    return max(fits)[1] if fits else None


def says(text: str, words: tuple[str, ...]) -> bool:
    """Return True if *text* is one of *words*, whatever stands behind it in brackets."""
    return bare(text) in words


def stated_points(heading: str) -> str | None:
    """The points that a heading states of itself: 50 in ``产出指标（50分）``."""
    match = _POINTS.search(folded(heading))
    return None if match is None else match[1]


#: What the line is called that adds up the form, and one that adds up a group of it.
_TOTAL: Final = re.compile(
    r"(?:绩效)?(?:自评|综合|评价|最终)?(?:总分值?|总得分|总评分|得分|得分合计|合计得分|总分合计|总计|合计|分总)"
)
_SUBTOTAL: Final = re.compile(r".{0,12}(?:小计|合计|汇总)")


def adds_up(text: str) -> Literal["form", "group"] | None:
    """Return True if a line that begins with *text* adds up the form, or a group of it; None for an indicator."""
    label = bare(text)
    if _TOTAL.fullmatch(label):
        return "form"
    return "group" if _SUBTOTAL.fullmatch(label) else None


def money_unit(text: str) -> str | None:
    """The unit that a heading gives its column of money: 万元 in ``项目资金（万元）``."""
    match = _UNIT.search(folded(text))
    return None if match is None else match[1]


def second_level(group: str) -> str | None:
    """The word by which the innermost group of the path *group* is known, or None."""
    last = bare(group.rpartition("/")[2])
    return next((word for word in GROUPS if word in last), None)


def first_level(group: str) -> str:
    """The first-level group that the path *group* belongs to: by its second level where that is known."""
    known = second_level(group)
    if known is not None:
        return GROUPS[known]
    return bare(group.partition("/")[0])


_BONUS: Final = re.compile(r"加\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*分")


def bonus_points(text: str) -> list[str]:
    """The points on top that a text grants: 1 and 2 in 一个加1分，最多加2分."""
    return _BONUS.findall(folded(text))
