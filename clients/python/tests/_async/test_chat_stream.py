from __future__ import annotations

from collections.abc import AsyncIterable
from itertools import count

import pytest

from sandgate import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    AsyncSandgate,
    AsyncSession,
    Event,
    SandgateError,
    TurnError,
    UnknownEvent,
)
from sandgate.types import CompleteEvent, MessageDeltaEvent, ToolResultEvent, UserMessageParams
from tests.clock import Clock
from tests.collect import async_closed, async_collect
from tests.frames import HEAD, complete, delta, kept, message, output, snapshot
from tests.gateway import (
    EVENTS_PATH,
    Answer,
    Gateway,
    Handler,
    Seen,
    empty,
    hang_up,
    problem,
    silence,
    stream,
    whole,
)

CHAT = "POST /v1/sessions/s/chat"
EVENTS = f"GET {EVENTS_PATH}"


async def summary(events: AsyncIterable[Event]) -> list[int | str]:
    """``1``, ``2`` for events that are kept, the text for others."""
    return [
        event.text if event.type == "message.delta" or event.type == "message.snapshot" else event.model_dump()["seq"]
        async for event in events
    ]


async def test_posts_the_text_and_yields_events_until_complete(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(stream(HEAD + output(1, "hi\n") + delta("hi") + complete(2), "stay"))
    chat = session.chat("echo hi")
    assert chat.turn_id is None
    result, part, end = await async_collect(chat)
    assert isinstance(result, ToolResultEvent)
    assert (result.seq, result.output, result.session_id) == (1, "hi\n", "s")
    assert isinstance(part, MessageDeltaEvent)
    assert part.text == "hi"
    assert isinstance(end, CompleteEvent)
    assert end.stop_reason == "end_turn"
    assert chat.turn_id == "turn_1"
    (seen,) = gateway.seen
    assert seen.line == CHAT
    assert seen.json == {"messages": [{"role": "user", "content": "echo hi"}]}
    assert (seen.headers["accept"], seen.headers["authorization"]) == ("text/event-stream", "Bearer key")
    assert seen.closed.wait(10)


async def test_takes_messages_and_options_too(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(stream(complete(1)))
    messages: list[UserMessageParams] = [{"role": "user", "content": [{"type": "text", "text": "hi"}]}]
    await async_collect(session.chat(messages, on_busy="reject", deadline_seconds=5, idempotency_key="mine"))
    assert gateway.seen[0].json == {"messages": messages, "onBusy": "reject", "deadlineSeconds": 5}
    assert gateway.headers("idempotency-key") == ["mine"]


class TestGoesOn:
    async def test_after_a_cut_with_the_last_id_at_the_content_location(
        self, gateway: Gateway, session: AsyncSession, clock: Clock
    ) -> None:
        gateway.answer_with(stream(HEAD + output(1, "a") + delta("b"), "cut"), stream(output(2, "c") + complete(3)))
        assert await summary(session.chat("x")) == [1, "b", 2, 3]
        assert gateway.requests == [CHAT, EVENTS]
        again = gateway.seen[1].headers
        assert (again["last-event-id"], again["accept"]) == ("1", "text/event-stream")
        assert again["authorization"] == "Bearer key"
        assert clock.slept == [0.5]

    async def test_after_an_end_without_complete(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(output(1, "a")), stream(complete(2)))
        assert await summary(session.chat("x")) == [1, 2]

    async def test_from_the_start_where_only_headers_came(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream("", "cut"), stream(output(1, "a") + complete(2)))
        assert await summary(session.chat("x")) == [1, 2]
        assert gateway.requests == [CHAT, EVENTS]
        assert gateway.headers("last-event-id") == [None, None]

    async def test_by_the_same_post_where_no_header_came(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(hang_up, empty(503), stream(complete(1)))
        assert await summary(session.chat("x")) == [1]
        assert gateway.requests == [CHAT, CHAT, CHAT]
        (key,) = set(gateway.headers("idempotency-key"))
        assert key

    async def test_by_the_same_post_where_nobody_said_where(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(output(1, "a"), location=None), stream(output(1, "a") + complete(2), location=None))
        assert await summary(session.chat("x")) == [1, 2]
        assert gateway.requests == [CHAT, CHAT]
        assert len(set(gateway.headers("idempotency-key"))) == 1

    async def test_wherever_it_is_cut(self, gateway: Gateway, session: AsyncSession) -> None:
        frames = [output(1, "grüß 🐘"), output(2, "b\u2028").replace("\n", "\r\n"), complete(3)]
        content = "".join(frames).encode()

        def rest(handler: Handler, seen: Seen) -> None:
            last = int(seen.headers.get("last-event-id", "0"))
            stream("".join(frames[last:]))(handler, seen)

        for at in range(0, len(content) + 1, 3):
            gateway.answer_with(stream(content[:at], "cut"), rest)
            assert await summary(session.chat("x")) == [1, 2, 3]

    async def test_drops_what_it_had_and_lets_a_snapshot_through(self, gateway: Gateway, session: AsyncSession) -> None:
        had = output(1, "a") + output(2, "b")
        gateway.answer_with(
            stream(had + delta("Hel"), "cut"), stream(had + snapshot("Hello") + delta(" you") + complete(3))
        )
        assert await summary(session.chat("x")) == [1, 2, "Hel", "Hello", " you", 3]

    async def test_through_refusals_that_pass_as_late_as_the_server_asks(
        self, gateway: Gateway, session: AsyncSession, clock: Clock
    ) -> None:
        gateway.answer_with(
            stream(f"retry: 1200\n\n{output(1, 'a')}", "cut"),
            problem(503, "sandbox_unavailable", retryable=True, headers={"retry-after": "3"}),
            problem(429, "slow_down"),
            empty(502),
            stream(complete(2)),
        )
        assert await summary(session.chat("x")) == [1, 2]
        assert clock.slept == [1.2, 3, 2, 4]

    async def test_after_a_silence(
        self, gateway: Gateway, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sandgate._async.follow.LONGEST_SILENCE", 3)
        gateway.answer_with(stream(output(1, "a"), "stay"), stream(complete(2)))
        assert await summary(session.chat("x")) == [1, 2]
        assert gateway.seen[0].closed.wait(10)

    async def test_under_the_prefix_of_the_base_url(self, gateway: Gateway) -> None:
        gateway.answer_with(stream(output(1, "a"), "cut"), stream(complete(2)))
        async with AsyncSandgate("key", f"{gateway.url}/prefix/") as client:
            assert await summary(client.sessions.handle("s").chat("x")) == [1, 2]
        assert gateway.requests == ["POST /prefix/v1/sessions/s/chat", f"GET /prefix{EVENTS_PATH}"]


async def test_takes_its_key_to_no_other_server(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(stream("", location="http://127.0.0.1:1/events"), stream(complete(1)))
    assert await summary(session.chat("x")) == [1]
    assert gateway.requests == [CHAT, CHAT]


class TestEnds:
    async def test_with_204_which_says_that_there_is_no_more(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(output(1, "a"), "cut"), empty(204))
        assert await summary(session.chat("x")) == [1]

    async def test_with_complete_also_if_it_was_seen_before(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(complete(2), "stay"))
        assert await summary(session.turns.events("turn_1", after=2)) == []
        assert gateway.headers("last-event-id") == ["2"]

    async def test_with_complete_whatever_happens_to_the_connection(
        self, gateway: Gateway, session: AsyncSession
    ) -> None:
        gateway.answer_with(stream(complete(1), "cut"))
        assert await summary(session.chat("x")) == [1]
        assert gateway.requests == [CHAT]

    async def test_with_a_refusal_which_is_not_asked_for_twice(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(output(1, "a"), "cut"), problem(404, "turn_not_found"))
        with pytest.raises(APIError, match="turn_not_found"):
            await summary(session.chat("x"))
        assert gateway.requests == [CHAT, EVENTS]

    @pytest.mark.parametrize(
        "answer", [stream(HEAD), stream(snapshot("old")), silence], ids=["nothing", "nothing new", "silence"]
    )
    async def test_after_about_a_minute_in_which_nothing_came(
        self,
        answer: Answer,
        gateway: Gateway,
        session: AsyncSession,
        clock: Clock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        gateway.answer_with(stream(HEAD + output(1, "a"), "cut"), answer)
        events = aiter(session.chat("x"))
        await anext(events)
        # Not before: the first event may come late on a busy machine.
        monkeypatch.setattr("sandgate._async.follow.LONGEST_SILENCE", 0.05)
        with pytest.raises(APIConnectionError):
            await async_collect(events)
        assert sum(clock.slept) == 55.5
        assert len(gateway.requests) == 11

    async def test_after_as_many_connections_that_fall_silent_however_long_they_held(
        self, gateway: Gateway, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sandgate._async.follow.LONGEST_SILENCE", 0.05)
        monkeypatch.setattr("sandgate._core.place.monotonic", count(0, 45).__next__)
        gateway.answer_with(stream(output(1, "a"), "cut"), stream("", "stay"))
        with pytest.raises(APITimeoutError):
            await summary(session.chat("x"))
        assert len(gateway.requests) == 11

    async def test_where_it_never_began_as_any_request(self, gateway: Gateway, client: AsyncSandgate) -> None:
        gateway.answer_with(hang_up)
        with pytest.raises(APIConnectionError):
            await summary(client.with_options(max_retries=2).sessions.handle("s").chat("x"))
        assert gateway.requests == [CHAT] * 3

    async def test_not_while_something_comes_or_a_connection_holds(
        self, gateway: Gateway, session: AsyncSession, clock: Clock
    ) -> None:
        gateway.answer_with(
            *[stream(delta("a"), "cut")] * 15, *[stream(snapshot("a"), "cut")] * 15, stream(complete(1))
        )
        async for event in session.chat("x"):
            if event.type == "message.snapshot":
                clock.advance(15)
        assert clock.slept == [0.5] * 30


class TestHangsUp:
    async def test_on_break(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(output(1, "a"), "stay"))
        chat = session.chat("x")
        async for _ in chat:
            break
        assert await async_closed(gateway.seen[0])
        assert gateway.requests == [CHAT]

    async def test_at_the_end_of_its_context_whoever_holds_on_to_it(
        self, gateway: Gateway, session: AsyncSession
    ) -> None:
        gateway.answer_with(stream(output(1, "a"), "stay"))
        async with session.events() as events:
            reader = aiter(events)
            await anext(reader)
        assert gateway.seen[0].closed.wait(10)
        assert await async_collect(reader) == []


async def test_hands_through_what_it_does_not_know(gateway: Gateway, session: AsyncSession) -> None:
    news = kept(1, "moon.phase", full=True) + message(2, "assistant", ("video", "?"), ("text", "!"))
    gateway.answer_with(stream(f"event: x\n{news}{complete(3, 'bored')}"))
    moon, said, end = await async_collect(session.chat("x"))
    assert isinstance(moon, UnknownEvent)
    assert (moon.type, moon.seq, moon.full) == ("moon.phase", 1, True)
    assert moon.model_dump()["sessionId"] == "s"
    assert said.type == "message"
    assert [block.type for block in said.message.content] == ["video", "text"]
    assert isinstance(end, CompleteEvent)
    assert end.stop_reason == "bored"


@pytest.mark.parametrize(("data", "reason"), [("<html>", "is not JSON"), ("[]", "has no type")])
async def test_what_is_no_event_is_an_error_and_nothing_to_try_again(
    data: str, reason: str, gateway: Gateway, session: AsyncSession
) -> None:
    gateway.answer_with(stream(f"data: {data}\n\n", "stay"))
    with pytest.raises(SandgateError, match=reason):
        await summary(session.chat("x"))
    assert gateway.requests == [CHAT]


async def test_what_is_no_stream_is_refused(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(whole(b"hello", headers={"content-type": "text/html"}))
    with pytest.raises(SandgateError, match="answered with text/html instead of a stream"):
        await session.chat("x").text()


async def test_can_be_read_once(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(stream(complete(1)))
    chat = session.chat("x")
    await async_collect(chat)
    with pytest.raises(SandgateError, match="once"):
        await async_collect(chat)


class TestText:
    QUESTION = message(1, "user", ("text", "question"))

    async def test_is_the_agents_last_message(self, gateway: Gateway, session: AsyncSession) -> None:
        answers = [
            message(2, "assistant", ("text", "Let me see.")),
            output(3, "hello\n"),
            message(4, "assistant", ("reasoning", "Hm."), ("text", "It is "), ("text", "hello.")),
            message(5, "assistant", ("reasoning", "That was easy.")),
        ]
        gateway.answer_with(stream(self.QUESTION + "".join(answers) + complete(6)))
        chat = session.chat("x")
        assert await chat.text() == "It is hello."
        final = await chat.final_message()
        assert final
        assert final.id == "msg_4"

    async def test_is_the_output_of_the_last_tool_where_the_agent_says_nothing(
        self, gateway: Gateway, session: AsyncSession
    ) -> None:
        gateway.answer_with(stream(self.QUESTION + output(2, "a") + output(3, "hello\n") + complete(4)))
        chat = session.chat("x")
        await async_collect(chat)
        assert await chat.text() == "hello\n"
        assert await chat.final_message() is None
        assert gateway.requests == [CHAT]

    async def test_is_not_known_of_a_stream_that_was_left(self, gateway: Gateway, session: AsyncSession) -> None:
        gateway.answer_with(stream(output(1, "hello\n") + complete(2)))
        chat = session.chat("x")
        async for _ in chat:
            break
        with pytest.raises(SandgateError, match="was not read to its end"):
            await chat.text()

    async def test_is_an_error_where_the_turn_fails(self, gateway: Gateway, session: AsyncSession) -> None:
        failure = kept(2, "error", code="sandbox_restarted", message="It was restarted.", retryable=True)
        gateway.answer_with(stream(self.QUESTION + failure + complete(3, "error")))
        with pytest.raises(TurnError, match="It was restarted") as raised:
            await session.chat("x").text()
        assert (raised.value.code, raised.value.retryable) == ("sandbox_restarted", True)
