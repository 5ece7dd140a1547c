"""What a newer server says that this version does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict


class _Unknown(BaseModel):
    model_config = ConfigDict(extra="allow")

    type: str
    """What the server calls it."""

    if TYPE_CHECKING:
        # So that `event.type == "tool.delta"` is enough for a type checker to let `event.text` pass.
        def __getattr__(self, name: str) -> Any: ...


class UnknownEvent(_Unknown):
    """An event that this version does not know. Its data are its attributes, and all in ``model_dump()``."""


class UnknownBlock(_Unknown):
    """A piece of a message that this version does not know."""
