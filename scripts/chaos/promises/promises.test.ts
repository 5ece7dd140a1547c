import type { Event, Turn } from '@sandgate/api-spec';
import { describe, expect, it } from 'vitest';
import type { DiskTrial } from '../disk-trial.ts';
import type { FullDisk } from '../full-disk.ts';
import { Record, type Sighting } from '../record.ts';
import type { Asked, Session } from '../session.ts';
import { deletedGone } from './deleted-gone.ts';
import { diskWhole } from './disk-whole.ts';
import { everyEventOnce } from './every-event-once.ts';
import { fullDiskHarmless } from './full-disk-harmless.ts';
import { interruptsKept } from './interrupts-kept.ts';
import { logWhole } from './log-whole.ts';
import { memoryBounded } from './memory-bounded.ts';
import { nothingStuck } from './nothing-stuck.ts';
import { objectsNeeded } from './objects-needed.ts';
import { postsTakenOnce } from './posts-taken-once.ts';
import type { Evidence, Outcome, Promised } from './promise.ts';
import { promises } from './promises.ts';
import { queueInOrder } from './queue-in-order.ts';
import { reconnectsWelcome } from './reconnects-welcome.ts';
import { requestsResolvedOnce } from './requests-resolved-once.ts';
import { runOnce } from './run-once.ts';
import { textRebuilt } from './text-rebuilt.ts';
import { turnsAsPlanned } from './turns-as-planned.ts';

const sessionId = 'sess_1';
const turnId = 'turn_1';
/** When the event of this number was. */
const at = (seq: number) => new Date(seq * 1000).toISOString();
const durable = (seq: number, event: object) =>
  ({ seq, at: at(seq), sessionId, turnId, ...event }) as Event & { seq: number };
const passing = (event: object) => ({ event: { at: at(2), sessionId, turnId, ...event } as Event });
const delta = (text: string) => passing({ type: 'message.delta', messageId: 'm', text });
const snapshot = (text: string) => passing({ type: 'message.snapshot', messageId: 'm', text });

/** What was seen where nothing went wrong: of one turn, and by three readers. */
class Kept {
  readonly log = [
    durable(1, { type: 'message', message: { role: 'user', content: [{ type: 'text', text: 'say it' }] } }),
    durable(2, { type: 'status', status: { state: 'starting' } }),
    durable(3, {
      type: 'message',
      message: { id: 'm', role: 'assistant', content: [{ type: 'text', text: 'one two three' }] },
    }),
    durable(4, { type: 'tool.result', toolCallId: 'c', isError: false, output: '' }),
    durable(5, { type: 'complete', stopReason: 'end_turn' }),
  ];
  /** One that was never cut, one that was, and one that came late. */
  readonly steady = this.#reader('raw socket', 0, [delta('one '), delta('two '), delta('three')]);
  readonly cut = this.#reader('npm eventsource', 0, [delta('one '), 'cut', snapshot('one two '), delta('three')]);
  readonly late = this.#reader('raw socket', 2, [snapshot('one two '), delta('three')]);
  readonly asked = {
    plan: {
      tag: 't',
      content: 'say it',
      facts: [
        { type: 'message', message: { id: 'm' } },
        { type: 'tool.result', output: '' },
      ],
      texts: new Map(),
      steps: 1,
    },
    round: 1,
    atLeast: 1,
    atMost: 1,
  } as unknown as Asked;
  readonly session = {
    ...{ id: sessionId, agent: 'scripted', asked: [this.asked], records: [this.steady, this.cut, this.late], said: [] },
    ...{ hardships: [], stoppedRounds: new Set(), interrupted: [], floodedRounds: new Set() },
  } as unknown as Session;
  readonly turn = { id: turnId, status: 'complete', stopReason: 'end_turn' } as Turn;
  readonly outcome: Outcome = { session: this.session, log: this.log, turns: [this.turn] };
  readonly deleted = new Record('raw socket', { sessionId });
  readonly trial = { problems: [] as string[], kills: [], forks: [] };
  readonly evidence: Evidence & { statements: Evidence['statements'][number][] } = {
    outcomes: [this.outcome],
    statements: [{ tag: 't', step: 1, nonce: 'drawn' }],
    objects: { count: 0, wrong: [] },
    stuck: [],
    memory: { workerd: { calm: 100, most: 200 }, sandboxServer: { calm: 100, most: 200 } },
    disks: [this.trial as unknown as DiskTrial],
    fullDisks: [this.trial as unknown as FullDisk],
    deletions: [{ session: { id: sessionId }, plans: [], problems: [], records: [this.deleted] } as never],
  };

