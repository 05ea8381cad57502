"""Common wordings of headings: columns, rows and groups of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from perfeval.methods.normal_form import squeezed
from perfeval.numbers.units import folded

#: A heading is known by what it begins with; where two fit, the longer.
MONEY: Final[Mapping[str, tuple[str, ...]]] = {
    "year_start_budget": ("年初预算", "年初资金预算", "年初安排"),
    "annual_budget": ("全年预算", "年度预算", "调整后预算", "调整预算", "预算数", "预算金额", "预算资金"),
    "executed": ("全年执行", "执行数", "执行金额", "实际支出", "全年支出", "支出数"),
    "weight": ("分值", "权重", "标准分"),
    "rate": ("执行率", "预算执行率", "完成率"),
    "score": ("得分", "自评得分", "自评分"),
}
INDICATORS: Final[Mapping[str, tuple[str, ...]]] = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称", "四级指标", "绩效指标名称", "指标内容"),
    "target": (
        "年度指标值",
        "指标值",
        "目标值",
        "年度目标值",
        "预期指标值",
        "计划指标值",
        "预期完成值",
        "预期值",
        "年初目标值",
    ),
    "actual": ("实际完成", "全年实际", "完成值", "完成指标值", "全年完成", "实际值", "实际指标值", "完成情况"),
    "weight": ("分值", "权重", "标准分", "指标分值", "指标权重"),
    "score": ("得分", "自评得分", "自评分", "实际得分", "指标得分"),
    "reason": ("偏差原因", "未完成原因", "原因分析", "扣分原因", "偏离原因", "未完成情况", "偏差分析", "备注"),
}
#: A label and, in the next cell, what it names.
LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "project": ("项目名称",),
    "department": ("主管部门",),
    "agency": ("实施单位", "项目实施单位", "预算单位", "单位名称"),
    "year": ("年度", "评价年度", "自评年度"),
    "grade": ("等级", "自评等级", "评价等级", "评定等级", "自评结论", "评价结论"),
}
EXPECTED: Final = ("预期目标", "年初设定目标", "年初目标")
REACHED: Final = ("实际完成情况", "目标实际完成情况", "全年实际完成情况", "完成情况")
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
    fits = [(len(word), name) for name, words in names.items() for word in words if heading.startswith(word)]
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
