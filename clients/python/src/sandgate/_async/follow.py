"""Reads a stream of events through every cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from httpx_sse import EventSource

from sandgate._async.transport import AsyncTransport, logger
from sandgate._core.place import LONGEST_SILENCE, Place
from sandgate._generated.models import Event
from sandgate.errors import APIConnectionError, SandgateError


async def follow(transport: AsyncTransport, place: Place) -> AsyncGenerator[Event, None]:
    """Goes on after the last event, at the ``Content-Location`` if the server named one; no event comes twice.

    :raises APIError: if the server refuses
    :raises APIConnectionError: if nothing has come for about a minute of trying
    """
    while True:
        request = place.next_request()
        failure: SandgateError = APIConnectionError(f"{request}: the stream ended too early")
        try:
            async with transport.send(request, LONGEST_SILENCE) as response:
                place.open(response)
                if place.over:
                    return
                frames: Any = EventSource(response).aiter_sse()
                async with aclosing(frames):
                    async for frame in frames:
                        event = place.take(frame)
                        if event is not None:
                            yield event
                        if place.over:
                            return
        except SandgateError as error:
            failure = error
        delay = place.delay_after(failure)
        logger.info("%s: going on in %.1f s", failure, delay)
        await asyncio.sleep(delay)
