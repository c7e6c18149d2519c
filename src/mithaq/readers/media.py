"""What servers say of what they send."""

from __future__ import annotations

from email.message import Message


def media_type(value: str) -> tuple[str, str | None]:
    """The media type and charset of a ``Content-Type``; the type is empty if there is none."""
    header = Message()
    header["Content-Type"] = " ".join(value.split())
    charset = header.get_param("charset")
    return header.get_content_type() if value.strip() else "", charset if isinstance(charset, str) else None
