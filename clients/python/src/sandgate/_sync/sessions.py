# Generated from src/sandgate/_async/sessions.py by `npm run generate`. Do not edit.

"""The sessions of an account."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._generated import operations
from sandgate._generated.models import SessionSummary
from sandgate._generated.params import CreateSessionParams, ListSessionsParams
from sandgate._sync.paginator import Paginator
from sandgate._sync.session import Session
from sandgate._sync.transport import Transport


class Sessions:
    """The sessions of the key's account."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, idempotency_key: str | None = None, **session: Unpack[CreateSessionParams]) -> Session:
        """Opens a session. With an ``id`` of your own, a repeat is the same session.

        Example::

            session = client.sessions.create(id="build-42", metadata={"project": "website"})

        :param idempotency_key: a call with the same key answers the same session; made up unless told
        :raises APIError: ``session_conflict`` if the id belongs to a session created otherwise
        """
        headers = {"idempotency-key": idempotency_key}
        data = self._transport.json(operations.create_session, headers=headers, body=session)
        return Session(self._transport, data.id, data)

    def get(self, id: str) -> Session:
        """:raises APIError: ``session_not_found``"""
        return Session(self._transport, id, self.handle(id).get())

    def handle(self, id: str) -> Session:
        """A handle to a session that is known to exist: asks nothing of the server."""
        return Session(self._transport, id, None)

    def list(self, **query: Unpack[ListSessionsParams]) -> Paginator[SessionSummary]:
        """The sessions, the newest first.

        Example::

            for session in client.sessions.list(status="waiting", metadata={"project": "website"}):
                print(session.id)
        """
        return Paginator(self._transport, operations.list_sessions, query)

    def delete(self, id: str) -> None:
        """Destroys a session's sandbox, its files and its log. The id stays taken."""
        self.handle(id).delete()
