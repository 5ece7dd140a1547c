import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type ListenOptions, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../dev/free-port.ts';

const sandboxServer = resolve(import.meta.dirname, '../../sandbox-server/dist/server.js');

/**
 * What an attacker would like to reach on the host: a file, a process, an open descriptor, listeners of all kinds. Each
 * gives away the token, so that the token in a try's output is an escape. For the controls there are also a proxy that
 * refuses nothing, and a sandbox server that asks for no secret.
 */
export interface Host {
  token: string;
  folder: string;
  /** What a script may know, in the sandbox and on the host. */
  knowledge: Record<string, string>;
  /** What differs where the same script runs on the host itself. */
  controlKnowledge: Record<string, string>;
  close(): void;
}

export async function openHost(): Promise<Host> {
  const token = `canary-${randomBytes(16).toString('hex')}`;
  const mark = `victim-${randomBytes(8).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-attack-'));
  const file = join(folder, 'canary');
  writeFileSync(file, `${token}\n`, { mode: 0o644 });
  mkdirSync(join(folder, 'records'));
  writeFileSync(join(folder, 'records/turn'), token);
  mkdirSync(join(folder, 'scratch'));

  const descriptor = openSync(file, 'r');
  const victim = spawn('/bin/sh', ['-c', 'while sleep 1; do :; done', mark], {
    env: { PATH: '/usr/bin:/bin', CANARY: token },
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
  });
  closeSync(descriptor);

  const give = () => createServer((socket) => socket.on('error', () => {}).end(`${token}\n`));
  const servers: Server[] = [];
  const listen = async (server: Server, options: ListenOptions) => {
    servers.push(server.listen(options));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const abstract = `sandgate-attack-${mark}`;
  const ports = {
    HOST_PORT: await listen(give(), { host: '127.0.0.1', port: 0 }),
    HOST_PORT6: await listen(give(), { host: '::1', port: 0 }).catch(() => 1),
    ANY_PORT: await listen(give(), { host: '0.0.0.0', port: 0 }),
  };
  await listen(give(), { path: join(folder, 'socket') });
  await listen(give(), { path: `\0${abstract}` });
  const control = await listen(give(), { host: '127.0.0.1', port: 0 });
  const proxy = await listen(openProxy(), { host: '127.0.0.1', port: 0 });

  const udp = createSocket('udp4');
  udp.on('message', (_message, peer) => udp.send(token, peer.port, peer.address));
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');

  const serverPort = await freePort();
  const server = spawn(process.execPath, [sandboxServer], {
    env: {
      PORT: String(serverPort),
      SANDGATE_INSECURE_NO_AUTH: '1',
      SANDGATE_WORKSPACE: folder,
      SANDGATE_DATA_DIR: join(folder, 'records'),
    },
    stdio: 'ignore',
  });

  return {
    token,
    folder,
    knowledge: {
      CANARY_FILE: file,
      VICTIM_PID: String(victim.pid),
      VICTIM_MARK: mark,
      HOST_ADDRESS: outerAddress(),
      UDP_PORT: String(udp.address().port),
      ABSTRACT: abstract,
      HOST_SOCKET: join(folder, 'socket'),
      SERVER_DATA: '/var/lib/sandgate',
      SERVER_PORT: '8080',
      CONTROL_PORT: '3000',
      PROXY_PORT: '3128',
      SCRATCH: '/tmp',
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    },
    controlKnowledge: {
      SERVER_DATA: join(folder, 'records'),
      SERVER_PORT: String(serverPort),
      CONTROL_PORT: String(control),
      PROXY_PORT: String(proxy),
      SCRATCH: join(folder, 'scratch'),
    },
    close: () => {
      for (const each of servers) each.close();
      udp.close();
      victim.kill('SIGKILL');
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The egress proxy as it would be without any rules. */
function openProxy(): Server {
  const target = (text = '') => {
    const url = new URL(text.includes('://') ? text : `http://${text}`);
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) };
  };
  const server = createHttpServer((incoming, response) => {
    const outgoing = request({ ...target(incoming.url), insecureHTTPParser: true }, (answer) => answer.pipe(response));
    outgoing.on('error', (error) => response.end(String((error as { rawPacket?: Buffer }).rawPacket ?? error)));
    outgoing.end();
  });
  server.on('connect', (incoming, socket) => {
    const outgoing = connect(target(incoming.url), () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      outgoing.pipe(socket).pipe(outgoing);
    });
    outgoing.on('error', () => socket.destroy());
    socket.on('error', () => outgoing.destroy());
  });
  return server;
}

function outerAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '192.0.2.1';
}
