"""Sees every event of a stream once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandgate import Event
from sandgate.types import Message, MessageEvent, ToolResultEvent


class Witness:
    def __init__(self) -> None:
        self._durable: list[Event] = []
        #: What deltas and snapshots made of each message, and of each tool's output.
        self._built: dict[str, str] = {}

    def see(self, event: Event) -> None:
        if event.type == "message.snapshot":
            self._built[event.message_id] = event.text
        elif event.type == "tool.snapshot":
            self._built[event.tool_call_id] = event.text
        elif event.type == "message.delta":
            self._built[event.message_id] = self._built.get(event.message_id, "") + event.text
        elif event.type == "tool.delta":
            self._built[event.tool_call_id] = self._built.get(event.tool_call_id, "") + event.text
        else:
            self._durable.append(event)

    @property
    def seqs(self) -> list[int]:
        return seqs(self._durable)

    @property
    def turn_id(self) -> str | None:
        return self._durable[0].turn_id if self._durable else None

    @property
    def outcome(self) -> dict[str, Any]:
        """What a scenario may expect of it."""
        return {
            "stopReason": next((event.stop_reason for event in self._durable if event.type == "complete"), None),
            "turnId": self.turn_id,
            "types": [event.type for event in self._durable if event.type != "status"],
            "seq": self.seqs[-1] if self._durable else None,
        }

    def judge(self, log: Sequence[Event], *, is_whole: bool, is_live: bool) -> None:
        """Holds it against the log. Who comes back when something is done gets no more deltas of it: unless the stream
        ``is_whole``, they may make a beginning. Where it ``is_live``, watched from the start, there must be some."""
        assert self.seqs == seqs(log)
        for event in self._durable:
            if isinstance(event, MessageEvent):
                is_due = is_live and event.message.role == "assistant"
                self._compare(event.message.id, text_of(event.message), is_whole, is_due)
            elif isinstance(event, ToolResultEvent):
                # What was denied never ran and has no exit code: its output is the reason, which comes as a whole.
                is_due = is_live and event.exit_code is not None
                self._compare(event.tool_call_id, event.output, is_whole, is_due)

    def _compare(self, id: str, text: str, is_whole: bool, is_due: bool) -> None:
        built = self._built.get(id, "" if is_due else text)
        assert built == text if is_whole else text.startswith(built)


def seqs(events: Sequence[Event]) -> list[int]:
    return [event.model_dump()["seq"] for event in events]


def text_of(message: Message) -> str:
    return "".join(block.text for block in message.content)
