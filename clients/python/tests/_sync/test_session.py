# Generated from tests/_async/test_session.py by `npm run generate`. Do not edit.

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from sandgate import Sandgate, SandgateError, Session
from tests.gateway import SESSION, Gateway


def test_says_what_the_server_said_of_it(gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(SESSION)
    session = client.sessions.get("s")
    assert (session.id, session.data.status, session.data.created_at.year) == ("s", "idle", 2026)
    fork = session.fork(seq=3)
    assert fork.data.last_seq == 0
    assert gateway.seen[1].json == {"seq": 3}


def test_knows_nothing_where_nothing_was_asked(session: Session) -> None:
    with pytest.raises(SandgateError, match="asked nothing"):
        _ = session.data


def test_is_changed_by_what_is_given(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(SESSION)
    session.update(expires_at=datetime(2026, 12, 1, 12, tzinfo=timezone.utc), metadata={"old_name": "x"})
    assert gateway.seen[0].json == {"expiresAt": "2026-12-01T12:00:00Z", "metadata": {"old_name": "x"}}
