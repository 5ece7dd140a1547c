import { describe, expect, test } from 'vitest';
import type { Session } from '../index.ts';
import { type Answer, complete, empty, json, output, stream, TestGateway } from '../testing/gateway.ts';

async function open(...answers: Answer[]): Promise<{ gateway: TestGateway; session: Session }> {
  const gateway = await TestGateway.start(...answers);
  return { gateway, session: gateway.client().sessions.handle('s') };
}

const page = (data: unknown[], nextCursor: string | null = null) =>
  json({ data, nextCursor, hasMore: nextCursor !== null });

test.each<[string, Answer, (session: Session) => PromiseLike<unknown>, string, unknown?]>([
  ['get', json({ id: 's' }), (s) => s.get(), 'GET '],
  ['update', json({ id: 's' }), (s) => s.update({ metadata: { a: 'b' } }), 'PATCH ', { metadata: { a: 'b' } }],
  ['delete', empty(204), (s) => s.delete(), 'DELETE '],
  [
    'resume',
    json({ turnId: 't' }),
    (s) => s.resume({ requestId: 'p', decision: 'allow' }),
    'POST /resume',
    { requestId: 'p', decision: 'allow' },
  ],
  ['interrupt', json({ interrupted: false }), (s) => s.interrupt(), 'POST /interrupt', {}],
  ['interrupt', json({ interrupted: true }), (s) => s.interrupt({ turnId: 't' }), 'POST /interrupt', { turnId: 't' }],
  ['requests', page([]), (s) => s.requests({ status: 'all' }), 'GET /requests?status=all'],
  ['messages', page([]), (s) => s.messages({ after: 3 }), 'GET /messages?after=3'],
  ['listEvents', page([]), (s) => s.listEvents({ types: 'message', limit: 2 }), 'GET /events?types=message&limit=2'],
  ['logs', json({ data: [], truncated: false }), (s) => s.logs({ limit: 20 }), 'GET /logs?limit=20'],
  ['fork', json({ id: 'f' }, 201), (s) => s.fork({ seq: 3 }), 'POST /fork', { seq: 3 }],
  ['turns.list', page([]), (s) => s.turns.list(), 'GET /turns'],
  ['turns.get', json({ id: 't' }), (s) => s.turns.get('t', { wait: 30 }), 'GET /turns/t?wait=30'],
  ['files.list', page([]), (s) => s.files.list('src'), 'GET /files?path=src'],
  ['files.list', page([]), (s) => s.files.list('a b', { recursive: true }), 'GET /files?path=a+b&recursive=true'],
  ['files.stat', json({ path: 'a' }), (s) => s.files.stat('a'), 'GET /stat?path=a'],
  ['files.delete', empty(204), (s) => s.files.delete('a/b'), 'DELETE /files/a%2Fb'],
  ['files.delete', empty(204), (s) => s.files.delete('a', { recursive: true }), 'DELETE /files/a?recursive=true'],
  [
    'files.mkdir',
    json({ path: 'a' }, 201),
    (s) => s.files.mkdir('a'),
    'POST /files',
    { operation: 'mkdir', path: 'a' },
  ],
  [
    'files.move',
    json({ path: 'b' }),
    (s) => s.files.move('a', 'b', { overwrite: true }),
    'POST /files',
    { operation: 'move', from: 'a', to: 'b', overwrite: true },
  ],
  [
    'files.writeArchive',
    json({ entries: 1, bytes: 2 }),
    (s) => s.files.writeArchive('.', 'tar'),
    'PUT /archive?path=.',
  ],
])('%s', async (_, answer, call, request, body) => {
  const { gateway, session } = await open(answer);
  await call(session);
  expect(gateway.requests).toEqual([request.replace(' ', ' /v1/sessions/s')]);
  expect(gateway.seen[0]?.headers.accept).toBe('application/json');
  if (body) expect(JSON.parse(gateway.seen[0]?.body ?? '')).toEqual(body);
});

test('an interrupt that names no turn is sent once: a repeat might stop the next one', async () => {
  const { gateway, session } = await open(empty(503));
  await expect(session.interrupt()).rejects.toThrow('503');
  expect(gateway.seen).toHaveLength(1);
});

test('an interrupt that names its turn is repeated', async () => {
  const { gateway, session } = await open(empty(503), json({ interrupted: true }));
  expect(await session.interrupt({ turnId: 't' })).toEqual({ interrupted: true });
  expect(gateway.seen).toHaveLength(2);
});

describe('turns', () => {
  test('start answers the turn at once', async () => {
    const { gateway, session } = await open(json({ id: 'turn_1', status: 'queued' }, 202));
    expect((await session.turns.start('hi')).status).toBe('queued');
    expect(gateway.seen[0]?.headers).toMatchObject({ prefer: 'respond-async', accept: 'application/json' });
    expect(gateway.seen[0]?.headers['idempotency-key']).toBeTruthy();
  });

  test('a wait is not taken for a timeout', async () => {
    const arrived = Promise.withResolvers<void>();
    const { gateway, session } = await open(() => arrived.resolve(), json({ id: 't' }));
    const turn = session.turns.get('t', { wait: 60 });
    await arrived.promise;
    await gateway.timing.expire(120_000);
    expect((await turn).id).toBe('t');
  });

  test('list goes on after the last one', async () => {
    const { gateway, session } = await open(page([{ id: 'a' }], '7'), page([{ id: 'b' }]));
    const ids = [];
    for await (const { id } of session.turns.list({ limit: 1 })) ids.push(id);
    expect(ids).toEqual(['a', 'b']);
    expect(gateway.requests[1]).toBe('GET /v1/sessions/s/turns?limit=1&after=7');
  });
});

