"""Work on many things at once: in processes, a chunk at a time, the order kept and no more in memory than needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: So many chunks wait for each process: it never idles, and memory does not grow with the whole.
_AHEAD: Final = 3


def spread(work: Callable[[T], R], items: Iterable[T], *, jobs: int = 1, chunk: int = 16) -> Iterator[R]:
    """What *work* makes of each of *items*, in their order; with *jobs* above 1 in so many processes.

    *work* must then be a function that another process can import, and items and results such as can be pickled.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    waiting: deque[Future[list[R]]] = deque()
    source = iter(items)
    # A fresh interpreter: forking a program that has threads may hang it.
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        try:
            while True:
                while len(waiting) < jobs * _AHEAD and (part := list(islice(source, chunk))):
                    waiting.append(pool.submit(_each, work, part))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()


def _each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [work(item) for item in items]
