import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from './door.ts';

const folder = join(import.meta.dirname, '../../examples');

/** A program of `examples/`, as a person runs it against a stack. */
export class Example implements AsyncDisposable {
  /** What it has printed so far. */
  said = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;

  constructor(name: string, args: string[], { url, apiKey }: { url: string; apiKey: string }) {
    const env = { ...process.env, PORT: '0', SANDGATE_BASE_URL: url, SANDGATE_API_KEY: apiKey };
    const command = ['--disable-warning=ExperimentalWarning', join(folder, name), ...args];
    this.#child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text) => {
        this.said += text;
      });
    this.#ended = once(this.#child, 'close').then(([code]) => code);
  }

  /** Waits until it has printed this, and answers what. */
  until(what: RegExp): Promise<RegExpExecArray> {
    return eventually(async () => {
      const found = what.exec(this.said);
      if (!found && this.#child.exitCode !== null) throw new Error(`It ended, and said:\n${this.said}`);
      return found ?? undefined;
    });
  }

  /** Waits until it has ended by itself, and answers its exit code. */
  ended(): Promise<number> {
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill();
    await this.#ended;
  }
}
