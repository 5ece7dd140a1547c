"""The files of a session."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import Literal

from sandgate._async.download import AsyncDownload
from sandgate._async.paginator import AsyncPaginator
from sandgate._async.transport import AsyncTransport
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

#: What a file may be written from.
AsyncFileBody = str | bytes | AsyncIterable[bytes]


class AsyncFiles:
    """The files in a session's workspace. Paths are relative to it; ``.`` is the workspace itself."""

    def __init__(self, transport: AsyncTransport, session_id: str) -> None:
        self._transport = transport
        self._path = {"sessionId": session_id}

    def list(self, path: str = ".", *, recursive: bool = False, limit: int | None = None) -> AsyncPaginator[FileEntry]:
        """What a directory holds, by name.

        Example::

            async for entry in session.files.list("src", recursive=True):
                print(entry.path, entry.size)

        :param recursive: whether all below it is listed too, each directory before what is in it
        :param limit: the most entries in a page
        """
        query: ListFilesParams = {"path": path}
        if recursive:
            query["recursive"] = True
        if limit is not None:
            query["limit"] = limit
        return AsyncPaginator(self._transport, operations.list_files, query, self._path)

    async def stat(self, path: str) -> FileEntry:
        """What is at a path; a link at its end is not followed."""
        return await self._transport.json(operations.stat_file, path=self._path, query=StatFileParams(path=path))

    async def read(
        self, path: str, *, byte_range: tuple[int, int | None] | None = None, if_match: str | None = None
    ) -> FileContent:
        """Reads a file, or a part of it.

        Example::

            text = (await session.files.read("notes.md")).text

        :param byte_range: the first and the last byte; to the end of the file where the last is None
        :param if_match: only if the file still has this ``etag``
        :raises APIError: ``file_not_found`` if there is none, ``precondition_failed`` if it has another ``etag``
        """
        request = self._reading(path, byte_range, if_match)

        async def attempt() -> FileContent:
            async with self._transport.send(request) as response:
                return FileContent(path, await response.aread(), response.headers.get("etag"))

        return await self._transport.persist(attempt)

    def stream(
        self, path: str, *, byte_range: tuple[int, int | None] | None = None, if_match: str | None = None
    ) -> AsyncDownload:
        """Reads a file, or a part of it, as it comes.

        Example::

            async with session.files.stream("video.mp4") as video:
                async for chunk in video:
                    target.write(chunk)
        """
        return AsyncDownload(self._transport, self._reading(path, byte_range, if_match))

    async def write(
        self, path: str, content: AsyncFileBody, *, if_match: str | None = None, create_only: bool = False
    ) -> FileEntry:
        """Creates or replaces a file as a whole, and its directories. A failed write leaves the old content.

        What is read from elsewhere cannot be sent twice, so it is not retried; neither is a write with a condition.

        Example::

            entry = await session.files.stat("notes.md")
            await session.files.write("notes.md", changed, if_match=entry.etag)

        :param if_match: only if the file still has this ``etag``
        :param create_only: only where there is nothing yet
        :raises APIError: ``precondition_failed`` if ``if_match`` or ``create_only`` is not so
        """
        headers = {"if-match": if_match, "if-none-match": "*" if create_only else None}
        return await self._transport.json(
            operations.write_file,
            path={**self._path, "path": path},
            headers=headers,
            content=content,
            once=create_only or if_match is not None,
        )

    async def mkdir(self, path: str) -> FileEntry:
        """Makes a directory and those above it; one that is there already is left as it is."""
        body: MakeDirectoryParams = {"operation": "mkdir", "path": path}
        return await self._transport.json(operations.change_files, path=self._path, body=body)

    async def move(self, source: str, target: str, *, overwrite: bool = False) -> FileEntry:
        """Moves a file, a link or a directory, and makes the directories above its new place. Not retried.

        :param overwrite: whether what is there already is replaced
        :raises APIError: ``file_conflict`` if something is there already
        """
        body: MoveFileParams = {"operation": "move", "from": source, "to": target, "overwrite": overwrite}
        return await self._transport.json(operations.change_files, path=self._path, body=body, once=True)

    async def delete(self, path: str, *, recursive: bool = False, if_match: str | None = None) -> None:
        """Deletes a file, a link or an empty directory. Not retried with a condition.

        :param recursive: whether a directory goes with all that it holds
        :param if_match: only if the file still has this ``etag``
        """
        query: DeleteFileParams = {"recursive": True} if recursive else {}
        headers = {"if-match": if_match}
        await self._transport.json(
            operations.delete_file,
            path={**self._path, "path": path},
            query=query,
            headers=headers,
            once=if_match is not None,
        )

    def read_archive(self, path: str = ".", *, format: Literal["tar", "tar.gz"] = "tar.gz") -> AsyncDownload:
        """Reads a directory as an archive as it comes, with modes, times and links.

        Example::

            async with session.files.read_archive("src") as archive:
                await other.files.write_archive("src", archive)
        """
        query: ReadArchiveParams = {"path": path, "format": format}
        request = self._transport.request(operations.read_archive, "*/*", path=self._path, query=query)
        return AsyncDownload(self._transport, request)

    async def write_archive(self, path: str, archive: AsyncFileBody) -> ArchiveResult:
        """Unpacks a ``tar`` or ``tar.gz`` into a directory: all of it, or nothing.

        :raises APIError: ``invalid_request`` if something in it is not safe
        """
        query: WriteArchiveParams = {"path": path}
        return await self._transport.json(operations.write_archive, path=self._path, query=query, content=archive)

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
