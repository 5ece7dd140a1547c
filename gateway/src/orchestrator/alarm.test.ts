import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Alarm } from './alarm.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** An alarm, and what is written for it. */
function alarm() {
  const writes: (number | null)[] = [];
  const storage = {
    setAlarm: async (at: number | Date) => void writes.push(Number(at)),
    deleteAlarm: async () => void writes.push(null),
  };
  return { alarm: new Alarm(storage), writes };
}

it('is never later than asked, and written only where it would be, or far too early', async () => {
  const { alarm: one, writes } = alarm();
  for (const at of [1_020_000, 1_020_000, 1_025_000, 1_030_000, 1_019_999, 1_030_000, null, null]) await one.set(at);
  expect(writes).toEqual([1_020_000, 1_019_999, 1_030_000, null]);
});

it('is left to come where nobody needs it and it comes soon, but only once', async () => {
  const { alarm: one, writes } = alarm();
  for (const at of [1_005_000, null, 1_008_000, null]) await one.set(at);
  expect(writes).toEqual([1_005_000]);
  vi.setSystemTime(1_005_000);
  one.gone();
  await one.guard(1_010_000);
  await one.set(null);
  expect(writes).toEqual([1_005_000, 1_010_000, null]);
});

it('takes an alarm for gone that came, or should have', async () => {
  const { alarm: one, writes } = alarm();
  await one.set(1_005_000);
  one.gone();
  await one.set(1_006_000);
  vi.setSystemTime(1_006_000);
  await one.set(1_007_000);
  expect(writes).toEqual([1_005_000, 1_006_000, 1_007_000]);
});

it('is taken away also where nobody knows whether it is set', async () => {
  const { alarm: one, writes } = alarm();
  await one.set(null);
  expect(writes).toEqual([null]);
});
