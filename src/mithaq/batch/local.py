"""The engine of this machine: processes that take one piece after the other, and are replaced when they die.

This process only cuts the input; the workers read, and write the files themselves. A worker's death costs the time its
shard took so far, and nothing of what the others do.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from mithaq.batch.cutting import cut, large
from mithaq.batch.shards import Done, Job, Piece, Whole
from mithaq.batch.work import found_done, work
from mithaq.errors import MithaqError, RunError
from mithaq.workers import prepare_worker

_MANY = 4
"""Large inputs for each worker from which on each is cut by the worker that reads it."""
_PATIENCE = 60
"""Workers that die one after the other without one shard done, until the run gives up."""


def pieces_for(inputs: Sequence[str], job: Job, jobs: int) -> Iterator[Piece]:
    """The inputs as :func:`run_local` likes them: large ones whole if there are enough for all workers."""
    return cut(inputs, job, hold=True, whole=large(inputs, job) >= _MANY * jobs)


def run_local(given: Iterable[Piece], job: Job, jobs: int) -> Generator[Done]:
    """Every shard of what is *given*, as it is written, by *jobs* processes; it is taken as they need it.

    Raises :class:`~mithaq.errors.RunError`, :class:`OSError`. Closing the iterator ends the workers.
    """
    pieces = _Pieces(given, job, jobs)
    crew = _Crew(job, jobs)
    retry: deque[Piece] = deque()
    deaths = 0
    try:
        while True:
            while retry and crew.has_room():
                crew.idle().take(retry.popleft())
            wanted = not pieces.ended and crew.has_room()
            busy = crew.busy()
            if not busy and not wanted:
                return
            for ready in wait([*(w.connection for w in busy), *([pieces.bell] if wanted else [])]):
                if ready is pieces.bell:
                    found = pieces.get()
                    if isinstance(found, Done):
                        yield found
                    elif found is not None:
                        crew.idle().take(found)
                    continue
                worker = next(w for w in busy if w.connection is ready)
                answer = worker.answer()
                if isinstance(answer, Done):
                    deaths = 0
                    yield answer
                elif answer is _DIED:
                    deaths += 1
                    retry.append(crew.replace(worker))
                    if deaths >= _PATIENCE:
                        raise RunError(
                            "the worker processes keep dying",
                            "each needs about 500 MB of memory: try fewer with --jobs; the same command goes on",
                        )
                elif isinstance(answer, Exception):
                    raise answer
    finally:
        pieces.stop()
        crew.end()


_DIED = object()


class _Worker:
    """A process, the pipe to it, and what it is at."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, job, os.getpid()), daemon=True)
        self.process.start()
        theirs.close()
        self.piece: Piece | None = None

    def take(self, piece: Piece) -> None:
        self.piece = piece
        with suppress(OSError):  # it died while idle: its answer will say so
            self.connection.send(piece)

    def answer(self) -> Any:
        """A :class:`Done`, an exception, ``_DIED``, or ``None`` when its piece is finished."""
        try:
            found = self.connection.recv()
        except (EOFError, OSError):
            return _DIED
        if found is None:
            self.piece = None
        return found

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Crew:
    """The workers; they are started when there is something to do."""

    def __init__(self, job: Job, jobs: int) -> None:
        self._job = job
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def has_room(self) -> bool:
        return len(self.busy()) < self._jobs

    def idle(self) -> _Worker:
        """One that has nothing to do, started if need be."""
        found = next((w for w in self._workers if w.piece is None), None)
        if found is None:
            self._workers.append(found := _Worker(self._job))
        return found

    def busy(self) -> list[_Worker]:
        return [w for w in self._workers if w.piece is not None]

    def replace(self, worker: _Worker) -> Piece:
        """Take a dead worker out; what it was at."""
        self._workers.remove(worker)
        worker.end()
        assert worker.piece is not None
        return worker.piece

    def end(self) -> None:
        for worker in self._workers:
            worker.end()


class _Pieces:
    """What is to be done, cut ahead by a thread: parsing a large page archive must not keep workers waiting.

    *bell* can be waited for together with the workers' pipes; each ring is one :meth:`get`.
    """

    def __init__(self, given: Iterable[Piece], job: Job, ahead: int) -> None:
        self.ended = False
        self.bell, self._ring = multiprocessing.Pipe(duplex=False)
        self._queue: queue.Queue[Piece | Done | Exception | None] = queue.Queue(ahead)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._cut, args=(given, job), daemon=True)
        self._thread.start()

    def get(self) -> Piece | Done | None:
        """The next piece, or what is found to be done; ``None`` at the end. Raises what cutting raised."""
        self.bell.recv_bytes()
        found = self._queue.get()
        self.ended = found is None
        if isinstance(found, Exception):
            raise found
        return found

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()
        self.bell.close()
        self._ring.close()

    def _cut(self, given: Iterable[Piece], job: Job) -> None:
        try:
            for piece in given:
                done = None if isinstance(piece, Whole) else found_done(piece, job)
                if not self._put(done or piece):
                    return
            self._put(None)
        except Exception as error:
            self._put(error)

    def _put(self, item: Piece | Done | Exception | None) -> bool:
        """False if nobody wants it any more."""
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._queue.put(item, timeout=0.2)
                self._ring.send_bytes(b"")
                return True
        return False


def _serve(connection: Connection, job: Job, parent: int) -> None:
    """What a worker does until its parent closes the pipe."""
    prepare_worker(parent)
    while True:
        try:
            piece = connection.recv()
        except EOFError:
            return
        try:
            for done in work(piece, job):
                connection.send(done)
            connection.send(None)
        except (MithaqError, OSError) as error:
            connection.send(error)
        except Exception as error:
            connection.send(RunError(f"internal error: {type(error).__name__}: {error}", "please report it"))
