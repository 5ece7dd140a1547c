"""Classes for schemas, by datamodel-code-generator."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from .schema import Schema

TEMPLATES = Path(__file__).parent / "templates"
OPTIONS = [
    "--input-file-type=openapi",
    "--target-python-version=3.10",
    "--formatters=ruff-format",
    "--custom-file-header=# Generated from api-spec/openapi.json by `npm run generate`. Do not edit.",
    "--snake-case-field",
    "--enum-field-as-literal=all",
    "--use-type-alias",
    "--use-annotated",
    "--use-schema-description",
    "--use-field-description",
    "--use-inline-field-description",
    "--use-single-line-docstring",
]
MODELS = [
    "--output-model-type=pydantic_v2.BaseModel",
    "--allow-population-by-field-name",
    "--extra-fields=allow",
    "--output-datetime-class=AwareDatetime",
    "--union-mode=left_to_right",
    "--use-one-literal-as-default",
]
TYPED_DICTS = [
    "--output-model-type=typing.TypedDict",
    "--no-use-closed-typed-dict",
    f"--custom-template-dir={TEMPLATES}",
    # What the template needs, and pydantic before Python 3.12.
    "--additional-imports=typing.Annotated,pydantic.Field",
    '--import-overrides={"TypedDict": "typing_extensions"}',
]


def models(schemas: dict[str, Schema]) -> str:
    """What is answered: models that keep what they do not know."""
    return _generate(schemas, MODELS)


def typed_dicts(schemas: dict[str, Schema]) -> str:
    """What is asked: dictionaries, each name with the one that it has on the wire."""
    return _generate(schemas, TYPED_DICTS)


def _generate(schemas: dict[str, Schema], options: list[str]) -> str:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
        "components": {"schemas": schemas},
    }
    command = [sys.executable, "-m", "datamodel_code_generator", *OPTIONS, *options]
    text = subprocess.run(command, input=json.dumps(document), text=True, check=True, stdout=subprocess.PIPE).stdout
    names = re.findall(r"^(?:class )?(\w+)(?:\(|: TypeAlias = | = )", text, re.MULTILINE)
    return f"{text}\n\n__all__ = {sorted(set(names))}\n"
