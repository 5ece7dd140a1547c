from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest

from sandgate import AsyncSandgate, AsyncSession
from tests.clock import Clock
from tests.gateway import Gateway


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Clock | None:
    """For all but what plays against a real server."""
    if "real_time" in request.keywords:
        return None
    clock = Clock(monkeypatch)

    async def sleep(seconds: float) -> None:
        clock.sleep(seconds)

    for module in ("transport", "follow"):
        monkeypatch.setattr(f"sandgate._async.{module}.asyncio", SimpleNamespace(sleep=sleep))
    return clock


@pytest.fixture
async def client(gateway: Gateway) -> AsyncIterator[AsyncSandgate]:
    async with AsyncSandgate("key", gateway.url) as client:
        yield client


@pytest.fixture
def session(client: AsyncSandgate) -> AsyncSession:
    return client.sessions.handle("s")
