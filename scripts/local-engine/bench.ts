import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine } from '../dev/command-line.ts';
import { EngineProcess } from '../dev/engine-process.ts';
import { layOutImage } from '../dev/image.ts';
import { childrenOf } from './processes.ts';
import { DockerClient } from './testing/docker-client.ts';

/**
 * `npm run bench:engine`: what a sandbox costs over its server alone. Times are from the first word to the server's
 * first 200, memory is what a sandbox has for itself; both as ratios to the same server started bare, in the same run.
 */
commandLine({
  name: 'npm run bench:engine',
  about: 'What a sandbox of the local engine costs over its server alone.',
  options: {},
});

const STARTS = 50;
const AT_ONCE = 20;
const SETTLE_MS = 2000;
const server = join(import.meta.dirname, '../../sandbox-server/dist/server.js');

const folder = mkdtempSync(join(tmpdir(), 'sandgate-bench-'));
layOutImage(join(folder, 'image'));
const engine = await EngineProcess.start({ state: join(folder, 'engine'), image: join(folder, 'image') });
const docker = new DockerClient(engine.socket);
const environment = { PORT: '8080', SANDGATE_INSECURE_NO_AUTH: '1' };
let number = 0;

/** Resolves once a URL answers 200. */
async function answers(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/health`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await sleep(2);
  }
}

interface Started {
  /** Milliseconds to each mark. */
  marks: Record<string, number>;
  init: number;
  stop(): Promise<void>;
}

async function startBare(): Promise<Started> {
  const port = 20_000 + (process.pid % 10_000) + ++number;
  const began = performance.now();
  const env = {
    ...environment,
    PORT: String(port),
    PATH: process.env.PATH,
    SANDGATE_WORKSPACE: folder,
    SANDGATE_DATA_DIR: join(folder, `bare-${number}`),
  };
  const child: ChildProcess = spawn(process.execPath, [server], { env, stdio: 'ignore' });
  await answers(`http://127.0.0.1:${port}`);
  const total = performance.now() - began;
  return { marks: { total }, init: child.pid as number, stop: async () => void child.kill('SIGKILL') };
}

/** As workerd does: a sidecar, the container in its network, and then a CONNECT to its port. */
async function startSandbox(): Promise<Started> {
  const name = `bench-${++number}`;
  const began = performance.now();
  const since = () => performance.now() - began;
  await docker.call('POST', `/containers/create?name=${name}-proxy`, { ExposedPorts: { '39001/tcp': {} } });
  await docker.call('POST', `/containers/${name}-proxy/start`);
  const Env = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
  const HostConfig = { NetworkMode: `container:${name}-proxy` };
  await docker.call('POST', `/containers/create?name=${name}`, { Env, HostConfig });
  const created = since();
  await docker.call('POST', `/containers/${name}/start`);
  const started = since();
  await throughSidecar(await sidecarPort(`${name}-proxy`));
  const total = since();
  const { body } = await docker.call('GET', `/containers/${name}/json`);
  return {
    marks: { created, isolated: started - created, booted: total - started, total },
    init: (body as { State: { Pid: number } }).State.Pid,
    stop: async () => {
      for (const each of [name, `${name}-proxy`]) await docker.call('DELETE', `/containers/${each}?force=true`);
    },
  };
}

async function sidecarPort(name: string): Promise<number> {
  const { body } = await docker.call('GET', `/containers/${name}/json`);
  const { NetworkSettings } = body as { NetworkSettings: { Ports: Record<string, { HostPort: string }[]> } };
  return Number(NetworkSettings.Ports['39001/tcp']?.[0]?.HostPort);
}

async function throughSidecar(port: number): Promise<void> {
  for (;;) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.on('error', () => resolve(''));
      socket.on('close', () => resolve(text));
      socket.on('data', (chunk) => {
        text += chunk;
        if (/^HTTP\/1\.1 200 OK\r\n\r\n$/.test(text)) {
          socket.write('GET /health HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n');
        }
      });
      socket.write('CONNECT 127.0.0.1:8080 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n');
    });
    if (answer.includes('"status"')) return;
    await sleep(2);
  }
}

function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

const p50 = (values: number[]) => percentile(values, 0.5);
const p95 = (values: number[]) => percentile(values, 0.95);

async function oneByOne(start: () => Promise<Started>): Promise<Started['marks'][]> {
  const marks: Started['marks'][] = [];
  for (let index = 0; index < STARTS; index++) {
    const started = await start();
    marks.push(started.marks);
    await started.stop();
  }
  return marks;
}

async function allAtOnce(start: () => Promise<Started>): Promise<{ times: number[]; memory: number }> {
  const started = await Promise.all(Array.from({ length: AT_ONCE }, start));
  await sleep(SETTLE_MS);
  const memory = p50(started.map(({ init }) => ownMemory(init)));
  for (const { stop } of started) await stop();
  return { times: started.map(({ marks }) => marks.total ?? Number.NaN), memory };
}

/** Megabytes that a process and all below it have for themselves. */
function ownMemory(pid: number): number {
  const own = /^Private_Dirty:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(own ?? 0) / 1024 + childrenOf(pid).reduce((sum, child) => sum + ownMemory(child), 0);
}

/** The relays of all sandboxes together: they run beside them. */
function relayMemory(of: EngineProcess): number {
  return childrenOf(of.pid)
    .filter((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'socat')
    .reduce((sum, pid) => sum + ownMemory(pid), 0);
}

try {
  await (await startSandbox()).stop();
  const bare = await oneByOne(startBare);
  const sandboxed = await oneByOne(startSandbox);
  const of = (marks: Started['marks'][], name: string) => marks.map((each) => each[name] ?? Number.NaN);
  const bareAtOnce = await allAtOnce(startBare);
  const watched = (async () => {
    let most = 0;
    for (let round = 0; round < 100; round++) {
      most = Math.max(most, relayMemory(engine));
      if (most > 0 && relayMemory(engine) === 0) break;
      await sleep(200);
    }
    return most;
  })();
  const sandboxedAtOnce = await allAtOnce(startSandbox);
  const relays = (await watched) / AT_ONCE;

  const row = (name: string, unit: string, base: number, value: number) =>
    `| ${name} | ${base.toFixed(0)} ${unit} | ${value.toFixed(0)} ${unit} | ${(value / base).toFixed(2)} |`;
  const bareTotal = of(bare, 'total');
  const total = of(sandboxed, 'total');
  console.log(`Mode ${engine.mode}, limits ${engine.limits}, disk ${engine.disk}; ${STARTS} starts.

| create → first 200 | bare server | sandbox | ratio |
| --- | --- | --- | --- |
${row('p50, one by one', 'ms', p50(bareTotal), p50(total))}
${row('p95, one by one', 'ms', p95(bareTotal), p95(total))}
${row(`p50, ${AT_ONCE} at once`, 'ms', p50(bareAtOnce.times), p50(sandboxedAtOnce.times))}
${row(`last of ${AT_ONCE} at once`, 'ms', Math.max(...bareAtOnce.times), Math.max(...sandboxedAtOnce.times))}
${row('idle memory, its own', 'MB', bareAtOnce.memory, sandboxedAtOnce.memory + relays)}

Where the time of a sandbox goes (p50): create ${p50(of(sandboxed, 'created')).toFixed(0)} ms, isolate ${p50(of(sandboxed, 'isolated')).toFixed(0)} ms, boot and first answer ${p50(of(sandboxed, 'booted')).toFixed(0)} ms.
Of its memory, ${relays.toFixed(1)} MB are relays. State left: ${readdirSync(join(folder, 'engine/containers')).length} folders.`);
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}
