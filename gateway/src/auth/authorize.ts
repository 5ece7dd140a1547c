import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import { gatewayRoutes, scopeOf } from '@sandgate/api-spec';
import type { GatewayEnv } from '../gateway-env.ts';
import { honoPath } from '../routes/hono-path.ts';
import { requireScopes } from './caller.ts';

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
      requireScopes(identity, [scope]);
      c.set('caller', identity);
      await next();
    });
  }
}
