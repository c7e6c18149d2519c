"""One question to an OpenAI-compatible server → one answer, with retries and limits of our own."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any

from mithaq.backends.contract import Options
from mithaq.backends.llm.failures import Meaning, meaning, reason, wait
from mithaq.backends.llm.schema import answer_schema
from mithaq.backends.needs import require
from mithaq.errors import BackendError, InputError

ATTEMPTS = 6
"""How often one question is put to a server that is busy, breaks off or is not reached."""
_TIMEOUTS = 2  # attempts where the answer took too long
_LARGEST = 8 << 20  # bytes of a server's answer that are read
_IN_A_ROW = 5  # reports that a server may fail one after the other
_USER = re.compile("//[^/@]*@")  # a name and password in an address are not for messages
_NO_KEY = "none"  # local servers want some key

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, whether it was cut off, and the tokens that the server counted (in, out)."""

    text: str
    cut: bool
    usage: tuple[int, int] | None


class TooLongError(Exception):
    """The question does not fit into the model's context."""


class _Shapes:
    """The forms of answer from the strictest to none; which of them a server knows is learnt once."""

    def __init__(self) -> None:
        schema = {"name": "record", "strict": True, "schema": answer_schema()}
        self._forms: tuple[dict[str, Any], ...] = (
            {"response_format": {"type": "json_schema", "json_schema": schema}},
            {"response_format": {"type": "json_object"}},
            {},
        )
        self._lock = Lock()
        self._at = 0
        self._proven = False
        self._cool = True

    def now(self) -> tuple[int, dict[str, Any]]:
        """The number of the form in use, and its parameters."""
        with self._lock:
            warmth = {"temperature": 0} if self._cool else {}
            return self._at, {**self._forms[self._at], **warmth}

    def proven(self) -> None:
        """The server took the form."""
        self._proven = True

    def simpler(self, tried: int, sure: bool) -> bool:
        """Go on with a simpler form than the one that was *tried*; false if there is none, or the form was not it."""
        with self._lock:
            if tried != self._at:
                return True  # another thread was told before
            if self._at == len(self._forms) - 1 or not (sure or not self._proven):
                return False
            self._at += 1
            return True

    def any_warmth(self) -> bool:
        """Leave out the temperature; false if it is left out already."""
        with self._lock:
            before, self._cool = self._cool, False
            return before


