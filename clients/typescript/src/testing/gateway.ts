import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { Sandgate, type SandgateOptions } from '../index.ts';
import { TestTiming } from './timing.ts';

/** A request as the server saw it. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Settles when the connection of the request is gone. */
  closed: Promise<unknown>;
}

export type Answer = (response: ServerResponse, seen: Seen) => void;

/** A real HTTP server on the loopback that answers one request after the other as it was told. */
export class TestGateway {
  readonly seen: Seen[] = [];
  readonly timing: TestTiming = new TestTiming();
  readonly url: string;

  private constructor(url: string) {
    this.url = url;
  }

  /** The last answer is given again and again. */
  static async start(...answers: Answer[]): Promise<TestGateway> {
    const server = createServer(async (request, response) => {
      const { method = '', url = '', headers } = request;
      const closed = once(response, 'close');
      const seen = { method, url, headers, body: await text(request), closed };
      const answer = answers[Math.min(gateway.seen.length, answers.length - 1)];
      gateway.seen.push(seen);
      answer?.(response, seen);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gateway = new TestGateway(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return gateway;
  }

  client(options: SandgateOptions = {}): Sandgate {
    return new Sandgate({ baseUrl: this.url, apiKey: 'key', timing: this.timing, ...options });
  }

  /** `POST /v1/sessions`, for each request so far. */
  get requests(): string[] {
    return this.seen.map(({ method, url }) => `${method} ${url}`);
  }
}

export function json(body: unknown, status = 200): Answer {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function empty(status: number, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end();
}

export function problem(
  status: number,
  code: string,
  { headers = {}, ...more }: { retryable?: boolean; reason?: string; headers?: Record<string, string> } = {},
): Answer {
  const about = { type: `/problems#${code}`, title: code, status, detail: `${code}!`, code };
  const body = { ...about, retryable: false, ...more };
  return (response) =>
    response
      .writeHead(status, { 'content-type': 'application/problem+json', 'x-request-id': 'req_1', ...headers })
      .end(JSON.stringify({ ...body, requestId: 'req_1' }));
}

/** Goes away without a word. */
export const hangUp: Answer = (response) => response.destroy();

/** Says nothing, and stays. */
export const silence: Answer = () => {};

export const turnUrl = '/v1/sessions/s/turns/turn_1';

/** A stream that holds `frames`, and then ends as it is told. `cut` breaks the connection off. */
export function stream(frames: string | Buffer, end: 'end' | 'cut' | 'stay' = 'end'): Answer {
  return (response) => {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      location: turnUrl,
      'content-location': `${turnUrl}/events`,
    });
    response.flushHeaders();
    const after = { end: () => response.end(), cut: () => response.destroy(), stay: () => {} }[end];
    if (frames.length > 0) response.write(frames, after);
    else after();
  };
}

const envelope = { at: '2026-11-22T20:34:00.000Z', sessionId: 's', turnId: 'turn_1' };

/** A frame of an event that is kept. */
export function kept(seq: number, event: { type: string; [name: string]: unknown }): string {
  return `id: ${seq}\ndata: ${JSON.stringify({ seq, ...envelope, ...event })}\n\n`;
}

/** A frame of an event that is not. */
export function passing(event: { type: string; [name: string]: unknown }): string {
  return `data: ${JSON.stringify({ ...envelope, ...event })}\n\n`;
}

export const complete = (seq: number, stopReason = 'end_turn'): string => kept(seq, { type: 'complete', stopReason });
export const output = (seq: number, text: string): string =>
  kept(seq, { type: 'tool.result', toolCallId: 'call_1', isError: false, output: text });
export const delta = (text: string): string => passing({ type: 'message.delta', messageId: 'msg_1', text });
