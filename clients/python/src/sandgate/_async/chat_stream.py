"""A turn as it happens."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from sandgate._async.event_stream import AsyncEventStream
from sandgate._async.transport import AsyncTransport
from sandgate._core.answering import AsyncPermissionHandler, async_answering
from sandgate._core.outcome import Outcome
from sandgate._core.place import Place
from sandgate._core.request import Request
from sandgate._generated.models import Event, Message, PermissionRequestedEvent
from sandgate._generated.params import ResumeRequestParams
from sandgate.errors import APIError, SandgateError


class AsyncChatStream(AsyncEventStream):
    """A turn's events until its ``complete``.

    The turn begins when reading does, and goes on when reading stops: only ``session.interrupt()`` stops it. Can be
    read once.

    Example::

        async for event in session.chat("echo hello"):
            if event.type == "tool.delta":
                print(event.text, end="")
    """

    def __init__(
        self,
        transport: AsyncTransport,
        request: Request,
        on_permission: AsyncPermissionHandler | None,
        resume: Callable[[ResumeRequestParams], Awaitable[object]],
    ) -> None:
        super().__init__(transport, request, until_complete=True)
        self._on_permission = on_permission
        self._resume = resume
        self._chat: Place | None = None
        self._outcome = Outcome()

    @property
    def turn_id(self) -> str | None:
        """The turn; None until the server has taken it."""
        return self._chat.turn_id if self._chat else None

    async def text(self) -> str:
        """What came out: the agent's last message or, where it says nothing itself, the output of its last tool.

        Reads to the end, unless that was done.

        :raises TurnError: if the turn ends in failure
        """
        await self._finish()
        return self._outcome.text

    async def final_message(self) -> Message | None:
        """The agent's last message that has a text; None where it says nothing itself.

        Reads to the end, unless that was done.

        :raises TurnError: if the turn ends in failure
        """
        await self._finish()
        return self._outcome.message

    async def _finish(self) -> None:
        if self._chat is None:
            async for _ in self:
                pass
        self._outcome.check()

    def _place(self) -> Place:
        if self._chat:
            raise SandgateError("A chat stream can be read once: use session.turns.events() to read again.")
        self._chat = super()._place()
        return self._chat

    async def _read(self, place: Place) -> AsyncGenerator[Event, None]:
        events = super()._read(place)
        if self._on_permission:
            events = async_answering(events, self._answer)
        async with aclosing(events):
            async for event in events:
                self._outcome.take(event)
                yield event

    async def _answer(self, event: PermissionRequestedEvent) -> None:
        answer = await self._on_permission(event) if self._on_permission else None
        if answer is None:
            return
        try:
            await self._resume({"request_id": event.request_id, **answer})
        except APIError as error:
            # Somebody else was faster, or time was: the stream says what was decided.
            if error.code != "request_already_resolved":
                raise
