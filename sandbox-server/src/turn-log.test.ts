import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Frame } from '@sandgate/api-spec';
import { describe, expect, test } from 'vitest';
import { TurnLog } from './turn-log.ts';

const delta = (text: string) => ({ type: 'message.delta' as const, messageId: 'm', text });
const status = { type: 'status' as const, status: { state: 'working' as const } };
const complete = { type: 'complete' as const, stopReason: 'end_turn' as const };
const message = (text: string) => ({
  type: 'message' as const,
  message: { id: 'm', role: 'assistant' as const, content: [{ type: 'text' as const, text }] },
});
const never = new AbortController().signal;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** How much memory is in use, in bytes. */
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function cursors(log: TurnLog, after = 0): number[] {
  const read: number[] = [];
  for (let segment = log.read(after); segment; segment = log.read(segment.cursor))
    for (const [, id] of Buffer.from(segment.bytes)
      .toString()
      .matchAll(/^id: (\d+)$/gm))
      read.push(Number(id));
  return read;
}

function frames(log: TurnLog, after = 0): Frame[] {
  const read: Frame[] = [];
  for (let segment = log.read(after); segment; segment = log.read(segment.cursor))
    for (const [, data] of Buffer.from(segment.bytes)
      .toString()
      .matchAll(/^data: (.*)$/gm))
      read.push(Frame.parse(JSON.parse(data as string)));
  return read;
}

