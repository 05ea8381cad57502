"""Forms as files: an empty one, and what was read from a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, Literal

import attrs

from perfeval.forms.form import Form
from perfeval.forms.wordings import INDICATORS, MONEY
from perfeval.numbers.amounts import Cell
from perfeval.report.formats.csv import cell
from perfeval.rulefile.scorecard import OURS, Scorecard
from perfeval.text.messages import Language, said_of, say, shown
from perfeval.text.width import text_width

_NAMES: Final = {"title": "title", "agency": "unit", "year": "year", "money": "money"}
_CLAIMS: Final = {"total": "reported_total", "grade": "reported_grade", "weight_total": "printed_weight_total"}
_FUNDS: Final = ("year_start_budget", "annual_budget", "executed", "weight", "rate", "score")
#: Where the comments begin, in cells of a terminal.
_COMMENTS = 28
#: Rows that an empty form begins with, where the policy names no groups of two levels.
_GROUPS = (
    "产出指标/数量指标",
    "产出指标/质量指标",
    "产出指标/时效指标",
    "产出指标/成本指标",
    "效益指标/社会效益指标",
    "满意度指标/服务对象满意度指标",
)


def empty_form(policy: Scorecard, lang: Language) -> str:
    """The text of an empty form for *policy*, commented in *lang*."""
    return "".join(f"{line}\n" for line in _lines(policy, lang))


def _lines(policy: Scorecard, lang: Language) -> Iterator[str]:
    for part in say(lang, "form-opening").split("\n"):
        yield f"# {part}"
    yield "form = 1"
    for key in ("title", "project", "department", "agency", "year", "money"):
        yield _key(key, '"万元"' if key == "money" else '""', lang)
    yield _key("uses", json.dumps(shown(policy.id), ensure_ascii=False), lang)
    for name in ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"):
        yield ""
        yield "[[funds]]"
        yield f'name = "{name}"'
        first = name == "年度资金总额"
        for key in ("year_start_budget", "annual_budget", "executed"):
            yield _key(key, '""', lang if first else None)
        for key in ("weight", "rate", "score") if first else ():
            yield _key(key, '"10"' if key == "weight" else '""', lang)
    paths = [path for path in policy.structure if "/" in path] or list(_GROUPS)
    for index, path in enumerate(paths):
        yield ""
        yield "[[indicators]]"
        yield f"group = {json.dumps(shown(path), ensure_ascii=False)}"
        for key in ("name", "target", "actual", "weight", "score", "reason"):
            yield _key(key, '""', None if index else lang, of_row=True)
    yield ""
    yield "[reported]"
    for key in ("total", "grade", "weight_total"):
        yield _key(key, '""', lang)
    yield ""
    yield f"# {said_of('form', 'optional').text(lang)}"
    for table, keys in (
        ("[[spending]]", ("name", "amount")),
        ("[[goals]]", ("expected", "actual")),
        ("[[evidence]]", ("checked", "how", "indicator")),
        ("[[problems]]", ("problem", "measure")),
        ("[results]", ("use", "published")),
        ("[report]", ("total", "grade", "budget", "executed")),
    ):
        word = table.strip("[]")
        yield f"# {table}  # {said_of('form', word).text(lang)}"
        for key in keys:
            yield f'# {key} = ""'


def _key(key: str, value: str, lang: Language | None, *, of_row: bool = False) -> str:
    text = f"{key} = {value}"
    if lang is None:
        return text
    name = key.replace("_", "-")
    comment = said_of("form-indicator", name) if of_row else said_of("form", name)
    return f"{text}{' ' * max(1, _COMMENTS - text_width(text))}# {comment.text(lang)}"


def form_text(form: Form, layout: Literal["toml", "json", "csv"]) -> str:
    """The text of a filled-in *form* in TOML, in JSON, or its table in CSV."""
    tree = _tree(form)
    if layout == "json":
        return json.dumps(_as_printed(tree), ensure_ascii=False, indent=1) + "\n"
    if layout == "csv":
        return "".join(f"{','.join(map(cell, row))}\n" for row in _table(tree))
    return "".join(f"{line}\n" for line in _toml(tree))


def _tree(noun: Any) -> Any:
    """A form as plain data: what is printed, under the keys of its TOML."""
    if isinstance(noun, Cell):
        return noun.text
    if isinstance(noun, tuple):
        return [_tree(one) for one in noun]
    if not attrs.has(type(noun)):
        return noun
    values = ((one.name, _tree(getattr(noun, one.name))) for one in attrs.fields(type(noun)) if one.name not in OURS)
    return {name: value for name, value in values if value not in (None, [], {})}


def _toml(tree: dict[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in tree.items() if isinstance(value, dict | list)}
    yield from _pairs({key: value for key, value in tree.items() if key not in tables})
    for key, value in tables.items():
        for one in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{key}]]" if isinstance(value, list) else f"[{key}]"
            yield from _pairs(one)


def _pairs(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        # A text in JSON is one in TOML; a list holds texts.
        yield f"{key} = {json.dumps(value, ensure_ascii=False).replace(chr(127), chr(92) + 'u007f')}"


def _as_printed(tree: dict[str, Any]) -> dict[str, Any]:
    """The layout of published forms in JSON: two levels of groups, and a note for the reason."""
    reported = tree.get("reported", {})
    rows = []
    for row in tree.get("indicators", []):
        first, _, second = row.get("group", "").partition("/")
        own = {key: row.get(key, "") for key in ("name", "target", "actual", "weight", "score")}
        rows.append({"level1": first, "level2": second, **own, **({"note": row["reason"]} if "reason" in row else {})})
    return {
        **{name: tree[key] for key, name in _NAMES.items() if key in tree},
        "funds": tree.get("funds", []),
        "indicators": rows,
        **{name: reported[key] for key, name in _CLAIMS.items() if key in reported},
    }


def _table(tree: dict[str, Any]) -> Iterator[list[str]]:
    """The table of a form, with the usual headings."""
    yield ["项目资金", *(MONEY[key][0] for key in _FUNDS)]
    for line in tree.get("funds", []):
        yield [line.get("name", ""), *(line.get(key, "") for key in _FUNDS)]
    keys = ("name", "target", "actual", "weight", "score", "reason")
    yield ["一级指标", "二级指标", *(INDICATORS[key][0] for key in keys)]
    for row in tree.get("indicators", []):
        first, _, second = row.get("group", "").partition("/")
        yield [first, second, *(row.get(key, "") for key in keys)]
    reported = tree.get("reported", {})
    yield ["总分", "", "", "", "", reported.get("weight_total", ""), reported.get("total", ""), ""]
