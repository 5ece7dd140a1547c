import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Container } from './container.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { createExec, inspectExec, resizeExec, startExec, upgradeExec } from './exec-api.ts';
import { type Answer, type Call, parseEnvironment, STREAM_TYPE } from './route.ts';
import { SIDECAR_PORT, Sidecar } from './sidecar.ts';
import { readTarFile } from './tar.ts';

const MAX_BODY = 64 << 20;
const DEFAULT_GRACE_SECONDS = 10;
/** Where workerd puts the certificate authority of its HTTPS interception. */
const CERTIFICATE_PATH = /^\/etc\/cloudflare\/certs\/([\w.-]+)$/;

type Route = [method: string, pattern: RegExp, handler: (call: Call) => Answer | Promise<Answer>];

/**
 * The part of the Docker Engine API that workerd uses, no more.
 * @see https://docs.docker.com/reference/api/engine/
 * @see https://github.com/cloudflare/workerd/blob/main/src/workerd/server/container-client.c%2B%2B
 */
const ROUTES: Route[] = [
  ['GET', /^\/_ping$/, () => ({ status: 200, body: {} })],
  // workerd puts its egress listener on the gateway's address, and loopback is where we look for it.
  ['GET', /^\/networks\/bridge$/, () => ({ status: 200, body: BRIDGE })],
  ['GET', /^\/volumes$/, () => ({ status: 200, body: { Volumes: [], Warnings: [] } })],
  [
    'GET',
    /^\/images\/(.+)\/json$/,
    ({ engine, params: [name = ''] }) => ({ status: 200, body: engine.describeImage(name) }),
  ],
  ['GET', /^\/containers\/json$/, list],
  ['POST', /^\/containers\/create$/, create],
  [
    'GET',
    /^\/containers\/([^/]+)\/json$/,
    ({ engine, params: [name = ''] }) => ({ status: 200, body: inspect(engine.find(name)) }),
  ],
  [
    'POST',
    /^\/containers\/([^/]+)\/start$/,
    async ({ engine, params: [name = ''] }) => ({ status: (await engine.start(name)) ? 204 : 304 }),
  ],
  ['GET', /^\/containers\/([^/]+)\/logs$/, logs],
  ['POST', /^\/containers\/([^/]+)\/stop$/, stop],
  ['POST', /^\/containers\/([^/]+)\/kill$/, kill],
  ['POST', /^\/containers\/([^/]+)\/wait$/, wait],
  ['DELETE', /^\/containers\/([^/]+)$/, remove],
  ['PUT', /^\/containers\/([^/]+)\/archive$/, putArchive],
  ['POST', /^\/containers\/([^/]+)\/exec$/, createExec],
  ['POST', /^\/exec\/([^/]+)\/start$/, startExec],
  ['POST', /^\/exec\/([^/]+)\/resize$/, resizeExec],
  ['GET', /^\/exec\/([^/]+)\/json$/, inspectExec],
];

const BRIDGE = {
  Name: 'bridge',
  Id: 'bridge',
  IPAM: { Driver: 'default', Config: [{ Subnet: '127.0.0.0/8', Gateway: '127.0.0.1' }] },
};

export function createDockerApi(engine: Engine): Server {
  const server = createServer((request, response) => {
    answer(engine, request).then(
      ({ status, body, write }) => (write ? write(response) : send(response, status, body)),
      (error: Error) => {
        const status = error instanceof EngineError ? error.status : 500;
        if (status === 500) engine.runtime.log.warn(`${request.method} ${request.url}: ${error.message}`);
        send(response, status, { message: error.message });
      },
    );
  });
  server.on('upgrade', (request, socket, head) => void upgradeExec(engine, request, socket, head));
  return server;
}

async function answer(engine: Engine, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  // Docker's own clients put the API's version in front.
  const path = url.pathname.replace(/^\/v1\.\d+/, '');
  engine.runtime.log.debug(`${request.method} ${request.url}`);
  for (const [method, pattern, handler] of ROUTES) {
    const match = request.method === method && pattern.exec(path);
    if (!match) continue;
    const params = match.slice(1).map(decodeURIComponent);
    return handler({ engine, params, query: url.searchParams, body: await readBody(request) });
  }
  throw new EngineError(501, `the local engine does not emulate ${request.method} ${path}`);
}

interface CreateBody {
  Image?: string;
  Cmd?: string[];
  Env?: string[];
  Labels?: Record<string, string>;
  ExposedPorts?: Record<string, unknown>;
  HostConfig?: { NetworkMode?: string };
}

