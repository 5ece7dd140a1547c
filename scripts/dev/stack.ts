import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Log, LogLevel, Miniflare } from 'miniflare';
import { EngineProcess } from './engine-process.ts';
import { layOutImage } from './image.ts';
import { migrate } from './migrations.ts';
import { openState } from './state.ts';
import { migrationsFolder, workerOptions } from './worker.ts';

export interface StackOptions {
  /** Where all state is kept. */
  folder: string;
  /** 0 lets the system choose. */
  port?: number;
  apiKey?: string | undefined;
  unsafeNoIsolation?: boolean;
  verbose?: boolean;
  /** More variables of the Worker, for tests. */
  vars?: Record<string, string>;
  /** May change the image before any sandbox starts, for tests. */
  onImage?: (folder: string) => void;
  /** Told of each step as it begins. */
  onStep?: (step: string) => void;
}

/** A whole Sandgate on this machine: the container engine, and the gateway in workerd on top of it. */
export interface Stack {
  /** Without a slash at the end. */
  url: string;
  apiKey: string;
  engine: EngineProcess;
  close(): Promise<void>;
}

/** @throws where a part cannot start; what was started by then is stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { folder, port = 0, unsafeNoIsolation = false, verbose = false, onStep = () => {} } = options;
  const state = openState(folder, options.apiKey);
  layOutImage(state.image);
  options.onImage?.(state.image);
  const log = createWriteStream(join(state.folder, 'gateway.log'), { flags: 'a', mode: 0o600 });
  onStep('Starting the container engine');
  const engine = await EngineProcess.start({ state: state.engine, image: state.image, unsafeNoIsolation, verbose });
  let worker: Miniflare | undefined;
  const close = async () => {
    await worker?.dispose();
    await engine.stop();
    log.end();
  };
  try {
    onStep('Starting the gateway in workerd');
    const vars = {
      ISOLATION: engine.mode,
      ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]',
      SANDGATE_API_KEY: state.apiKey,
      SANDBOX_MASTER_SECRET: state.masterSecret,
      ...options.vars,
    };
    worker = new Miniflare({
      ...workerOptions({ port, data: state.data, engineSocket: engine.socket, vars }),
      log: new Log(LogLevel.ERROR),
      telemetry: { enabled: false },
      handleStructuredLogs: ({ level, message }) => {
        log.write(`${level} ${message}\n`);
        if (verbose) process.stderr.write(`${message}\n`);
      },
    });
    const url = (await worker.ready).origin;
    onStep('Bringing the database up to date');
    await migrate(await worker.getD1Database('DB'), migrationsFolder);
    return { url, apiKey: state.apiKey, engine, close };
  } catch (error) {
    await close();
    throw error;
  }
}
