"""Answers what the agent asks for while the stream of its turn goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import aclosing, closing
from typing import Any

from sandgate._generated.models import Event, PermissionRequestedEvent
from sandgate._generated.params import PermissionAnswerParams

#: Decides on a request of the agent. None leaves it to somebody else.
PermissionHandler = Callable[[PermissionRequestedEvent], PermissionAnswerParams | None]
#: Decides on a request of the agent. None leaves it to somebody else.
AsyncPermissionHandler = Callable[[PermissionRequestedEvent], Awaitable[PermissionAnswerParams | None]]


def answering(
    events: Generator[Event, None, None], answer: Callable[[PermissionRequestedEvent], None]
) -> Generator[Event, None, None]:
    """Answers a request when its event was dealt with. The stream waits meanwhile."""
    with closing(events):
        for event in events:
            yield event
            if isinstance(event, PermissionRequestedEvent):
                answer(event)


async def async_answering(
    events: AsyncGenerator[Event, None], answer: Callable[[PermissionRequestedEvent], Awaitable[None]]
) -> AsyncGenerator[Event, None]:
    """Answers each request in a task of its own, so that the stream goes on. What fails there fails the stream."""
    answers: set[asyncio.Future[None]] = set()
    upcoming: asyncio.Future[Event | None] | None = None
    async with aclosing(events):
        try:
            while True:
                upcoming = asyncio.ensure_future(anext(events, None))
                while not upcoming.done():
                    pending: set[asyncio.Future[Any]] = {upcoming, *answers}
                    done, _ = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                    for given in done & answers:
                        answers.remove(given)
                        given.result()
                event = upcoming.result()
                if event is None:
                    return
                if isinstance(event, PermissionRequestedEvent):
                    answers.add(asyncio.ensure_future(answer(event)))
                yield event
        finally:
            # What was decided meanwhile, the stream has said; and who leaves it answers no more.
            unfinished = [future for future in (upcoming, *answers) if future and not future.done()]
            for future in unfinished:
                future.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
