"""Parsers of markup and documents run in a process of their own, with a limit to its memory and to its time.

Their libraries take a page of 2 MB with 200,000 attributes for minutes, and unpack whatever a PDF holds. Limits on the
input's size alone would have to be so low that real files fell under them. One process serves all calls; it is started
at the first, and ended and replaced when it takes too long. It goes when its parent goes, however that ends.

Requests and answers are a line of JSON each, followed by the bytes that the line counts.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import IO, Any

from mithaq.errors import InputError
from mithaq.readers.items import Made, Unmade
from mithaq.readers.limits import PARSER_MEMORY

_PARSERS = "mithaq.readers.parsers."
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from mithaq.readers.confined import serve; serve()"
_PATIENCE = 3
"""How many times its share of computing time a parser may take by the clock, since others use the machine too."""
_DAMAGED = "save it again with another program, or give its text"


def parse(parser: str, data: bytes, seconds: int, **options: str | None) -> list[Made | Unmade]:
    """What ``mithaq.readers.parsers.PARSER.parse(data, **options)`` gives; raises :class:`~mithaq.errors.InputError`.

    Also if it takes more than *seconds* of computing, or more memory than ``PARSER_MEMORY``.
    """
    with _LOCK:
        return _server().ask(parser, data, seconds, options)


class _Server:
    """The process, and the pipes to it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},  # the others reserve more than they may have
        )

    def ask(self, parser: str, data: bytes, seconds: int, options: dict[str, str | None]) -> list[Made | Unmade]:
        assert self._process.stdin
        assert self._process.stdout
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(_PATIENCE * seconds, end)
        timer.start()
        try:
            _write(self._process.stdin, {"parser": parser, "seconds": seconds, "options": options}, data)
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            timer.cancel()
        if not answer.endswith(b"\n"):
            self.end()
            if late.is_set() or self._process.returncode == -getattr(signal, "SIGXCPU", 0):
                raise InputError(f"reading it takes more than {seconds} seconds", _DAMAGED)
            raise InputError("reading it ended the process that did it", _DAMAGED)
        return _answer(json.loads(answer))

    def alive(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def end(self) -> None:
        if self.owner != os.getpid():  # a fork's copy: the process is the parent's
            self._process.returncode = 0
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe
                pipe.close()
            return
        self._process.kill()
        self._process.communicate()


def serve() -> None:
    """What the process does: answer until its parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end closes the pipe
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_memory()
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        _limit_time(request["seconds"])
        answers.write(json.dumps(_run(request["parser"], data, request["options"])).encode() + b"\n")
        answers.flush()


def _run(parser: str, data: bytes, options: dict[str, str | None]) -> dict[str, Any]:
    try:
        module = importlib.import_module(_PARSERS + parser)
        items: list[Made | Unmade] = module.parse(data, **options)
        return {"items": [{"made": isinstance(i, Made), **asdict(i)} for i in items]}
    except InputError as error:
        return {"error": [error.message, error.hint]}
    except MemoryError:
        return {"error": [f"reading it takes more than {PARSER_MEMORY >> 20} MB of memory", _DAMAGED]}
    except Exception as error:  # whatever a library raises over bytes that it did not expect costs only them
        return {"error": [f"damaged, or not what it seems: {type(error).__name__}: {str(error)[:200]}", _DAMAGED]}


def _answer(answer: dict[str, Any]) -> list[Made | Unmade]:
    if "error" in answer:
        raise InputError(*answer["error"])
    found: list[Made | Unmade] = []
    for item in answer["items"]:
        if item.pop("made"):
            found.append(Made(**(item | {"notes": tuple(item["notes"])})))
        else:
            found.append(Unmade(**item))
    return found


def _write(pipe: IO[bytes], head: dict[str, Any], data: bytes) -> None:
    pipe.write(json.dumps(head | {"size": len(data)}).encode() + b"\n")
    pipe.write(data)
    pipe.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits: time and the size of the input bound it there
        return
    resource.setrlimit(resource.RLIMIT_AS, (PARSER_MEMORY, PARSER_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    """End in a while even if the parent is killed and cannot say so."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, hard))


_LOCK = threading.Lock()
_SERVERS: list[_Server] = []
"""None or one."""


def _server() -> _Server:
    if _SERVERS and not _SERVERS[0].alive():
        _SERVERS.pop().end()
    if not _SERVERS:
        _SERVERS.append(_Server())
    return _SERVERS[0]


def _end_all() -> None:
    while _SERVERS:
        _SERVERS.pop().end()


def _after_fork() -> None:
    global _LOCK
    _LOCK = threading.Lock()
    _end_all()


atexit.register(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
