"""The width of text in terminal cells."""

from __future__ import annotations

import unicodedata


def text_width(text: str) -> int:
    """Return the number of cells that *text* takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
