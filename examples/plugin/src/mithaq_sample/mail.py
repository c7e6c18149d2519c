"""An e-mail (RFC 5322): one report, its plain text."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parseaddr, parsedate_to_datetime

from mithaq.readers.items import Made
from mithaq.readers.limits import MAX_BYTES
from mithaq.readers.sources import Item, Source

_FIRST = (b"return-path:", b"delivered-to:", b"received:", b"from:", b"date:", b"subject:", b"message-id:", b"mime-ver")


def recognises(source: Source) -> bool:
    """By the first bytes: a header that mails begin with, and a sender and a subject further on."""
    head = b"\n" + source.head().lower()
    return head[1:].startswith(_FIRST) and b"\nfrom:" in head and b"\nsubject:" in head


def read(source: Source) -> Iterator[Item]:
    """The one report; a mail without plain text is set aside."""
    data = source.whole(MAX_BYTES, "the mail", "save it without its attachments")
    mail = message_from_bytes(data, policy=policy.default)
    body = mail.get_body(("plain",))
    if body is None:
        yield source.aside("the mail holds no plain text", "save its text, or the page that it holds")
        return
    name, address = parseaddr(str(mail["From"]))
    sent = parsedate_to_datetime(str(mail["Date"])) if mail["Date"] else None
    made = Made(
        body.get_content(),
        id=str(mail["Message-ID"]).strip(" <>") if mail["Message-ID"] else None,
        title=str(mail["Subject"]),
        outlet=name or address,
        published=sent.date().isoformat() if sent else None,
    )
    yield source.located(made, data)
