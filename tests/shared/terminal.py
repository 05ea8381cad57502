"""The picture of the README: a terminal with an audit, as SVG. ``python tests/shared/terminal.py`` draws it anew."""

from __future__ import annotations

import html
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import perfeval
from perfeval.report.console.audit import audit_view
from perfeval.text.width import text_width

ROOT: Final = Path(__file__).parents[2]
PICTURE: Final = ROOT / "docs" / "pictures" / "audit.svg"
FORM: Final = "examples/yiyang-2021/form.toml"
WIDTH: Final = 92
#: The width of a cell, as rich draws it at this aspect ratio.
_CELL: Final = 12

#: Dark letters on white, and the colours that the console uses.
_THEME: Final = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [
        (36, 41, 47),
        (207, 34, 46),
        (17, 99, 41),
        (154, 103, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (110, 119, 129),
    ],
)
#: As rich draws it, without fonts from elsewhere and without window buttons.
_FORMAT: Final = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>perfeval audit</title>
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", "PingFang SC", \
"Microsoft YaHei", monospace; font-size: {char_height}px; line-height: {line_height}px }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def drawn() -> str:
    """The picture as it should stand."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    console.print(f"$ perfeval audit {FORM}", style="bold")
    for line in _lines(console):
        console.print(Text.assemble(*((segment.text, segment.style or "") for segment in line)))
    svg = console.export_svg(theme=_THEME, code_format=_FORMAT, unique_id="perfeval", font_aspect_ratio=0.6)
    # rich counts a Chinese character as one cell there, and a terminal as two.
    svg = re.sub(r'textLength="[^"]*"( clip-path="[^"]*">)([^<]*)', _measured, svg)
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines() if line.strip())


def _measured(match: re.Match[str]) -> str:
    return f'textLength="{_CELL * text_width(html.unescape(match[2]))}"{match[1]}{match[2]}'


def _lines(console: Console) -> Iterator[list[Segment]]:
    """The beginning of the table, the first findings and the verdict; what is left out is an ellipsis."""
    lines = console.render_lines(audit_view(perfeval.audit(None, FORM), WIDTH, "zh"), pad=False)
    texts = ["".join(segment.text for segment in line).strip() for line in lines]
    total = next(place for place, text in enumerate(texts) if text.startswith("总分"))
    third = next(place for place, text in enumerate(texts) if text.startswith("疑点 misplaced"))
    verdict = next(place for place, text in enumerate(texts) if text.startswith("表上 94"))
    more = [Segment("…")]
    yield from lines[:9]
    yield more
    yield from lines[total:third]
    yield more
    yield from lines[verdict : verdict + 2]


if __name__ == "__main__":
    os.chdir(ROOT)
    PICTURE.write_text(drawn(), encoding="utf-8", newline="\n")
