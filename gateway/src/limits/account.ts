import { ProblemError } from '@sandgate/api-spec';
import { FreshCache } from '../auth/fresh-cache.ts';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';

/** How soon a turn may find room, in seconds. */
const turnRetrySeconds = 5;

/**
 * Both limits are held against the account's index, which is right within moments: of those that begin at the same
 * time, some may go over it.
 *
 * @throws ProblemError `session_limit_reached` where a session of this id would be one too many.
 */
export async function requireRoomForSession(env: Env, accountId: string, id: string): Promise<void> {
  const limit = Number(env.ACCOUNT_SESSION_LIMIT);
  const { others, isThere } = await counted<{ others: number; isThere: number }>(
    env,
    'SELECT count(*) AS others, coalesce(max(id = ?2), 0) AS isThere FROM sessions WHERE account_id = ?1',
    [accountId, id],
  );
  if (others >= limit && !isThere)
    throw new ProblemError('session_limit_reached', `The account has ${limit} sessions; delete one.`);
}

/** How many sessions of an account may have a turn at most: as the index said, and what was begun here since. */
const turns = new FreshCache<{ count: number }>();

/**
 * The index is asked only where this isolate does not know that there is room.
 *
 * @throws ProblemError `turn_limit_reached` where as many other sessions have a turn that is not complete.
 */
export async function requireRoomForTurn(env: Env, accountId: string, sessionId: string): Promise<void> {
  const limit = Number(env.ACCOUNT_TURN_LIMIT);
  const known = turns.get(accountId);
  if (known && known.count < limit) {
    known.count += 1; // Never too few: what was begun twice in a session counts twice, and what is over still counts.
    return;
  }
  const { others } = await counted<{ others: number }>(
    env,
    "SELECT count(*) AS others FROM sessions WHERE account_id = ? AND id <> ? AND status IN ('running', 'waiting')",
    [accountId, sessionId],
  );
  if (others >= limit)
    throw new ProblemError('turn_limit_reached', `Turns of ${limit} sessions are not complete; wait for one.`, {
      retryAfterSeconds: turnRetrySeconds,
    });
  turns.set(accountId, { count: others + 1 });
}

async function counted<T>(env: Env, sql: string, values: string[]): Promise<T> {
  try {
    return (await env.DB.prepare(sql)
      .bind(...values)
      .first<T>()) as T; // A count is always one row.
  } catch (error) {
    log('error', 'use of the account not counted', { error });
    throw new ProblemError('restarting', 'The use of the account cannot be counted just now; try again.', {
      cause: error,
    });
  }
}
