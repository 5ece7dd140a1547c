import { DiskStore } from '../../disk/store.ts';
import { AuditOutbox } from '../audit-outbox.ts';
import { EventLog } from '../event-log.ts';
import { Feed } from '../feed.ts';
import { Journal } from '../journal.ts';
import { Notices } from '../notices.ts';
import { Origin } from '../origin.ts';
import { Outbox } from '../outbox.ts';
import { RequestStore } from '../request-store.ts';
import { Retention } from '../retention.ts';
import { SessionStore } from '../session-store.ts';
import { TurnStore } from '../turn-store.ts';
import { sessionStorage } from './session-storage.ts';

/** A session that was just created, with all that is stored of it. @param logLimit in bytes. */
export function createdSession(logLimit = 1_000_000) {
  const storage = sessionStorage();
  const { sql } = storage;
  const session = new SessionStore(sql);
  session.create({ name: 'sb-1', accountId: 'a', id: 's' }, 'digest', {}, '2026-11-22T20:34:00.000Z');
  const turns = new TurnStore(sql);
  const requests = new RequestStore(sql);
  const outbox = new Outbox(sql, 10_000);
  const notices = new Notices(sql, 's');
  const stores = { session, turns, requests, outbox, notices };
  const log = new EventLog(sql);
  const feed = new Feed();
  const retention = new Retention({ sessionId: 's', log, turns, requests }, logLimit);
  const journal = new Journal(storage, 's', { ...stores, log, feed, retention }, () => undefined);
  const diskStore = new DiskStore(storage, 'sb-1');
  const origin = new Origin(sql);
  const audit = new AuditOutbox(sql, session);
  return { ...stores, storage, log, feed, retention, journal, diskStore, origin, audit };
}
