"""The console: safe text, and progress bars on standard error."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn, track
from rich.text import Text

from perfeval.text.messages import Language, is_utf8, say, shown

T = TypeVar("T")


class _Console(Console):
    """A console whose user hears of a closed pipe; rich itself would end the program."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen(stream: TextIO | None = None) -> Console:
    """A console on *stream* (standard output): no markup, no emoji, colours only on a terminal."""
    out = sys.stdout if stream is None else stream
    if isinstance(out, io.TextIOWrapper) and not is_utf8(out.encoding):
        # A character the terminal cannot show must not end the program.
        out.reconfigure(errors="backslashreplace")
    return _Console(file=out, markup=False, emoji=False, highlight=False)


def plain(text: str, style: str = "") -> Text:
    """*text*, which may come from a file, made harmless and styled."""
    return Text(shown(text), style=style)


def fitted(text: str, cells: int) -> str:
    """*text* in at most *cells* cells, cut with an ellipsis."""
    text = shown(text)
    return text if cell_len(text) <= cells else set_cell_size(text, max(0, cells - 1)).rstrip() + "…"


def counted(items: Sequence[T], description: str, many: int = 2) -> Iterable[T]:
    """*items* one by one; where they are *many* and a person waits at a terminal, a bar says how far it has come."""
    console = screen(sys.stderr)
    if len(items) < many or not console.is_terminal:
        return items
    return track(items, description=description, console=console, transient=True)


def show(console: Console, what: RenderableType, *, whole_lines: bool = False) -> None:
    """Print *what*; ``whole_lines`` are not folded. Away from a terminal no line ends in blanks: files keep them."""
    options: dict[str, Any] = {"soft_wrap": True} if whole_lines else {}
    if console.is_terminal:
        console.print(what, **options)
        return
    with console.capture() as captured:
        console.print(what, **options)
    console.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


@contextmanager
def progress(size: int, lang: Language) -> Iterator[Callable[[int], None]]:
    """A bar over *size* bytes: what it gives is to be told of each that is done. Away from a terminal there is none."""
    console = screen(sys.stderr)
    if not console.is_terminal:
        yield _unseen
        return
    layout = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*layout, console=console, transient=True) as bar:
        task = bar.add_task(say(lang, "scoring-forms"), total=size or None)
        yield lambda done: bar.advance(task, done)


def _unseen(done: int) -> None:
    """Nobody is looking."""
