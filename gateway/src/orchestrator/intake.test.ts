import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Serialized, type SessionEvent, serialized } from './entry.ts';
import { Intake, type TurnFrame } from './intake.ts';
import type { Journal } from './journal.ts';
import { Partials } from './partials.ts';
import type { UpstreamCursors } from './turn-store.ts';

interface Recorded {
  events: SessionEvent[];
  cursors: UpstreamCursors;
}

/** A journal that remembers, and takes as long to store. */
function journalOf(stored = async () => {}) {
  const recorded: Recorded[] = [];
  const shown: SessionEvent[] = [];
  const journal = {
    take: (_: string, told: Serialized<SessionEvent>[], cursors: UpstreamCursors) =>
      recorded.push({ events: told.map(({ json }) => JSON.parse(json)), cursors }),
    show: (_: string, events: SessionEvent[]) => shown.push(...events),
    stored,
  } as unknown as Journal;
  return { journal, recorded, shown };
}

/** Takes events as they came together, numbered from `first`. */
function take(intake: Intake, first: number, ...events: TurnFrame['event'][]): void {
  for (const [index, event] of events.entries()) intake.take({ cursor: first + index, ...serialized(event) });
  intake.flushSoon();
}
const delta = (text: string): TurnFrame['event'] => ({ type: 'message.delta', messageId: 'm', text });
const working: TurnFrame['event'] = { type: 'status', status: { state: 'working' } };
const whole: TurnFrame['event'] = {
  type: 'message',
  message: { id: 'm', role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
};

describe('Intake', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const fresh = { id: 't', storedCursor: 0, resumeCursor: 0 };

  it('records at once where it was quiet, then what follows within milliseconds together', () => {
    const { journal, recorded } = journalOf();
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working);
    take(intake, 2, working);
    take(intake, 3, working);
    expect(recorded).toHaveLength(1);
    vi.advanceTimersByTime(5);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 2]);
    expect(recorded[1]?.cursors).toEqual({ storedCursor: 3, resumeCursor: 3 });
  });

  it('takes together what came while the last was stored, however long that took', async () => {
    const storing = Promise.withResolvers<void>();
    const { journal, recorded } = journalOf(() => storing.promise);
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working);
    vi.setSystemTime(Date.now() + 1000); // The thread waited for the disk, and no timer came.
    take(intake, 2, working);
    storing.resolve();
    await storing.promise;
    take(intake, 3, working);
    take(intake, 4, working);
    expect(recorded.map(({ events }) => events.length)).toEqual([1]);
    vi.advanceTimersByTime(5);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 3]);
    await vi.advanceTimersByTimeAsync(5);
    take(intake, 5, working);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 3, 1]);
  });

  it('waits longer in a flood, where the commits of many turns wait for one another', () => {
    const { journal, recorded } = journalOf();
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working);
    take(intake, 2, ...Array.from({ length: 20 }, () => working));
    vi.advanceTimersByTime(5);
    take(intake, 22, working);
    vi.advanceTimersByTime(49);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 20]);
    vi.advanceTimersByTime(1);
    take(intake, 23, working);
    vi.advanceTimersByTime(5);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 20, 1, 1]);
  });

  it('commits less often in a flood where each commit takes long', async () => {
    let storing = Promise.resolve();
    const { journal, recorded } = journalOf(() => storing);
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working);
    await vi.advanceTimersByTimeAsync(1);
    const stored = Promise.withResolvers<void>();
    storing = stored.promise;
    take(intake, 2, ...Array.from({ length: 20 }, () => working));
    await vi.advanceTimersByTimeAsync(5);
    await vi.advanceTimersByTimeAsync(12);
    stored.resolve();
    await stored.promise;
    take(intake, 22, working);
    await vi.advanceTimersByTimeAsync(119);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 20]);
    await vi.advanceTimersByTimeAsync(1);
    expect(recorded.map(({ events }) => events.length)).toEqual([1, 20, 1]);
  });

  const much = 'x'.repeat(300_000);
  it.each<[string, TurnFrame['event']]>([
    ['a text', delta(much)],
    ['a result', { type: 'tool.result', toolCallId: 'c', isError: false, output: much }],
    ['an input', { type: 'tool.call', toolCallId: 'c', name: 'write', input: { files: [{ text: much }] } }],
  ])('does not wait where much is pending: %s', (_, event) => {
    const { journal, recorded } = journalOf();
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working);
    take(intake, 2, event);
    expect(recorded).toHaveLength(2);
  });

  it('passes over frames that were taken before', () => {
    const { journal, recorded } = journalOf();
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working, working);
    take(intake, 1, working, working, whole);
    intake.flush();
    expect(recorded.flatMap(({ events }) => events)).toEqual([working, working, whole]);
  });

  it('goes back for an open message, so that a restart loses none of its deltas', () => {
    const { journal, recorded, shown } = journalOf();
    const before = new Intake(fresh, { journal, partials: new Partials() });
    take(before, 1, delta('Hel'), working, delta('l'));
    before.flush();
    // Deltas are not stored: the newest stored frame is 3, as flush wrote a fact with it; reading goes on behind 0.
    expect(recorded.at(-1)?.cursors).toEqual({ storedCursor: 3, resumeCursor: 0 });

    const after = new Intake(
      { id: 't', bootId: 'boot_1', storedCursor: 3, resumeCursor: 0 },
      { journal, partials: new Partials() },
    );
    recorded.length = 0;
    take(after, 1, delta('Hel'), working, delta('l'));
    expect(recorded).toEqual([]);
    expect(shown).toEqual([{ type: 'message.snapshot', messageId: 'm', text: 'Hell' }]);
    take(after, 4, delta('o'), whole);
    after.flush();
    expect(recorded.flatMap(({ events }) => events)).toEqual([delta('o'), whole]);
  });

  it('builds an open message to the letter where the sandbox let its deltas go', () => {
    const { journal, recorded, shown } = journalOf();
    const partials = new Partials();
    const again = new Intake({ id: 't', storedCursor: 30, resumeCursor: 0 }, { journal, partials });
    // 1 to 20, a fact among them, are what the log has; 30 was a delta like all behind 20.
    take(again, 20, working);
    take(again, 50, { type: 'message.snapshot', messageId: 'm', text: 'Hello, wor' });
    take(again, 51, delta('ld'));
    again.flush();
    const seen = [...shown, ...recorded.flatMap(({ events }) => events)];
    expect(seen).toEqual([{ type: 'message.snapshot', messageId: 'm', text: 'Hello, wor' }, delta('ld')]);
    expect(partials.snapshots()).toMatchObject([{ text: 'Hello, world' }]);
    // Another restart begins with the snapshot, or with the one that has taken its place.
    take(again, 52, working);
    again.flush();
    expect(recorded.at(-1)?.cursors).toEqual({ storedCursor: 52, resumeCursor: 49 });
  });

  it('shows what it rebuilt also where the newest stored frame was let go', () => {
    const { journal, shown } = journalOf();
    const again = new Intake({ id: 't', storedCursor: 30, resumeCursor: 0 }, { journal, partials: new Partials() });
    take(again, 10, delta('Hel'));
    take(again, 31, working);
    expect(shown).toEqual([{ type: 'message.snapshot', messageId: 'm', text: 'Hel' }]);
  });

  it('replaces what was seen of a text that comes again after a restart', () => {
    const { journal, recorded } = journalOf();
    const turn = { id: 't', bootId: 'boot_1', storedCursor: 1, resumeCursor: 1 };
    const after = new Intake(turn, { journal, partials: new Partials() });
    // Shown before the restart, and not stored: whoever has "Hel" must not make "HelHello" of it.
    take(after, 2, delta('Hel'), delta('lo'));
    after.flush();
    expect(recorded.flatMap(({ events }) => events)).toEqual([
      { type: 'message.snapshot', messageId: 'm', text: 'Hel' },
      delta('lo'),
    ]);
  });

  it('shows a reader none of what is pending, and all of it afterwards', () => {
    const partials = new Partials();
    const intake = new Intake(fresh, { journal: journalOf().journal, partials });
    take(intake, 1, working);
    take(intake, 2, delta('Hel'));
    expect(partials.snapshots()).toEqual([]);
    intake.flush();
    expect(partials.snapshots()).toMatchObject([{ text: 'Hel' }]);
  });

  it('knows what is not stored for good, also where one flush follows another', async () => {
    const commits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const [first, second] = commits.map(({ promise }) => promise);
    const stored = vi.fn().mockReturnValueOnce(first).mockReturnValueOnce(second);
    const intake = new Intake(fresh, { journal: journalOf(stored).journal, partials: new Partials() });
    expect(intake.storing).toBeUndefined();
    take(intake, 1, working);
    take(intake, 2, working);
    intake.flush();
    commits[0]?.resolve();
    await first;
    expect(intake.storing).toBeDefined();
    commits[1]?.resolve();
    await intake.storing;
    expect(intake.storing).toBeUndefined();
  });

  it('tells the reader of the stream when a later flush failed', () => {
    const { journal } = journalOf();
    const intake = new Intake(fresh, { journal, partials: new Partials() });
    take(intake, 1, working);
    journal.take = () => {
      throw new Error('disk full');
    };
    take(intake, 2, working);
    vi.advanceTimersByTime(5);
    expect(() => intake.flushSoon(), 'with a heartbeat, where nothing else comes').toThrow('could not be stored');
    expect(() => take(intake, 3, working)).toThrow('could not be stored');
    expect(() => intake.flush()).toThrow('could not be stored');
  });
});
