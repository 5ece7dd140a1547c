"""What a newer server says that this version does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict


class _Unknown(BaseModel):
    model_config = ConfigDict(extra="allow")

    if TYPE_CHECKING:
        # For a type checker it is none of the types that are known: `event.type == "tool.delta"` then tells the class.
        type: Literal["(unknown)"]

        def __getattr__(self, name: str) -> Any: ...
    else:
        type: str
        """What the server calls it."""


class UnknownEvent(_Unknown):
    """An event that this version does not know. Its data are its attributes, and all in ``model_dump()``."""


class UnknownBlock(_Unknown):
    """A piece of a message that this version does not know."""
