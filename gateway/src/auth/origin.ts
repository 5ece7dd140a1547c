import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import { gatewayRoutes, ProblemError, takesSessionToken } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { honoPath } from '../routes/hono-path.ts';
import type { Caller } from './caller.ts';

const requestHeaders = [
  'accept',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-range',
  'last-event-id',
  'prefer',
  'range',
  'traceparent',
];

const exposedHeaders = [
  'content-disposition',
  'content-location',
  'content-range',
  'etag',
  'location',
  'preference-applied',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'server-timing',
  'www-authenticate',
  'x-request-id',
];

/**
 * Lets a browser ask for what a session token may do (WHATWG Fetch, "CORS protocol"). A preflight brings no token, so that
 * it cannot tell whose origin is allowed: that is said when the request itself comes, before anything is done.
 */
export function preflightRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const methods = new Map<string, string[]>();
  for (const route of Object.values<RouteConfig>(gatewayRoutes).filter(takesSessionToken))
    methods.set(honoPath(route), [...(methods.get(honoPath(route)) ?? []), route.method.toUpperCase()]);
  for (const [path, allowed] of methods)
    app.options(path, (c) =>
      c.body(null, 204, {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': allowed.join(', '),
        'access-control-allow-headers': requestHeaders.join(', '),
        'access-control-max-age': '600',
      }),
    );
}

/** Lets the page that asked read the answer, refusals included, where the token allows its origin. */
export const shareWithOrigin: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  const origin = c.req.header('origin');
  if (origin === undefined) return;
  const { headers, status } = c.res;
  headers.append('vary', 'Origin');
  const isAllowed = c.get('identity')?.session?.allowedOrigins.includes(origin);
  // A 401 says nothing of anybody: a page may know that its token is over.
  if (!isAllowed && status !== 401) return;
  headers.set('access-control-allow-origin', isAllowed ? origin : '*');
  headers.set('access-control-expose-headers', exposedHeaders.join(', '));
};

/** @throws ProblemError `origin_not_allowed` where a page uses a token that was not made for its origin. */
export function requireOrigin({ session }: Caller, origin: string | undefined, url: string): void {
  if (!session || origin === undefined || origin === new URL(url).origin) return;
  if (!session.allowedOrigins.includes(origin))
    throw new ProblemError('origin_not_allowed', 'The token was not made for pages of this origin.');
}
