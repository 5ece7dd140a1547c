"""The table of what every client does alike, ``clients/scenarios.json``, and the words that it is written in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Json = Any


def scenarios() -> list[dict[str, Json]]:
    path = os.environ.get("SANDGATE_SCENARIOS", Path(__file__).parents[2] / "scenarios.json")
    table: list[dict[str, Json]] = json.loads(Path(path).read_text())["scenarios"]
    return table


def told(name: str) -> str:
    """A variable that ``npm run test:clients`` sets."""
    return os.environ[name]


def url(through: str | None) -> str:
    """The gateway, or the proxy with faults before it."""
    return told(f"SANDGATE_{through.upper()}_URL" if through else "SANDGATE_BASE_URL")


def fill(value: Json, names: Mapping[str, Json]) -> Json:
    """Puts what was saved in the place of each ``$name``."""
    if isinstance(value, list):
        return [fill(item, names) for item in value]
    if isinstance(value, dict):
        return {name: fill(item, names) for name, item in value.items()}
    if isinstance(value, str) and re.fullmatch(r"\$\w+", value):
        return names[value[1:]]
    return value


def pick(value: Json, path: str) -> Json:
    """The value at ``0.requestId``, which must be there: saved, nothing would be equal to whatever else is missing."""
    for name in path.split("."):
        value = value[int(name)] if isinstance(value, list) else value[name]
    assert value is not None, f"nothing is at {path}"
    return value


def check(found: Json, expected: Json, at: str = "the outcome") -> None:
    """Of an object only what is expected counts; a list has as many items as are expected."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), f"{at} is {found!r}"
        for name, value in expected.items():
            check(found.get(name), value, f"{at}.{name}")
    elif isinstance(expected, list):
        assert isinstance(found, list), f"{at} is {found!r}"
        assert len(found) == len(expected), f"{at} is {found!r}"
        for index, value in enumerate(expected):
            check(found[index], value, f"{at}.{index}")
    else:
        assert found == expected, f"{at} is {found!r}, not {expected!r}"


def arguments(body: Mapping[str, Json]) -> dict[str, Json]:
    """The members of a body as a method of this client calls them."""
    return {re.sub(r"(?=[A-Z])", "_", name).lower(): value for name, value in body.items()}
