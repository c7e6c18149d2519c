"""One of everything that a plug-in can give to mithaq.

This module is what the entry point names. It is imported as soon as mithaq needs any plug-in, so it imports little;
each hook imports what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from mithaq.plugins.hookspecs import hookimpl

if TYPE_CHECKING:
    from mithaq.export import Export
    from mithaq.lexicon.packs import Pack
    from mithaq.pipeline import Stage
    from mithaq.plugins.backends import Make
    from mithaq.readers.formats import Format

MITHAQ_API = 1
"""The version of the hooks that this plug-in is made for."""


@hookimpl
def mithaq_formats() -> Iterable[Format]:
    """E-mails."""
    from mithaq.readers.formats import Format
    from mithaq_sample import mail

    return [Format("mail", mail.recognises, mail.read)]


@hookimpl
def mithaq_stages() -> Iterable[Stage]:
    """Runs as soon as the provisions and the attributions that they stand on are there."""
    from mithaq.pipeline import Stage
    from mithaq_sample.joint_statements import LAYER, find_joint_statements

    return [Stage(find_joint_statements, needs=("provisions", "attributions"), gives=(LAYER,))]


@hookimpl
def mithaq_backends() -> Mapping[str, Make]:
    """A reader of the first paragraphs."""
    from mithaq_sample.lead import make

    return {"lead": make}


@hookimpl
def mithaq_exporters() -> Mapping[str, Export]:
    """A table in Markdown."""
    from mithaq.export import Export
    from mithaq_sample.markdown import write_markdown

    return {"markdown": Export("a table in Markdown, one row a commitment", write_markdown, ".md")}


@hookimpl
def mithaq_lexicon() -> Iterable[Pack]:
    """Entries for the lexicon, in files of its own names."""
    from mithaq.lexicon.packs import Pack

    return [Pack("sample", files("mithaq_sample") / "lexicon")]


@hookimpl
def mithaq_commands() -> Mapping[str, str]:
    """A command, by the name of its function: it is imported when it is asked for."""
    return {"voices": "mithaq_sample.voices:voices_command"}
