import { createRoute } from '@hono/zod-openapi';
import { Health } from '../health.ts';
import { json, refusals } from '../route-parts.ts';
import { auditRoutes } from './audit-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { logRoutes } from './log-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { tokenRoutes } from './token-routes.ts';
import { turnRoutes } from './turn-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The public gateway. */
export const gatewayRoutes = {
  health: createRoute({
    operationId: 'getHealth',
    method: 'get',
    path: '/health',
    tags: ['Server'],
    security: [],
    summary: 'Say how the gateway is',
    description: 'Needs no key.',
    responses: { 200: json(Health, 'The gateway is up.'), ...refusals() },
  }),
  ...sessionRoutes,
  ...turnRoutes,
  ...logRoutes,
  ...fileRoutes,
  ...snapshotRoutes,
  ...tokenRoutes,
  ...keyRoutes,
  ...webhookRoutes,
  ...auditRoutes,
};
