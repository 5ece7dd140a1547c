from __future__ import annotations

from datetime import datetime, timezone

import pytest

from sandgate import APIError, AsyncSandgate, AsyncSession, SandgateError
from tests.gateway import SESSION, Gateway, as_json, empty


async def test_says_what_the_server_said_of_it(gateway: Gateway, client: AsyncSandgate) -> None:
    gateway.answer_with(SESSION)
    session = await client.sessions.get("s")
    assert (session.id, session.data.status, session.data.created_at.year) == ("s", "idle", 2026)
    fork = await session.fork(seq=3)
    assert fork.data.last_seq == 0
    assert gateway.seen[1].json == {"seq": 3}


async def test_knows_nothing_where_nothing_was_asked(session: AsyncSession) -> None:
    with pytest.raises(SandgateError, match="asked nothing"):
        _ = session.data


async def test_is_changed_by_what_is_given(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(SESSION)
    await session.update(expires_at=datetime(2026, 12, 1, 12, tzinfo=timezone.utc), metadata={"old_name": "x"})
    assert gateway.seen[0].json == {"expiresAt": "2026-12-01T12:00:00Z", "metadata": {"old_name": "x"}}


async def test_is_interrupted_once_where_no_turn_is_named_as_a_repeat_might_stop_the_next(
    gateway: Gateway, session: AsyncSession
) -> None:
    gateway.answer_with(empty(503))
    with pytest.raises(APIError):
        await session.interrupt()
    assert len(gateway.requests) == 1


async def test_is_interrupted_again_where_the_turn_is_named(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(empty(503), as_json({"interrupted": True}))
    assert (await session.interrupt(turn_id="t")).interrupted
    assert len(gateway.requests) == 2
