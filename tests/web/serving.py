"""A reading room that runs while a test does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from mithaq.store.database import Database
from mithaq.web.app import create_app
from mithaq.web.settings import Settings


@contextmanager
def serving(database: Database, settings: Settings | None = None) -> Iterator[str]:
    """The address of a reading room on *database*, on a free port of this machine, in a thread."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(database, settings), host="127.0.0.1", port=0, log_level="warning", lifespan="on")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        thread.join(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
