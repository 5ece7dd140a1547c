import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AgentEvent, Frame, type SandboxChatRequest } from '@sandgate/api-spec';
import { expect } from 'vitest';

export const toolsUid = 64_321;
export const isRoot = process.getuid?.() === 0;
const main = new URL('../main.ts', import.meta.url).pathname;

/** It ends with this process: after a test that failed nobody stops it, and Vitest waits for ever for its output. */
const withUs = ['setpriv', '--pdeathsig', 'KILL'];
/** Root with these three powers only: above all it has none over the files of others. */
const asInProduction = ['--bounding-set=-all,+setuid,+setgid,+kill', '--inh-caps=-all', '--no-new-privs'];

/** A server of its own process, over HTTP, as the gateway knows it. As root its tools have a user of their own. */
export class TestSandbox {
  readonly secret = 'test-secret';
  readonly directory: string;
  readonly workspace: string;
  process: ChildProcess;
  readonly log: Record<string, unknown>[] = [];
  readonly #env: Record<string, string>;
  #port = 0;

  private constructor(env: Record<string, string>) {
    this.#env = env;
    this.directory = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
    this.workspace = join(this.directory, 'workspace');
    chmodSync(this.directory, 0o755);
    mkdirSync(this.workspace, { mode: 0o700 });
    if (isRoot) chownSync(this.workspace, toolsUid, toolsUid);
    this.process = this.#spawn();
  }

  #spawn(): ChildProcess {
    const [command = '', ...args] = [...withUs, ...(isRoot ? asInProduction : []), '--', process.execPath, main];
    return spawn(command, args, {
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        PORT: '0',
        SANDGATE_SECRET: this.secret,
        SANDGATE_WORKSPACE: this.workspace,
        SANDGATE_DATA_DIR: this.data,
        SANDGATE_ALLOW_SCRIPTED: '1',
        ...(isRoot && { SANDGATE_TOOLS_UID: String(toolsUid) }),
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** The server's own directory. */
  get data(): string {
    return join(this.directory, 'data');
  }

  static async start(env: Record<string, string> = {}): Promise<TestSandbox> {
    const sandbox = new TestSandbox(env);
    await sandbox.#listening().catch((error) => {
      sandbox.#removeFiles();
      throw error;
    });
    return sandbox;
  }

  #listening(): Promise<void> {
    const lines = createInterface({ input: this.process.stdout as NodeJS.ReadableStream });
    return new Promise<void>((resolve, reject) => {
      this.process.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
      lines.on('line', (line) => {
        const entry = JSON.parse(line);
        this.log.push(entry);
        if (entry.event === 'listening') {
          this.#port = entry.port;
          resolve();
        }
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { ...init, headers: { authorization: `Bearer ${this.secret}`, ...init.headers } });
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** A shell turn without asking, unless told otherwise. */
  chat(content: string, more: Partial<SandboxChatRequest> = {}): Promise<Response> {
    return this.post('/chat', { ...chatRequest(content), ...more });
  }

  /** The events of a shell turn, to its end. */
  async run(content: string, more: Partial<SandboxChatRequest> = {}): Promise<AgentEvent[]> {
    return (await readFrames(await this.chat(content, more))).map((frame) => frame.event);
  }

  /** Ends the server, and starts another on the same disk. */
  async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.#end(signal);
    this.process = this.#spawn();
    await this.#listening();
  }

  async stop(): Promise<number | null> {
    await this.#end('SIGTERM');
    this.#removeFiles();
    return this.process.exitCode;
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill(signal);
    await exited;
  }

  #removeFiles(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

let turns = 0;
export function chatRequest(content: string): SandboxChatRequest {
  return {
    turnId: `turn_${++turns}`,
    sessionId: 'session-1',
    agent: 'shell',
    agentOptions: {},
    permissionMode: 'bypass',
    requestTimeoutSeconds: 3_600,
    messages: [{ role: 'user', content }],
  };
}

/** The frames of a stream as they come: each valid by the contract, its SSE `id` the cursor, cursors dense. */
export async function* frames(response: Response): AsyncGenerator<Frame> {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let rest = '';
  let before: number | undefined;
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() as string;
    for (const block of blocks) {
      const match = /^id: (\d+)\ndata: (.+)$/.exec(block);
      if (!match) {
        expect(block).toMatch(/^(retry: \d+\n)?: \w+$/);
        continue;
      }
      const frame = Frame.parse(JSON.parse(match[2] as string));
      expect(Number(match[1])).toBe(frame.cursor);
      if (before !== undefined) expect(frame.cursor).toBe(before + 1);
      before = frame.cursor;
      yield frame;
    }
  }
}

export async function readFrames(response: Response): Promise<Frame[]> {
  const read: Frame[] = [];
  for await (const frame of frames(response)) read.push(frame);
  return read;
}

type EventOf<T extends AgentEvent['type']> = Extract<AgentEvent, { type: T }>;

/** Reads on to the next event of a type. The stream stays open for more. */
export async function next<T extends AgentEvent['type']>(stream: AsyncGenerator<Frame>, type: T): Promise<EventOf<T>> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error(`The stream ended without "${type}".`);
    if (value.event.type === type) return value.event as EventOf<T>;
  }
}

export function only<T extends AgentEvent['type']>(events: readonly AgentEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}
