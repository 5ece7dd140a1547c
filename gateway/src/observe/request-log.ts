import type { RouteConfig } from '@hono/zod-openapi';
import { gatewayRoutes, Problem } from '@sandgate/api-spec';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { GatewayEnv } from '../gateway-env.ts';
import { honoPath } from '../routes/hono-path.ts';
import { log, withoutCredential } from './log.ts';
import { inScope, RequestScope } from './request-scope.ts';
import { traceBehind } from './trace.ts';

const operations = new Map(
  Object.values<RouteConfig>(gatewayRoutes).map((route) => [`${route.method.toUpperCase()} ${honoPath(route)}`, route]),
);

/** Writes a line of the log for each request, once its answer begins, and tells the caller what took how long. */
export const logRequests: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const began = Date.now();
  const scope = new RequestScope(c.get('requestId'), traceBehind(c.req.header('traceparent')));
  await inScope(scope, next);
  const timing = scope.phases.toHeader();
  if (timing) c.res.headers.set('server-timing', timing);

  const { requestId, trace, sessionId, sandbox, turnId, phases } = scope;
  const { status } = c.res;
  const identity = c.get('identity');
  const route = routeOf(c);
  log(status >= 500 ? 'error' : 'info', 'request', {
    requestId,
    traceId: trace.traceId,
    accountId: identity?.accountId,
    keyId: identity && withoutCredential(identity.credentialId),
    sessionId,
    sandbox,
    turnId: turnId ?? turnIn(c),
    operation: route?.operationId,
    route: route?.path,
    method: c.req.method,
    status,
    code: await codeOf(c.res),
    durationMs: Date.now() - began,
    phases: phases.toRecord(),
  });
};

/** The route of the contract, also where the request was refused before it came there. */
export function routeOf(c: Context): RouteConfig | undefined {
  for (const { method, path } of matchedRoutes(c)) {
    const route = operations.get(`${method} ${path}`);
    if (route) return route;
  }
  return undefined;
}

/** Where it can be one of ours: else it is what somebody wrote there. */
function turnIn(c: Context): string | undefined {
  const turnId = c.req.param('turnId');
  return turnId !== undefined && /^turn_[a-z2-7]{26}$/.test(turnId) ? turnId : undefined;
}

/** Problems are ours and small, also where a sandbox said them first. */
export async function codeOf(response: Response): Promise<string | undefined> {
  if (response.headers.get('content-type') !== 'application/problem+json') return undefined;
  const problem = Problem.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  ); // HEAD has no body.
  return problem.data?.code;
}
