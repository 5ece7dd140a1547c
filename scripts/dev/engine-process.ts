import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ContainerEngine } from './engine.ts';

const program = join(import.meta.dirname, '../local-engine/main.ts');

export interface EngineOptions {
  state: string;
  image: string;
  unsafeNoIsolation?: boolean;
  verbose?: boolean;
}

/** The local container engine, as a process of its own. It stops by itself when we are gone, in whatever way. */
export class EngineProcess implements ContainerEngine {
  readonly socket: string;
  readonly mode: string;
  readonly limits: string;
  readonly disk: string;
  /** Names only: it has one image, and is its own sidecar. */
  readonly images = { sandbox: 'sandgate-sandbox:local', sidecar: 'sandgate-egress:local' };
  readonly namespace = undefined;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ready: { socket: string; mode: string; limits: string; disk: string }) {
    this.#child = child;
    this.socket = ready.socket;
    this.mode = ready.mode;
    this.limits = ready.limits;
    this.disk = ready.disk;
  }

  /** @throws with what the engine said, where it refuses. */
  static async start(options: EngineOptions): Promise<EngineProcess> {
    const args = ['--state', options.state, '--image', options.image, '--stop-with-stdin'];
    if (options.unsafeNoIsolation) args.push('--unsafe-no-isolation');
    if (options.verbose) args.push('--verbose');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true, // Ctrl-C reaches us, and we stop it in order.
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4096);
      if (options.verbose || options.unsafeNoIsolation) process.stderr.write(text);
    });
    const line = new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      // Not on exit: its last words may not have been read by then.
      child.once('close', (code, signal) =>
        reject(new Error(`The container engine ended with ${signal ?? code} as it began. ${said.trim()}`)),
      );
      child.once('error', reject);
    });
    return new EngineProcess(child, JSON.parse(await line));
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  /** Stops the containers and the engine. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    await this.ended();
  }
}
