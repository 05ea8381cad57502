"""Texts about forms: their problems, and the comments of an empty form."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

PROBLEMS: Final[dict[str, tuple[Pair, Pair]]] = {
    "no-form": (
        ("文件里没有表格", "请换一个有自评表的文件"),
        ("there is no table in this file", "name a file with a form"),
    ),
    "several-values": (
        ("{cell} 一格里写了好几个数，和这一行的名称对不上", "请一行写一个指标，再核对"),
        ("{cell} holds several values, which do not fit the names of the row", "give each indicator a row of its own"),
    ),
    "several-forms": (
        ("这个文件里有 {count} 张表", "请写明是哪一张：{known}"),
        ("there are {count} forms in this file", "name one of them: {known}"),
    ),
    "needs-libreoffice": (
        ("读 {found} 要用 LibreOffice 转换，这台机器上没有", "请另存为 .docx，或安装 LibreOffice"),
        ("{found} is read through LibreOffice, which is not installed", "save it as .docx, or install LibreOffice"),
    ),
    "forms-side-by-side": (
        ("两张表并排写在一起（第二张从 {cell} 开始）", "请分开放在两个工作表里"),
        ("two forms stand side by side; the second begins at {cell}", "give each a sheet or a table of its own"),
    ),
    "no-text": (
        ("这个 PDF 里没有文字，可能是扫描的图片", "请用电子表格或 Word 文件"),
        ("there is no text in this PDF; it may be a scanned picture", "use the workbook or the Word document"),
    ),
    "not-a-form": (
        ("这不是一张填好的自评表：有 {found}，没有 form", "{advice}"),
        ("this is no filled-in form: it has {found}, and no form", "{advice}"),
    ),
    "json-syntax": (
        ("这里不是合法的 JSON：{reason}", "请检查这一行的引号、逗号和括号"),
        ("this is not JSON: {reason}", "check the quotes, commas and brackets of this line"),
    ),
    "csv-syntax": (
        ("第 {line} 行不是合法的 CSV：{reason}", "请检查这一行的引号，或从电子表格重新另存为 CSV"),
        ("line {line} is not CSV: {reason}", "check its quotes, or save the sheet as CSV again"),
    ),
    "unread-format": (
        ("不能读 {found} 文件", "请另存为 .docx 或 .xlsx；能读的是 {known}"),
        ("files of the kind {found} are not read", "save it as .docx or .xlsx; what is read: {known}"),
    ),
    "extra-missing": (
        ("读 {found} 文件需要 {needed}，没有安装", "请安装：pip install 'perfeval[{extra}]'"),
        (
            "reading {found} files takes {needed}, which is not installed",
            "install it: pip install 'perfeval[{extra}]'",
        ),
    ),
    "document-unreadable": (
        ("无法打开这个文件：{reason}", "请用 Office 或 WPS 打开后另存一份"),
        ("the document cannot be opened: {reason}", "open it in an office program and save it again"),
    ),
    "formula-without-value": (
        ("{cells} 是公式，但文件里没有存它的结果", "请用 Excel 或 WPS 打开、保存一次，结果就存进去了"),
        (
            "{cells} are formulas whose results are not in the file",
            "open it in a spreadsheet program and save it once: that stores them",
        ),
    ),
    "unknown-layout": (
        (
            "没有找到自评表的表头：找到 {found}，缺 {missing}",
            "表头应有 三级指标、年度指标值、实际完成值、分值、得分；其他版式请填 perfeval new form 写出的 TOML",
        ),
        (
            "no heading of a form: found {found}, missing {missing}",
            "a heading has 三级指标, 年度指标值, 实际完成值, 分值 and 得分; for another layout fill in the TOML that `perfeval new form` writes",
        ),
    ),
    "no-form-files": (
        ("这里没有自评表", "请给出表的文件，或放着它们的文件夹（.toml .json .csv .xlsx .docx）"),
        ("there are no forms here", "name the files of forms, or a folder of them (.toml .json .csv .xlsx .docx)"),
    ),
    "file-unwritable": (
        ("无法写入文件：{reason}", "请检查文件夹是否存在、是否有权限、磁盘是否已满"),
        ("the file cannot be written: {reason}", "check that the folder is there, may be written to, and has room"),
    ),
    "file-exists": (
        ("文件已经存在", "请换一个名字；要覆盖它就加 --force"),
        ("the file is there already", "choose another name, or add --force to replace it"),
    ),
}

SENTENCES: Final[dict[str, Pair]] = {
    "not-read": ("没有读（不是自评表能用的格式）：{file}", "not read, since no form has this format: {file}"),
    "read-rows": (
        "读出 {rows} 行指标、{funds} 行资金，总分 {total}",
        "{rows} rows and {funds} lines of funds were read; total {total}",
    ),
    "read-unused": ("没有用到的格：", "cells that were not used:"),
    "read-nothing-unused": ("所有填写的格都用到了", "all filled cells were used"),
    "left-out-sheet": ("工作表“{name}”是隐藏的，没有读", "the sheet {name} is hidden and was left out"),
    "left-out-row": ("{sheet} 第 {row} 行是隐藏的，没有读", "row {row} of {sheet} is hidden and was left out"),
    "left-out-column": (
        "{sheet} 第 {column} 列没有读：是隐藏的，或者太靠右",
        "column {column} of {sheet} was left out: it is hidden, or too far to the right",
    ),
    "other-table": (
        "“{name}”不是自评表，没有核对（{cell}）",
        "{name} is no self-evaluation and was not audited ({cell})",
    ),
    "no-form-table": ("“{name}”这个表格没有当作自评表读（{cell}）", "the table {name} was not read as a form ({cell})"),
    "read-from-pdf": ("从 PDF 读出，请对照原件核对", "read from a PDF: check it against the original"),
    "unused-cell": ("{cell}：{text}", "{cell}: {text}"),
    "form-opening": (
        "项目支出绩效自评表：照表填写，填好后运行 perfeval audit 这个文件\n每个值都照表上的样子写在引号里；没有填的格留空引号",
        "a self-evaluation form: fill it in as it is printed, then run perfeval audit on this file\nevery value stands in quotes as printed; an empty cell is an empty pair of quotes",
    ),
}
