import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Log, LogLevel, Miniflare, type MiniflareOptions } from 'miniflare';
import { DocsLink } from './docs-link.ts';
import { type ContainerEngine, type EngineName, startEngine } from './engine.ts';
import { LogFile } from './log-file.ts';
import { asLine, readable } from './log-line.ts';
import { migrate } from './migrations.ts';
import { openState } from './state.ts';
import { lockState } from './state-lock.ts';
import { migrationsFolder, publicEntrypoint, workerOptions } from './worker.ts';

export interface StackOptions {
  /** Where all state is kept. */
  folder: string;
  /** 0 lets the system choose. */
  port?: number;
  apiKey?: string | undefined;
  /** `local` unless told. */
  engine?: EngineName;
  unsafeNoIsolation?: boolean;
  verbose?: boolean;
  /** More variables of the Worker, for tests. */
  vars?: Record<string, string>;
  /** The bundle that a sandbox runs, where it is not our server, for tests. */
  server?: string;
  /** Has the Queue lose every message, for tests. */
  losesMessages?: boolean;
  /** May change what workerd is to run, for tests. */
  onWorkers?: (options: MiniflareOptions) => void;
  /** Told of each step as it begins. */
  onStep?: (step: string) => void;
  /** Ends a start that is under way, once the present step is done. Whoever gives it sees to Ctrl-C himself. */
  signal?: AbortSignal;
}

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/** A whole Sandgate on this machine: the container engine, and the gateway in workerd on top of it. */
export interface Stack {
  /** Without a slash at the end. */
  url: string;
  apiKey: string;
  /** Where the `/docs` page opens with the key filled in, once. */
  docsUrl: string;
  engine: ContainerEngine;
  /** What runs in workerd. A workerd that ends by itself is started again. */
  workers: Miniflare;
  close(): Promise<void>;
}

/** Aborted by Ctrl-C or SIGTERM. To be had before anything is started. */
export function stopSignal(): AbortSignal {
  const asked = new AbortController();
  for (const name of stopSignals) process.on(name, () => asked.abort(new Error('Stopped.')));
  return asked.signal;
}

/** @throws where another runs on the folder, a part cannot start, or `signal` was aborted; what was started is stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { folder, port = 0, unsafeNoIsolation = false, verbose = false, losesMessages = false, server } = options;
  const { onStep = () => {}, signal } = options;
  const state = openState(folder, options.apiKey);
  const unlock = lockState(state.folder);
  const settings = { state, unsafeNoIsolation, verbose, onStep, server, signal };
  const engine = await startEngine(options.engine ?? 'local', settings).catch((error: unknown) => {
    unlock();
    signal?.throwIfAborted();
    throw error;
  });
  const log = new LogFile(join(state.folder, 'gateway.log'));
  let worker: Miniflare | undefined;
  const close = async () => {
    try {
      await worker?.dispose();
    } finally {
      await engine.stop().finally(unlock);
      log.close();
    }
  };
  try {
    signal?.throwIfAborted();
    onStep('Starting the gateway in workerd');
    const vars = {
      ISOLATION: engine.mode,
      ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]',
      WEBHOOK_LOOPBACK: '1',
      SANDGATE_API_KEY: state.apiKey,
      SANDBOX_MASTER_SECRET: state.masterSecret,
      ...options.vars,
    };
    if (process.platform === 'linux') endWorkerdWithUs();
    const docsLink = new DocsLink(state.apiKey);
    const workers = workerOptions({ port, data: state.data, engine, vars, docsLink, losesMessages });
    options.onWorkers?.(workers);
    const begin = () =>
      new Miniflare({
        ...workers,
        log: new Log(LogLevel.ERROR),
        telemetry: { enabled: false },
        handleStructuredLogs: ({ level, message }) => {
          const line = asLine(level, message);
          log.write(line);
          if (verbose) process.stderr.write(`${readable(line)}\n`);
        },
      });
    worker = signal ? withoutSignalHandlers(begin) : begin();
    const url = (await worker.unsafeGetDirectURL(undefined, publicEntrypoint)).origin;
    signal?.throwIfAborted();
    onStep('Bringing the database up to date');
    await migrate(await worker.getD1Database('DB'), migrationsFolder);
    signal?.throwIfAborted();
    return { url, apiKey: state.apiKey, docsUrl: `${url}/docs${docsLink.fragment}`, engine, workers: worker, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** However this process ends, workerd does not outlive it and keep its port. */
function endWorkerdWithUs(): void {
  const { default: workerd } = createRequire(import.meta.url)('workerd') as { default: string };
  process.env.SANDGATE_WORKERD ??= process.env.MINIFLARE_WORKERD_PATH ?? workerd;
  process.env.MINIFLARE_WORKERD_PATH = join(import.meta.dirname, 'workerd.sh');
}

/** Miniflare's own handlers would end the process before the containers are stopped. */
function withoutSignalHandlers(begin: () => Miniflare): Miniflare {
  const before = new Map(stopSignals.map((name) => [name, process.listeners(name)]));
  const worker = begin();
  for (const [name, listeners] of before)
    for (const listener of process.listeners(name))
      if (!listeners.includes(listener)) process.removeListener(name, listener);
  return worker;
}
