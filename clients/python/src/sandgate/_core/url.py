"""Paths and queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode


def fill_path(template: str, params: Mapping[str, str]) -> str:
    """Fills in ``/v1/sessions/{sessionId}``. A slash in a value becomes ``%2F``, so that it never leaves its place."""

    def value(name: re.Match[str]) -> str:
        text = params[name[1]]
        # A URL parser takes such a segment away, and the request would reach another resource.
        if text in ("", ".", ".."):
            raise ValueError(f'"{text}" cannot be a {name[1]}.')
        return quote(text, safe="")

    return re.sub(r"\{(\w+)\}", value, template)


def query_string(query: Mapping[str, Any]) -> str:
    """``?after=3&metadata[project]=website``, or nothing."""
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        if isinstance(value, Mapping):
            pairs += [(f"{name}[{key}]", text) for key, text in value.items()]
        elif value is not None:
            pairs.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
    return f"?{urlencode(pairs)}" if pairs else ""
