"""Texts about scores: the terms of an explanation, and the table of an evaluation."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

SENTENCES: Final[dict[str, Pair]] = {
    "weight-given": ("{before}，加上不适用的指标让出的", "{before} and what rows that do not apply gave"),
    "reason-given": ("说明了原因，这个区间不算", "a reason is given, and lifts the band"),
    "does-not-apply": ("这个指标不适用", "this row does not apply"),
    "item-counted": ("{name}：{count} 次，每次 {each}{limit}", "{name}: {count} times {each}{limit}"),
    "at-most": ("，最多计 {times} 次", ", at most {times} times"),
    "best-of": ("{name}：最好的 {count} 个 {terms}", "{name}: the best {count}: {terms}"),
    "weakest-of": ("{name}：{terms} 中最低的", "{name}: the lowest of {terms}"),
    "weakest-plus": (
        "{name}：{terms} 中最低的，另有更高的，加 {plus}",
        "{name}: the lowest of {terms}, and {plus} as others are better",
    ),
    "converted": (
        "{name}：{count} 个共 {terms} = {sum}，查表",
        "{name}: {count} add up to {terms} = {sum}, by the table",
    ),
    "group-cap": ("{name}：{score} 超过上限 {cap}", "{name}: {score} is above the cap of {cap}"),
    "override-holds": ("{when}：是", "{when}: yes"),
    "override-score": ("{when} 的得分 {edge}", "the score of {when} {edge}"),
    "rounded": ("{value} 取整到 {step}（{mode}）", "{value} rounded to {step} ({mode})"),
    "share-flat": ("{measure} {range}", "{measure} {range}"),
    "steps-counted": ("{side} {distance} ÷ {per}，{count}", "{side} {distance} ÷ {per}, {count}"),
    "side-better": ("优于目标", "better by"),
    "side-worse": ("差于目标", "worse by"),
    "side-level": ("与目标相差", "away by"),
    "tier-range": ("{tier}：{range}", "{tier}: {range}"),
    "zero-target-says": (
        "目标值为 0，不作除数；实际 {actual}",
        "the target is 0 and nothing is divided by it; actual {actual}",
    ),
    "multiplier-in-both": (
        "一处写了万、亿等，另一处没有：两处都写，或都不写",
        "one has 万, 亿 or the like and the other has none: write it in both, or in neither",
    ),
    "assumed-number": (
        "{name}：目标值 {expected} 没有写单位，{found} 只按数字比较",
        "{name}: the target {expected} has no unit, so {found} is compared as a number",
    ),
    "assumed-year": (
        "{name}：{found} 和 {expected} 都没有写年份，按同一年读",
        "{name}: neither {found} nor {expected} has a year; both are read in the same one",
    ),
    "assumed-unit": ("{name}：{found} 没有写单位，按 {unit} 读", "{name}: {found} has no unit and is read in {unit}"),
    "equals": ("{formula} = {value}", "{formula} = {value}"),
    "leads-to": ("{formula}：{value}", "{formula}: {value}"),
    "assumed-day": ("{name}：{found} 没有写到日，按 {day} 读", "{name}: {found} names no day and is read as {day}"),
    "by-default": ("默认的 {key}", "{key} by default"),
    "example-of-both": ("既写了一行的内容，又写了整张表的内容", "is of one row and of a whole form at once"),
    "example-of-nothing": ("没有写明应得的结果", "says nothing of what must come of it"),
    "total": ("总分", "total"),
    "score-of-weight": ("{score} / {weight} 分", "{score} of {weight}"),
    "says-total": ("总分 {total}  {grade}", "total {total}  {grade}"),
    "says-claim": ("填报 {total} {grade}", "the form claims {total} {grade}"),
    "claim-more": ("：比计算结果多 {difference} 分", ", {difference} more than by the rules"),
    "claim-less": ("：比计算结果少 {difference} 分", ", {difference} less than by the rules"),
    "claim-other-grade": ("，按规则应为 {grade}", "; the grade would be {grade}"),
    "claim-agrees": ("：与计算结果一致", ", and the rules agree"),
    "reason-missing": ("应说明原因，未填写", "a reason is asked for and none is given"),
    "assumed": ("假定：{what}", "assumed: {what}"),
    "rests-on": ("规则 {id} · {basis}", "rules {id} · {basis}"),
    "hint": ("提示：", "hint: "),
    "mended": ("可改为：", "mended: "),
    "problems-found": ("共 {count} 个错误", "problems found: {count}"),
    "read-as": (
        "注意：{file} 按 {encoding} 编码读取，建议另存为 UTF-8",
        "note: {file} was read as {encoding}; better save it as UTF-8",
    ),
}
