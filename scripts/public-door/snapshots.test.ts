import { gatewayRoutes, type Session, type Snapshot } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { createSession, expectCall, expectProblem, run } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

async function snapshotsOf(sessionId: string): Promise<Snapshot[]> {
  const params = { sessionId };
  return (await expectCall<{ data: Snapshot[] }>(door, 200, gatewayRoutes.listSnapshots, { params })).data;
}

describe('a snapshot', () => {
  it('is taken, listed, gone back to and deleted', async () => {
    const { id: sessionId } = await createSession(door);
    const params = { sessionId };
    await run(door, sessionId, 'echo first > file');
    const taken = { params, body: { name: 'first' }, headers: { 'idempotency-key': 'one' } };
    const first = await expectCall<Snapshot>(door, 201, gatewayRoutes.createSnapshot, taken);
    expect(first).toMatchObject({ name: 'first', entries: expect.any(Number) });
    expect(await expectCall(door, 201, gatewayRoutes.createSnapshot, taken)).toEqual(first);
    await expectProblem(door, 'idempotency_key_reused', gatewayRoutes.createSnapshot, { ...taken, body: {} });

    await run(door, sessionId, 'echo second > file; echo more > more');
    const second = await expectCall<Snapshot>(door, 201, gatewayRoutes.createSnapshot, { params });
    expect(second.seq).toBeGreaterThan(first.seq);
    expect(await snapshotsOf(sessionId)).toEqual([first, second]);

    const back = (snapshotId: string) =>
      expectCall<Session>(door, 200, gatewayRoutes.restoreSnapshot, { params: { sessionId, snapshotId } });
    expect((await back(first.id)).status).toBe('sleeping');
    expect((await run(door, sessionId, 'cat file; ls')).outputText).toBe('first\nfile\n');
    await back(second.id);
    expect((await run(door, sessionId, 'cat file; ls')).outputText).toBe('second\nfile\nmore\n');

    const gone = { params: { sessionId, snapshotId: first.id } };
    await expectCall(door, 204, gatewayRoutes.deleteSnapshot, gone);
    await expectProblem(door, 'snapshot_not_found', gatewayRoutes.deleteSnapshot, gone);
    await expectProblem(door, 'snapshot_not_found', gatewayRoutes.restoreSnapshot, gone);
    expect(await snapshotsOf(sessionId)).toEqual([second]);
  });

  it('of a session that never ran is an empty disk', async () => {
    const { id: sessionId } = await createSession(door);
    const params = { sessionId };
    const { id: snapshotId } = await expectCall<Snapshot>(door, 201, gatewayRoutes.createSnapshot, { params });
    await run(door, sessionId, 'echo x > file');
    await expectCall(door, 200, gatewayRoutes.restoreSnapshot, { params: { sessionId, snapshotId } });
    expect((await run(door, sessionId, 'ls; echo end')).outputText).toBe('end\n');
  });

  it('is one of so many: the next is refused by the number, until one goes', async () => {
    const { id: sessionId } = await createSession(door);
    const params = { sessionId };
    await run(door, sessionId, 'echo first > file');
    const take = () => expectCall<Snapshot>(door, 201, gatewayRoutes.createSnapshot, { params });
    const first = await take();
    await run(door, sessionId, 'echo second > file');
    for (let taken = 1; taken < 32; taken += 1) await take();
    const problem = await expectProblem(door, 'snapshot_limit_reached', gatewayRoutes.createSnapshot, { params });
    expect(problem.detail).toContain('32 snapshots');
    const [oldest, another] = await snapshotsOf(sessionId);
    expect(oldest).toEqual(first);
    const gone = { params: { sessionId, snapshotId: another?.id ?? '' } };
    await expectCall(door, 204, gatewayRoutes.deleteSnapshot, gone);
    await take();
    await expectCall(door, 200, gatewayRoutes.restoreSnapshot, { params: { sessionId, snapshotId: first.id } });
    expect((await run(door, sessionId, 'cat file')).outputText).toBe('first\n');
  });
});
