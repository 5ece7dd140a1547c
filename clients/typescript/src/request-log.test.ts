import { expect, test } from 'vitest';
import { ApiError, ConnectionError, type RequestLog } from './index.ts';
import { collect } from './testing/collect.ts';
import { complete, hangUp, json, output, problem, stream, TestGateway } from './testing/gateway.ts';

test('tells of each attempt: what came, after how long, and never the key or the query', async () => {
  const busy = problem(503, 'restarting', { retryable: true });
  const page = json({ data: [], nextCursor: null, hasMore: false });
  const gateway = await TestGateway.start(hangUp, busy, page);
  const log: RequestLog[] = [];
  await gateway
    .client({ log: (attempt) => log.push(attempt), apiKey: 'sk_secret' })
    .sessions.list({ metadata: { customer: 'acme' } });
  const request = { method: 'GET', url: `${gateway.url}/v1/sessions`, durationMs: 0 };
  expect(log).toEqual([
    { ...request, attempt: 1, status: undefined, requestId: undefined, error: expect.any(ConnectionError) },
    { ...request, attempt: 2, status: 503, requestId: 'req_1', error: expect.any(ApiError) },
    { ...request, attempt: 3, status: 200, requestId: undefined, error: undefined },
  ]);
  expect([JSON.stringify(log), ...log.map(({ error }) => String(error))].join()).not.toMatch(/sk_secret|acme/);
});

test('tells of each connection of a stream, as soon as it stands', async () => {
  const gateway = await TestGateway.start(stream(output(1, 'a'), 'cut'), hangUp, stream(complete(2)));
  const log: RequestLog[] = [];
  const chat = gateway
    .client({ log: (attempt) => log.push(attempt) })
    .sessions.handle('s')
    .chat('x');
  expect(chat.response).toBeUndefined();
  await collect(chat);
  expect(log.map(({ method, attempt, status }) => [method, attempt, status])).toEqual([
    ['POST', 1, 200],
    ['GET', 2, undefined],
    ['GET', 3, 200],
  ]);
  expect(chat.response?.status).toBe(200);
});

test('what it throws, the call throws', async () => {
  const gateway = await TestGateway.start(json({ status: 'ok' }));
  const log = () => {
    throw new Error('full');
  };
  await expect(gateway.client({ log }).health()).rejects.toThrow('full');
  expect(gateway.requests).toHaveLength(1);
});
