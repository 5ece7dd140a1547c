import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Chunk, chunkOf } from './chunk.ts';
import { Feed } from './feed.ts';

const chunk = (seq: number, size = 1): Chunk => chunkOf([{ seq, turnId: 't', type: 'x', json: 'x'.repeat(size) }]);

describe('Feed', () => {
  it('gives each reader what came behind its position', () => {
    const feed = new Feed();
    feed.publish([chunk(1)]);
    const position = feed.end;
    feed.publish([chunk(2)]);
    feed.publish([chunk(3)]);
    expect([feed.at(position), feed.at(position + 1)]).toMatchObject([
      { entries: [{ seq: 2 }] },
      { entries: [{ seq: 3 }] },
    ]);
    expect(feed.at(position + 2)).toBeUndefined();
  });

  it('stays bounded, and says what a slow reader lost', () => {
    const feed = new Feed();
    const position = feed.end;
    for (let seq = 1; seq <= 100; seq += 1) feed.publish([chunk(seq, 100_000)]);
    expect(feed.at(position)).toBe('lost');
    expect(feed.at(feed.end - 1)).toMatchObject({ entries: [{ seq: 100 }] });
    expect(feed.at(feed.end - 12)).toBe('lost');
  });

  it('wakes whoever waits, also when it closes', async () => {
    const feed = new Feed();
    const first = feed.changed();
    feed.publish([chunk(1)]);
    await first;
    const second = feed.changed();
    feed.close();
    await second;
    expect(feed.closed).toBe(true);
  });

  it('lets nobody wait for longer than he wants', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const feed = new Feed();
    const inVain = feed.changed(1000);
    const inTime = feed.changed(2000);
    await vi.advanceTimersByTimeAsync(1000);
    await inVain;
    expect(feed.waiting).toBe(1);
    feed.publish([chunk(1)]);
    await inTime;
    expect([feed.waiting, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('is watched until there is an answer, or the time is over, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const feed = new Feed();
    let turns = 0;
    const found = feed.watch(90_000, () => (turns > 1 ? `found ${turns}` : undefined));
    for (; turns < 2; turns += 1) feed.publish([]);
    feed.publish([]);
    expect(await found).toBe('found 2');
    expect(await feed.watch(0, (isLate) => isLate)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    const late = feed.watch(1000, (isLate) => isLate || undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await late).toBe(true);
    vi.useRealTimers();
  });
});
