"""Bytes that come as they are read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from types import TracebackType

import httpx
from typing_extensions import Self

from sandgate._async.transport import AsyncTransport
from sandgate._core.request import Request, connection_errors


class AsyncDownload:
    """A file or an archive that is too large to be held. Opened as a context manager, and read once.

    Example::

        async with session.files.stream("video.mp4") as video:
            async for chunk in video:
                target.write(chunk)
    """

    def __init__(self, transport: AsyncTransport, request: Request) -> None:
        self._transport = transport
        self._request = request
        self._stack = AsyncExitStack()
        self._response: httpx.Response | None = None

    async def __aenter__(self) -> Self:
        async def attempt() -> httpx.Response:
            return await self._stack.enter_async_context(self._transport.send(self._request))

        self._response = await self._transport.persist(attempt)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def etag(self) -> str | None:
        """What ``if_match`` takes, so that nobody else's change is written over. An archive has none."""
        etag: str | None = self._opened.headers.get("etag")
        return etag

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with connection_errors(self._request):
            async for chunk in self._opened.aiter_bytes():
                yield chunk

    @property
    def _opened(self) -> httpx.Response:
        if self._response is None:
            raise RuntimeError("A download is opened by `with`.")
        return self._response
