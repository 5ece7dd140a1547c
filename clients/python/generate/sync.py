"""The synchronous client, made of the asynchronous one by leaving out the waiting."""

from __future__ import annotations

import re

HEADER = "# Generated from {source} by `npm run generate`. Do not edit.\n\n"
REPLACEMENTS = [
    (r"\basync (def|for|with)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\b(?:Awaitable)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]", r"\1"),
    (r"\bAsyncGenerator\[(\w+), None\]", r"Generator[\1, None, None]"),
    # An identifier: AsyncSession, __aiter__, aclosing, async_answering.
    (r"\bAsync(?=[A-Z])", ""),
    (r"\b__a(iter|next|enter|exit)__\b", r"__\1__"),
    (r"\ba(closing|close|read|next|iter)\b", r"\1"),
    (r"\ba(iter_\w+)\b", r"\1"),
    (r"\basync_(\w+)\b", r"\1"),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"\benter_async_context\b", "enter_context"),
    (r"\bpush_async_callback\b", "callback"),
    (r"\b_async\b", "_sync"),
    (r"\basyncio\b", "time"),
    (r"\basynchronous\b", "synchronous"),
]


def synchronous(text: str, source: str) -> str:
    for pattern, replacement in REPLACEMENTS:
        text = re.sub(pattern, replacement, text)
    return HEADER.format(source=source) + text
