"""Events as they happen."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from types import TracebackType

from typing_extensions import Self

from sandgate._async.follow import follow
from sandgate._async.transport import AsyncTransport
from sandgate._core.place import Place
from sandgate._core.request import Request
from sandgate._generated.models import Event


class AsyncEventStream:
    """Events as they happen, through cuts and reconnections.

    ``break`` hangs up; it stops nothing on the server. Each iteration begins where the first one did, and raises an
    :class:`APIError` if the server refuses, an :class:`APIConnectionError` if it cannot be reached for about a minute.
    As a context manager it has hung up when that is left, not only soon after.
    """

    def __init__(
        self, transport: AsyncTransport, request: Request, *, after: int | None = None, until_complete: bool
    ) -> None:
        self._transport = transport
        self._request = request
        self._after = after
        self._until_complete = until_complete
        self._stack: AsyncExitStack | None = None

    def __aiter__(self) -> AsyncGenerator[Event, None]:
        reader = self._read(self._place())
        # Else nothing holds on to it: a loop that is left takes its connection along.
        if self._stack:
            self._stack.push_async_callback(reader.aclose)
        return reader

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stack:
            await self._stack.aclose()

    def _place(self) -> Place:
        return Place(
            self._request,
            self._after,
            self._until_complete,
            max_retries=self._transport.max_retries,
            max_reconnects=self._transport.max_reconnects,
        )

    def _read(self, place: Place) -> AsyncGenerator[Event, None]:
        return follow(self._transport, place)
