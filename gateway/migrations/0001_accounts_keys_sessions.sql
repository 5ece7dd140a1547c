CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  created_at TEXT NOT NULL
) STRICT;

-- A key is kept as its SHA-256 digest only: it has enough entropy that no salt is needed.
CREATE TABLE api_keys (
  digest TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts (id),
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

-- An index for lists. The Orchestrator of each session is the authority and writes its own row.
CREATE TABLE sessions (
  account_id TEXT NOT NULL REFERENCES accounts (id),
  id TEXT NOT NULL,
  status TEXT NOT NULL,
  agent TEXT NOT NULL,
  metadata TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT;

CREATE INDEX sessions_newest ON sessions (account_id, created_at DESC, id DESC);
