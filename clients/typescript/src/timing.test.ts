import { expect, test, vi } from 'vitest';
import { systemTiming } from './timing.ts';

test('an abort ends a sleep and leaves no timer behind', async () => {
  vi.useFakeTimers();
  try {
    const controller = new AbortController();
    const slept = expect(systemTiming.sleep(60_000, controller.signal)).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await slept;
    expect(vi.getTimerCount()).toBe(0);
    await expect(systemTiming.sleep(60_000, controller.signal)).rejects.toThrow('enough');
  } finally {
    vi.useRealTimers();
  }
});

test('a timer goes off, unless it is stopped', async () => {
  vi.useFakeTimers();
  try {
    const callback = vi.fn();
    systemTiming.after(10, callback);
    const stop = systemTiming.after(10, callback);
    stop();
    await vi.advanceTimersByTimeAsync(10);
    expect(callback).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});
