import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DurableEvent, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { openState } from '../dev/state.ts';
import { call, createSession, expectCall, expectProblem, run } from './door.ts';
import { Internet } from './internet.ts';
import { onDocker, testEngine } from './test-engine.ts';

const secret = 'Bearer planted-0123456789';

let stack: Stack;
const internet = new Internet();
const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
beforeAll(async () => {
  stack = await startStack({ folder, engine: testEngine, onWorkers: internet.takePlace });
});
beforeEach(() => void internet.asked.splice(0));
afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

const allowing = (...allow: object[]) => createSession(stack, { permissionMode: 'bypass', egress: { allow } });
const curl = (url: string, more = '') => `curl -sS -i --max-time 120 ${more} '${url}'; echo\n`;
async function output(sessionId: string, script: string): Promise<string> {
  return (await run(stack, sessionId, script)).outputText ?? '';
}
async function denied(sessionId: string): Promise<{ host: string; reason: string }[]> {
  const query = { types: 'egress.denied', limit: '1000' };
  const params = { sessionId };
  const { data } = await expectCall<{ data: DurableEvent[] }>(stack, 200, gatewayRoutes.getEvents, { params, query });
  return data.flatMap((event) => (event.type === 'egress.denied' ? [{ host: event.host, reason: event.reason }] : []));
}

/** What the gateway keeps, file by file. One may go as we look, like a journal of SQLite. */
function storedBytes(): Buffer[] {
  const entries = readdirSync(openState(folder, undefined).data, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    try {
      return entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name))] : [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return [];
    }
  });
}

describe('the egress of a session', () => {
  it('is nothing unless told, and each denial is told once in a turn', async () => {
    const { id, egress } = await createSession(stack, { permissionMode: 'bypass' });
    expect(egress).toEqual({ allow: [] });
    const text = await output(id, curl('http://api.example.org/').repeat(3));
    expect(text.match(/^HTTP\/1.1 403/gm)).toHaveLength(3);
    expect(internet.asked).toEqual([]);
    expect(await denied(id)).toEqual([{ host: 'api.example.org', reason: 'The session does not allow this host.' }]);
    await output(id, curl('http://api.example.org/'));
    expect(await denied(id)).toHaveLength(2);
  });

  it('is in a fork what it was, with what it adds, unless the fork is told otherwise', async () => {
    const { id: sessionId } = await allowing({ host: 'api.example.org', headers: { authorization: secret } });
    const fork = (body: object) => expectCall<Session>(stack, 201, gatewayRoutes.fork, { params: { sessionId }, body });
    const { id, egress } = await fork({});
    expect(egress).toEqual({ allow: [{ host: 'api.example.org', headerNames: ['authorization'] }] });
    expect(await output(id, curl('http://api.example.org/'))).toMatch(/^HTTP\/1.1 200/);
    expect(internet.asked).toMatchObject([{ headers: { authorization: secret } }]);
    const other = await fork({
      egress: { allow: [{ host: 'b.example.org', headers: { 'x-key': 'another-0123456789' } }] },
    });
    expect(other.egress).toEqual({ allow: [{ host: 'b.example.org', headerNames: ['x-key'] }] });
    expect(await output(other.id, curl('http://api.example.org/'))).toMatch(/^HTTP\/1.1 403/);
    const kept = storedBytes();
    expect(kept.some((bytes) => bytes.includes('b.example.org'))).toBe(true);
    expect(kept.some((bytes) => bytes.includes('another-0123456789'))).toBe(false);
  });

  it('is what it allows: by HTTPS, with what it adds, and back as it comes', async () => {
    const { id, egress } = await allowing({
      host: 'api.example.org',
      headers: { authorization: secret, 'x-team': 'a' },
    });
    expect(egress).toEqual({ allow: [{ host: 'api.example.org', headerNames: ['authorization', 'x-team'] }] });
    const more = "-X POST -H 'authorization: mine' -H 'x-forwarded-for: 10.0.0.1' -H 'x-own: own' -d 'a body'";
    const text = await output(id, curl('http://api.example.org/path?query', more));
    expect(text).toMatch(/^HTTP\/1.1 200.*the internet heard: a body/s);
    expect(internet.asked).toMatchObject([
      {
        method: 'POST',
        url: 'https://api.example.org/path?query',
        body: 'a body',
        headers: { authorization: secret, 'x-team': 'a', 'x-own': 'own' },
      },
    ]);
    expect(internet.asked[0]?.headers).not.toHaveProperty('x-forwarded-for');
    expect(await denied(id)).toEqual([]);
  });

  it('of `*.` is what is below, and the longest rule counts', async () => {
    const headers = { authorization: secret };
    const { id } = await allowing({ host: '*.example.org', headers }, { host: 'plain.example.org' });
    const urls = ['a.b.example.org', 'plain.example.org', 'example.org', 'evil-example.org', 'x.example.org.evil.com'];
    await output(id, urls.map((host) => curl(`http://${host}/`)).join('\n'));
    expect(internet.asked.map(({ url, headers: { authorization } }) => [url, authorization])).toEqual([
      ['https://a.b.example.org/', secret],
      ['https://plain.example.org/', undefined],
    ]);
    expect((await denied(id)).map(({ host }) => host)).toEqual(urls.slice(2));
  });

  it('follows no redirect: the sandbox asks anew, and is denied', async () => {
    const { id } = await allowing({ host: 'api.example.org', headers: { authorization: secret } });
    const text = await output(id, curl('http://api.example.org/redirect', '-L'));
    expect(text).toMatch(/^HTTP\/1.1 302.*HTTP\/1.1 403/s);
    expect(internet.asked.map(({ url }) => url)).toEqual(['https://api.example.org/redirect']);
    expect((await denied(id)).map(({ host }) => host)).toEqual(['elsewhere.example.com']);
  });

  it("is not another session's, whatever a sandbox says of itself", async () => {
    const rich = await allowing({ host: 'api.example.org', headers: { authorization: secret } });
    const poor = await createSession(stack, { permissionMode: 'bypass' });
    const claims = `-H 'x-sandgate-session: ${rich.id}' -H 'host: api.example.org' -H 'x-hostname: api.example.org'`;
    const text = await output(
      poor.id,
      `${curl('http://api.example.org/', claims)}\n${curl('http://other.example.com/', claims)}`,
    );
    expect(text).not.toContain('the internet heard');
    expect(internet.asked).toEqual([]);
  });

  it('is by names', async () => {
    const { id } = await allowing({ host: 'api.example.org' });
    const urls = ['http://1.1.1.1/', 'http://0x01010101/'];
    await output(id, urls.map((url) => curl(url)).join(''));
    expect(internet.asked).toEqual([]);
    expect(await denied(id)).toEqual([{ host: '1.1.1.1', reason: 'Hosts are reached by their names.' }]);
  });

  it.skipIf(onDocker)('tells also of what the engine does not let through', async () => {
    const { id } = await allowing({ host: 'api.example.org' });
    const urls = ['http://10.0.0.1/', 'https://169.254.169.254/', 'http://api.example.org:22/'];
    await output(id, urls.map((url) => curl(url)).join(''));
    const told = [
      { host: '10.0.0.1', reason: expect.stringContaining('public') },
      { host: '169.254.169.254', reason: expect.stringContaining('public') },
      { host: 'api.example.org', reason: expect.stringContaining('port 80') },
    ];
    await expect.poll(() => denied(id)).toHaveLength(told.length);
    expect(await denied(id)).toEqual(expect.arrayContaining(told));
    expect(internet.asked).toEqual([]);
  });

  it('fills no log with denials', async () => {
    const { id } = await createSession(stack, { permissionMode: 'bypass' });
    await output(id, 'for i in $(seq 70); do curl -s -o /dev/null http://h$i.example.org/; done');
    expect(await denied(id)).toHaveLength(50);
  });

  it('changes as a whole, and at once', async () => {
    const { id } = await allowing({ host: 'api.example.org' });
    const params = { sessionId: id };
    const body = { egress: { allow: [{ host: 'other.example.org' }] } };
    const changed = await expectCall<Session>(stack, 200, gatewayRoutes.updateSession, { params, body });
    expect(changed.egress).toEqual({ allow: [{ host: 'other.example.org', headerNames: [] }] });
    await output(id, `${curl('http://api.example.org/')}\n${curl('http://other.example.org/')}`);
    expect(internet.asked.map(({ url }) => url)).toEqual(['https://other.example.org/']);
  });
});

