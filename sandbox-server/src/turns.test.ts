import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProblemError } from '@sandgate/api-spec';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Agent } from './agent.ts';
import { ScriptedAgent } from './agents/scripted.ts';
import { ParkingPlace } from './parking-place.ts';
import { eventually } from './testing/eventually.ts';
import { chatRequest } from './testing/sandbox.ts';
import type { TurnLog } from './turn-log.ts';
import { type TurnRecords, Turns } from './turns.ts';

const { capabilities } = new ScriptedAgent();
const says: Agent = {
  capabilities,
  async run({ emit, messages }) {
    const content = [{ type: 'text' as const, text: String(messages[0]?.content) }];
    emit({ type: 'message', message: { id: 'm', role: 'assistant', content } });
    return 'end_turn';
  },
};
const stuck: Agent = {
  capabilities,
  run: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('interrupted'))),
};

const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function turnsOf(agent: Agent, records: Partial<TurnRecords> = {}): Turns {
  const parking = { place: new ParkingPlace(join(folder, 'parked.json')), afterMs: 60_000 };
  return new Turns(new Map([['shell', agent]]), { admitted: async () => {}, ended: () => {}, ...records }, parking);
}

async function textOf(log: TurnLog): Promise<string> {
  await eventually(() => log.ended);
  let text = '';
  for (let next = log.read(0); next; next = log.read(next.cursor)) text += Buffer.from(next.bytes).toString();
  return text;
}

describe('Turns', () => {
  test('a turn whose records fail says so, and the next one runs', async () => {
    const admitted = vi.fn<TurnRecords['admitted']>().mockRejectedValueOnce(new Error('no disk')).mockResolvedValue();
    const turns = turnsOf(says, { admitted });
    const failed = await textOf(turns.start(chatRequest('one')));
    expect(failed).toMatch(/"type":"error","code":"internal_error".*\n\n.*\n.*"complete","stopReason":"error"/);
    expect(failed).not.toContain('no disk');
    expect(turns.health().status).toBe('idle');
    expect(await textOf(turns.start(chatRequest('two')))).toContain('"stopReason":"end_turn"');
  });

  test('an interrupt of a turn whose records fail does not wait for ever', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    const turns = turnsOf(says, { admitted: () => promise });
    turns.start(chatRequest('one'));
    const interrupted = turns.interrupt();
    reject(new Error('no disk'));
    expect(await interrupted).toMatchObject({ interrupted: true });
  });

  test('records that fail after the end change nothing about it', async () => {
    const ended = () => {
      throw new Error('no disk');
    };
    const turns = turnsOf(says, { ended });
    expect(await textOf(turns.start(chatRequest('one')))).toContain('"stopReason":"end_turn"');
    await eventually(() => turns.health().status === 'idle');
  });

  test('keeps nothing of a turn but its log', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const turns = turnsOf(says);
    const start = () => {
      const request = chatRequest('once');
      return { held: new WeakRef(request), log: turns.start(request), turnId: request.turnId };
    };
    const { held, log, turnId } = start();
    await textOf(log);
    await eventually(() => {
      collect();
      return held.deref() === undefined;
    });
    expect(turns.find(turnId)).toBe(log);
  });

  test('never runs a turn again, however long ago it was', async () => {
    const turns = turnsOf(says);
    const first = chatRequest('first');
    await textOf(turns.start(first));
    for (let i = 0; i < 20; i++) await textOf(turns.start(chatRequest(`later ${i}`)));
    const later = await textOf(turns.start(first));
    expect(later).toMatch(/^id: 2\ndata: .*"complete","stopReason":"end_turn"}}\n\n$/);
  });

  test('a turn that says too much is stopped, says so, and the next one runs', async () => {
    const endless: Agent = {
      capabilities,
      async run({ emit, signal }) {
        const content = [{ type: 'text' as const, text: 'x'.repeat(400_000) }];
        while (!signal.aborted) emit({ type: 'message', message: { id: 'm', role: 'assistant', content } });
        return 'end_turn';
      },
    };
    const turns = turnsOf(endless);
    const log = turns.start(chatRequest('one'));
    await eventually(() => log.ended);
    const end = log.read(log.head - 2);
    expect(Buffer.from(end?.bytes ?? []).toString()).toMatch(/"turn_too_large".*\n\n.*\n.*"stopReason":"error"/);
    await eventually(() => turns.health().status === 'idle');
    turns.start(chatRequest('two'));
    expect(log.read(0)?.bytes.length).toBeLessThan(200);
  });

  test('says "starting" while it stops, and takes no new turn', async () => {
    const turns = turnsOf(stuck);
    const running = chatRequest('one');
    const log = turns.start(running);
    await eventually(() => turns.health().status === 'busy');
    const closed = turns.close();
    expect(turns.health()).toMatchObject({ status: 'starting', activeTurnId: running.turnId });
    const refusal = expect.objectContaining({ code: 'sandbox_unavailable' } satisfies Partial<ProblemError>);
    expect(() => turns.start(chatRequest('two'))).toThrow(refusal);
    expect(turns.start(running)).toBe(log);
    await closed;
    expect(turns.health().status).toBe('starting');
    expect(() => turns.start(chatRequest('two'))).toThrow(refusal);
  });
});
