"""The plug-ins that are installed: entry points of the group ``mithaq``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

GROUP = "mithaq"
SWITCH = "MITHAQ_PLUGINS"
"""The environment variable that turns plug-ins off; processes that mithaq starts see it too."""
_OFF = ("off", "0", "no", "none")
_HEADING = f"[{GROUP}]".encode()
_KINDS = (".dist-info", ".egg-info")


class Found(NamedTuple):
    """A plug-in before it is loaded: its name, and the distribution that brings it."""

    name: str
    load: Callable[[], object]
    distribution: str
    version: str
    builtin: bool = False


def built_in() -> Found:
    """mithaq's own tables, as a plug-in."""
    module = import_module("mithaq.plugins.builtin")
    return Found("builtin", lambda: module, "mithaq", module.VERSION, True)


def wanted() -> bool:
    """Whether plug-ins of other distributions are loaded."""
    return os.environ.get(SWITCH, "").strip().lower() not in _OFF


def turn_off() -> None:
    """Load no plug-in of another distribution in this process from now on, and in those that it starts."""
    os.environ[SWITCH] = _OFF[0]


def find() -> list[Found]:
    """The plug-ins of other distributions, by name; nothing of them is imported.

    ``importlib.metadata`` takes some 50 ms to read what every installed distribution says of itself; so it is only
    asked where a look at the files (3 ms for 200 distributions) has found the group.
    """
    if not wanted() or not any(_with_plugins()):
        return []
    from importlib.metadata import entry_points

    found = [
        Found(point.name, point.load, point.dist.name if point.dist else "?", point.dist.version if point.dist else "")
        for point in entry_points(group=GROUP)
    ]
    return sorted(found, key=lambda f: (f.name, f.distribution))


def _with_plugins() -> Iterator[str]:
    """The folders of the distributions on ``sys.path`` whose entry points have the group."""
    for folder in sys.path:
        try:
            entries = os.scandir(folder or ".")
        except OSError:  # not there, or no folder: distributions in zip files have no plug-ins
            continue
        with entries:
            for entry in entries:
                if entry.name.endswith(_KINDS) and _HEADING in _entry_points(entry.path):
                    yield entry.path


def _entry_points(folder: str) -> bytes:
    try:
        with open(os.path.join(folder, "entry_points.txt"), "rb") as file:
            return file.read()
    except OSError:
        return b""
