from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gateway import Gateway


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    yield gateway
    gateway.close()
