import type { OpenAPIHono } from '@hono/zod-openapi';
import { type AccountRequest, gatewayRoutes, ProblemError } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import type { GatewayEnv } from '../gateway-env.ts';
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
    const page = results.slice(0, limit);
    const last = page.at(-1);
    const hasMore = results.length > limit;
    const nextCursor = hasMore && last ? cursorAt([last.expires_at, `${last.session_id}/${last.id}`]) : null;
    return c.json({ data: await asked(c.env, accountId, page), hasMore, nextCursor }, 200);
  });
}

/** What the index names, as the sessions themselves know it: what was answered meanwhile is left out. */
async function asked(env: Env, accountId: string, rows: RequestRow[]): Promise<AccountRequest[]> {
  const sessionIds = [...new Set(rows.map((row) => row.session_id))];
  const open = new Map(
    await Promise.all(sessionIds.map(async (id) => [id, await openIn(env, accountId, id)] as const)),
  );
  return rows.flatMap((row) => open.get(row.session_id)?.find(({ requestId }) => requestId === row.id) ?? []);
}

async function openIn(env: Env, accountId: string, sessionId: string): Promise<AccountRequest[]> {
  const { orchestrator } = await sessionOf(env, { accountId }, sessionId);
  const requests = await settled(orchestrator.listRequests('open')).catch((error) => {
    if (error instanceof ProblemError && error.code === 'session_not_found') return []; // Deleted a moment ago.
    throw error;
  });
  return requests.map((request) => ({ sessionId, ...request }));
}