describe('events', () => {
  test('go on for ever, also past complete', async () => {
    const { gateway, session } = await open(stream(output(4, 'a') + complete(5)), stream(output(6, 'b'), 'stay'));
    const seqs = [];
    for await (const event of session.events({ after: 3 })) {
      if ('seq' in event) seqs.push(event.seq);
      if (seqs.length === 3) break;
    }
    expect(seqs).toEqual([4, 5, 6]);
    expect(gateway.seen.map(({ headers }) => headers['last-event-id'])).toEqual(['3', '5']);
    await gateway.seen[1]?.closed;
  });

  test('of some types: an id without an event carries the place', async () => {
    const here: Answer = (response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${output(1, 'a')}id: 9\n\n`);
    const { gateway, session } = await open(here, stream(complete(10), 'stay'));
    for await (const event of session.events({ types: ['tool.result', 'complete'] })) {
      if (event.type === 'complete') break;
    }
    const url = 'GET /v1/sessions/s/events?types=tool.result%2Ccomplete';
    expect(gateway.requests).toEqual([url, url]);
    expect(gateway.seen[1]?.headers['last-event-id']).toBe('9');
  });
});

describe('files', () => {
  const bytes = new Uint8Array([0, 255, 10, 128]);
  const file: Answer = (response) =>
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.from(bytes));

  test('are read as text, bytes or a stream', async () => {
    const { gateway, session } = await open((response) => response.end('grüß'), file);
    expect(await (await session.files.read('src/ä b.txt')).text()).toBe('grüß');
    expect(gateway.requests).toEqual(['GET /v1/sessions/s/files/src%2F%C3%A4%20b.txt']);
    expect(await (await session.files.read('a')).bytes()).toEqual(bytes);
    const { stream } = await session.files.read('a');
    expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(bytes);
  });

  test('are read in part, and only as they are known', async () => {
    const { gateway, session } = await open((response) => response.writeHead(206, { etag: '"1"' }).end('b'));
    const part = await session.files.read('a', { range: { start: 1, end: 1 }, ifMatch: '"1"' });
    expect([await part.text(), part.etag]).toEqual(['b', '"1"']);
    expect(gateway.seen[0]?.headers).toMatchObject({ range: 'bytes=1-1', 'if-match': '"1"' });
    await session.files.read('a', { range: { start: 5 } });
    expect(gateway.seen[1]?.headers.range).toBe('bytes=5-');
    expect(gateway.seen[1]?.headers).not.toHaveProperty('if-match');
  });

  test.each([
    ['ifMatch', { ifMatch: '"1"' }, { 'if-match': '"1"' }],
    ['createOnly', { createOnly: true }, { 'if-none-match': '*' }],
  ])('are written with %s once: a repeat would meet what the first has written', async (_, condition, headers) => {
    const { gateway, session } = await open((response) => response.destroy());
    await expect(session.files.write('a', 'x', condition)).rejects.toThrow('the connection failed');
    expect(gateway.seen).toHaveLength(1);
    expect(gateway.seen[0]?.headers).toMatchObject(headers);
  });

  test('are deleted with ifMatch once: a repeat would meet that they are gone', async () => {
    const { gateway, session } = await open((response) => response.destroy());
    await expect(session.files.delete('a', { ifMatch: '"1"' })).rejects.toThrow('the connection failed');
    expect(gateway.seen).toHaveLength(1);
    expect(gateway.seen[0]?.headers).toMatchObject({ 'if-match': '"1"' });
  });

  test('go and come as an archive', async () => {
    const { gateway, session } = await open(file);
    expect(await (await session.files.readArchive('src', { format: 'tar' })).bytes()).toEqual(bytes);
    expect(gateway.requests).toEqual(['GET /v1/sessions/s/archive?path=src&format=tar']);
  });

  test('are taken once', async () => {
    const { session } = await open(file);
    const content = await session.files.read('a');
    await content.bytes();
    await expect(content.text()).rejects.toThrow('a: the content was taken before');
  });

  test('that break off are an error', async () => {
    const { session } = await open((response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    const content = await session.files.read('a');
    await expect(content.text()).rejects.toThrow('a: the content broke off');
  });

  test.each([
    ['text', 'hello'],
    ['bytes', new TextEncoder().encode('hello')],
    ['a blob', new Blob(['hello'], { type: 'text/html' })],
    ['a stream', new Blob(['hello']).stream()],
  ])('are written from %s', async (_, content) => {
    const { gateway, session } = await open(json({ path: 'a', type: 'file' }, 201));
    expect((await session.files.write('a', content)).path).toBe('a');
    expect(gateway.seen[0]).toMatchObject({ method: 'PUT', body: 'hello' });
    expect(gateway.seen[0]?.headers['content-type']).toBe('application/octet-stream');
  });
});
