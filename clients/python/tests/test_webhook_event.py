from __future__ import annotations

from pydantic import TypeAdapter

from sandgate import UnknownEvent
from sandgate.types import WebhookEvent, WebhookTest


def test_what_a_webhook_is_sent_may_be_parsed() -> None:
    events: TypeAdapter[WebhookEvent] = TypeAdapter(WebhookEvent)
    envelope = {"id": "evt_1", "createdAt": "2026-11-22T20:34:00.000Z", "data": {"sessionId": "s", "expiredAt": "?"}}
    assert isinstance(events.validate_python({**envelope, "type": "moon.phase"}), UnknownEvent)
    test = events.validate_python({**envelope, "type": "webhook.test", "data": {"webhookId": "hook_1"}})
    assert isinstance(test, WebhookTest)
