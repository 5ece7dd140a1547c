# Generated from src/sandgate/_async/tokens.py by `npm run generate`. Do not edit.

"""What opens one session for a while."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._generated import operations
from sandgate._generated.models import SessionToken
from sandgate._generated.params import CreateSessionTokenParams
from sandgate._sync.transport import Transport


class Tokens:
    """What opens one session for a while: give it to a browser as its key. Needs the scope ``tokens:write``."""

    def __init__(self, transport: Transport, session_id: str) -> None:
        self._transport = transport
        self._path = {"sessionId": session_id}

    def create(self, **token: Unpack[CreateSessionTokenParams]) -> SessionToken:
        """Makes a token.

        Example::

            token = session.tokens.create(
                scopes=["sessions:read", "turns:write"], allowed_origins=["https://app.example.com"]
            )
        """
        return self._transport.json(operations.create_session_token, path=self._path, body=token)

    def revoke(self) -> None:
        """Revokes all that were made for the session so far, everywhere within five seconds."""
        self._transport.json(operations.revoke_session_tokens, path=self._path)
