import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes } from '@sandgate/api-spec';
import { actOf } from '../audit/act.ts';
import { requireScopes } from '../auth/caller.ts';
import { forgetGeneration, signToken } from '../auth/session-token.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { settled } from '../orchestrator/settled.ts';
import { sessionOf } from '../session-handle.ts';

/** How long a token is valid unless told, in seconds. */
const validSeconds = 900;

export function tokenRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.createSessionToken, async (c) => {
    const caller = c.get('caller');
    const { accountId } = caller;
    const { sessionId } = c.req.valid('param');
    const { scopes, allowedOrigins = [], expiresInSeconds = validSeconds } = c.req.valid('json');
    requireScopes(caller, scopes);
    const { orchestrator } = await sessionOf(c.env, caller, sessionId);
    const generation = await settled(orchestrator.grantToken(actOf(c)));
    const expiresAt = Math.floor(Date.now() / 1000) + expiresInSeconds;
    const token = await signToken({ accountId, sessionId, scopes, allowedOrigins, generation, expiresAt }, c.env);
    const resource = { token, scopes, allowedOrigins, expiresAt: new Date(expiresAt * 1000).toISOString() };
    return c.json(resource, 201);
  });

  app.openapi(gatewayRoutes.revokeSessionTokens, async (c) => {
    const { name, orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    await settled(orchestrator.revokeTokens(actOf(c)));
    forgetGeneration(name);
    return c.body(null, 204);
  });
}
