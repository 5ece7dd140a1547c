"""What comes out of a turn."""

from __future__ import annotations

from sandgate._generated.models import (
    CompleteEvent,
    ErrorEvent,
    Event,
    Message,
    MessageEvent,
    TextBlock,
    ToolResultEvent,
)
from sandgate.errors import TurnError


class Outcome:
    """Gathers it from the events."""

    def __init__(self) -> None:
        self.message: Message | None = None
        """The agent's last message."""
        self._said = ""
        self._printed = ""
        self._error: ErrorEvent | None = None

    @property
    def text(self) -> str:
        """The agent's last message or, where it says nothing itself, the output of its last tool."""
        return self._said or self._printed

    def take(self, event: Event) -> None:
        """:raises TurnError: if the turn ends in failure"""
        if isinstance(event, MessageEvent) and event.message.role == "assistant":
            self.message = event.message
            self._said = text_of(event.message) or self._said
        elif isinstance(event, ToolResultEvent):
            self._printed = event.output
        elif isinstance(event, ErrorEvent):
            self._error = event
        elif isinstance(event, CompleteEvent) and event.stop_reason == "error":
            raise TurnError(self._error)


def text_of(message: Message) -> str:
    return "".join(block.text for block in message.content if isinstance(block, TextBlock))
