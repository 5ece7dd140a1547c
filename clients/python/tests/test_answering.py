"""What only the asynchronous client does: it reads on while somebody decides."""

from __future__ import annotations

import asyncio

from sandgate import AsyncSandgate
from sandgate.types import PermissionRequestedEvent
from tests._async.test_permissions import REQUESTED, RESOLVED
from tests.collect import async_collect
from tests.frames import complete, delta
from tests.gateway import Gateway, stream


async def test_the_stream_goes_on_while_somebody_decides_and_says_what_was_decided(gateway: Gateway) -> None:
    gateway.answer_with(stream(REQUESTED + delta("meanwhile") + RESOLVED + complete(3)))
    left = asyncio.Event()

    async def ponder(request: PermissionRequestedEvent) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            left.set()

    async with AsyncSandgate("key", gateway.url) as client:
        events = await async_collect(client.sessions.handle("s").chat("rm", on_permission=ponder))
    assert [event.type for event in events][1:] == ["message.delta", "permission.resolved", "complete"]
    assert left.is_set()
