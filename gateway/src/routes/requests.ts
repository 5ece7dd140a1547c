import type { OpenAPIHono } from '@hono/zod-openapi';
import { type AccountRequest, gatewayRoutes, ProblemError } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { log } from '../observe/log.ts';
import { settled } from '../orchestrator/settled.ts';
import { sessionOf } from '../session-handle.ts';
import { cursorAt, positionOf } from './list-cursor.ts';

interface RequestRow {
  session_id: string;
  id: string;
  expires_at: string;
}

/** Behind what a page begins. No id of a session holds a slash. */
const place = "session_id || '/' || id";

export function requestRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.listAccountRequests, async (c) => {
    const { sessionId, kind, after, limit = 100 } = c.req.valid('query');
    const { accountId } = c.get('caller');
    const conditions: [sql: string, ...values: string[]][] = [['account_id = ?', accountId]];
    if (sessionId !== undefined) conditions.push(['session_id = ?', sessionId]);
    if (kind) conditions.push(['kind = ?', kind]);
    if (after !== undefined) conditions.push([`(expires_at, ${place}) > (?, ?)`, ...positionOf(after)]);
    const { results } = await c.env.DB.prepare(
      `SELECT session_id, id, expires_at FROM open_requests WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
       ORDER BY expires_at, ${place} LIMIT ?`,
    )
      .bind(...conditions.flatMap(([, ...values]) => values), limit + 1)
      .all<RequestRow>();
    const rows = results.slice(0, limit);
    const { data, count, unavailable } = await gather(rows, (row) => askedIn(c.env, accountId, row));
    const last = rows[count - 1];
    const hasMore = results.length > count;
    const nextCursor = hasMore && last ? cursorAt([last.expires_at, `${last.session_id}/${last.id}`]) : null;
    return c.json({ data, hasMore, nextCursor, unavailable }, 200);
  });
}

/** How many sessions are asked at once. */
const wave = 8;

/** Beyond this a page is cut short, in UTF-16 units: what an agent asks about may be large, and this isolate is everybody's. */
const largestPage = 4 * 1024 * 1024;

/**
 * What the index names, as the sessions themselves know it: what was answered meanwhile is left out. A session that fails
 * is named, and hides nothing of the others.
 *
 * @returns also for how many of the rows it is.
 */
export async function gather<Row extends Pick<RequestRow, 'session_id'>>(
  rows: readonly Row[],
  ask: (row: Row) => Promise<AccountRequest | undefined>,
): Promise<{ data: AccountRequest[]; count: number; unavailable: string[] }> {
  const data: AccountRequest[] = [];
  const unavailable = new Set<string>();
  let size = 0;
  let count = 0;
  while (count < rows.length && size < largestPage) {
    const askOne = async (row: Row) => {
      try {
        return await ask(row);
      } catch (error) {
        log('error', 'session not asked for its requests', { error });
        unavailable.add(row.session_id);
      }
    };
    const asked = await Promise.all(rows.slice(count, count + wave).map(askOne));
    count = Math.min(count + wave, rows.length);
    for (const request of asked) {
      if (!request) continue;
      data.push(request);
      size += JSON.stringify(request.input).length;
    }
  }
  return { data, count, unavailable: [...unavailable] };
}

async function askedIn(env: Env, accountId: string, row: RequestRow): Promise<AccountRequest | undefined> {
  const { orchestrator } = await sessionOf(env, { accountId }, row.session_id);
  const request = await settled(orchestrator.openRequest(row.id)).catch((error) => {
    if (error instanceof ProblemError && error.code === 'session_not_found') return undefined; // Deleted a moment ago.
    throw error;
  });
  return request && { sessionId: row.session_id, ...request };
}
