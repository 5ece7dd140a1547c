import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes, type NewKey, Problem } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionName } from '../../gateway/src/session-name.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { createSession, expectCall } from '../public-door/door.ts';
import { testEngine } from '../public-door/test-engine.ts';
import { describedOperations } from './fuzz/schema.ts';
import { tally } from './tally.ts';
import { answersIn, statusOf, writeRaw } from './wire.ts';

/** What no library would send, to a Sandgate as `npm start` runs it. */
const folder = mkdtempSync(join(tmpdir(), 'sandgate-wire-'));
let stack: Stack;
let host: string;

beforeAll(async () => {
  stack = await startStack({ folder, engine: testEngine, vars: { REQUEST_LIMIT: '1000000' } });
  host = new URL(stack.url).host;
}, 120_000);

afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Each line with what it ends with, and the credential among them. */
const lines = (...given: string[]) =>
  [...given, `Authorization: Bearer ${stack.apiKey}`, 'Connection: close', '', ''].join('\r\n');

function ask(...given: string[]): Promise<string> {
  tally('tries on the wire', 1);
  return writeRaw(stack.url, lines(...given));
}

describe('a page whose name leads to 127.0.0.1 (DNS rebinding)', () => {
  const evil = 'evil.example';

  it.each<[string, (own: string) => string[]]>([
    ['by its own name', () => ['GET /v1/account HTTP/1.1', `Host: ${evil}`]],
    ['with the port', (own) => ['GET /v1/account HTTP/1.1', `Host: ${evil}:${own.split(':')[1]}`]],
    ['below a name of ours', () => ['GET /v1/account HTTP/1.1', `Host: 127.0.0.1.${evil}`]],
    ['above a name of ours', () => ['GET /v1/account HTTP/1.1', `Host: ${evil}.localhost`]],
    ['with a user of our name', (own) => ['GET /v1/account HTTP/1.1', `Host: ${own}@${evil}`]],
    ['in an absolute target', (own) => [`GET http://${own}/v1/account HTTP/1.1`, `Host: ${evil}`]],
    ['with what proxies say', (own) => ['GET /v1/account HTTP/1.1', `Host: ${evil}`, `X-Forwarded-Host: ${own}`]],
    ['with another scheme', () => ['GET /v1/account HTTP/1.1', `Host: ${evil}`, 'X-Forwarded-Proto: https']],
    [
      'with the URL of Miniflare',
      (own) => ['GET /v1/account HTTP/1.1', `Host: ${evil}`, `MF-Original-URL: http://${own}/v1/account`],
    ],
    ['at what is public', (own) => ['GET /health HTTP/1.1', `Host: ${evil}`, `MF-Original-URL: http://${own}/health`]],
  ])('is refused %s', async (_, request) => {
    const answer = await ask(...request(host));
    expect([400, 403, 421]).toContain(statusOf(answer));
    expect(answer).not.toContain('acct_');
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('does not keep out who asks for %s', async (name) => {
    expect(statusOf(await ask('GET /v1/account HTTP/1.1', `Host: ${name}`))).toBe(200);
  });

  it('reads no answer, and has no credential that would come by itself', async () => {
    const { id: sessionId } = await createSession(stack);
    const tries = describedOperations.map(async ({ method, path }) => {
      const target = path.replace('{sessionId}', sessionId).replaceAll(/{\w+}/g, 'none');
      const of = [`Host: ${host}`, `Origin: https://${evil}`];
      const preflight = ['Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: x-any'];
      const [answer, allowed] = await Promise.all([
        ask(`${method === 'DELETE' ? 'GET' : method} ${target} HTTP/1.1`, ...of, 'Content-Length: 0'),
        ask(`OPTIONS ${target} HTTP/1.1`, ...of, ...preflight),
      ]);
      for (const text of [answer, allowed])
        expect(text.toLowerCase()).not.toMatch(/^(set-cookie|access-control-allow-credentials):/m);
      expect(answer.toLowerCase()).not.toMatch(/^access-control-allow-origin:/m);
      expect(allowed.toLowerCase()).not.toMatch(/^access-control-allow-headers:.*x-any/m);
    });
    await Promise.all(tries);
  });
});

describe('what Miniflare serves beside the gateway', () => {
  it('shows nobody the saved disks', async () => {
    const { id: sessionId } = await createSession(stack);
    const params = { sessionId, path: 'mine.txt' };
    await expectCall(stack, 201, gatewayRoutes.writeFile, { params, body: 'a saved secret' });
    await expectCall(stack, 201, gatewayRoutes.createSnapshot, { params, body: {} });
    const object = `${await sessionName('acct_first', sessionId)}/1`;
    // Miniflare's own port, which nobody is told of, and the gateway's.
    const shown = async (door: URL | string, bucket: string) =>
      writeRaw(
        String(door),
        [
          `GET /cdn-cgi/local/r2/public/${bucket}/${object} HTTP/1.1`,
          `Host: ${new URL(door).host}`,
          'Connection: close',
          '',
          '',
        ].join('\r\n'),
      );
    const own = await stack.workers.ready;
    expect(statusOf(await shown(own, 'sandgate-disks'))).toBe(404);
    // Whoever knows the name has it there: that is what makes the refusals mean something.
    const [bucket = ''] = readdirSync(join(folder, 'data/r2')).filter((name) => name.startsWith('sandgate-disks'));
    expect(bucket).toMatch(/^sandgate-disks-[0-9a-f]{32}$/);
    expect(await shown(own, bucket)).toContain('a saved secret');
    expect(statusOf(await shown(stack.url, bucket))).toBe(404);
  });

  it.each([
    'platform-proxy',
    'scheduled',
    'email',
    'explorer',
    'explorer/api/r2/buckets',
    'r2/s3/sandgate-disks',
    'r2/public',
  ])('answers nothing at %s', async (path) => {
    const status = statusOf(await ask(`GET /cdn-cgi/local/${path} HTTP/1.1`, `Host: ${host}`));
    expect([400, 401, 404]).toContain(status);
  });
});

describe('a request that two servers would read differently', () => {
  const smuggled = 'GET /v1/account HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const post = (...more: string[]) => [
    'POST /v1/sessions HTTP/1.1',
    `Host: ${host}`,
    `Authorization: Bearer ${stack.apiKey}`,
    'Content-Type: application/json',
    ...more,
    '',
    '',
  ];

  it.each<[string, () => string[], string]>([
    ['with a length and chunks', () => post('Content-Length: 6', 'Transfer-Encoding: chunked'), `0\r\n\r\n${smuggled}`],
    ['with chunks and a length', () => post('Transfer-Encoding: chunked', 'Content-Length: 6'), `0\r\n\r\n${smuggled}`],
    ['with two lengths', () => post('Content-Length: 2', 'Content-Length: 60'), `{}${smuggled}`],
    ['with a list of lengths', () => post('Content-Length: 2, 60'), `{}${smuggled}`],
    ['with a length below nothing', () => post('Content-Length: -2'), `{}${smuggled}`],
    ['with a length and a sign', () => post('Content-Length: +2'), `{}${smuggled}`],
    ['with a length in hexadecimal', () => post('Content-Length: 0x2'), `{}${smuggled}`],
    ['with an unknown coding', () => post('Transfer-Encoding: xchunked', 'Content-Length: 2'), `{}${smuggled}`],
    [
      'with two codings',
      () => post('Transfer-Encoding: chunked', 'Transfer-Encoding: identity'),
      `0\r\n\r\n${smuggled}`,
    ],
    ['with a space before the colon', () => post('Transfer-Encoding : chunked', 'Content-Length: 2'), `{}${smuggled}`],
    [
      'with a folded line',
      () => post('X-Folded: a', ' Transfer-Encoding: chunked', 'Content-Length: 2'),
      `{}${smuggled}`,
    ],
    ['with a NUL in a header', () => post('X-Nul: a\0b', 'Content-Length: 2'), `{}${smuggled}`],
    ['with a chunk of a bad length', () => post('Transfer-Encoding: chunked'), `zz\r\n{}\r\n0\r\n\r\n${smuggled}`],
    [
      'with a chunk that is too long',
      () => post('Transfer-Encoding: chunked'),
      `ffffffffffffffffff\r\n{}\r\n0\r\n\r\n${smuggled}`,
    ],
    ['with a name that is none', () => post('X Y: z', 'Content-Length: 2'), `{}${smuggled}`],
  ])('%s is one, and refused', async (_, head, rest) => {
    tally('tries on the wire', 1);
    const answer = await writeRaw(stack.url, head().join('\r\n') + rest);
    expect(answersIn(answer)).toBe(1);
    expect(statusOf(answer)).toBe(400);
    expect(answer).not.toContain('acct_');
  });
});

describe('a header that is for others to set', () => {
  /** What proxies, platforms and our own parts say to one another. */
  const internal = [
    'X-Sandgate-Account: acct_other',
    'X-Sandgate-Scopes: keys:admin',
    'X-Sandgate-Session-Id: other',
    'X-Account-Id: acct_other',
    'X-Request-Id: forged',
    'X-User: root',
    'X-Forwarded-For: 127.0.0.1',
    'X-Real-IP: 127.0.0.1',
    'X-Original-URL: /v1/keys',
    'X-Rewrite-URL: /v1/keys',
    'X-HTTP-Method-Override: DELETE',
    'X-HTTP-Method: DELETE',
    'X-Method-Override: DELETE',
    'Cf-Connecting-Ip: 127.0.0.1',
    'Cf-Access-Authenticated-User-Email: root@example.com',
    'Cf-Worker: sandgate',
    'Cookie: key=x; __proto__=y',
    'Proxy-Authorization: Bearer x',
    'Forwarded: for=127.0.0.1;host=127.0.0.1;proto=https',
    'Connection: authorization, host',
    'TE: trailers',
    'Prefer: respond-async',
  ];

  it('changes nothing', async () => {
    const { id } = await createSession(stack);
    const read = (...more: string[]) => ask(`GET /v1/sessions/${id} HTTP/1.1`, `Host: ${host}`, ...more);
    const bodyOf = (answer: string) => answer.split('\r\n\r\n')[1];
    const plain = await read();
    expect(statusOf(plain)).toBe(200);
    for (const header of internal) {
      const answer = await read(header);
      expect(bodyOf(answer), header).toBe(bodyOf(plain));
      expect(answer, header).not.toContain('forged');
    }
    expect(statusOf(await read())).toBe(200); // Nothing has deleted it.
  });

  it('stands in for no credential', async () => {
    for (const header of internal) {
      const answer = await writeRaw(
        stack.url,
        ['GET /v1/account HTTP/1.1', `Host: ${host}`, header, 'Connection: close', '', ''].join('\r\n'),
      );
      expect(statusOf(answer), header).toBe(401);
    }
  });

  it('gives no method another', async () => {
    const { id } = await expectCall<NewKey>(stack, 201, gatewayRoutes.createKey, {
      body: { name: 'kept', scopes: ['sessions:read'] },
    });
    for (const query of ['', '?_method=DELETE', '?method=DELETE'])
      await ask(
        `GET /v1/keys/${id}${query} HTTP/1.1`,
        `Host: ${host}`,
        'X-HTTP-Method-Override: DELETE',
        'X-Method-Override: DELETE',
      );
    await expectCall(stack, 200, gatewayRoutes.getKey, { params: { keyId: id } });
  });
});

it.each(['TRACE', 'PROPFIND', 'LINK', 'PURGE'])('%s tells nobody what he sent', async (method) => {
  const answer = await ask(`${method} /v1/account HTTP/1.1`, `Host: ${host}`, 'X-Marked: marked');
  expect([405, 501]).toContain(statusOf(answer));
  expect(answer).not.toContain('marked');
  if (statusOf(answer) === 405)
    expect(Problem.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).code).toBe('method_not_allowed');
});
