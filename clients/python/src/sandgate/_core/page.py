"""A part of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item", covariant=True)


class Page(Protocol[Item]):
    """Some items of a list."""

    @property
    def data(self) -> Sequence[Item]:
        """The items of this page."""

    @property
    def next_cursor(self) -> str | None:
        """Where the next page begins."""

    @property
    def has_more(self) -> bool:
        """Whether there is more now."""
