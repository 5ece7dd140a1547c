# Generated from api-spec/openapi.json by `npm run generate`. Do not edit.

from __future__ import annotations

from sandgate._core.operation import Operation
from sandgate._generated import models, params

get_health: Operation[models.Health, None, None] = Operation("GET", "/health", models.Health, None, None)

list_sessions: Operation[models.SessionPage, None, params.ListSessionsParams] = Operation(
    "GET", "/v1/sessions", models.SessionPage, None, params.ListSessionsParams
)

create_session: Operation[models.SessionData, params.CreateSessionParams, None] = Operation(
    "POST", "/v1/sessions", models.SessionData, params.CreateSessionParams, None
)

get_session: Operation[models.SessionData, None, None] = Operation(
    "GET", "/v1/sessions/{sessionId}", models.SessionData, None, None
)

update_session: Operation[models.SessionData, params.UpdateSessionParams, None] = Operation(
    "PATCH", "/v1/sessions/{sessionId}", models.SessionData, params.UpdateSessionParams, None
)

delete_session: Operation[None, None, None] = Operation("DELETE", "/v1/sessions/{sessionId}", None, None, None)

sleep: Operation[models.SessionData, None, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/sleep", models.SessionData, None, None
)

wake: Operation[models.SessionData, None, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/wake", models.SessionData, None, None
)

fork: Operation[models.SessionData, params.ForkSessionParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/fork", models.SessionData, params.ForkSessionParams, None
)

get_logs: Operation[models.ContainerLogs, None, params.GetLogsParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/logs", models.ContainerLogs, None, params.GetLogsParams
)

chat: Operation[models.Turn, params.ChatRequestParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/chat", models.Turn, params.ChatRequestParams, None
)

list_turns: Operation[models.TurnPage, None, params.ListTurnsParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/turns", models.TurnPage, None, params.ListTurnsParams
)

get_turn: Operation[models.Turn, None, params.GetTurnParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/turns/{turnId}", models.Turn, None, params.GetTurnParams
)

get_turn_events: Operation[None, None, params.GetTurnEventsParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/turns/{turnId}/events", None, None, params.GetTurnEventsParams
)

interrupt: Operation[models.InterruptResult, params.InterruptRequestParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/interrupt", models.InterruptResult, params.InterruptRequestParams, None
)

get_events: Operation[models.EventPage, None, params.GetEventsParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/events", models.EventPage, None, params.GetEventsParams
)

list_messages: Operation[models.MessagePage, None, params.ListMessagesParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/messages", models.MessagePage, None, params.ListMessagesParams
)

list_requests: Operation[models.RequestPage, None, params.ListRequestsParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/requests", models.RequestPage, None, params.ListRequestsParams
)

list_account_requests: Operation[models.AccountRequestPage, None, params.ListAccountRequestsParams] = Operation(
    "GET", "/v1/requests", models.AccountRequestPage, None, params.ListAccountRequestsParams
)

resume: Operation[models.ResumeResult, params.ResumeRequestParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/resume", models.ResumeResult, params.ResumeRequestParams, None
)

list_files: Operation[models.FileList, None, params.ListFilesParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/files", models.FileList, None, params.ListFilesParams
)

change_files: Operation[models.FileEntry, params.FileOperationParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/files", models.FileEntry, params.FileOperationParams, None
)

stat_file: Operation[models.FileEntry, None, params.StatFileParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/stat", models.FileEntry, None, params.StatFileParams
)

read_file: Operation[None, None, None] = Operation("GET", "/v1/sessions/{sessionId}/files/{path}", None, None, None)

write_file: Operation[models.FileEntry, None, None] = Operation(
    "PUT", "/v1/sessions/{sessionId}/files/{path}", models.FileEntry, None, None
)

delete_file: Operation[None, None, params.DeleteFileParams] = Operation(
    "DELETE", "/v1/sessions/{sessionId}/files/{path}", None, None, params.DeleteFileParams
)

read_archive: Operation[None, None, params.ReadArchiveParams] = Operation(
    "GET", "/v1/sessions/{sessionId}/archive", None, None, params.ReadArchiveParams
)