  constructor() {
    this.asked.session = this.session;
  }

  /** Has the turn end in this error. */
  fail(code: string): void {
    const error = durable(4, { type: 'error', code, message: '', retryable: false });
    const complete = durable(5, { type: 'complete', stopReason: 'error' });
    this.log.splice(3, 2, error, complete);
    this.turn.stopReason = 'error';
  }

  #reader(who: string, after: number, pieces: Sighting[]): Record {
    const record = new Record(who, { sessionId, after });
    for (const event of this.log) {
      if (event.seq === 3) record.sightings.push(...pieces);
      if (event.seq > after) record.see(event, String(event.seq));
    }
    return record;
  }
}

/** The place of an event among what a reader saw. */
const placeOf = ({ sightings }: Record, seq: number) =>
  sightings.findIndex((sighting) => typeof sighting === 'object' && 'id' in sighting && sighting.id === String(seq));
const drop = (record: Record, seq: number) => void record.sightings.splice(placeOf(record, seq), 1);
/** Takes out the last delta: the text lacks its end. */
const dropDelta = (record: Record) => void record.sightings.splice(placeOf(record, 3) - 1, 1);

const broken: [string, Promised, (kept: Kept) => unknown][] = [
  ['an event is missing in the log', logWhole, ({ log }) => void log.splice(2, 1)],
  ['a turn ends twice', logWhole, ({ log }) => void log.push(durable(6, { type: 'complete', stopReason: 'end_turn' }))],
  ['a turn does not end', logWhole, ({ log }) => void log.pop()],
  ['a reader misses an event', everyEventOnce, ({ steady }) => drop(steady, 3)],
  ['a reader misses the last event', everyEventOnce, ({ cut }) => drop(cut, 5)],
  ['a reader sees an event twice', everyEventOnce, ({ steady, log }) => steady.see(log[4] as Event, '5')],
  [
    'a reader sees two events in the wrong order',
    everyEventOnce,
    ({ cut }) => void cut.sightings.push(...cut.sightings.splice(-2).reverse()),
  ],
  [
    'an id is not that of its event',
    everyEventOnce,
    ({ steady, log }) => {
      drop(steady, 5);
      steady.see(log[4] as Event, '4');
    },
  ],
  [
    'an id that comes alone passes over an event',
    everyEventOnce,
    ({ late }) => void late.sightings.unshift({ carriedTo: 3 }),
  ],
  ['a delta is lost', textRebuilt, ({ steady }) => void steady.sightings.splice(placeOf(steady, 3) - 2, 1)],
  ['the last delta is lost', textRebuilt, ({ steady }) => dropDelta(steady)],
  ['the last delta is lost behind a reconnect', textRebuilt, ({ cut }) => dropDelta(cut)],
  ['the last delta is lost to who came late', textRebuilt, ({ late }) => dropDelta(late)],
  [
    'a reader gets a delta again',
    textRebuilt,
    ({ cut }) => void cut.sightings.splice(placeOf(cut, 3), 0, delta('three')),
  ],
  ['a snapshot lacks what came before', textRebuilt, ({ late }) => void late.sightings.splice(0, 1, snapshot('one '))],
  [
    'a turn says something else',
    turnsAsPlanned,
    ({ asked }) => Object.assign(asked.plan.facts[0] as object, { message: { id: 'n' } }),
  ],
  ['a turn says less', turnsAsPlanned, ({ asked }) => void asked.plan.facts.push({ type: 'usage' })],
  ['a turn fails without any fault', turnsAsPlanned, (kept) => kept.fail('sandbox_restarted')],
  [
    'a turn fails with what its fault does not do',
    turnsAsPlanned,
    (kept) => {
      kept.fail('internal_error');
      kept.session.hardships.push({ from: 4000, to: 4500, codes: ['sandbox_restarted'] });
    },
  ],
  [
    'a turn fails that began behind the fault',
    turnsAsPlanned,
    (kept) => {
      kept.fail('sandbox_restarted');
      kept.session.hardships.push({ from: 1000, to: 1999, codes: ['sandbox_restarted'] });
    },
  ],
  [
    'a turn fails before the fault',
    turnsAsPlanned,
    (kept) => {
      kept.fail('sandbox_restarted');
      kept.session.hardships.push({ from: 5001, to: 6000, codes: ['sandbox_restarted'] });
    },
  ],
  [
    'a turn begins while another is open',
    queueInOrder,
    ({ log }) => {
      const status = { type: 'status', status: { state: 'starting' }, turnId: 'turn_2' };
      log.splice(2, 0, durable(3, status));
    },
  ],
  ['what was interrupted went on', interruptsKept, ({ session }) => void session.interrupted.push(turnId)],
  [
    'a command runs twice',
    runOnce,
    ({ evidence }) => void evidence.statements.push({ tag: 't', step: 1, nonce: 'another' }),
  ],
  ['a command that ended well never ran', runOnce, ({ evidence }) => void evidence.statements.pop()],
  [
    'a command runs that nobody asked for',
    runOnce,
    ({ evidence }) => void evidence.statements.push({ tag: 'u', step: 1, nonce: 'another' }),
  ],
  [
    'a request is never resolved',
    requestsResolvedOnce,
    ({ log }) => void log.splice(3, 0, durable(4, { type: 'permission.requested', requestId: 'r' })),
  ],
  [
    'a person is told what did not come to be',
    requestsResolvedOnce,
    ({ session }) => {
      session.said.push({ requestId: 'r', decision: 'allow' });
    },
  ],
  ['a post becomes no turn', postsTakenOnce, ({ asked }) => Object.assign(asked, { atLeast: 2 })],
  [
    'a post becomes two turns',
    postsTakenOnce,
    ({ log }) => {
      log.push(durable(6, { ...log[0], seq: 6, turnId: 'turn_2' }));
    },
  ],
  [
    'there is a turn that nobody asked for',
    postsTakenOnce,
    ({ outcome, turn }) => {
      outcome.turns.push({ ...turn, id: 'turn_2' });
    },
  ],
  ['a reconnect gets a 5xx', reconnectsWelcome, ({ cut }) => void cut.statuses.push(503)],
  ['a reader gives up', reconnectsWelcome, ({ cut }) => void cut.complaints.push('gave up')],
  ['a deleted session is there', deletedGone, ({ evidence }) => void evidence.deletions[0]?.problems.push('it is')],
  [
    'a deleted turn was seen to end twice',
    deletedGone,
    ({ deleted }) => {
      for (const seq of [1, 2]) deleted.see(durable(seq, { type: 'complete', stopReason: 'interrupted' }));
    },
  ],
  ['a disk lost something', diskWhole, ({ trial }) => void trial.problems.push('a file')],
  ['a full disk broke something', fullDiskHarmless, ({ trial }) => void trial.problems.push('a turn')],
  ['an object is missing', objectsNeeded, ({ evidence }) => void evidence.objects.wrong.push('missing')],
  ['something is stuck', nothingStuck, ({ evidence }) => void evidence.stuck.push('a turn')],
  [
    'workerd takes too much memory',
    memoryBounded,
    ({ evidence }) => Object.assign(evidence.memory.workerd, { most: 301 }),
  ],
  [
    'a server takes too much memory',
    memoryBounded,
    ({ evidence }) => Object.assign(evidence.memory.sandboxServer, { most: 551e6 }),
  ],
];

describe('the judges', () => {
  it.each(promises)('find no fault where there is none: $sentence', ({ judge }) => {
    expect(judge(new Kept().evidence).broken).toEqual([]);
  });

  it.each(broken)('find that %s', (_, { judge }, breakIt) => {
    const kept = new Kept();
    breakIt(kept);
    expect(judge(kept.evidence).broken).not.toEqual([]);
  });

  it('are all shown something broken', () => {
    expect(new Set(broken.map(([, promised]) => promised))).toEqual(new Set(promises));
  });

  it('excuse a turn that a fault ended while it was under way, with an error of that fault', () => {
    const kept = new Kept();
    kept.fail('sandbox_restarted');
    kept.session.interrupted.push(turnId);
    kept.session.hardships.push({ from: 4000, to: 4500, codes: ['sandbox_restarted'] });
    expect(turnsAsPlanned.judge(kept.evidence).broken).toEqual([]);
    expect(interruptsKept.judge(kept.evidence).broken).toEqual([]);
  });
});
