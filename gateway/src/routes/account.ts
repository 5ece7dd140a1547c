import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes } from '@sandgate/api-spec';
import { keyLimit } from '../auth/key-store.ts';
import type { GatewayEnv } from '../gateway-env.ts';

interface AccountRow {
  created_at: string;
  keys: number;
  sessions: number;
}

export function accountRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.getAccount, async (c) => {
    const { accountId: id } = c.get('caller');
    const row = await c.env.DB.prepare(
      `SELECT created_at,
         (SELECT count(*) FROM api_keys WHERE account_id = accounts.id AND revoked_at IS NULL) AS keys,
         (SELECT count(*) FROM sessions WHERE account_id = accounts.id) AS sessions
       FROM accounts WHERE id = ?`,
    )
      .bind(id)
      .first<AccountRow>();
    const { created_at: createdAt, ...usage } = row as AccountRow; // A caller has an account.
    return c.json({ id, createdAt, limits: { keys: keyLimit }, usage }, 200);
  });
}
