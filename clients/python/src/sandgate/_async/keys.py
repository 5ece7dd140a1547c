"""The keys of an account."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._async.paginator import AsyncPaginator
from sandgate._async.transport import AsyncTransport
from sandgate._generated import operations
from sandgate._generated.models import Key, NewKey
from sandgate._generated.params import CreateKeyParams, ListKeysParams, RotateKeyParams


class AsyncKeys:
    """The keys of the account. Needs the scope ``keys:admin``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(self, **key: Unpack[CreateKeyParams]) -> NewKey:
        """Makes a key. Its secret, ``key``, is shown this once.

        Example::

            key = await client.keys.create(name="ci", scopes=["sessions:read", "turns:write"])

        :raises APIError: ``key_shown_already`` where the answer to an earlier attempt was lost: delete that key
        """
        return await self._transport.json(operations.create_key, body=key)

    def list(self, **query: Unpack[ListKeysParams]) -> AsyncPaginator[Key]:
        """The newest first."""
        return AsyncPaginator(self._transport, operations.list_keys, query)

    async def get(self, key_id: str) -> Key:
        return await self._transport.json(operations.get_key, path={"keyId": key_id})

    async def rotate(self, key_id: str, **rotation: Unpack[RotateKeyParams]) -> NewKey:
        """Makes a key that does the same; the old one ends after ``overlap_seconds``, an hour unless told."""
        return await self._transport.json(operations.rotate_key, path={"keyId": key_id}, body=rotation)

    async def revoke(self, key_id: str) -> None:
        """Ends a key, everywhere within five seconds."""
        await self._transport.json(operations.revoke_key, path={"keyId": key_id})
