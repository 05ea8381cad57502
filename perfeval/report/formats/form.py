"""An empty form in TOML, as `perfeval new form` writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from perfeval.rulefile.scorecard import Scorecard
from perfeval.text.messages import Language, said_of, say, shown
from perfeval.text.width import text_width

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
