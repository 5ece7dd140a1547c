import { beforeEach, expect, it } from 'vitest';
import type { Loan } from '../disk/loans.ts';
import { DiskStore } from '../disk/store.ts';
import type { SessionEvent } from './entry.ts';
import { EventLog } from './event-log.ts';
import { Feed } from './feed.ts';
import { asOf, Fork, type ForkedSession, type Inheritance, inSession } from './fork.ts';
import { History } from './history.ts';
import { Journal } from './journal.ts';
import { Notices } from './notices.ts';
import { type ForkWish, Origin } from './origin.ts';
import { Outbox } from './outbox.ts';
import { RequestStore } from './request-store.ts';
import { Retention } from './retention.ts';
import { SessionStore } from './session-store.ts';
import { sessionStorage } from './testing/session-storage.ts';
import { TurnStore } from './turn-store.ts';

type Parts = ReturnType<typeof open>;

/** A session with all of its stores. */
function open(id: string) {
  const storage = sessionStorage();
  const session = new SessionStore(storage.sql);
  session.create({ name: `sb-${id}`, accountId: 'a', id }, '', { metadata: { of: id } }, '2026-11-22T20:34:00.000Z');
  const turns = new TurnStore(storage.sql);
  const requests = new RequestStore(storage.sql);
  const log = new EventLog(storage.sql);
  const outbox = new Outbox(storage.sql, 1000);
  const retention = new Retention({ sessionId: id, log, turns, requests }, 1_000_000);
  const journal = new Journal(
    storage,
    id,
    { log, feed: new Feed(), turns, requests, outbox, notices: new Notices(storage.sql, id), retention },
    () => undefined,
  );
  const diskStore = new DiskStore(storage, `sb-${id}`);
  return { storage, session, turns, requests, log, journal, diskStore, history: new History(storage.sql) };
}

let parent: Parts;
let child: Parts;
beforeEach(() => {
  parent = open('parent');
  child = open('child');
});

const inheritance = {
  agent: 'scripted' as const,
  agentOptions: {},
  permissionMode: 'bypass' as const,
  metadata: { of: 'parent' },
  idleTimeoutSeconds: 77,
  env: { SECRET: 'x' },
  budget: { outputTokens: 100 },
  egress: [{ host: 'api.example.org', headers: { 'x-secret': 'y' } }],
  expiresAt: undefined,
};

const seal = async ({ egress, env }: Pick<Inheritance, 'egress' | 'env'>) => ({
  egress: egress.map(({ host, headers = {} }) => ({ host, headerNames: Object.keys(headers), sealed: 'for child' })),
  env: `${Object.keys(env)} for child`,
});

/** What the parent says, to a fork at this event. */
function lending(seq: number, more: Partial<Loan> = {}): ForkedSession {
  return {
    lend: async () => ({ inheritance, loan: { seq, nextObject: 1, isRewound: false, ...more }, objects: [] }),
    history: async (table, after) => parent.history.read(table, after, seq),
  };
}

async function make(from: ForkedSession, body: ForkWish = {}): Promise<void> {
  const origin = new Origin(child.storage.sql);
  if (child.storage.sql.exec('SELECT 1 FROM origin').toArray().length === 0) origin.begin('parent', body);
  const onRewound = () =>
    child.journal.record(undefined, [{ type: 'error', code: 'disk_rewound', message: '', retryable: false }]);
  child.turns.open(); // As whoever asks how the session is does.
  await new Fork({ ...child, sessionId: 'child', origin, from, seal, onRewound }).make();
}

const says = (text: string): SessionEvent => ({
  type: 'message',
  message: { id: `msg_${text}`, role: 'user', content: [{ type: 'text', text }] },
});
const asks = (requestId: string): SessionEvent => ({
  type: 'permission.requested',
  ...{ requestId, kind: 'permission', tool: 'shell', title: 'Run', input: {}, expiresAt: '2100-01-01T00:00:00.000Z' },
  options: [{ id: 'allow', scope: 'once' }],
});
const resolves = (requestId: string): SessionEvent => ({
  type: 'permission.resolved',
  ...{ requestId, decision: 'allow', by: 'user' },
});
const ends: SessionEvent = { type: 'complete', stopReason: 'end_turn' };

function turn(id: string, ...events: SessionEvent[]): void {
  const body = { messages: [{ role: 'user' as const, content: id }] };
  if (!parent.turns.get(id)) parent.turns.admit(id, 'digest', body, '2026-11-22T20:34:00.000Z');
  for (const event of events) parent.journal.record(id, [event]);
}

const typesOf = ({ log }: Parts) => log.page(0, 1000).events.map(({ type }) => type);

it('takes over the log up to an event, with its turns and requests, in its own name', async () => {
  turn('t1', says('one'), asks('r1'), resolves('r1'), ends);
  turn('t2', says('two'), ends);
  await make(lending(4), { metadata: { of: 'child' }, expiresAt: '2100-01-01T00:00:00.000Z' });
  expect(child.log.page(0, 10).events).toEqual(
    parent.log.page(0, 4).events.map((event) => ({ ...event, sessionId: 'child' })),
  );
  expect(child.turns.list(0, 10)).toEqual(parent.turns.list(0, 1));
  expect(child.requests.page('all', undefined, 100)).toEqual(parent.requests.page('all', undefined, 100));
  expect(child.session.get()).toMatchObject({
    ...{ id: 'child', agent: 'scripted', permissionMode: 'bypass', idleTimeoutSeconds: 77, env: 'SECRET for child' },
    ...{ metadata: { of: 'child' }, expiresAt: Date.parse('2100-01-01T00:00:00.000Z') },
    ...{ budget: { outputTokens: 100 } },
    egress: [{ host: 'api.example.org', headerNames: ['x-secret'], sealed: 'for child' }],
  });
  child.journal.record(undefined, [{ type: 'status', status: { state: 'idle' } }]);
  expect(child.log.head).toBe(5);
});

