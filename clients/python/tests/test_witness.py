from __future__ import annotations

from typing import Any

import pytest

from sandgate.types import MessageEvent, ToolDeltaEvent, ToolResultEvent
from tests.witness import Witness

ENVELOPE = {"at": "2026-11-22T20:34:00Z", "sessionId": "s", "turnId": "t"}


def delta(text: str) -> ToolDeltaEvent:
    return ToolDeltaEvent.model_validate(
        {**ENVELOPE, "type": "tool.delta", "toolCallId": "c", "stream": "stdout", "text": text}
    )


def result(**more: Any) -> ToolResultEvent:
    event = {**ENVELOPE, "seq": 1, "type": "tool.result", "toolCallId": "c", "isError": False, "output": "ab"}
    return ToolResultEvent.model_validate({**event, **more})


def said(role: str) -> MessageEvent:
    message = {"id": "m", "role": role, "content": [{"type": "text", "text": "ab"}]}
    return MessageEvent.model_validate({**ENVELOPE, "seq": 1, "type": "message", "message": message})


RAN = result(exitCode=0)
DENIED = result()
LIVE = {"is_whole": True, "is_live": True}
LATE = {"is_whole": True, "is_live": False}
CUT = {"is_whole": False, "is_live": False}


def judge(events: list[Any], how: dict[str, bool]) -> None:
    witness = Witness()
    for event in events:
        witness.see(event)
    witness.judge([events[-1]], **how)


@pytest.mark.parametrize(
    ("events", "how"),
    [
        ([delta("a"), delta("b"), RAN], LIVE),
        ([DENIED], LIVE),
        ([said("user")], LIVE),
        ([RAN], LATE),
        ([delta("a"), RAN], CUT),
    ],
)
def test_takes_what_is_right(events: list[Any], how: dict[str, bool]) -> None:
    judge(events, how)


@pytest.mark.parametrize(
    ("events", "how"),
    [
        ([RAN], LIVE),
        ([delta("a"), RAN], LIVE),
        ([said("assistant")], LIVE),
        ([delta("a"), RAN], LATE),
        ([delta("b"), RAN], CUT),
    ],
)
def test_sees_what_is_missing(events: list[Any], how: dict[str, bool]) -> None:
    with pytest.raises(AssertionError):
        judge(events, how)
