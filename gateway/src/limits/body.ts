import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import { gatewayRoutes, onlyJson, ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { GatewayEnv } from '../gateway-env.ts';
import { honoPath } from '../routes/hono-path.ts';

/** The largest JSON body, in bytes. */
const jsonLimit = 1024 * 1024;

const limit = bodyLimit({ maxSize: jsonLimit });

/** Reads a body whose length is not told. One that breaks off, or is not framed as it says, is its sender's fault. */
const limitSize: MiddlewareHandler = (c, next) =>
  limit(c, next).catch((error: unknown) => {
    if (error instanceof HTTPException) throw error;
    throw new ProblemError('malformed_json', 'The body broke off.', { cause: error });
  });

/** Holds each route that takes JSON to JSON of a bounded size. A route that takes no body reads none, whatever comes. */
export function limitBodies(app: OpenAPIHono<GatewayEnv>): void {
  for (const route of Object.values<RouteConfig>(gatewayRoutes))
    if (route.request?.body?.content['application/json'])
      app.on(route.method.toUpperCase(), honoPath(route), onlyJson, limitSize);
}
