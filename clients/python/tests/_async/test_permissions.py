from __future__ import annotations

import threading

import pytest

from sandgate import APIError, AsyncSession
from sandgate.types import PermissionAnswerParams, PermissionRequestedEvent
from tests.collect import async_collect
from tests.frames import complete, kept
from tests.gateway import Answer, Gateway, Handler, Seen, as_json, problem, stream

NOON = "2026-12-01T12:00:00.000Z"
ASKED = {
    "requestId": "perm_1",
    "kind": "permission",
    "tool": "shell",
    "title": "rm",
    "input": {},
    "options": [],
    "expiresAt": NOON,
}
REQUESTED = kept(1, "permission.requested", **ASKED)
RESOLVED = kept(2, "permission.resolved", requestId="perm_1", decision="allow", by="user")
RESUMED = {"turnId": "turn_1", "request": {**ASKED, "turnId": "turn_1", "status": "resolved", "createdAt": NOON}}


def waiting(resumed: Answer) -> Answer:
    """A turn that goes on when its request is answered."""
    answered = threading.Event()

    def answer(handler: Handler, seen: Seen) -> None:
        if seen.path.endswith("/resume"):
            resumed(handler, seen)
            answered.set()
        else:
            handler.head(200, {"content-type": "text/event-stream", "transfer-encoding": "chunked"})
            handler.chunk(REQUESTED.encode())
            answered.wait(10)
            handler.chunk((RESOLVED + complete(3)).encode())
            handler.wfile.write(b"0\r\n\r\n")

    return answer


async def test_are_answered_while_the_stream_goes_on(gateway: Gateway, session: AsyncSession) -> None:
    asked: list[str] = []

    async def decide(request: PermissionRequestedEvent) -> PermissionAnswerParams:
        asked.append(f"{request.request_id} {request.tool}")
        return {"decision": "allow", "scope": "session", "updated_input": {"new_name": 1}}

    gateway.answer_with(waiting(as_json(RESUMED)))
    assert [event.type for event in await async_collect(session.chat("rm", on_permission=decide))] == [
        "permission.requested",
        "permission.resolved",
        "complete",
    ]
    assert asked == ["perm_1 shell"]
    assert gateway.requests[1] == "POST /v1/sessions/s/resume"
    assert gateway.seen[1].json == {
        "requestId": "perm_1",
        "decision": "allow",
        "scope": "session",
        "updatedInput": {"new_name": 1},
    }


async def deny(request: PermissionRequestedEvent) -> PermissionAnswerParams:
    return {"decision": "deny"}


async def test_may_be_answered_by_somebody_faster(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(waiting(problem(409, "request_already_resolved")))
    assert len(await async_collect(session.chat("rm", on_permission=deny))) == 3


async def test_fail_the_stream_where_the_answer_is_refused(gateway: Gateway, session: AsyncSession) -> None:
    gateway.answer_with(stream(REQUESTED, "stay"), problem(400, "invalid_request"))
    with pytest.raises(APIError, match="invalid_request"):
        await async_collect(session.chat("rm", on_permission=deny))
    assert gateway.seen[0].closed.wait(10)


async def test_fail_the_stream_where_the_handler_does_and_hang_up(gateway: Gateway, session: AsyncSession) -> None:
    async def leave(request: PermissionRequestedEvent) -> None:
        raise LookupError("nobody there")

    gateway.answer_with(stream(REQUESTED, "stay"))
    with pytest.raises(LookupError, match="nobody there"):
        await async_collect(session.chat("rm", on_permission=leave))
    assert gateway.seen[0].closed.wait(10)
    assert len(gateway.requests) == 1


async def test_may_be_left_to_somebody_else(gateway: Gateway, session: AsyncSession) -> None:
    async def ignore(request: PermissionRequestedEvent) -> None:
        return None

    gateway.answer_with(stream(REQUESTED + RESOLVED + complete(3)))
    assert len(await async_collect(session.chat("rm", on_permission=ignore))) == 3
    assert len(gateway.requests) == 1
