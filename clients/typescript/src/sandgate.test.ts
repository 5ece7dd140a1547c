import { inspect } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { Sandgate, SandgateError } from './index.ts';
import { json, TestGateway } from './testing/gateway.ts';

afterEach(() => vi.unstubAllEnvs());

test('takes the key and the URL from the environment', async () => {
  const gateway = await TestGateway.start(json({ status: 'ok' }));
  vi.stubEnv('SANDGATE_API_KEY', 'from-env');
  vi.stubEnv('SANDGATE_BASE_URL', `${gateway.url}/`);
  expect(await new Sandgate().health()).toEqual({ status: 'ok' });
  expect(gateway.requests).toEqual(['GET /health']);
  expect(gateway.seen[0]?.headers.authorization).toBe('Bearer from-env');
});

test.each([
  [{}, 'apiKey'],
  [{ apiKey: 'key' }, 'baseUrl'],
  [{ apiKey: 'key', baseUrl: 'localhost' }, 'baseUrl'],
])('%j lacks the %s', (options, missing) => {
  vi.stubEnv('SANDGATE_API_KEY', '');
  vi.stubEnv('SANDGATE_BASE_URL', '');
  expect(() => new Sandgate(options)).toThrow(SandgateError);
  expect(() => new Sandgate(options)).toThrow(missing);
});

test('does not show the key', () => {
  const client = new Sandgate({ apiKey: 'sk_secret', baseUrl: 'http://localhost' });
  expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain('sk_secret');
});

test('an id that would name another resource rejects', async () => {
  const gateway = await TestGateway.start(json({}));
  await expect(gateway.client().sessions.delete('')).rejects.toThrow(TypeError);
  expect(gateway.requests).toEqual([]);
});

test('sessions are created, found and listed', async () => {
  const data = { id: 's', status: 'idle' };
  const gateway = await TestGateway.start(
    json(data, 201),
    json(data),
    json({ data: [data], nextCursor: null, hasMore: false }),
  );
  const client = gateway.client();
  const session = await client.sessions.create({ id: 's', permissionMode: 'ask' });
  expect(session).toMatchObject({ id: 's', data });
  expect((await client.sessions.get('s')).data.status).toBe('idle');
  for await (const { id } of client.sessions.list({ status: 'idle', metadata: { project: 'web' } }))
    expect(id).toBe('s');
  expect(gateway.requests.map(decodeURIComponent)).toEqual([
    'POST /v1/sessions',
    'GET /v1/sessions/s',
    'GET /v1/sessions?status=idle&metadata[project]=web',
  ]);
});
