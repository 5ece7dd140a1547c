"""A request, and the refusal that it may meet."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import httpx
from pydantic import ValidationError

from sandgate._core.retry import retry_after
from sandgate._generated.models import Problem
from sandgate.errors import APIConnectionError, APIError, APITimeoutError, CursorExpiredError

Content = bytes | str | Iterable[bytes] | AsyncIterable[bytes]


@dataclass(frozen=True)
class Request:
    """A request, ready to be sent as often as need be."""

    method: str
    base_url: str
    #: With its query.
    path: str
    headers: Mapping[str, str] = field(repr=False)
    content: Content | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return self.base_url + self.path

    def __str__(self) -> str:
        """Without the query, which may say what is nobody's business: errors and the log call it so."""
        return f"{self.method} {self.url.partition('?')[0]}"

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent again: what is read from elsewhere is gone."""
        return self.content is None or isinstance(self.content, (bytes, str))

    def with_header(self, name: str, value: str) -> Request:
        return replace(self, headers={**self.headers, name: value})

    def followed_at(self, path: str) -> Request:
        """What asks for the stream at a path that the server named. The key goes to no other server."""
        headers = {name: self.headers[name] for name in ("accept", "authorization")}
        return Request("GET", self.base_url, path, headers)


def refusal(request: Request, response: httpx.Response) -> APIError:
    """What a response that was read says of why not."""
    problem = _problem(response)
    kind = CursorExpiredError if problem and problem.code == "cursor_expired" else APIError
    return kind(
        str(request),
        response.status_code,
        problem=problem,
        request_id=response.headers.get("x-request-id"),
        retry_after=retry_after(response.headers.get("retry-after")),
    )


def _problem(response: httpx.Response) -> Problem | None:
    if not response.headers.get("content-type", "").startswith("application/problem+json"):
        return None
    try:
        return Problem.model_validate_json(response.content)
    except ValidationError:
        return None


@contextmanager
def connection_errors(request: Request) -> Iterator[None]:
    """Says what failed in words of this package.

    :raises APIConnectionError: if no whole answer comes, :class:`APITimeoutError` if not in time
    """
    try:
        yield
    except httpx.TimeoutException as error:
        raise APITimeoutError(f"{request}: no answer in time") from error
    except httpx.RequestError as error:
        raise APIConnectionError(f"{request}: the connection failed: {error}") from error
