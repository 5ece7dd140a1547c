import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gatewayRoutes } from '@sandgate/api-spec';
import { afterAll, expect, it } from 'vitest';
import { startStack } from '../dev/stack.ts';
import { createSession, expectCall, run } from './door.ts';
import { testEngine } from './test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The variables of the one session, as they are kept. With a text, they are that from now on. */
function keptEnv(text?: string): unknown {
  const objects = join(folder, 'data/do/sandgate-Orchestrator');
  for (const name of readdirSync(objects).filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))) {
    const store = new DatabaseSync(join(objects, name));
    try {
      if (text !== undefined) store.prepare('UPDATE session SET env = ?').run(text);
      return store.prepare('SELECT env FROM session').get()?.env;
    } finally {
      store.close();
    }
  }
}

it('the variables of a session of an earlier version are encrypted once it is used', async () => {
  const before = await startStack({ folder, engine: testEngine });
  let sessionId = '';
  try {
    ({ id: sessionId } = await createSession(before, { env: { TOKEN: 'planted' } }));
  } finally {
    await before.close();
  }
  expect(keptEnv()).not.toContain('planted');
  expect(keptEnv('{"TOKEN":"planted"}')).toContain('planted');
  const after = await startStack({ folder, engine: testEngine });
  try {
    await expectCall(after, 200, gatewayRoutes.getSession, { params: { sessionId } });
    expect((await run(after, sessionId, 'echo $TOKEN')).outputText).toBe('planted\n');
  } finally {
    await after.close();
  }
  expect(keptEnv()).toMatch(/^[A-Za-z0-9+/]+=*$/);
});
