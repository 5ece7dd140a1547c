"""A session."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._async.chat_stream import AsyncChatStream
from sandgate._async.event_stream import AsyncEventStream
from sandgate._async.files import AsyncFiles
from sandgate._async.paginator import AsyncPaginator
from sandgate._async.snapshots import AsyncSnapshots
from sandgate._async.tokens import AsyncTokens
from sandgate._async.transport import AsyncTransport
from sandgate._async.turns import AsyncTurns
from sandgate._core.answering import AsyncPermissionHandler
from sandgate._core.chat_input import ChatInput, chat_request
from sandgate._generated import operations
from sandgate._generated.models import (
    ContainerLogs,
    DurableEvent,
    HistoryMessage,
    InterruptResult,
    Request,
    ResumeResult,
    SessionData,
)
from sandgate._generated.params import (
    ChatOptionsParams,
    ForkSessionParams,
    GetEventsParams,
    GetLogsParams,
    InterruptRequestParams,
    ListMessagesParams,
    ListRequestsParams,
    ResumeRequestParams,
    UpdateSessionParams,
)
from sandgate.errors import SandgateError


class AsyncSession:
    """A computer with an agent and a log: a handle to one session of the server."""

    def __init__(self, transport: AsyncTransport, id: str, data: SessionData | None) -> None:
        self.id = id
        self.files = AsyncFiles(transport, id)
        self.snapshots = AsyncSnapshots(transport, id)
        self.tokens = AsyncTokens(transport, id)
        self.turns = AsyncTurns(transport, id)
        self._transport = transport
        self._data = data
        self._path = {"sessionId": id}

    @property
    def data(self) -> SessionData:
        """What the server said when this handle was made; ``get()`` asks again.

        :raises SandgateError: if it was made by ``sessions.handle()``, which asks nothing
        """
        if self._data is None:
            raise SandgateError("This handle asked nothing of the server: use session.get().")
        return self._data

    def chat(
        self,
        messages: ChatInput,
        *,
        on_permission: AsyncPermissionHandler | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[ChatOptionsParams],
    ) -> AsyncChatStream:
        """Gives the agent something to do and streams what it does until it is done, through cuts and reconnections.

        Example::

            answer = await session.chat("echo hello").text()

        :param on_permission: answers what the agent asks for; None returned leaves the request to somebody else, and
            what is raised, the stream raises
        :param idempotency_key: names the turn: a call with the same key follows it and starts no other; made up unless
            told
        """
        headers = {"idempotency-key": idempotency_key}
        body = chat_request(messages, options)
        request = self._transport.request(
            operations.chat, "text/event-stream", path=self._path, headers=headers, body=body
        )

        async def resume(answer: ResumeRequestParams) -> None:
            await self.resume(**answer)

        return AsyncChatStream(self._transport, request, on_permission, resume)

    async def resume(self, **answer: Unpack[ResumeRequestParams]) -> ResumeResult:
        """Answers a request of the agent. The same answer again is fine.

        Example::

            await session.resume(request_id="perm_01", decision="allow")

        :raises APIError: ``request_already_resolved`` if it was answered otherwise
        """
        return await self._transport.json(operations.resume, path=self._path, body=answer)

    async def interrupt(self, **request: Unpack[InterruptRequestParams]) -> InterruptResult:
        """Stops the running turn, or the one that is named. Says whether there was something to stop.

        Where no turn is named, it is not retried: by then the next one might run.
        """
        once = request.get("turn_id") is None
        return await self._transport.json(operations.interrupt, path=self._path, body=request, once=once)

    def events(self, *, after: int | None = None, types: list[str] | None = None) -> AsyncEventStream:
        """Everything that happens in the session, from the start of its log or after a number, for ever.

        :param types: only events of these types
        """
        query: GetEventsParams = {"types": ",".join(types)} if types else {}
        request = self._transport.request(operations.get_events, "text/event-stream", path=self._path, query=query)
        return AsyncEventStream(self._transport, request, after=after, until_complete=False)

    def list_events(self, **query: Unpack[GetEventsParams]) -> AsyncPaginator[DurableEvent]:
        """The log so far."""
        return AsyncPaginator(self._transport, operations.get_events, query, self._path)

    def messages(self, **query: Unpack[ListMessagesParams]) -> AsyncPaginator[HistoryMessage]:
        """The conversation so far."""
        return AsyncPaginator(self._transport, operations.list_messages, query, self._path)

    def requests(self, **query: Unpack[ListRequestsParams]) -> AsyncPaginator[Request]:
        """What waits for a person or, with ``status``, what was resolved too."""
        return AsyncPaginator(self._transport, operations.list_requests, query, self._path)

    async def sleep(self) -> SessionData:
        """Saves the disk and ends the container; what comes next brings it back with its files.

        :raises APIError: ``session_busy`` while a turn runs; ``disk_too_large`` or ``disk_not_saved``, and it stays
            awake; ``disk_rewound``, once, where the container was killed before all was saved
        """
        return await self._transport.json(operations.sleep, path=self._path)

    async def wake(self) -> SessionData:
        """Starts the container and restores its disk, ahead of the turn that would."""
        return await self._transport.json(operations.wake, path=self._path)

    async def fork(self, *, idempotency_key: str | None = None, **fork: Unpack[ForkSessionParams]) -> AsyncSession:
        """Opens another session with the disk and the log of this one, as they are now or were at a snapshot.

        :raises APIError: ``session_busy`` while a turn runs, unless forked at a snapshot; ``fork_limit_reached``
        """
        headers = {"idempotency-key": idempotency_key}
        data = await self._transport.json(operations.fork, path=self._path, headers=headers, body=fork)
        return AsyncSession(self._transport, data.id, data)

    async def logs(self, **query: Unpack[GetLogsParams]) -> ContainerLogs:
        """What became of the session's container: above all, why it did not start. Does not wake it."""
        return await self._transport.json(operations.get_logs, path=self._path, query=query)

    async def get(self) -> SessionData:
        """The session as it is now."""
        return await self._transport.json(operations.get_session, path=self._path)

    async def update(self, **changes: Unpack[UpdateSessionParams]) -> SessionData:
        """Changes what is given and leaves the rest."""
        return await self._transport.json(operations.update_session, path=self._path, body=changes)

    async def delete(self) -> None:
        """Destroys the sandbox, its files and the log. The id stays taken."""
        await self._transport.json(operations.delete_session, path=self._path)
