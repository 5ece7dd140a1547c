"""How far a stream of events was read, and how to go on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any, cast
from urllib.parse import unquote

import httpx
from httpx_sse import ServerSentEvent
from pydantic import TypeAdapter

from sandgate._core.request import Request
from sandgate._core.retry import LONGEST_WAIT, delay_before_retry
from sandgate._generated.models import Event
from sandgate.errors import APITimeoutError, SandgateError

#: The server sends a comment every 15 s: after three that did not come, the connection is dead.
LONGEST_SILENCE = 45.0
#: A connection that held for so long, in seconds, is a good one, even where nothing happened.
GOOD_CONNECTION = 10.0


@dataclass
class Place:
    """Goes on after the last event that came, and lets none pass twice."""

    #: A POST is repeated as it was: its idempotency key names what it began.
    request: Request
    #: The number of the last event that the caller has.
    after: int | None
    until_complete: bool
    max_retries: int
    max_reconnects: int

    def __post_init__(self) -> None:
        self.over = False
        self.turn_id: str | None = None
        self._last_id = None if self.after is None else str(self.after)
        self._last_seq = self.after or 0
        self._opened_at: float | None = None
        self._ever_opened = False
        self._retry = 0.0
        self._failures = 0

    def next_request(self) -> Request:
        """What asks for the rest of the stream."""
        self._opened_at = None
        if self.request.method != "GET" or not self._last_id:
            return self.request
        return self.request.with_header("last-event-id", self._last_id)

    def open(self, response: httpx.Response) -> None:
        """Takes notice of the head of a stream.

        :raises SandgateError: if it is none
        """
        if response.status_code == 204:
            self.over = True
            return
        kind = response.headers.get("content-type", "nothing")
        if not kind.startswith("text/event-stream"):
            raise SandgateError(f"{self.request}: answered with {kind} instead of a stream")
        self._opened_at = monotonic()
        self._ever_opened = True
        if self.turn_id is None and "location" in response.headers:
            # The last part of `/v1/sessions/build-42/turns/turn_01`.
            self.turn_id = unquote(response.headers["location"].rpartition("/")[2])
        location = response.headers.get("content-location", "")
        if location.startswith("/"):
            self.request = self.request.followed_at(location)

    def take(self, frame: ServerSentEvent) -> Event | None:
        """The event of a frame; None where there is none, or it was seen before."""
        if frame.retry is not None:
            self._retry = min(frame.retry / 1000, LONGEST_WAIT)
        if frame.id:
            self._last_id = frame.id
        if not frame.data:
            return None
        data = self._parse(frame)
        # A snapshot comes with every reconnection: it says nothing new.
        if not data["type"].endswith(".snapshot"):
            self._failures = 0
        self.over = self.until_complete and data["type"] == "complete"
        seq = data.get("seq")
        if seq is not None:
            if seq <= self._last_seq:
                return None
            self._last_seq = seq
        return cast(Event, _events().validate_python(data))

    def delay_after(self, failure: SandgateError) -> float:
        """How long to wait before the next request, in seconds.

        :raises SandgateError: the failure itself, where there is no use in another
        """
        silent = isinstance(failure, APITimeoutError)
        if self._opened_at is not None and not silent and monotonic() - self._opened_at >= GOOD_CONNECTION:
            self._failures = 0
        limit = self.max_reconnects if self._ever_opened else self.max_retries
        delay = delay_before_retry(failure, self._failures)
        if delay is None or self._failures >= limit:
            raise failure
        self._failures += 1
        return max(delay, self._retry)

    def _parse(self, frame: ServerSentEvent) -> dict[str, Any]:
        try:
            data = json.loads(frame.data)
        except ValueError as error:
            raise SandgateError(f"{self.request}: an event is not JSON") from error
        if not isinstance(data, dict) or not isinstance(data.get("type"), str):
            raise SandgateError(f"{self.request}: an event has no type")
        return data


@cache
def _events() -> TypeAdapter[Any]:
    return TypeAdapter(Event)
