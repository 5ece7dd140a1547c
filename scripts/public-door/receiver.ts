import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebhookEvent } from '@sandgate/api-spec';
import { Webhook } from 'standardwebhooks';
import { eventually } from './door.ts';

/** A request that an endpoint was sent. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  event: WebhookEvent;
}

/** An endpoint of webhooks on this machine, which answers as it is told and remembers what it was sent. */
export class Receiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** What is answered to the next requests; the last of it to all that follow. */
  answers: number[] = [200];
  readonly #server = createServer(async (request, response) => {
    const body = await text(request);
    const status = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    this.received.push({ headers: request.headers, body, event: WebhookEvent.parse(JSON.parse(body)) });
    if (status === 0) return; // Says nothing, and stays.
    response.writeHead(status ?? 200, { location: '/elsewhere' }).end('x'.repeat(100_000));
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** The events of a type that came so far, each as often as it did. */
  of(type: WebhookEvent['type']): Received[] {
    return this.received.filter(({ event }) => event.type === type);
  }

  /** What was signed with a secret. */
  to(secret: string): Received[] {
    return this.received.filter((received) => {
      try {
        return verify(received, secret);
      } catch {
        return false;
      }
    });
  }

  /** Waits until so many events of a type have come. */
  async until(type: WebhookEvent['type'], count = 1): Promise<Received[]> {
    return eventually(async () => this.of(type).length >= count && this.of(type), 30_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Holds a request against its signature. @throws where it is another's. */
export function verify({ headers, body }: Received, secret: string): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
