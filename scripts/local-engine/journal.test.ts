import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';
import { bootId, identify, isAlive, type ProcessIdentity, poll } from './processes.ts';

describe.skipIf(process.platform !== 'linux')('Journal', () => {
  let state: string;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'sandgate-journal-'));
  });
  afterEach(() => rmSync(state, { recursive: true, force: true }));

  /** A journal as an engine that was killed leaves it. */
  function leave(changes: object): void {
    const dead = { pid: process.pid, start: 1 };
    const record = {
      bootId: bootId(),
      engine: dead,
      runFolder: `${state}/run`,
      containers: [],
      sidecars: [],
      ...changes,
    };
    writeFileSync(`${state}/journal.json`, JSON.stringify(record));
  }
  const entry = (process: ProcessIdentity) => ({ id: 'a', processes: [process], cgroups: [], folder: `${state}/disk` });

  it('ends what a killed engine left running, and removes its folders', async () => {
    const left = identify(spawn('sleep', ['1000'], { stdio: 'ignore' }).pid as number) as ProcessIdentity;
    for (const name of ['disk', 'run']) mkdirSync(`${state}/${name}`);
    leave({ containers: [entry(left)], sidecars: [{ name: 'x-proxy', port: 4000 }] });
    const { journal, reaped } = await Journal.open(state, '/run/next');
    expect(reaped).toBe(1);
    expect(await poll(() => !isAlive(left), 60_000)).toBe(true);
    expect(existsSync(`${state}/disk`)).toBe(false);
    expect(existsSync(`${state}/run`)).toBe(false);
    expect(journal.sidecars).toEqual([{ name: 'x-proxy', port: 4000 }]);
  });

  it('never ends a later process that was given the same pid, or anything after a reboot', async () => {
    const bystander = identify(spawn('sleep', ['1000'], { stdio: 'ignore' }).pid as number) as ProcessIdentity;
    leave({ containers: [entry({ ...bystander, start: bystander.start - 1 })] });
    await Journal.open(state, '/run/next');
    leave({ bootId: 'another', containers: [entry(bystander)], sidecars: [{ name: 'x-proxy', port: 4000 }] });
    const { journal } = await Journal.open(state, '/run/next');
    expect(isAlive(bystander)).toBe(true);
    expect(journal.sidecars).toEqual([]);
    process.kill(bystander.pid, 'SIGKILL');
  });

  it('refuses a state folder that a living engine uses, and copes with a damaged file', async () => {
    leave({ engine: identify(process.pid) });
    await expect(Journal.open(state, '/run/next')).rejects.toThrow('already uses this state folder');
    writeFileSync(`${state}/journal.json`, '{"bootId":');
    expect((await Journal.open(state, '/run/next')).reaped).toBe(0);
  });

  it('holds no environment', async () => {
    const { journal } = await Journal.open(state, '/run/next');
    journal.put({ id: 'a', processes: [], cgroups: [], folder: `${state}/disk` });
    expect(Object.keys(JSON.parse(readFileSync(`${state}/journal.json`, 'utf8')).containers[0])).toEqual([
      'id',
      'processes',
      'cgroups',
      'folder',
    ]);
  });
});
