import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { type MiniflareOptions, Response } from 'miniflare';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { createSession, eventually, expectCall, only, run } from './door.ts';
import { testEngine } from './test-engine.ts';

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

describe('a sandbox that is woken before its last end was told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  let isHeld = false;
  let stack: Stack;
  /** What a container printed is read before its end is told. */
  const holdOutput = ({ workers }: MiniflareOptions) => {
    for (const { config } of workers) {
      if (!config?.env || !('CONTAINER_OUTPUT' in config.env)) continue;
      const handler = async () => {
        asked.resolve();
        if (isHeld) await answer.promise;
        return Response.json({ lines: [], truncated: false });
      };
      config.env.CONTAINER_OUTPUT = { type: 'fetcher', handler };
    }
  };
  beforeAll(async () => {
    stack = await startStack({ folder, engine: testEngine, onWorkers: holdOutput });
  });
  afterAll(async () => {
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes to sleep by itself again', async () => {
    const { id: sessionId } = await createSession(stack, { idleTimeoutSeconds: 10 });
    const call = (route: typeof gatewayRoutes.sleep | typeof gatewayRoutes.wake | typeof gatewayRoutes.getSession) =>
      expectCall<Session>(stack, 200, route, { params: { sessionId } });
    await run(stack, sessionId, 'true');
    isHeld = true;
    await call(gatewayRoutes.sleep);
    await asked.promise;
    await call(gatewayRoutes.wake);
    answer.resolve();
    expect((await call(gatewayRoutes.getSession)).status).toBe('idle');
    await eventually(async () => (await call(gatewayRoutes.getSession)).status === 'sleeping', 60_000);
  });
});
