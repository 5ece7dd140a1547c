import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { ApiError } from './index.ts';
import { empty, json, problem, TestGateway } from './testing/gateway.ts';

const session = { id: 's', status: 'idle' };

test('awaited, it is the data; withResponse tells how it came', async () => {
  const answer = (response: ServerResponse) =>
    response.writeHead(201, { 'x-request-id': 'req_7', etag: '"1"' }).end(JSON.stringify(session));
  const gateway = await TestGateway.start(answer);
  const promise = gateway.client().sessions.create();
  const { data, response } = await promise.withResponse();
  expect(data.data).toEqual(session);
  expect(response).toMatchObject({ status: 201, requestId: 'req_7' });
  expect(response.headers.get('etag')).toBe('"1"');
  expect(await promise).toBe(data);
  expect(gateway.requests).toHaveLength(1);
});

test('an answer without a body has a response too', async () => {
  const gateway = await TestGateway.start(empty(204));
  const { data, response } = await gateway.client().sessions.delete('s').withResponse();
  expect([data, response.status, response.requestId]).toEqual([undefined, 204, undefined]);
});

test('a page has one', async () => {
  const gateway = await TestGateway.start(json({ data: [session], nextCursor: null, hasMore: false }));
  const { data, response } = await gateway.client().sessions.list().withResponse();
  expect([data.data, response.status]).toEqual([[session], 200]);
});

test('a refusal rejects whichever is awaited, and nothing is left unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const gateway = await TestGateway.start(problem(404, 'session_not_found'));
  const client = gateway.client();
  await expect(client.sessions.get('s')).rejects.toThrow(ApiError);
  await expect(client.sessions.get('s').withResponse()).rejects.toThrow(ApiError);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

test('what is chained to it is a plain promise', async () => {
  const gateway = await TestGateway.start(json(session));
  const status = gateway
    .client()
    .sessions.handle('s')
    .get()
    .then((data) => data.status)
    .finally(() => {});
  expect(status).not.toHaveProperty('withResponse');
  expect(await status).toBe('idle');
});
