import { ProblemError } from '@sandgate/api-spec';
import { digest, hex } from '../digest.ts';
import type { Env } from '../env.ts';

/** The account that the configured key opens. */
const firstAccountId = 'acct_first';

/** Who calls. */
export interface Caller {
  accountId: string;
}

/**
 * The account of a bearer key (RFC 6750, section 2.1). Keys are looked up by their digest, so that no comparison tells
 * by its time how near a guess came.
 *
 * @throws ProblemError `unauthorized`; `restarting` where the database does not answer.
 */
export async function authenticate(authorization: string | undefined, env: Env): Promise<Caller> {
  const key = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];
  if (!key) throw new ProblemError('unauthorized', 'Send your key as "Authorization: Bearer …".');
  const keyDigest = await keyDigestOf(key);
  const accountId = await accountOf(env, keyDigest);
  if (!accountId) throw new ProblemError('unauthorized', 'The key is not valid, or not any more.');
  return { accountId };
}

async function accountOf(env: Env, keyDigest: string): Promise<string | undefined> {
  try {
    return (await knownAccount(env.DB, keyDigest)) ?? (await firstAccount(env, keyDigest));
  } catch (error) {
    console.error(JSON.stringify({ message: 'key not looked up', error: String(error) }));
    throw new ProblemError('restarting', 'Keys cannot be looked up just now; try again.', { cause: error });
  }
}

async function keyDigestOf(key: string): Promise<string> {
  return hex(await digest('api-key', key));
}

async function knownAccount(db: D1Database, keyDigest: string): Promise<string | undefined> {
  const row = await db
    .prepare('SELECT account_id FROM api_keys WHERE digest = ? AND revoked_at IS NULL')
    .bind(keyDigest)
    .first<{ account_id: string }>();
  return row?.account_id;
}

/** The configured key makes the first account with its first use. A configured key that was revoked stays revoked. */
async function firstAccount(env: Env, keyDigest: string): Promise<string | undefined> {
  if (!env.SANDGATE_API_KEY || (await keyDigestOf(env.SANDGATE_API_KEY)) !== keyDigest) return undefined;
  const now = new Date().toISOString();
  await env.DB.batch([
    env.DB.prepare('INSERT INTO accounts (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING').bind(
      firstAccountId,
      now,
    ),
    env.DB.prepare(
      'INSERT INTO api_keys (digest, account_id, name, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).bind(keyDigest, firstAccountId, 'configured', now),
  ]);
  return knownAccount(env.DB, keyDigest);
}
