import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import { gatewayRoutes, ProblemError, scopeOf, takesSessionToken } from '@sandgate/api-spec';
import type { GatewayEnv } from '../gateway-env.ts';
import { honoPath } from '../routes/hono-path.ts';
import { type Caller, requireScopes } from './caller.ts';
import { requireOrigin } from './origin.ts';

/**
 * Holds each route of the contract to the scope that it names there. Only behind this is there a `caller`: a route that
 * the contract does not know finds none.
 */
export function authorizeRoutes(app: OpenAPIHono<GatewayEnv>): void {
  for (const route of Object.values<RouteConfig>(gatewayRoutes)) {
    const scope = scopeOf(route);
    if (!scope) continue;
    app.on(route.method.toUpperCase(), honoPath(route), async (c, next) => {
      const identity = c.get('identity');
      if (identity.session) requireSession(identity.session, route, c.req.param('sessionId'));
      requireScopes(identity, [scope]);
      requireOrigin(identity, c.req.header('origin'), c.req.url);
      c.set('caller', identity);
      await next();
    });
  }
}

/** A token of a session knows no other: there is none for it. */
function requireSession(
  { id }: NonNullable<Caller['session']>,
  route: RouteConfig,
  sessionId: string | undefined,
): void {
  if (!takesSessionToken(route))
    throw new ProblemError('insufficient_scope', 'A token of a session does not reach this; it needs a key.');
  if (sessionId !== id) throw new ProblemError('session_not_found', 'No session of this id belongs to your token.');
}
