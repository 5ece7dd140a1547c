import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes, ProblemError, problemCodes } from '@sandgate/api-spec';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { settled } from '../orchestrator/settled.ts';
import { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { sessionOf } from '../session-handle.ts';

/** The only headers of a caller that matter to a file. */
const requestHeaders = ['content-type', 'content-length'];
/** The only headers of a sandbox that reach a caller. */
const responseHeaders = ['content-type', 'content-length', 'last-modified'];

export function fileRoutes(app: OpenAPIHono<GatewayEnv>): void {
  for (const route of [
    gatewayRoutes.listFiles,
    gatewayRoutes.readFile,
    gatewayRoutes.writeFile,
    gatewayRoutes.deleteFile,
  ])
    app.openAPIRegistry.registerPath(route);
  const { path: listPath } = gatewayRoutes.listFiles;
  app.get(toHono(listPath), (c) => proxy(c, `/files${new URL(c.req.url).search}`));
  app.on(['GET', 'PUT', 'DELETE'], `${toHono(listPath)}/:path{.+}`, (c) => {
    const rawPath = new URL(c.req.url).pathname.split('/').slice(5).join('/');
    return proxy(c, `/files/${rawPath.replaceAll('/', '%2F')}`);
  });
}

const toHono = (path: string) => path.replaceAll(/{(\w+)}/g, ':$1');

/** The sandbox checks paths and answers; here only what the gateway alone can know is added. */
async function proxy(c: Context<GatewayEnv>, path: string): Promise<Response> {
  const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.param('sessionId') ?? '');
  const sandbox = new SessionSandbox(c.env, await settled(orchestrator.sandboxSettings()));
  await sandbox.ensure();
  const headers = picked(c.req.raw.headers, requestHeaders);
  const init = { method: c.req.method, headers, ...(c.req.raw.body && { body: c.req.raw.body }) };
  const response = await sandbox.fetch(path, init).catch((error: unknown) => {
    throw new ProblemError('sandbox_error', 'The sandbox did not answer.', { cause: error });
  });
  if (!response.ok) throw await refusalOf(response);
  const answer = new Response(response.body, {
    status: response.status,
    headers: picked(response.headers, responseHeaders),
  });
  if (response.headers.get('content-type') === 'application/octet-stream') {
    answer.headers.set('content-disposition', 'attachment');
    answer.headers.set('x-content-type-options', 'nosniff');
    answer.headers.set('content-security-policy', "sandbox; default-src 'none'");
  }
  return answer;
}

function picked(headers: Headers, names: string[]): Headers {
  return new Headers(
    names.flatMap((name): [string, string][] => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** The sandbox's refusal where it is one that a file can have; a sandbox cannot make the gateway say anything else. */
async function refusalOf(response: Response): Promise<ProblemError> {
  const problem = await response.json<{ code?: unknown; detail?: unknown; errors?: unknown }>().catch(() => undefined);
  const codes = ['invalid_request', 'file_not_found', 'file_conflict', 'disk_full', 'forbidden'] as const;
  const code = codes.find((known) => known === problem?.code && problemCodes[known].status === response.status);
  if (!code) return new ProblemError('sandbox_error', `The sandbox answered HTTP ${response.status}.`);
  return new ProblemError(code, String(problem?.detail).slice(0, 1000));
}
