import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditEntry, gatewayRoutes, type SessionSummary } from '@sandgate/api-spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { openState } from '../dev/state.ts';
import { rebuildIndex } from '../rebuild-index/rebuild.ts';
import { createSession, eventually, expectCall } from './door.ts';
import { testEngine } from './test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-index-'));
let stack: Stack;

const begin = async () => {
  stack = await startStack({ folder, engine: testEngine });
};
beforeAll(begin);
afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

const sql = async (...statements: string[]) => {
  const database = await stack.workers.getD1Database('DB');
  for (const statement of statements) await database.prepare(statement).run();
};
const list = async () => {
  const { data } = await expectCall<{ data: SessionSummary[] }>(stack, 200, gatewayRoutes.listSessions);
  return data.toSorted((a, b) => a.id.localeCompare(b.id));
};
const rebuild = () => rebuildIndex(stack.workers, openState(folder, undefined).data);
const remove = (sessionId: string) => expectCall(stack, 204, gatewayRoutes.deleteSession, { params: { sessionId } });

it('is rebuilt from the Orchestrators: what is lost comes back, what is wrong is right, what is nobody’s goes', async () => {
  for (const id of ['lost', 'right', 'wrong']) await createSession(stack, { id, metadata: { of: id } });
  await createSession(stack, { id: 'gone' });
  const [gone] = await list();
  await remove('gone');
  const before = await eventually(async () => {
    const sessions = await list();
    return sessions.length === 3 && sessions;
  });
  await sql(
    "DELETE FROM sessions WHERE id = 'lost'",
    "UPDATE sessions SET status = 'running', metadata = '{}' WHERE id = 'wrong'",
    `INSERT INTO sessions SELECT account_id, 'never', 'idle', agent, '{}', created_at FROM sessions WHERE id = 'right'`,
    `INSERT INTO sessions SELECT account_id, 'gone', 'idle', agent, '{}', '${gone?.createdAt}' FROM sessions WHERE id = 'right'`,
  );
  expect(await list()).not.toEqual(before);
  expect(await rebuild()).toEqual({ objects: expect.any(Number), rows: 4 });
  expect(await list()).toEqual(before);
  await rebuild();
  expect(await list()).toEqual(before);
});

it('is rebuilt where nothing is left of it', async () => {
  const before = await list();
  expect(before).not.toEqual([]);
  await sql('DELETE FROM sessions');
  expect(await list()).toEqual([]);
  await rebuild();
  expect(await list()).toEqual(before);
});

it('mends itself, with the audit log, where all ended between what an Orchestrator stored and the write to D1', async () => {
  await createSession(stack, { id: 'changed' });
  await createSession(stack, { id: 'deleted' });
  const operations = ['INSERT', 'UPDATE', 'DELETE'];
  await sql(
    ...operations.map(
      (name) => `CREATE TRIGGER broken_${name} BEFORE ${name} ON sessions BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    ),
  );
  await createSession(stack, { id: 'created' });
  const params = { sessionId: 'changed' };
  await expectCall(stack, 200, gatewayRoutes.updateSession, { params, body: { metadata: { a: 'b' } } });
  await remove('deleted');
  const own = async () => (await list()).filter(({ id }) => ['changed', 'created', 'deleted'].includes(id));
  expect(await own()).toMatchObject([
    { id: 'changed', metadata: {} },
    { id: 'deleted', metadata: {} },
  ]);
  await stack.close();
  await begin();
  await sql(...operations.map((name) => `DROP TRIGGER broken_${name}`));
  await eventually(async () => (await own()).map(({ id }) => id).join() === 'changed,created');
  await eventually(async () => (await own())[0]?.metadata.a === 'b');
  const { data } = await expectCall<{ data: AuditEntry[] }>(stack, 200, gatewayRoutes.listAudit);
  expect(data.map(({ action, target }) => `${action} ${target.id}`)).toEqual(
    expect.arrayContaining(['createSession created', 'updateSession changed', 'deleteSession deleted']),
  );
});
