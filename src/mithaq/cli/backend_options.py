"""The options that choose what reads the reports; ``read`` and ``add`` take all of them from here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from mithaq.backends import Backend

_RULES: Final = "rules"
_WORDS = "backend_option"


@dataclass(frozen=True, slots=True)
class Choice:
    """The backend that the options name, not made yet: *options* are those of mithaq's own, *words* of a plug-in's."""

    name: str
    options: dict[str, Any]
    words: dict[str, str]

    def make(self) -> Backend | None:
        """The backend; ``None`` for the rules, which need nothing made.

        Raises :class:`~mithaq.errors.BackendError`, for a plug-in's :class:`~mithaq.errors.PluginError`.
        """
        if self.name == _RULES:
            self._refuse("the rules have no options; name a --backend", *self.options, *self.words and [_WORDS])
            return None
        from mithaq.backends import BACKENDS, Options, make  # a run by the rules does without

        if self.name in BACKENDS:
            self._refuse(f"{self.name} is no plug-in: its options have names of their own", *self.words and [_WORDS])
            return make(self.name, Options(**self.options))
        from mithaq.backends.plugged import Plugged

        made = Plugged(self.name, self.words)
        self._refuse("a plug-in's backend is told by --backend-option", *self.options)
        return made

    def _refuse(self, why: str, *options: str) -> None:
        if options:
            raise typer.BadParameter(why, param_hint="--" + options[0].replace("_", "-"))


def _option(kind: Any, name: str, metavar: str, help: str, **more: Any) -> Any:
    return Annotated[kind, typer.Option(name, metavar=metavar, help=help, show_default=False, **more)]


_OPTIONS: dict[str, Any] = {
    "model": _option(str | None, "--model", "NAME", "The model, as the server knows it; a pipeline's name or path."),
    "base_url": _option(
        str | None, "--base-url", "URL", "An OpenAI-compatible server, such as http://localhost:11434/v1."
    ),
    "api_key_env": _option(
        str | None, "--api-key-env", "NAME", "The environment variable with the server's key, if not OPENAI_API_KEY."
    ),
    "max_tokens": _option(int | None, "--max-tokens", "N", "Set the rest aside after so many tokens.", min=1),
    "max_cost": _option(float | None, "--max-cost", "AMOUNT", "Set the rest aside when so much is spent.", min=0.0),
    "price_in": _option(float | None, "--price-in", "AMOUNT", "What a million tokens of questions cost.", min=0.0),
    "price_out": _option(float | None, "--price-out", "AMOUNT", "What a million tokens of answers cost.", min=0.0),
    "concurrency": _option(int | None, "--concurrency", "N", "Ask about so many reports at once, else 4.", min=1),
    "cache": _option(Path | None, "--cache", "FOLDER", "Keep answers there, and don't ask again."),
    "timeout": _option(float | None, "--timeout", "SECONDS", "Wait so long for an answer, else 120.", min=0.1),
    "below": _option(
        float | None, "--below", "SHARE", "hybrid: ask the model where the rules are less sure, else 0.5.", min=0, max=1
    ),
}
_BACKEND = _option(
    str,
    "--backend",
    "NAME",
    "What reads: rules (as without it), llm, hybrid, spacy, gliner, transformers, or a plug-in's (mithaq plugins).",
)
_WORD = _option(list[str] | None, "--backend-option", "KEY=VALUE", "What a plug-in's backend is told; may be repeated.")


def with_backend(command: Callable[..., None]) -> Callable[..., None]:
    """*command* with the options of backends, which it gets as one argument, its :class:`Choice` ``backend``."""

    def run(**given: Any) -> None:
        options = {name: given.pop(name) for name in _OPTIONS}
        options = {name: value for name, value in options.items() if value is not None}
        chosen = Choice(given.pop("backend"), options, _parted(given.pop(_WORDS) or ()))
        command(**given, backend=chosen)

    signature = inspect.signature(command, eval_str=True)
    own = [p for p in signature.parameters.values() if p.name != "backend"]
    added = [inspect.Parameter("backend", inspect.Parameter.KEYWORD_ONLY, default=_RULES, annotation=_BACKEND)]
    added += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in (*_OPTIONS.items(), (_WORDS, _WORD))
    ]
    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    run.__annotations__ = {}
    setattr(run, "__signature__", signature.replace(parameters=[*own, *added]))  # noqa: B010 — typer reads it
    return run


def _parted(given: Iterable[str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for option in given:
        key, equals, value = option.partition("=")
        if not key or not equals:
            raise typer.BadParameter(f"{option!r} is not KEY=VALUE", param_hint="--backend-option")
        words[key] = value
    return words
