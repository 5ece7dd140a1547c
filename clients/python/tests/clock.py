"""Time that passes only in sleep, and then at once."""

from __future__ import annotations

import pytest


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept: list[float] = []
        self._now = 1000.0
        monkeypatch.setattr("sandgate._core.place.monotonic", lambda: self._now)
        monkeypatch.setattr("sandgate._core.retry.random", lambda: 0.0)

    def advance(self, seconds: float) -> None:
        self._now += seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)
