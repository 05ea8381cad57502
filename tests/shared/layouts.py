"""Forms laid out as offices do, in every format that a program can write: for reading them back."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import docx
import openpyxl
from attrs import frozen
from hypothesis import strategies as st

#: A row of cells; None is a place that the cell to its left or above it fills.
Row: TypeAlias = list[str | None]
#: The tables of a file, each with the lines above it.
Tables: TypeAlias = list[tuple[list[str], list[Row]]]

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称", "三级指标名称"),
    "target": ("年度指标值", "指标值", "目标值", "年初目标值"),
    "actual": ("实际完成值", "全年实际值", "完成值", "实际完成情况"),
    "weight": ("分值", "权重", "指标分值"),
    "score": ("得分", "自评得分", "自评分"),
    "reason": ("偏差原因分析及改进措施", "未完成原因", "备注"),
}
FUNDS: Final = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
TOTALS: Final = ("总分", "总计", "合计", "自评总分")
GROUPS: Final = (
    ("产出指标", ("数量指标", "质量指标", "时效指标")),
    ("效益指标", ("社会效益指标", "可持续影响指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)


@frozen(kw_only=True)
class Written:
    """A form to be laid out: its rows (two levels, name, target, actual, weight, score, reason), money and total."""

    title: str
    project: str
    rows: tuple[tuple[str, ...], ...]
    funds: tuple[tuple[str, ...], ...]
    weight: str
    total: str


@frozen(kw_only=True)
class Layout:
    """How a form is laid out."""

    heads: tuple[str, ...]
    columns: tuple[str, ...]
    #: A level is written once, with its cells merged below, or left blank below, or repeated.
    levels: str
    funds: str
    signs: bool
    side: bool
    broken: int | None
    again: bool
    total: str


@st.composite
def written(draw: st.DrawFn) -> Written:
    rows: list[tuple[str, ...]] = []
    for first, seconds in GROUPS:
        for second in seconds[: draw(st.integers(1, len(seconds)))]:
            for _ in range(draw(st.integers(1, 2))):
                number = draw(st.integers(1, 900))
                unit = draw(st.sampled_from(("人次", "%", "万元", "公里")))
                words = draw(st.booleans())
                target = "有效提升" if words else f"≥{number}{unit}"
                actual = "有效提升" if words else f"{draw(st.integers(0, 900))}{unit}"
                weight = str(draw(st.integers(1, 20)))
                score = str(draw(st.integers(0, int(weight))))
                reason = draw(st.sampled_from(("", "汛期停工", "无")))
                rows.append((first, second, f"第{len(rows) + 1}项工作", target, actual, weight, score, reason))
    budget = draw(st.integers(1, 900))
    money = (str(budget), str(budget), str(draw(st.integers(0, budget))), "10", "50%", "5")
    parts = draw(st.integers(0, 2))
    funds = [
        ("年度资金总额", *money),
        ("其中：当年财政拨款", *money[:3], "—", "", ""),
        ("其他资金", "0", "0", "0", "—", "", ""),
    ]
    total = sum(int(row[6]) for row in rows) + 5
    return Written(
        title="2023年度项目支出绩效自评表",
        project=f"道路养护{draw(st.integers(1, 99))}",
        rows=tuple(rows),
        funds=tuple(funds[: parts + 1]),
        weight="100",
        total=str(total),
    )


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    keys = ["level1", "level2", "name"]
    rest = draw(st.permutations(["target", "actual", "weight", "score", "reason"]))
    return Layout(
        heads=tuple(draw(st.sampled_from(HEADS[key])) for key in (*keys, *rest)),
        columns=(*keys, *rest),
        levels=draw(st.sampled_from(("merged", "blank", "repeated"))),
        funds=draw(st.sampled_from(("above", "below", "apart", "none"))),
        signs=draw(st.booleans()),
        side=draw(st.booleans()),
        broken=draw(st.none() | st.integers(1, 3)),
        again=draw(st.booleans()),
        total=draw(st.sampled_from(TOTALS)),
    )


def laid_out(form: Written, layout: Layout, *, apart: bool) -> Tables:
    """The tables of *form*; where tables stand *apart*, as worksheets do, all is one table."""
    head, rows = _indicators(form, layout)
    money = _money(form, len(head)) if layout.funds != "none" else []
    top: list[Row] = [_padded(["项目名称", form.project], len(head))]
    last = _total(form, layout, len(head))
    broken = layout.broken if not apart and layout.broken is not None and layout.broken < len(rows) else None
    blocks: Tables = []
    if layout.funds == "apart" and not apart:
        blocks.append(([form.title], [*top, *money]))
        blocks.append((["绩效指标完成情况"], [head]))
    else:
        above = money if layout.funds in {"above", "apart"} else []
        blocks.append(([form.title], [*top, *above, head]))
    body = blocks[-1][1]
    if broken is None:
        body.extend(rows)
    else:
        # A page ends between two rows: a level that is merged or blank is not written again.
        body.extend(rows[:broken])
        going_on: list[Row] = [["" if cell is None else cell for cell in rows[broken]], *rows[broken + 1 :]]
        blocks.append(([], [*([head] if layout.again else []), *going_on]))
        body = blocks[-1][1]
    body.append(last)
    if layout.funds == "below":
        body.extend(money)
    if apart:
        blocks[0][1].insert(0, _padded([form.title], len(head)))
    return blocks


def _indicators(form: Written, layout: Layout) -> tuple[Row, list[Row]]:
    heads = dict(zip(layout.columns, layout.heads, strict=True))
    columns = list(layout.columns)
    if layout.signs:
        place = columns.index("target")
        columns[place:place] = ["sign"]
        columns[place + 2 : place + 2] = ["unit"]
        heads |= {"sign": "指标性质", "unit": "度量单位"}
    head: Row = [heads[key] for key in columns]
    rows: list[Row] = []
    before: tuple[str, str] = ("", "")
    for first, second, name, target, actual, weight, score, reason in form.rows:
        digits = "".join(letter for letter in target if letter.isdigit())
        own = {"name": name, "target": target, "actual": actual, "weight": weight, "score": score, "reason": reason}
        if layout.signs:
            own |= {"sign": "≥" if digits else "定性", "unit": target[1 + len(digits) :] if digits else ""}
            own |= {"target": digits or target}
        same = (first == before[0], (first, second) == before)
        levels: list[str | None] = [first, second]
        if layout.levels != "repeated":
            gone = None if layout.levels == "merged" else ""
            levels = [gone if is_same else text for is_same, text in zip(same, (first, second), strict=True)]
        before = (first, second)
        rows.append([*levels, *(own[key] for key in columns[2:])])
    if layout.side:
        head = ["绩\n效\n指\n标", *head]
        rows = [[None, *row] for row in rows]
    return head, rows


def _money(form: Written, width: int) -> list[Row]:
    rows: list[Row] = [["项目资金（万元）", *FUNDS]]
    rows.extend([*line] for line in form.funds)
    return [_padded(row, width) for row in rows]


def _total(form: Written, layout: Layout, width: int) -> Row:
    columns = list(layout.columns)
    if layout.signs:
        place = columns.index("target")
        columns[place:place] = ["sign"]
        columns[place + 2 : place + 2] = ["unit"]
    if layout.side:
        columns.insert(0, "side")
    row: Row = ["" for _ in range(width)]
    row[0] = layout.total
    row[columns.index("weight")] = form.weight
    row[columns.index("score")] = form.total
    return row


def _padded(row: Sequence[str | None], width: int) -> Row:
    return [*row, *("" for _ in range(width - len(row)))]


def write_xlsx(forms: list[Tables], path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, tables in enumerate(forms, 1):
        sheet = book.create_sheet(f"第{number}张")
        rows = [row for _, table in tables for row in table]
        for line, row in enumerate(rows, 1):
            for place, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(line, place)
                    cell.value, cell.data_type = text, "s"
        for place in range(1, max(map(len, rows)) + 1):
            for start, end in _merged(rows, place - 1):
                sheet.merge_cells(start_row=start + 1, end_row=end + 1, start_column=place, end_column=place)
    book.save(path)


def _merged(rows: Sequence[Row], place: int) -> list[tuple[int, int]]:
    """The cells of a column that go on below: first and last row."""
    found: list[tuple[int, int]] = []
    for line, row in enumerate(rows):
        if place < len(row) and row[place] is None:
            if found and found[-1][1] == line - 1:
                found[-1] = (found[-1][0], line)
            else:
                found.append((line - 1, line))
    return found


def write_docx(forms: list[Tables], path: Path) -> None:
    document = docx.Document()
    for tables in forms:
        for lines, rows in tables:
            for line in lines or ["续表"]:
                document.add_paragraph(line)
            width = max(map(len, rows))
            table = document.add_table(rows=len(rows), cols=width)
            for line_, row in enumerate(rows):
                for place, text in enumerate(row):
                    if text:
                        table.cell(line_, place).text = text
            for place in range(width):
                for start, end in _merged(rows, place):
                    table.cell(start, place).merge(table.cell(end, place))
    document.save(str(path))


def write_html(forms: list[Tables], path: Path) -> None:
    parts = ['<html><head><meta charset="gb2312"></head><body><table><tr><td>']
    for tables in forms:
        for lines, rows in tables:
            parts += [f"<p>{html.escape(line)}</p>" for line in lines]
            parts.append("<table>")
            for line_, row in enumerate(rows):
                parts.append("<tr>")
                for place, text in enumerate(row):
                    if text is not None:
                        down = next((end - line_ + 1 for start, end in _merged(rows, place) if start == line_), 1)
                        parts.append(f'<td rowspan="{down}">{html.escape(text)}</td>')
                parts.append("</tr>")
            parts.append("</table>")
    path.write_bytes("".join([*parts, "</td></tr></table></body></html>"]).encode("gb18030"))


def write_txt(forms: list[Tables], path: Path) -> None:
    lines: list[str] = []
    for tables in forms:
        for above, rows in tables:
            lines += [*above, *("\t".join(" ".join((cell or "").split()) for cell in row) for row in rows), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


#: Each format with what writes it, and whether its tables stand apart.
WRITERS: Final[Mapping[str, tuple[Callable[[list[Tables], Path], None], bool]]] = {
    ".xlsx": (write_xlsx, True),
    ".docx": (write_docx, False),
    ".html": (write_html, False),
    ".txt": (write_txt, False),
}


def shown(form: Written, layout: Layout) -> dict[str, Any]:
    """What reading the form back must give."""
    return {
        "rows": [(f"{row[0]}/{row[1]}", *row[2:4], *row[4:]) for row in form.rows],
        "funds": [] if layout.funds == "none" else [tuple(line) for line in form.funds],
        "total": form.total,
        "project": form.project,
    }
