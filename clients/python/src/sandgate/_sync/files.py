# Generated from src/sandgate/_async/files.py by `npm run generate`. Do not edit.

"""The files of a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sandgate._core.file_content import FileContent
from sandgate._core.request import Request
from sandgate._generated import operations
from sandgate._generated.models import ArchiveResult, FileEntry
from sandgate._generated.params import (
    DeleteFileParams,
    ListFilesParams,
    MakeDirectoryParams,
    MoveFileParams,
    ReadArchiveParams,
    StatFileParams,
    WriteArchiveParams,
)
from sandgate._sync.download import Download
from sandgate._sync.paginator import Paginator
from sandgate._sync.transport import Transport

#: What a file may be written from.
FileBody = str | bytes | Iterable[bytes]


class Files:
    """The files in a session's workspace. Paths are relative to it; ``.`` is the workspace itself."""

    def __init__(self, transport: Transport, session_id: str) -> None:
        self._transport = transport
        self._path = {"sessionId": session_id}

    def list(self, path: str = ".", *, recursive: bool = False, limit: int | None = None) -> Paginator[FileEntry]:
        """What a directory holds, by name.

        Example::

            for entry in session.files.list("src", recursive=True):
                print(entry.path, entry.size)

        :param recursive: whether all below it is listed too, each directory before what is in it
        :param limit: the most entries in a page
        """
        query: ListFilesParams = {"path": path}
        if recursive:
            query["recursive"] = True
        if limit is not None:
            query["limit"] = limit
        return Paginator(self._transport, operations.list_files, query, self._path)

    def stat(self, path: str) -> FileEntry:
        """What is at a path; a link at its end is not followed."""
        return self._transport.json(operations.stat_file, path=self._path, query=StatFileParams(path=path))

    def read(
        self, path: str, *, byte_range: tuple[int, int | None] | None = None, if_match: str | None = None
    ) -> FileContent:
        """Reads a file, or a part of it.

        Example::

            text = (session.files.read("notes.md")).text

        :param byte_range: the first and the last byte; to the end of the file where the last is None
        :param if_match: only if the file still has this ``etag``
        :raises APIError: ``file_not_found`` if there is none, ``precondition_failed`` if it has another ``etag``
        """
        request = self._reading(path, byte_range, if_match)

        def attempt() -> FileContent:
            with self._transport.send(request) as response:
                return FileContent(path, response.read(), response.headers.get("etag"))

        return self._transport.persist(attempt)

    def stream(
        self, path: str, *, byte_range: tuple[int, int | None] | None = None, if_match: str | None = None
    ) -> Download:
        """Reads a file, or a part of it, as it comes.

        Example::

            with session.files.stream("video.mp4") as video:
                for chunk in video:
                    target.write(chunk)
        """
        return Download(self._transport, self._reading(path, byte_range, if_match))

    def write(
        self, path: str, content: FileBody, *, if_match: str | None = None, create_only: bool = False
    ) -> FileEntry:
        """Creates or replaces a file as a whole, and its directories. A failed write leaves the old content.

        What is read from elsewhere cannot be sent twice, so it is not retried; neither is a write with a condition.

        Example::

            entry = session.files.stat("notes.md")
            session.files.write("notes.md", changed, if_match=entry.etag)

        :param if_match: only if the file still has this ``etag``
        :param create_only: only where there is nothing yet
        :raises APIError: ``precondition_failed`` if ``if_match`` or ``create_only`` is not so
        """
        headers = {"if-match": if_match, "if-none-match": "*" if create_only else None}
        return self._transport.json(
            operations.write_file,
            path={**self._path, "path": path},
            headers=headers,
            content=content,
            once=create_only or if_match is not None,
        )

    def mkdir(self, path: str) -> FileEntry:
        """Makes a directory and those above it; one that is there already is left as it is."""
        body: MakeDirectoryParams = {"operation": "mkdir", "path": path}
        return self._transport.json(operations.change_files, path=self._path, body=body)

    def move(self, source: str, target: str, *, overwrite: bool = False) -> FileEntry:
        """Moves a file, a link or a directory, and makes the directories above its new place. Not retried.

        :param overwrite: whether what is there already is replaced
        :raises APIError: ``file_conflict`` if something is there already
        """
        body: MoveFileParams = {"operation": "move", "from": source, "to": target, "overwrite": overwrite}
        return self._transport.json(operations.change_files, path=self._path, body=body, once=True)

    def delete(self, path: str, *, recursive: bool = False, if_match: str | None = None) -> None:
        """Deletes a file, a link or an empty directory. Not retried with a condition.

        :param recursive: whether a directory goes with all that it holds
        :param if_match: only if the file still has this ``etag``
        """
        query: DeleteFileParams = {"recursive": True} if recursive else {}
        headers = {"if-match": if_match}
        self._transport.json(
            operations.delete_file,
            path={**self._path, "path": path},
            query=query,
            headers=headers,
            once=if_match is not None,
        )

    def read_archive(self, path: str = ".", *, format: Literal["tar", "tar.gz"] = "tar.gz") -> Download:
        """Reads a directory as an archive as it comes, with modes, times and links.

        Example::

            with session.files.read_archive("src") as archive:
                other.files.write_archive("src", archive)
        """
        query: ReadArchiveParams = {"path": path, "format": format}
        request = self._transport.request(operations.read_archive, "*/*", path=self._path, query=query)
        return Download(self._transport, request)

    def write_archive(self, path: str, archive: FileBody) -> ArchiveResult:
        """Unpacks a ``tar`` or ``tar.gz`` into a directory: all of it, or nothing.

        :raises APIError: ``invalid_request`` if something in it is not safe
        """
        query: WriteArchiveParams = {"path": path}
        return self._transport.json(operations.write_archive, path=self._path, query=query, content=archive)

    def _reading(self, path: str, byte_range: tuple[int, int | None] | None, if_match: str | None) -> Request:
        span = None
        if byte_range is not None:
            first, last = byte_range
            span = f"bytes={first}-{'' if last is None else last}"
        return self._transport.request(
            operations.read_file,
            "*/*",
            path={**self._path, "path": path},
            headers={"range": span, "if-match": if_match},
        )
