import type { LogLine } from '@sandgate/api-spec';
import { describe, expect, it } from 'vitest';
import { ContainerLog } from './container-log.ts';
import { sessionStorage } from './testing/session-storage.ts';

const newLog = () => new ContainerLog(sessionStorage().sql);

const time = (second: number) => new Date(Date.UTC(2026, 10, 22) + second * 1000).toISOString();
const noted = (second: number, text: string): LogLine => ({ at: time(second), source: 'gateway', text });
const printed = (second: number, text: string): LogLine => ({
  at: time(second),
  source: 'container',
  stream: 'stderr',
  text,
});
const nothing = { lines: [], truncated: false };

describe('ContainerLog', () => {
  it('is in the order of time, with what was printed since', () => {
    const log = newLog();
    log.append([noted(1, 'started'), noted(3, 'listens')]);
    expect(log.with({ lines: [printed(2, 'hello'), printed(4, 'more')], truncated: false })).toEqual({
      lines: [noted(1, 'started'), printed(2, 'hello'), noted(3, 'listens'), printed(4, 'more')],
      truncated: false,
    });
  });

  it('has a line once, however often the output was read', () => {
    const log = newLog();
    const output = [printed(1, 'one'), printed(2, 'two')];
    log.append([...output, noted(3, 'ended')]);
    log.append([...output, noted(4, 'ended')]);
    expect(log.with({ lines: [...output, printed(5, 'three')], truncated: true })).toEqual({
      lines: [...output, noted(3, 'ended'), noted(4, 'ended'), printed(5, 'three')],
      truncated: false,
    });
  });

  it('says where output was left out', () => {
    expect(newLog().with({ lines: [printed(1, 'late')], truncated: true }).truncated).toBe(true);
  });

  it.each([
    ['lines', 800, 'x'],
    ['text', 400, 'x'.repeat(4096)],
    ['text that begins with a NUL, where SQLite ends a text', 400, `\0${'x'.repeat(4095)}`],
  ])('keeps the newest of too many %s', (_, count, text) => {
    const log = newLog();
    for (let n = 1; n <= count; n++) log.append([noted(n, text)]);
    const { lines, truncated } = log.with(nothing);
    expect(truncated).toBe(true);
    expect(lines.at(-1)?.at).toBe(time(count));
    expect(lines.length).toBeLessThanOrEqual(500);
    expect(lines.reduce((size, line) => size + line.text.length, 0)).toBeLessThanOrEqual(64 * 1024);
  });
});
