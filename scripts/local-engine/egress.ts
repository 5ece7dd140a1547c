import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { CertificateAuthority } from './certificate-authority.ts';
import { type EgressRules, PLACEHOLDER, parseTarget, route, type Target } from './egress-rules.ts';
import type { Log } from './log.ts';
import { join } from './pipe.ts';

/** A TLS connection starts with a handshake record. */
const TLS_HANDSHAKE = 0x16;
/** HTTP and HTTPS, of which the client speaks first, however long it takes to: it may have certificates to read before. */
const CLIENT_FIRST = [80, 443];
/** Some other protocols have the server speak first: after this we stop waiting to see what the client says. */
const PEEK_MILLISECONDS = 500;
/** Where the gateway takes what was refused here: `engineHost` in its egress folder. */
const ENGINE_HOST = 'engine.sandgate.internal';
/** How long telling it may take, and how much of it goes on at once: what is beyond that is not told. */
const TELL_MILLISECONDS = 2_000;
const MOST_TELLING = 8;

/**
 * The only way out of a sandbox: an HTTP proxy on a unix socket, one per sandbox, so that workerd knows who asks. It
 * dials nothing itself: what the rules allow goes to workerd's egress proxy, and the Worker decides.
 */
export class EgressProxy {
  readonly #server: Server;
  readonly #rules: () => EgressRules | undefined;
  readonly #authority: CertificateAuthority;
  readonly #log: Log;
  readonly #sockets = new Set<Duplex>();
  #telling = 0;

  constructor(rules: () => EgressRules | undefined, authority: CertificateAuthority, log: Log) {
    this.#rules = rules;
    this.#authority = authority;
    this.#log = log;
    this.#server = createServer((request, response) => this.#forward(request, response));
    this.#server.on('connect', (request, socket, head) => this.#connect(request, socket, head));
    this.#server.on('clientError', (_error, socket) => socket.destroy());
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** `CONNECT host:port`: what curl sends for https, and Node for everything. */
  async #connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const target = parseTarget(request.url);
    const rules = this.#rules();
    const address = target && (await route(target, rules));
    if (!target || !address || !rules) {
      await this.#refuse(request.url, target, 'address');
      socket.end(target ? refusal(403) : refusal(400));
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const first = head.length > 0 ? head : await peek(socket, target.port);
    // It hung up without a word: nothing was refused.
    if (!first && CLIENT_FIRST.includes(target.port)) return void socket.destroy();
    const isTls = first?.[0] === TLS_HANDSHAKE;
    const reason = isTls && target.port === 443 ? 'tls' : 'port';
    const hint = isTls ? 'X-Tls-Sni' : 'X-Hostname';
    const tunnel = await openTunnel(rules.port, address, first ? { [hint]: target.host } : {});
    if (!tunnel) {
      await this.#refuse(request.url, target, reason);
      socket.destroy();
      return;
    }
    // It hung up meanwhile, and would not say so again: the tunnel would stay for as long as the engine runs.
    if (socket.destroyed) return void tunnel.socket.destroy();
    if (first) socket.unshift(first);
    // 200 to TLS asks us to end it here: a handler takes what is in it.
    if (isTls && tunnel.status === 200) return this.#endTls(socket, target, tunnel);
    let isSilent = true;
    tunnel.socket.once('data', () => {
      isSilent = false;
    });
    tunnel.socket.once('close', () => {
      // Where it takes nothing, workerd says 202 all the same, and then hangs up.
      if (isSilent) void this.#refuse(request.url, target, reason);
    });
    join(socket, tunnel.socket);
  }

  /** Answers in the place of the host, by the name that the tunnel was opened for, and hands on what is said. */
  #endTls(socket: Duplex, target: Target, tunnel: Tunnel): void {
    const host = target.host.replace(/\.$/, '');
    const secureContext = this.#authority.contextOf(host);
    const secure = new TLSSocket(socket as Socket, {
      isServer: true,
      secureContext,
      SNICallback: (name, done) =>
        name.toLowerCase() === host ? done(null, secureContext) : done(new Error(`this is ${host}`)),
      // What workerd reads in a tunnel.
      ALPNProtocols: ['http/1.1'],
    });
    let isSilent = true;
    secure.once('data', () => {
      isSilent = false;
    });
    secure.once('close', () => {
      // It does not trust us, or asked for another name. Few say so: most hang up.
      if (isSilent) void this.#refuse(`${target.host}:${target.port}`, target, 'tls');
    });
    join(secure, tunnel.socket);
  }

