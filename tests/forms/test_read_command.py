"""The command `perfeval read`: what was read, what was not, and the forms in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import openpyxl
import pytest

import perfeval
from perfeval.cli import main
from perfeval.forms.form import Form

DOCUMENTS: Final = Path(__file__).parent.parent / "documents"


def test_the_rows_are_shown_under_the_headings_of_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(DOCUMENTS / "12.beijing.docx"), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    heads = next(line for line in out.splitlines() if line.startswith("group"))
    assert heads.split() == ["group", "indicator", "target", "actual", "weight", "score", "reason"]
    assert "all filled cells were used" in out


def test_what_is_not_used_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(DOCUMENTS / "01.system-export.xlsx")
    sheet = book["项目支出绩效自评表"]
    sheet.cell(row=sheet.max_row + 2, column=9, value="[red]一句闲话[/]")
    book.save(tmp_path / "more.xlsx")
    main(["read", str(tmp_path / "more.xlsx"), "--lang", "en"])
    out = capsys.readouterr().out
    assert "cells that were not used:" in out
    assert "[red]一句闲话[/]" in out


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_form_that_was_written_is_read_back(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = DOCUMENTS / "12.beijing.docx"
    assert main(["read", str(source), "--to", suffix]) == 0
    target = tmp_path / f"form.{suffix}"
    target.write_text(capsys.readouterr().out, encoding="utf-8")
    first, again = perfeval.load_form(source), perfeval.load_form(target)
    assert len(first.indicators) == 5
    assert _rows(again) == _rows(first)


def _rows(form: Form) -> list[tuple[str | None, ...]]:
    rows = [(row.group, row.name, row.target, row.actual, row.weight, row.score, row.reason) for row in form.indicators]
    funds = [(line.name, line.annual_budget, line.executed, line.rate, line.score) for line in form.funds]
    return [tuple(None if cell is None else cell.text for cell in cells) for cells in (*rows, *funds)]


def test_a_file_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.docx"), "--lang", "en"]) == 2
    assert "file-missing: there is no such file" in capsys.readouterr().err
