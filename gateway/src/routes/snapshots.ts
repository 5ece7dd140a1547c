import type { OpenAPIHono } from '@hono/zod-openapi';
import { type CreateSnapshot, gatewayRoutes } from '@sandgate/api-spec';
import type { GatewayEnv } from '../gateway-env.ts';
import { settled } from '../orchestrator/settled.ts';
import { sessionOf } from '../session-handle.ts';
import { derivedId } from '../session-name.ts';

export function snapshotRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.createSnapshot, async (c) => {
    const body: CreateSnapshot = c.req.valid('json') ?? {};
    const { name, orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    const key = c.req.valid('header')['idempotency-key'] ?? crypto.randomUUID();
    const id = await derivedId('snap', name, key);
    return c.json(await settled(orchestrator.createSnapshot(id, body)), 201);
  });

  app.openapi(gatewayRoutes.listSnapshots, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    return c.json({ data: await settled(orchestrator.listSnapshots()) }, 200);
  });

  app.openapi(gatewayRoutes.deleteSnapshot, async (c) => {
    const { sessionId, snapshotId } = c.req.valid('param');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), sessionId);
    await settled(orchestrator.deleteSnapshot(snapshotId));
    return c.body(null, 204);
  });

  app.openapi(gatewayRoutes.restoreSnapshot, async (c) => {
    const { sessionId, snapshotId } = c.req.valid('param');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), sessionId);
    return c.json(await settled(orchestrator.restoreSnapshot(snapshotId)), 200);
  });
}
