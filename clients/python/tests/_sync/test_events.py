# Generated from tests/_async/test_events.py by `npm run generate`. Do not edit.

from __future__ import annotations

from sandgate import Session
from tests.collect import closed
from tests.frames import complete, output
from tests.gateway import Gateway, stream


def test_go_on_for_ever_also_past_complete(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(stream(output(4, "a") + complete(5), location=None), stream(output(6, "b"), "stay"))
    types = []
    for event in session.events(after=3):
        types.append(event.type)
        if len(types) == 3:
            break
    assert types == ["tool.result", "complete", "tool.result"]
    assert gateway.headers("last-event-id") == ["3", "5"]
    assert closed(gateway.seen[1])


def test_of_some_types_are_carried_on_by_an_id_without_an_event(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(stream(f"{output(1, 'a')}id: 9\n\n", location=None), stream(complete(10), "stay"))
    for event in session.events(types=["tool.result", "complete"]):
        if event.type == "complete":
            break
    assert gateway.requests == ["GET /v1/sessions/s/events?types=tool.result%2Ccomplete"] * 2
    assert gateway.headers("last-event-id") == [None, "9"]
