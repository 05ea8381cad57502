"""Texts of the command line: help, progress, errors of usage."""

from __future__ import annotations

from typing import Final

from perfeval.text.pairs import Pair

SENTENCES: Final[dict[str, Pair]] = {
    "usage-hint": ("用 {prog} --help 查看用法", "see {prog} --help"),
    "help-perfeval": (
        "按 TOML 规则文件精确计分，并说明每一分的来历。",
        "Score by rules in TOML, exactly, and explain every point.",
    ),
    "help-score": ("按规则给一张表计分", "score one form by a rule file"),
    "help-explain": ("逐项写出计算过程", "show the working, term by term"),
    "help-check": ("检查规则文件，并用平常话说明它的内容", "check rule files, and say in plain words what they say"),
    "help-show": (
        "写出规则文件连同所引用文件的全部内容，并注明每一行的出处",
        "print a rule file with all that it uses, and where each line comes from",
    ),
    "help-show-year": ("只写这一年有效的内容", "only what stands in that year"),
    "help-rules": ("列出自带的规则文件", "list the rule files that come with perfeval"),
    "help-compare": (
        "说明两个规则文件有什么不同，谁的得分和等级会变",
        "say what changed between two rule files, and whose score and grade would move",
    ),
    "help-arg-old": ("原来的规则文件，或规则 id", "the old rule file, or its id"),
    "help-arg-new": ("新的规则文件，或规则 id", "the new rule file, or its id"),
    "help-arg-forms": ("事实文件，或放事实文件的文件夹", "facts files, or folders of them"),
    "help-lang": ("语言：zh 或 en", "language: zh or en"),
    "help-format": ("输出：table 给人看，json 给程序用", "output: table for people, json for programs"),
    "help-out": (
        "结果写入的文件：以 .csv 或 .jsonl 结尾",
        "the file for the results of a CSV or JSONL: it ends in .csv or .jsonl",
    ),
    "help-strict": ("遇到第一张有错误的表就停止", "stop at the first form that cannot be scored"),
    "help-year": ("表的年份：有日期的规则按它取舍", "the form's year: it chooses among rules that have dates"),
    "help-rules-path": ("另外查找规则文件的文件夹，可重复", "a folder to look for rule files in; may be repeated"),
    "help-arg-rules": ("规则文件，或规则 id", "a rule file, or the id of one"),
    "help-arg-facts": (
        "事实文件（TOML）；score 也读每行一张表的 CSV、JSONL",
        "a facts file (TOML); score also reads a form a line from CSV and JSONL",
    ),
    "help-arg-indicator": (
        "指标的名称、id 或 组/名称；不写则全部",
        "an indicator's name, id or group/name; all if left out",
    ),
    "help-arg-paths": ("规则文件、文件夹或规则 id", "rule files, folders or ids"),
    "help-audit": (
        "核对填好的自评表：总分、比率、得分、依据，哪里不对、应是多少",
        "hold filled-in forms against the rules: what is wrong, where, and what it should be",
    ),
    "help-new": ("写一张空白的表", "write an empty form"),
    "help-arg-audited": (
        "自评表的文件（.toml .json .csv .xlsx .docx），或放着它们的文件夹",
        "the file of a form (.toml .json .csv .xlsx .docx), or a folder of them",
    ),
    "help-audit-rules": ("规则文件，或规则 id", "a rule file, or the id of one"),
    "help-jobs": ("同时用几个进程", "how many processes share the work"),
    "help-arg-new-what": ("form：自评表", "form: a self-evaluation form"),
    "help-arg-new-path": ("写到哪个文件；不写则打印出来", "the file to write; printed if left out"),
    "help-force": ("覆盖已有的文件", "replace a file that is there"),
    "help-no-examples": ("不运行规则文件里的例子", "do not run the examples in the rule files"),
}
