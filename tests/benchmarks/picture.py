"""The ratios as a picture: a bar for each run, on a scale of powers of ten."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10
from typing import Any, Final

LEFT: Final = 340
WIDE: Final = 420
LINE: Final = 22
#: The ends of the scale, as powers of ten.
ENDS: Final = (-1.0, 3.0)


def picture(report: Sequence[dict[str, Any]]) -> str:
    """An SVG that needs no font and no script from anywhere."""
    shown = [one for one in report if one["name"] != one["floor"]]
    height = LINE * (len(shown) + 2)
    frame = f'viewBox="0 0 {LEFT + WIDE + 80} {height}" font-family="sans-serif" font-size="12" role="img"'
    title = "time ÷ that of the same written by hand"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {frame}><title>{title}</title>']
    parts.append(f'<rect width="100%" height="100%" fill="white"/><text x="8" y="{LINE - 7}">{title}</text>')
    for power in range(int(ENDS[0]), int(ENDS[1]) + 1):
        x = _x(10.0**power)
        parts.append(f'<line x1="{x:.1f}" y1="{LINE}" x2="{x:.1f}" y2="{height}" stroke="#ccc"/>')
        parts.append(f'<text x="{x:.1f}" y="{LINE - 7}" text-anchor="middle">{10.0**power:g}×</text>')
    for place, one in enumerate(shown):
        y = LINE * (place + 1) + 4
        colour = "#2f6f4f" if one["name"].startswith("perfeval") else "#8a8a8a"
        end = _x(one["ratio"])
        low, high = sorted((_x(1.0), end))
        parts.append(f'<text x="{LEFT - 8}" y="{y + 11}" text-anchor="end">{escape(one["name"])}</text>')
        parts.append(f'<rect x="{low:.1f}" y="{y}" width="{max(1.0, high - low):.1f}" height="14" fill="{colour}"/>')
        wrong = f", {one['wrong']} wrong" if one["wrong"] else ""
        parts.append(f'<text x="{high + 5:.1f}" y="{y + 11}">{one["ratio"]:.2f}{wrong}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(ratio: float) -> float:
    part = (log10(max(ratio, 10 ** ENDS[0])) - ENDS[0]) / (ENDS[1] - ENDS[0])
    return LEFT + WIDE * min(1.0, part)
