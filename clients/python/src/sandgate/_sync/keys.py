# Generated from src/sandgate/_async/keys.py by `npm run generate`. Do not edit.

"""The keys of an account."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._generated import operations
from sandgate._generated.models import Key, NewKey
from sandgate._generated.params import CreateKeyParams, ListKeysParams, RotateKeyParams
from sandgate._sync.paginator import Paginator
from sandgate._sync.transport import Transport


class Keys:
    """The keys of the account. Needs the scope ``keys:admin``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, **key: Unpack[CreateKeyParams]) -> NewKey:
        """Makes a key. Its secret, ``key``, is shown this once.

        Example::

            key = client.keys.create(name="ci", scopes=["sessions:read", "turns:write"])

        :raises APIError: ``key_shown_already`` where the answer to an earlier attempt was lost: delete that key
        """
        return self._transport.json(operations.create_key, body=key)

    def list(self, **query: Unpack[ListKeysParams]) -> Paginator[Key]:
        """The newest first."""
        return Paginator(self._transport, operations.list_keys, query)

    def get(self, key_id: str) -> Key:
        return self._transport.json(operations.get_key, path={"keyId": key_id})

    def rotate(self, key_id: str, **rotation: Unpack[RotateKeyParams]) -> NewKey:
        """Makes a key that does the same; the old one ends after ``overlap_seconds``, an hour unless told."""
        return self._transport.json(operations.rotate_key, path={"keyId": key_id}, body=rotation)

    def revoke(self, key_id: str) -> None:
        """Ends a key, everywhere within five seconds."""
        self._transport.json(operations.revoke_key, path={"keyId": key_id})
