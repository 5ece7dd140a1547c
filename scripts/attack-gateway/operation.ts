import type { RouteConfig } from '@hono/zod-openapi';
import { gatewayDocument, gatewayRoutes, takesSessionToken } from '@sandgate/api-spec';

/** An operation of the contract, and a request for it that would do something. */
export interface Operation {
  id: string;
  route: RouteConfig;
  method: string;
  /** Whether it is about one session. */
  isOfSession: boolean;
  takesSessionToken: boolean;
  /** Where it is, with what it is about filled in. */
  path(params: Record<string, string>): string;
  headers: Record<string, string>;
  body?: string;
}

interface Described {
  operationId?: string;
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}

const document = gatewayDocument();
const schemas = document.components?.schemas as Record<string, { example?: unknown }>;
const described = Object.values(document.paths ?? {}).flatMap((item) =>
  Object.values(item as Record<string, Described>),
);

/** Every operation that needs a credential: a route that lands is among them. */
export const operations: Operation[] = Object.values<RouteConfig>(gatewayRoutes)
  .filter(({ path }) => path.startsWith('/v1/'))
  .map((route) => ({
    id: route.operationId ?? '',
    route,
    method: route.method.toUpperCase(),
    isOfSession: route.path.includes('{sessionId}'),
    takesSessionToken: takesSessionToken(route),
    path: (params) =>
      route.path.replaceAll(/{(\w+)}/g, (_, name) => {
        if (params[name] === undefined) throw new Error(`Tell the suite of attacks what a {${name}} of the victim is.`);
        return encodeURIComponent(params[name]);
      }),
    ...bodyOf(route.operationId ?? ''),
  }));

/**
 * The body is the example of the contract.
 *
 * @throws where there is none: then nobody knows what a request that is valid does.
 */
function bodyOf(id: string): Pick<Operation, 'headers' | 'body'> {
  const content = described.find(({ operationId }) => operationId === id)?.requestBody?.content;
  if (!content) return { headers: {} };
  if (!content['application/json'])
    return { headers: { 'content-type': 'application/octet-stream' }, body: 'attacked' };
  const name = content['application/json'].schema.$ref?.split('/').at(-1) ?? '';
  const example = schemas[name]?.example;
  if (example === undefined) throw new Error(`The body of ${id}, ${name}, has no example in the contract.`);
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(example) };
}
