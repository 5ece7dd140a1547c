import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { FaultyProxy } from './faulty-proxy.ts';

async function before(listener: RequestListener): Promise<FaultyProxy> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy = await FaultyProxy.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    proxy.close();
    server.close();
    server.closeAllConnections();
  });
  return proxy;
}

/** What came of a body, and whether that was all. */
async function read(response: Response): Promise<{ text: string; isWhole: boolean }> {
  const decoder = new TextDecoder();
  let soFar = '';
  try {
    for await (const bytes of response.body ?? []) soFar += decoder.decode(bytes, { stream: true });
    return { text: soFar, isWhole: true };
  } catch {
    return { text: soFar, isWhole: false };
  }
}

const frame = `data: ${'x'.repeat(100)}\n\n`;

test('a stream breaks off after 2 KiB, whether more comes at once or never', async () => {
  const ends = [() => {}, (response: { end: () => void }) => response.end()];
  const proxy = await before((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(frame.repeat(100));
    ends.shift()?.(response);
  });
  for (const cuts of [1, 2]) {
    const { text, isWhole } = await read(await fetch(`${proxy.cutsUrl}/events`));
    expect(isWhole).toBe(false);
    expect(text).toBe(frame.repeat(100).slice(0, 2048));
    expect(proxy.faults).toEqual({ cuts, stumbles: 0 });
  }
});

test('a shorter stream passes, and anything else', async () => {
  const proxy = await before((request, response) => {
    const type = request.url === '/events' ? 'text/event-stream' : 'application/json';
    response
      .writeHead(200, { 'content-type': type, etag: '"e"' })
      .end(frame.repeat(request.url === '/events' ? 3 : 99));
  });
  expect(await read(await fetch(`${proxy.cutsUrl}/events`))).toEqual({ text: frame.repeat(3), isWhole: true });
  const other = await fetch(`${proxy.cutsUrl}/file`);
  expect(other.headers.get('etag')).toBe('"e"');
  expect(await read(other)).toEqual({ text: frame.repeat(99), isWhole: true });
  expect(proxy.faults).toEqual({ cuts: 0, stumbles: 0 });
});

test('each request is refused once, and passes as it was; one with a key is carried out both times', async () => {
  const seen: string[] = [];
  const proxy = await before(async (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['idempotency-key']} ${await text(request)}`);
    response.end('ok');
  });
  const post = (headers: Record<string, string> = {}) =>
    fetch(`${proxy.stumblesUrl}/a%2Fb?c=d`, { method: 'POST', body: 'hello', headers });
  const [one, other] = [{ 'idempotency-key': 'one' }, { 'idempotency-key': 'other' }];

  const refused = await post();
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('0');
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  expect(await refused.json()).toMatchObject({ status: 503, code: 'restarting', retryable: true });
  expect(seen).toEqual([]);

  expect((await post(one)).status).toBe(503);
  expect((await post(other)).status).toBe(503);
  expect(await (await post()).text()).toBe('ok');
  expect(await (await post(one)).text()).toBe('ok');
  expect(seen).toEqual(['one', 'other', undefined, 'one'].map((key) => `POST /a%2Fb?c=d ${key} hello`));
  expect((await post(one)).status).toBe(503);
  expect(proxy.faults).toEqual({ cuts: 0, stumbles: 4 });
});

test('where the reader comes back from makes it another request', async () => {
  const proxy = await before((_, response) => response.end('ok'));
  const get = async (headers: Record<string, string>) => (await fetch(`${proxy.stumblesUrl}/e`, { headers })).status;
  expect(await get({})).toBe(503);
  expect(await get({ 'last-event-id': '1' })).toBe(503);
  expect(await get({})).toBe(200);
  expect(await get({ 'last-event-id': '1' })).toBe(200);
});

test('who hangs up hangs up on the gateway, too', async () => {
  const arrived = Promise.withResolvers<{ closed: Promise<unknown> }>();
  const proxy = await before((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(frame);
    arrived.resolve({ closed: once(response, 'close') });
  });
  const { body } = await fetch(`${proxy.cutsUrl}/events`);
  const { closed } = await arrived.promise;
  await body?.cancel();
  await closed;
});
