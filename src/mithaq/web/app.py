"""The application: its parts, and what becomes of errors."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from mithaq import __version__
from mithaq.errors import MithaqError, QueryError, StoreError
from mithaq.store.database import Database
from mithaq.web.addresses import refuse_nul
from mithaq.web.pages import error_page, explain
from mithaq.web.routes import ROUTERS
from mithaq.web.security import guard
from mithaq.web.settings import Settings

_FONTS = {"fonts": "fontpkg_ibm_plex_sans_arabic"}


def create_app(database: Database, settings: Settings | None = None) -> FastAPI:
    """The reading room on *database*, as an ASGI application."""
    app = FastAPI(
        title="mithaq", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.database = database
    app.state.settings = settings or Settings()
    app.middleware("http")(refuse_nul)
    app.middleware("http")(guard(app.state.settings))
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("mithaq.web") / "static")), name="static")
    for name, package in _FONTS.items():
        app.mount(f"/{name}", StaticFiles(directory=Path(str(files(package))) / "files"), name=name)
    app.exception_handler(MithaqError)(_ours)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)
    return app


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MithaqError)
    status = 404 if isinstance(error, QueryError) and "nothing has the id" in error.message else 400
    return explain(request, error, 503 if isinstance(error, StoreError) else status)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return error_page(request, error.status_code, str(error.detail))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0] if error.errors() else {"loc": (), "msg": "?"}
    where = ".".join(str(part) for part in first["loc"] if part not in ("query", "body", "path"))
    return error_page(request, 422, f"{where}: {first['msg']}")
