"""A sound form, and what is changed in it: a path (``funds.0.rate``) and the text that stands there then."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from perfeval.forms.form import Form
from perfeval.problems import Origin, path_text
from perfeval.rulefile import schema

#: A form that a careful auditor finds nothing in: 9.5 + 20 + 10 + 10 + 10 + 27 + 10.
SOUND: Final[dict[str, Any]] = {
    "title": "2021年度项目支出绩效自评表",
    "money": "万元",
    "funds": [
        {
            "name": "年度资金总额",
            "year_start_budget": "100",
            "annual_budget": "100",
            "executed": "95",
            "weight": "10",
            "rate": "95%",
            "score": "9.5",
        },
        {"name": "其中：当年财政拨款", "year_start_budget": "80", "annual_budget": "80", "executed": "80"},
        {"name": "其他资金", "year_start_budget": "20", "annual_budget": "20", "executed": "15", "weight": "—"},
    ],
    "indicators": [
        {
            "group": group,
            "name": name,
            "target": target,
            "actual": actual,
            "weight": weight,
            "score": score,
            "reason": reason,
        }
        for group, name, target, actual, weight, score, reason in (
            ("产出指标（50分）/数量指标", "培训人次", "≥200人次", "200人次", "20", "20", ""),
            ("产出指标（50分）/质量指标", "考核合格率", "≥95%", "96%", "10", "10", ""),
            ("产出指标（50分）/时效指标", "完成时间", "2021年12月底前", "2021年11月", "10", "10", ""),
            ("产出指标（50分）/成本指标", "培训成本", "≤20万元", "18万元", "10", "10", ""),
            ("效益指标（30分）/社会效益指标", "教师水平", "有效提升", "有效提升", "30", "27", "还需巩固"),
            ("满意度指标（10分）/服务对象满意度指标", "学员满意度", "≥90%", "93%", "10", "10", ""),
        )
    ],
    "spending": [{"name": "讲课费", "amount": "60万元"}, {"name": "材料费", "amount": "35万元"}],
    "spending_total": "95万元",
    "goals": [{"expected": "提升教师水平", "actual": "基本完成"}],
    "reported": {"total": "96.5", "grade": "优", "weight_total": "100"},
    "report": {"total": "96.5分", "grade": "优秀", "budget": "100万元", "executed": "95万元"},
}

#: The report around the form, left out: for what changes the form as a whole.
UNREPORTED: Final[dict[str, Any]] = {"report": None, "spending": None, "spending_total": None}


def tree(changes: Mapping[str, Any] = {}) -> dict[str, Any]:  # only read
    """The sound form as plain data, after *changes*; None takes a key out."""
    made = copy.deepcopy(SOUND)
    for path, value in changes.items():
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at: Any = made
        for step in steps:
            at = at[step]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return made


def form(changes: Mapping[str, Any] = {}) -> Form:  # only read
    """The sound form after *changes*."""
    return form_of(tree(changes))


def form_of(data: Mapping[str, Any]) -> Form:
    return schema.structured({"form": 1, **data}, Form, lambda path: Origin("form", path))


def dotted(origin: Origin) -> str:
    """The path of *origin* as changes write it."""
    return path_text(origin.path).replace("[", ".").replace("]", "")
