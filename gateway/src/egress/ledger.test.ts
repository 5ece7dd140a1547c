import { beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../orchestrator/schema.ts';
import { emptyStorage } from '../orchestrator/testing/session-storage.ts';
import { Ledger } from './ledger.ts';

const charge = (input: number, output: number, costUsd?: number) => ({
  tokens: { input, output, cacheRead: 0, cacheWrite: 0 },
  costUsd,
});
let ledger: Ledger;
beforeEach(() => {
  const storage = emptyStorage();
  migrate(storage);
  ledger = new Ledger(storage);
});

describe('Ledger', () => {
  it('counts what calls used, those of the cache among what was read', () => {
    ledger.begin('a', charge(100, 100), 0);
    ledger.end('a', { tokens: { input: 1, output: 2, cacheRead: 10, cacheWrite: 20 }, costUsd: 0.5 });
    expect(ledger.usage()).toEqual({
      inputTokens: 31,
      outputTokens: 2,
      cacheReadTokens: 10,
      cacheWriteTokens: 20,
      costUsd: 0.5,
    });
  });

  it('counts a call once, however often it is reported', () => {
    ledger.begin('a', charge(1, 1), 0);
    ledger.end('a', charge(1, 1));
    ledger.begin('b', charge(1, 1), 0);
    ledger.end('a', charge(1, 1));
    expect(ledger.usage()).toMatchObject({ inputTokens: 1, outputTokens: 1 });
  });

  it('counts a call that nobody reports as it was reserved, in time', () => {
    ledger.begin('a', charge(5, 64, 0.1), 0);
    ledger.settle(60_000);
    expect(ledger.usage()).toMatchObject({ outputTokens: 0 });
    ledger.settle(3_600_000);
    expect(ledger.usage()).toMatchObject({ inputTokens: 5, outputTokens: 64, costUsd: 0.1 });
    ledger.end('a', charge(1, 1));
    expect(ledger.usage()).toMatchObject({ outputTokens: 64 });
  });

  it.each([
    [{ inputTokens: 10 }, true],
    [{ inputTokens: 11 }, false],
    [{ outputTokens: 20 }, true],
    [{ totalTokens: 30 }, true],
    [{ totalTokens: 31 }, false],
    [{ costUsd: 2 }, true],
    [{ costUsd: 2.1 }, false],
    [{ totalTokens: 31, costUsd: 1 }, true],
    [{}, false],
  ])('has spent of %j: %s', (budget, isSpent) => {
    ledger.begin('a', charge(0, 0), 0);
    ledger.end('a', charge(10, 20, 2));
    expect(ledger.isSpent(budget)).toBe(isSpent);
  });

  it('has room for one call always, and for more where all fit in', () => {
    const budget = { outputTokens: 100 };
    expect(ledger.hasRoom(budget, charge(0, 1000))).toBe(true);
    ledger.begin('a', charge(0, 60), 0);
    expect(ledger.hasRoom(budget, charge(0, 40))).toBe(true);
    expect(ledger.hasRoom(budget, charge(0, 41))).toBe(false);
    expect(ledger.hasRoom({}, charge(0, 41))).toBe(true);
    ledger.end('a', charge(0, 50));
    expect(ledger.hasRoom(budget, charge(0, 1000))).toBe(true);
  });
});
