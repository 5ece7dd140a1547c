"""All that comes, and the end of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Iterable
from typing import TypeVar

from tests.gateway import Seen

T = TypeVar("T")


def collect(items: Iterable[T]) -> list[T]:
    return list(items)


async def async_collect(items: AsyncIterable[T]) -> list[T]:
    return [item async for item in items]


def closed(seen: Seen) -> bool:
    """Whether the client leaves the connection."""
    return seen.closed.wait(10)


async def async_closed(seen: Seen) -> bool:
    return await asyncio.to_thread(seen.closed.wait, 10)
