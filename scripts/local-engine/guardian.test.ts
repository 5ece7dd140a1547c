import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findByArgument, poll } from './processes.ts';
import { EngineProcess, writeImage } from './testing/engine-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-engine-'));

beforeAll(() => writeImage(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A sandbox is a chain of programs that become one another; whichever of them it is when the engine dies, it ends.
it.skipIf(process.platform !== 'linux').each([0, 15, 30, 45, 60, 90])(
  'leaves nothing when the engine is killed %i ms into the start of a sandbox',
  async (milliseconds) => {
    const engine = await EngineProcess.start(folder);
    const { runFolder } = JSON.parse(readFileSync(`${folder}/state/journal.json`, 'utf8'));
    const token = basename(runFolder);
    for (const name of ['one', 'two']) {
      void post(engine.ready.socket, `/containers/create?name=${name}`).then(() =>
        post(engine.ready.socket, `/containers/${name}/start`),
      );
    }
    await sleep(milliseconds);
    await engine.end('SIGKILL');
    const left = () => ['bwrap', 'socat', 'unshare', 'nsenter'].flatMap((program) => findByArgument(program, token));
    expect(await poll(() => left().length === 0 && !existsSync(runFolder), 60_000)).toBe(true);

    const next = await EngineProcess.start(folder);
    expect(readdirSync(`${folder}/state/containers`)).toEqual([]);
    expect(await next.end('SIGTERM')).toBe(0);
  },
);

function post(socketPath: string, path: string): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = request({ socketPath, method: 'POST', path, agent: false }, (response) => {
      response.resume();
      response.once('close', resolve);
    });
    outgoing.once('error', () => resolve());
    outgoing.end('{}');
  });
}
