import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type Session, type Turn } from '@sandgate/api-spec';
import { afterAll, describe, expect, it } from 'vitest';
import { startStack } from '../dev/stack.ts';
import { chat, createSession, eventsOf, eventually, expectCall, only, readUntil, run, script } from './door.ts';
import { testEngine } from './test-engine.ts';

describe('a restart of the whole stack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-restart-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps the key, the sessions and their events, and ends what ran', async () => {
    const before = await startStack({ folder, engine: testEngine });
    let params = { sessionId: '' };
    let log: Event[] = [];
    let cut: string | undefined;
    try {
      params = { sessionId: (await createSession(before, { metadata: { kept: 'yes' } })).id };
      await run(before, params.sessionId, 'echo before');
      const response = await chat(before, params.sessionId, script('echo running; sleep 600'));
      await readUntil(eventsOf(response), 'tool.delta');
      cut = response.headers.get('location')?.split('/').at(-1);
      log = (await expectCall<{ data: Event[] }>(before, 200, gatewayRoutes.getEvents, { params })).data;
    } finally {
      await before.close();
    }

    const after = await startStack({ folder, engine: testEngine });
    try {
      expect(after.apiKey).toBe(before.apiKey);
      const session = await expectCall<Session>(after, 200, gatewayRoutes.getSession, { params });
      expect(session.metadata).toEqual({ kept: 'yes' });
      const kept = await expectCall<{ data: Event[] }>(after, 200, gatewayRoutes.getEvents, { params });
      expect(kept.data.slice(0, log.length)).toEqual(log);
      // The sandbox went with the stack: the turn that ran is not run again, and says so.
      const turn = await eventually(async () => {
        const found = await expectCall<Turn>(after, 200, gatewayRoutes.getTurn, {
          params: { ...params, turnId: cut ?? '' },
        });
        return found.status === 'complete' && found;
      });
      expect(turn).toMatchObject({ stopReason: 'error', error: { code: 'sandbox_restarted', retryable: false } });
      const { data } = await expectCall<{ data: Event[] }>(after, 200, gatewayRoutes.getEvents, { params });
      expect(only(data, 'complete')).toHaveLength(2);
      expect(data.map((event) => 'seq' in event && event.seq)).toEqual(data.map((_, index) => index + 1));
      expect((await run(after, params.sessionId, 'echo after')).outputText).toBe('after\n');
    } finally {
      await after.close();
    }
  });

  it('finds an idle session ready for its next turn', async () => {
    const before = await startStack({ folder, engine: testEngine });
    let sessionId = '';
    try {
      sessionId = (await createSession(before, { permissionMode: 'bypass' })).id;
      expect((await run(before, sessionId, 'echo before')).outputText).toBe('before\n');
    } finally {
      await before.close();
    }
    const after = await startStack({ folder, engine: testEngine });
    try {
      await expectCall(after, 200, gatewayRoutes.getSession, { params: { sessionId } });
      expect((await run(after, sessionId, 'echo after')).outputText).toBe('after\n');
    } finally {
      await after.close();
    }
  });
});
