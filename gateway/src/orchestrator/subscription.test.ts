import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { chunkOf } from './chunk.ts';
import type { Entry } from './entry.ts';
import type { EventLog } from './event-log.ts';
import { Feed } from './feed.ts';
import { type Selection, subscribe } from './subscription.ts';

/** A log and a feed, and what a reader of them gets. */
class Source {
  readonly entries: (Entry & { seq: number })[] = [];
  readonly feed = new Feed();
  partial: Entry[] = [];
  stored: () => Promise<void> = async () => {};

  first = 1;

  readonly log = Object.defineProperty(
    {
      read: (after: number, turnId?: string) => {
        const behind = this.entries.filter(
          (entry) => entry.seq > after && (turnId === undefined || entry.turnId === turnId),
        );
        return behind.length > 0 ? chunkOf(behind.slice(0, 2)) : undefined;
      },
    },
    'first',
    { get: () => this.first },
  ) as unknown as EventLog;

  say(type: string, turnId = 't'): void {
    const entry = { seq: this.entries.length + 1, turnId, type, json: `{"type":"${type}"}` };
    this.entries.push(entry);
    this.feed.publish([chunkOf([entry])]);
  }

  whisper(text: string): void {
    this.feed.publish([chunkOf([{ turnId: 't', type: 'message.delta', json: `{"text":"${text}"}` }])]);
  }

  read(selection: Selection) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const { log, feed, stored } = this;
    const done = subscribe(writable, selection, { log, feed, snapshots: () => this.partial, stored });
    const reader = readable.pipeThrough(new TextDecoderStream()).getReader();
    return { reader, done };
  }
}

async function rest(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
  return text;
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

describe('subscribe', () => {
  it('replays what is behind the cursor, then follows without a gap or a repeat', async () => {
    const source = new Source();
    for (let count = 0; count < 7; count += 1) source.say('status');
    const { reader, done } = source.read({ after: 2, turnId: 't' });
    const begin = (await reader.read()).value ?? '';
    expect(begin).toMatch(/^retry: 1000\n: .*\n\nid: 3\n/); // In one write.
    const text = rest(reader);
    // What is said between the replay and the live part may come by either: never by none, never by both.
    for (let count = 0; count < 20; count += 1) {
      source.say('status');
      await Promise.resolve();
    }
    source.say('complete');
    await done;
    expect(ids(begin + (await text))).toEqual(Array.from({ length: 26 }, (_, index) => index + 3));
  });

  it('takes nothing of the log apart for a reader of all there is', async () => {
    const source = new Source();
    const bytes = new TextEncoder().encode('id: 1\ndata: {"type":"complete"}\n\n');
    const taken = vi.fn();
    const chunk = { turnId: 't', bytes, lastSeq: 1, isEnd: true };
    source.log.read = () => Object.defineProperty(chunk, 'entries', { get: taken, enumerable: true }) as never;
    const { reader, done } = source.read({ after: 0, turnId: 't' });
    expect(ids(await rest(reader))).toEqual([1]);
    await done;
    expect(taken).not.toHaveBeenCalled();
  });

  it('shows what is under way once, between the past and the live part', async () => {
    const source = new Source();
    source.say('status');
    source.partial = [{ turnId: 't', type: 'message.snapshot', json: '{"snapshot":"Hel"}' }];
    const { reader, done } = source.read({ after: 0 });
    let text = '';
    while (!text.includes('snapshot')) text += (await reader.read()).value;
    source.whisper('lo');
    source.feed.close();
    text += await rest(reader);
    await done;
    expect(text).toMatch(/id: 1\n(.|\n)*data: {"snapshot":"Hel"}\n\ndata: {"text":"lo"}\n\n$/);
  });

  it('sends a slow reader back to the log: it loses deltas, never a fact', async () => {
    const source = new Source();
    const { reader, done } = source.read({ after: 0, turnId: 't' });
    await reader.read();
    for (let count = 0; count < 50; count += 1) {
      source.say('status');
      source.whisper('x'.repeat(100_000));
    }
    source.say('complete');
    const text = await rest(reader);
    await done;
    expect(ids(text)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
    expect(text.length).toBeLessThan(3_000_000);
  });

  it('carries the cursor past what was filtered out', async () => {
    const source = new Source();
    source.say('message');
    source.say('status');
    source.say('status');
    const { reader, done } = source.read({ after: 0, types: new Set(['message']) });
    let text = '';
    while (!text.includes('id: 3')) text += (await reader.read()).value;
    source.feed.close();
    await done;
    expect(text).toContain('id: 1\ndata: {"type":"message"}\n\n');
    expect(text).toMatch(/id: 3\n\n$/);
    expect(text).not.toContain('"status"');
  });

  it('ends where what the reader needs next was dropped, and never leaves a hole', async () => {
    const source = new Source();
    for (let count = 0; count < 9; count += 1) source.say('status');
    const { reader, done } = source.read({ after: 0 });
    let text = '';
    while (!text.includes('id: 2')) text += (await reader.read()).value;
    source.entries.splice(0, 7);
    source.first = 8;
    text += await rest(reader);
    await done;
    const read = ids(text);
    expect(read).toEqual(read.map((_, index) => index + 1));
    expect(read.length).toBeLessThan(8);
  });

  it('hangs up on a reader that is stuck for a minute', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const source = new Source();
    const { done } = source.read({ after: 0 });
    const ended = done.then(
      () => 'ended',
      (error: Error) => error.message,
    );
    for (let count = 0; count < 20; count += 1) {
      source.whisper('x'.repeat(1000));
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(59_000);
    const later = await Promise.race([ended, Promise.resolve('still there')]);
    expect(later).toBe('still there');
    await vi.advanceTimersByTimeAsync(2000);
    expect(await ended).toBe('The reader is stuck.');
  });

  it('hangs up on nobody for what could not leave yet', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const source = new Source();
    const storing = Promise.withResolvers<void>();
    source.stored = () => storing.promise;
    const { done } = source.read({ after: 0 });
    const ended = done.then(
      () => 'ended',
      (error: Error) => error.message,
    );
    await vi.advanceTimersByTimeAsync(120_000);
    storing.resolve();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(await Promise.race([ended, Promise.resolve('still there')])).toBe('still there');
    await vi.advanceTimersByTimeAsync(2000);
    expect(await ended).toBe('The reader is stuck.');
  });

  it('leaves nothing behind while nothing happens, however long that is', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const source = new Source();
    const { reader, done } = source.read({ after: 0 });
    const text = rest(reader);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([source.feed.waiting, vi.getTimerCount()]).toEqual([1, 1]);
    source.feed.close();
    await done;
    expect([source.feed.waiting, vi.getTimerCount()]).toEqual([0, 0]);
    expect((await text).match(/: heartbeat/g)).toHaveLength(360);
  });

  it('ends when the reader hangs up', async () => {
    const source = new Source();
    const { reader, done } = source.read({ after: 0 });
    await reader.read();
    await reader.cancel();
    source.say('status');
    const ended = done.then(
      () => 'ended',
      () => 'hung up',
    );
    expect(await ended).toBe('hung up');
  });
});
