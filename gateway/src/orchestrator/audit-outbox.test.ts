import { expect, it } from 'vitest';
import { byItself, entryOf } from '../audit/act.ts';
import { AuditOutbox } from './audit-outbox.ts';
import { sessionStorage } from './testing/session-storage.ts';

it('hands over what there is in batches, the oldest first, and is not empty before the last', () => {
  const outbox = new AuditOutbox(sessionStorage().sql);
  const target = { type: 'session' as const, id: 's' };
  const added = Array.from({ length: 120 }, () =>
    entryOf(byItself, { accountId: 'a', action: 'createSessionToken', target }),
  );
  for (const entry of added) outbox.add(entry);
  const batches: number[] = [];
  const handed: string[] = [];
  while (!outbox.isEmpty) {
    const entries = outbox.entries();
    batches.push(entries.length);
    handed.push(...entries.map(({ id }) => id));
    outbox.remove(entries);
  }
  expect(batches).toEqual([50, 50, 20]);
  expect(handed).toEqual(added.map(({ id }) => id));
});
