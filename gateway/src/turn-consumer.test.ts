import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Env } from './env.ts';
import { consumeTurns } from './turn-consumer.ts';

type Calls = Record<string, (turnId: string) => unknown>;

/** Consumes messages, and answers what became of each. */
async function consume(queue: string, calls: Calls, ...bodies: unknown[]) {
  const outcomes: unknown[] = bodies.map(() => 'nothing');
  const messages = bodies.map((body, index) => ({
    id: String(index),
    body,
    ack: () => (outcomes[index] = 'acknowledged'),
    retry: (options: object) => (outcomes[index] = options),
  }));
  const env = { ORCHESTRATOR: { getByName: () => calls } } as unknown as Env;
  await consumeTurns({ queue, messages } as unknown as MessageBatch, env);
  return outcomes;
}

const message = (turnId: string) => ({ session: 'sb-1', turnId });
const gone = { refusal: { code: 'session_not_found', detail: 'Gone.' } };

describe('the consumer of turns', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());

  it('answers each message of a batch by itself', async () => {
    const start = async (turnId: string) => {
      if (turnId === 'taken') return { value: {} };
      if (turnId === 'gone') return gone;
      if (turnId === 'no room') return { value: { retryInSeconds: 40 } };
      throw new Error('overloaded');
    };
    const bodies = ['taken', 'no room', 'gone', 'broken'].map(message);
    expect(await consume('sandgate-turns', { start }, ...bodies)).toEqual([
      'acknowledged',
      { delaySeconds: 40 },
      'acknowledged',
      {},
    ]);
  });

  it('lets what is no message go to the dead-letter queue, and asks nobody', async () => {
    const outcomes = await consume('sandgate-turns', {}, 'nonsense', null, { session: 'sb-1' });
    expect(outcomes).toEqual(Array(3).fill({ delaySeconds: 0 }));
  });

  it('ends the turns of the dead-letter queue', async () => {
    const ended: string[] = [];
    const giveUp = async (turnId: string) => {
      if (turnId === 'broken') throw new Error('overloaded');
      if (turnId === 'gone') return gone;
      ended.push(turnId);
      return { value: undefined };
    };
    const bodies = [message('lost'), 'nonsense', message('gone'), message('broken')];
    const outcomes = await consume('sandgate-turns-dead', { giveUp }, ...bodies);
    expect(outcomes).toEqual(['acknowledged', 'acknowledged', 'acknowledged', {}]);
    expect(ended).toEqual(['lost']);
  });
});
