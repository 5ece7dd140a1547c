import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes } from '@sandgate/api-spec';
import { AuditLog } from '../audit/audit-log.ts';
import type { GatewayEnv } from '../gateway-env.ts';

export function auditRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.listAudit, async (c) => {
    const { action, targetId, actorId, since, until, after, limit = 100 } = c.req.valid('query');
    const { accountId } = c.get('caller');
    const times = { since: inUtc(since), until: inUtc(until) };
    const filter = { accountId, action, targetId, actorId, ...times, after, limit };
    return c.json(await new AuditLog(c.env.DB).list(filter), 200);
  });
}

function inUtc(date: string | undefined): string | undefined {
  return date && new Date(date).toISOString();
}
