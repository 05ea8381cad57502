"""A form is the same form in every file it lives in; what no reader can read is a problem that says what is missing."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pytest
from attrs import evolve
from builders import WIDTH, boxes, fill_sheet, place_of, rows_of, write_csv, write_docx, write_xlsx
from rich.cells import cell_len

import perfeval
from perfeval import cli
from perfeval.forms.audit.audit import Audit
from perfeval.forms.form import Form, Goal
from perfeval.numbers.amounts import Cell
from perfeval.problems import InputError, Problem
from perfeval.report.formats.audits import audits_markdown
from perfeval.toml import source

ROOT: Final = Path(__file__).parents[2]
YIYANG: Final = ROOT / "examples/yiyang-2021/form.toml"
FORM: Final = perfeval.load_form(YIYANG)

#: The row of the money as a whole, and of the total, as the builders print them.
WHOLE, TOTAL = place_of(FORM, "年度资金总额")[0], place_of(FORM, "总分")[0]

HEADING: Final = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        perfeval.load_form(path)
    return caught.value.problems


def only(path: Path) -> Problem:
    found = problems(path)
    assert len(found) == 1, found
    return found[0]


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def told(audit: Audit) -> list[tuple[Any, ...]]:
    return [(one.name, one.severity, one.rows, one.reported, one.computed, one.cause) for one in audit.findings]


# One form, five files.

WRITERS: Final[dict[str, Callable[[Form, Path], None]]] = {
    "form.xlsx": write_xlsx,
    "form.docx": write_docx,
    "form.csv": write_csv,
    "gbk.csv": lambda form, path: write_csv(form, path, encoding="gbk"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_audit_of_the_printed_form_is_the_one_of_the_toml(name: str, tmp_path: Path) -> None:
    WRITERS[name](FORM, tmp_path / name)
    ours, theirs = perfeval.audit(None, tmp_path / name), perfeval.audit(None, FORM)
    assert len(theirs.findings) == 11
    assert told(ours) == told(theirs)
    data, expected = ours.as_dict(), theirs.as_dict()
    for key in ("reported", "added_up", "computed", "rounding", "verdict"):
        assert data[key] == expected[key], key
    dropped = {"cell", "steps"}
    assert [{key: row[key] for key in row.keys() - dropped} for row in data["indicators"]] == [
        {key: row[key] for key in row.keys() - dropped}
        | {"group": row["group"].replace(" ", "")}
        | {key: (row[key] or "").strip() for key in ("target", "actual", "reported")}
        for row in expected["indicators"]
    ]
    assert {key: data["form"][key] for key in ("title", "project", "department", "agency", "year")} == {
        key: expected["form"][key] for key in ("title", "project", "department", "agency", "year")
    }


@pytest.mark.parametrize(
    ("name", "total", "score", "part"),
    [
        ("form.xlsx", f"H{TOTAL}", f"H{TOTAL - 6}", f"G{WHOLE + 1}"),
        ("form.docx", f"row {TOTAL - 1} column 8", f"row {TOTAL - 7} column 8", f"row {WHOLE} column 7"),
        ("form.csv", f"R{TOTAL}C8", f"R{TOTAL - 6}C8", f"R{WHOLE + 1}C7"),
    ],
)
def test_a_cell_is_called_what_the_file_calls_it(name: str, total: str, score: str, part: str, tmp_path: Path) -> None:
    WRITERS[name](FORM, tmp_path / name)
    findings = {one["check"]: one["cells"] for one in perfeval.audit(None, tmp_path / name).as_dict()["findings"]}
    path = tmp_path / name
    assert findings["total-mismatch"] == [f"{path}: {total}"]
    assert findings["score-mismatch"][0] == f"{path}: {score}"
    assert findings["subrow-scored"][0] == f"{path}: {part}"


def test_a_merged_heading_is_the_one_of_all_its_rows(tmp_path: Path) -> None:
    for name, write in WRITERS.items():
        write(FORM, tmp_path / name)
        rows = perfeval.load_form(tmp_path / name).indicators
        assert [row.group.text for row in rows if row.group] == [row.group.text for row in FORM.indicators if row.group]


# What a workbook holds besides text.


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (94, "General", "94"),
        (94.0, "General", "94"),
        (94.5, "General", "94.5"),
        (0.1 + 0.2, "General", "0.3"),
        (4.8999999999999995, "General", "4.9"),
        (8.618304, "General", "8.618304"),
        # As the sheet shows it: a sum computed by a formula is not the sum that is printed.
        (8.618304, "0.00", "8.62"),
        (8.618304, "0.00_);[Red]\\(0.00\\)", "8.62"),
        (8.625, "0.00_ ", "8.63"),
        (1234.5, "#,##0.00", "1234.50"),
        (94, '0"分"', "94"),
        (0.8618304, "0.00%", "86.18%"),
        (0.49, "0%", "49%"),
        (-5.0, "0", "-5"),
        (datetime.date(2021, 12, 31), "yyyy-mm-dd", "2021-12-31"),
        (datetime.datetime(2021, 12, 31), "General", "2021-12-31"),  # noqa: DTZ001  # a sheet knows no zones
        ("#DIV/0!", "General", "#DIV/0!"),
        (True, "General", "True"),
    ],
)
def test_a_cell_of_a_workbook_is_what_it_shows(value: object, number_format: str, text: str, tmp_path: Path) -> None:
    write_xlsx(FORM, tmp_path / "form.xlsx", values={(TOTAL, 8): (value, number_format)})
    total = perfeval.load_form(tmp_path / "form.xlsx").reported.total
    assert total is not None
    assert total.text == text


def test_numbers_in_place_of_texts_change_no_finding(tmp_path: Path) -> None:
    values: dict[tuple[int, int], Any] = {
        (WHOLE, 4): 50,
        (WHOLE, 5): (50.0, "#,##0.00"),
        (WHOLE, 6): 24.5,
        (WHOLE, 7): 10,
        (WHOLE, 8): (0.49, "0%"),
        (TOTAL, 8): 94,
        place_of(FORM, "95%"): (0.95, "0%"),
    }
    write_xlsx(FORM, tmp_path / "form.xlsx", values=values)
    found = perfeval.audit(None, tmp_path / "form.xlsx")
    expected = perfeval.audit(None, FORM)
    assert [one.name for one in found.findings] == [one.name for one in expected.findings]
    assert found.as_dict()["computed"] == expected.as_dict()["computed"]
    assert found.as_dict()["added_up"] == expected.as_dict()["added_up"]


def test_an_amount_with_its_multiple_beside_one_without(tmp_path: Path) -> None:
    """50万 beside 24.5 under a heading of 万元: 49%, checked by the rule."""
    write_xlsx(FORM, tmp_path / "form.xlsx", values={(WHOLE, 6): 24.5})
    found = perfeval.audit(None, tmp_path / "form.xlsx")
    assert found.lines[0].state == "checked"
    assert found.as_dict()["computed"]["total_at_policy_rounding"] == "90.90"


def test_a_formula_nobody_computed_is_no_blank(tmp_path: Path) -> None:
    write_xlsx(FORM, tmp_path / "form.xlsx", values={(TOTAL, 8): "=SUM(H12:H26)", (WHOLE, 9): "=G5*H5"})
    one = only(tmp_path / "form.xlsx")
    assert one.name == "formula-without-value"
    assert f"I{WHOLE}, H{TOTAL}" in one.message


def test_the_form_is_found_among_other_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "说明"
    first["A1"] = "填表说明"
    fill_sheet(book.create_sheet("自评表"), FORM, {})
    book.create_sheet("空")
    book.save(tmp_path / "form.xlsx")
    found = perfeval.audit(None, tmp_path / "form.xlsx")
    assert found.as_dict()["findings"][0]["cells"] == [f"{tmp_path / 'form.xlsx'}: 自评表!H{TOTAL}"]


def test_the_form_is_found_among_other_tables(tmp_path: Path) -> None:
    write_docx(FORM, tmp_path / "form.docx", tables_before=2)
    found = perfeval.audit(None, tmp_path / "form.docx")
    place = f"table 3 row {TOTAL - 1} column 8"
    assert found.as_dict()["findings"][0]["cells"] == [f"{tmp_path / 'form.docx'}: {place}"]
    assert found.form.title is not None
    assert FORM.title is not None
    assert found.form.title.text == FORM.title.text


# The year, the heading, what stands around.


def csv_text(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize(
    "above",
    [
        [["项目支出绩效自评表"], ["（2021年度）"]],
        [["项目支出绩效自评表"], ["（2021 年度）", "", ""]],
        [["项目支出绩效自评表"], ["2021年"]],
        [["项目支出绩效自评表"], ["年度：", "2021"]],
        [[], ["2021年度项目支出绩效自评表"]],
        [["附件2"], ["2021年度项目支出绩效自评表"], []],
    ],
)
def test_the_year_stands_in_the_heading_or_near_it(above: list[list[str]], tmp_path: Path) -> None:
    rows = [row + [""] * (WIDTH - len(row)) if row else row for row in above] + rows_of(FORM)[1:]
    form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(rows)))
    assert form.in_year == 2021
    assert form.title is not None
    assert "自评表" in form.title.text


def test_the_year_below_the_heading_of_a_document(tmp_path: Path) -> None:
    assert FORM.title is not None
    untitled = evolve(FORM, title=Cell("项目支出绩效自评表"))
    write_docx(untitled, tmp_path / "form.docx")
    assert perfeval.load_form(tmp_path / "form.docx").in_year is None
    document = docx.Document(str(tmp_path / "form.docx"))
    document.paragraphs[1].insert_paragraph_before("（2021年度）")
    document.save(str(tmp_path / "form.docx"))
    form = perfeval.load_form(tmp_path / "form.docx")
    assert form.in_year == 2021
    assert form.title is not None
    assert form.title.text == "项目支出绩效自评表"


def test_several_goals_and_lines_of_money_stand_in_their_order(tmp_path: Path) -> None:
    goals = (
        Goal(expected=Cell("目标一"), actual=Cell("已完成")),
        Goal(expected=Cell("目标二"), actual=Cell("未完成")),
    )
    form = evolve(FORM, goals=goals)
    for name, write in WRITERS.items():
        write(form, tmp_path / name)
        read = perfeval.load_form(tmp_path / name)
        assert [(one.expected.text, one.actual.text) for one in read.goals if one.expected and one.actual] == [
            ("目标一", "已完成"),
            ("目标二", "未完成"),
        ]
        assert [one.name.text.strip() for one in read.funds] == [one.name.text.strip() for one in FORM.funds]
        assert read.money == "万元"


def test_a_value_beyond_the_columns_of_the_money_is_told_apart(tmp_path: Path) -> None:
    rows = rows_of(FORM)
    rows[WHOLE - 1].append("99")
    form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(rows)))
    assert [one.text for one in form.funds[0].extra] == ["99"]
    assert "extra-values" in {one.name for one in perfeval.audit(None, form).findings}


def test_rows_that_are_short_and_old_line_ends_are_no_matter(tmp_path: Path) -> None:
    rows = [["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"]]
    rows += [["产出指标", "数量指标", "培训"], ["", "", "活动", "1次", "1次", "10", "10"]]
    rows += [["总分", "", "", "", "", "10", "10"]]
    text = "\r".join(",".join(row) for row in rows)
    form = perfeval.load_form(written(tmp_path / "form.csv", text))
    assert [row.name.text for row in form.indicators] == ["培训", "活动"]
    assert [row.group.text for row in form.indicators if row.group] == ["产出指标/数量指标"] * 2
    assert form.reported.total is not None
    assert form.reported.total.text == "10"


def test_cells_of_a_new_group_do_not_take_the_second_level_of_the_old_one(tmp_path: Path) -> None:
    rows = [["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"]]
    rows += [
        ["产出指标", "数量指标", "甲", "1次", "1次", "10", "10"],
        ["满意度指标", "", "乙", "90%", "95%", "10", "10"],
    ]
    form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(rows)))
    assert [row.group.text for row in form.indicators if row.group] == ["产出指标/数量指标", "满意度指标"]


@pytest.mark.parametrize(
    ("merged", "values", "weights", "total"),
    [
        # 总分 over all but the two last columns, over all but the last, and values merged out of their columns.
        ("A3:E3", {"A3": "总分", "F3": 100, "G3": 94}, "100", "94"),
        ("A3:F3", {"A3": "总分", "G3": 94}, None, "94"),
        ("F3:G3", {"A3": "总分", "F3": 94}, None, "94"),
        ("B3:E3", {"A3": "总分", "B3": 100, "G3": 94}, "100", "94"),
        ("A3:E3", {"A3": "总分", "F3": 100, "H3": "见报告"}, "100", None),
    ],
)
def test_a_total_whatever_it_is_merged_with(
    merged: str, values: dict[str, Any], weights: str | None, total: str | None, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADING, "备注"])
    sheet.append(["产出指标", "数量指标", "甲", "1次", "1次", 100, 94, "有原因"])
    for place, value in values.items():
        sheet[place] = value
    sheet.merge_cells(merged)
    book.save(tmp_path / "form.xlsx")
    reported = perfeval.load_form(tmp_path / "form.xlsx").reported
    assert ((reported.weight_total and reported.weight_total.text.strip()) or None) == weights
    assert ((reported.total and reported.total.text.strip()) or None) == total


def test_a_merged_cell_of_a_document_is_one_value(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ["", "全年预算数", "全年执行数", "分值", "执行率", "得分", ""],
        ["年度资金总额", "50", "24.5", "10", "49%", "4.9", ""],
        HEADING,
        ["产出指标", "数量指标", "甲", "1次", "1次", "10", "10"],
    ]
    table = document.add_table(rows=4, cols=7)
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    for line in (0, 1):
        table.cell(line, 6).text = ""
        table.cell(line, 5).merge(table.cell(line, 6))
    document.save(str(tmp_path / "form.docx"))
    form = perfeval.load_form(tmp_path / "form.docx")
    (whole,) = form.funds
    assert whole.extra == ()
    assert whole.score is not None
    assert whole.score.text.strip() == "4.9"


def test_a_subtotal_a_heading_once_more_and_notes_are_no_rows(tmp_path: Path) -> None:
    """A subtotal read as a row would count its points twice."""
    rows = [
        HEADING,
        ["", "", "", "（A）", "（B）", "", ""],
        ["产出指标", "数量指标", "甲", "1次", "1次", "60", "60"],
        ["", "小计", "", "", "", "60", "60"],
        HEADING,
        ["效益指标", "", "", "", "", "", ""],
        ["", "社会效益指标", "乙", "提升", "提升", "40", "36"],
        ["小 计", "", "", "", "", "40", "36"],
        ["合计", "", "", "", "", "100", "96"],
        ["填表人：（略）", "", "", "", "", "", ""],
    ]
    for lines in (rows, [*rows[:8], rows[9]]):
        form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(lines)))
        assert [(row.group.text, row.name.text) for row in form.indicators if row.group] == [
            ("产出指标/数量指标", "甲"),
            ("效益指标/社会效益指标", "乙"),
        ]
        assert [one.name for one in perfeval.audit(None, form).findings if one.severity == "error"] == []


@pytest.mark.parametrize(
    "heads",
    [
        ["一级指标", "二级指标", "三级指标", "年度指标值（A）", "全年实际值（B）", "分值", "得分"],
        ["一级指标", "二级指标", "指标名称", "年度\n目标值", "实际\n完成值", "权重（分）", "自评得分"],
        ["一级 指标", "二级 指标", "三级 指标", "指标值", "全年完成值", "指标分值", "得分（分）"],
        ["一级指标", "二级指标", "指标内容", "年初目标值", "完成情况", "分值（100分）", "实际得分"],
    ],
)
def test_the_common_wordings_of_a_heading(heads: list[str], tmp_path: Path) -> None:
    rows = [heads, ["产出指标", "数量指标", "甲", "2次", "1次", "10", "5"], ["总 分", "", "", "", "", "10", "5"]]
    form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(rows)))
    (row,) = form.indicators
    values = (row.name, row.target, row.actual, row.weight, row.score, form.reported.weight_total, form.reported.total)
    assert [value.text for value in values if value is not None] == ["甲", "2次", "1次", "10", "5", "10", "5"]


# What cannot be read.


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_another_layout_says_what_was_found_and_what_is_missing(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"form.{suffix}"
    heads = ["指标名称", "一项", "分值", "得分"]
    if suffix == "xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(heads)
        book.save(path)
    elif suffix == "docx":
        document = docx.Document()
        table = document.add_table(rows=1, cols=4)
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.text = text
        document.save(str(path))
    else:
        written(path, ",".join(heads) + "\n")
    one = only(path)
    assert one.name == "unknown-layout"
    assert one.message == "no heading of a form: found 三级指标, 分值, 得分, missing 年度指标值, 实际完成"
    assert "perfeval new form" in one.hint


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("form.xlsx", b"PK\x03\x04 is no zip", "document-unreadable"),
        ("form.xlsx", b"", "document-unreadable"),
        ("form.docx", b"", "document-unreadable"),
        ("form.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document-unreadable"),
        ("form.csv", b"", "unknown-layout"),
        ("form.csv", b"\r\n\r\n", "unknown-layout"),
        ("form.csv", '"三级指标\n'.encode(), "csv-syntax"),
        ("form.csv", b"a\0b", "not-text"),
        ("form.csv", b"x" * 200_000, "csv-syntax"),
        ("form.json", b"", "json-syntax"),
        ("form.json", b"[1]", "wrong-type"),
        ("form.json", b"null", "wrong-type"),
        ("form.json", b"[" * 100_000, "too-deep"),
        ("form.toml", b"", "missing-key"),
        ("form.pdf", b"%PDF", "document-unreadable"),
        ("form.xls", b"\xd0\xcf", "document-unreadable"),
        ("form.ods", b"PK", "document-unreadable"),
        ("form.html", b"", "document-unreadable"),
        ("form.html", b"<p>x", "no-form"),
        ("form.ofd", b"x", "unread-format"),
        ("form", b"x", "unread-format"),
    ],
)
def test_a_broken_file_is_one_problem(name: str, raw: bytes, expected: str, tmp_path: Path) -> None:
    assert only(written(tmp_path / name, raw)).name == expected


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.csv", "a.json", "a.toml"])
def test_a_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    assert only(tmp_path / name).name == "file-missing"
    (tmp_path / name).mkdir()
    assert only(tmp_path / name).name == "file-is-directory"


def test_one_kind_of_document_called_another(tmp_path: Path) -> None:
    write_xlsx(FORM, tmp_path / "a.xlsx")
    write_docx(FORM, tmp_path / "b.docx")
    assert only((tmp_path / "a.xlsx").rename(tmp_path / "a.docx")).name == "document-unreadable"
    assert only((tmp_path / "b.docx").rename(tmp_path / "b.xlsx")).name == "document-unreadable"


def test_a_document_cut_off(tmp_path: Path) -> None:
    for name, write in (("a.xlsx", write_xlsx), ("a.docx", write_docx)):
        write(FORM, tmp_path / name)
        raw = (tmp_path / name).read_bytes()
        assert only(written(tmp_path / name, raw[: len(raw) // 2])).name == "document-unreadable"


def test_a_document_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_xlsx(FORM, tmp_path / "form.xlsx")
    with zipfile.ZipFile(tmp_path / "form.xlsx") as packed:
        size = sum(one.file_size for one in packed.infolist())
    monkeypatch.setattr(source, "UNPACKED", size)
    perfeval.load_form(tmp_path / "form.xlsx")
    monkeypatch.setattr(source, "UNPACKED", size - 1)
    one = only(tmp_path / "form.xlsx")
    assert (one.name, one.hint) == ("file-too-large", "forms are small: check that this is one")


@pytest.mark.parametrize(
    ("suffix", "package", "needed"), [("xlsx", "openpyxl", "openpyxl"), ("docx", "docx", "python-docx")]
)
def test_without_its_extra_a_reader_says_how_to_get_it(
    suffix: str, package: str, needed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / f"form.{suffix}", b"x")
    monkeypatch.setitem(sys.modules, package, None)
    one = only(path)
    assert one.name == "extra-missing"
    assert needed in one.message
    assert "pip install 'perfeval[office]'" in one.hint


def test_what_only_libreoffice_converts_says_so_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert only(written(tmp_path / "form.doc", b"\xd0\xcf\x11\xe0")).name == "needs-libreoffice"


def test_a_file_without_a_table_and_one_with_several_forms(tmp_path: Path) -> None:
    assert only(written(tmp_path / "a.txt", "只有文字")).name == "no-form"
    deep = tmp_path / ("a folder with a long name" * 4)
    deep.mkdir()
    write_xlsx(FORM, deep / "b.xlsx")
    book = openpyxl.load_workbook(deep / "b.xlsx")
    book.copy_worksheet(book.worksheets[0])
    book.save(deep / "b.xlsx")
    one = only(deep / "b.xlsx")
    assert one.name == "several-forms"
    reading = perfeval.load_forms(deep / "b.xlsx")
    names = [form.file for form in reading.forms]
    assert len(names) == 2
    assert one.hint == f"name one of them: {', '.join(Path(name).name for name in names)}"
    assert perfeval.load_form(names[1]).file == names[1]


def test_a_pdf_without_text(tmp_path: Path) -> None:
    blank = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n"
    )
    assert only(written(tmp_path / "form.pdf", blank)).name == "no-text"


def test_a_cell_with_several_values_is_split_by_its_names_or_is_a_problem(tmp_path: Path) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"]
    row = ["产出指标", "数量指标", "甲\n乙", "1次\n2次", "1次\n1次", "10\n20", "10\n10"]
    form = perfeval.load_form(written(tmp_path / "a.csv", csv_text([heads, row])))
    assert [(one.name.text, one.target.text if one.target else "") for one in form.indicators] == [
        ("甲", "1次"),
        ("乙", "2次"),
    ]
    row[2] = "甲"
    found = [one.name for one in problems_in(written(tmp_path / "b.csv", csv_text([heads, row])))]
    assert found == ["several-values", "several-values"]


def test_two_forms_side_by_side_are_a_problem_with_its_place(tmp_path: Path) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"]
    row = ["产出指标", "数量指标", "甲", "1次", "1次", "10", "10"]
    (one,) = problems_in(written(tmp_path / "a.csv", csv_text([[*heads, "", *heads], [*row, "", *row]])))
    assert (one.name, one.message) == ("forms-side-by-side", "two forms stand side by side; the second begins at R1C9")


def test_a_document_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as file:
        for _ in range(301):
            file.write(bytes(1_000_000))
    assert path.stat().st_size < 2_000_000
    assert only(path).name == "file-too-large"


def test_a_sheet_that_says_that_it_has_a_million_rows_is_read_as_far_as_it_is_filled(tmp_path: Path) -> None:
    write_xlsx(FORM, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.worksheets[0].cell(1_000_000, 1).number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    assert len(perfeval.load_form(tmp_path / "a.xlsx").indicators) == len(FORM.indicators)


@pytest.mark.parametrize(("typed", "shown"), [("=100%", "=100%"), ("=0.95", "=0.95")])
def test_a_target_typed_with_an_equals_sign_is_the_target(typed: str, shown: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"])
    sheet.append(["产出指标", "数量指标", "甲", typed, "100%", "10", "10"])
    book.save(tmp_path / "a.xlsx")
    (row,) = perfeval.load_form(tmp_path / "a.xlsx").indicators
    assert row.target is not None
    assert row.target.text == shown


def problems_in(path: Path) -> tuple[Problem, ...]:
    return perfeval.load_forms(path).problems


# JSON.

SOUND: Final[dict[str, Any]] = {"title": "自评表", "funds": [], "indicators": []}


def as_json(tmp_path: Path, **keys: Any) -> Path:
    return written(tmp_path / "form.json", json.dumps({**SOUND, **keys}, ensure_ascii=False))


def test_every_fault_of_json_comes_at_once(tmp_path: Path) -> None:
    path = as_json(
        tmp_path,
        indicators=[3, {"name": ["x"], "level1": 7, "scroe": "5"}, {"target": "1"}],
        funds={"name": "x"},
        complete="yes",
        reported_totl="94",
        reported_total={"a": 1},
    )
    found = {(one.name, one.path) for one in problems(path)}
    assert found == {
        ("wrong-type", "indicators[0]"),
        ("wrong-type", "indicators[1].level1"),
        ("wrong-type", "indicators[1].name"),
        ("unknown-key", "indicators[1].scroe"),
        ("missing-key", "indicators[2]"),
        ("table-not-array", "funds"),
        ("wrong-type", "complete"),
        ("unknown-key", "reported_totl"),
        ("wrong-type", "reported_total"),
    }


def test_a_key_of_json_that_is_written_twice(tmp_path: Path) -> None:
    text = '{"title": "a", "title": "b", "funds": [{"name": "x", "score": "1", "score": "2"}], "indicators": []}'
    found = [(one.name, one.path) for one in problems(written(tmp_path / "form.json", text))]
    assert sorted(found) == [("duplicate-key", "score"), ("duplicate-key", "title")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_without_finite_numbers(number: str, tmp_path: Path) -> None:
    text = f'{{"funds": [], "indicators": [], "reported_total": {number}}}'
    assert only(written(tmp_path / "form.json", text)).name == "json-syntax"


@pytest.mark.parametrize("number", ["1e999", "1e999999999", "1e999999999999999999999", "9" * 5000, "1e-999999999"])
def test_json_with_numbers_without_a_sensible_size(number: str, tmp_path: Path) -> None:
    text = f'{{"funds": [], "indicators": [], "reported_total": {number}}}'
    one = only(written(tmp_path / "form.json", text))
    assert (one.name, one.path) == ("number-too-large", "reported_total")


def test_json_syntax_has_its_place(tmp_path: Path) -> None:
    one = only(written(tmp_path / "form.json", '{"title": "x",\n "funds": [}'))
    assert (one.name, one.line, one.column) == ("json-syntax", 2, 12)


@pytest.mark.parametrize("text", ['{"form": 2, "funds": []}', "form = 2\n"])
def test_a_form_of_another_version_is_not_read_as_this_one(text: str, tmp_path: Path) -> None:
    one = only(written(tmp_path / ("form.json" if text[0] == "{" else "form.toml"), text))
    assert (one.name, one.path) == ("wrong-format", "form")
    assert "form = 1" in one.hint


def test_notes_of_json_claim_nothing(tmp_path: Path) -> None:
    rows = [{"name": "甲", "target": "1次", "actual": "1次", "weight": "5", "score": "5", "comment": 7, "level1": None}]
    notes = {"comment": ["x"], "sum_of_scores_computed": 3, "source_url": {}, "printed_whatever": None}
    form = perfeval.load_form(as_json(tmp_path, indicators=rows, printed_weight_total="5", unit="某单位", **notes))
    assert form.reported.weight_total is not None
    assert form.reported.weight_total.text == "5"
    assert form.agency is not None
    assert form.agency.text == "某单位"
    assert form.indicators[0].reason is None  # the row has no such cell


def test_a_blank_first_level_of_json_is_the_one_above(tmp_path: Path) -> None:
    rows = [
        {
            "level1": one,
            "level2": "数量指标",
            "name": name,
            "target": "1次",
            "actual": "1次",
            "weight": "5",
            "score": "5",
        }
        for one, name in (("", "丙"), ("产出指标（10分）", "甲"), ("", "乙"))
    ]
    form = perfeval.load_form(as_json(tmp_path, indicators=rows))
    groups = [row.group.text for row in form.indicators if row.group]
    assert groups == ["数量指标", "产出指标（10分）/数量指标", "产出指标（10分）/数量指标"]
    assert "weights-mismatch" not in {
        one.name for one in perfeval.audit(None, form).findings if one.severity == "error"
    }


def test_what_perfeval_writes_of_a_form_is_no_form(tmp_path: Path) -> None:
    data = perfeval.audit(None, FORM).as_dict()
    assert only(written(tmp_path / "audit.json", json.dumps(data))).name == "not-a-form"


# TOML.


def test_misspelt_keys_of_toml_come_at_once_with_their_places(tmp_path: Path) -> None:
    text = 'form = 1\ntitel = "x"\n[[indicators]]\nname = "a"\nscroe = "5"\n[reported]\ntotl = "94"\n'
    path = written(tmp_path / "form.toml", text)
    assert [(one.name, one.line, one.column, one.path) for one in problems(path)] == [
        ("unknown-key", 2, 1, "titel"),
        ("unknown-key", 5, 1, "indicators[0].scroe"),
        ("unknown-key", 7, 1, "reported.totl"),
    ]
    assert [one.hint for one in problems(path)] == [f"did you mean {name}?" for name in ("title", "score", "total")]


@pytest.mark.parametrize("key", ["document", "labels", "origin"])
def test_what_the_program_fills_in_is_no_key_of_a_file(key: str, tmp_path: Path) -> None:
    assert only(written(tmp_path / "form.toml", f'form = 1\n{key} = "x"\n')).name == "unknown-key"


@pytest.mark.parametrize("text", ['[facts]\n"a" = 1\n', 'format = 1\nid = "x"\n', "[methods.a]\n"])
def test_another_sort_of_toml_is_called_what_it_is(text: str, tmp_path: Path) -> None:
    assert only(written(tmp_path / "x.toml", text)).name == "not-a-form"


# Text that a terminal, a spreadsheet or Markdown would obey.

HOSTILE: Final = "\x1b[31m[red]x[/red]\u202e\x07[link=y]"


@pytest.mark.parametrize("name", [*WRITERS, "form.json", "form.toml"])
def test_text_of_a_cell_is_shown_and_never_obeyed(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HOSTILE if name.endswith((".json", ".toml")) else HOSTILE.replace("\x1b", "").replace("\x07", "")
    row = evolve(
        FORM.indicators[0],
        name=Cell(text),
        actual=Cell(f"{text}3项"),
        score=Cell("3"),
        reason=Cell(""),
    )
    form = evolve(FORM, title=Cell(f"自评表{text}"), indicators=(row, *FORM.indicators[1:]))
    path = tmp_path / name
    if name in WRITERS:
        if name == "gbk.csv":
            write_csv(form, path, encoding="gb18030")
        else:
            WRITERS[name](form, path)
    elif name == "form.json":
        rows = [
            {"name": text, "target": "获奖", "actual": text + "3项", "weight": "5", "score": "6", "level2": "数量指标"}
        ]
        written(path, json.dumps({"title": text, "funds": [], "indicators": rows}))
    else:
        escaped = json.dumps(text)
        more = f"form = 1\ntitle = {escaped}\n[[indicators]]\nname = {escaped}\ntarget = {escaped}\n"
        written(path, more + f'actual = "3"\nweight = "5"\nscore = "6"\ngroup = {escaped}\n')
    monkeypatch.setenv("COLUMNS", "80")
    for layout in ("table", "json", "markdown", "sarif", "csv"):
        cli.main(["audit", str(path), "--format", layout])
        out = capsys.readouterr().out
        assert not {"\x1b", "\u202e", "\x07"} & set(out), layout
        if layout == "table":
            assert "[red]x[/red]" in out.replace("\n", "").replace(" ", "")
            assert all(cell_len(line) <= 80 for line in out.split("\n"))
    (markdown,) = ["\n".join(audits_markdown([perfeval.audit(None, path).as_dict()], "en"))]
    assert "[red]" not in markdown
    assert "\\[red\\]" in markdown


def test_the_boxes_of_the_builders_overlap_nowhere() -> None:
    seen: set[tuple[int, int]] = set()
    for box in boxes(FORM):
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                assert (row, column) not in seen
                assert 1 <= column <= WIDTH
                seen.add((row, column))


# What adds up a form, and what adds up a group of it.


@pytest.mark.parametrize(
    "label",
    [
        "总分",
        "总 计",
        "合计",
        "分总",
        "自评总分",
        "自评得分",
        "得分合计",
        "综合得分",
        "总分值",
        "绩效自评总分",
        "总得分（100分）",
    ],
)
def test_a_total_by_any_of_its_names(label: str, tmp_path: Path) -> None:
    rows = [
        HEADING,
        ["产出指标", "数量指标", "甲", "1次", "1次", "60", "60"],
        ["效益指标", "社会效益指标", "乙", "提升", "提升", "40", "36"],
        [label, "", "", "", "", "100", "96"],
        ["联系电话", "（略）", "", "", "", "", ""],
    ]
    form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(rows)))
    assert [row.name.text for row in form.indicators] == ["甲", "乙"]
    assert (form.reported.total and form.reported.total.text) == "96"


@pytest.mark.parametrize("label", ["合计", "小计", "产出指标小计", "产出指标合计", "一级指标小计", "本级合计"])
def test_a_sum_in_the_middle_is_no_row_and_not_the_end(label: str, tmp_path: Path) -> None:
    rows = [
        HEADING,
        ["产出指标", "数量指标", "甲", "1次", "1次", "60", "60"],
        ["", label, "", "", "", "60", "60"],
        ["效益指标", "社会效益指标", "乙", "提升", "提升", "40", "36"],
        ["总分", "", "", "", "", "100", "96"],
    ]
    form = perfeval.load_form(written(tmp_path / "form.csv", csv_text(rows)))
    assert [row.name.text for row in form.indicators] == ["甲", "乙"]
    assert (form.reported.total and form.reported.total.text) == "96"
    assert not perfeval.audit(None, form).failed


def test_a_sheet_that_goes_on_is_refused_and_not_cut(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADING, ["产出指标", "数量指标", "甲", "1次", "1次", "100", "100"]):
        sheet.append(row)
    sheet.cell(30_000, 1, "总分")
    book.save(tmp_path / "form.xlsx")
    (one,) = problems(tmp_path / "form.xlsx")
    assert one.name == "document-unreadable"
    assert "30000" in one.message
