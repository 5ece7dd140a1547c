import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes, type Session, type SessionSummary } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
  type Door,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  only,
  readUntil,
  script,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

async function isListed(where: Door, sessionId: string): Promise<boolean> {
  const { data } = await expectCall<{ data: SessionSummary[] }>(where, 200, gatewayRoutes.listSessions);
  return data.some(({ id }) => id === sessionId);
}

// At once: they mostly wait.
describe.concurrent('a session that expires', () => {
  it('ends what runs and tells its readers, and is gone as if deleted', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass', expiresAt: inSeconds(3600) });
    const params = { sessionId };
    const events = eventsOf(await chat(door, sessionId, script('echo up; sleep 300')));
    await readUntil(events, 'tool.delta');
    const body = { expiresAt: inSeconds(5) };
    expect(await expectCall(door, 200, gatewayRoutes.updateSession, { params, body })).toMatchObject(body);
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'interrupted' }]);
    expect((await events.next()).done).toBe(true);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(body.expiresAt));
    await expectProblem(door, 'session_not_found', gatewayRoutes.getSession, { params });
    await expectProblem(door, 'session_not_found', gatewayRoutes.getEvents, { params });
    await expectProblem(door, 'session_deleted', gatewayRoutes.createSession, { body: { id: sessionId } });
    await expectCall(door, 204, gatewayRoutes.deleteSession, { params });
    await eventually(async () => !(await isListed(door, sessionId)));
  });

  it('may be given more time', async () => {
    const soon = inSeconds(15);
    const { id: sessionId } = await createSession(door, { expiresAt: soon });
    expect(await expectCall(door, 200, gatewayRoutes.getSession, { params: { sessionId } })).toMatchObject({
      expiresAt: soon,
    });
    const params = { sessionId };
    const later = inSeconds(3600);
    const updated = await expectCall<Session>(door, 200, gatewayRoutes.updateSession, {
      params,
      body: { expiresAt: later.replace('Z', '+00:00') },
    });
    expect(updated.expiresAt).toBe(later);
    // Another session that expires after this one would have shows that the time is over.
    const { id: other } = await createSession(door, { expiresAt: inSeconds(16) });
    await eventually(
      async () =>
        (await call(door, gatewayRoutes.getSession, { params: { sessionId: other } })).response.status === 404,
    );
    await expectCall(door, 200, gatewayRoutes.getSession, { params });
  });

  it.each([
    ['the past', () => inSeconds(-1)],
    ['far away', () => '9999-01-01T00:00:00Z'],
    ['no time', () => 'tomorrow'],
  ])('not in %s', async (_, expiresAt) => {
    const problem = await expectProblem(door, 'invalid_request', gatewayRoutes.createSession, {
      body: { expiresAt: expiresAt() },
    });
    expect(problem.errors?.map(({ path }) => path)).toEqual(['expiresAt']);
  });

  it('does so also where nothing ran at its time', async ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'sandgate-expiry-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const before = await startStack({ folder });
    const expiresAt = inSeconds(10);
    const { id: sessionId } = await createSession(before, { expiresAt }).finally(() => before.close());
    await eventually(async () => Date.now() > Date.parse(expiresAt));
    const after = await startStack({ folder });
    try {
      await eventually(async () => !(await isListed(after, sessionId)));
      await expectProblem(after, 'session_not_found', gatewayRoutes.getSession, { params: { sessionId } });
      await expectProblem(after, 'session_deleted', gatewayRoutes.createSession, { body: { id: sessionId } });
    } finally {
      await after.close();
    }
  });
});
