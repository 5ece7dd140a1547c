# Generated from src/sandgate/_async/transport.py by `npm run generate`. Do not edit.

"""Sends requests to one server with one key."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import uuid4

import httpx

from sandgate._core.operation import Answer, Body, Operation, Query
from sandgate._core.request import Content, Request, connection_errors, refusal
from sandgate._core.retry import delay_before_retry
from sandgate._core.url import fill_path, query_string
from sandgate.errors import SandgateError

T = TypeVar("T")

logger = logging.getLogger("sandgate")


@dataclass(frozen=True)
class Transport:
    """Sends requests to one server with one key."""

    http: httpx.Client
    base_url: str
    api_key: str = field(repr=False)
    timeout: float
    max_retries: int
    max_reconnects: int

    def request(
        self,
        operation: Operation[Answer, Body, Query],
        accept: str,
        *,
        path: Mapping[str, str] = {},
        query: Query | None = None,
        body: Body | None = None,
        content: Content | None = None,
        headers: Mapping[str, str | None] = {},
    ) -> Request:
        """A request for an operation. A header that is None is not sent."""
        sent = {"accept": accept, "authorization": f"Bearer {self.api_key}"}
        if operation.method == "POST":
            # All attempts of a call have one. An operation that needs none does not mind.
            sent["idempotency-key"] = str(uuid4())
        sent |= {name: value for name, value in headers.items() if value is not None}
        if body is not None:
            sent["content-type"] = "application/json"
            content = operation.body_of(body)
        elif content is not None:
            sent["content-type"] = "application/octet-stream"
        target = fill_path(operation.path, path)
        if query is not None:
            target += query_string(operation.query_of(query))
        return Request(operation.method, self.base_url, target, sent, content)

    def json(
        self,
        operation: Operation[Answer, Body, Query],
        *,
        path: Mapping[str, str] = {},
        query: Query | None = None,
        body: Body | None = None,
        content: Content | None = None,
        headers: Mapping[str, str | None] = {},
        once: bool = False,
        patience: float = 0.0,
    ) -> Answer:
        """Asks for JSON, as often as the retries allow or ``once``. ``patience`` is added to the timeout."""
        request = self.request(
            operation, "application/json", path=path, query=query, body=body, content=content, headers=headers
        )

        def attempt() -> Answer:
            with self.send(request, self.timeout + patience) as response:
                return operation.parse(response.read())

        return self.persist(attempt, once=once or not request.repeatable)

    @contextmanager
    def send(self, request: Request, longest_silence: float | None = None) -> Iterator[httpx.Response]:
        """Sends a request once. The response is open as long as the context.

        :raises APIError: if the server refuses
        :raises APIConnectionError: if no answer comes, or it breaks off
        """
        with connection_errors(request):
            with self.http.stream(
                request.method,
                request.url,
                headers=request.headers,
                content=request.content,
                timeout=httpx.Timeout(self.timeout, read=longest_silence or self.timeout),
                # What is read from elsewhere cannot be sent to another place.
                follow_redirects=request.repeatable,
            ) as response:
                if not response.is_success:
                    response.read()
                    raise refusal(request, response)
                yield response

    def persist(self, attempt: Callable[[], T], *, once: bool = False) -> T:
        """Does it, and again where the failure is one that passes."""
        failures = 0
        while True:
            try:
                return attempt()
            except SandgateError as error:
                delay = None if once or failures >= self.max_retries else delay_before_retry(error, failures)
                if delay is None:
                    raise
                logger.info("%s: trying again in %.1f s", error, delay)
            failures += 1
            time.sleep(delay)
