"""What opens one session for a while."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._async.transport import AsyncTransport
from sandgate._generated import operations
from sandgate._generated.models import SessionToken
from sandgate._generated.params import CreateSessionTokenParams


class AsyncTokens:
    """What opens one session for a while: give it to a browser as its key. Needs the scope ``tokens:write``."""

    def __init__(self, transport: AsyncTransport, session_id: str) -> None:
        self._transport = transport
        self._path = {"sessionId": session_id}

    async def create(self, **token: Unpack[CreateSessionTokenParams]) -> SessionToken:
        """Makes a token.

        Example::

            token = await session.tokens.create(
                scopes=["sessions:read", "turns:write"], allowed_origins=["https://app.example.com"]
            )
        """
        return await self._transport.json(operations.create_session_token, path=self._path, body=token)

    async def revoke(self) -> None:
        """Revokes all that were made for the session so far, everywhere within five seconds."""
        await self._transport.json(operations.revoke_session_tokens, path=self._path)
