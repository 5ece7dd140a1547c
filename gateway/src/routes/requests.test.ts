import type { AccountRequest } from '@sandgate/api-spec';
import { expect, it, vi } from 'vitest';
import { gather } from './requests.ts';

const rowsOf = (length: number) => Array.from({ length }, (_, index) => ({ session_id: `s${index}`, index }));
const asking = (text: string) => ({ requestId: 'req_1', input: { text } }) as unknown as AccountRequest;

it('leaves out what was answered meanwhile', async () => {
  const answered = new Set([3, 11]);
  const { data, count } = await gather(rowsOf(20), async ({ index }) =>
    answered.has(index) ? undefined : asking('x'),
  );
  expect(data).toHaveLength(18);
  expect(count).toBe(20);
});

it('cuts a page short that grows too large, and says behind what the next begins', async () => {
  const rows = rowsOf(100);
  const asked: object[] = [];
  const { data, count } = await gather(rows, async (row) => {
    asked.push(row);
    return asking('x'.repeat(512 * 1024));
  });
  expect(count).toBe(8);
  expect(asked).toEqual(rows.slice(0, count));
  expect(data).toHaveLength(count);
});

it('hides nothing of the others where a session cannot be asked, and says which', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const rows = [...rowsOf(3), { session_id: 's1', index: 3 }];
  const { data, count, unavailable } = await gather(rows, async ({ session_id }) => {
    if (session_id === 's1') throw new Error('The object was reset.');
    return asking(session_id);
  });
  expect(data.map(({ input }) => input.text)).toEqual(['s0', 's2']);
  expect([count, unavailable]).toEqual([4, ['s1']]);
  expect(error).toHaveBeenCalledTimes(2);
});
