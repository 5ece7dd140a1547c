/**
 * The tables of one session, in steps. A step that has run somewhere is never changed: what comes later is a step of its
 * own.
 */
export const steps = [
  `
CREATE TABLE session (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  name TEXT NOT NULL,
  account_id TEXT NOT NULL,
  id TEXT NOT NULL,
  body_digest TEXT NOT NULL,
  agent TEXT NOT NULL,
  agent_options TEXT NOT NULL,
  permission_mode TEXT NOT NULL,
  metadata TEXT NOT NULL,
  idle_timeout_seconds INTEGER NOT NULL,
  env TEXT NOT NULL,
  -- Grows with each change of what the account's index shows beside the status.
  revision INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  deleted_at TEXT,
  -- Whether a deleted session's sandbox and data are gone: then this row is all there is.
  purged INTEGER NOT NULL DEFAULT 0,
  asleep INTEGER NOT NULL,
  indexed_status TEXT
) STRICT;

CREATE TABLE turns (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  body_digest TEXT NOT NULL,
  status TEXT NOT NULL,
  messages TEXT NOT NULL,
  metadata TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  completed_at TEXT,
  stop_reason TEXT,
  wanted_stop TEXT,
  output_text TEXT,
  -- Whether the agent itself said something: then that is the output.
  spoke INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  usage TEXT,
  first_seq INTEGER,
  last_seq INTEGER,
  deadline_left_ms INTEGER,
  deadline_at INTEGER,
  -- The boot of the sandbox that the turn was handed to, stored before it is: the turn never goes to another.
  boot_id TEXT,
  -- The newest frame that is stored, and the frame to go on behind so that each open message is rebuilt.
  stored_cursor INTEGER NOT NULL DEFAULT 0,
  resume_cursor INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX turns_open ON turns (ordinal) WHERE status <> 'complete';

CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  turn_id TEXT NOT NULL,
  question TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  resolved_at TEXT,
  decision TEXT,
  resolved_by TEXT,
  -- Whether the log has its permission.resolved.
  announced INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX requests_open ON requests (expires_at) WHERE announced = 0;

-- The event log. A row holds the durable events of one flush, a JSON text a line; all belong to one turn or to none.
CREATE TABLE segments (
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  turn_id TEXT,
  lines TEXT NOT NULL
) STRICT;
CREATE INDEX segments_of_turn ON segments (turn_id, first_seq);
`,
  `
-- When the session is deleted by itself, in Unix milliseconds.
ALTER TABLE session ADD COLUMN expires_at INTEGER;

-- How many bytes of lines the log ever took before this row: what is kept is a difference, and never a sum over rows.
ALTER TABLE segments ADD COLUMN start_byte INTEGER NOT NULL DEFAULT 0;
UPDATE segments SET start_byte = ends.byte - LENGTH(CAST(lines AS BLOB)) - 1 FROM (
  SELECT first_seq AS seq, SUM(LENGTH(CAST(lines AS BLOB)) + 1) OVER (ORDER BY first_seq) AS byte FROM segments
) ends WHERE ends.seq = first_seq;

-- The turns that the Queue starts, until the sandbox has taken them: see outbox.ts.
CREATE TABLE outbox (
  turn_id TEXT PRIMARY KEY,
  start_at INTEGER NOT NULL,
  send_at INTEGER,
  sends INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The newest lines of the container's logs.
CREATE TABLE container_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  source TEXT NOT NULL,
  stream TEXT,
  text TEXT NOT NULL
) STRICT;
`,
  `
-- What is known of the disk: see disk/store.ts.
CREATE TABLE disk (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- The newest whole save.
  save_id INTEGER,
  -- The boot of the sandbox whose disk was made from that save, and goes on from there.
  boot_id TEXT,
  -- Grows with all that may change the disk; what it was when the newest save began.
  changes INTEGER NOT NULL DEFAULT 0,
  saved_changes INTEGER NOT NULL DEFAULT 0,
  -- When it is to be saved, in Unix milliseconds.
  save_at INTEGER,
  -- Why the last save came to nothing.
  failure TEXT,
  -- Never given twice: a write that comes late meets nobody else's object.
  next_object INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO disk (only) VALUES (1);

-- The objects in R2, noted before they are written.
CREATE TABLE disk_objects (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  size INTEGER NOT NULL
) STRICT;

CREATE TABLE disk_saves (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  -- The newest event of the log when it began.
  seq INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

-- The objects that a save consists of.
CREATE TABLE disk_parts (
  save_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  tree TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (save_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX disk_parts_of_object ON disk_parts (number);

-- The saves that are kept for as long as somebody wants.
CREATE TABLE disk_snapshots (
  ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  save_id INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
`,
  `
-- What a session was forked from: see fork.ts.
CREATE TABLE origin (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  session_id TEXT NOT NULL,
  -- What was asked for.
  body TEXT NOT NULL,
  -- The newest event that both have, and the snapshot; unknown until the other session has agreed.
  seq INTEGER,
  snapshot_id TEXT,
  -- Whether the disk is older than the log, as the container of the other session was killed.
  is_rewound INTEGER NOT NULL DEFAULT 0,
  -- Whether all that belongs to it is here: before that there is no session.
  is_made INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The sessions that were forked from this one, by the names of their objects, from the moment they ask until they are
-- deleted; and what they were told, so that they are told the same again.
CREATE TABLE forks (
  name TEXT PRIMARY KEY,
  loan TEXT
) STRICT, WITHOUT ROWID;

-- The objects in R2 that other sessions need: see disk/loans.ts.
CREATE TABLE disk_loans (
  number INTEGER NOT NULL,
  fork TEXT NOT NULL,
  tree TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (number, fork)
) STRICT, WITHOUT ROWID;
CREATE INDEX disk_loans_of_fork ON disk_loans (fork);

-- The session that lent the objects that are not this one's own: only their owner deletes them.
ALTER TABLE disk ADD COLUMN lender TEXT;
-- Since when there may be objects that nobody needs, in Unix milliseconds.
ALTER TABLE disk ADD COLUMN sweep_at INTEGER;
`,
  `
-- The most that may be used of the model, as JSON; and what the sandbox may reach: see egress/policy.ts.
ALTER TABLE session ADD COLUMN budget TEXT;
ALTER TABLE session ADD COLUMN egress TEXT NOT NULL DEFAULT '[]';

-- What was used of the model: see egress/ledger.ts.
CREATE TABLE model_usage (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  input INTEGER NOT NULL DEFAULT 0,
  output INTEGER NOT NULL DEFAULT 0,
  cache_read INTEGER NOT NULL DEFAULT 0,
  cache_write INTEGER NOT NULL DEFAULT 0,
  cost_usd REAL NOT NULL DEFAULT 0
) STRICT;
INSERT INTO model_usage (only) VALUES (1);

-- The calls that are under way, with the most that each may use.
CREATE TABLE model_calls (
  id TEXT PRIMARY KEY,
  began_at INTEGER NOT NULL,
  input INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cost_usd REAL NOT NULL
) STRICT;
`,
  `
-- The last frame of the sandbox's stream before the turn is handed over: 0, or where it was parked.
ALTER TABLE turns ADD COLUMN parked_cursor INTEGER NOT NULL DEFAULT 0;
`,
  `
-- The events for webhooks, until nobody waits for them any more: see notices.ts.
CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  event TEXT NOT NULL,
  send_at INTEGER NOT NULL,
  sends INTEGER NOT NULL DEFAULT 0
) STRICT;
`,
  `
-- The trace that the turn was asked for in, as the header says it (W3C Trace Context).
ALTER TABLE turns ADD COLUMN traceparent TEXT;

-- What was done to the session, until the account's audit log has it: see audit-outbox.ts.
CREATE TABLE audit_outbox (
  id TEXT PRIMARY KEY,
  entry TEXT NOT NULL
) STRICT;
`,
  `
-- How many saves in a row came to nothing.
ALTER TABLE disk ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
`,
  `
-- The lines of a flush that is large, deflated; then there are none beside them: see segment-text.ts.
ALTER TABLE segments ADD COLUMN deflated BLOB;
`,
];

/** Whether a session was created here. */
export function isCreated(sql: SqlStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'session'").toArray().length > 0;
}

/** Makes the tables, or brings those of an earlier version up to date, in one step. Writes nothing where they are. */
export function migrate(storage: Pick<DurableObjectStorage, 'sql' | 'transactionSync'>): void {
  const { sql } = storage;
  storage.transactionSync(() => {
    sql.exec('CREATE TABLE IF NOT EXISTS schema_steps (done INTEGER NOT NULL) STRICT');
    const [row] = sql.exec<{ done: number }>('SELECT done FROM schema_steps').toArray();
    // The first step was released before they were counted.
    const done = row?.done ?? Number(isCreated(sql));
    if (row && done >= steps.length) return; // More were done by a version that was here before.
    for (const step of steps.slice(done)) sql.exec(step);
    sql.exec('DELETE FROM schema_steps');
    sql.exec('INSERT INTO schema_steps VALUES (?)', steps.length);
  });
}
