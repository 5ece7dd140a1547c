import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes, type Session, type Turn } from '@sandgate/api-spec';
import { afterAll, describe, expect, it } from 'vitest';
import { startStack } from '../dev/stack.ts';
import { createSession, eventually, expectCall, run, script } from './door.ts';

/** Longer than the interval at which a session with work is looked after, in milliseconds. */
const quietMs = 15_000;

const prefer = { prefer: 'respond-async' };

/** The databases below a folder that some process has open: workerd closes an object's when it evicts the object. */
function openDatabases(folder: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const files = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      return files.filter((path) => path.startsWith(folder) && /\/[0-9a-f]{64}\.sqlite$/.test(path));
    } catch {
      return []; // The process ended meanwhile, or is not ours to see.
    }
  });
}

/** When each file below a folder was last written, and its size. */
function written(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Object.fromEntries(
    files.flatMap((path) => {
      const { mtimeMs, size } = statSync(path);
      return [[path, `${mtimeMs} ${size}`]];
    }),
  );
}

describe('an idle session', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-idle-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves memory, and costs no request and no write', async () => {
    const stack = await startStack({ folder });
    try {
      const { id: sessionId } = await createSession(stack, { idleTimeoutSeconds: 10 });
      const params = { sessionId };
      await run(stack, sessionId, 'true');
      const body = script('true');
      // Neither the Queue's consumer nor who waits for the turn keeps the object awake for longer than it takes.
      const { id: turnId } = await expectCall<Turn>(stack, 202, gatewayRoutes.chat, { params, body, headers: prefer });
      await expectCall(stack, 200, gatewayRoutes.getTurn, { params: { ...params, turnId }, query: { wait: '60' } });
      const session = () => expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params });
      // To be asked how it is keeps no sandbox awake.
      const asleep = await eventually(async () => {
        const now = await session();
        return now.status === 'sleeping' && now;
      });
      const objects = () => openDatabases(folder).filter((path) => /Orchestrator|Sandbox/.test(path));
      expect(objects().join()).toContain('Orchestrator');
      await eventually(async () => objects().length === 0);

      const before = written(folder);
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      expect(objects()).toEqual([]);
      expect(written(folder)).toEqual(before);
      expect(await session()).toEqual(asleep);
    } finally {
      await stack.close();
    }
  });
});
