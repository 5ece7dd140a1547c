"""Every session its own computer with an agent in it."""

from sandgate._async.chat_stream import AsyncChatStream
from sandgate._async.client import AsyncSandgate
from sandgate._async.download import AsyncDownload
from sandgate._async.event_stream import AsyncEventStream
from sandgate._async.paginator import AsyncPaginator
from sandgate._async.session import AsyncSession
from sandgate._core.answering import AsyncPermissionHandler, PermissionHandler
from sandgate._core.file_content import FileContent
from sandgate._core.unknown import UnknownEvent
from sandgate._generated.models import Event
from sandgate._generated.version import __version__
from sandgate._sync.chat_stream import ChatStream
from sandgate._sync.client import Sandgate
from sandgate._sync.download import Download
from sandgate._sync.event_stream import EventStream
from sandgate._sync.paginator import Paginator
from sandgate._sync.session import Session
from sandgate.errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    CursorExpiredError,
    SandgateError,
    TurnError,
)

__all__ = [
    "APIConnectionError",
    "APIError",
    "APITimeoutError",
    "AsyncChatStream",
    "AsyncDownload",
    "AsyncEventStream",
    "AsyncPaginator",
    "AsyncPermissionHandler",
    "AsyncSandgate",
    "AsyncSession",
    "ChatStream",
    "CursorExpiredError",
    "Download",
    "Event",
    "EventStream",
    "FileContent",
    "Paginator",
    "PermissionHandler",
    "Sandgate",
    "SandgateError",
    "Session",
    "TurnError",
    "UnknownEvent",
    "__version__",
]
