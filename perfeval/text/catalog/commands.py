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
    "help-lang": ("语言：zh 或 en", "language: zh or en"),
}
