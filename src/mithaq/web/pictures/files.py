"""Pictures to take away: as SVG from here; a page makes a PNG of one by itself (``static/picture.js``)."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.responses import Response

FORM = "svg"


def picture_file(svg: str, form: str, name: str) -> Response:
    """The picture as a download; raises 404 for a form other than ``svg``. *name* is of ASCII letters."""
    if form != FORM:
        raise HTTPException(404, f"There are no pictures of the form {form!r}: take svg.")
    return Response(
        svg.encode(),
        media_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )
