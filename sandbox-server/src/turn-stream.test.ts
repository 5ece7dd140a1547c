import { afterEach, describe, expect, test, vi } from 'vitest';
import { TurnLog } from './turn-log.ts';
import { turnStream } from './turn-stream.ts';

afterEach(() => vi.useRealTimers());

const status = { type: 'status' as const, status: { state: 'working' as const } };
const complete = { type: 'complete' as const, stopReason: 'end_turn' as const };

function reader(response: Response) {
  const chunks = (response.body as ReadableStream<Uint8Array>).getReader();
  return {
    text: async () => new TextDecoder().decode((await chunks.read()).value),
    hangUp: () => chunks.cancel(),
    done: async () => (await chunks.read()).done,
  };
}

describe('turnStream', () => {
  test('opens with retry and a comment, replays, follows and ends', async () => {
    const log = new TurnLog();
    log.append(status);
    const response = turnStream(log, 0);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    const stream = reader(response);
    expect(await stream.text()).toMatch(/^retry: \d+\n: .+\n\n$/);
    expect(await stream.text()).toMatch(/^id: 1\n/);
    log.append(complete);
    expect(await stream.text()).toMatch(/^id: 2\n/);
    expect(await stream.done()).toBe(true);
  });

  test('sends at once where it was quiet, and together what follows close', async () => {
    vi.useFakeTimers();
    const log = new TurnLog();
    const stream = reader(turnStream(log, 0));
    await stream.text();
    log.append(status);
    expect(await stream.text()).toMatch(/^id: 1\n/);
    const next = stream.text();
    for (let i = 0; i < 3; i++) log.append(status);
    await vi.advanceTimersByTimeAsync(5);
    expect((await next).match(/^id: \d/gm)).toEqual(['id: 2', 'id: 3', 'id: 4']);
  });

  test('does not wait with the end', async () => {
    vi.useFakeTimers();
    const log = new TurnLog();
    const stream = reader(turnStream(log, 0));
    await stream.text();
    log.append(status);
    await stream.text();
    log.append(complete);
    expect(await stream.text()).toContain('"complete"');
  });

  test('sends a heartbeat while nothing comes', async () => {
    vi.useFakeTimers();
    const stream = reader(turnStream(new TurnLog(), 0));
    await stream.text();
    const beat = stream.text();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await beat).toBe(': heartbeat\n\n');
  });

  test('a follower that hangs up leaves the others alone', async () => {
    const log = new TurnLog();
    const [one, other] = [reader(turnStream(log, 0)), reader(turnStream(log, 0))];
    await Promise.all([one.text(), other.text()]);
    const waiting = other.text();
    void one.text();
    await one.hangUp();
    log.append(complete);
    expect(await waiting).toContain('"complete"');
  });

  test('reads no more than it is asked for', async () => {
    const log = new TurnLog();
    const read = vi.spyOn(log, 'read');
    const stream = reader(turnStream(log, 0));
    for (let i = 0; i < 100; i++) log.append(status);
    await stream.text();
    expect(read).not.toHaveBeenCalled();
  });

  test('ends at once for who has seen all', async () => {
    const log = new TurnLog();
    log.append(complete);
    const stream = reader(turnStream(log, 1));
    await stream.text();
    expect(await stream.done()).toBe(true);
  });

  test('ends also when only dropped frames were left', async () => {
    const log = new TurnLog();
    log.append(complete);
    log.append(status);
    log.shrink();
    const stream = reader(turnStream(log, 0));
    await stream.text();
    expect(await stream.text()).toContain('"complete"');
    expect(await stream.done()).toBe(true);
  });
});
