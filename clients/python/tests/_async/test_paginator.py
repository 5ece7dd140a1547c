from __future__ import annotations

from sandgate import AsyncSandgate, AsyncSession
from tests.collect import async_collect
from tests.gateway import Answer, Gateway, as_json


def page(name: str, cursor: str | None) -> Answer:
    key = {"id": name, "name": name, "scopes": [], "createdAt": "2026-11-22T20:34:00Z", "hint": "x", "status": "active"}
    return as_json({"data": [key], "nextCursor": cursor, "hasMore": cursor is not None})


async def test_goes_on_to_the_pages_after_it(gateway: Gateway, client: AsyncSandgate) -> None:
    gateway.answer_with(page("a", "7"), page("b", None))
    assert [key.id for key in await async_collect(client.keys.list(limit=1))] == ["a", "b"]
    assert gateway.requests == ["GET /v1/keys?limit=1", "GET /v1/keys?limit=1&after=7"]


async def test_asks_for_one_page_alone(gateway: Gateway, client: AsyncSandgate) -> None:
    gateway.answer_with(page("a", "7"))
    first = await client.keys.list(after="3").page()
    assert ([key.id for key in first.data], first.next_cursor, first.has_more) == (["a"], "7", True)
    assert gateway.requests == ["GET /v1/keys?after=3"]


async def test_asks_by_the_names_on_the_wire(gateway: Gateway, client: AsyncSandgate, session: AsyncSession) -> None:
    gateway.answer_with(as_json({"data": [], "nextCursor": None, "hasMore": False, "unavailable": []}))
    await async_collect(client.sessions.list(metadata={"project": "a b"}, status="waiting"))
    await async_collect(client.requests(session_id="s"))
    await async_collect(session.files.list("a b", recursive=True))
    assert gateway.requests == [
        "GET /v1/sessions?metadata%5Bproject%5D=a+b&status=waiting",
        "GET /v1/requests?sessionId=s",
        "GET /v1/sessions/s/files?path=a+b&recursive=true",
    ]


async def test_the_log_is_read_from_a_number(gateway: Gateway, session: AsyncSession) -> None:
    event = {"at": "2026-11-22T20:34:00Z", "sessionId": "s"}
    known = {**event, "seq": 4, "type": "complete", "stopReason": "end_turn"}
    news = {**event, "seq": 5, "type": "moon.phase"}
    gateway.answer_with(
        as_json({"data": [known], "nextCursor": "4", "hasMore": True}),
        as_json({"data": [news], "nextCursor": "5", "hasMore": False}),
    )
    events = await async_collect(session.list_events(after=3, types="complete,moon.phase"))
    assert [event.type for event in events] == ["complete", "moon.phase"]
    assert gateway.requests == [
        "GET /v1/sessions/s/events?after=3&types=complete%2Cmoon.phase",
        "GET /v1/sessions/s/events?after=4&types=complete%2Cmoon.phase",
    ]


async def test_of_all_sessions_says_which_could_not_be_asked(gateway: Gateway, client: AsyncSandgate) -> None:
    gateway.answer_with(as_json({"data": [], "nextCursor": None, "hasMore": False, "unavailable": ["s"]}))
    assert (await client.requests().page()).unavailable == ["s"]
