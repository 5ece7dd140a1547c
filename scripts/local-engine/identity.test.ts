import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Identities, identityOfSlot, idMap } from './identity.ts';

const ENGINES = 4;
const CLAIMS = 25;

/** Once it is told to, claims, says what it has, and holds it until it is killed. */
const engineProgram = `
  import { once } from 'node:events';
  import { Identities } from ${JSON.stringify(join(import.meta.dirname, 'identity.ts'))};
  const [folder, count] = process.argv.slice(1);
  const identities = new Identities(folder);
  console.log('ready');
  await once(process.stdin, 'data');
  console.log(JSON.stringify(Array.from({ length: Number(count) }, () => identities.claim().slot)));
`;

async function openEngine(folder: string, claims: number) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', engineProgram, folder, String(claims)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const claim = async (): Promise<number[]> => {
    child.stdin.write('claim\n');
    return JSON.parse((await lines.next()).value ?? 'null');
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  return { claim, kill };
}

describe('Identities', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandgate-ids-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('never gives one identity to two sandboxes, not even of two engines', () => {
    const [one, other] = [new Identities(folder), new Identities(folder)];
    const claimed = [one.claim(), other.claim(), one.claim(), other.claim()];
    const ids = claimed.flatMap(({ server, tools, relay }) => [server, tools, relay]);
    expect(new Set(ids).size).toBe(12);
  });

  it('gives a released one again', () => {
    const identities = new Identities(folder);
    const first = identities.claim();
    identities.release(first);
    expect(identities.claim()).toEqual(first);
  });

  it('takes over what a dead engine held, and leaves alone what a live one holds', async () => {
    const dead = await openEngine(folder, 3);
    await dead.claim();
    await dead.kill();
    const live = await openEngine(folder, 1);
    expect(await live.claim()).toEqual([0]);
    expect(new Identities(folder).claim().slot).toBe(1);
    await live.kill();
  });

  it('gives none to two engines that claim at once, where dead ones left their claims', async () => {
    const dead = await openEngine(folder, ENGINES * CLAIMS);
    await dead.claim();
    await dead.kill();
    const engines = await Promise.all(Array.from({ length: ENGINES }, () => openEngine(folder, CLAIMS)));
    const slots = (await Promise.all(engines.map((engine) => engine.claim()))).flat();
    expect(new Set(slots).size).toBe(ENGINES * CLAIMS);
    await Promise.all(engines.map((engine) => engine.kill()));
  });
});

it('maps two users of the sandbox to two of the host', () => {
  const { server, tools } = identityOfSlot(3);
  expect(idMap(identityOfSlot(3))).toBe(`0 ${server} 1\n1000 ${tools} 1\n`);
  expect(tools).toBe(server + 1);
});
