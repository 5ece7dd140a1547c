import { describe, expect, it } from 'vitest';
import { frame, OutputLog } from './output.ts';

describe('OutputLog', () => {
  it('frames each stream as Docker does', () => {
    const log = new OutputLog();
    log.add('stdout', Buffer.from('out'));
    log.add('stderr', Buffer.from('err'));
    expect(log.frames(['stdout', 'stderr'])).toEqual(
      Buffer.from([1, 0, 0, 0, 0, 0, 0, 3, ...Buffer.from('out'), 2, 0, 0, 0, 0, 0, 0, 3, ...Buffer.from('err')]),
    );
    expect(log.frames(['stderr'])).toEqual(frame('stderr', Buffer.from('err')));
  });

  it('keeps the last part of a flood', () => {
    const log = new OutputLog();
    for (let line = 0; line < 100; line++) log.add('stdout', Buffer.alloc(4096, String(line % 10)));
    log.add('stdout', Buffer.from('the end'));
    const kept = log.frames(['stdout']);
    expect(kept.length).toBeLessThan(66 * 1024);
    expect(kept.toString()).toMatch(/the end$/);
    log.add('stdout', Buffer.alloc(1 << 20, 'x'));
    expect(log.frames(['stdout']).length).toBe(64 * 1024 + 8);
  });

  it('gives up no more of a flood than it must', () => {
    const log = new OutputLog();
    log.add('stdout', Buffer.alloc(64 * 1024, 'x'));
    log.add('stderr', Buffer.from('the end'));
    expect(log.frames(['stdout']).length).toBe(8 + 64 * 1024 - 'the end'.length);
  });

  it('says when, where asked', () => {
    const log = new OutputLog();
    log.add('stdout', Buffer.from('out'));
    const [time = '', text] = log.frames(['stdout'], true).subarray(8).toString().split(' ');
    expect(new Date(time).toISOString()).toBe(time);
    expect(text).toBe('out');
  });
});
