import { expect, it } from 'vitest';
import { EventLog } from './event-log.ts';
import { sessionStorage } from './testing/session-storage.ts';

/** A log in which these turns spoke, so many events at once. */
function logOf(...flushes: [turnId: string | undefined, events: number, size?: number][]): EventLog {
  const log = new EventLog(sessionStorage().sql);
  for (const [turnId, events, size = 0] of flushes) {
    const json = `{"type":"status","detail":"${'x'.repeat(size)}"}`;
    log.append(
      turnId,
      Array.from({ length: events }, (_, index) => ({ seq: log.head + 1 + index, turnId, type: 'status', json })),
    );
  }
  return log;
}

/** The numbers of what each read brings, from one to the next. */
function reads(log: EventLog, after: number, turnId?: string): number[][] {
  const found: number[][] = [];
  for (let cursor = after; ; cursor = found.at(-1)?.at(-1) as number) {
    const entries = log.read(cursor, turnId);
    if (entries.length === 0) return found;
    found.push(entries.map(({ seq }) => seq));
  }
}

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

it('reads on behind any event, also in the middle of a flush', () => {
  const log = logOf(['a', 3], [undefined, 1], ['b', 4]);
  for (let after = 0; after <= 8; after += 1) expect(reads(log, after).flat()).toEqual(numbers(after + 1, 8));
});

it('reads one turn, whatever else was said between its flushes', () => {
  const log = logOf(['a', 2], ['b', 3], ['a', 2], [undefined, 1], ['b', 1]);
  const expected = { a: [1, 2, 6, 7], b: [3, 4, 5, 9] };
  for (const [turnId, all] of Object.entries(expected))
    for (let after = 0; after <= 9; after += 1)
      expect(reads(log, after, turnId).flat()).toEqual(all.filter((seq) => seq > after));
  expect(log.read(0, 'c')).toEqual([]);
});

it('holds little of a long log at once, in a few large rows or in many small ones', () => {
  const large = reads(logOf(...Array.from({ length: 4 }, () => ['a', 10, 9000] as ['a', number, number])), 0);
  expect(large).toEqual([numbers(1, 10), numbers(11, 20), numbers(21, 30), numbers(31, 40)]);
  const small = reads(logOf(...Array.from({ length: 10 }, () => ['a', 1, 20_000] as ['a', number, number])), 0);
  expect(small).toEqual([numbers(1, 4), numbers(5, 8), numbers(9, 10)]);
});

it('is the same when it is opened again, also where a flush is larger than a page', () => {
  const { sql } = sessionStorage();
  const log = new EventLog(sql);
  const texts = [1, 3, 200].map((count) =>
    Array.from({ length: count }, (_, n) => `{"type":"status","detail":"${'é'.repeat(n)}"}`),
  );
  for (const lines of texts)
    log.append(
      'a',
      lines.map((json, index) => ({ seq: log.head + 1 + index, turnId: 'a', type: 'status', json })),
    );
  const again = new EventLog(sql);
  expect(again).toMatchObject({ first: 1, head: 204, size: log.size });
  expect(again.size).toBe(new TextEncoder().encode(`${texts.flat().join('\n')}\n`).byteLength);
  expect(again.read(0, 'a').map(({ json }) => json)).toEqual(texts.flat());
});

it('knows the type of what it reads', () => {
  expect(logOf(['a', 1]).read(0)).toMatchObject([{ seq: 1, turnId: 'a', type: 'status' }]);
});
