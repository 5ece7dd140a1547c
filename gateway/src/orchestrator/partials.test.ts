import { describe, expect, it } from 'vitest';
import { type SessionEvent, serialized } from './entry.ts';
import { Partials } from './partials.ts';

const apply = (partials: Partials, event: SessionEvent, cursor: number) => partials.apply(serialized(event), cursor);

const message = (id: string) => ({
  type: 'message' as const,
  message: { id, role: 'assistant' as const, content: [] },
});

describe('Partials', () => {
  it('shows once what is under way, until it is whole', () => {
    const partials = new Partials();
    apply(partials, { type: 'message.delta', messageId: 'm', text: 'Hel' }, 1);
    apply(partials, { type: 'message.delta', messageId: 'm', text: 'lo' }, 2);
    apply(partials, { type: 'tool.delta', toolCallId: 'c', stream: 'stdout', text: 'out' }, 3);
    apply(partials, { type: 'tool.delta', toolCallId: 'c', stream: 'stderr', text: 'err' }, 4);
    expect(partials.snapshots()).toEqual([
      { type: 'message.snapshot', messageId: 'm', text: 'Hello' },
      { type: 'tool.snapshot', toolCallId: 'c', text: 'outerr', truncated: false },
    ]);
    apply(partials, message('m'), 5);
    apply(partials, { type: 'tool.result', toolCallId: 'c', isError: false, output: 'outerr' }, 6);
    expect(partials.snapshots()).toEqual([]);
  });

  it('says behind which frame all of it can be read again', () => {
    const partials = new Partials();
    expect(partials.resumeCursor(9)).toBe(9);
    apply(partials, { type: 'tool.delta', toolCallId: 'c', stream: 'stdout', text: 'x' }, 10);
    apply(partials, { type: 'message.delta', messageId: 'm', text: 'y' }, 12);
    expect(partials.resumeCursor(15)).toBe(9);
    apply(partials, { type: 'tool.result', toolCallId: 'c', isError: false, output: 'x' }, 16);
    expect(partials.resumeCursor(16)).toBe(11);
    apply(partials, { type: 'complete', stopReason: 'end_turn' }, 17);
    expect(partials.resumeCursor(17)).toBe(17);
  });

  it('keeps the last part of a long output', () => {
    const partials = new Partials();
    for (let cursor = 1; cursor <= 3; cursor += 1)
      apply(
        partials,
        { type: 'tool.delta', toolCallId: 'c', stream: 'stdout', text: String(cursor).repeat(40_000) },
        cursor,
      );
    const [snapshot] = partials.snapshots();
    expect(snapshot).toMatchObject({ truncated: true, text: expect.stringMatching(/^2+3+$/) });
  });

  it('takes a snapshot in the place of what it had, and goes on from there', () => {
    const partials = new Partials();
    apply(partials, { type: 'message.delta', messageId: 'm', text: 'Hel' }, 1);
    apply(partials, { type: 'tool.delta', toolCallId: 'c', stream: 'stdout', text: 'out' }, 2);
    apply(partials, { type: 'message.snapshot', messageId: 'm', text: 'Hello, wor' }, 40);
    apply(partials, { type: 'tool.snapshot', toolCallId: 'c', text: 'put', truncated: true }, 41);
    apply(partials, { type: 'message.delta', messageId: 'm', text: 'ld' }, 42);
    expect(partials.snapshots()).toEqual([
      { type: 'message.snapshot', messageId: 'm', text: 'Hello, world' },
      { type: 'tool.snapshot', toolCallId: 'c', text: 'put', truncated: true },
    ]);
    expect(partials.resumeCursor(42)).toBe(39);
    expect(() =>
      apply(partials, { type: 'message.snapshot', messageId: 'n', text: 'x'.repeat(5_000_000) }, 43),
    ).toThrow('more messages');
  });

  it('takes no end of messages that say nothing', () => {
    const delta = (messageId: string) => ({ type: 'message.delta' as const, messageId, text: '' });
    const many = (name: string, count: number) => () => {
      const partials = new Partials();
      for (let cursor = 1; cursor <= count; cursor += 1) apply(partials, delta(`${name}${cursor}`), cursor);
      return partials;
    };
    expect(many('m'.repeat(500_000), 9)).toThrow('more messages');
    expect(many('m', 100_000)).toThrow('more messages');
    const partials = new Partials();
    for (let cursor = 1; cursor <= 200_000; cursor += 2) {
      apply(partials, delta(`m${cursor}`), cursor);
      apply(partials, message(`m${cursor}`), cursor + 1);
    }
    expect(partials.snapshots()).toEqual([]);
  });
});
