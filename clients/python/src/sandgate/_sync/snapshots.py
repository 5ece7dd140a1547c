# Generated from src/sandgate/_async/snapshots.py by `npm run generate`. Do not edit.

"""The disk of a session as it was."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import Unpack

from sandgate._generated import operations
from sandgate._generated.models import SessionData, Snapshot
from sandgate._generated.params import CreateSnapshotParams
from sandgate._sync.transport import Transport


class Snapshots:
    """The disk of a session as it was."""

    def __init__(self, transport: Transport, session_id: str) -> None:
        self._transport = transport
        self._path = {"sessionId": session_id}

    def create(self, **snapshot: Unpack[CreateSnapshotParams]) -> Snapshot:
        """Keeps the disk as it is now. Not while a turn runs."""
        return self._transport.json(operations.create_snapshot, path=self._path, body=snapshot)

    def list(self) -> Sequence[Snapshot]:
        """The oldest first."""
        return (self._transport.json(operations.list_snapshots, path=self._path)).data

    def restore(self, snapshot_id: str) -> SessionData:
        """Ends the container and has the next begin with that disk: what was changed since is lost. The log stays."""
        path = {**self._path, "snapshotId": snapshot_id}
        return self._transport.json(operations.restore_snapshot, path=path)

    def delete(self, snapshot_id: str) -> None:
        self._transport.json(operations.delete_snapshot, path={**self._path, "snapshotId": snapshot_id})
