# Generated from src/sandgate/_async/paginator.py by `npm run generate`. Do not edit.

"""A list, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic

from typing_extensions import TypeVar

from sandgate._core.operation import Operation
from sandgate._core.page import Page
from sandgate._sync.transport import Transport

Item = TypeVar("Item")
#: The page of a list; that of some says more than others.
PageOf = TypeVar("PageOf", bound=Page[Any], default=Page[Item])


class Paginator(Generic[Item, PageOf]):
    """All items of a list when iterated, which asks for one page after the other.

    Example::

        for session in client.sessions.list():
            print(session.id)
        page = client.sessions.list(limit=10).page()
        print(page.data, page.next_cursor)
    """

    def __init__(
        self,
        transport: Transport,
        operation: Operation[PageOf, Any, Any],
        query: Mapping[str, Any],
        path: Mapping[str, str] = {},
    ) -> None:
        self._transport = transport
        self._operation = operation
        self._query = query
        self._path = path

    def page(self) -> PageOf:
        """The first page alone; ``after=page.next_cursor`` asks for the one after it."""
        return self._load(self._query)

    def pages(self) -> Iterator[PageOf]:
        """One page after the other."""
        page = self._load(self._query)
        yield page
        while page.has_more and page.next_cursor is not None:
            page = self._load({**self._query, "after": page.next_cursor})
            yield page

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            for item in page.data:
                yield item

    def _load(self, query: Mapping[str, Any]) -> PageOf:
        return self._transport.json(self._operation, path=self._path, query=query)
