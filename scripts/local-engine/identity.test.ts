import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Identities, identityOfSlot, idMap } from './identity.ts';

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

  it('takes over what a dead engine held, and leaves alone what it cannot read', () => {
    writeFileSync(`${folder}/0`, JSON.stringify({ pid: process.pid, start: 1 }));
    writeFileSync(`${folder}/1`, '{"pid":');
    const identities = new Identities(folder);
    expect(identities.claim().slot).toBe(0);
    expect(identities.claim().slot).toBe(2);
  });
});

it('maps two users of the sandbox to two of the host', () => {
  const { server, tools } = identityOfSlot(3);
  expect(idMap(identityOfSlot(3))).toBe(`0 ${server} 1\n1000 ${tools} 1\n`);
  expect(tools).toBe(server + 1);
});
