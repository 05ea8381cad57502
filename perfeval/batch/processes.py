"""Ordered work in several processes with a bounded queue."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: So many chunks wait for each process.
AHEAD: Final = 3


def in_order(
    work: Callable[[T], R], items: Iterable[T], jobs: int, begin: Callable[..., None], *settings: Any
) -> Iterator[tuple[T, R]]:
    """*work* on each of *items* in *jobs* processes, which have begun with *settings*; only a few wait at once."""
    waiting: deque[tuple[T, Future[R]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=begin, initargs=settings) as pool:
        try:
            for item in items:
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) >= AHEAD * jobs:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """*items* in lists of *size*; the last may be shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def spread(work: Callable[[T], R], items: Iterable[T], *, jobs: int = 1, size: int = 16) -> Iterator[R]:
    """Apply *work* to each of *items*, in order; with *jobs* above 1 in that many processes.

    *work* must then be a function that another process can import, and items and results such as can be pickled.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    for _, found in in_order(_each, chunks(items, size), jobs, _begin, work):
        yield from found


_works: list[Callable[[Any], Any]] = []


def _begin(work: Callable[[Any], Any]) -> None:
    _works[:] = [work]


def _each(items: Sequence[Any]) -> list[Any]:
    (work,) = _works
    return [work(item) for item in items]