class Client:
    """Asks one model at one server. Used by several threads; *sleep* waits so many seconds, or until it is closed."""

    def __init__(
        self, options: Options, tried_again: Callable[[], None], sleep: Callable[[float], Any] | None = None
    ) -> None:
        self._openai = require("openai", "llm")
        key = os.environ.get(options.api_key_env, "")
        if not key and options.base_url is None:
            raise BackendError(
                f"there is no key in ${options.api_key_env}",
                "set it, name another variable with --api-key-env, or a server of your own with --base-url",
            )
        if not options.model:
            raise BackendError("no model is named", "give --model NAME, as the server knows it")
        if options.base_url is not None and not options.base_url.startswith(("http://", "https://")):
            raise BackendError(f"{options.base_url!r} is no address of a server", "http://HOST:PORT/v1, or https://...")
        self._model = options.model
        self._where = _USER.sub("//", options.base_url or "the server")
        self._timeout = options.timeout
        self._client = self._openai.OpenAI(
            api_key=key or _NO_KEY, base_url=options.base_url, max_retries=0, timeout=options.timeout
        )
        self._shapes = _Shapes()
        self._tried_again = tried_again
        self._closed = Event()
        self._sleep = sleep or self._closed.wait
        self._failed = 0

    def ask(self, messages: list[Message]) -> Reply:
        """The model's reply.

        Raises :class:`~mithaq.errors.InputError` where this question gets none, :class:`TooLongError`, and
        :class:`~mithaq.errors.BackendError` where none would.
        """
        attempt = timeouts = 0
        while True:
            form, parameters = self._shapes.now()
            try:
                reply = self._send(messages, parameters)
            except self._openai.APIStatusError as error:
                what = meaning(error.status_code, error.body)
                headers, said = error.response.headers, f"{self._where}: {error.status_code}: {reason(error)}"
                if what is Meaning.END:
                    raise BackendError(said, "check the key, the model's name and the address") from error
                if what is Meaning.LONGER:
                    raise TooLongError from error
                if what is Meaning.WARMTH and self._shapes.any_warmth():
                    continue
                if what in (Meaning.SHAPE, Meaning.REPORT) and self._shapes.simpler(form, what is Meaning.SHAPE):
                    continue
                if what is not Meaning.AGAIN:
                    raise InputError(said, "the server refuses the question") from error
            except self._openai.APITimeoutError as error:
                timeouts += 1
                headers, said = None, f"{self._where} gave no answer within {self._timeout:g} s"
                if timeouts >= _TIMEOUTS:
                    raise self._failure(said, "give it more time with --timeout", error) from error
            except self._openai.APIConnectionError as error:
                headers, said = None, f"{self._where} cannot be reached: {error.__cause__ or error}"
            else:
                self._shapes.proven()
                self._failed = 0
                return reply
            attempt += 1
            if self._closed.is_set():
                raise InputError("the run was ended before the model answered", "run it again")
            if attempt >= ATTEMPTS:
                raise self._failure(said, f"it failed {ATTEMPTS} times; is it running?")
            self._tried_again()
            self._sleep(wait(attempt - 1, headers))

    def close(self) -> None:
        """End what waits, and the connections."""
        self._closed.set()
        self._client.close()

    def _failure(self, said: str, hint: str, cause: Exception | None = None) -> Exception:
        """This report is set aside; a server that fails report after report, or is not there at all, ends the run."""
        self._failed += 1
        never = cause is None and "cannot be reached" in said
        return BackendError(said, hint) if never or self._failed >= _IN_A_ROW else InputError(said, hint)

    def _send(self, messages: list[Message], parameters: dict[str, Any]) -> Reply:
        """One request. The answer is read piece by piece, so that neither its size nor its slowness has no end."""
        create = self._client.chat.completions.with_streaming_response.create
        until = time.monotonic() + self._timeout
        body = bytearray()
        try:
            with create(model=self._model, messages=messages, **parameters) as response:
                for part in response.iter_bytes():
                    body += part
                    if len(body) > _LARGEST:
                        raise InputError(f"{self._where}: the answer has more than {_LARGEST:,} bytes")
                    if time.monotonic() > until:
                        raise self._openai.APITimeoutError(response.http_request)
        except (self._openai.OpenAIError, InputError):
            raise
        except Exception as error:  # while a body is read, the library lets errors of its HTTP client through
            if not type(error).__module__.startswith(("httpx", "httpcore")):
                raise
            request = getattr(error, "_request", None)
            if "Timeout" in type(error).__name__:
                raise self._openai.APITimeoutError(request) from error
            raise self._openai.APIConnectionError(request=request) from error
        return _reply(bytes(body), self._where)


def _reply(body: bytes, where: str) -> Reply:
    """The first choice of a chat completion; raises :class:`~mithaq.errors.InputError` for anything else."""
    try:
        data = json.loads(body)
        choices = data["choices"]
        message = choices[0]["message"] if choices else {}
        text, refusal = message.get("content"), message.get("refusal")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise InputError(f"{where}: the answer is no chat completion", "is it an OpenAI-compatible server?") from error
    if refusal:
        raise InputError(f"the model refuses: {' '.join(str(refusal).split())[:200]}")
    cut = bool(choices) and choices[0].get("finish_reason") == "length"
    return Reply(text if isinstance(text, str) else "", cut, _usage(data.get("usage")))


def _usage(usage: Any) -> tuple[int, int] | None:
    """Tokens in and out, where the server counts them."""
    if not isinstance(usage, dict):
        return None
    found = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    if not all(isinstance(n, int) and n >= 0 for n in found) or not found[0]:
        return None
    return int(found[0] or 0), int(found[1] or 0)
