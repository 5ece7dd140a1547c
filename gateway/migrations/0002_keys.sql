-- A row is one secret: a key that is rotated gives way to another row. Times are RFC 3339 in UTC, so that they compare as text.
ALTER TABLE api_keys ADD COLUMN id TEXT;
-- The scopes with spaces between; * is all that there are, also those of later versions.
ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL DEFAULT '*';
ALTER TABLE api_keys ADD COLUMN expires_at TEXT;
ALTER TABLE api_keys ADD COLUMN last_used_at TEXT;

UPDATE api_keys SET id = 'key_' || lower(hex(randomblob(13)));

CREATE UNIQUE INDEX api_keys_by_id ON api_keys (account_id, id);
CREATE INDEX api_keys_newest ON api_keys (account_id, created_at DESC, id DESC) WHERE revoked_at IS NULL;
