import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CertificateAuthority } from './certificate-authority.ts';
import { EgressProxy } from './egress.ts';

const CLIENT_HELLO = Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 1, 2, 3, 4, 5]);

/** workerd's end of the way out, as Cloudflare's sidecar finds it: 202 to a CONNECT lets the bytes pass as they are. */
describe('EgressProxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-egress-'));
  const path = join(folder, 'egress.sock');
  const authority = new CertificateAuthority();
  let upstream: Server;
  let proxy: EgressProxy;
  let asked: { target: string | undefined; headers: IncomingHttpHeaders }[];
  let answer: number;
  let open: Socket[];

  beforeEach(async () => {
    asked = [];
    open = [];
    answer = 202;
    upstream = createServer().on('connect', (request, socket, head) => {
      asked.push({ target: request.url, headers: request.headers });
      socket.write(`HTTP/1.1 ${answer} Ok\r\n\r\n`);
      socket.on('error', () => {});
      socket.write(head);
      socket.pipe(socket);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const { port } = upstream.address() as AddressInfo;
    const rules = { port, internet: { enabled: false }, dns: { allowHostnames: ['allowed.test'] } };
    const silent = { warn: () => {}, debug: () => {}, verbose: false };
    proxy = new EgressProxy(() => rules, authority, silent);
    await proxy.listen(path);
  });
  afterEach(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
    upstream.closeAllConnections();
    upstream.close();
    rmSync(path, { force: true });
  });

  /** Sends a CONNECT and, once it is answered, bytes; answers all that comes back. */
  async function tunnel(target: string, bytes: Buffer): Promise<{ status: string; echoed: () => Promise<Buffer> }> {
    const socket = createConnection(path);
    open.push(socket);
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    const echoed = once(socket, 'data').then(([chunk]) => chunk as Buffer);
    const closed = once(socket, 'close').then(() => Buffer.alloc(0));
    if (first.toString().startsWith('HTTP/1.1 200')) socket.write(bytes);
    return { status: first.toString().split('\r\n')[0] ?? '', echoed: () => Promise.race([echoed, closed]) };
  }

  it('passes TLS through untouched, and says only whom it is for', async () => {
    const { status, echoed } = await tunnel('allowed.test:443', CLIENT_HELLO);
    expect(status).toBe('HTTP/1.1 200 Connection Established');
    expect(await echoed()).toEqual(CLIENT_HELLO);
    expect(asked).toMatchObject([{ target: '11.0.0.1:443', headers: { 'x-tls-sni': 'allowed.test' } }]);
  });

  /** TLS in a tunnel: answers what comes back, or throws as the client does. */
  async function handshake(target: string, servername: string, ca = authority.certificate): Promise<Buffer> {
    const socket = createConnection(path);
    open.push(socket);
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    await once(socket, 'data');
    const secure = connectTls({ socket, servername, ca, ALPNProtocols: ['h2', 'http/1.1'] });
    await once(secure, 'secureConnect');
    expect(secure.alpnProtocol).toBe('http/1.1');
    secure.write('hello');
    const [echoed] = await once(secure, 'data');
    return echoed as Buffer;
  }
  /** What the Worker was told of refusals. */
  const told = () => asked.filter(({ headers }) => headers['x-hostname'] === 'engine.sandgate.internal');

  it('ends TLS where a handler takes what is in it, as whoever the tunnel was opened for', async () => {
    answer = 200;
    expect((await handshake('allowed.test:443', 'allowed.test')).toString()).toBe('hello');
    expect(asked).toMatchObject([{ target: '11.0.0.1:443', headers: { 'x-tls-sni': 'allowed.test' } }]);
  });

  it('is nobody else, whatever name TLS asks for, and tells the Worker', async () => {
    answer = 200;
    await expect(handshake('allowed.test:443', 'other.test')).rejects.toThrow();
    await expect.poll(told).toHaveLength(1);
  });

  it('tells the Worker of a program that does not trust it', async () => {
    answer = 200;
    const another = new CertificateAuthority().certificate;
    await expect(handshake('allowed.test:443', 'allowed.test', another)).rejects.toThrow(/certificate/);
    await expect.poll(told).toHaveLength(1);
  });

  it.each([200, 202])('leaves no tunnel behind for a program that hung up before it was there (%i)', async (status) => {
    answer = status;
    const hello = Buffer.concat([Buffer.from('CONNECT allowed.test:443 HTTP/1.1\r\n\r\n'), CLIENT_HELLO]);
    const socket = createConnection(path).on('error', () => {});
    open.push(socket);
    socket.write(hello, () => socket.destroy());
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    const tunnels = promisify(upstream.getConnections.bind(upstream));
    await expect.poll(() => tunnels()).toBe(0);
  });

  describe('with a program that says nothing at first', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
    afterEach(() => void vi.useRealTimers());

    /** A tunnel that is there, and in which nothing was said for a minute. */
    async function silentTunnel(target: string): Promise<Socket> {
      const socket = createConnection(path).on('error', () => {});
      open.push(socket);
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
      await once(socket, 'data');
      vi.advanceTimersByTime(60_000);
      return socket;
    }

    it('waits for TLS for as long as it takes', async () => {
      const socket = await silentTunnel('allowed.test:443');
      socket.write(CLIENT_HELLO);
      expect(await once(socket, 'data')).toEqual([CLIENT_HELLO]);
      expect(asked).toMatchObject([{ target: '11.0.0.1:443', headers: { 'x-tls-sni': 'allowed.test' } }]);
    });

    it('waits no longer once that hung up, which is no refusal', async () => {
      const socket = await silentTunnel('allowed.test:443');
      socket.end();
      await once(socket.resume(), 'close');
      expect(asked).toEqual([]);
    });

    it('lets the server speak on other ports', async () => {
      await silentTunnel('allowed.test:25');
      await expect.poll(() => asked).toMatchObject([{ target: '11.0.0.1:25' }]);
    });
  });

  it('says the host of what is no TLS by another name', async () => {
    const { echoed } = await tunnel('allowed.test:80', Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    expect((await echoed()).toString()).toMatch(/^GET/);
    expect(asked[0]?.headers).toMatchObject({ 'x-hostname': 'allowed.test' });
  });

  it.each([
    ['other.test:443', '403'],
    ['127.0.0.1:443', '403'],
    ['allowed.test', '400'],
    ['allowed.test:443@127.0.0.1:1', '400'],
  ])('refuses a tunnel to %s', async (target, code) => {
    const { status } = await tunnel(target, CLIENT_HELLO);
    expect(status).toContain(code);
    // The Worker is told of what could have been a host, and of nothing else.
    const told = code === '403' ? ['engine.sandgate.internal'] : [];
    expect(asked.map(({ headers }) => headers['x-hostname'])).toEqual(told);
  });
});
