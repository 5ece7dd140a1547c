# Generated from src/sandgate/_async/download.py by `npm run generate`. Do not edit.

"""Bytes that come as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType

import httpx
from typing_extensions import Self

from sandgate._core.request import Request, connection_errors
from sandgate._sync.transport import Transport


class Download:
    """A file or an archive that is too large to be held. Opened as a context manager, and read once.

    Example::

        with session.files.stream("video.mp4") as video:
            for chunk in video:
                target.write(chunk)
    """

    def __init__(self, transport: Transport, request: Request) -> None:
        self._transport = transport
        self._request = request
        self._stack = ExitStack()
        self._response: httpx.Response | None = None

    def __enter__(self) -> Self:
        def attempt() -> httpx.Response:
            return self._stack.enter_context(self._transport.send(self._request))

        self._response = self._transport.persist(attempt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def etag(self) -> str | None:
        """What ``if_match`` takes, so that nobody else's change is written over. An archive has none."""
        etag: str | None = self._opened.headers.get("etag")
        return etag

    def __iter__(self) -> Iterator[bytes]:
        with connection_errors(self._request):
            for chunk in self._opened.iter_bytes():
                yield chunk

    @property
    def _opened(self) -> httpx.Response:
        if self._response is None:
            raise RuntimeError("A download is opened by `with`.")
        return self._response
