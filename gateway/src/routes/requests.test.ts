import type { AccountRequest } from '@sandgate/api-spec';
import { expect, it } from 'vitest';
import { gather } from './requests.ts';

const asking = (text: string) => ({ requestId: 'req_1', input: { text } }) as unknown as AccountRequest;

it('leaves out what was answered meanwhile', async () => {
  const answered = new Set([3, 11]);
  const rows = Array.from({ length: 20 }, (_, index) => index);
  const { data, count } = await gather(rows, async (row) => (answered.has(row) ? undefined : asking('x')));
  expect(data).toHaveLength(18);
  expect(count).toBe(20);
});

it('cuts a page short that grows too large, and says behind what the next begins', async () => {
  const rows = Array.from({ length: 100 }, (_, index) => index);
  const asked: number[] = [];
  const { data, count } = await gather(rows, async (row) => {
    asked.push(row);
    return asking('x'.repeat(512 * 1024));
  });
  expect(count).toBe(8);
  expect(asked).toEqual(rows.slice(0, count));
  expect(data).toHaveLength(count);
});
