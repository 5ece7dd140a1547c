import { ProblemError } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import { derivedId } from '../session-name.ts';
import type { Caller } from './caller.ts';
import { KeyCache } from './key-cache.ts';
import { digestOfKey, type KeyRecord, KeyStore } from './key-store.ts';
import { claimsToBeKey, isKeyText } from './key-text.ts';

/** How exactly it is known when a key was last used, in milliseconds: as seldom is that written. */
const useIsWrittenMs = 60_000;

/** What this isolate has found. */
export const keyCache = new KeyCache();

/**
 * The caller whose key this is. The database is asked where this isolate has not just found the key.
 *
 * @param later takes what the answer need not wait for.
 * @throws ProblemError `unauthorized` with a reason; `restarting` where the database does not answer.
 */
export async function keyCaller(text: string, env: Env, later: (work: Promise<unknown>) => void): Promise<Caller> {
  const keyDigest = await digestOfKey(text);
  const key = keyCache.get(keyDigest) ?? (await lookUp(text, keyDigest, env));
  const now = new Date();
  if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= now.getTime())
    throw new ProblemError('unauthorized', 'The key has expired.', { reason: 'expired' });

  if (key.lastUsedAt === undefined || now.getTime() - Date.parse(key.lastUsedAt) >= useIsWrittenMs) {
    key.lastUsedAt = now.toISOString();
    later(new KeyStore(env.DB).noteUse(key, key.lastUsedAt).catch(onUseNotNoted));
  }
  return { accountId: key.accountId, credentialId: key.id, scopes: key.scopes };
}

async function lookUp(text: string, keyDigest: string, env: Env): Promise<KeyRecord> {
  const configured = env.SANDGATE_API_KEY;
  const isConfigured = configured !== undefined && (await digestOfKey(configured)) === keyDigest;
  if (claimsToBeKey(text) && !isKeyText(text) && !isConfigured)
    throw new ProblemError('unauthorized', 'The key was mistyped: its checksum is wrong.', { reason: 'malformed' });
  const key = await stored(keyDigest, isConfigured, env);
  if (!key) throw new ProblemError('unauthorized', 'The key is not known here.', { reason: 'unknown' });
  if (key.revoked) throw new ProblemError('unauthorized', 'The key was revoked.', { reason: 'revoked' });
  keyCache.set(keyDigest, key);
  return key;
}

async function stored(keyDigest: string, isConfigured: boolean, env: Env): Promise<KeyRecord | undefined> {
  const keys = new KeyStore(env.DB);
  try {
    const known = await keys.byDigest(keyDigest);
    if (known || !isConfigured) return known;
    return await keys.makeFirst(keyDigest, await derivedId('key', keyDigest));
  } catch (error) {
    console.error(JSON.stringify({ message: 'key not looked up', error: String(error) }));
    throw new ProblemError('restarting', 'Keys cannot be looked up just now; try again.', { cause: error });
  }
}

function onUseNotNoted(error: unknown): void {
  console.error(JSON.stringify({ message: 'use of a key not noted', error: String(error) }));
}
