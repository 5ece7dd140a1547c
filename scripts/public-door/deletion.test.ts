import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes } from '@sandgate/api-spec';
import { afterAll, describe, expect, it } from 'vitest';
import { startStack } from '../dev/stack.ts';
import { createSession, expectCall, expectProblem, run } from './door.ts';

/** The files below a folder that hold a text. `grep` knows to pass over the holes of a disk image. */
function holding(folder: string, text: string): string[] {
  return spawnSync('grep', ['-rlF', text, folder], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
}

describe('a session that is deleted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-deletion-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves no text of its own on disk, and its id taken', async () => {
    const stack = await startStack({ folder });
    try {
      const marker = 'quiet-walrus';
      const id = 'deleted-for-good';
      const { id: other } = await createSession(stack);
      const agentOptions = { commandTimeoutSeconds: 77 };
      await createSession(stack, { id, env: { SECRET: `${marker}-env` }, agentOptions });
      await run(
        stack,
        id,
        `echo ${marker}-file > left.txt; for i in 1 2 3 4 5 6 7 8 9; do echo ${marker}-output $i; done`,
      );
      for (let n = 0; n < 5; n++) await run(stack, id, `echo ${marker}-turn ${n}`);
      await run(stack, other, 'echo another');
      expect(holding(folder, `${marker}-turn`)).not.toEqual([]);
      await expectCall(stack, 204, gatewayRoutes.deleteSession, { params: { sessionId: id } });
      expect(holding(folder, marker)).toEqual([]);
      await expectProblem(stack, 'session_deleted', gatewayRoutes.createSession, { body: { id } });
      expect((await run(stack, other, 'echo still here')).outputText).toBe('still here\n');
    } finally {
      await stack.close();
    }

    const after = await startStack({ folder });
    try {
      await expectProblem(after, 'session_deleted', gatewayRoutes.createSession, { body: { id: 'deleted-for-good' } });
      await expectCall(after, 204, gatewayRoutes.deleteSession, { params: { sessionId: 'deleted-for-good' } });
    } finally {
      await after.close();
    }
  });
});
