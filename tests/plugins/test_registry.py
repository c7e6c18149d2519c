"""Plug-ins are loaded, asked, and skipped when they fail: each is named once, and nothing else suffers."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from plugin_fixtures import Use
from plugin_making import TEXT, install, mithaq, plugin

from mithaq.backends import BACKENDS
from mithaq.cli.app import COMMANDS, commands
from mithaq.errors import PluginWarning
from mithaq.export import EXPORTS, exports
from mithaq.lexicon.packs import BUILT_IN
from mithaq.lexicon.packs import given as given_packs
from mithaq.pipeline import STAGES, stages
from mithaq.plugins import builtin, hookspecs
from mithaq.plugins import registry as module
from mithaq.plugins.backends import backends
from mithaq.plugins.found import Found, built_in, find
from mithaq.plugins.registry import Registry, hooks
from mithaq.readers.formats import FORMATS, Format, formats

ROOT = Path(__file__).parents[2]


def test_built_in_tables_come_through_the_hooks(use: Use) -> None:
    use()
    assert formats() == FORMATS
    assert stages() == STAGES
    assert exports() == EXPORTS
    assert {name: thing.item for name, thing in commands().items()} == COMMANDS
    assert [thing.item for thing in given_packs()] == [BUILT_IN]
    assert list(backends()) == list(BACKENDS)
    assert [name for name in vars(builtin) if name.startswith("mithaq_")] == hooks()


def test_each_hook_is_documented_and_takes_nothing() -> None:
    page = (ROOT / "docs" / "plugins.md").read_text("utf-8")
    for name in hooks():
        spec = getattr(hookspecs, name)
        assert inspect.getdoc(spec)
        assert not inspect.signature(spec).parameters
        assert f"`{name}`" in page


def test_things_come_by_the_names_of_plugins_after_those_that_are_built_in(use: Use) -> None:
    registry = use(plugin("a", mithaq_formats=["x"]), plugin("b", mithaq_formats=lambda: ["y", "z"]))
    ours = [thing.name for thing in registry.things("mithaq_formats", lambda given: ((str(g), g) for g in given))]
    assert ours[-3:] == ["x", "y", "z"]
    assert len(ours) == len(FORMATS) + 3


def breaks(*_: Any) -> Any:
    raise ValueError("no\nluck")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (Found("bad", breaks, "dist-bad", "1.0"), "ValueError: no luck"),
        (Found("bad", sys.exit, "dist-bad", "1.0"), "SystemExit"),
        (plugin("bad", mithaq_formats=lambda wrong: []), "'wrong'"),
        (plugin("bad", mithaq_format=[]), "there is no hook 'mithaq_format': the hooks are mithaq_formats,"),
        (Found("bad", lambda: object(), "dist-bad", "1.0"), "it gives nothing"),
        (Found("bad", dict, "dist-bad", "1.0"), "unhashable"),
        (plugin("good", distribution="dist-bad", mithaq_formats=[]), "there is one of this name already, of dist-good"),
        (plugin("builtin", distribution="dist-bad", mithaq_formats=[]), "there is one of this name already, of mithaq"),
    ],
    ids=["import", "exit", "signature", "unknown hook", "nothing", "no module", "name", "name of ours"],
)
def test_a_plugin_that_cannot_be_loaded_is_said_once(use: Use, said: list[str], found: Found, reason: str) -> None:
    registry = use(plugin("good", mithaq_formats=[]), found)
    assert [p.name for p in registry.plugins] == ["builtin", "good"]
    assert [p.distribution for p in registry.failures] == ["dist-bad"]
    assert len(said) == 1
    assert "(dist-bad 1.0) is skipped: " in said[0]
    assert reason in said[0]
    assert "\n" not in said[0]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (breaks, "ValueError: no luck"),
        (lambda: 3, "TypeError"),
        (lambda: [3], "TypeError: int is no mithaq.readers.formats.Format"),
        (lambda: [FORMATS[-1]], "there is 'text' already, of plug-in 'builtin' (mithaq"),
        (lambda: [Format("new", breaks, breaks), Format("new", breaks, breaks)], "it gives 'new' twice"),
    ],
    ids=["raises", "no list", "wrong type", "taken", "twice"],
)
def test_a_plugin_that_fails_in_its_hook_is_said_once(use: Use, said: list[str], given: Any, reason: str) -> None:
    registry = use(plugin("bad", mithaq_formats=given, mithaq_backends={"mine": breaks}))
    assert formats() == FORMATS
    assert "mine" not in backends()  # a plug-in that failed once is asked nothing more
    assert [p.name for p in registry.plugins] == ["builtin"]
    assert len(said) == 1
    assert said[0].startswith("plug-in 'bad' (dist-bad 1.0) is skipped: mithaq_formats: ")
    assert reason in said[0]


def test_what_is_made_for_other_hooks_is_not_loaded(use: Use, said: list[str]) -> None:
    old = plugin("old", mithaq_formats=[])
    newer = old.load()
    newer.MITHAQ_API = 2  # type: ignore[attr-defined]
    use(Found("new", lambda: newer, "dist-new", "2.0"))
    assert said == [
        "plug-in 'new' (dist-new 2.0) is skipped: TypeError: it is made for version 2 of the hooks, "
        "and this mithaq has version 1"
    ]


def test_a_mistake_in_our_own_tables_is_not_hidden() -> None:
    registry = Registry([built_in()])
    with pytest.raises(TypeError):
        registry.things("mithaq_formats", lambda given: [(1 + name, name) for name in given])


def test_without_a_listener_it_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LISTENERS", [])
    with pytest.warns(PluginWarning, match="'bad'"):
        Registry([Found("bad", breaks, "dist-bad", "1.0")])


def test_plugins_are_found_on_the_path_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "site", "zeta", "x = 1")
    install(tmp_path / "site", "alpha", "x = 1", version="3.1")
    (tmp_path / "site" / "other-1.0.dist-info").mkdir()
    (tmp_path / "site" / "other-1.0.dist-info" / "entry_points.txt").write_text("[console_scripts]\nx = y:z\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), str(tmp_path / "missing")])
    monkeypatch.setenv("MITHAQ_PLUGINS", "")
    assert [(f.name, f.distribution, f.version) for f in find()] == [
        ("alpha", "dist_alpha", "3.1"),
        ("zeta", "dist_zeta", "1.0"),
    ]
    for off in ("off", "OFF", "0", "no"):
        monkeypatch.setenv("MITHAQ_PLUGINS", off)
        assert find() == []


def test_without_plugins_no_metadata_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_PLUGINS", "")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.setattr("importlib.metadata.entry_points", breaks)
    assert find() == []


def test_importing_mithaq_loads_no_plugin(tmp_path: Path) -> None:
    code = "import sys, mithaq, mithaq.cli.app; print([m for m in sys.modules if 'hookspecs' in m or 'dist_' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout) == []


BROKEN = {
    "gone": "import nowhere_to_be_found",
    "signature": "from mithaq.plugins.hookspecs import hookimpl\n@hookimpl\ndef mithaq_stages(doc): return []",
    "raises": "from mithaq.plugins.hookspecs import hookimpl\n@hookimpl\ndef mithaq_formats(): raise RuntimeError('x')",
    "takes": "from mithaq.plugins.hookspecs import hookimpl\n@hookimpl\ndef mithaq_commands(): return {'read': 'a:b'}",
}
GOOD = """
from mithaq.plugins.hookspecs import hookimpl
@hookimpl
def mithaq_commands():
    return {"good": hello, "bad": broken, "lost": "no_such_module:f"}
