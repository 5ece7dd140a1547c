import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DurableEvent, gatewayRoutes, type Session } from '@sandgate/api-spec';
import type { MiniflareOptions } from 'miniflare';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { CertificateAuthority } from '../local-engine/certificate-authority.ts';
import { createSession, expectCall, run } from './door.ts';
import { GitServer } from './git-server.ts';
import { Internet } from './internet.ts';
import { onDocker, testEngine } from './test-engine.ts';

const secret = 'Bearer planted-0123456789';
const allow = [{ host: 'api.example.org', headers: { authorization: secret } }, { host: 'git.example.org' }];

/** A stack on a folder of its own. */
async function start(onWorkers: (options: MiniflareOptions) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
  const stack = await startStack({ folder, engine: testEngine, onWorkers });
  const stop = async () => {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { stack, stop };
}

/** The stand-in for the sidecar, where there is no registry, lets nothing out. */
describe.skipIf(onDocker)('https:// in a sandbox', () => {
  const git = new GitServer();
  const internet = new Internet({ 'git.example.org': (asked) => git.answer(asked) });
  let stack: Stack;
  let stop: () => Promise<void>;
  let sessionId: string;
  beforeAll(async () => {
    ({ stack, stop } = await start(internet.takePlace));
    ({ id: sessionId } = await createSession(stack, { permissionMode: 'bypass', egress: { allow } }));
  });
  beforeEach(() => void internet.asked.splice(0));
  afterAll(async () => {
    await stop?.();
    git.remove();
  });

  let before: number;
  async function output(script: string): Promise<string> {
    const session = await expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });
    before = session.lastSeq;
    return (await run(stack, sessionId, script)).outputText ?? '';
  }

  /** Since the last turn began: what the engine refuses may be told when that is over. */
  async function denied(): Promise<{ host: string; reason: string }[]> {
    const params = { sessionId };
    const query = { types: 'egress.denied', limit: '1000', after: String(before) };
    const { data } = await expectCall<{ data: DurableEvent[] }>(stack, 200, gatewayRoutes.getEvents, { params, query });
    return data.flatMap((event) =>
      event.type === 'egress.denied' ? [{ host: event.host, reason: event.reason }] : [],
    );
  }

  const url = 'https://api.example.org/path?query';
  it.each([
    ['curl', `curl -sS -m 20 -d 'a body' '${url}'`],
    ['node', `node -e 'fetch("${url}", { method: "POST", body: "a body" }).then((r) => r.text()).then(console.log)'`],
    [
      'python',
      `/usr/bin/python3 -c 'import urllib.request as u; print(u.urlopen("${url}", b"a body", 20).read().decode())'`,
    ],
  ])('gets through by %s, with what the session adds', async (_, script) => {
    expect(await output(script)).toContain('the internet heard: a body');
    expect(internet.asked).toMatchObject([{ method: 'POST', url, headers: { authorization: secret } }]);
    expect(await denied()).toEqual([]);
  });

  it('gets through by git, which clones', async () => {
    const text = await output(`git ls-remote https://git.example.org/one.git HEAD
git clone -q https://git.example.org/one.git && cat one/README.md`);
    expect(text).toBe(`${git.commit}\tHEAD\ncloned over HTTPS\n`);
  });

  it('is denied for other hosts, which are told', async () => {
    expect(await output('curl -sS -i -m 20 https://evil.example.com/')).toMatch(/HTTP\/1.1 403.*does not allow this/s);
    expect(await denied()).toEqual([{ host: 'evil.example.com', reason: 'The session does not allow this host.' }]);
    expect(internet.asked).toEqual([]);
  });

  it('is judged by the host that a request names, whatever TLS was asked for', async () => {
    const text = await output("curl -sS -i -m 20 -H 'host: evil.example.com' https://api.example.org/");
    expect(text).toMatch(/HTTP\/1.1 403/);
    expect((await denied()).map(({ host }) => host)).toEqual(['evil.example.com']);
    expect(internet.asked).toEqual([]);
  });

  const only = /^Only HTTP to port 80 and HTTPS to port 443/;
  const untrusted = /certificate authority/;
  it.each([
    [
      'another name in TLS than in the tunnel',
      '--connect-to ::evil.example.com: https://api.example.org/',
      'evil.example.com',
      untrusted,
    ],
    ['an address', '-k https://1.1.1.1/', '1.1.1.1', /by their names/],
    ['a private address', '-k https://10.0.0.1/', '10.0.0.1', /^Only public hosts/],
    ['another port', 'https://api.example.org:8443/', 'api.example.org', only],
    [
      'TLS that a program does not trust',
      '--cacert /etc/ssl/certs/ca-certificates.crt https://api.example.org/',
      'api.example.org',
      untrusted,
    ],
  ])('is not %s', async (_, args, host, reason) => {
    await output(`curl -sS -m 20 ${args}; true`);
    await expect.poll(denied).toEqual([{ host, reason: expect.stringMatching(reason) }]);
    expect(internet.asked).toEqual([]);
  });

  it('is no way for anything but TLS', async () => {
    const connect = 'CONNECT api.example.org:443 HTTP/1.1\\r\\n\\r\\n';
    const text = await output(
      `(exec 5<>/dev/tcp/127.0.0.1/3128; printf '${connect}' >&5; head -c 39 <&5; echo SSH-2.0-a >&5; timeout 5 cat <&5); echo over`,
    );
    expect(text).toMatch(/^HTTP\/1.1 200 .*\s+over\n$/);
    await expect.poll(denied).toEqual([{ host: 'api.example.org', reason: expect.stringMatching(only) }]);
  });
});

/** A server in the place of every host, under a certificate that some authority signed. */
describe.skipIf(onDocker)('the gateway, on its way on,', () => {
  const authority = new CertificateAuthority();
  const asked: (string | undefined)[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer(
      { SNICallback: (name, done) => done(null, authority.contextOf(name)) },
      (request, response) => {
        asked.push(request.headers.authorization);
        response.end('over TLS');
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server?.close());

  /** What a sandbox is told by `api.example.org`, where the gateway trusts whom it does, and these. */
  async function told(trustedCertificates: string[]): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const { stack, stop } = await start(({ workers }) => {
      for (const { config } of workers) {
        const outbound = config?.env?.OUTBOUND;
        if (!config?.env || outbound?.type !== 'network') continue;
        const tlsOptions = { ...outbound.tlsOptions, trustedCertificates };
        const https = { tlsOptions, certificateHost: 'api.example.org' };
        config.env.OUTBOUND = { type: 'external', address: `127.0.0.1:${port}`, https };
      }
    });
    try {
      const { id } = await createSession(stack, { permissionMode: 'bypass', egress: { allow } });
      return (await run(stack, id, 'curl -sS -i -m 20 https://api.example.org/')).outputText ?? '';
    } finally {
      await stop();
    }
  }

  it('verifies who answers: whoever nobody trusted vouches for is told nothing', async () => {
    expect(await told([])).toMatch(/HTTP\/1.1 502/);
    expect(asked).toEqual([]);
    expect(await told([authority.certificate])).toContain('over TLS');
    expect(asked).toEqual([secret]);
  });
});
