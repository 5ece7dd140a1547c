# Generated from src/sandgate/_async/event_stream.py by `npm run generate`. Do not edit.

"""Events as they happen."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from types import TracebackType

from typing_extensions import Self

from sandgate._core.place import Place
from sandgate._core.request import Request
from sandgate._generated.models import Event
from sandgate._sync.follow import follow
from sandgate._sync.transport import Transport


class EventStream:
    """Events as they happen, through cuts and reconnections.

    ``break`` hangs up; it stops nothing on the server. Each iteration begins where the first one did, and raises an
    :class:`APIError` if the server refuses, an :class:`APIConnectionError` if it cannot be reached for about a minute.
    As a context manager it has hung up when that is left, not only soon after.
    """

    def __init__(
        self, transport: Transport, request: Request, *, after: int | None = None, until_complete: bool
    ) -> None:
        self._transport = transport
        self._request = request
        self._after = after
        self._until_complete = until_complete
        self._stack: ExitStack | None = None

    def __iter__(self) -> Generator[Event, None, None]:
        reader = self._read(self._place())
        # Else nothing holds on to it: a loop that is left takes its connection along.
        if self._stack:
            self._stack.callback(reader.close)
        return reader

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stack:
            self._stack.close()

    def _place(self) -> Place:
        return Place(
            self._request,
            self._after,
            self._until_complete,
            max_retries=self._transport.max_retries,
            max_reconnects=self._transport.max_reconnects,
        )

    def _read(self, place: Place) -> Generator[Event, None, None]:
        return follow(self._transport, place)
