import { ProblemError } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { derivedId } from '../session-name.ts';
import type { Caller } from './caller.ts';
import { FreshCache } from './fresh-cache.ts';
import { digestOfKey, type KeyRecord, KeyStore } from './key-store.ts';
import { claimsToBeKey, isKeyText } from './key-text.ts';

/** How exactly it is known when a key was last used, in milliseconds: as seldom is that written. */
const useIsWrittenMs = 60_000;

/** The valid keys that this isolate has found, by their digests. */
const keys = new FreshCache<KeyRecord>();

/**
 * The caller whose key this is. The database is asked where this isolate has not just found the key.
 *
 * @param later takes what the answer need not wait for.
 * @throws ProblemError `unauthorized` with a reason; `restarting` where the database does not answer.
 */
export async function keyCaller(text: string, env: Env, later: (work: Promise<unknown>) => void): Promise<Caller> {
  const keyDigest = await digestOfKey(text);
  const key = keys.get(keyDigest) ?? (await lookUp(text, keyDigest, env));
  const now = new Date();
  if (key.expiresAt !== undefined && Date.parse(key.expiresAt) <= now.getTime())
    throw new ProblemError('unauthorized', 'The key has expired.', { reason: 'expired' });

  if (key.lastUsedAt === undefined || now.getTime() - Date.parse(key.lastUsedAt) >= useIsWrittenMs) {
    key.lastUsedAt = now.toISOString();
    later(new KeyStore(env.DB).noteUse(key, key.lastUsedAt).catch(onUseNotNoted));
  }
  return { accountId: key.accountId, credentialId: key.id, scopes: key.scopes };
}

/** A key that was changed is looked up anew here; elsewhere within five seconds. */
export function forgetKey(accountId: string, id: string): void {
  keys.forget((key) => key.accountId === accountId && key.id === id);
}

async function lookUp(text: string, keyDigest: string, env: Env): Promise<KeyRecord> {
  const configured = env.SANDGATE_API_KEY;
  const isConfigured = configured !== undefined && (await digestOfKey(configured)) === keyDigest;
  if (claimsToBeKey(text) && !isKeyText(text) && !isConfigured)
    throw new ProblemError('unauthorized', 'The key was mistyped: its checksum is wrong.', { reason: 'malformed' });
  const key = await stored(keyDigest, isConfigured, env);
  if (!key) throw new ProblemError('unauthorized', 'The key is not known here.', { reason: 'unknown' });
  if (key.revoked) throw new ProblemError('unauthorized', 'The key was revoked.', { reason: 'revoked' });
  keys.set(keyDigest, key);
  return key;
}

async function stored(keyDigest: string, isConfigured: boolean, env: Env): Promise<KeyRecord | undefined> {
  const store = new KeyStore(env.DB);
  try {
    const known = await store.byDigest(keyDigest);
    if (known || !isConfigured) return known;
    return await store.makeFirst(keyDigest, await derivedId('key', keyDigest));
  } catch (error) {
    log('error', 'key not looked up', { error });
    throw new ProblemError('restarting', 'Keys cannot be looked up just now; try again.', { cause: error });
  }
}

function onUseNotNoted(error: unknown): void {
  log('error', 'use of a key not noted', { error });
}
