"""A text in both languages, and the severities of findings."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

#: A text in Chinese and in English. ``{name}`` stands for an argument.
Pair: TypeAlias = tuple[str, str]
#: The severity of a finding; "off" switches it off.
Severity: TypeAlias = Literal["error", "warning", "info", "off"]
#: The kinds of findings, in the order in which they are told: what contradicts itself, what contradicts the rules, what
#: needs a reason, what needs a look.
Kind: TypeAlias = Literal["itself", "rules", "reason", "look"]


class FindingText(NamedTuple):
    """A finding: its kind, its severity where a rule file states none, its Chinese title, and its sentence."""

    kind: Kind
    severity: Severity
    title: str
    sentence: Pair
