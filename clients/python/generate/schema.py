"""Changes to a JSON schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Schema = dict[str, Any]

REFERENCE = "#/components/schemas/"
#: The server says when a limit is broken: a client that knew it too would be wrong as soon as it is raised.
LIMITS = {"exclusiveMinimum", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern"}
NOISE = {"example", "examples"}


def parts(schema: Schema) -> Iterator[Schema]:
    """A schema and all that it is made of."""
    yield schema
    children = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    for child in [*children, *schema.get("oneOf", []), *schema.get("anyOf", []), *schema.get("allOf", [])]:
        if isinstance(child, dict):
            yield from parts(child)


def references(schema: Schema) -> Iterator[str]:
    """The names of the schemas that a schema is made of."""
    for part in parts(schema):
        if "$ref" in part:
            yield part["$ref"].removeprefix(REFERENCE)


def changed(schema: Schema, change: Callable[[Schema], Schema]) -> Schema:
    """A schema with every part of it changed, the innermost first."""
    whole = dict(schema)
    if "properties" in schema:
        whole["properties"] = {name: changed(part, change) for name, part in schema["properties"].items()}
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            whole[name] = changed(schema[name], change)
    for name in ("oneOf", "anyOf", "allOf"):
        if name in schema:
            whole[name] = [changed(part, change) for part in schema[name]]
    return change(whole)


def renamed(names: Callable[[str], str]) -> Callable[[Schema], Schema]:
    """Has references go to what is called otherwise now."""

    def rename(part: Schema) -> Schema:
        if "$ref" in part:
            return {**part, "$ref": REFERENCE + names(part["$ref"].removeprefix(REFERENCE))}
        if "discriminator" in part:
            mapping = part["discriminator"].get("mapping", {})
            mapping = {kind: REFERENCE + names(ref.removeprefix(REFERENCE)) for kind, ref in mapping.items()}
            return {**part, "discriminator": {**part["discriminator"], "mapping": mapping}}
        return part

    return rename


def bare(part: Schema) -> Schema:
    """Leaves out what is the server's to say."""
    part = {name: value for name, value in part.items() if name not in LIMITS | NOISE}
    if part.get("format") == "uri":
        del part["format"]
    return part


def answered(part: Schema) -> Schema:
    """A newer server may answer what nobody listed."""
    part = bare(part)
    if "enum" in part:
        listed = {"type": part.pop("type"), "enum": part.pop("enum")}
        part["anyOf"] = [listed, {"type": "string"}]
    if part.get("additionalProperties") is False:
        del part["additionalProperties"]
    return part


def asked(part: Schema) -> Schema:
    """A time may be given as one."""
    part = bare(part)
    if part.get("format") == "date-time":
        del part["format"], part["type"]
        part["anyOf"] = [{"type": "string"}, {"type": "string", "customTypePath": "datetime.datetime"}]
    if part.get("additionalProperties") is False:
        del part["additionalProperties"]
    return part


def union(names: list[str], discriminator: str) -> Schema:
    """One of these, as a property of it says."""
    return {"oneOf": [{"$ref": REFERENCE + name} for name in names], "discriminator": {"propertyName": discriminator}}


def without(schema: Schema, name: str) -> Schema:
    """An object without one of its properties."""
    properties = {key: part for key, part in schema["properties"].items() if key != name}
    return {**schema, "properties": properties, "required": [key for key in schema.get("required", []) if key != name]}
