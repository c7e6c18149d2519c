"""The application: its parts, and what becomes of errors."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from mithaq import __version__
from mithaq.errors import ConflictError, MithaqError, QueryError, StoreError
from mithaq.store.database import Database
from mithaq.web.access import enter, login_address
from mithaq.web.addresses import refuse_nul
from mithaq.web.background import Background
from mithaq.web.body_limit import BodyLimit
from mithaq.web.login_limit import LoginLimit
from mithaq.web.pages import error_page, explain, is_api, labels_of
from mithaq.web.routes import ROUTERS
from mithaq.web.security import guard
from mithaq.web.settings import Settings

_LOG = logging.getLogger("mithaq.web")
_FONTS = {"fonts": "fontpkg_ibm_plex_sans_arabic"}


def create_app(database: Database, settings: Settings | None = None) -> FastAPI:
    """The reading room on *database*, as an ASGI application."""
    app = FastAPI(
        title="mithaq",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.database = database
    app.state.settings = settings or Settings()
    app.state.login_limit = LoginLimit()
    app.state.background = Background(database, app.state.settings)
    app.add_middleware(BodyLimit, settings=app.state.settings)
    app.middleware("http")(refuse_nul)
    app.middleware("http")(guard(app.state.settings, _admit, _failed))
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("mithaq.web") / "static")), name="static")
    for name, package in _FONTS.items():
        app.mount(f"/{name}", StaticFiles(directory=Path(str(files(package))) / "files"), name=name)
    app.exception_handler(MithaqError)(_ours)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """What runs beside the pages ends with them."""
    yield
    await run_in_threadpool(app.state.background.stop)


async def _admit(request: Request) -> Response | None:
    """The answer for those who may not see what they ask for, ``None`` if they may."""
    lacking = await enter(request, request.app.state.settings)
    if lacking and request.state.user is None:
        if request.url.path.startswith("/api/"):
            return error_page(request, 401, "Log in first.", "The reading room has accounts.")
        return RedirectResponse(login_address(request), 303)
    if lacking:
        t = labels_of(request)
        return error_page(request, 403, t("not_allowed"), t("not_allowed_hint", role=t(f"role_{lacking}")))
    return None


def _failed(request: Request, error: Exception) -> Response:
    """A mistake of ours: it goes to the log, and nothing of it to the page."""
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    if not hasattr(request.state, "user"):
        return PlainTextResponse("Something went wrong.\n", 500)
    t = labels_of(request)
    return error_page(request, 500, t("our_mistake"), t("our_mistake_hint"))


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MithaqError)
    status = 404 if isinstance(error, QueryError) and "nothing has the id" in error.message else 400
    if isinstance(error, ConflictError):
        status = 409
    return explain(request, error, 503 if isinstance(error, StoreError) else status)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = str(error.detail)
    if not is_api(request) and detail == _phrase(error.status_code):  # it says no more than the number does
        detail = labels_of(request)({404: "no_such_page", 405: "no_such_form"}.get(error.status_code, "went_wrong"))
    return error_page(request, error.status_code, detail)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0] if error.errors() else {"loc": (), "msg": "?"}
    where = ".".join(str(part) for part in first["loc"] if part not in ("query", "body", "path"))
    if is_api(request):
        return error_page(request, 422, f"{where}: {first['msg']}")
    t = labels_of(request)
    return error_page(request, 422, t("bad_parameter", name=t.isolate(where)), t("bad_parameter_hint"))


def _phrase(status: int) -> str:
    return next((known.phrase for known in HTTPStatus if known == status), "")
