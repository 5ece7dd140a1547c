import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Entered } from './entry.ts';
import { frame, type StreamName } from './output.ts';
import { exitOf } from './processes.ts';

export interface ExecSpec {
  command: string[];
  environment: Record<string, string>;
  as: 'server' | 'tools';
  workingDirectory: string;
  /** Which streams the client wants to have. */
  attach: { stdin: boolean; stdout: boolean; stderr: boolean };
}

/** A program that was started in a running container, as `docker exec` does. */
export class Exec {
  readonly id = randomBytes(32).toString('hex');
  readonly spec: ExecSpec;
  readonly containerId: string;
  running = false;
  /** Null until it has ended. */
  exitCode: number | null = null;
  pid = 0;
  started = false;
  readonly #enter: (spec: ExecSpec) => Promise<Entered>;

  constructor(containerId: string, spec: ExecSpec, enter: (spec: ExecSpec) => Promise<Entered>) {
    this.containerId = containerId;
    this.spec = spec;
    this.#enter = enter;
  }

  /** Resolves once it runs; what it prints goes to the client in frames, and the client is ended with it. */
  async start(): Promise<(input: Readable | undefined, output: Writable | undefined) => void> {
    this.started = true;
    const { process: child, pid } = await this.#enter(this.spec);
    this.pid = pid;
    this.running = true;
    const streams = [child.stdout, child.stderr] as Readable[];
    const exited = exitOf(child);
    void exited.then((code) => {
      this.exitCode = code;
      this.running = false;
    });
    return (input, output) => {
      const { attach } = this.spec;
      const stdin = child.stdin as Writable;
      if (input && attach.stdin) {
        input.on('error', () => stdin.end());
        input.pipe(stdin);
      } else {
        input?.resume();
        stdin.end();
      }
      for (const [index, name] of (['stdout', 'stderr'] as const).entries()) {
        forward(streams[index] as Readable, name, attach[name] ? output : undefined);
      }
      output?.on('error', () => {});
      // The code is there before the end of the stream is: a client asks for it next.
      void Promise.all([exited, ...streams.map((stream) => finished(stream).catch(() => {}))]).then(() =>
        output?.end(),
      );
    };
  }
}

/** A client that reads slowly slows the program down; one that is gone is read for, so that the program can end. */
function forward(stream: Readable, name: StreamName, output: Writable | undefined): void {
  stream.on('error', () => {});
  stream.on('data', (chunk: Buffer) => {
    if (!output || output.destroyed) return;
    if (output.write(frame(name, chunk))) return;
    stream.pause();
    const goOn = () => stream.resume();
    output.once('drain', goOn);
    output.once('close', goOn);
  });
}
