import { type AccessScope, accessScopes, type Key, ProblemError } from '@sandgate/api-spec';
import { type Act, byItself, entryOf } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { digest, hex } from '../digest.ts';
import { requestScope } from '../observe/request-scope.ts';

interface KeyRow {
  id: string;
  account_id: string;
  name: string;
  scopes: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
}

/** A key as it is kept: never the key itself. */
export interface KeyRecord {
  id: string;
  accountId: string;
  name: string;
  scopes: readonly AccessScope[];
  /** RFC 3339 in UTC, as all times here. */
  createdAt: string;
  expiresAt: string | undefined;
  revoked: boolean;
  lastUsedAt: string | undefined;
}

/** The most keys that an account may have. */
export const keyLimit = 100;

/** The account that the configured key opens. */
const firstAccountId = 'acct_first';

/** All that is written as this: also what comes with later versions. */
const everything = '*';

const columns = 'id, account_id, name, scopes, created_at, expires_at, revoked_at, last_used_at';

/** A key is found by its digest, so that no comparison tells by its time how near a guess came. */
export async function digestOfKey(text: string): Promise<string> {
  return hex(await digest('api-key', text));
}

/** The keys in D1. Whatever is asked for by an id is asked for in one account. */
export class KeyStore {
  readonly #db: D1Database;
  readonly #audit: AuditLog;

  constructor(db: D1Database) {
    this.#db = db;
    this.#audit = new AuditLog(db);
  }

  async byDigest(keyDigest: string): Promise<KeyRecord | undefined> {
    const row = await this.#db
      .prepare(`SELECT ${columns} FROM api_keys WHERE digest = ?`)
      .bind(keyDigest)
      .first<KeyRow>();
    return row ? recordOf(row) : undefined;
  }

