"""Plug-ins for tests: modules in memory, and distributions in a folder as pip leaves them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from mithaq.plugins.found import Found
from mithaq.plugins.hookspecs import hookimpl

TEXT = "قال وزير النقل المصري سالم ناصر إن بلاده ترحب بالزيارة."


def plugin(name: str, *, version: str = "1.0", distribution: str = "", **hooks: Any) -> Found:
    """A plug-in whose hooks give what *hooks* hold; a function is the hook itself."""
    made = {hook: hookimpl(given if callable(given) else _giving(given)) for hook, given in hooks.items()}
    module = ModuleType(f"made_{name}")
    vars(module).update(made)
    return Found(name, lambda: module, distribution or f"dist-{name}", version)


def _giving(value: Any) -> Callable[[], Any]:
    def hook() -> Any:
        return value

    return hook


def install(site: Path, name: str, code: str, *, distribution: str = "", version: str = "1.0") -> None:
    """A distribution with a plug-in *name*, in a folder that is put on the path."""
    distribution = distribution or f"dist_{name}"
    module = f"{distribution}_module"
    site.mkdir(exist_ok=True)
    (site / f"{module}.py").write_text(code, "utf-8")
    info = site / f"{distribution}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[mithaq]\n{name} = {module}\n", "utf-8")


def mithaq(site: Path, *arguments: str, stdin: bytes = b"", **env: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of mithaq with the plug-ins of *site*."""
    path = os.pathsep.join([str(site), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-m", "mithaq", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "MITHAQ_PLUGINS": "on", "PYTHONPATH": path, **env},
        timeout=120,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode(), done.stderr.decode()
