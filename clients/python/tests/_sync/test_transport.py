# Generated from tests/_async/test_transport.py by `npm run generate`. Do not edit.

from __future__ import annotations

import logging
from email.utils import formatdate

import httpx
import pytest

from sandgate import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    CursorExpiredError,
    Sandgate,
    SandgateError,
    Session,
)
from tests.clock import Clock
from tests.collect import collect
from tests.gateway import SESSION, Answer, Gateway, as_json, empty, half, hang_up, problem, silence, whole

HEALTH = as_json({"status": "ok", "version": "0.1.0", "isolation": "none"})


class TestRetries:
    @pytest.mark.parametrize(
        "failure",
        [
            hang_up,
            empty(408),
            problem(429, "queue_full"),
            problem(409, "session_busy", retryable=True),
            empty(502),
            half(b'{"id":'),
        ],
        ids=["a connection that breaks", "408", "429", "a problem that says so", "a bare 502", "a cut answer"],
    )
    def test_what_passes(self, failure: Answer, gateway: Gateway, client: Sandgate, clock: Clock) -> None:
        gateway.answer_with(failure, failure, SESSION)
        assert (client.sessions.create()).id == "s"
        assert clock.slept == [0.5, 1]

    @pytest.mark.parametrize(
        "failure",
        [
            problem(404, "session_not_found"),
            problem(500, "internal_error"),
            empty(418),
            problem(503, "x", retryable=True, headers={"retry-after": "61"}),
        ],
        ids=["404", "a 500 that says that it is of no use", "a bare 4xx", "more patience than a minute"],
    )
    def test_not_what_stays(self, failure: Answer, gateway: Gateway, client: Sandgate) -> None:
        gateway.answer_with(failure)
        with pytest.raises(APIError):
            client.sessions.get("s")
        assert len(gateway.requests) == 1

    def test_as_often_as_they_may(self, gateway: Gateway, client: Sandgate) -> None:
        gateway.answer_with(empty(500))
        with pytest.raises(APIError):
            client.with_options(max_retries=2).health()
        assert len(gateway.requests) == 3
        with pytest.raises(APIError):
            client.with_options(max_retries=0).health()
        assert len(gateway.requests) == 4

    def test_as_late_as_the_server_asks(self, gateway: Gateway, client: Sandgate, clock: Clock) -> None:
        busy = problem(503, "sandbox_unavailable", retryable=True, headers={"retry-after": "7"})
        past = problem(503, "sandbox_unavailable", retryable=True, headers={"retry-after": formatdate(0, usegmt=True)})
        gateway.answer_with(busy, past, SESSION)
        client.sessions.create()
        assert clock.slept == [7, 1]

    def test_with_the_same_key_and_body_another_call_with_another_key(self, gateway: Gateway, client: Sandgate) -> None:
        gateway.answer_with(hang_up, hang_up, SESSION)
        client.sessions.create(id="s")
        client.sessions.create(id="s")
        client.sessions.create(idempotency_key="mine")
        first, second, third, other, mine = gateway.headers("idempotency-key")
        assert first
        assert second == third == first != other
        assert mine == "mine"
        assert [seen.json for seen in gateway.seen] == [{"id": "s"}] * 4 + [{}]

    def test_are_told_to_the_log(self, gateway: Gateway, client: Sandgate, caplog: pytest.LogCaptureFixture) -> None:
        gateway.answer_with(empty(502), as_json({"data": [], "nextCursor": None, "hasMore": False}))
        with caplog.at_level(logging.INFO, "sandgate"):
            client.sessions.list(metadata={"customer": "acme"}).page()
        assert [record.message for record in caplog.records if record.name == "sandgate"] == [
            f"GET {gateway.url}/v1/sessions: 502: trying again in 0.5 s"
        ]
        assert "key" not in repr(client._transport)


