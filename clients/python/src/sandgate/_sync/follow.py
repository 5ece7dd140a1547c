# Generated from src/sandgate/_async/follow.py by `npm run generate`. Do not edit.

"""Reads a stream of events through every cut."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from typing import Any

from httpx_sse import EventSource

from sandgate._core.place import LONGEST_SILENCE, Place
from sandgate._generated.models import Event
from sandgate._sync.transport import Transport, logger
from sandgate.errors import APIConnectionError, SandgateError


def follow(transport: Transport, place: Place) -> Generator[Event, None, None]:
    """Goes on after the last event, at the ``Content-Location`` if the server named one; no event comes twice.

    :raises APIError: if the server refuses
    :raises APIConnectionError: if nothing has come for about a minute of trying
    """
    while True:
        request = place.next_request()
        failure: SandgateError = APIConnectionError(f"{request}: the stream ended too early")
        try:
            with transport.send(request, LONGEST_SILENCE) as response:
                place.open(response)
                if place.over:
                    return
                frames: Any = EventSource(response).iter_sse()
                with closing(frames):
                    for frame in frames:
                        event = place.take(frame)
                        if event is not None:
                            yield event
                        if place.over:
                            return
        except SandgateError as error:
            failure = error
        delay = place.delay_after(failure)
        logger.info("%s: going on in %.1f s", failure, delay)
        time.sleep(delay)
