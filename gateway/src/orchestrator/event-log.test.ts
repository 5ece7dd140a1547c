import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { chunkOf } from './chunk.ts';
import { frameText } from './entry.ts';
import { EventLog } from './event-log.ts';
import { sessionStorage } from './testing/session-storage.ts';

/** A log in which these turns spoke, so many events at once. */
function logOf(...flushes: [turnId: string | undefined, events: number, size?: number][]): EventLog {
  const log = new EventLog(sessionStorage().sql);
  for (const [turnId, events, size = 0] of flushes) {
    const json = `{"type":"status","detail":"${'x'.repeat(size)}"}`;
    const seq = log.head + 1;
    log.append(chunkOf(Array.from({ length: events }, (_, at) => ({ seq: seq + at, turnId, type: 'status', json }))));
  }
  return log;
}

const decoder = new TextDecoder();

/** The numbers of what each read brings, from one to the next. */
function reads(log: EventLog, after: number, turnId?: string): number[][] {
  const found: number[][] = [];
  for (let cursor = after; ; cursor = found.at(-1)?.at(-1) as number) {
    const chunk = log.read(cursor, turnId);
    if (!chunk) return found;
    found.push(chunk.entries.map(({ seq }) => seq));
    expect(chunk.lastSeq).toBe(found.at(-1)?.at(-1));
    expect(decoder.decode(chunk.bytes)).toBe(chunk.entries.map(frameText).join(''));
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
  expect(log.read(0, 'c')).toBeUndefined();
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
  for (const lines of texts) {
    const seq = log.head + 1;
    log.append(chunkOf(lines.map((json, at) => ({ seq: seq + at, turnId: 'a', type: 'status', json }))));
  }
  const again = new EventLog(sql);
  expect(again).toMatchObject({ first: 1, head: 204, size: log.size });
  const lines = texts.slice(0, 2).map((ofRow) => `${ofRow.join('\n')}\n`);
  const frames = texts[2]?.map((json, at) => frameText({ seq: 5 + at, json })) ?? [];
  expect(again.size).toBe(new TextEncoder().encode([...lines, ...frames].join('')).byteLength);
  for (const after of [0, 1, 3, 4, 5, 100, 203])
    expect(again.read(after, 'a')?.entries.map(({ json }) => json)).toEqual(texts.flat().slice(after));
});

it('reads what an earlier version stored', () => {
  const { sql } = sessionStorage();
  const events = Array.from({ length: 100 }, (_, n) => `{"type":"status","detail":"é ${n} ${'x'.repeat(100)}"}`);
  const deflated = new Uint8Array(deflateRawSync(new TextEncoder().encode(events.join('\n')), { level: 1 })).buffer;
  sql.exec("INSERT INTO segments VALUES (1, 100, 'a', '', 0, ?)", deflated);
  const log = new EventLog(sql);
  expect(log).toMatchObject({ head: 100, size: new TextEncoder().encode(events.join('\n')).byteLength });
  for (const after of [0, 7, 99]) expect(reads(log, after)).toEqual([numbers(after + 1, 100)]);
  expect(log.page(98, 10).events).toEqual([JSON.parse(events[98] ?? ''), JSON.parse(events[99] ?? '')]);
});

it('knows the type of what it reads, and whether its turn ends with that', () => {
  const log = new EventLog(sessionStorage().sql);
  const say = (json: string) => log.append(chunkOf([{ seq: log.head + 1, turnId: 'a', type: '', json }]));
  const call = `{"type":"tool.call","input":{"a":"\\n","type":"complete","b":{"type":"complete"}}}`;
  say(call);
  expect(log.read(0)).toMatchObject({
    isEnd: false,
    turnId: 'a',
    entries: [{ seq: 1, turnId: 'a', type: 'tool.call' }],
  });
  say('{"type":"complete","stopReason":"end_turn"}');
  expect(log.read(0)).toMatchObject({ isEnd: true, lastSeq: 2 });
  say(call);
  expect(log.read(1)).toMatchObject({ isEnd: false, lastSeq: 3 });
});
