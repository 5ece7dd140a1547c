# Generated from src/sandgate/_async/session.py by `npm run generate`. Do not edit.

"""A session."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._core.answering import PermissionHandler
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
from sandgate._sync.chat_stream import ChatStream
from sandgate._sync.event_stream import EventStream
from sandgate._sync.files import Files
from sandgate._sync.paginator import Paginator
from sandgate._sync.snapshots import Snapshots
from sandgate._sync.tokens import Tokens
from sandgate._sync.transport import Transport
from sandgate._sync.turns import Turns
from sandgate.errors import SandgateError


class Session:
    """A computer with an agent and a log: a handle to one session of the server."""

    def __init__(self, transport: Transport, id: str, data: SessionData | None) -> None:
        self.id = id
        self.files = Files(transport, id)
        self.snapshots = Snapshots(transport, id)
        self.tokens = Tokens(transport, id)
        self.turns = Turns(transport, id)
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
        on_permission: PermissionHandler | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[ChatOptionsParams],
    ) -> ChatStream:
        """Gives the agent something to do and streams what it does until it is done, through cuts and reconnections.

        Example::

            answer = session.chat("echo hello").text()

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

        def resume(answer: ResumeRequestParams) -> None:
            self.resume(**answer)

        return ChatStream(self._transport, request, on_permission, resume)

    def resume(self, **answer: Unpack[ResumeRequestParams]) -> ResumeResult:
        """Answers a request of the agent. The same answer again is fine.

        Example::

            session.resume(request_id="perm_01", decision="allow")

        :raises APIError: ``request_already_resolved`` if it was answered otherwise
        """
        return self._transport.json(operations.resume, path=self._path, body=answer)

    def interrupt(self, **request: Unpack[InterruptRequestParams]) -> InterruptResult:
        """Stops the running turn, or the one that is named. Says whether there was something to stop.

        Where no turn is named, it is not retried: by then the next one might run.
        """
        once = request.get("turn_id") is None
        return self._transport.json(operations.interrupt, path=self._path, body=request, once=once)

    def events(self, *, after: int | None = None, types: list[str] | None = None) -> EventStream:
        """Everything that happens in the session, from the start of its log or after a number, for ever.

        :param types: only events of these types
        """
        query: GetEventsParams = {"types": ",".join(types)} if types else {}
        request = self._transport.request(operations.get_events, "text/event-stream", path=self._path, query=query)
        return EventStream(self._transport, request, after=after, until_complete=False)

    def list_events(self, **query: Unpack[GetEventsParams]) -> Paginator[DurableEvent]:
        """The log so far."""
        return Paginator(self._transport, operations.get_events, query, self._path)

    def messages(self, **query: Unpack[ListMessagesParams]) -> Paginator[HistoryMessage]:
        """The conversation so far."""
        return Paginator(self._transport, operations.list_messages, query, self._path)

    def requests(self, **query: Unpack[ListRequestsParams]) -> Paginator[Request]:
        """What waits for a person or, with ``status``, what was resolved too."""
        return Paginator(self._transport, operations.list_requests, query, self._path)

    def sleep(self) -> SessionData:
        """Saves the disk and ends the container; what comes next brings it back with its files.

        :raises APIError: ``session_busy`` while a turn runs; ``disk_too_large`` or ``disk_not_saved``, and it stays
            awake; ``disk_rewound``, once, where the container was killed before all was saved
        """
        return self._transport.json(operations.sleep, path=self._path)

    def wake(self) -> SessionData:
        """Starts the container and restores its disk, ahead of the turn that would."""
        return self._transport.json(operations.wake, path=self._path)

    def fork(self, *, idempotency_key: str | None = None, **fork: Unpack[ForkSessionParams]) -> Session:
        """Opens another session with the disk and the log of this one, as they are now or were at a snapshot.

        :raises APIError: ``session_busy`` while a turn runs, unless forked at a snapshot; ``fork_limit_reached``
        """
        headers = {"idempotency-key": idempotency_key}
        data = self._transport.json(operations.fork, path=self._path, headers=headers, body=fork)
        return Session(self._transport, data.id, data)

    def logs(self, **query: Unpack[GetLogsParams]) -> ContainerLogs:
        """What became of the session's container: above all, why it did not start. Does not wake it."""
        return self._transport.json(operations.get_logs, path=self._path, query=query)

    def get(self) -> SessionData:
        """The session as it is now."""
        return self._transport.json(operations.get_session, path=self._path)

    def update(self, **changes: Unpack[UpdateSessionParams]) -> SessionData:
        """Changes what is given and leaves the rest."""
        return self._transport.json(operations.update_session, path=self._path, body=changes)

    def delete(self) -> None:
        """Destroys the sandbox, its files and the log. The id stays taken."""
        self._transport.json(operations.delete_session, path=self._path)
