import type { OpenAPIHono, z } from '@hono/zod-openapi';
import { FileEntry, FileList, gatewayRoutes, Problem, ProblemError, problemCodes } from '@sandgate/api-spec';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { settled } from '../orchestrator/settled.ts';
import { boundedJson } from '../sandbox/bounded-body.ts';
import { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { sessionOf } from '../session-handle.ts';

/** The only headers of a caller that matter to a file. */
const requestHeaders = ['content-type', 'content-length'];

/** The refusals of a sandbox that are passed on; it cannot make the gateway say anything else. */
const passedOn = ['invalid_request', 'file_not_found', 'file_conflict', 'disk_full', 'forbidden'] as const;

export function fileRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const { listFiles, readFile, writeFile, deleteFile } = gatewayRoutes;
  for (const route of [listFiles, readFile, writeFile, deleteFile]) app.openAPIRegistry.registerPath(route);
  const files = listFiles.path.replace('{sessionId}', ':sessionId');
  const file = `${files}/:path{[\\s\\S]+}`;

  app.get(files, async (c) => {
    const response = await ask(c, `/files${new URL(c.req.url).search}`);
    return c.json(await parsed(response, FileList), 200);
  });

  app.get(file, async (c) => {
    const response = await ask(c, pathOf(c));
    const length = response.headers.get('content-length');
    const modified = response.headers.get('last-modified');
    // Whatever the sandbox calls it: bytes to keep, that no browser runs as if they came from here.
    return new Response(response.body, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        ...(length && { 'content-length': length }),
        ...(modified && { 'last-modified': modified }),
      },
    });
  });

  app.put(file, async (c) => {
    const response = await ask(c, pathOf(c), c.req.raw.body ?? new Blob([]).stream());
    return c.json(await parsed(response, FileEntry), response.status === 201 ? 201 : 200);
  });

  app.delete(file, async (c) => {
    await (await ask(c, pathOf(c))).body?.cancel();
    return c.body(null, 204);
  });
}

/** The path of the file as it came, still encoded, as one segment: `/files/` is all that it can lead to. */
function pathOf(c: Context<GatewayEnv>): string {
  const encoded = new URL(c.req.url).pathname.split('/').slice(5).join('/');
  return `/files/${encoded.replaceAll('/', '%2F')}`;
}

/**
 * Asks the sandbox, which checks the path and does the work.
 *
 * @throws ProblemError its refusal, or that it gave no usable answer.
 */
async function ask(c: Context<GatewayEnv>, path: string, body?: ReadableStream<Uint8Array>): Promise<Response> {
  const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.param('sessionId') ?? '');
  const sandbox = new SessionSandbox(c.env, await settled(orchestrator.sandboxSettings()));
  await sandbox.ensure();
  const headers = requestHeaders.flatMap((name): [string, string][] => {
    const value = body && c.req.header(name);
    return value === undefined ? [] : [[name, value]];
  });
  const response = await sandbox
    .fetch(path, { method: c.req.method, headers, ...(body && { body }) })
    .catch((error: unknown) => {
      throw new ProblemError('sandbox_error', 'The sandbox did not answer.', { cause: error });
    });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function parsed<S extends z.ZodType>(response: Response, schema: S): Promise<z.infer<S>> {
  const answer = schema.safeParse(await boundedJson(response).catch(() => undefined));
  if (!answer.success) throw new ProblemError('sandbox_error', 'The sandbox gave an answer that is none.');
  return answer.data;
}

async function refusalOf(response: Response): Promise<ProblemError> {
  const problem = Problem.safeParse(await boundedJson(response).catch(() => undefined));
  const code = passedOn.find((known) => problemCodes[known].status === response.status && known === problem.data?.code);
  if (!code || !problem.data) return new ProblemError('sandbox_error', `The sandbox answered HTTP ${response.status}.`);
  const { detail, errors } = problem.data;
  return new ProblemError(code, detail, errors && { errors });
}
