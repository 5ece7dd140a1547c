"""The operations of the contract, as its document has them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

OPENAPI = Path(__file__).parents[3] / "api-spec/openapi.json"


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    #: Whether it has a parameter `idempotency-key`.
    idempotent: bool

    def describes(self, line: str) -> bool:
        """Whether a request, ``GET /v1/sessions/s?limit=1``, is for this operation."""
        path = re.sub(r"\{\w+\}", "[^/]+", self.path)
        return re.fullmatch(rf"{self.method} {path}(\?.*)?", line) is not None


OPERATIONS = [
    Operation(
        operation["operationId"],
        method.upper(),
        path,
        any(part["name"] == "idempotency-key" for part in operation.get("parameters", [])),
    )
    for path, methods in json.loads(OPENAPI.read_text())["paths"].items()
    for method, operation in methods.items()
]
