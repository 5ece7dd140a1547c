"""The public document, cut into what is answered and what is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .schema import REFERENCE, Schema, answered, asked, bare, changed, references, renamed, union, without

METHODS = ("get", "put", "post", "patch", "delete")
SUCCESSES = ("200", "201", "202")
#: `Session` is the client's handle.
NAMES = {"Session": "SessionData"}
#: Unions that a newer server may widen, and what its news are taken for.
OPEN_UNIONS = {
    "Event": "UnknownEvent",
    "DurableEvent": "UnknownEvent",
    "WebhookEvent": "UnknownEvent",
    "ContentBlock": "UnknownBlock",
}


@dataclass(frozen=True)
class Route:
    """An operation of the document, and the names of its schemas."""

    id: str
    method: str
    path: str
    answer: str | None
    body: str | None
    query: str | None


class Document:
    """Reads an ``openapi.json``."""

    def __init__(self, path: Path) -> None:
        document = json.loads(path.read_text())
        rename = renamed(lambda name: NAMES.get(name, name))
        self._schemas: dict[str, Schema] = {
            NAMES.get(name, name): changed(schema, rename) for name, schema in document["components"]["schemas"].items()
        }
        self._queries: dict[str, Schema] = {}
        events = [name for hook in document["webhooks"].values() if (name := _named(hook["post"]["requestBody"]))]
        self._schemas["WebhookEvent"] = {**union(events, "type"), "description": "What a webhook is sent."}
        self._answers: list[str] = ["WebhookEvent"]
        self._bodies: list[str] = []
        self.routes: list[Route] = []
        for path_, methods in document["paths"].items():
            for method in METHODS:
                if method in methods:
                    self.routes.append(self._route(method, path_, methods[method]))

    def answers(self) -> dict[str, Schema]:
        """The schemas of what the server sends, in its answers and to webhooks."""
        schemas = {name: changed(self._schemas[name], answered) for name in self._reachable(self._answers)}
        for name, unknown in OPEN_UNIONS.items():
            known = schemas.pop(name)
            discriminator = known["discriminator"]["propertyName"]
            for member in references(known):
                told = self._schemas[member]["properties"][discriminator]
                schemas[member]["properties"][discriminator] = bare(told)
            description = known.pop("description")
            path = f"sandgate._core.unknown.{unknown}"
            schemas[f"Known{name}"] = known
            schemas[name] = {
                "anyOf": [{"$ref": f"{REFERENCE}Known{name}"}, {"type": "object", "customTypePath": path}],
                "description": description,
            }
        return schemas

    def params(self) -> dict[str, Schema]:
        """The schemas of what the client sends, in bodies and queries."""
        schemas = {name: self._schemas[name] for name in self._reachable(self._bodies)} | self._queries
        schemas["ChatOptions"] = without(schemas["ChatRequest"], "messages")
        schemas["PermissionAnswer"] = without(schemas["ResumeRequest"], "requestId")
        suffix = renamed(params_name)
        return {params_name(name): changed(changed(schema, asked), suffix) for name, schema in schemas.items()}

    def _route(self, method: str, path: str, operation: dict[str, Any]) -> Route:
        operation_id: str = operation["operationId"]
        answers = [_named(answer) for status, answer in operation["responses"].items() if status in SUCCESSES]
        answer = next((name for name in answers if name), None)
        body = _named(operation.get("requestBody", {}))
        streamed = _named(operation["responses"].get("200", {}), "text/event-stream")
        problems = {_named(answer, "application/problem+json") for answer in operation["responses"].values()}
        self._answers.extend(name for name in (answer, streamed, *problems) if name)
        self._bodies.extend([body] if body else [])
        query = self._query(operation)
        return Route(operation_id, method.upper(), path, answer, body, query)

    def _query(self, operation: dict[str, Any]) -> str | None:
        parameters = [part for part in operation.get("parameters", []) if part["in"] == "query"]
        if not parameters:
            return None
        name: str = operation["operationId"][0].upper() + operation["operationId"][1:]
        assert name not in self._schemas, f"There is a schema {name} already."
        self._queries[name] = {
            "type": "object",
            "description": f"What `{operation['operationId']}` is told in its query.",
            "properties": {part["name"]: part["schema"] for part in parameters},
            "required": [part["name"] for part in parameters if part["required"]],
        }
        return name

    def _reachable(self, roots: Iterable[str]) -> Iterator[str]:
        names: set[str] = set()
        waiting = list(roots)
        while waiting:
            name = waiting.pop()
            if name not in names:
                names.add(name)
                waiting.extend(references(self._schemas[name]))
        # In the document's order: a diff then shows what has changed.
        return (name for name in self._schemas if name in names)


def params_name(name: str) -> str:
    return f"{name}Params"


def _named(carrier: dict[str, Any], media_type: str = "application/json") -> str | None:
    """The name of a body's schema."""
    schema = carrier.get("content", {}).get(media_type, {}).get("schema", {})
    name = schema.get("$ref", "").removeprefix(REFERENCE)
    return NAMES.get(name, name) or None