write_archive: Operation[models.ArchiveResult, None, params.WriteArchiveParams] = Operation(
    "PUT", "/v1/sessions/{sessionId}/archive", models.ArchiveResult, None, params.WriteArchiveParams
)

list_snapshots: Operation[models.SnapshotList, None, None] = Operation(
    "GET", "/v1/sessions/{sessionId}/snapshots", models.SnapshotList, None, None
)

create_snapshot: Operation[models.Snapshot, params.CreateSnapshotParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/snapshots", models.Snapshot, params.CreateSnapshotParams, None
)

delete_snapshot: Operation[None, None, None] = Operation(
    "DELETE", "/v1/sessions/{sessionId}/snapshots/{snapshotId}", None, None, None
)

restore_snapshot: Operation[models.SessionData, None, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/snapshots/{snapshotId}/restore", models.SessionData, None, None
)

create_session_token: Operation[models.SessionToken, params.CreateSessionTokenParams, None] = Operation(
    "POST", "/v1/sessions/{sessionId}/tokens", models.SessionToken, params.CreateSessionTokenParams, None
)

revoke_session_tokens: Operation[None, None, None] = Operation(
    "DELETE", "/v1/sessions/{sessionId}/tokens", None, None, None
)

list_keys: Operation[models.KeyPage, None, params.ListKeysParams] = Operation(
    "GET", "/v1/keys", models.KeyPage, None, params.ListKeysParams
)

create_key: Operation[models.NewKey, params.CreateKeyParams, None] = Operation(
    "POST", "/v1/keys", models.NewKey, params.CreateKeyParams, None
)

get_key: Operation[models.Key, None, None] = Operation("GET", "/v1/keys/{keyId}", models.Key, None, None)

revoke_key: Operation[None, None, None] = Operation("DELETE", "/v1/keys/{keyId}", None, None, None)

rotate_key: Operation[models.NewKey, params.RotateKeyParams, None] = Operation(
    "POST", "/v1/keys/{keyId}/rotate", models.NewKey, params.RotateKeyParams, None
)

get_account: Operation[models.Account, None, None] = Operation("GET", "/v1/account", models.Account, None, None)

list_webhooks: Operation[models.WebhookPage, None, params.ListWebhooksParams] = Operation(
    "GET", "/v1/webhooks", models.WebhookPage, None, params.ListWebhooksParams
)

create_webhook: Operation[models.NewWebhook, params.CreateWebhookParams, None] = Operation(
    "POST", "/v1/webhooks", models.NewWebhook, params.CreateWebhookParams, None
)

get_webhook: Operation[models.Webhook, None, None] = Operation(
    "GET", "/v1/webhooks/{webhookId}", models.Webhook, None, None
)

update_webhook: Operation[models.Webhook, params.UpdateWebhookParams, None] = Operation(
    "PATCH", "/v1/webhooks/{webhookId}", models.Webhook, params.UpdateWebhookParams, None
)

delete_webhook: Operation[None, None, None] = Operation("DELETE", "/v1/webhooks/{webhookId}", None, None, None)

rotate_webhook_secret: Operation[models.NewWebhook, params.RotateWebhookSecretParams, None] = Operation(
    "POST", "/v1/webhooks/{webhookId}/rotate", models.NewWebhook, params.RotateWebhookSecretParams, None
)

test_webhook: Operation[models.WebhookDelivery, None, None] = Operation(
    "POST", "/v1/webhooks/{webhookId}/test", models.WebhookDelivery, None, None
)

list_webhook_deliveries: Operation[models.WebhookDeliveryPage, None, params.ListWebhookDeliveriesParams] = Operation(
    "GET", "/v1/webhooks/{webhookId}/deliveries", models.WebhookDeliveryPage, None, params.ListWebhookDeliveriesParams
)

redeliver_webhook: Operation[models.WebhookDelivery, None, None] = Operation(
    "POST", "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver", models.WebhookDelivery, None, None
)

list_audit: Operation[models.AuditPage, None, params.ListAuditParams] = Operation(
    "GET", "/v1/audit", models.AuditPage, None, params.ListAuditParams
)
