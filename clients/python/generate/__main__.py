"""Writes all that is generated; with ``--check`` only says what would be written otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .document import Document
from .models import models, typed_dicts
from .operations import operations
from .sync import synchronous

ROOT = Path(__file__).parents[1]
REPOSITORY = ROOT.parents[1]
PACKAGE = ROOT / "src/sandgate"
#: Folders whose modules are asynchronous, and what they become.
HALVES = {PACKAGE / "_async": PACKAGE / "_sync", ROOT / "tests/_async": ROOT / "tests/_sync"}

VERSION = '# Generated from package.json by `npm run generate`. Do not edit.\n__version__ = "{version}"\n'


def texts() -> Iterator[tuple[Path, str]]:
    document = Document(REPOSITORY / "api-spec/openapi.json")
    version = json.loads((REPOSITORY / "package.json").read_text())["version"]
    yield PACKAGE / "_generated/version.py", VERSION.format(version=version)
    yield PACKAGE / "_generated/models.py", models(document.answers())
    yield PACKAGE / "_generated/params.py", typed_dicts(document.params())
    yield PACKAGE / "_generated/operations.py", operations(document.routes)
    for source, target in HALVES.items():
        for module in sorted(source.glob("*.py")):
            yield target / module.name, synchronous(module.read_text(), str(module.relative_to(ROOT)))


def formatted(path: Path, text: str) -> str:
    for command in (["check", "--isolated", "--fix-only", "--quiet", "--select=I,F401"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *command, f"--stdin-filename={path}", "-"]
        text = subprocess.run(ruff, input=text, text=True, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    return text


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    wrong: list[Path] = []
    for path, text in texts():
        text = formatted(path, text)
        if path.exists() and path.read_text() == text:
            continue
        wrong.append(path.relative_to(ROOT))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    for path in wrong:
        print(f"clients/python/{path} {'is not what the contract says: npm run generate' if check else 'written'}")
    return 1 if check and wrong else 0


sys.exit(main())
