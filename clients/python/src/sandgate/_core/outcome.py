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
from sandgate.errors import SandgateError, TurnError


class Outcome:
    """Is made of the events of a turn."""

    def __init__(self) -> None:
        self.message: Message | None = None
        """The agent's last message that has a text."""
        self._output = ""
        self._error: ErrorEvent | None = None
        self._complete: CompleteEvent | None = None

    def take(self, event: Event) -> None:
        if isinstance(event, MessageEvent):
            if event.message.role == "assistant" and text_of(event.message):
                self.message = event.message
        elif isinstance(event, ToolResultEvent):
            self._output = event.output
        elif isinstance(event, ErrorEvent):
            self._error = event
        elif isinstance(event, CompleteEvent):
            self._complete = event

    @property
    def text(self) -> str:
        """The agent's last message or, where it says nothing itself, the output of its last tool."""
        return text_of(self.message) if self.message else self._output

    def check(self) -> None:
        """:raises TurnError: if the turn ended in failure"""
        if self._complete is None:
            raise SandgateError("The chat stream was not read to its end.")
        if self._complete.stop_reason == "error":
            raise TurnError(self._error)


def text_of(message: Message) -> str:
    """A message without what is no text of it."""
    return "".join(block.text for block in message.content if isinstance(block, TextBlock))
