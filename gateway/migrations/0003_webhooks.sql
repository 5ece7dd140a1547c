-- Times are RFC 3339 in UTC with milliseconds, so that they compare as text.
CREATE TABLE webhooks (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  -- The types of events, a JSON list.
  events TEXT NOT NULL,
  description TEXT,
  created_at TEXT NOT NULL,
  -- When it was made, or last enabled: of what happened before that it is not told.
  told_since TEXT NOT NULL,
  -- Why it is disabled, where it is.
  disabled_reason TEXT,
  -- When an event last arrived there.
  arrived_at TEXT,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- Encrypted. More than one while one gives way to another.
CREATE TABLE webhook_secrets (
  account_id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  id TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  PRIMARY KEY (account_id, webhook_id, id)
) STRICT, WITHOUT ROWID;

-- An event for a webhook, and what became of it. The Orchestrator of the session sees to it that it is sent.
CREATE TABLE webhook_deliveries (
  account_id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  session_id TEXT,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  status TEXT NOT NULL,
  -- How often it was tried by itself, and when that is next.
  tries INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT,
  -- What became of each request, a JSON list; those that were asked for too.
  attempts TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (account_id, event_id, webhook_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (account_id, webhook_id, created_at DESC, event_id DESC);
CREATE INDEX webhook_deliveries_oldest ON webhook_deliveries (account_id, created_at);
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (account_id, session_id) WHERE status = 'pending';

-- What waits for a person, by its name only: what is asked stays with the session. Written with the session's row.
CREATE TABLE open_requests (
  account_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (account_id, session_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX open_requests_nearest ON open_requests (account_id, expires_at, session_id, id);
