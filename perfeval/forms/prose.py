"""Reading what a report says around its form: its conclusion, breakdown, problems and use of results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from perfeval.forms.grid import Grid, Square
from perfeval.forms.wordings import bare
from perfeval.numbers.units import folded
from perfeval.problems import KeyPath

_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
_GRADES: Final = "优秀|优|良好|良|中等|中|合格|较差|差|不合格"
_TOTAL: Final = re.compile(rf"(?:实得|(?:自评|综合|评价|最终)?(?:得分|总分|评分))(?:为|是|:)?({_NUMBER}分)")
_GRADE: Final = re.compile(
    rf"(?:被?评为|评定为|等级为|等级是|结果为|评价等级:|自评等级:)[“\"']?({_GRADES})(?:[”\"']|等|级|,|。|;|$)"
)
_BUDGET: Final = re.compile(
    rf"(?:专项经费|专项资金|预算资金|预算安排|安排资金|预算)(?:为|共|计)*({_NUMBER}(?:万|亿)?元)"
)
_EXECUTED: Final = re.compile(rf"(?:全年已有|实际支出|共支出|已支出|执行数为|支出)(?:为|共|计)*({_NUMBER}(?:万|亿)?元)")
#: A heading of a section, and a point of a list.
_SECTION: Final = re.compile(r"[一二三四五六七八九十]+、(.+)")
_POINT: Final = re.compile(r"(?:[0-9]+[.、]|\([0-9一二三四五六七八九十]+\)|[①-⑩])\s*(.+)")
_PUBLISHED: Final = ("公开", "公示", "网站")
#: What heads the names and the amounts of a breakdown.
_NAMES: Final = ("具体项目", "支出项目", "项目", "支出内容", "用途", "明细", "费用名称")
_AMOUNTS: Final = ("经费", "金额", "支出金额", "支出", "费用")


def said_around(lines: Sequence[Square]) -> Iterator[tuple[KeyPath, Square]]:
    """Yield the keys of a form that the *lines* around it state, each with its text."""
    for key, pattern in (("total", _TOTAL), ("grade", _GRADE), ("budget", _BUDGET), ("executed", _EXECUTED)):
        for line in lines:
            match = pattern.search("".join(folded(line.text).split()))
            if match is not None:
                yield ("report", key), evolve(line, text=match[1])
                break
    problems = [point for title, point in _points(lines) if "问题" in title]
    for count, (line, text) in enumerate(problems):
        yield ("problems", count, "problem"), evolve(line, text=text)
    results = [point for title, point in _points(lines) if "结果" in title and ("应用" in title or "公开" in title)]
    for key, public in (("use", False), ("published", True)):
        found = [(line, text) for line, text in results if any(word in text for word in _PUBLISHED) is public]
        if found:
            yield ("results", key), evolve(found[0][0], text="；".join(text.strip("；。") for _, text in found))


def _points(lines: Sequence[Square]) -> Iterator[tuple[str, tuple[Square, str]]]:
    """Each point of a list below a heading, with the heading of its section."""
    title = ""
    for line in lines:
        text = line.text.strip()
        if (section := _SECTION.fullmatch(text)) is not None and len(text) < 40:
            title = section[1]
        elif title and (point := _POINT.fullmatch(folded(text[:6]) + text[6:])) is not None:
            yield title, (line, point[1])


def spending(grid: Grid) -> Iterator[tuple[KeyPath, Square]]:
    """Yield the lines of a breakdown of what was spent; nothing where *grid* is none."""
    heads = [bare(one.text) for one in grid[0]] if grid else []
    name = next((place for place, head in enumerate(heads) if head in _NAMES), None)
    amount = next((place for place, head in enumerate(heads) if head.startswith(_AMOUNTS)), None)
    if name is None or amount is None or len(heads) > 4:
        return
    count = 0
    for row in grid[1:]:
        if len(row) <= max(name, amount) or not row[amount].filled:
            last = [one for one in row if one.filled]
            if len(last) == 2 and bare(last[0].text) in {"合计", "总计"}:
                yield ("spending_total",), last[1]
            continue
        if any(bare(one.text) in {"合计", "总计"} for one in row[: name + 1]):
            yield ("spending_total",), row[amount]
            continue
        yield ("spending", count, "name"), row[name]
        yield ("spending", count, "amount"), row[amount]
        count += 1
