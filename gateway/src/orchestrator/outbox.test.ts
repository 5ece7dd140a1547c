import { beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import { sessionStorage } from './testing/session-storage.ts';

describe('Outbox', () => {
  let outbox: Outbox;

  beforeEach(() => {
    outbox = new Outbox(sessionStorage().sql, 10_000);
    outbox.add('t', 1000);
  });

  it('has a turn to send at once, and again while nobody starts it, ever more seldom', () => {
    const waits: number[] = [];
    for (let now = 1000; !outbox.get('t')?.isLost; now = outbox.get('t')?.sendAt ?? 0) {
      expect(outbox.get('t')?.sendAt).toBe(now);
      outbox.sent('t', now);
      waits.push(((outbox.get('t')?.sendAt ?? 0) - now) / 1000);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 600, 600, 600, 600]);
  });

  it('has nothing to send while the turn is being started, nor once it is taken', () => {
    outbox.begin('t');
    expect(outbox.get('t')).toMatchObject({ sendAt: undefined });
    outbox.remove('t');
    expect(outbox.get('t')).toBeUndefined();
  });

  it('takes back a turn whose sandbox does not start, for a growing while, and then no more', () => {
    const waits: (number | undefined)[] = [];
    for (let wait: number | undefined = 0; wait !== undefined; ) {
      outbox.begin('t');
      wait = outbox.putBack('t', 1000);
      waits.push(wait);
      const { startAt, sendAt } = outbox.get('t') ?? {};
      // Its own message comes again at `startAt`; another would come later.
      if (wait !== undefined) expect([startAt, sendAt]).toEqual([1000 + wait, 1000 + wait + 15_000]);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, undefined]);
  });
});
