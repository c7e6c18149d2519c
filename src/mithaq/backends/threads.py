"""A function over many items by several threads, in order: for backends that wait for a server."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


def in_threads(function: Callable[[In], Out], items: Iterable[In], threads: int) -> Iterator[Out]:
    """``function(item)`` of each item, in order, *threads* of them at once; twice as many are taken ahead.

    What the function raises is raised here, and what has not begun is given up, as when the iterator is closed. The
    threads don't keep the process alive: an executor's would, and whoever interrupts a run does not want to wait for
    a server that is silent.
    """
    todo: SimpleQueue[tuple[In, Future[Out]] | None] = SimpleQueue()
    for number in range(threads):
        Thread(target=_work, args=(function, todo), name=f"mithaq-{number}", daemon=True).start()
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            future: Future[Out] = Future()
            waiting.append(future)
            todo.put((item, future))
            if len(waiting) >= 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        for _ in range(threads):
            todo.put(None)


def _work(function: Callable[[In], Out], todo: SimpleQueue[tuple[In, Future[Out]] | None]) -> None:
    while (task := todo.get()) is not None:
        item, future = task
        if future.set_running_or_notify_cancel():
            try:
                result = function(item)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