  /** `GET http://host/path`: what curl sends for http. */
  async #forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : undefined;
    const target: Target | undefined =
      url?.protocol === 'http:' ? parseTarget(`${url.hostname}:${url.port || '80'}`) : undefined;
    const rules = this.#rules();
    const address = target && (await route(target, rules));
    if (!url || !target || !address || !rules) {
      await this.#refuse(incoming.url, target, 'address');
      response.writeHead(target ? 403 : 400, { connection: 'close' }).end('egress denied\n');
      return;
    }
    const tunnel = await openTunnel(rules.port, address, { 'X-Hostname': target.host });
    if (!tunnel || (tunnel.status !== 200 && !rules.internet?.enabled)) {
      tunnel?.socket.destroy();
      await this.#refuse(incoming.url, target, 'port');
      response.writeHead(403, { connection: 'close' }).end('egress denied\n');
      return;
    }
    const headers: OutgoingHttpHeaders = { ...incoming.headers, host: url.host, connection: 'close' };
    delete headers['proxy-connection'];
    delete headers['proxy-authorization'];
    const outgoing = request(
      {
        method: incoming.method,
        path: `${url.pathname}${url.search}`,
        headers,
        createConnection: () => tunnel.socket as Socket,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    response.on('close', () => {
      // Of a plain end workerd hears only when it writes next, and would go on for nobody until then.
      if (response.writableFinished) tunnel.socket.destroy();
      else (tunnel.socket as Socket).resetAndDestroy();
    });
    incoming.pipe(outgoing);
  }

  /** Told before the sandbox is: also the Worker shall know what never came to it. */
  async #refuse(
    url: string | undefined,
    target: Target | undefined,
    reason: 'address' | 'port' | 'tls',
  ): Promise<void> {
    this.#log.debug(`egress denied: ${(url ?? '').slice(0, 200)}`);
    const rules = this.#rules();
    if (!target || !rules || this.#telling >= MOST_TELLING) return;
    this.#telling += 1;
    await tell(rules.port, { host: target.host, reason });
    this.#telling -= 1;
  }
}

/** Resolves once the Worker knows, or cannot be told. */
async function tell(port: number, refused: { host: string; reason: string }): Promise<void> {
  const tunnel = await openTunnel(port, `${PLACEHOLDER}:80`, { 'X-Hostname': ENGINE_HOST });
  if (!tunnel) return;
  await new Promise<void>((resolve) => {
    const createConnection = () => tunnel.socket as Socket;
    const headers = { host: ENGINE_HOST, 'content-type': 'application/json', connection: 'close' };
    const post = request({ method: 'POST', path: '/', headers, createConnection, timeout: TELL_MILLISECONDS });
    post.on('timeout', () => post.destroy());
    post.on('error', () => {});
    post.on('response', (answer) => answer.resume());
    post.on('close', resolve);
    post.end(JSON.stringify(refused));
  });
  tunnel.socket.destroy();
}

interface Tunnel {
  socket: Duplex;
  /** 200: a handler answers HTTP in the tunnel. 202: bytes pass as they are. */
  status: number;
}

/** Asks workerd's egress proxy for a tunnel, as Cloudflare's sidecar does. */
function openTunnel(port: number, address: string, hint: Record<string, string>): Promise<Tunnel | undefined> {
  return new Promise((resolve) => {
    const headers = { Host: address, 'X-Proto': 'tcp', ...hint };
    const connect = request({ host: '127.0.0.1', port, method: 'CONNECT', path: address, headers, agent: false });
    connect.once('connect', (response, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (head.length > 0) socket.unshift(head);
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return resolve({ socket, status });
      socket.destroy();
      resolve(undefined);
    });
    connect.once('error', () => resolve(undefined));
    connect.end();
  });
}

/** What the client says first; undefined if it says nothing in time, or hangs up. */
function peek(socket: Duplex, port: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const finish = (chunk?: Buffer) => {
      clearTimeout(timer);
      socket.off('data', finish);
      socket.pause();
      resolve(chunk);
    };
    const timer = CLIENT_FIRST.includes(port) ? undefined : setTimeout(finish, PEEK_MILLISECONDS);
    socket.on('data', finish);
    socket.once('end', () => finish());
    socket.once('close', () => finish());
  });
}

function refusal(status: 400 | 403): string {
  return `HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Bad Request'}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
}
