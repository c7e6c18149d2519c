"""A server on loopback that speaks the protocol of OpenAI's chat completions, and answers as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = dict[str, Any]


@dataclass(frozen=True)
class Response:
    """What the server sends: a status, a body (JSON, or bytes as they are), headers; *slow* seconds a byte."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0


def completion(
    content: Any, finish: str = "stop", usage: tuple[int, int] | None = (1000, 200), **message: Any
) -> Response:
    """A chat completion; *content* is a text, or a value that is sent as JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    body: Answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, **message},
            }
        ],
    }
    if usage is not None:
        body["usage"] = {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": sum(usage),
        }
    return Response(200, body)


def failure(status: int, message: str, code: str | None = None, **headers: str) -> Response:
    """An error in OpenAI's form."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return Response(status, {"error": error}, {name.replace("_", "-"): value for name, value in headers.items()})


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up in some tests; the complaint would stand in what the command is thought to have said."""


class Stub:
    """Answers each request by *answers* in turn, the last one for ever; a function gets the request's JSON."""

    def __init__(self, *answers: Response | Callable[[Answer], Response]) -> None:
        self.requests: list[Answer] = []
        self.headers: list[dict[str, str]] = []
        self.most = 0
        self._under_way = 0
        self._answers = list(answers)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def running(self) -> Iterator[Stub]:
        """The server, answering until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def asked(self, number: int = -1) -> str:
        """The question (the last message) of a request."""
        text: str = self.requests[number]["messages"][-1]["content"]
        return text

    def _next(self, request: Answer) -> Response:
        with self._lock:
            answer = self._answers[min(len(self.requests), len(self._answers) - 1)]
            self.requests.append(request)
        return answer(request) if callable(answer) else answer

    def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:  # noqa: N805 — self is the handler's
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                assert self.path == "/v1/chat/completions"
                with stub._lock:
                    stub.headers.append({k.lower(): v for k, v in self.headers.items()})
                    stub._under_way += 1
                    stub.most = max(stub.most, stub._under_way)
                try:
                    self._send(stub._next(request))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # the client has had enough
                finally:
                    with stub._lock:
                        stub._under_way -= 1

            def _send(self, response: Response) -> None:
                body = response.body if isinstance(response.body, bytes) else json.dumps(response.body).encode()
                self.send_response(response.status)
                for name, value in {
                    "Content-Type": "application/json",
                    "Content-Length": str(len(body)),
                    **response.headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                if not response.slow:
                    self.wfile.write(body)
                    return
                for k in range(len(body)):
                    self.wfile.write(body[k : k + 1])
                    self.wfile.flush()
                    time.sleep(response.slow)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        return Handler
