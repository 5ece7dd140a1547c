"""The turns of a session."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._async.event_stream import AsyncEventStream
from sandgate._async.paginator import AsyncPaginator
from sandgate._async.transport import AsyncTransport
from sandgate._core.chat_input import ChatInput, chat_request
from sandgate._generated import operations
from sandgate._generated.models import Turn
from sandgate._generated.params import ChatOptionsParams, GetTurnParams, ListTurnsParams


class AsyncTurns:
    """The turns of a session."""

    def __init__(self, transport: AsyncTransport, session_id: str) -> None:
        self._transport = transport
        self._path = {"sessionId": session_id}

    async def start(
        self, messages: ChatInput, *, idempotency_key: str | None = None, **options: Unpack[ChatOptionsParams]
    ) -> Turn:
        """Starts a turn and does not wait for it. To watch it from the start, use ``session.chat()``.

        :param idempotency_key: names the turn: a call with the same key answers it and starts no other; made up unless
            told
        """
        headers = {"idempotency-key": idempotency_key, "prefer": "respond-async"}
        body = chat_request(messages, options)
        return await self._transport.json(operations.chat, path=self._path, headers=headers, body=body)

    def list(self, **query: Unpack[ListTurnsParams]) -> AsyncPaginator[Turn]:
        """The turns in the order of their admission."""
        return AsyncPaginator(self._transport, operations.list_turns, query, self._path)

    async def get(self, turn_id: str, *, wait: int = 0) -> Turn:
        """A turn as it is now or, with ``wait``, once it is complete or waits for a person, or so many seconds later.

        Example::

            turn = await session.turns.get(id, wait=60)
            if turn.status == "complete":
                print(turn.output_text)
        """
        path = {**self._path, "turnId": turn_id}
        query: GetTurnParams = {"wait": wait} if wait else {}
        return await self._transport.json(operations.get_turn, path=path, query=query, patience=wait)

    def events(self, turn_id: str, *, after: int | None = None) -> AsyncEventStream:
        """A turn's events, whoever started it, until its ``complete``.

        :param after: the ``seq`` of the last event that you have: what comes after it is streamed
        """
        path = {**self._path, "turnId": turn_id}
        request = self._transport.request(operations.get_turn_events, "text/event-stream", path=path)
        return AsyncEventStream(self._transport, request, after=after, until_complete=True)
