"""``mithaq serve``: the reading room."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli.output import complain
from mithaq.cli.store_options import DbOption, opened
from mithaq.errors import MithaqError


def serve_command(
    db: DbOption = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; others than loopback need accounts.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Where to listen.")] = 8700,
) -> None:
    """Open the reading room: web pages on the database, for reading, checking and correcting.

        mithaq serve --db news.db

    It listens on this machine only, unless --host says otherwise.
    """
    try:
        import uvicorn

        from mithaq.web.app import create_app
    except ImportError as error:
        raise MithaqError(f"the reading room needs {error.name}", "pip install 'mithaq[web]'") from error
    database = opened(db, create=True)
    complain(f"reading room: http://{host}:{port}/ (Ctrl-C ends it)")
    uvicorn.run(create_app(database), host=host, port=port, log_level="warning")
