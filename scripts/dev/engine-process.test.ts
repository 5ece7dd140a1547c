import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { EngineProcess } from './engine-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-engine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'image/app'), { recursive: true });
writeFileSync(join(folder, 'image/image.json'), JSON.stringify({ cmd: ['/bin/true'], env: {}, exposedPorts: [8080] }));

/** Without isolation, which is another matter: it starts at once, and on every machine. */
const options = { state: join(folder, 'state'), image: join(folder, 'image'), unsafeNoIsolation: true };

/** Starts an engine, tells its process and socket, and stays. */
const parentProgram = `
  import { EngineProcess } from ${JSON.stringify(join(import.meta.dirname, 'engine-process.ts'))};
  const { pid, socket } = await EngineProcess.start(${JSON.stringify(options)});
  console.log(JSON.stringify({ pid, socket }));
  setInterval(() => {}, 60_000);
`;

async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`The engine ${pid} runs on.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A dead one that nobody has collected yet does not count. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // Closed meanwhile.
  }
}

describe('EngineProcess', () => {
  it('stops when asked', async () => {
    const engine = await EngineProcess.start(options);
    await engine.stop();
    expect(isAlive(engine.pid)).toBe(false);
  });

  it('that does not begin is told with its last words, also where many end at once', async () => {
    const refused = Array.from({ length: 6 }, () => EngineProcess.start({ ...options, image: join(folder, 'none') }));
    for (const { reason } of (await Promise.allSettled(refused)) as PromiseRejectedResult[])
      expect(String(reason)).toMatch(/ended with 1 as it began\. local-engine: .*none/);
  });

  it('leaves alone the certificates that a thread of Node may be reading as it begins', async () => {
    const certificates = join(folder, 'certificates');
    execFileSync('mkfifo', [certificates]);
    const unfinished = openSync(certificates, 'r+');
    vi.stubEnv('NODE_EXTRA_CA_CERTS', certificates);
    const engine = await EngineProcess.start(options);
    try {
      const opened = readdirSync(`/proc/${engine.pid}/fd`).map((name) => target(`/proc/${engine.pid}/fd/${name}`));
      expect(opened).toContain(certificates);
    } finally {
      closeSync(unfinished);
      vi.unstubAllEnvs();
      await engine.stop();
    }
  });

  it('does not outlive a parent that was killed', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', parentProgram], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    const { pid, socket } = JSON.parse(line);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await gone(pid);
    // In order, and not as by a kill: it has tidied up behind it.
    expect(() => readFileSync(socket)).toThrow('ENOENT');
  });
});
