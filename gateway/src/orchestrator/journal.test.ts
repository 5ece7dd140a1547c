import { expect, it } from 'vitest';
import type { SessionEvent } from './entry.ts';
import { EventLog } from './event-log.ts';
import { Feed } from './feed.ts';
import { Journal } from './journal.ts';
import { Notices } from './notices.ts';
import { Outbox } from './outbox.ts';
import { RequestStore } from './request-store.ts';
import { Retention } from './retention.ts';
import { sessionStorage } from './testing/session-storage.ts';
import { TurnStore } from './turn-store.ts';

const now = '2026-11-23T10:00:00.000Z';
const asks: SessionEvent = {
  type: 'permission.requested',
  ...{ requestId: 'perm_1', kind: 'permission', tool: 'shell', title: 'Run', input: {}, expiresAt: now },
  options: [{ id: 'allow', scope: 'once' }],
};
const result: SessionEvent = { type: 'tool.result', toolCallId: 'c', isError: false, output: 'x' };

it('stores all of what follows from events, or nothing of it', () => {
  const storage = sessionStorage();
  const { sql } = storage;
  const turns = new TurnStore(sql);
  const requests = new RequestStore(sql);
  const log = new EventLog(sql);
  const retention = new Retention({ sessionId: 's', log, turns, requests }, 1_000_000);
  const parts = { log, feed: new Feed(), turns, requests, retention, outbox: new Outbox(sql, 1000) };
  const journal = new Journal(storage, 's', { ...parts, notices: new Notices(sql, 's') }, () => undefined);
  turns.admit('t', 'digest', { messages: [{ role: 'user', content: 'hi' }] }, now);
  turns.change('t', { status: 'running', spoke: 1 });
  const before = turns.get('t');

  // The second of a name is refused by its table, when the first made the turn wait, and the result was told of that.
  expect(() => journal.record('t', [asks, result, asks])).toThrow();
  expect(turns.get('t')).toEqual(before);
  expect([log.head, requests.open()]).toEqual([0, []]);

  journal.record('t', [asks]);
  expect(turns.get('t')).toMatchObject({ status: 'waiting', firstSeq: 1, lastSeq: 1 });
});
