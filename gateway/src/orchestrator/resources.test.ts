import { Turn } from '@sandgate/api-spec';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { RequestStore } from './request-store.ts';
import { turnResource } from './resources.ts';
import { SessionStore } from './session-store.ts';
import { sessionStorage } from './testing/session-storage.ts';
import { TurnStore } from './turn-store.ts';

const createdAt = '2026-11-22T20:34:00.000Z';
const trace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', isSampled: true };

it('shows of a turn what the contract names, and nothing else', () => {
  const { sql } = sessionStorage();
  const session = new SessionStore(sql);
  session.create({ name: 'sb-1', accountId: 'a', id: 's' }, '', {}, createdAt);
  const turns = new TurnStore(sql);
  const body = { messages: [{ role: 'user' as const, content: 'hello' }], deadlineSeconds: 60 };
  turns.admit('turn_1', 'digest', body, createdAt, trace);
  turns.startClock('turn_1', Date.now());
  turns.change('turn_1', { bootId: 'boot', wantedStop: 'interrupted' });
  const record = turns.get('turn_1');
  const shown = turnResource(record as never, session.get() as never, { requests: new RequestStore(sql) });
  const told = JSON.parse(JSON.stringify(shown));
  expect(z.strictObject(Turn.shape).parse(told)).toEqual(told);
});
