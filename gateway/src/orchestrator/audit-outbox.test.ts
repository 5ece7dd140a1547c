import { beforeEach, expect, it } from 'vitest';
import { byItself } from '../audit/act.ts';
import { AuditOutbox } from './audit-outbox.ts';
import { SessionStore } from './session-store.ts';
import { sessionStorage } from './testing/session-storage.ts';

let outbox: AuditOutbox;
beforeEach(() => {
  const { sql } = sessionStorage();
  const session = new SessionStore(sql);
  session.create({ name: 'sb-1', accountId: 'a', id: 's' }, '', {}, '2026-11-22T20:34:00.000Z');
  outbox = new AuditOutbox(sql, session);
});

it('hands over what there is in batches, the oldest first, and is not empty before the last', () => {
  const added = Array.from({ length: 120 }, (_, n) => `field${n}`);
  for (const field of added) outbox.add('updateSession', byItself, { [field]: 'secret' });
  const batches: number[] = [];
  const handed: unknown[] = [];
  while (!outbox.isEmpty) {
    const entries = outbox.entries();
    batches.push(entries.length);
    handed.push(...entries.flatMap(({ fields }) => fields));
    outbox.remove(entries);
  }
  expect(batches).toEqual([50, 50, 20]);
  expect(handed).toEqual(added);
});

it('says what was done to which session, and of what was set no more than the names', () => {
  const act = { actor: { type: 'key', id: 'key_1' }, requestId: 'req_1' } as const;
  outbox.add('createSession', act, { id: 's', metadata: { a: 'b' } });
  outbox.add('createSession', act, { id: 's', metadata: { a: 'b' } }); // Made again, it is the same request.
  expect(outbox.entries()).toEqual([
    {
      id: 'audit_1',
      at: expect.any(String),
      accountId: 'a',
      action: 'createSession',
      target: { type: 'session', id: 's' },
      fields: ['metadata'],
      actor: act.actor,
      outcome: 'succeeded',
      requestId: 'req_1',
    },
  ]);
});
