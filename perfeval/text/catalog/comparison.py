"""Texts about comparing two rule files."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

SENTENCES: Final[dict[str, Pair]] = {
    "change-added": ("新增 {what}", "added {what}"),
    "change-removed": ("删去 {what}", "removed {what}"),
    "change-changed": ("{what}：{before} → {after}", "{what}: {before} → {after}"),
    "change-inside": ("{what}：内容有改动", "{what}: changed inside"),
    "change-says": ("：{what}", ": {what}"),
    "at-method": ("方法 {name}", "method {name}"),
    "at-band": ("区间 {edge}", "band {edge}"),
    "at-tier": ("档 {name}", "tier {name}"),
    "at-item": ("计数项 {name}", "item {name}"),
    "at-grade": ("等级 {name}", "grade {name}"),
    "at-indicator": ("指标 {name}", "indicator {name}"),
    "at-override": ("一票 {when}", "override {when}"),
    "at-assign": ("分配（{conditions}）", "line of [[assign]] ({conditions})"),
    "at-example": ("例子 {name}", "example {name}"),
    "at-group": ("分组 {name}", "group {name}"),
    "at-unit": ("单位 {name}", "unit {name}"),
    "item-method": ("方法名称", "name of the method"),
    "item-band": ("区间", "band"),
    "item-tier": ("档", "tier"),
    "item-item": ("计数项", "item"),
    "item-grade": ("等级", "grade"),
    "item-assign": ("分配的条件", "conditions of a line of [[assign]]"),
    "item-override": ("一票的条件", "condition of an override"),
    "word-yes": ("是", "yes"),
    "word-no": ("否", "no"),
    "word-points": ("{value} 分", "{value} points"),
    "word-point": ("{value} 分", "{value} point"),
    "word-unlimited": ("不限", "no limit"),
    "word-not-rounded": ("不取整", "not rounded"),
    "word-sum": ("各行之和", "the sum of the rows"),
    "word-as-printed": ("印出的总分", "the total as printed"),
    "word-precision": ("{to}（{mode}）", "{to} ({mode})"),
    "word-split": ("平分（取整：{to}，余下的：{rest}）", "in equal parts (rounded: {to}; the rest: {rest})"),
    "key-with-value": ("{key} {value}", "{key} {value}"),
    "key-order": ("次序", "order"),
    "no-changes": ("两个规则文件的意思相同", "the two rule files mean the same"),
    "move-row": ("{name}：{before} → {after}", "{name}: {before} → {after}"),
    "moves-more": ("另有 {count} 个指标", "rows besides: {count}"),
    "moves-summary": (
        "共 {forms} 张表：得分变化 {moved} 张，等级变化 {graded} 张",
        "forms: {forms}; score moves in {moved}, grade changes in {graded}",
    ),
    "moves-lost": ("；只有一方能计分 {count} 张", "; scored by one of the two only: {count}"),
    "moves-bad": ("；无法计分 {count} 张", "; not scored at all: {count}"),
    "lost-by-old": ("{facts}：原规则无法计分", "{facts} cannot be scored by the old rules"),
    "lost-by-new": ("{facts}：新规则无法计分", "{facts} cannot be scored by the new rules"),
    "forms-scored": ("共 {count} 张表，其中 {bad} 张有错误", "forms: {count}, of which with problems: {bad}"),
    "columns-unused": ("没有用到的列：{names}", "columns not used: {names}"),
    "scoring-forms": ("计分", "scoring"),
}
