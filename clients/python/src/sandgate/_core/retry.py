"""When to try again."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from random import random

from sandgate.errors import APIConnectionError, APIError

#: Whoever asks for more than this gets no wait: the caller had better know.
LONGEST_WAIT = 60.0
FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0
JITTER = 0.25


def backoff(failures: int) -> float:
    """How long to wait after so many failures in a row (0 for the first), in seconds."""
    delay: float = min(FIRST_DELAY * 2**failures, LONGEST_DELAY)
    return delay * (1 - JITTER * random())


def retry_after(header: str | None) -> float | None:
    """The seconds of a ``Retry-After``: seconds or a date (RFC 9110, section 10.2.3)."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(parsedate_to_datetime(header).timestamp() - time.time(), 0.0)
    except ValueError:
        return None


def delay_before_retry(error: Exception, failures: int) -> float | None:
    """How long to wait before the request is sent again, in seconds; None where it must not be."""
    soonest = 0.0
    if isinstance(error, APIError):
        soonest = error.retry_after or 0.0
        if not error.retryable or soonest > LONGEST_WAIT:
            return None
    elif not isinstance(error, APIConnectionError):
        return None
    return max(soonest, backoff(failures))
