# Generated from src/sandgate/_async/client.py by `npm run generate`. Do not edit.

"""A client of one gateway."""

from __future__ import annotations

import os
from dataclasses import replace
from types import TracebackType

import httpx
from typing_extensions import Self, Unpack

from sandgate._generated import operations
from sandgate._generated.models import Account, AccountRequest, AccountRequestPage, AuditEntry, Health
from sandgate._generated.params import ListAccountRequestsParams, ListAuditParams
from sandgate._sync.keys import Keys
from sandgate._sync.paginator import Paginator
from sandgate._sync.sessions import Sessions
from sandgate._sync.transport import Transport
from sandgate._sync.webhooks import Webhooks
from sandgate.errors import SandgateError


class Sandgate:
    """A client of one gateway with one key.

    Example::

        with Sandgate("sk_…", "http://127.0.0.1:8787") as client:
            session = client.sessions.create()
            print(session.chat("echo hello").text())

    :param api_key: ``SANDGATE_API_KEY`` of the environment unless told
    :param base_url: where the gateway is; ``SANDGATE_BASE_URL`` of the environment unless told
    :param timeout: how long the server may stay silent, in seconds; on a stream it is three heartbeats, which are 45
    :param max_retries: how often a request is sent again after a failure that passes: 5 take about 15 seconds
    :param max_reconnects: how often in a row a stream tries to go on after a cut: 10 take about a minute
    :param http_client: sends the requests in place of one of its own; whoever made it closes it
    :raises SandgateError: if there is no key, or no URL
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        timeout: float = 60.0,
        max_retries: int = 5,
        max_reconnects: int = 10,
        http_client: httpx.Client | None = None,
    ) -> None:
        api_key = api_key or os.environ.get("SANDGATE_API_KEY")
        base_url = base_url or os.environ.get("SANDGATE_BASE_URL")
        if not api_key:
            raise SandgateError("Give an api_key, or set SANDGATE_API_KEY.")
        if not base_url or not base_url.startswith(("http://", "https://")):
            raise SandgateError("Give a base_url, or set SANDGATE_BASE_URL.")
        # Each stream holds a connection: none waits for another to end.
        self._own_http = None if http_client else httpx.Client(limits=httpx.Limits(max_connections=None))
        http = http_client or self._own_http or httpx.Client()
        self._use(Transport(http, base_url.rstrip("/"), api_key, timeout, max_retries, max_reconnects))

    def with_options(
        self, *, timeout: float | None = None, max_retries: int | None = None, max_reconnects: int | None = None
    ) -> Sandgate:
        """The same client with other options, over the same connections.

        Example::

            client.with_options(max_retries=0).sessions.get("build-42")
        """
        now = self._transport
        other = object.__new__(Sandgate)
        other._own_http = None
        other._use(
            replace(
                now,
                timeout=now.timeout if timeout is None else timeout,
                max_retries=now.max_retries if max_retries is None else max_retries,
                max_reconnects=now.max_reconnects if max_reconnects is None else max_reconnects,
            )
        )
        return other

    def requests(self, **query: Unpack[ListAccountRequestsParams]) -> Paginator[AccountRequest, AccountRequestPage]:
        """What waits for a person in all sessions, the nearest deadline first.

        A session that could not be asked is left out, and named in ``unavailable`` of its page: ask it by
        ``session.requests()``.
        """
        return Paginator(self._transport, operations.list_account_requests, query)

    def account(self) -> Account:
        """What the key's account may have, and what it has."""
        return self._transport.json(operations.get_account)

    def audit(self, **query: Unpack[ListAuditParams]) -> Paginator[AuditEntry]:
        """Who administered keys and sessions of the account, the newest first. Needs the scope ``audit:read``."""
        return Paginator(self._transport, operations.list_audit, query)

    def health(self) -> Health:
        """How the gateway is. Also tells a wrong ``base_url``."""
        return self._transport.json(operations.get_health)

    def close(self) -> None:
        """Closes the connections."""
        if self._own_http:
            self._own_http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _use(self, transport: Transport) -> None:
        self._transport = transport
        self.sessions = Sessions(transport)
        self.keys = Keys(transport)
        self.webhooks = Webhooks(transport)
