"""What can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandgate.types import ErrorEvent, Problem


class SandgateError(Exception):
    """The base of every error that this package raises of its own."""


class APIConnectionError(SandgateError):
    """No answer came, or it broke off: nobody can know whether the request was carried out. ``__cause__`` says more."""


class APITimeoutError(APIConnectionError):
    """No answer came in time."""


class APIError(SandgateError):
    """The server refused.

    Example::

        try:
            client.sessions.get("nobody")
        except APIError as error:
            if error.code != "session_not_found":
                raise
            print(error.request_id)
    """

    def __init__(
        self,
        request: str,
        status: int,
        *,
        problem: Problem | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{request}: {status}" + (f" {problem.code}: {problem.detail}" if problem else ""))
        self.status = status
        """The HTTP status."""
        self.problem = problem
        """What the server said about it; None where something in between answered."""
        self.request_id = request_id or (problem.request_id if problem else None)
        """Names the request in the server's logs."""
        self.retry_after = retry_after
        """How long the server asks to be left alone, in seconds, from its ``Retry-After``."""

    @property
    def code(self) -> str | None:
        """The stable code to program against: ``session_not_found``."""
        return self.problem.code if self.problem else None

    @property
    def reason(self) -> str | None:
        """With the code ``unauthorized``, why: ``expired``, ``revoked`` …"""
        return self.problem.reason if self.problem else None

    @property
    def retryable(self) -> bool:
        """Whether the same request may be sent again unchanged."""
        if self.status in (408, 429):
            return True
        return self.problem.retryable if self.problem else self.status >= 500


class CursorExpiredError(APIError):
    """What comes behind the given event is no longer kept: ``session.get().first_seq`` says where the log begins."""


class TurnError(SandgateError):
    """A turn ended in failure. Raised where its output was asked for, never where its events are read."""

    def __init__(self, event: ErrorEvent | None) -> None:
        super().__init__(event.message if event else "The turn failed.")
        self.code = event.code if event else None
        """The stable code to program against: ``sandbox_restarted``."""
        self.retryable = event.retryable if event else False
        """Whether a new turn may do better."""