describe('the secrets of a session, in its policy and its variables,', () => {
  it('are in no answer, in no file of the server, and the headers in nothing that a sandbox sees', async () => {
    const body = {
      id: 'sealed',
      egress: { allow: [{ host: 'api.example.org', headers: { 'x-key': 'planted-4711' } }] },
      env: { TOKEN: 'planted-env-4712' },
    };
    await createSession(stack, body);
    const params = { sessionId: body.id };
    const answers = await Promise.all([
      call(stack, gatewayRoutes.getSession, { params }),
      call(stack, gatewayRoutes.createSession, { body }),
      call(stack, gatewayRoutes.updateSession, { params, body: { metadata: {} } }),
      call(stack, gatewayRoutes.listSessions),
    ]);
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain('planted');
    const fork = await expectCall<Session>(stack, 201, gatewayRoutes.fork, { params, body: {} });
    for (const { id } of [body, fork]) {
      // A shell that says where its variable begins, and not what it is: the log is a file of the server's too.
      const script = `${curl('http://api.example.org/')}\necho "$TOKEN" | cut -c 9-11`;
      expect((await run(stack, id, script)).outputText).toMatch(/env\n$/);
      expect(internet.asked.splice(0)).toMatchObject([{ headers: { 'x-key': 'planted-4711' } }]);
    }
    const kept = storedBytes();
    expect(kept.some((bytes) => bytes.includes('api.example.org'))).toBe(true);
    expect(kept.some((bytes) => bytes.includes('planted-'))).toBe(false);
  });

  it('make another body of a session', async () => {
    const body = (key: string, token: string) => ({
      id: 'keyed',
      egress: { allow: [{ host: 'api.example.org', headers: { 'x-key': key } }] },
      env: { TOKEN: token },
    });
    await createSession(stack, body('one', 'one'));
    await expectCall(stack, 200, gatewayRoutes.createSession, { body: body('one', 'one') });
    await expectProblem(stack, 'session_conflict', gatewayRoutes.createSession, { body: body('two', 'one') });
    await expectProblem(stack, 'session_conflict', gatewayRoutes.createSession, { body: body('one', 'two') });
  });
});

describe('a policy is refused', () => {
  it.each([
    [{ host: '10.0.0.1' }],
    [{ host: 'localhost' }],
    [{ host: 'model.sandgate.internal' }],
    [{ host: '*' }],
    [{ host: '*.org' }],
    [{ host: 'api.example.org:8080' }],
    [{ host: 'API.example.org' }],
    [{ host: 'https://api.example.org' }],
    [{ host: 'api.example.org', headers: { host: 'evil' } }],
    [{ host: 'api.example.org', headers: { 'x-a': 'a\r\nx-b: b' } }],
    [{ host: 'api.example.org', port: 22 }],
  ])('of %j', async (rule) => {
    await expectProblem(stack, 'invalid_request', gatewayRoutes.createSession, { body: { egress: { allow: [rule] } } });
  });
});
