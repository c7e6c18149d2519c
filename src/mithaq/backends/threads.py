"""A function over many items by several threads, in order: for backends that wait for a server."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


def in_threads(function: Callable[[In], Out], items: Iterable[In], threads: int) -> Iterator[Out]:
    """``function(item)`` of each item, in order, *threads* of them at once; twice as many are taken ahead.

    What the function raises is raised here, and what has not begun is given up, as when the iterator is closed.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix="mithaq")
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
