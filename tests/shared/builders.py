"""A form as an office program holds it: the central printed layout in .xlsx, .docx and CSV, made from a Form."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl
from attrs import frozen

from perfeval.forms.form import Form, IndicatorRow
from perfeval.numbers.amounts import Cell

#: The columns of the central layout.
WIDTH = 9


@frozen
class Box:
    """One printed cell: where it begins, over how many rows and columns it is merged, and its text."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def boxes(form: Form, *, titled: bool = True) -> list[Box]:
    """The cells of *form* as the central layout prints them, from the first row (1) on."""
    return list(_boxes(form, titled=titled))


def _boxes(form: Form, *, titled: bool) -> Iterator[Box]:
    row = 1
    if titled:
        yield Box(row, 1, 1, WIDTH, _text(form.title))
        row += 1
    yield Box(row, 1, 1, 1, "项目名称")
    yield Box(row, 2, 1, 8, _text(form.project))
    row += 1
    yield Box(row, 1, 1, 1, "主管部门")
    yield Box(row, 2, 1, 3, _text(form.department))
    yield Box(row, 5, 1, 1, "实施单位")
    yield Box(row, 6, 1, 4, _text(form.agency))
    row += 1
    # The money: its block, the heading, and a line for each row.
    yield Box(row, 1, len(form.funds) + 1, 1, f"项目资金\n（{form.money}）" if form.money else "项目资金")
    yield Box(row, 2, 1, 2, "　")
    for column, text in enumerate(("年初\n预算数", "全年\n预算数", "全年\n执行数", "分值", "执行率", "得分"), 4):
        yield Box(row, column, 1, 1, text)
    for line in form.funds:
        row += 1
        yield Box(row, 2, 1, 2, f"{line.name.text}　")
        values = (line.year_start_budget, line.annual_budget, line.executed, line.weight, line.rate, line.score)
        for column, cell in enumerate(values, 4):
            yield Box(row, column, 1, 1, _text(cell))
    row += 1
    yield Box(row, 1, len(form.goals) + 1, 1, "年度总体目标")
    yield Box(row, 2, 1, 4, "预期目标")
    yield Box(row, 6, 1, 4, "实际完成情况")
    for goal in form.goals:
        row += 1
        yield Box(row, 2, 1, 4, _text(goal.expected))
        yield Box(row, 6, 1, 4, _text(goal.actual))
    row += 1
    yield Box(row, 1, len(form.indicators) + 1, 1, "绩\n效\n指\n标")
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度\n指标值",
        "实际\n完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    for column, text in enumerate(heads, 2):
        yield Box(row, column, 1, 1, text)
    row += 1
    yield from _levels(form.indicators, row)
    for one in form.indicators:
        for column, cell in enumerate((one.name, one.target, one.actual, one.weight, one.score, one.reason), 4):
            yield Box(row, column, 1, 1, _text(cell))
        row += 1
    yield Box(row, 1, 1, 6, "总分")
    for column, cell in enumerate((form.reported.weight_total, form.reported.total), 7):
        yield Box(row, column, 1, 1, _text(cell))
    yield Box(row, 9, 1, 1, "　")
    if form.reported.grade is not None:
        row += 1
        yield Box(row, 1, 1, 3, "自评等级")
        yield Box(row, 4, 1, 6, _text(form.reported.grade))


def _levels(rows: Sequence[IndicatorRow], first: int) -> Iterator[Box]:
    """The headings of the groups, each merged over the rows that follow each other under it."""
    parts = [(*_text(one.group).split("/", 1), "")[:2] for one in rows]
    for depth in (0, 1):
        row = first
        for (name, *_), run in groupby(parts, key=lambda part: (part[depth], part[: depth + 1])):
            count = len(list(run))
            yield Box(row, depth + 2, count, 1, name)
            row += count


def write_xlsx(form: Form, path: Path, *, values: dict[tuple[int, int], Any] | None = None) -> None:
    """*form* as a workbook; *values* are other contents of cells: a number, a date, a formula, (value, format)."""
    book = openpyxl.Workbook()
    sheet = book.active
    fill_sheet(sheet, form, values or {})
    book.save(path)


def fill_sheet(sheet: Any, form: Form, values: dict[tuple[int, int], Any]) -> None:
    for box in boxes(form):
        cell = sheet.cell(box.row, box.column)
        value = values.get((box.row, box.column), box.text or None)
        if isinstance(value, tuple):
            value, cell.number_format = value
        cell.value = value
        if box.rows > 1 or box.columns > 1:
            end = (box.row + box.rows - 1, box.column + box.columns - 1)
            sheet.merge_cells(start_row=box.row, start_column=box.column, end_row=end[0], end_column=end[1])


def write_docx(form: Form, path: Path, *, tables_before: int = 0) -> None:
    """*form* as a document: its title as a heading, below it the table; *tables_before* others stand above."""
    document = docx.Document()
    for number in range(tables_before):
        document.add_table(rows=2, cols=2).cell(0, 0).text = f"{number}"
    document.add_paragraph("附件")
    document.add_paragraph(_text(form.title))
    printed = boxes(form, titled=False)
    table = document.add_table(rows=max(one.row for one in printed), cols=WIDTH)
    for box in printed:
        cell = table.cell(box.row - 1, box.column - 1)
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(table.cell(box.row + box.rows - 2, box.column + box.columns - 2))
        cell.text = box.text
    document.save(str(path))


def rows_of(form: Form) -> list[list[str]]:
    """*form* as rows of texts, merged cells blank but for their first."""
    printed = boxes(form)
    rows = [[""] * WIDTH for _ in range(max(one.row for one in printed))]
    for box in printed:
        rows[box.row - 1][box.column - 1] = box.text
    return rows


def write_csv(form: Form, path: Path, *, encoding: str = "utf-8-sig") -> None:
    """*form* as a spreadsheet saves it."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows_of(form))


def place_of(form: Form, text: str, *, nth: int = 0) -> tuple[int, int]:
    """Row and column of the cell that prints *text* in the workbook of *form*."""
    found = [(one.row, one.column) for one in boxes(form) if one.text.strip() == text]
    return found[nth]
