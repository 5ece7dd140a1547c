-- Who administered keys and sessions. Entries are added, and leave after 400 days; nothing else is done to them.
CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  actor_type TEXT NOT NULL,
  actor_id TEXT,
  subject TEXT,
  target_type TEXT NOT NULL,
  target_id TEXT,
  -- The names of what was set, as JSON.
  fields TEXT,
  -- Why it was refused; null where it was done.
  code TEXT,
  request_id TEXT
) STRICT;

CREATE INDEX audit_newest ON audit (account_id, at DESC, id DESC);
CREATE INDEX audit_refusals ON audit (account_id, at) WHERE code IS NOT NULL;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN old.at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-400 days')
BEGIN
  SELECT RAISE(ABORT, 'The audit log is append-only.');
END;
