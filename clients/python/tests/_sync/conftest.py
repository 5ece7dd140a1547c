# Generated from tests/_async/conftest.py by `npm run generate`. Do not edit.

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from sandgate import Sandgate, Session
from tests.clock import Clock
from tests.gateway import Gateway


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Clock | None:
    """For all but what plays against a real server."""
    if "real_time" in request.keywords:
        return None
    clock = Clock(monkeypatch)

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)

    for module in ("transport", "follow"):
        monkeypatch.setattr(f"sandgate._sync.{module}.time", SimpleNamespace(sleep=sleep))
    return clock


@pytest.fixture
def client(gateway: Gateway) -> Iterator[Sandgate]:
    with Sandgate("key", gateway.url) as client:
        yield client


@pytest.fixture
def session(client: Sandgate) -> Session:
    return client.sessions.handle("s")
