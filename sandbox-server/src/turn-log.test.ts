import { describe, expect, test } from 'vitest';
import { TurnLog } from './turn-log.ts';

const delta = (text: string) => ({ type: 'message.delta' as const, messageId: 'm', text });
const status = { type: 'status' as const, status: { state: 'working' as const } };
const complete = { type: 'complete' as const, stopReason: 'end_turn' as const };
const never = new AbortController().signal;

function cursors(log: TurnLog, after = 0): number[] {
  const read: number[] = [];
  for (let segment = log.read(after); segment; segment = log.read(segment.cursor))
    for (const [, id] of Buffer.from(segment.bytes)
      .toString()
      .matchAll(/^id: (\d+)$/gm))
      read.push(Number(id));
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

  test('above its limit lets go of the oldest deltas, never of facts', () => {
    const log = new TurnLog(10_000);
    log.append(status);
    for (let i = 0; i < 300; i++) log.append(delta('x'.repeat(100)));
    log.append(complete);
    const kept = cursors(log);
    expect(kept[0]).toBe(1);
    expect(kept.at(-1)).toBe(302);
    expect(kept.length).toBeLessThan(80);
    expect(kept.slice(1)).toEqual(Array.from({ length: kept.length - 1 }, (_, i) => 302 - (kept.length - 2) + i));
    expect(cursors(log, 2)).toEqual(kept.slice(1));
  });

  test('shrinks to facts, and to the end', () => {
    const log = new TurnLog();
    for (const event of [status, delta('a'), complete]) log.append(event);
    log.shrink('facts');
    expect(cursors(log)).toEqual([1, 3]);
    log.shrink('complete');
    expect(cursors(log)).toEqual([3]);
    expect(log.head).toBe(3);
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
