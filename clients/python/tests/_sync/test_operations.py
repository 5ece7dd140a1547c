# Generated from tests/_async/test_operations.py by `npm run generate`. Do not edit.

"""Every operation of the contract has a method."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandgate import APIError, Sandgate, Session
from tests.collect import collect
from tests.document import OPERATIONS, Operation
from tests.gateway import Gateway, problem


def of_session(call: Callable[[Session], object]) -> Callable[[Sandgate], object]:
    return lambda client: call(client.sessions.handle("s"))


CALLS: dict[str, Callable[[Sandgate], object]] = {
    "getHealth": lambda client: client.health(),
    "createSession": lambda client: client.sessions.create(),
    "listSessions": lambda client: client.sessions.list().page(),
    "getSession": lambda client: client.sessions.get("s"),
    "updateSession": of_session(lambda session: session.update()),
    "deleteSession": lambda client: client.sessions.delete("s"),
    "sleep": of_session(lambda session: session.sleep()),
    "wake": of_session(lambda session: session.wake()),
    "fork": of_session(lambda session: session.fork()),
    "getLogs": of_session(lambda session: session.logs()),
    "chat": of_session(lambda session: session.chat("hi").text()),
    "listTurns": of_session(lambda session: session.turns.list().page()),
    "getTurn": of_session(lambda session: session.turns.get("t")),
    "getTurnEvents": of_session(lambda session: collect(session.turns.events("t"))),
    "interrupt": of_session(lambda session: session.interrupt()),
    "getEvents": of_session(lambda session: session.list_events().page()),
    "listMessages": of_session(lambda session: session.messages().page()),
    "listRequests": of_session(lambda session: session.requests().page()),
    "listAccountRequests": lambda client: client.requests().page(),
    "resume": of_session(lambda session: session.resume(request_id="p", decision="allow")),
    "listFiles": of_session(lambda session: session.files.list().page()),
    "changeFiles": of_session(lambda session: session.files.mkdir("a")),
    "statFile": of_session(lambda session: session.files.stat("a")),
    "readFile": of_session(lambda session: session.files.read("a/b")),
    "writeFile": of_session(lambda session: session.files.write("a/b", "x")),
    "deleteFile": of_session(lambda session: session.files.delete("a/b")),
    "readArchive": of_session(lambda session: session.files.read_archive().__enter__()),
    "writeArchive": of_session(lambda session: session.files.write_archive(".", b"x")),
    "createSnapshot": of_session(lambda session: session.snapshots.create()),
    "listSnapshots": of_session(lambda session: session.snapshots.list()),
    "deleteSnapshot": of_session(lambda session: session.snapshots.delete("n")),
    "restoreSnapshot": of_session(lambda session: session.snapshots.restore("n")),
    "createSessionToken": of_session(lambda session: session.tokens.create(scopes=["sessions:read"])),
    "revokeSessionTokens": of_session(lambda session: session.tokens.revoke()),
    "createKey": lambda client: client.keys.create(name="ci", scopes=["sessions:read"]),
    "listKeys": lambda client: client.keys.list().page(),
    "getKey": lambda client: client.keys.get("k"),
    "revokeKey": lambda client: client.keys.revoke("k"),
    "rotateKey": lambda client: client.keys.rotate("k"),
    "getAccount": lambda client: client.account(),
    "createWebhook": lambda client: client.webhooks.create(url="https://example.com/", events=["turn.completed"]),
    "listWebhooks": lambda client: client.webhooks.list().page(),
    "getWebhook": lambda client: client.webhooks.get("w"),
    "updateWebhook": lambda client: client.webhooks.update("w"),
    "deleteWebhook": lambda client: client.webhooks.delete("w"),
    "rotateWebhookSecret": lambda client: client.webhooks.rotate("w"),
    "testWebhook": lambda client: client.webhooks.test("w"),
    "listWebhookDeliveries": lambda client: client.webhooks.deliveries("w").page(),
    "redeliverWebhook": lambda client: client.webhooks.redeliver("w", "d"),
    "listAudit": lambda client: client.audit().page(),
}


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.id for operation in OPERATIONS])
def test_has_a_method(operation: Operation, gateway: Gateway, client: Sandgate) -> None:
    gateway.answer_with(problem(404, "not_found"))
    with pytest.raises(APIError):
        CALLS[operation.id](client)
    (line,) = gateway.requests
    assert operation.describes(line)
    (key,) = gateway.headers("idempotency-key")
    assert key or not operation.idempotent