def test_an_error_says_all_that_the_server_said(gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(problem(404, "session_not_found"))
    with pytest.raises(APIError) as raised:
        client.sessions.get("nobody")
    error = raised.value
    assert (error.status, error.code, error.request_id, error.retryable) == (404, "session_not_found", "req_1", False)
    assert error.problem
    assert error.problem.title == "session_not_found"
    assert str(error) == f"GET {gateway.url}/v1/sessions/nobody: 404 session_not_found: session_not_found!"


def test_a_refused_key_says_why(gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(problem(401, "unauthorized", reason="expired"))
    with pytest.raises(APIError) as raised:
        client.account()
    assert raised.value.reason == "expired"


def test_a_cursor_to_what_is_no_longer_kept_is_an_error_of_its_own(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(problem(410, "cursor_expired"))
    with pytest.raises(CursorExpiredError):
        session.list_events(after=1).page()
    with pytest.raises(CursorExpiredError):
        collect(session.events(after=1))
    assert len(gateway.requests) == 2


def test_an_answer_that_does_not_come_in_time(gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(silence)
    with pytest.raises(APITimeoutError):
        client.with_options(timeout=0.1, max_retries=0).health()


def test_a_wait_is_not_taken_for_a_timeout() -> None:
    allowed: list[float] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        allowed.append(request.extensions["timeout"]["read"])
        return httpx.Response(404)

    with httpx.Client(transport=httpx.MockTransport(refuse)) as http:
        session = Sandgate("key", "http://gateway", timeout=10, http_client=http).sessions.handle("s")
        for wait in (0, 30):
            with pytest.raises(APIError):
                session.turns.get("t", wait=wait)
    assert allowed == [10, 40]


def test_a_server_that_is_not_there(clock: Clock) -> None:
    with Sandgate("key", "http://127.0.0.1:1") as client:
        with pytest.raises(APIConnectionError):
            client.health()
    assert clock.slept == [0.5, 1, 2, 4, 8]


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"status": 1}'])
def test_an_answer_that_is_none_is_not_asked_for_again(body: bytes, gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(whole(body))
    with pytest.raises(SandgateError, match="not what the contract says"):
        client.health()
    assert len(gateway.requests) == 1


def test_an_answer_may_say_what_nobody_knows_yet(gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(as_json({"status": "strained", "version": "9", "isolation": "moon", "load": 7}))
    health = client.health()
    assert (health.status, health.model_dump()["load"]) == ("strained", 7)


def test_what_nobody_knows_is_asked_all_the_same(gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(SESSION)
    client.sessions.create(budget={"total_tokens": 5, "total_tokns": 6}, moon=True)  # type: ignore[typeddict-unknown-key, call-arg]
    assert gateway.seen[0].json == {"budget": {"totalTokens": 5, "total_tokns": 6}, "moon": True}


def test_an_http_client_may_be_brought_along_and_stays_open(gateway: Gateway) -> None:
    gateway.answer_with(HEALTH)
    with httpx.Client(headers={"x-mine": "yes"}) as http:
        with Sandgate("key", gateway.url, http_client=http) as client:
            client.health()
        Sandgate("key", gateway.url, http_client=http).health()
    assert gateway.headers("x-mine") == ["yes", "yes"]


def test_key_and_url_come_from_the_environment(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SANDGATE_API_KEY", raising=False)
    monkeypatch.delenv("SANDGATE_BASE_URL", raising=False)
    with pytest.raises(SandgateError, match="SANDGATE_API_KEY"):
        Sandgate()
    monkeypatch.setenv("SANDGATE_API_KEY", "secret")
    with pytest.raises(SandgateError, match="SANDGATE_BASE_URL"):
        Sandgate()
    monkeypatch.setenv("SANDGATE_BASE_URL", gateway.url)
    gateway.answer_with(HEALTH)
    with Sandgate() as client:
        client.health()
    assert gateway.headers("authorization") == ["Bearer secret"]
