"""The sessions of an account."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._async.paginator import AsyncPaginator
from sandgate._async.session import AsyncSession
from sandgate._async.transport import AsyncTransport
from sandgate._generated import operations
from sandgate._generated.models import SessionSummary
from sandgate._generated.params import CreateSessionParams, ListSessionsParams


class AsyncSessions:
    """The sessions of the key's account."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self, *, idempotency_key: str | None = None, **session: Unpack[CreateSessionParams]
    ) -> AsyncSession:
        """Opens a session. With an ``id`` of your own, a repeat is the same session.

        Example::

            session = await client.sessions.create(id="build-42", metadata={"project": "website"})

        :param idempotency_key: a call with the same key answers the same session; made up unless told
        :raises APIError: ``session_conflict`` if the id belongs to a session created otherwise
        """
        headers = {"idempotency-key": idempotency_key}
        data = await self._transport.json(operations.create_session, headers=headers, body=session)
        return AsyncSession(self._transport, data.id, data)

    async def get(self, id: str) -> AsyncSession:
        """:raises APIError: ``session_not_found``"""
        return AsyncSession(self._transport, id, await self.handle(id).get())

    def handle(self, id: str) -> AsyncSession:
        """A handle to a session that is known to exist: asks nothing of the server."""
        return AsyncSession(self._transport, id, None)

    def list(self, **query: Unpack[ListSessionsParams]) -> AsyncPaginator[SessionSummary]:
        """The sessions, the newest first.

        Example::

            async for session in client.sessions.list(status="waiting", metadata={"project": "website"}):
                print(session.id)
        """
        return AsyncPaginator(self._transport, operations.list_sessions, query)

    async def delete(self, id: str) -> None:
        """Destroys a session's sandbox, its files and its log. The id stays taken."""
        await self.handle(id).delete()
