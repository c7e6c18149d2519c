"""Add reports: pasted text, files, and a sample to begin with. They are read beside the pages."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from mithaq.errors import InputError, MithaqError, QueryError
from mithaq.model import Report
from mithaq.query.reports import outlets
from mithaq.readers import Defaults, Located, Place, SetAside, read_reports
from mithaq.readers.jsonl import checked_text, parse_date
from mithaq.store.known import hash_of
from mithaq.web.access import user_of
from mithaq.web.background import Job
from mithaq.web.pages import background_of, database_of, form_of, labels_of, page, settings_of

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(form_of)]
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_NAME = 100
_LENGTHS = {"title": 500, "outlet": 200, "url": 2000}
SAMPLE = {"id": "sample", "outlet": "البريد اليومي", "published": "2019-03-04"}


@router.get("/add")
def add_page(request: Request) -> Response:
    """The forms."""
    return _page(request)


@router.post("/add")
def send(request: Request, form: Form) -> Response:
    """Begin to read what was sent, and show how it goes."""
    uploads = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    fields = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    try:
        job = _of_files(request, uploads, fields) if uploads else _of_text(request, fields)
    except MithaqError as error:
        return _page(request, error, fields)
    return RedirectResponse(f"/add/{job.id}", 303)


@router.post("/add/sample")
def sample(request: Request, form: Form) -> Response:
    """Read the sample report; it is short enough to wait for."""
    del form  # that it is one of ours is all it says
    text = (files("mithaq") / "data" / "sample.txt").read_text("utf-8")
    title, _, body = text.partition("\n\n")
    report = Report(
        body.strip(), SAMPLE["id"], SAMPLE["outlet"], title=title.strip(), published=parse_date(SAMPLE["published"])
    )
    job = background_of(request).add(lambda: [Located(Place("sample.txt"), report)], user_of(request).name)
    return RedirectResponse(f"/add/{job.id}", 303)


@router.get("/add/{id}")
def job_page(request: Request, id: str) -> Response:
    """How it goes, and what became of it."""
    return page(request, "add_job.html", job=_job(request, id))


@router.get("/add/{id}/state")
def job_state(request: Request, id: str) -> Response:
    """The same for scripts."""
    return JSONResponse(_job(request, id).to_dict(), headers={"Cache-Control": "no-store"})


def _page(request: Request, error: MithaqError | None = None, values: dict[str, str] | None = None) -> Response:
    with database_of(request).read() as connection:
        names = outlets(connection)
    return page(
        request,
        "add.html",
        400 if error else 200,
        error=error,
        values=values or {},
        outlets=names,
        jobs=background_of(request).jobs(),
        limit=f"{settings_of(request).upload_bytes / 1e6:g}",
    )


def _job(request: Request, id: str) -> Job:
    job = background_of(request).job(id)
    if job is None:
        raise QueryError(f"nothing has the id {id[:40]!r}", "the reading room forgets what was added when it is closed")
    return job


def _of_text(request: Request, fields: dict[str, str]) -> Job:
    for name, most in _LENGTHS.items():
        if len(fields.get(name, "")) > most:
            t = labels_of(request)
            raise InputError(t("too_long", name=t(f"cell_{name}")), f"{most:,}")
    text = checked_text(fields.get("text", "").replace("\r\n", "\n"))
    report = Report(
        text,
        f"pasted-{hash_of(text)[:10]}",
        fields.get("outlet") or None,
        fields.get("url") or None,
        fields.get("title") or None,
        parse_date(fields.get("published")),
    )
    where = Place(labels_of(request)("pasted_text"))
    return background_of(request).add(lambda: [Located(where, report, own_id=False)], user_of(request).name)


def _of_files(request: Request, uploads: list[UploadFile], fields: dict[str, str]) -> Job:
    parse_date(fields.get("published"))
    defaults = Defaults(fields.get("outlet") or None, fields.get("published") or None)
    folder = Path(tempfile.mkdtemp(prefix="mithaq-upload-"))
    try:
        kept = [_keep(upload, folder / str(n)) for n, upload in enumerate(uploads)]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    limit = settings_of(request).unpacked_bytes
    return background_of(request).add(lambda: _read(kept, defaults, limit), user_of(request).name, folder)


def _keep(upload: UploadFile, folder: Path) -> Path:
    """Write an upload into a folder of its own, under a name that is only a name: no path of the sender's counts."""
    folder.mkdir()
    path = folder / safe_name(upload.filename or "")
    with path.open("wb") as file:
        shutil.copyfileobj(upload.file, file, _CHUNK)
    return path


def safe_name(given: str) -> str:
    """The last part of a file's name without what shells, paths and pages would mind; its ending stays."""
    name = PurePosixPath(given.replace("\\", "/")).name
    name = "".join(c for c in name if c.isprintable() and c not in '/:*?"<>|').strip(" .")
    return name[-_NAME:] or "upload"


def _read(paths: list[Path], defaults: Defaults, limit: int) -> Iterator[Located | SetAside]:
    for path in paths:
        if _unpacked(path, limit) > limit:
            message = f"it is larger than {limit / 1e6:g} MB when its gzip is undone"
            yield SetAside(Place(path.name), InputError(message, "add it with the command line: mithaq add FILE"))
            continue
        yield from _named(read_reports([str(path)], defaults), path.name)


def _named(found: Iterable[Located | SetAside], name: str) -> Iterator[Located | SetAside]:
    """With places that name the file as it was sent, not where it lay meanwhile."""
    for item in found:
        yield replace(item, place=replace(item.place, file=name))


def _unpacked(path: Path, limit: int) -> int:
    """How many bytes a file holds when its gzip is undone, counted up to a little over *limit*."""
    with path.open("rb") as file:
        if file.read(len(_GZIP)) != _GZIP:
            return path.stat().st_size
    count = 0
    try:
        with gzip.open(path) as unpacked:
            while count <= limit and (chunk := unpacked.read(_CHUNK)):
                count += len(chunk)
    except (OSError, EOFError, zlib.error):
        return 0  # the reader says what is wrong with it
    return count