  /** The key that is configured makes the first account. Where it was revoked, it stays so. */
  async makeFirst(keyDigest: string, id: string): Promise<KeyRecord | undefined> {
    const now = new Date().toISOString();
    // Not of the request's own act, which may be to make a key, too.
    const made = entryOf(byItself, { accountId: firstAccountId, action: 'createKey', target: { type: 'key', id } });
    await this.#db.batch([
      this.#db
        .prepare('INSERT INTO accounts (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING')
        .bind(firstAccountId, now),
      ...this.#audit.adding(
        { ...made, requestId: requestScope()?.requestId },
        { sql: 'NOT EXISTS (SELECT 1 FROM api_keys WHERE digest = ?)', values: [keyDigest] },
      ),
      this.#db
        .prepare(
          `INSERT INTO api_keys (digest, id, account_id, name, scopes, created_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT DO NOTHING`,
        )
        .bind(keyDigest, id, firstAccountId, 'configured', everything, now),
    ]);
    return this.byDigest(keyDigest);
  }

  /** @throws ProblemError `key_not_found`, also where it is revoked. */
  async get(accountId: string, id: string): Promise<KeyRecord> {
    const row = await this.#db
      .prepare(`SELECT ${columns} FROM api_keys WHERE account_id = ? AND id = ? AND revoked_at IS NULL`)
      .bind(accountId, id)
      .first<KeyRow>();
    if (!row) throw new ProblemError('key_not_found', 'No key of this id belongs to your account.');
    return recordOf(row);
  }

  /** The newest first. */
  async list(
    accountId: string,
    after: [createdAt: string, id: string] | undefined,
    limit: number,
  ): Promise<KeyRecord[]> {
    const { results } = await this.#db
      .prepare(
        `SELECT ${columns} FROM api_keys WHERE account_id = ? AND revoked_at IS NULL
         ${after ? 'AND (created_at, id) < (?, ?)' : ''} ORDER BY created_at DESC, id DESC LIMIT ?`,
      )
      .bind(accountId, ...(after ?? []), limit)
      .all<KeyRow>();
    return results.map(recordOf);
  }

  async count(accountId: string): Promise<number> {
    const count = await this.#db
      .prepare('SELECT count(*) AS count FROM api_keys WHERE account_id = ? AND revoked_at IS NULL')
      .bind(accountId)
      .first<number>('count');
    return count ?? 0;
  }

  /**
   * Adds a key, and in the same step lets the one that it replaces end.
   *
   * @throws ProblemError where there are too many, or its id is taken: then it was made before.
   */
  async add(
    key: Pick<KeyRecord, 'id' | 'accountId' | 'name' | 'scopes' | 'createdAt' | 'expiresAt'> & { digest: string },
    act: Act,
    replaces?: { id: string; endsAt: string },
  ): Promise<void> {
    const { accountId } = key;
    const insert = this.#db
      .prepare(
        `INSERT INTO api_keys (digest, id, account_id, name, scopes, created_at, expires_at)
         SELECT ?, ?, ?, ?, ?, ?, ?
         WHERE (SELECT count(*) FROM api_keys WHERE account_id = ? AND revoked_at IS NULL) < ?
         ON CONFLICT DO NOTHING`,
      )
      .bind(
        key.digest,
        key.id,
        accountId,
        key.name,
        key.scopes.length === accessScopes.length ? everything : key.scopes.join(' '),
        key.createdAt,
        key.expiresAt ?? null,
        accountId,
        keyLimit,
      );
    const end = this.#db
      .prepare(
        `UPDATE api_keys SET expires_at = min(coalesce(expires_at, ?), ?)
         WHERE account_id = ? AND id = ? AND EXISTS (SELECT 1 FROM api_keys WHERE digest = ?)`,
      )
      .bind(replaces?.endsAt ?? '', replaces?.endsAt ?? '', accountId, replaces?.id ?? '', key.digest);
    const action = replaces ? 'rotateKey' : 'createKey';
    const target = { type: 'key' as const, id: replaces?.id ?? key.id };
    const audited = this.#audit.adding(entryOf(act, { accountId, action, target }), {
      sql: 'EXISTS (SELECT 1 FROM api_keys WHERE digest = ?)',
      values: [key.digest],
    });
    const [inserted] = await this.#db.batch([insert, ...(replaces ? [end] : []), ...audited]);
    if (inserted?.meta.changes) return;
    const known = await this.#db
      .prepare('SELECT 1 FROM api_keys WHERE account_id = ? AND id = ?')
      .bind(accountId, key.id)
      .first();
    if (known)
      throw new ProblemError('key_shown_already', `This idempotency key made ${key.id}; delete it and make another.`, {
        link: `/v1/keys/${key.id}`,
      });
    throw new ProblemError('key_limit_reached', `An account has ${keyLimit} keys at most.`);
  }

  /** @throws ProblemError `key_not_found` where there never was one. */
  async revoke(accountId: string, id: string, act: Act): Promise<void> {
    const audited = this.#audit.adding(entryOf(act, { accountId, action: 'revokeKey', target: { type: 'key', id } }), {
      sql: 'EXISTS (SELECT 1 FROM api_keys WHERE account_id = ? AND id = ? AND revoked_at IS NULL)',
      values: [accountId, id],
    });
    const revoked = this.#db
      .prepare('UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE account_id = ? AND id = ?')
      .bind(new Date().toISOString(), accountId, id);
    const results = await this.#db.batch([...audited, revoked]);
    if (!results.at(-1)?.meta.changes)
      throw new ProblemError('key_not_found', 'No key of this id belongs to your account.');
  }

  async noteUse({ accountId, id }: KeyRecord, at: string): Promise<void> {
    await this.#db
      .prepare('UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, ?), ?) WHERE account_id = ? AND id = ?')
      .bind(at, at, accountId, id)
      .run();
  }
}

function recordOf(row: KeyRow): KeyRecord {
  const names = row.scopes.split(' ');
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    scopes: row.scopes === everything ? accessScopes : accessScopes.filter((scope) => names.includes(scope)),
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revoked: row.revoked_at !== null,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}

/** A key as callers see it. */
export function keyResource({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: KeyRecord): Key {
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  };
}
