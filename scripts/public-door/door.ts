import type { RouteConfig } from '@hono/zod-openapi';
import { Event, gatewayRoutes, Problem, type Session, type Turn } from '@sandgate/api-spec';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { expect } from 'vitest';
import type { z } from 'zod';

export interface Door {
  url: string;
  apiKey: string;
}

interface Call {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Sent as JSON where it is no text. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a request of the contract and holds the answer against it: its status is one of the route's, its body that status's. */
export async function call(door: Door, route: RouteConfig, { params = {}, query, body, headers, signal }: Call = {}) {
  const path = route.path.replaceAll(/{(\w+)}/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const response = await fetch(`${door.url}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
    method: route.method.toUpperCase(),
    headers: {
      authorization: `Bearer ${door.apiKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const described = route.responses[String(response.status)];
  expect(described, `${route.operationId} does not say that it can answer ${response.status}`).toBeDefined();
  expect(response.headers.get('x-request-id')).toBeTruthy();
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const content = described && 'content' in described ? described.content?.[type as 'application/json'] : undefined;
  const schema = content && 'schema' in content ? content.schema : undefined;
  if (response.status !== 204) expect(schema, `${route.operationId} ${response.status} as ${type}`).toBeDefined();
  if (type === 'text/event-stream' || type === 'application/octet-stream') return { response, body: undefined };
  const text = await response.text();
  return { response, body: text ? (schema as z.ZodType).parse(JSON.parse(text)) : undefined };
}

/** As `call`, and expects the status. */
export async function expectCall<T>(door: Door, status: number, route: RouteConfig, options?: Call): Promise<T> {
  const { response, body } = await call(door, route, options);
  expect(response.status, JSON.stringify(body)).toBe(status);
  return body as T;
}

/** Expects a refusal. */
export async function expectProblem(door: Door, code: string, route: RouteConfig, options?: Call) {
  const { response, body } = await call(door, route, options);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = Problem.parse(body);
  expect(problem.code).toBe(code);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  return problem;
}

export function createSession(door: Door, body: object = {}): Promise<Session> {
  return expectCall(door, 201, gatewayRoutes.createSession, { body });
}

export const script = (content: string) => ({ messages: [{ role: 'user', content }] });

/** Begins a turn as a stream. */
export async function chat(door: Door, sessionId: string, body: unknown, options: Call = {}): Promise<Response> {
  const { response } = await call(door, gatewayRoutes.chat, { params: { sessionId }, body, ...options });
  expect(response.status).toBe(200);
  return response;
}

/** Runs a script to its end without asking anybody, and answers the turn. */
export async function run(door: Door, sessionId: string, content: string): Promise<Turn> {
  await expectCall(door, 200, gatewayRoutes.updateSession, {
    params: { sessionId },
    body: { permissionMode: 'bypass' },
  });
  const headers = { accept: 'application/json' };
  const turn = await expectCall<Turn>(door, 200, gatewayRoutes.chat, {
    params: { sessionId },
    body: script(content),
    headers,
  });
  expect(turn.status).toBe('complete');
  return turn;
}

/** Waits for the end of a turn. */
export function endOf(door: Door, { sessionId, id: turnId }: Pick<Turn, 'sessionId' | 'id'>): Promise<Turn> {
  return eventually(async () => {
    const options = { params: { sessionId, turnId }, query: { wait: '30' } };
    const turn = await expectCall<Turn>(door, 200, gatewayRoutes.getTurn, options);
    return turn.status === 'complete' && turn;
  });
}

/** What a script waits for until `letGo`: how long it runs is then no matter of time. */
export const untilLetGo = 'until [ -e go ]; do sleep 0.05; done';

export async function letGo(door: Door, sessionId: string): Promise<void> {
  await expectCall(door, 201, gatewayRoutes.writeFile, {
    params: { sessionId, path: 'go' },
    body: '',
    headers: { 'content-type': 'application/octet-stream' },
  });
}

/** The events of a stream, each held against the contract and against its SSE `id`. */
export async function* eventsOf(response: Response): AsyncGenerator<Event> {
  if (!response.body) return;
  const frames = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { id, data } of frames) {
    const event = Event.parse(JSON.parse(data));
    expect(id).toBe('seq' in event ? String(event.seq) : undefined);
    yield event;
  }
}

/** Reads until an event of this type, which comes last. */
export async function readUntil(events: AsyncIterator<Event>, type: Event['type']): Promise<Event[]> {
  const read: Event[] = [];
  for (let next = await events.next(); !next.done; next = await events.next()) {
    read.push(next.value);
    if (next.value.type === type) return read;
  }
  throw new Error(`The stream ended before any ${type}: ${JSON.stringify(read)}`);
}

export async function readAll(response: Response): Promise<Event[]> {
  return Array.fromAsync(eventsOf(response));
}

export function only<T extends Event['type']>(events: Event[], type: T): Extract<Event, { type: T }>[] {
  return events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
}

export const isDurable = (event: Event) => 'seq' in event;

/** Asks again until it is so, for as long as no machine should take, however busy; less and less often, to keep none busy. */
export async function eventually<T>(question: () => Promise<T | undefined | false>, limitMs = 120_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(1.3 * pauseMs, 250)) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`It did not come to be within ${limitMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
