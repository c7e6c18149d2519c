"""A function over many items by several processes, in order; a worker that dies costs only the item that killed it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

_CHUNK = 8
"""Items a worker takes at once: enough to keep it busy, few enough to keep what is in flight small."""
_AHEAD = 6
"""Chunks waiting for each worker: enough to go on with while the results of the last ones are stored."""


@dataclass(frozen=True, slots=True)
class Crash(Generic[In]):
    """An item on which the worker process died, twice."""

    item: In


def in_order(function: Callable[[In], Out], items: Iterable[In], jobs: int) -> Iterator[Out | Crash[In]]:
    """``function(item)`` of each item, in order, by *jobs* processes; with one job in this process.

    The function must be importable and must not raise. Memory is bounded by what is in flight. A pool is only started
    for more items than fit in one chunk. Closing the iterator ends the workers.
    """
    source = iter(items)
    first = list(islice(source, _CHUNK + 1)) if jobs > 1 else []
    if len(first) <= _CHUNK:
        yield from map(function, first)
        yield from map(function, source)
        return
    chunks = _chunks(first, source)
    pool = _Pool(function, jobs)
    waiting: deque[tuple[list[In], Future[list[Out]]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (chunk := next(chunks, None)):
                waiting.append((chunk, pool.submit(chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.renew()
                yield from _one_by_one(pool, chunk)
                waiting = deque((other, pool.submit(other)) for other, _ in waiting)
    finally:
        pool.end()


def _chunks(first: list[In], rest: Iterator[In]) -> Iterator[list[In]]:
    yield first
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _one_by_one(pool: _Pool[In, Out], chunk: list[In]) -> Iterator[Out | Crash[In]]:
    """The worker may have died of something else (out of memory, killed): only who kills a second one is to blame."""
    for item in chunk:
        try:
            yield from pool.submit([item]).result()
        except BrokenProcessPool:
            pool.renew()
            yield Crash(item)


class _Pool(Generic[In, Out]):
    """Processes that can be replaced when one of them dies."""

    def __init__(self, function: Callable[[In], Out], jobs: int) -> None:
        self._function = function
        self._jobs = jobs
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Started afresh rather than forked: a fork would take over locks and database connections.
        return ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=prepare_worker, initargs=(os.getpid(),)
        )

    def submit(self, chunk: list[In]) -> Future[list[Out]]:
        try:
            return self._executor.submit(_map, self._function, chunk)
        except BrokenProcessPool:
            self.renew()
            return self._executor.submit(_map, self._function, chunk)

    def renew(self) -> None:
        self.end()
        self._executor = self._start()

    def end(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


def _map(function: Callable[[In], Out], chunk: list[In]) -> list[Out]:
    return [function(item) for item in chunk]


def collect_less() -> None:
    """Have Python look for cyclic garbage seldom: reading makes many objects that stay (look-ups of words), few cycles.

    A run over many reports spends a fifth of its time on it otherwise.
    """
    gc.set_threshold(100_000, 50, 100)


def prepare_worker(parent: int) -> None:
    """Set up a process that works for the process of the id *parent*, and ends when that ends."""
    collect_less()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us; it ends us in order
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


def _die_with(parent: int) -> None:
    """A killed parent cannot end its workers; they would wait for it for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
