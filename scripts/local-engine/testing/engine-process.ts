import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const SERVER = fileURLToPath(new URL('./server.js', import.meta.url));

export interface Ready {
  ready: true;
  mode: string;
  limits: string;
  disk: string;
  socket: string;
}

/** The engine as a process of its own, as `npm start` runs it. */
export class EngineProcess {
  readonly process: ChildProcess;
  readonly ready: Ready;
  /** What it has written to stderr so far. */
  readonly said: () => string;

  private constructor(process: ChildProcess, ready: Ready, said: () => string) {
    this.process = process;
    this.ready = ready;
    this.said = said;
  }

  /** Rejects with the engine's own words if it does not become ready. */
  static start(folder: string, ...flags: string[]): Promise<EngineProcess> {
    return EngineProcess.startBy([], folder, ...flags);
  }

  /** Started by another program, which has to become it. */
  static async startBy(starter: string[], folder: string, ...flags: string[]): Promise<EngineProcess> {
    const [program = '', ...args] = [...starter, process.execPath, ...engineArguments(folder, ...flags)];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const line = once(createInterface(child.stdout), 'line');
    const ended = once(child, 'close').then(([code]) => Promise.reject(new Error(`exit ${code}: ${said}`)));
    ended.catch(() => {});
    const [text] = await Promise.race([line, ended]);
    return new EngineProcess(child, JSON.parse(text), () => said);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    await ended;
    return this.process.exitCode;
  }
}

export function engineArguments(folder: string, ...flags: string[]): string[] {
  const paths = ['--socket', `${folder}/engine.sock`, '--state', `${folder}/state`, '--image', `${folder}/image`];
  return [MAIN, ...paths, ...flags];
}

export function writeImage(folder: string): void {
  mkdirSync(`${folder}/image/app`, { recursive: true });
  cpSync(SERVER, `${folder}/image/app/server.js`);
  const image = { cmd: ['/usr/local/bin/node', '/app/server.js'], env: { FROM_IMAGE: 'yes' }, exposedPorts: [8080] };
  writeFileSync(`${folder}/image/image.json`, JSON.stringify(image));
}
