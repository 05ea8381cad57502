"""Documents: forms laid out in any way and format are read back as they are, and nothing else in them is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import layouts
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfeval
from perfeval.forms.form import Form
from perfeval.numbers.amounts import Cell
from perfeval.report.formats.form import form_text

FEWER: Final = settings(max_examples=60)


def text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def shown(form: Form) -> dict[str, Any]:
    keys = ("year_start_budget", "annual_budget", "executed", "weight", "rate", "score")
    return {
        "rows": [
            tuple(map(text, (row.group, row.name, row.target, row.actual, row.weight, row.score, row.reason)))
            for row in form.indicators
        ],
        "funds": [(line.name.text, *(text(getattr(line, key)) for key in keys)) for line in form.funds],
        "total": text(form.reported.total),
        "project": text(form.project),
    }


@pytest.mark.parametrize("suffix", layouts.WRITERS)
@FEWER
@given(data=st.data())
def test_a_form_in_any_layout_is_read_back(suffix: str, data: st.DataObject) -> None:
    write, apart = layouts.WRITERS[suffix]
    count = data.draw(st.integers(1, 2))
    forms = [(data.draw(layouts.written()), data.draw(layouts.layouts())) for _ in range(count)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"form{suffix}"
        write([layouts.laid_out(form, layout, apart=apart) for form, layout in forms], path)
        reading = perfeval.load_forms(path)
    assert reading.problems == ()
    assert [shown(form) for form in reading.forms] == [layouts.shown(form, layout) for form, layout in forms]
    assert [one.text for one in reading.unused if one.text != "绩\n效\n指\n标"] == []


@FEWER
@given(form=layouts.written(), layout=layouts.layouts(), data=st.data())
def test_a_cell_that_nothing_is_made_of_is_told(
    form: layouts.Written, layout: layouts.Layout, data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        layouts.write_xlsx([layouts.laid_out(form, layout, apart=True)], path)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        at = sheet.cell(data.draw(st.integers(1, sheet.max_row)), sheet.max_column + 2)
        at.value = "另有说明"
        book.save(path)
        reading = perfeval.load_forms(path)
    assert (at.coordinate, "另有说明") in {(one.label, one.text) for one in reading.unused} or any(
        text(one) == "另有说明" for line in reading.forms[0].funds for one in line.extra
    )


# Documents as offices lay them out, and as LibreOffice converts them, each with the form that it must give.

DOCUMENTS: Final = Path(__file__).parents[1] / "documents"
#: Formats that only LibreOffice converts.
CONVERTED: Final = frozenset({".doc", ".odt", ".rtf"})


def _expected() -> dict[str, list[str]]:
    listed: dict[str, Any] = json.loads((DOCUMENTS / "expected-forms.json").read_text(encoding="utf-8"))
    found = {name: list(one["forms"]) for name, one in listed.items() if (DOCUMENTS / name).exists()}
    for path in sorted(DOCUMENTS.glob("*.*")):
        number = path.name.partition(".")[0]
        if path.suffix != ".json" and path.name not in found and (DOCUMENTS / "forms" / f"{number}.json").exists():
            found[path.name] = [f"forms/{number}.json"]
    return found


EXPECTED: Final = _expected()


def told(form: Form) -> tuple[Any, ...]:
    data = perfeval.audit(None, form).as_dict("zh")
    findings = sorted(
        (one["check"], one["severity"], "".join("".join(one["rows"]).split())) for one in data["findings"]
    )
    return data["computed"]["total"], data["added_up"]["total"], data["added_up"]["grade"], findings


@pytest.mark.parametrize("name", EXPECTED)
def test_a_document_has_the_audit_of_its_form(name: str) -> None:
    if Path(name).suffix in CONVERTED and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    reading = perfeval.load_forms(DOCUMENTS / name)
    assert reading.problems == ()
    assert [told(form) for form in reading.forms] == [
        told(perfeval.load_form(DOCUMENTS / path)) for path in EXPECTED[name]
    ]


def test_the_report_of_yiyang_as_published_has_the_audit_of_the_form_in_toml() -> None:
    root = Path(__file__).parents[2]
    (form,) = perfeval.load_forms(root / "tests/cases/yiyang-2021-report.txt").forms
    ours, theirs = (
        perfeval.audit(None, one) for one in (form, perfeval.load_form(root / "examples/yiyang-2021/form.toml"))
    )
    assert [(one.name, one.severity, one.rows) for one in ours.findings] == [
        (one.name, one.severity, one.rows) for one in theirs.findings
    ]
    assert ours.verdict_in("zh") == theirs.verdict_in("zh")


def test_what_was_left_out_is_said() -> None:
    notes = [one.text("en") for one in perfeval.load_forms(DOCUMENTS / "12.hidden_old.xlsx").notes]
    assert notes == ["row 16 of 自评表 is hidden and was left out"]
    notes = [one.text("zh") for one in perfeval.load_forms(DOCUMENTS / "01.system-export.xlsx").notes]
    assert any("项目支出绩效目标申报表" in one for one in notes)
    assert any("项目支出绩效目标执行监控表" in one for one in notes)


@pytest.mark.parametrize("layout", ["toml", "json", "csv"])
def test_a_form_that_was_read_is_written_and_read_again(layout: Any, tmp_path: Path) -> None:
    form = perfeval.load_form(DOCUMENTS / "12.page.html")
    path = tmp_path / f"form.{layout}"
    path.write_text(form_text(form, layout), encoding="utf-8")
    again = shown(perfeval.load_form(path))
    assert {**again, "project": ""} == {**shown(form), "project": ""}
