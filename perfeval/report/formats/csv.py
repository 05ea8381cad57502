"""Cells of CSV that no spreadsheet runs as a formula."""

from __future__ import annotations

import re
from typing import Final

from perfeval.text.messages import shown

#: A spreadsheet takes a text that begins so for a formula.
_LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")
_QUOTED: Final = frozenset(',"\r\n')


def cell(text: str) -> str:
    """*text* as a cell. What a spreadsheet would run has an apostrophe before it and stays text; a number is one."""
    text = shown(text.replace("\n", " ").replace("\r", " "))
    if text.startswith(_LIVE) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.intersection(text) else text
