import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Container } from './container.ts';
import { type EgressRules, mergeRules, parseTarget } from './egress-rules.ts';
import type { Log } from './log.ts';
import { isOwnUser } from './peer.ts';
import { join } from './pipe.ts';

/** The port that workerd expects the sidecar to publish. */
export const SIDECAR_PORT = 39001;

/**
 * Stands in for Cloudflare's egress sidecar (`proxy-everything`), the second container that workerd starts for each
 * sandbox. It is no process of its own, only a listener here: a CONNECT reaches a port of the app's container, and
 * `PUT /egress` says where the app's own requests go.
 *
 * It has to be TCP on 127.0.0.1, because workerd dials the "published port" there. So any user of the machine can reach
 * the ports of a sandbox, as with a port that Docker publishes: the server inside has to know its callers. To ask the
 * kernel who dials costs 6 ms, which is too much per request; for `PUT /egress` we do ask.
 */
export class Sidecar {
  readonly id = randomBytes(32).toString('hex');
  readonly name: string;
  readonly created = new Date();
  rules: EgressRules | undefined;
  readonly #server: Server;
  readonly #app: () => Container | undefined;
  readonly #log: Log;
  readonly #sockets = new Set<Duplex>();
  readonly #removed = Promise.withResolvers<void>();

  /** `certificate` is what the app is to trust, in PEM: workerd asks for it, and puts it into the app's container. */
  constructor(name: string, app: () => Container | undefined, certificate: string, log: Log) {
    this.name = name;
    this.#app = app;
    this.#log = log;
    this.#server = createServer((request, response) => {
      if (request.method === 'PUT' && request.url === '/egress') {
        this.#update(request).then(
          (status) => response.writeHead(status).end(),
          () => response.writeHead(400).end(),
        );
      } else if (request.method === 'GET' && request.url === '/ca') response.end(certificate);
      else response.writeHead(404).end();
    });
    this.#server.on('connect', (request, socket, head) => void this.#connect(request, socket, head));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get running(): boolean {
    return this.#server.listening;
  }

  get hostPort(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** `port` is that of an earlier engine's sidecar, or 0 for any. */
  start(port = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
  }

  remove(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#removed.resolve();
  }

  async wait(): Promise<number> {
    await this.#removed.promise;
    return 0;
  }

  async #update(request: IncomingMessage): Promise<number> {
    const [rules, own] = await Promise.all([readJson(request), isOwnUser(request.socket)]);
    // Another user of the machine could send the sandbox's requests, and what is in them, to himself.
    if (!own) return 403;
    this.rules = mergeRules(this.rules, rules);
    return 204;
  }

  async #connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const header = request.headers['x-dst-addr'];
    const target = parseTarget(typeof header === 'string' ? header : request.url);
    // workerd means "the container" by 127.0.0.1; there is nothing else to be reached through here.
    if (target?.host !== '127.0.0.1') return void socket.end(EMPTY('403 Forbidden'));
    const inside = await this.#app()
      ?.connect(target.port, () => !socket.destroyed)
      .catch((error: Error) => {
        this.#log.warn(`cannot reach port ${target.port} of ${this.name}: ${error.message}`);
        return undefined;
      });
    // 400 is how the sidecar says "nobody listens there"; workerd then tries again.
    if (!inside) return void socket.end(EMPTY('400 Bad Request'));
    inside.on('error', () => socket.destroy());
    if (socket.destroyed) return void inside.destroy();
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    if (head.length > 0) inside.write(head);
    join(socket, inside);
  }
}

const EMPTY = (status: string) => `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1 << 20) throw new Error('too large');
  }
  return JSON.parse(text);
}
