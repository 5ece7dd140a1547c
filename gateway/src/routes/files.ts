import type { OpenAPIHono, z } from '@hono/zod-openapi';
import {
  ArchiveResult,
  FileEntry,
  FileList,
  gatewayRoutes,
  Problem,
  ProblemError,
  problemCodes,
} from '@sandgate/api-spec';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { measured, requestScope } from '../observe/request-scope.ts';
import type { OrchestratorCalls } from '../orchestrator/orchestrator-calls.ts';
import { settled } from '../orchestrator/settled.ts';
import { boundedJson } from '../sandbox/bounded-body.ts';
import { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { isCut } from '../sandbox/unreached.ts';
import { sessionOf } from '../session-handle.ts';
import { honoPath } from './hono-path.ts';

/** The only headers of a caller that matter to a file. */
const requestHeaders = ['content-type', 'content-length', 'range', 'if-range', 'if-match', 'if-none-match'];

/** The only headers of a sandbox that a caller is given. */
const responseHeaders = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified'];

/** Whatever the sandbox calls it: bytes to keep, that no browser runs as if they came from here. */
const asAttachment = {
  'content-disposition': 'attachment',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
};

/** The refusals of a sandbox that are passed on; it cannot make the gateway say anything else. */
const passedOn = [
  'invalid_request',
  'malformed_json',
  'file_not_found',
  'file_conflict',
  'precondition_failed',
  'payload_too_large',
  'range_not_satisfiable',
  'disk_full',
  'forbidden',
] as const;

export function fileRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const { listFiles, changeFiles, statFile, readFile, writeFile, deleteFile, readArchive, writeArchive } =
    gatewayRoutes;
  for (const route of [readFile, writeFile, deleteFile, writeArchive]) app.openAPIRegistry.registerPath(route);
  const file = honoPath(readFile);

  app.openapi(listFiles, async (c) => c.json(await parsed(await ask(c, `/files${searchOf(c)}`), FileList), 200));

  app.openapi(changeFiles, async (c) => {
    const response = await ask(c, '/files', JSON.stringify(c.req.valid('json')));
    return c.json(await parsed(response, FileEntry), response.status === 201 ? 201 : 200);
  });

  app.openapi(statFile, async (c) => c.json(await parsed(await ask(c, `/stat${searchOf(c)}`), FileEntry), 200));

  app.openapi(readArchive, async (c) => {
    const { body } = await ask(c, `/archive${searchOf(c)}`);
    const type = c.req.valid('query').format === 'tar' ? 'application/x-tar' : 'application/gzip';
    return new Response(body, { headers: { ...asAttachment, 'content-type': type } });
  });

  app.put(honoPath(writeArchive), async (c) =>
    c.json(await parsed(await ask(c, `/archive${searchOf(c)}`, bodyOf(c)), ArchiveResult), 200),
  );

  app.get(file, async (c) => {
    const response = await ask(c, pathOf(c));
    const status = response.status === 206 || response.status === 304 ? response.status : 200;
    const headers = responseHeaders.flatMap((name): [string, string][] => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    if (status === 304) return new Response(null, { status, headers });
    return new Response(ofLength(response), {
      status,
      headers: { ...asAttachment, 'content-type': 'application/octet-stream', ...Object.fromEntries(headers) },
    });
  });

  app.put(file, async (c) => {
    const response = await ask(c, pathOf(c), bodyOf(c));
    return c.json(await parsed(response, FileEntry), response.status === 201 ? 201 : 200);
  });

  app.delete(file, async (c) => {
    await (await ask(c, pathOf(c) + searchOf(c))).body?.cancel();
    return c.body(null, 204);
  });
}

/** workerd tells the length of no body that came from another object, unless that is held to it. */
function ofLength({ body, headers }: Response): ReadableStream<Uint8Array> | null {
  const length = headers.get('content-length');
  return length === null || body === null ? body : body.pipeThrough(new FixedLengthStream(Number(length)));
}

const searchOf = (c: Context<GatewayEnv>) => new URL(c.req.url).search;
const bodyOf = (c: Context<GatewayEnv>) => c.req.raw.body ?? new Blob([]).stream();

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
async function ask(
  c: Context<GatewayEnv>,
  path: string,
  body?: ReadableStream<Uint8Array> | string,
): Promise<Response> {
  const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.param('sessionId') ?? '');
  const settings = await settled(orchestrator.sandboxSettings());
  const sandbox = new SessionSandbox(c.env, { ...settings, trace: requestScope()?.trace });
  await measured('sandbox', () => sandbox.ensure());
  const headers = requestHeaders.flatMap((name): [string, string][] => {
    const value = c.req.header(name);
    const isOfAnother = name === 'content-length' && !(body instanceof ReadableStream);
    return value === undefined || isOfAnother ? [] : [[name, value]];
  });
  const init = { method: c.req.method, headers, ...(body && { body }) };
  const send = () => measured('sandbox', () => sandbox.fetch(path, init));
  const sent = c.req.method === 'GET' ? send() : changing(c, orchestrator, send);
  const response = await sent.catch((error: unknown) => {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('sandbox_error', 'The sandbox did not answer.', { cause: error });
  });
  if (isCut(response) && !(await sandbox.isRunning())) {
    await response.body?.cancel();
    const detail = 'The container ended under the request; try again.';
    throw new ProblemError('sandbox_unavailable', detail, { retryAfterSeconds: 1 });
  }
  if (!response.ok && response.status !== 304) throw await refusalOf(response);
  return response;
}

/** Notes it before and behind the work: what was noted before may be saved by now, and not have it. */
async function changing<T>(
  c: Context<GatewayEnv>,
  orchestrator: Pick<OrchestratorCalls, 'filesChanged'>,
  work: () => Promise<T>,
): Promise<T> {
  await settled(orchestrator.filesChanged());
  const done = work().finally(() => settled(orchestrator.filesChanged()));
  c.executionCtx.waitUntil(done.catch(() => undefined)); // Also of a caller who hangs up.
  return done;
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
  const contentRange = response.headers.get('content-range');
  return new ProblemError(code, detail, { ...(errors && { errors }), ...(contentRange && { contentRange }) });
}
