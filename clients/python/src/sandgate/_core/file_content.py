"""What is in a file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class FileContent:
    """What is in a file, or in a part of it."""

    path: str
    content: bytes = field(repr=False)
    etag: str | None
    """What ``if_match`` takes, so that nobody else's change is written over."""

    @property
    def text(self) -> str:
        """:raises UnicodeDecodeError: if it is not UTF-8"""
        return self.content.decode()
