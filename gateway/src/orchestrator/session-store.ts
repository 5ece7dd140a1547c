import type { AgentOptions, Budget, CreateSession, Session, UpdateSession } from '@sandgate/api-spec';
import type { SealedRule } from '../egress/sealed-rule.ts';
import type { SealedEnv } from '../sandbox/sealed-env.ts';
import type { SandboxSettings } from '../sandbox/session-sandbox.ts';
import type { Inheritance, Sealed } from './fork.ts';

/** How long an idle sandbox stays awake unless told, in seconds. */
const defaultIdleTimeoutSeconds = 600;

interface SessionRow extends Record<string, SqlStorageValue> {
  name: string;
  account_id: string;
  id: string;
  body_digest: string;
  agent: string;
  agent_options: string;
  permission_mode: string;
  metadata: string;
  idle_timeout_seconds: number;
  env: string;
  budget: string | null;
  egress: string;
  revision: number;
  created_at: string;
  expires_at: number | null;
  deleted_at: string | null;
  purged: number;
  asleep: number;
  indexed_status: string | null;
}

/** What is set in a session, its secrets included. */
export interface SessionRecord {
  /** The name of its objects: see `sessionName`. */
  name: string;
  accountId: string;
  id: string;
  bodyDigest: string;
  agent: Session['agent'];
  agentOptions: AgentOptions;
  permissionMode: Session['permissionMode'];
  metadata: Record<string, string>;
  idleTimeoutSeconds: number;
  env: SealedEnv;
  budget: Budget | undefined;
  egress: SealedRule[];
  /** Grows with each change of what the account's index shows beside the status. */
  revision: number;
  createdAt: string;
  /** When it is deleted by itself, in Unix milliseconds. */
  expiresAt: number | undefined;
  deleted: boolean;
  /** Whether a deleted session's sandbox and data are gone. */
  purged: boolean;
  asleep: boolean;
  /** What the account's index shows, see session-index.ts; undefined where it is out of date. */
  indexedStatus: string | undefined;
}

/** The one row of the session itself. Nobody else writes it, so that it is read once and after each change. */
export class SessionStore {
  readonly #sql: SqlStorage;
  #record: SessionRecord | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  create(
    owner: { name: string; accountId: string; id: string },
    bodyDigest: string,
    body: CreateSession,
    now: string,
    { egress = [], env = '{}' }: Partial<Sealed> = {},
  ): void {
    this.#write(
      `INSERT INTO session (only, name, account_id, id, body_digest, agent, agent_options, permission_mode, metadata,
         idle_timeout_seconds, env, budget, egress, created_at, expires_at, asleep)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
      owner.name,
      owner.accountId,
      owner.id,
      bodyDigest,
      body.agent ?? 'shell',
      JSON.stringify(body.agentOptions ?? {}),
      body.permissionMode ?? 'ask',
      JSON.stringify(body.metadata ?? {}),
      body.idleTimeoutSeconds ?? defaultIdleTimeoutSeconds,
      env,
      body.budget === undefined ? null : JSON.stringify(body.budget),
      JSON.stringify(egress),
      now,
      body.expiresAt === undefined ? null : Date.parse(body.expiresAt),
    );
  }

  get(): SessionRecord | undefined {
    this.#record ??= this.#read();
    return this.#record;
  }

  /** What it takes to reach the session's sandbox. */
  sandboxSettings(): SandboxSettings {
    const { name, id, idleTimeoutSeconds, env } = this.get() as SessionRecord;
    return { name, sessionId: id, idleTimeoutSeconds, env };
  }

  update(change: Omit<UpdateSession, 'egress'>, egress?: SealedRule[]): void {
    if (change.metadata) this.#write('UPDATE session SET metadata = ?', JSON.stringify(change.metadata));
    if (change.permissionMode) this.#write('UPDATE session SET permission_mode = ?', change.permissionMode);
    if (change.idleTimeoutSeconds)
      this.#write('UPDATE session SET idle_timeout_seconds = ?', change.idleTimeoutSeconds);
    if (change.budget) this.#write('UPDATE session SET budget = ?', JSON.stringify(change.budget));
    if (egress) this.#write('UPDATE session SET egress = ?', JSON.stringify(egress));
    if (change.expiresAt) this.#write('UPDATE session SET expires_at = ?', Date.parse(change.expiresAt));
    this.#write('UPDATE session SET revision = revision + 1, indexed_status = NULL');
  }

  /** Takes over what is set in the session that this one was forked from, but for what is set here. */
  inherit(from: Inheritance, own: Omit<UpdateSession, 'egress'>, { egress, env }: Sealed): void {
    this.#write(
      `UPDATE session SET agent = ?, agent_options = ?, permission_mode = ?, metadata = ?, idle_timeout_seconds = ?,
         env = ?, budget = ?, expires_at = ?`,
      from.agent,
      JSON.stringify(from.agentOptions),
      from.permissionMode,
      JSON.stringify(from.metadata),
      from.idleTimeoutSeconds,
      env,
      from.budget === undefined ? null : JSON.stringify(from.budget),
      from.expiresAt ?? null,
    );
    this.update(own, egress);
  }

  setEnv(env: SealedEnv): void {
    this.#write('UPDATE session SET env = ?', env);
  }

  setAsleep(asleep: boolean): void {
    if (this.get()?.asleep !== asleep) this.#write('UPDATE session SET asleep = ?', asleep ? 1 : 0);
  }

  setIndexed(status: string): void {
    this.#write('UPDATE session SET indexed_status = ?', status);
  }

  /** The row of the index may be lost, or wrong. */
  forgetIndexed(): void {
    this.#write('UPDATE session SET indexed_status = NULL');
  }

  setPurged(): void {
    this.#write('UPDATE session SET purged = 1');
  }

  /** Deleted from now on, and without what is secret in it. */
  bury(now: string): void {
    this.#write(
      "UPDATE session SET deleted_at = ?, env = '{}', egress = '[]', metadata = '{}', revision = revision + 1, indexed_status = NULL",
      now,
    );
  }

  #write(statement: string, ...values: SqlStorageValue[]): void {
    this.#sql.exec(statement, ...values);
    this.#record = undefined;
  }

  #read(): SessionRecord | undefined {
    const row = this.#sql.exec<SessionRow>('SELECT * FROM session').toArray()[0];
    return (
      row && {
        name: row.name,
        accountId: row.account_id,
        id: row.id,
        bodyDigest: row.body_digest,
        agent: row.agent as Session['agent'],
        agentOptions: JSON.parse(row.agent_options),
        permissionMode: row.permission_mode as Session['permissionMode'],
        metadata: JSON.parse(row.metadata),
        idleTimeoutSeconds: row.idle_timeout_seconds,
        env: row.env,
        budget: row.budget === null ? undefined : JSON.parse(row.budget),
        egress: JSON.parse(row.egress),
        revision: row.revision,
        createdAt: row.created_at,
        expiresAt: row.expires_at ?? undefined,
        deleted: row.deleted_at !== null,
        purged: row.purged === 1,
        asleep: row.asleep === 1,
        indexedStatus: row.indexed_status ?? undefined,
      }
    );
  }
}
