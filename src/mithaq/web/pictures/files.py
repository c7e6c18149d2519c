"""Pictures to take away."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.responses import Response

from mithaq.web.pictures.svg import png

_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def picture_file(svg: str, form: str, name: str) -> Response:
    """The picture as a download in ``svg`` or ``png``; raises 404 for another form. *name* is of ASCII letters."""
    if form not in _KINDS:
        raise HTTPException(404, f"There are no pictures of the form {form!r}: take svg or png.")
    content = png(svg) if form == "png" else svg.encode()
    return Response(
        content, media_type=_KINDS[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )
