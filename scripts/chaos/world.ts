import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandgate } from '@sandgate/client';
import type { Miniflare, MiniflareOptions } from 'miniflare';
import { EngineProcess } from '../dev/engine-process.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { addAborter } from './aborter.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { eventually } from './eventually.ts';
import { SmallDisk } from './small-disk.ts';
import type { Door } from './subscribers/subscriber.ts';
import { Witness } from './witness.ts';

/** The log keeps all that is said: what it lets go has tests of its own. */
const vars = {
  ALLOW_SCRIPTED_AGENT: '1',
  REQUEST_LIMIT: '1000000',
  SESSION_LOG_LIMIT_BYTES: String(1024 ** 3),
};

/** A whole stack with what it takes to break it, and a witness. */
export interface World {
  /** Straight to the gateway: for what looks on. */
  door: Door;
  client: Sandgate;
  /** Through the proxy, where connections are cut: for who is on trial. */
  cutDoor: Door;
  proxy: CuttingProxy;
  witness: Witness;
  /** All that runs in workerd. */
  workers: Miniflare;
  /** Where the gateway keeps its state; undefined where this user cannot have a disk that gets full. */
  disk: SmallDisk | undefined;
  /** What the gateway logs. */
  log: string;
  /** What holds a sandbox: `root`, `unprivileged` or `none`. */
  mode: string;
  /** What bounds its disk: `loop`, `tmpfs` or `none`. */
  diskMode: string;
  /** The process of workerd, which is another after each end; undefined while there is none. */
  workerd(): number | undefined;
  /** Kills workerd. Resolves once another answers in its place, which is not killed before. */
  replaceWorkerd(): Promise<void>;
  /** The process of a session's server in its sandbox, if it runs. */
  sandboxServer(sessionId: string): number | undefined;
  /** The same of many, those that run. */
  sandboxServers(sessionIds: readonly string[]): number[];
  /** Kills the container engine, and starts another in its place. */
  replaceEngine(): Promise<void>;
  /** How often that was begun. */
  readonly engineKills: number;
  /** The names in the bucket of the disks. */
  stored(): Promise<string[]>;
  /** The folder with the databases of the Orchestrators. */
  orchestrators: string;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-chaos-'));
  const witness = new Witness();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const disk = SmallDisk.mount(data);
  const image = join(folder, 'image');
  const socket = join(folder, 'engine.sock'); // Leads to that of the engine, whichever it is.
  let stack: Stack | undefined;
  let engine: EngineProcess | undefined;
  let proxy: CuttingProxy | undefined;
  const close = async () => {
    proxy?.close();
    await stack?.close();
    await engine?.stop();
    witness.close();
    disk?.unmount();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    witness.listen(image);
    const onWorkers = (options: MiniflareOptions) => {
      addAborter(options);
      const { localDocker } = options.containerEngine as { localDocker: { socketPath: string } };
      symlinkSync(localDocker.socketPath.replace(/^unix:/, ''), socket);
      localDocker.socketPath = `unix:${socket}`;
    };
    stack = await startStack({ folder, vars, onWorkers });
    engine = stack.engine as EngineProcess;
    proxy = await CuttingProxy.open(stack.url);
  } catch (error) {
    await close();
    throw error;
  }
  const { url, apiKey, workers } = stack;
  let engineKills = 0;
  const workerd = () =>
    processes().find((pid) => parentOf(pid) === process.pid && /\bworkerd\b/.test(read(pid, 'cmdline')));
  const isUp = async () => (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  const replaceWorkerd = async () => {
    process.kill(await eventually('workerd to kill', async () => workerd()), 'SIGKILL');
    await eventually('a workerd that answers', () => isUp().catch(() => false));
    await workers.ready;
  };
  const replaceEngine = async () => {
    engineKills += 1;
    await engine?.stop('SIGKILL');
    engine = await EngineProcess.start({ state: join(folder, 'engine'), image });
    rmSync(socket);
    symlinkSync(engine.socket, socket);
  };
  return {
    door: { url, apiKey },
    client: new Sandgate({ baseUrl: url, apiKey }),
    cutDoor: { url: proxy.url, apiKey },
    ...{ proxy, witness, workers, disk, close },
    log: join(folder, 'gateway.log'),
    mode: engine.mode,
    diskMode: engine.disk,
    workerd,
    replaceWorkerd: inTurn(replaceWorkerd),
    sandboxServer: (sessionId) => sandboxServers([sessionId])[0],
    sandboxServers,
    replaceEngine: inTurn(replaceEngine),
    get engineKills() {
      return engineKills;
    },
    stored: () => storedIn(workers),
    orchestrators: join(data, 'do/sandgate-Orchestrator'),
  };
}

/** The same work, but a call waits for those before it. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(work);
    return last;
  };
}

/** As much of a bucket as is used here. */
interface Bucket {
  list(options: { cursor?: string }): Promise<{ objects: { key: string }[]; cursor?: string }>;
}

async function storedIn(workers: Miniflare): Promise<string[]> {
  const bucket = (await workers.getR2Bucket('DISKS')) as unknown as Bucket;
  const keys: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await bucket.list(cursor === undefined ? {} : { cursor });
    keys.push(...page.objects.map(({ key }) => key));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return keys;
}

/** The memory of a process that is its own or shared, in bytes; 0 where it is gone. */
export function memoryOf(pid: number | undefined): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(pid === undefined ? '' : read(pid, 'status'))?.[1] ?? 0) * 1024;
}

function sandboxServers(sessionIds: readonly string[]): number[] {
  const wanted = new Set(sessionIds.map((id) => `SANDGATE_SESSION_ID=${id}`));
  const isOf = (pid: number) =>
    read(pid, 'cmdline').includes('/app/server.js') &&
    read(pid, 'environ')
      .split('\0')
      .some((variable) => wanted.has(variable));
  return processes().filter(isOf);
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]);
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // It ended, or is not ours to look at.
  }
}
