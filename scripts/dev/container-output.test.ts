import { describe, expect, it } from 'vitest';
import { frame } from '../local-engine/output.ts';
import { linesOf, newest } from './container-output.ts';

const first = '2026-11-22T20:34:00.000Z';
const second = '2026-11-22T20:34:01.123Z';
const said = (at: string, stream: 'stdout' | 'stderr', text: string | Buffer) =>
  frame(stream, Buffer.concat([Buffer.from(`${at} `), Buffer.from(text)]));
const line = (at: string, stream: 'stdout' | 'stderr', text: string) => ({ at, source: 'container', stream, text });

describe('linesOf', () => {
  it('takes several lines of one frame, and a line of several frames, each stream by itself', () => {
    const frames = [
      said(first, 'stdout', 'one\n\ntw'),
      said(second, 'stderr', 'oops'),
      said(second, 'stdout', 'o\r\nthree\n'),
    ];
    expect(linesOf(Buffer.concat(frames))).toEqual([
      line(first, 'stdout', 'one'),
      line(first, 'stdout', ''),
      line(first, 'stdout', 'two'),
      line(second, 'stderr', 'oops'),
      line(second, 'stdout', 'three'),
    ]);
  });

  it('puts a character together that came in two frames', () => {
    const duck = Buffer.from('a 🦆');
    const [begin, end] = [duck.subarray(0, 4), duck.subarray(4)];
    const frames = Buffer.concat([said(first, 'stdout', begin), said(second, 'stdout', end)]);
    expect(linesOf(frames)).toEqual([line(first, 'stdout', 'a 🦆')]);
  });

  it('reads times as Docker gives them', () => {
    expect(linesOf(said('2026-11-22T20:34:00.000987654Z', 'stdout', 'x\n'))).toEqual([line(first, 'stdout', 'x')]);
  });

  it('leaves out a frame that is cut', () => {
    const frames = Buffer.concat([said(first, 'stdout', 'whole\n'), said(second, 'stdout', 'cut')]);
    expect(linesOf(frames.subarray(0, -1))).toEqual([line(first, 'stdout', 'whole')]);
  });
});

describe('newest', () => {
  const lines = (count: number, text: string) => linesOf(said(first, 'stdout', `${text}\n`.repeat(count)));

  it('is all of what is little', () => {
    expect(newest(lines(3, 'x'))).toEqual({ lines: lines(3, 'x'), truncated: false });
  });

  it.each([
    ['many lines', 10_000, ''],
    ['long lines', 100, 'x'.repeat(3000)],
    ['one line that is too long', 1, 'x'.repeat(1_000_000)],
  ])('is a part of %s', (_, count, text) => {
    const last = newest(lines(count, text));
    expect(last.lines.length).toBeGreaterThan(0);
    expect(last.lines.length).toBeLessThanOrEqual(200);
    expect(JSON.stringify(last).length).toBeLessThan(40_000);
    expect(last.truncated).toBe(count > 1);
  });
});