describe('TurnLog', () => {
  test('numbers every frame from 1, deltas too', () => {
    const log = new TurnLog();
    for (const event of [status, delta('a'), delta('b'), complete]) log.append(event);
    expect(cursors(log)).toEqual([1, 2, 3, 4]);
    expect(cursors(log, 2)).toEqual([3, 4]);
    expect(cursors(log, 4)).toEqual([]);
    expect(log.head).toBe(4);
  });

  test('takes nothing after complete', () => {
    const log = new TurnLog();
    for (const event of [complete, complete, status]) log.append(event);
    expect(cursors(log)).toEqual([1]);
    expect(log.ended).toBe(true);
  });

  test('user text cannot break the framing', () => {
    const log = new TurnLog();
    log.append(delta('\n\ndata: evil\r\rid: 9\n'));
    expect(Buffer.from(log.read(0)?.bytes ?? []).toString()).toBe(
      'id: 1\ndata: {"cursor":1,"event":{"type":"message.delta","messageId":"m","text":"\\n\\ndata: evil\\r\\rid: 9\\n"}}\n\n',
    );
  });

  test('sends large logs in pieces', () => {
    const log = new TurnLog();
    for (let i = 0; i < 40; i++) log.append(delta('x'.repeat(10_000)));
    expect(log.read(0)?.bytes.length).toBeLessThan(80_000);
    expect(cursors(log)).toHaveLength(40);
  });

  describe('above its limit', () => {
    const small = () => new TurnLog({ deltas: 10_000 });
    const say = (log: TurnLog, count: number, text: (n: number) => string) => {
      for (let n = 0; n < count; n++) log.append(delta(text(n)));
    };

    test('keeps facts and the deltas of a whole message as that message, and says what each stands for', () => {
      const log = small();
      log.append(status);
      say(log, 20, (n) => `${n},`);
      log.append(message('whole'));
      log.append(status);
      say(log, 300, () => 'x'.repeat(100));
      log.append(complete);
      const kept = frames(log);
      expect(kept.map(({ event }) => event.type).slice(0, 4)).toEqual([
        'status',
        'message',
        'status',
        'message.snapshot',
      ]);
      expect(kept.at(-1)).toEqual({ cursor: 324, event: complete });
      let before = 0;
      for (const { cursor, from = cursor } of kept) {
        expect(from).toBe(before + 1);
        before = cursor;
      }
      expect(kept[1]).toMatchObject({ from: 2, cursor: 22 });
    });

    test('builds an open message to the letter, wherever a follower goes on', () => {
      const log = small();
      let said = '';
      for (let n = 0; n < 700; n++) {
        said += `${n} `;
        log.append(delta(`${n} `));
        if (n % 100 === 0) log.append(status);
      }
      for (const after of [0, 1, 50, 350, 600, 700]) {
        // What the follower has: the deltas up to its cursor, as they were sent.
        const before = Array.from({ length: 700 }, (_, n) => `${n} `)
          .slice(0, after - Math.ceil(after / 101))
          .join('');
        const text = frames(log, after).reduce((all, { event }) => {
          if (event.type === 'message.snapshot') return event.text;
          return event.type === 'message.delta' ? all + event.text : all;
        }, before);
        expect(text).toBe(said);
      }
    });

    test('keeps the last part of a tool’s output', () => {
      const log = new TurnLog({ deltas: 100_000 });
      for (let n = 0; n < 20; n++)
        log.append({ type: 'tool.delta', toolCallId: 'c', stream: 'stdout', text: String(n % 10).repeat(10_000) });
      const [snapshot] = frames(log);
      expect(snapshot).toMatchObject({ from: 1, event: { type: 'tool.snapshot', truncated: true } });
      const text = snapshot?.event.type === 'tool.snapshot' ? snapshot.event.text : '';
      expect(text).toHaveLength(64 * 1024);
      expect(text.endsWith(String((snapshot?.cursor ?? 0) - 1).slice(-1))).toBe(true);
    });

    test('stays as small, however long it goes on', () => {
      const log = small();
      const sizes: number[] = [];
      for (let n = 0; n < 5000; n++) {
        log.append(delta('x'.repeat(20)));
        if (n % 50 === 49) log.append(message('whole'));
        if (n % 1000 === 999) sizes.push(frames(log).filter(({ event }) => event.type !== 'message').length);
      }
      expect(Math.max(...sizes)).toBeLessThan(150);
    });
  });

  test('takes no more facts than a turn may have, but its end', () => {
    const log = new TurnLog({ facts: 10_000 });
    const refusals = Array.from({ length: 300 }, () => log.append(status)).filter((refusal) => refusal !== undefined);
    expect(refusals.length).toBeGreaterThan(100);
    expect(refusals[0]).toContain('10000 bytes');
    expect(log.append({ type: 'error', code: 'turn_too_large', message: 'm', retryable: false })).toBeUndefined();
    expect(log.append(complete)).toBeUndefined();
    expect(
      frames(log)
        .map(({ event }) => event.type)
        .slice(-3),
    ).toEqual(['status', 'error', 'complete']);
  });

  test('takes no message that could not be sent whole, and no number for it', () => {
    const log = new TurnLog();
    expect(log.append(message('x'.repeat(600_000)))).toContain('larger than');
    for (let n = 0; n < 8; n++) expect(log.append(delta('\u0001'.repeat(10_000)))).toBeUndefined();
    expect(log.append(delta('\u0001'.repeat(10_000)))).toContain('longer than');
    expect(log.append(status)).toBeUndefined();
    expect(cursors(log)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('takes no more messages under way than the gateway does', () => {
    const log = new TurnLog();
    const refusals = Array.from({ length: 40 }, (_, n) =>
      log.append({ type: 'message.delta', messageId: `m${n}`, text: 'x'.repeat(100_000) }),
    );
    expect(refusals.findIndex((refusal) => refusal !== undefined)).toBe(31);
  });

  test('shrinks to its end', () => {
    const log = new TurnLog();
    for (const event of [status, delta('a'), complete]) log.append(event);
    log.shrink();
    expect(frames(log)).toEqual([{ cursor: 3, from: 1, event: complete }]);
    expect(log.head).toBe(3);
  });

  test('takes little more memory than its frames do, however small these are', () => {
    const log = new TurnLog();
    const before = held();
    for (let n = 0; n < 100_000; n++) log.append(status);
    const size = 100_000 * (log.read(99_999)?.bytes.length ?? Number.NaN);
    expect((held() - before) / size).toBeLessThan(2);
    expect(log.head).toBe(100_000);
  });

  test('holds no words of a turn that is over', () => {
    const logs = Array.from({ length: 20 }, () => new TurnLog());
    const before = held();
    for (const log of logs) {
      for (let n = 0; n < 4; n++) log.append({ ...delta(Buffer.alloc(400_000, 'x').toString()), messageId: `m${n}` });
      log.append(complete);
      log.shrink();
    }
    expect(held() - before).toBeLessThan(4_000_000); // Of 32 MB that were said.
    expect(logs.every(({ ended }) => ended)).toBe(true);
  });

  test('wakes all who wait', async () => {
    const log = new TurnLog();
    const waiting = Promise.all([log.wait(0, 5_000, never), log.wait(0, 5_000, never)]);
    log.append(status);
    expect(await waiting).toEqual([true, true]);
    expect(await log.wait(0, 5_000, never)).toBe(true);
  });

  test('says when nothing came, or nobody waits any more', async () => {
    const log = new TurnLog();
    expect(await log.wait(0, 1, never)).toBe(false);
    const hangUp = new AbortController();
    const waiting = log.wait(0, 60_000, hangUp.signal);
    hangUp.abort();
    expect(await waiting).toBe(false);
  });
});
