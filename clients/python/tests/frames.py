"""The frames of a stream."""

from __future__ import annotations

import json

HEAD = "retry: 500\n: hello\n\n"


def kept(seq: int, type: str, **event: object) -> str:
    """An event that is kept."""
    return f"id: {seq}\ndata: {_data(seq=seq, type=type, **event)}\n\n"


def passing(type: str, **event: object) -> str:
    """An event that is not."""
    return f"data: {_data(type=type, **event)}\n\n"


def complete(seq: int, stop_reason: str = "end_turn") -> str:
    return kept(seq, "complete", stopReason=stop_reason)


def output(seq: int, text: str) -> str:
    return kept(seq, "tool.result", toolCallId="call_1", isError=False, output=text)


def delta(text: str) -> str:
    return passing("message.delta", messageId="msg_1", text=text)


def snapshot(text: str) -> str:
    return passing("message.snapshot", messageId="msg_1", text=text)


def message(seq: int, role: str, *content: tuple[str, str]) -> str:
    blocks = [{"type": type, "text": text} for type, text in content]
    return kept(seq, "message", message={"id": f"msg_{seq}", "role": role, "content": blocks})


def _data(**event: object) -> str:
    envelope = {"at": "2026-11-22T20:34:00.000Z", "sessionId": "s", "turnId": "turn_1"}
    return json.dumps({**envelope, **event}, ensure_ascii=False)
