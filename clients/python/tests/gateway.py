"""A gateway of a few scripted answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Seen:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    #: Set when the client has left the connection.
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Handler(BaseHTTPRequestHandler):
    """An exchange that goes on as its answer tells."""

    protocol_version = "HTTP/1.1"
    server: Server

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def answer(self) -> None:
        seen = Seen(
            self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, self._body()
        )
        self.server.gateway.next_answer(seen)(self, seen)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.flush()

    def chunk(self, data: bytes) -> None:
        if data:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

    def hang_up(self) -> None:
        """Goes away without a word."""
        self.close_connection = True

    def stay(self, seen: Seen) -> None:
        """Waits until the client goes."""
        self.close_connection = True
        try:
            while self.connection.recv(1024):
                pass
        except OSError:
            pass
        seen.closed.set()

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding") == "chunked":
            parts: list[bytes] = []
            while length := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(length))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("content-length", "0")))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    gateway: Gateway


Answer = Callable[[Handler, Seen], None]


class Gateway:
    """A real HTTP server on the loopback that gives one answer after the other, the last again and again."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.answers: list[Answer] = []
        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.gateway = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def answer_with(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.seen = []

    def next_answer(self, seen: Seen) -> Answer:
        with self._lock:
            self.seen.append(seen)
            return self.answers[min(len(self.seen), len(self.answers)) - 1]

    @property
    def requests(self) -> list[str]:
        """``POST /v1/sessions``, for each request so far."""
        return [seen.line for seen in self.seen]

    def headers(self, name: str) -> list[str | None]:
        """A header of each request so far."""
        return [seen.headers.get(name) for seen in self.seen]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def whole(body: bytes, status: int = 200, headers: Mapping[str, str] = {}) -> Answer:
    def answer(handler: Handler, seen: Seen) -> None:
        length = {} if status == 204 else {"content-length": str(len(body))}
        handler.head(status, {**length, **headers})
        handler.wfile.write(body)

    return answer


def as_json(body: object, status: int = 200) -> Answer:
    return whole(json.dumps(body).encode(), status, {"content-type": "application/json"})


def empty(status: int) -> Answer:
    return whole(b"", status)


def problem(status: int, code: str, *, headers: Mapping[str, str] = {}, **more: object) -> Answer:
    body = {"type": f"/problems#{code}", "title": code, "status": status, "detail": f"{code}!", "code": code}
    content = json.dumps({**body, "requestId": "req_1", "retryable": False, **more}).encode()
    return whole(content, status, {"content-type": "application/problem+json", "x-request-id": "req_1", **headers})


def hang_up(handler: Handler, seen: Seen) -> None:
    """Goes away without a word."""
    handler.hang_up()


def silence(handler: Handler, seen: Seen) -> None:
    """Says nothing, and stays."""
    handler.stay(seen)


TURN_PATH = "/v1/sessions/s/turns/turn_1"
EVENTS_PATH = f"{TURN_PATH}/events"


def stream(
    frames: str | bytes,
    end: str = "end",
    *,
    location: str | None = EVENTS_PATH,
) -> Answer:
    """A stream of frames that then ends: by its ``end``, by a ``cut``, or not, where it shall ``stay``."""

    def answer(handler: Handler, seen: Seen) -> None:
        headers = {
            "content-type": "text/event-stream; charset=utf-8",
            "transfer-encoding": "chunked",
            "location": TURN_PATH,
        }
        handler.head(200, {**headers, "content-location": location} if location else headers)
        handler.chunk(frames.encode() if isinstance(frames, str) else frames)
        if end == "stay":
            handler.stay(seen)
        elif end == "cut":
            handler.hang_up()
        else:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def half(body: bytes) -> Answer:
    """Breaks off in the middle."""

    def answer(handler: Handler, seen: Seen) -> None:
        handler.head(200, {"content-length": str(2 * len(body))})
        handler.wfile.write(body)
        handler.hang_up()

    return answer


SESSION = as_json(
    {
        "id": "s",
        "status": "idle",
        "agent": "shell",
        "agentOptions": {},
        "permissionMode": "ask",
        "metadata": {},
        "createdAt": "2026-11-22T20:34:00.000Z",
        "idleTimeoutSeconds": 600,
        "queuedTurnIds": [],
        "openRequests": [],
        "firstSeq": 1,
        "lastSeq": 0,
        "egress": {"allow": []},
        "usage": {"inputTokens": 0, "outputTokens": 0, "cacheReadTokens": 0, "cacheWriteTokens": 0},
    },
    201,
)
