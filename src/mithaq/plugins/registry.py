"""The plug-ins of this process: loaded at the first question, each failing one skipped, and said once."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any, Generic, NamedTuple, TypeVar

from mithaq.errors import MithaqError, PluginWarning
from mithaq.plugins.found import Found, built_in, find

T = TypeVar("T")

API = 1
"""The version of the hooks; a plug-in with another ``MITHAQ_API`` is not loaded."""
_SPECS = "mithaq.plugins.hookspecs"
_PROJECT = "mithaq"
_LOCK = threading.RLock()
_LISTENERS: list[Callable[[str], None]] = []


class Plugin(NamedTuple):
    """A plug-in that was found; *failed* says why it is skipped, "" if it is not."""

    name: str
    distribution: str
    version: str
    builtin: bool = False
    failed: str = ""

    def __str__(self) -> str:
        return f"plug-in {self.name!r} ({self.distribution} {self.version})"


class Thing(NamedTuple, Generic[T]):
    """One thing that a plug-in gives, under the name by which it is asked for."""

    plugin: Plugin
    name: str
    item: T


class Registry:
    """The plug-ins of *found*, in that order; the first ones are mithaq's own."""

    def __init__(self, found: Iterable[Found]) -> None:
        import pluggy  # not needed to import mithaq, only to read

        self._manager = pluggy.PluginManager(_PROJECT)
        self._manager.add_hookspecs(import_module(_SPECS))
        self._plugins: list[Plugin] = []
        self._failures: list[Plugin] = []
        for each in found:
            self._load(each)

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """Those that work, mithaq's own first."""
        return tuple(self._plugins)

    @property
    def failures(self) -> tuple[Plugin, ...]:
        """Those that are skipped, with the reason."""
        return tuple(self._failures)

    def things(self, hook: str, unpack: Callable[[Any], Iterable[tuple[str, T]]]) -> list[Thing[T]]:
        """What all plug-ins give to *hook*, mithaq's own first, then by the plug-ins' names.

        *unpack* makes names and things of what a plug-in returned, and raises TypeError where it is of another type. A
        plug-in that raises, or gives what there is already under that name, is skipped from then on.
        """
        found: list[Thing[T]] = []
        for plugin in self.plugins:
            try:
                pairs = [pair for given in self._call(plugin, hook) for pair in unpack(given)]
            except (Exception, SystemExit) as error:
                if plugin.builtin:
                    raise
                self.fail(plugin, f"{hook}: {told(error)}")
                continue
            doubled = None if plugin.builtin else _doubled([n for n, _ in pairs], {t.name: t for t in found})
            if doubled:
                self.fail(plugin, f"{hook}: {doubled}")
            else:
                found += [Thing(plugin, name, item) for name, item in pairs]
        return found

    def fail(self, plugin: Plugin, reason: str) -> None:
        """Skip a plug-in from now on, and say why, once."""
        with _LOCK:
            if plugin not in self._plugins:
                return
            self._plugins.remove(plugin)
            self._manager.unregister(name=plugin.name)
            self._add_failure(plugin, reason)

    def _call(self, plugin: Plugin, hook: str) -> list[Any]:
        others = [p for name, p in self._manager.list_name_plugin() if name != plugin.name]
        given: list[Any] = self._manager.subset_hook_caller(hook, others)()
        return given

    def _load(self, found: Found) -> None:
        plugin = Plugin(found.name, found.distribution, found.version, found.builtin)
        other = next((p for p in (*self._plugins, *self._failures) if p.name == found.name), None)
        if other:
            self._add_failure(plugin, f"there is one of this name already, of {other.distribution} {other.version}")
            return
        try:
            module = found.load()
            hash(module)  # pluggy keeps plug-ins in sets: one that refuses must not spoil the others' calls
            self._check_api(module)
            self._manager.register(module, found.name)
            self._check_hooks(module)
        except (Exception, SystemExit) as error:
            if found.builtin:
                raise
            if self._manager.has_plugin(found.name):
                self._manager.unregister(name=found.name)
            self._add_failure(plugin, told(error))
        else:
            self._plugins.append(plugin)

    def _check_api(self, module: object) -> None:
        wanted = getattr(module, "MITHAQ_API", API)
        if wanted != API:
            raise TypeError(f"it is made for version {wanted} of the hooks, and this mithaq has version {API}")

    def _check_hooks(self, module: object) -> None:
        callers = self._manager.get_hookcallers(module) or []
        unknown = [c.name for c in callers if not c.has_spec()]
        names = ", ".join(hooks())
        if unknown:
            raise TypeError(f"there is no hook {unknown[0]!r}: the hooks are {names}")
        if not callers:
            raise TypeError(f"it gives nothing: mark its functions with @hookimpl, and name them as the hooks: {names}")

    def _add_failure(self, plugin: Plugin, reason: str) -> None:
        failed = Plugin(plugin.name, plugin.distribution, plugin.version, failed=reason)
        self._failures.append(failed)
        _say(f"{plugin} is skipped: {reason}")


def hooks() -> list[str]:
    """The names of the hooks, in the order in which they are documented."""
    specs = import_module(_SPECS)
    return [name for name in vars(specs) if name.startswith(f"{_PROJECT}_")]


def registry() -> Registry:
    """The plug-ins of this process; they are loaded at the first call."""
    with _LOCK:
        return _registry()


@cache
def _registry() -> Registry:
    return Registry([built_in(), *find()])


def listen(listener: Callable[[str], None]) -> None:
    """Have *listener* told of each plug-in that is skipped from now on, in place of a Python warning."""
    _LISTENERS[:] = [listener]


def _say(message: str) -> None:
    for listener in _LISTENERS:
        listener(message)
    if not _LISTENERS:
        from multiprocessing import parent_process  # slow to import, and seldom needed

        if parent_process() is None:  # a worker's plug-ins failed in its parent too
            warnings.warn(message, PluginWarning, stacklevel=2)


def told(error: BaseException) -> str:
    """An error on one line: what mithaq's own say, others with their type."""
    if isinstance(error, MithaqError):
        return str(error)
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _doubled(names: list[str], known: dict[str, Thing[T]]) -> str:
    """Which of a plug-in's names is taken, and by whom; "" if none is."""
    for i, name in enumerate(names):
        if name in known:
            return f"there is {name!r} already, of {known[name].plugin}"
        if name in names[:i]:
            return f"it gives {name!r} twice"
    return ""
