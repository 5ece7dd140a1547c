"""The webhooks of an account."""

from __future__ import annotations

from typing_extensions import Unpack

from sandgate._async.paginator import AsyncPaginator
from sandgate._async.transport import AsyncTransport
from sandgate._generated import operations
from sandgate._generated.models import NewWebhook, Webhook, WebhookDelivery
from sandgate._generated.params import (
    CreateWebhookParams,
    ListWebhookDeliveriesParams,
    ListWebhooksParams,
    RotateWebhookSecretParams,
    UpdateWebhookParams,
)


class AsyncWebhooks:
    """The webhooks of the account. Needs the scope ``webhooks:admin``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(self, **webhook: Unpack[CreateWebhookParams]) -> NewWebhook:
        """Has a URL told of events from now on. Its ``secret``, for a library of Standard Webhooks, is shown this once.

        Example::

            webhook = await client.webhooks.create(url="https://hooks.example.com/", events=["turn.completed"])

        :raises APIError: ``webhook_secret_shown_already`` where the answer to an earlier attempt was lost: rotate the
            secret
        """
        return await self._transport.json(operations.create_webhook, body=webhook)

    def list(self, **query: Unpack[ListWebhooksParams]) -> AsyncPaginator[Webhook]:
        """The newest first."""
        return AsyncPaginator(self._transport, operations.list_webhooks, query)

    async def get(self, webhook_id: str) -> Webhook:
        return await self._transport.json(operations.get_webhook, path={"webhookId": webhook_id})

    async def update(self, webhook_id: str, **change: Unpack[UpdateWebhookParams]) -> Webhook:
        """Changes what is given; ``status="enabled"`` enables it again."""
        return await self._transport.json(operations.update_webhook, path={"webhookId": webhook_id}, body=change)

    async def delete(self, webhook_id: str) -> None:
        await self._transport.json(operations.delete_webhook, path={"webhookId": webhook_id})

    async def rotate(self, webhook_id: str, **rotation: Unpack[RotateWebhookSecretParams]) -> NewWebhook:
        """Makes another secret; the one before signs too for ``overlap_seconds``, a day unless told."""
        path = {"webhookId": webhook_id}
        return await self._transport.json(operations.rotate_webhook_secret, path=path, body=rotation)

    async def test(self, webhook_id: str) -> WebhookDelivery:
        """Sends a ``webhook.test`` now, and answers what became of it."""
        return await self._transport.json(operations.test_webhook, path={"webhookId": webhook_id})

    def deliveries(
        self, webhook_id: str, **query: Unpack[ListWebhookDeliveriesParams]
    ) -> AsyncPaginator[WebhookDelivery]:
        """What the webhook was sent, and what became of it, the newest first."""
        path = {"webhookId": webhook_id}
        return AsyncPaginator(self._transport, operations.list_webhook_deliveries, query, path)

    async def redeliver(self, webhook_id: str, delivery_id: str) -> WebhookDelivery:
        """Sends an event again now, under the same id, and answers what became of it."""
        path = {"webhookId": webhook_id, "deliveryId": delivery_id}
        return await self._transport.json(operations.redeliver_webhook, path=path)
