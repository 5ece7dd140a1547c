import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as open,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProblemError } from '@sandgate/api-spec';

const cutAfterBytes = 2048;

/** Two doors before a gateway. Whoever comes through them meets what a network does, and always in the same place. */
export class FaultyProxy {
  /** Each event stream breaks off after 2 KiB of its body, in the middle of a frame. All else passes. */
  readonly cutsUrl: string;
  /**
   * Each request is answered once with a 503 that may be retried at once, before it passes. What has an idempotency key
   * is carried out all the same, as where an answer is lost. The same method, URL, `Idempotency-Key` and `Last-Event-ID`
   * make the same request: of those that are alike, every other one passes.
   */
  readonly stumblesUrl: string;
  readonly #servers: Server[];
  readonly #faults: { cuts: number; stumbles: number };

  private constructor(cuts: Server, stumbles: Server, faults: { cuts: number; stumbles: number }) {
    this.cutsUrl = urlOf(cuts);
    this.stumblesUrl = urlOf(stumbles);
    this.#servers = [cuts, stumbles];
    this.#faults = faults;
  }

  static async open(target: string): Promise<FaultyProxy> {
    const faults = { cuts: 0, stumbles: 0 };
    const refused = new Set<string>();
    const cuts = await listen((request, response) =>
      send(target, request, response, (answer) => {
        if (!answer.headers['content-type']?.startsWith('text/event-stream')) return pass(answer, response);
        cut(answer, response, () => {
          faults.cuts += 1;
        });
      }),
    );
    const stumbles = await listen((request, response) => {
      const name = nameOf(request);
      if (refused.delete(name)) return send(target, request, response, (answer) => pass(answer, response));
      refused.add(name);
      faults.stumbles += 1;
      if (request.headers['idempotency-key']) return send(target, request, response, () => refuse(response));
      request.resume(); // Unread, it would keep the connection from the next request.
      refuse(response);
    });
    return new FaultyProxy(cuts, stumbles, faults);
  }

  /** How often each fault was met so far. */
  get faults(): { cuts: number; stumbles: number } {
    return { ...this.#faults };
  }

  close(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** What tells requests apart. */
function nameOf({ method, url, headers }: IncomingMessage): string {
  return JSON.stringify([method, url, headers['idempotency-key'], headers['last-event-id']]);
}

/** Sends a request on as it is. Who hangs up on one side is hung up on at the other. */
function send(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  onAnswer: (answer: IncomingMessage) => void,
): void {
  const { hostname, port } = new URL(target);
  const { method, url, headers } = request;
  const upstream = open({ hostname, port, method, path: url, headers }, (answer) => {
    answer.on('error', () => response.destroy());
    onAnswer(answer);
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function pass(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
  answer.pipe(response);
}

/** Passes on what comes first, then destroys the connection. */
function cut(answer: IncomingMessage, response: ServerResponse, onCut: () => void): void {
  let left = cutAfterBytes;
  response.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders();
  answer.on('end', () => left > 0 && response.end());
  answer.on('data', (bytes: Buffer) => {
    if (left === 0) return;
    const part = bytes.subarray(0, left);
    left -= part.length;
    if (left > 0) {
      response.write(part);
      return;
    }
    onCut();
    response.write(part, () => response.destroy());
  });
}

async function refuse(response: ServerResponse): Promise<void> {
  const refusal = new ProblemError('restarting', 'This request was made to stumble.', { retryAfterSeconds: 0 });
  const { status, headers, body } = refusal.toResponse(`req_${randomUUID()}`);
  response.writeHead(status, Object.fromEntries(headers)).end(await new Response(body).text());
}
