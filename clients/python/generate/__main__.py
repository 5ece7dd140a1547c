"""Writes all that is generated; with ``--check`` only says what would be written otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from .document import Document
from .models import models, typed_dicts
from .operations import operations
from .sync import synchronous

ROOT = Path(__file__).parents[1]
REPOSITORY = ROOT.parents[1]
#: Folders whose modules are asynchronous, and what they become.
HALVES = {"src/sandgate/_async": "src/sandgate/_sync", "tests/_async": "tests/_sync"}
VERSION = '# Generated from api-spec/package.json by `npm run generate`. Do not edit.\n__version__ = "{version}"\n'


def modules() -> Iterator[tuple[str, str]]:
    """Each module by its path, and what is to be in it."""
    document = Document(REPOSITORY / "api-spec/openapi.json")
    version = json.loads((REPOSITORY / "api-spec/package.json").read_text())["version"]
    yield "src/sandgate/_generated/version.py", VERSION.format(version=version)
    yield "src/sandgate/_generated/models.py", models(document.answers())
    yield "src/sandgate/_generated/params.py", typed_dicts(document.params())
    yield "src/sandgate/_generated/operations.py", operations(document.routes)
    for source, target in HALVES.items():
        for module in sorted((ROOT / source).glob("*.py")):
            yield f"{target}/{module.name}", synchronous(module.read_text(), f"{source}/{module.name}")


def write(folder: Path) -> None:
    for path, text in modules():
        module = folder / path
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(text)
    config = ["--quiet", f"--config={ROOT / 'pyproject.toml'}", str(folder)]
    # What only waiting has needed is imported no more.
    imports = ["check", "--fix-only", "--select=I,F401", "--config=lint.exclude=[]"]
    for command in (imports, ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *command, *config], check=True)


def stale(folder: Path) -> Iterator[Path]:
    """What is not, or not only, as it was written to the folder."""
    written = {path.relative_to(folder) for path in folder.rglob("*.py")}
    halves = {path.relative_to(ROOT) for target in HALVES.values() for path in (ROOT / target).glob("*.py")}
    for path in sorted(written | halves):
        old, new = ROOT / path, folder / path
        if not (old.exists() and new.exists() and old.read_bytes() == new.read_bytes()):
            yield path


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        paths = list(stale(folder))
        for path in paths:
            if check:
                print(f"clients/python/{path} is not what it would be generated as: npm run generate")
            elif (folder / path).exists():
                (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
                (ROOT / path).write_bytes((folder / path).read_bytes())
            else:
                (ROOT / path).unlink()
    return 1 if check and paths else 0


sys.exit(main())