def hello(name: str) -> None:
    "Say hello."
    print("hello", name)
def broken() -> None:
    raise RuntimeError("out of\\nluck")
"""


def test_broken_plugins_are_named_once_and_the_rest_works(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, code in BROKEN.items():
        install(site, name, code)
    install(site, "good", GOOD, distribution="a_good")
    install(site, "good", GOOD, distribution="b_good")
    status, out, err = mithaq(site, "plugins")
    assert status == 0
    assert out.count('"kind":"skipped"') == len(BROKEN) + 1
    assert [line.split("'")[1] for line in err.splitlines()] == ["gone", "good", "signature", "raises", "takes"]
    assert "of this name already, of a_good 1.0" in err
    assert mithaq(site, "good", "you")[:2] == (0, "hello you\n")
    status, out, err = mithaq(site, "read", "-", stdin=TEXT.encode())
    assert (status, out.count("\n")) == (0, 1)
    assert sorted({line.split("'")[1] for line in err.splitlines()}) == ["gone", "good", "raises", "signature"]
    for arguments, env in ((("--no-plugins",), {}), ((), {"MITHAQ_PLUGINS": "off"})):
        assert mithaq(site, *arguments, "read", "-", stdin=TEXT.encode(), **env) == (0, out, "")


def test_a_command_that_raises_is_one_message(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(site, "good", GOOD)
    hint = "(tell its authors, or run with --no-plugins)"
    why = f"mithaq: plug-in 'good' (dist_good 1.0) failed: RuntimeError: out of luck {hint}\n"
    assert mithaq(site, "bad") == (2, "", why)
    code, out, err = mithaq(site, "lost")
    assert (code, out) == (2, "")
    assert "command 'lost': ModuleNotFoundError" in err


def test_the_registry_has_no_warnings_of_its_own(use: Use) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        use(plugin("fine", mithaq_formats=[]))
        assert formats() == FORMATS
