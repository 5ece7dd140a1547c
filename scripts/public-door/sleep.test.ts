import { type Event, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { createSession, eventually, expectCall, only, run } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

// At once: they mostly wait.
describe.concurrent('a sandbox', () => {
  it('sleeps once it is idle for long enough, says so, and wakes with the next turn', async () => {
    const { id: sessionId } = await createSession(door, { idleTimeoutSeconds: 10 });
    await run(door, sessionId, 'true');
    const asleep = await eventually(async () => {
      const session = await expectCall<Session>(door, 200, gatewayRoutes.getSession, { params: { sessionId } });
      return session.status === 'sleeping' && session;
    });
    const { data } = await expectCall<{ data: Event[] }>(door, 200, gatewayRoutes.getEvents, { params: { sessionId } });
    expect(
      only(data, 'status')
        .map(({ status }) => status.state)
        .slice(-2),
    ).toEqual(['idle', 'sleeping']);
    expect(asleep.lastSeq).toBe(data.length);
    expect((await run(door, sessionId, 'echo awake')).outputText).toBe('awake\n');
  });

  it('is not put to sleep while it works, however quietly', async () => {
    const { id } = await createSession(door, { idleTimeoutSeconds: 10 });
    const turn = await run(door, id, 'sleep 25; echo alive');
    expect(turn).toMatchObject({ stopReason: 'end_turn', outputText: 'alive\n' });
  });
});
