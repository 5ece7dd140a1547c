"""Runs a file in which, as in a notebook, `await` may stand outside of a function."""

import ast
import asyncio
import sys

path = sys.argv[1]
with open(path) as file:
    code = compile(file.read(), path, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
running = eval(code, {"__name__": "__main__"})
if running is not None:
    asyncio.run(running)
