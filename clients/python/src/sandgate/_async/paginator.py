"""A list, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Generic

from typing_extensions import TypeVar

from sandgate._async.transport import AsyncTransport
from sandgate._core.operation import Operation
from sandgate._core.page import Page

Item = TypeVar("Item")
#: The page of a list; that of some says more than others.
PageOf = TypeVar("PageOf", bound=Page[Any], default=Page[Item])


class AsyncPaginator(Generic[Item, PageOf]):
    """All items of a list when iterated, which asks for one page after the other.

    Example::

        async for session in client.sessions.list():
            print(session.id)
        page = await client.sessions.list(limit=10).page()
        print(page.data, page.next_cursor)
    """

    def __init__(
        self,
        transport: AsyncTransport,
        operation: Operation[PageOf, Any, Any],
        query: Mapping[str, Any],
        path: Mapping[str, str] = {},
    ) -> None:
        self._transport = transport
        self._operation = operation
        self._query = query
        self._path = path

    async def page(self) -> PageOf:
        """The first page alone; ``after=page.next_cursor`` asks for the one after it."""
        return await self._load(self._query)

    async def pages(self) -> AsyncIterator[PageOf]:
        """One page after the other."""
        page = await self._load(self._query)
        yield page
        while page.has_more and page.next_cursor is not None:
            page = await self._load({**self._query, "after": page.next_cursor})
            yield page

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page.data:
                yield item

    async def _load(self, query: Mapping[str, Any]) -> PageOf:
        return await self._transport.json(self._operation, path=self._path, query=query)
