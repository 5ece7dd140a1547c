import type { Query, Schemas, Streamed } from './contract.ts';
import type { webhooks } from './generated/openapi.ts';

/**
 * Something that happened in a session. A newer server may send types that are not listed here:
 * they are handed through, so leave the default branch of a `switch` alone.
 */
export type Event = Streamed<'GET /v1/sessions/{sessionId}/events'>;
/** An event that is kept in the session's log and has a number in it. */
export type DurableEvent = Schemas['DurableEvent'];
/** What the user or the agent said. */
export type Message = Schemas['Message'];
export type CompleteEvent = Schemas['CompleteEvent'];
export type ErrorEvent = Schemas['ErrorEvent'];
export type PermissionRequestedEvent = Schemas['PermissionRequestedEvent'];

/** What the server says of a session. */
export type SessionData = Schemas['Session'];
export type SessionSummary = Schemas['SessionSummary'];
export type CreateSession = Schemas['CreateSession'];
export type ForkSession = Schemas['ForkSession'];
export type UpdateSession = Schemas['UpdateSession'];
/** Which sessions to list; `metadata` picks those that have all of these texts. */
export type ListSessions = Query<'GET /v1/sessions'>;
export type ListTurns = Query<'GET /v1/sessions/{sessionId}/turns'>;
export type ListEvents = Query<'GET /v1/sessions/{sessionId}/events'>;
export type ListMessages = Query<'GET /v1/sessions/{sessionId}/messages'>;
export type ListAccountRequests = Query<'GET /v1/requests'>;
export type ListRequests = Query<'GET /v1/sessions/{sessionId}/requests'>;
export type GetLogs = Query<'GET /v1/sessions/{sessionId}/logs'>;

export type ChatRequest = Schemas['ChatRequest'];
export type Turn = Schemas['Turn'];
export type HistoryMessage = Schemas['HistoryMessage'];
export type InterruptRequest = Schemas['InterruptRequest'];
export type InterruptResult = Schemas['InterruptResult'];

/** A question to a person. */
export type Request = Schemas['Request'];
/** The same, and the session that asks. */
export type AccountRequest = Schemas['AccountRequest'];
export type ResumeRequest = Schemas['ResumeRequest'];
export type ResumeResult = Schemas['ResumeResult'];
/** A person's answer, without the request that it is for. */
export type PermissionAnswer = Omit<ResumeRequest, 'requestId'>;

/** What became of a session's container, and what it printed as far as the server is given that. */
export type ContainerLogs = Schemas['ContainerLogs'];
export type LogLine = Schemas['LogLine'];

/** A disk as it was once. */
export type Snapshot = Schemas['Snapshot'];
export type CreateSnapshot = Schemas['CreateSnapshot'];

export type FileEntry = Schemas['FileEntry'];
/** A key, without its secret. */
export type Key = Schemas['Key'];
/** A key with its secret, which is shown once. */
export type NewKey = Schemas['NewKey'];
export type CreateKey = Schemas['CreateKey'];
export type RotateKey = Schemas['RotateKey'];
export type ListKeys = Query<'GET /v1/keys'>;
/** A webhook, without its secret. */
export type Webhook = Schemas['Webhook'];
/** A webhook with its secret, which is shown once. */
export type NewWebhook = Schemas['NewWebhook'];
export type CreateWebhook = Schemas['CreateWebhook'];
export type UpdateWebhook = Schemas['UpdateWebhook'];
export type RotateWebhookSecret = Schemas['RotateWebhookSecret'];
export type ListWebhooks = Query<'GET /v1/webhooks'>;
/** An event for a webhook, and what became of it. */
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type WebhookEventType = Schemas['WebhookEventType'];
/** What an endpoint is sent: what its signature was verified of may be taken for one. Ignore types that you do not know. */
export type WebhookEvent = NonNullable<webhooks[keyof webhooks]['post']['requestBody']>['content']['application/json'];
/** What opens one session for a while. */
export type SessionToken = Schemas['SessionToken'];
export type CreateSessionToken = Schemas['CreateSessionToken'];
/** What a key may do. */
export type AccessScope = Schemas['AccessScope'];
export type Account = Schemas['Account'];
/** One act of administration: who did what to which key or session. */
export type AuditEntry = Schemas['AuditEntry'];
export type ListAudit = Query<'GET /v1/audit'>;

export type ArchiveResult = Schemas['ArchiveResult'];
export type Health = Schemas['Health'];
export type Problem = Schemas['Problem'];
export type Usage = Schemas['Usage'];
