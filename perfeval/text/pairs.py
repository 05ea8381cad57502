"""A text in both languages, and the severities of findings."""

from __future__ import annotations

from typing import Literal, TypeAlias

#: A text in Chinese and in English. ``{name}`` stands for an argument.
Pair: TypeAlias = tuple[str, str]
#: The severity of a finding; "off" switches it off.
Severity: TypeAlias = Literal["error", "warning", "info", "off"]
