"""The operations of the contract, by their names in Python."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .document import Route, params_name

HEADER = """\
# Generated from api-spec/openapi.json by `npm run generate`. Do not edit.

from __future__ import annotations

from sandgate._core.operation import Operation
from sandgate._generated import models, params
"""


def operations(routes: Iterable[Route]) -> str:
    return HEADER + "".join(_operation(route) for route in routes)


def _operation(route: Route) -> str:
    answer = f"models.{route.answer}" if route.answer else None
    body = f"params.{params_name(route.body)}" if route.body else None
    query = f"params.{params_name(route.query)}" if route.query else None
    name = re.sub(r"(?=[A-Z])", "_", route.id).lower()
    kind = f"Operation[{answer}, {body}, {query}]"
    return f'\n{name}: {kind} = Operation("{route.method}", "{route.path}", {answer}, {body}, {query})\n'