it('takes over a part of a large flush', async () => {
  turn('t1', says('one'));
  parent.journal.record(
    't1',
    Array.from({ length: 100 }, (_, n) => says(`${n} ${'x'.repeat(100)}`)),
  );
  turn('t1', ends);
  await make(lending(50));
  const taken = parent.log.page(0, 50).events.map((event) => ({ ...event, sessionId: 'child' }));
  expect(child.log.page(0, 50).events).toEqual(taken);
  expect(typesOf(child).slice(50)).toEqual(['complete']);
});

it('ends a turn that was open at that event, and resolves what it had asked by then and nothing else', async () => {
  turn('t1', says('one'), asks('r1'), resolves('r1'), asks('r2'));
  turn('t2', says('two'));
  const { head } = parent.log;
  turn('t1', resolves('r2'), asks('r3'), resolves('r3'), ends);
  turn('t2', ends);
  await make(lending(head));
  expect(typesOf(child).slice(head)).toEqual(['permission.resolved', 'complete', 'complete']);
  expect(child.turns.open()).toEqual([]);
  expect(child.turns.get('t1')).toMatchObject({ status: 'complete', stopReason: 'interrupted', lastSeq: head + 2 });
  expect(child.requests.page('all', undefined, 100).requests.map(({ requestId, by }) => [requestId, by])).toEqual([
    ['r1', 'user'],
    ['r2', 'interrupt'],
  ]);
  expect(child.requests.open()).toEqual([]);
});

it('goes on where it was broken off, at each step', async () => {
  for (let n = 0; n < 5; n++) turn(`t${n}`, says(String(n)), asks(`r${n}`), resolves(`r${n}`), ends);
  const { head } = parent.log;
  for (let broken = 1; ; broken++) {
    child = open('child');
    let calls = 0;
    const failing = <T>(value: T): T => {
      calls += 1;
      if (calls === broken) throw new Error('The object was reset.');
      return value;
    };
    const from: ForkedSession = {
      lend: async (point) => failing(await lending(head).lend(point)),
      // A row at a time.
      history: async (table, after) => failing(parent.history.read(table, after, head).slice(0, 1)),
    };
    const isBroken = await make(from).then(
      () => false,
      () => true,
    );
    expect(new Origin(child.storage.sql).isMade).toBe(!isBroken);
    if (!isBroken) break;
    await make(from);
    expect(child.log.page(0, 100).events).toEqual(
      parent.log.page(0, 100).events.map((event) => ({ ...event, sessionId: 'child' })),
    );
    expect(child.turns.list(0, 10)).toEqual(parent.turns.list(0, 10));
    expect(child.requests.page('all', undefined, 100)).toEqual(parent.requests.page('all', undefined, 100));
  }
});

it('begins where the other log begins, also where that moves on meanwhile', async () => {
  for (let n = 0; n < 6; n++) turn(`t${n}`, says(String(n)), ends);
  const { head } = parent.log;
  let pages = 0;
  const from: ForkedSession = {
    ...lending(head),
    history: async (table, after) => {
      if (table === 'segments' && ++pages === 3) parent.log.drop(0, 9); // Behind what was read so far.
      return parent.history.read(table, after, head).slice(0, 1);
    },
  };
  await make(from);
  expect(child.log).toMatchObject({ first: 9, head });
  expect(child.log.size).toBe(new EventLog(child.storage.sql).size);
});

it('keeps the numbers where nothing is left of the log', async () => {
  for (let n = 0; n < 6; n++) turn(`t${n}`, says(String(n)), ends);
  parent.log.drop(0, 9);
  await make(lending(4));
  expect(child.log).toMatchObject({ first: 5, head: 4 });
  child.journal.record(undefined, [{ type: 'status', status: { state: 'idle' } }]);
  expect(child.log.page(4, 10).events).toMatchObject([{ seq: 5 }]);
  expect(new EventLog(child.storage.sql)).toMatchObject({ first: 5, head: 5 });
});

it('says that its disk is older than its log', async () => {
  turn('t1', says('one'), ends);
  await make(lending(2, { isRewound: true }));
  expect(typesOf(child)).toEqual(['message', 'complete', 'error']);
});

it('writes nothing to a session that was deleted meanwhile', async () => {
  turn('t1', says('one'), ends);
  const from: ForkedSession = {
    ...lending(2),
    lend: (point) => {
      child.session.bury('2026-11-22T20:34:00.000Z');
      return lending(2).lend(point);
    },
  };
  await expect(make(from)).rejects.toThrow('The fork was deleted.');
  expect(child.log.head).toBe(0);
});

it('puts an event into another session, whatever is in its name or text', () => {
  const json = (sessionId: string) =>
    JSON.stringify({ type: 'error', seq: 1, at: 'x', sessionId, message: '"sessionId":"a" $& $1' });
  for (const id of ['a', 'with "quotes" and $&', 'back\u2028slash?', '🎉'])
    for (const other of ['b', 'also "quoted" $1']) expect(inSession(json(id), other)).toBe(json(other));
});

it('knows nothing of a turn that came later', () => {
  const row = { id: 't', status: 'complete', last_seq: 7, output_text: 'later', stop_reason: 'end_turn' };
  expect(asOf(row, 7)).toBe(row);
  expect(asOf(row, 6)).toMatchObject({ id: 't', status: 'queued', output_text: null, stop_reason: null });
});
