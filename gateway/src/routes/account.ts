import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes } from '@sandgate/api-spec';
import { keyLimit } from '../auth/key-store.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { windowSeconds } from '../limits/requests.ts';

interface AccountRow {
  created_at: string;
  keys: number;
  webhooks: number;
  sessions: number;
  concurrentTurns: number;
}

export function accountRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.getAccount, async (c) => {
    const { accountId: id } = c.get('caller');
    const row = await c.env.DB.prepare(
      `SELECT created_at,
         (SELECT count(*) FROM api_keys WHERE account_id = accounts.id AND revoked_at IS NULL) AS keys,
         (SELECT count(*) FROM webhooks WHERE account_id = accounts.id) AS webhooks,
         (SELECT count(*) FROM sessions WHERE account_id = accounts.id) AS sessions,
         (SELECT count(*) FROM sessions WHERE account_id = accounts.id AND status IN ('running', 'waiting'))
           AS concurrentTurns
       FROM accounts WHERE id = ?`,
    )
      .bind(id)
      .first<AccountRow>();
    const { created_at: createdAt, ...usage } = row as AccountRow; // A caller has an account.
    const limits = {
      keys: keyLimit,
      webhooks: Number(c.env.ACCOUNT_WEBHOOK_LIMIT),
      sessions: Number(c.env.ACCOUNT_SESSION_LIMIT),
      concurrentTurns: Number(c.env.ACCOUNT_TURN_LIMIT),
      requests: { quota: Number(c.env.REQUEST_LIMIT), windowSeconds },
    };
    return c.json({ id, createdAt, limits, usage }, 200);
  });
}
