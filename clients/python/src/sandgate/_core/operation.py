"""An operation of the contract."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from sandgate.errors import SandgateError

Answer = TypeVar("Answer", covariant=True)
Body = TypeVar("Body")
Query = TypeVar("Query")


@dataclass(frozen=True)
class Operation(Generic[Answer, Body, Query]):
    """How an operation is asked for, and what it answers."""

    method: str
    path: str
    answer: type[BaseModel] | None = None
    body: Any = None
    query: Any = None

    def parse(self, content: bytes) -> Answer:
        """What is answered; None where that is nothing.

        :raises SandgateError: if it is not what the contract says
        """
        if self.answer is None or not content:
            return cast(Answer, None)
        try:
            return cast(Answer, self.answer.model_validate_json(content))
        except ValidationError as error:
            raise SandgateError(f"{self.method} {self.path}: the answer is not what the contract says") from error

    def body_of(self, body: Body) -> bytes:
        """The JSON of a body."""
        return json.dumps(_on_the_wire(self.body, body)).encode()

    def query_of(self, query: Query) -> dict[str, Any]:
        """The query by the names that it has on the wire."""
        return cast(dict[str, Any], _on_the_wire(self.query, query))


def _on_the_wire(kind: Any, value: Any) -> Any:
    # Not validated: what is wrong with it, the server says. Nothing is left out, so that it can.
    (plain,) = _adapter(kind).dump_python([value], mode="json", by_alias=True, warnings="none")
    return plain


@cache
def _adapter(kind: Any) -> TypeAdapter[list[Any]]:
    # In a list, as the configuration of a TypedDict itself cannot be given from outside.
    return TypeAdapter(list[kind], config=ConfigDict(extra="allow"))
