import { describe, expect, test } from 'vitest';
import { ApiError, ConnectionError, CursorExpiredError, SandgateError, TimeoutError } from './index.ts';
import { collect } from './testing/collect.ts';
import { empty, hangUp, json, problem, silence, stream, TestGateway } from './testing/gateway.ts';

const session = json({ id: 's', status: 'idle' }, 201);

describe('retries', () => {
  test.each([
    ['a connection that breaks', hangUp],
    ['408', empty(408)],
    ['429', problem(429, 'queue_full')],
    ['a problem that says so', problem(409, 'session_busy', { retryable: true })],
    ['a 502 without a problem', empty(502)],
  ])('%s', async (_, failure) => {
    const gateway = await TestGateway.start(failure, failure, session);
    expect((await gateway.client().sessions.create()).id).toBe('s');
    expect(gateway.timing.slept).toEqual([500, 1000]);
  });

  test.each([
    ['404', problem(404, 'session_not_found')],
    ['a 500 that says that it is of no use', problem(500, 'internal_error')],
    ['a 4xx without a problem', empty(418)],
    [
      'what asks for more patience than a minute',
      problem(503, 'x', { retryable: true, headers: { 'retry-after': '61' } }),
    ],
  ])('not %s', async (_, failure) => {
    const gateway = await TestGateway.start(failure);
    await expect(gateway.client().sessions.get('s')).rejects.toThrow(ApiError);
    expect(gateway.requests).toHaveLength(1);
  });

  test('gives up after as many as it may', async () => {
    const gateway = await TestGateway.start(empty(500));
    await expect(gateway.client({ maxRetries: 2 }).health()).rejects.toThrow(ApiError);
    expect(gateway.requests).toHaveLength(3);
    await expect(gateway.client().health({ maxRetries: 0 })).rejects.toThrow(ApiError);
    expect(gateway.requests).toHaveLength(4);
  });

  test('waits as long as the server asks', async () => {
    const busy = problem(503, 'sandbox_unavailable', { retryable: true, headers: { 'retry-after': '7' } });
    const gateway = await TestGateway.start(busy, session);
    await gateway.client().sessions.create();
    expect(gateway.timing.slept).toEqual([7000]);
  });

  test('send the same key and body, another call another key', async () => {
    const gateway = await TestGateway.start(hangUp, hangUp, session);
    const client = gateway.client();
    await client.sessions.create({ id: 's' });
    await client.sessions.create({ id: 's' });
    await client.sessions.create({}, { idempotencyKey: 'mine' });
    const [first, second, third, other, mine] = gateway.seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect([second, third]).toEqual([first, first]);
    expect(other).not.toBe(first);
    expect(mine).toBe('mine');
    expect(new Set(gateway.seen.slice(0, 4).map(({ body }) => body))).toEqual(new Set(['{"id":"s"}']));
  });

  test('a JSON answer that breaks off', async () => {
    const gateway = await TestGateway.start((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":', () => response.destroy());
    }, session);
    expect((await gateway.client().sessions.get('s')).data.status).toBe('idle');
  });

  test('a stream of bytes is sent only once', async () => {
    const gateway = await TestGateway.start(empty(503));
    const content = new Blob(['hello']).stream();
    await expect(gateway.client().sessions.handle('s').files.write('a', content)).rejects.toThrow(ApiError);
    expect(gateway.seen.map(({ body }) => body)).toEqual(['hello']);
  });
});

test('an error says all that the server said', async () => {
  const gateway = await TestGateway.start(problem(404, 'session_not_found'));
  const error = await gateway
    .client()
    .sessions.get('nobody')
    .catch((reason) => reason);
  expect(error).toBeInstanceOf(SandgateError);
  expect(error).toMatchObject({ name: 'ApiError', status: 404, code: 'session_not_found', requestId: 'req_1' });
  expect(error.problem.title).toBe('session_not_found');
  expect(error.message).toBe(`GET ${gateway.url}/v1/sessions/nobody: 404 session_not_found: session_not_found!`);
});

test('a cursor to what is no longer kept is an error of its own, also of a stream', async () => {
  const gateway = await TestGateway.start(problem(410, 'cursor_expired'));
  const handle = gateway.client().sessions.handle('s');
  for (const read of [() => handle.listEvents({ after: 1 }), () => collect(handle.events({ after: 1 }))]) {
    const error = await read().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CursorExpiredError);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: 'CursorExpiredError', status: 410, code: 'cursor_expired' });
  }
  expect(gateway.seen).toHaveLength(2);
});

test('an answer that does not come in time', async () => {
  const gateway = await TestGateway.start(silence);
  const failed = expect(gateway.client({ maxRetries: 0 }).health({ timeoutMs: 1234 })).rejects.toThrow(TimeoutError);
  await gateway.timing.expire(1234);
  await failed;
});

test('a server that is not there', async () => {
  const gateway = await TestGateway.start(silence);
  const nowhere = gateway.client({ baseUrl: 'http://127.0.0.1:1' });
  await expect(nowhere.health()).rejects.toThrow(ConnectionError);
  expect(gateway.timing.slept).toEqual([500, 1000, 2000, 4000, 8000]);
});

test('an abort throws its reason, before and during an attempt', async () => {
  const reason = new Error('changed my mind');
  const arrived = Promise.withResolvers<void>();
  const gateway = await TestGateway.start(() => arrived.resolve());
  await expect(gateway.client().health({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(gateway.requests).toEqual([]);

  const controller = new AbortController();
  const failed = expect(gateway.client().health({ signal: controller.signal })).rejects.toBe(reason);
  await arrived.promise;
  controller.abort(reason);
  await failed;
  expect(gateway.timing.slept).toEqual([]);
});

test('an answer that is not JSON is not asked for again', async () => {
  const gateway = await TestGateway.start((response) => response.end('<html>'));
  await expect(gateway.client().health()).rejects.toThrow('the answer is not JSON');
  expect(gateway.requests).toHaveLength(1);
});

test('a stream that is not one is refused', async () => {
  const gateway = await TestGateway.start(json({}));
  await expect(gateway.client().sessions.handle('s').chat('x').text()).rejects.toThrow('instead of a stream');
});

test('fetch may be brought along', async () => {
  const urls: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (url) => {
    urls.push(url);
    return Response.json({ status: 'ok' });
  };
  const gateway = await TestGateway.start(stream(''));
  const client = gateway.client({ baseUrl: 'https://sandgate.example/prefix/', fetch });
  expect((await client.health()).status).toBe('ok');
  expect(urls).toEqual(['https://sandgate.example/prefix/health']);
});

test('a stream that is sent follows no redirect, for which all of it would be kept', async () => {
  const redirects: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    redirects.push(init?.redirect);
    return Response.json({ path: 'a' });
  };
  const files = (await TestGateway.start()).client({ fetch }).sessions.handle('s').files;
  await files.write('a', new Blob(['x']).stream());
  await files.write('a', 'x');
  expect(redirects).toEqual(['error', undefined]);
});
