"""Progress bars on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from perfeval.report.console.screen import screen
from perfeval.text.messages import Language, say


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