function create({ engine, query, body }: Call): Answer {
  const name = query.get('name') ?? '';
  if (!/^[\w.-]{1,255}$/.test(name))
    throw new EngineError(400, 'a container needs a name of letters, digits, "_", "." and "-"');
  const request: CreateBody = JSON.parse(body.toString() || '{}');
  const created = request.ExposedPorts?.[`${SIDECAR_PORT}/tcp`]
    ? engine.createSidecar(name)
    : engine.createContainer({
        name,
        image: request.Image ?? '',
        command: request.Cmd ?? [],
        environment: parseEnvironment(request.Env ?? []),
        labels: request.Labels ?? {},
        sidecar: /^container:(.+)$/.exec(request.HostConfig?.NetworkMode ?? '')?.[1],
      });
  return { status: 201, body: { Id: created.id, Warnings: [] } };
}

async function stop({ engine, params: [name = ''], query }: Call): Promise<Answer> {
  const found = engine.find(name);
  if (found instanceof Sidecar) return { status: 304 };
  return { status: (await found.stop(Number(query.get('t') ?? DEFAULT_GRACE_SECONDS))) ? 204 : 304 };
}

function kill({ engine, params: [name = ''], query }: Call): Answer {
  const found = engine.find(name);
  const signal = (query.get('signal') ?? 'SIGKILL') as NodeJS.Signals;
  if (!/^SIG[A-Z0-9]+$/.test(signal)) throw new EngineError(400, `not a signal: ${signal}`);
  if (found instanceof Sidecar) return { status: 204 };
  if (!found.signal(signal)) throw new EngineError(409, `Container ${name} is not running`);
  return { status: 204 };
}

async function wait({ engine, params: [name = ''], query }: Call): Promise<Answer> {
  const found = engine.find(name);
  return { status: 200, body: { StatusCode: await found.wait(query.get('condition') ?? 'not-running') } };
}

function logs({ engine, params: [name = ''], query }: Call): Answer {
  const found = engine.find(name);
  const wants = (name: string) => /^(1|true)$/i.test(query.get(name) ?? '');
  const streams = (['stdout', 'stderr'] as const).filter(wants);
  const frames = found instanceof Sidecar ? Buffer.alloc(0) : found.output.frames(streams, wants('timestamps'));
  return { status: 200, body: frames };
}

async function remove({ engine, params: [name = ''], query }: Call): Promise<Answer> {
  const found = engine.find(name);
  const running = !(found instanceof Sidecar) && found.status === 'running';
  if (running && query.get('force') !== 'true')
    throw new EngineError(409, 'the container is running: stop it, or use force');
  await engine.remove(name);
  return { status: 204 };
}

async function putArchive({ engine, params: [name = ''], query, body }: Call): Promise<Answer> {
  const found = engine.find(name);
  const path = query.get('path') ?? '';
  if (found instanceof Sidecar || !path.startsWith('/')) throw new EngineError(400, 'an archive needs a path');
  const file = readTarFile(body);
  const certificate = file && CERTIFICATE_PATH.exec(`${path}/${file.name}`)?.[1];
  if (file && certificate !== undefined) found.addCertificate(certificate, file.content);
  else await found.putArchive(path, body);
  return { status: 200 };
}

function list({ engine, query }: Call): Answer {
  const all = query.get('all') === 'true' || query.get('all') === '1';
  const containers = engine.all.map(inspect).filter(({ State }) => all || State.Running);
  return {
    status: 200,
    body: containers.map(({ Id, Name, State, Config }) => ({
      Id,
      Names: [Name],
      Image: Config.Image,
      State: State.Status,
      Labels: Config.Labels,
    })),
  };
}

function inspect(found: Container | Sidecar) {
  if (found instanceof Sidecar) {
    const binding = [{ HostIp: '127.0.0.1', HostPort: String(found.hostPort) }];
    return {
      Id: found.id,
      Name: `/${found.name}`,
      Created: found.created.toISOString(),
      State: {
        Status: found.running ? 'running' : 'created',
        Running: found.running,
        Pid: 0,
        ExitCode: 0,
        OOMKilled: false,
      },
      Config: { Image: 'sidecar', Labels: {} },
      NetworkSettings: { Ports: found.running ? { [`${SIDECAR_PORT}/tcp`]: binding } : {} },
    };
  }
  const { id, spec, status, created, pid, exitCode, outOfMemory } = found;
  return {
    Id: id,
    Name: `/${spec.name}`,
    Created: created.toISOString(),
    State: { Status: status, Running: status === 'running', Pid: pid, ExitCode: exitCode, OOMKilled: outOfMemory },
    Config: { Image: spec.image, Labels: spec.labels },
    NetworkSettings: { Ports: {} },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new EngineError(413, 'the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) response.writeHead(status).end();
  else if (Buffer.isBuffer(body)) response.writeHead(status, { 'content-type': STREAM_TYPE }).end(body);
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
