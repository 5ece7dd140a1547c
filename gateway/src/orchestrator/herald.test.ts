import type { WebhookEvent } from '@sandgate/api-spec';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryStore } from '../webhooks/delivery-store.ts';
import { Herald } from './herald.ts';
import { Notices } from './notices.ts';
import { SessionStore } from './session-store.ts';
import { sessionStorage } from './testing/session-storage.ts';

describe('Herald', () => {
  let notices: Notices;
  let session: SessionStore;
  const open = vi.fn<(event: WebhookEvent) => Promise<number | undefined>>();
  const hasWebhooks = vi.fn(async () => true);
  const cancelOf = vi.fn(async () => undefined);
  const send = vi.fn(async () => undefined);
  const herald = () => {
    const deliveries = { hasWebhooks, open, cancelOf } as unknown as DeliveryStore;
    return new Herald({ notices, session, deliveries, send });
  };
  const work = () => herald().work();

  beforeEach(() => {
    vi.clearAllMocks();
    hasWebhooks.mockResolvedValue(true);
    const { sql } = sessionStorage();
    notices = new Notices(sql, 's');
    session = new SessionStore(sql);
    session.create({ name: 'sb-1', accountId: 'a', id: 's' }, '', {}, '2026-11-22T20:34:00.000Z');
    notices.add('turn.completed', { turnId: 't', stopReason: 'end_turn' }, new Date());
  });

  it('sends what somebody waits for, and keeps it', async () => {
    open.mockImplementation(async ({ createdAt }) => Date.parse(createdAt));
    await work();
    expect(send.mock.calls).toEqual([[{ accountId: 'a', session: 'sb-1', eventId: notices.all()[0]?.id }]]);
    expect(notices.nextSend()).toBeGreaterThan(Date.now());
  });

  it('forgets what nobody waits for, and comes back to what somebody waits for later', async () => {
    open.mockResolvedValueOnce(Date.now() + 60_000);
    await work();
    expect(notices.nextSend()).toBeGreaterThan(Date.now() + 30_000);
    notices.settle(notices.all()[0]?.id ?? '', Date.now());
    open.mockResolvedValueOnce(undefined);
    await work();
    expect(notices.all()).toEqual([]);
    expect(send).not.toHaveBeenCalled();
  });

  it('keeps what fails', async () => {
    vi.spyOn(console, 'error').mockReturnValueOnce();
    open.mockRejectedValueOnce(new Error('no database'));
    await work();
    expect(notices.all()).toHaveLength(1);
    expect(notices.nextSend()).toBeGreaterThan(Date.now());
  });

  it('tells of a session that is deleted only that it expired', async () => {
    session.bury('2026-11-22T20:35:00.000Z');
    notices.add('session.expired', {}, new Date());
    open.mockImplementation(async ({ createdAt }) => Date.parse(createdAt));
    await work();
    expect(open.mock.calls.map(([{ type }]) => type)).toEqual(['session.expired']);
    expect(notices.all().map(({ type }) => type)).toEqual(['session.expired']);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('takes back what it handed over while the session was deleted', async () => {
    open.mockImplementationOnce(async ({ createdAt }) => {
      session.bury('2026-11-22T20:35:00.000Z');
      return Date.parse(createdAt);
    });
    await work();
    expect(cancelOf).toHaveBeenCalledWith('s');
    expect(send).not.toHaveBeenCalled();
  });

  it('asks every five seconds at most whether an account has webhooks that had none', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    const of = herald();
    hasWebhooks.mockResolvedValue(false);
    for (let turn = 0; turn < 20; turn += 1) {
      notices.add('turn.completed', { turnId: `t${turn}`, stopReason: 'end_turn' }, new Date());
      await of.work();
      vi.advanceTimersByTime(1000);
    }
    expect(hasWebhooks).toHaveBeenCalledTimes(4);
    expect(open).not.toHaveBeenCalled();
    vi.useRealTimers();
  });

  it('loses nothing of what happens before it asks again, for a webhook that is made', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    const of = herald();
    hasWebhooks.mockResolvedValueOnce(false);
    await of.work();
    vi.advanceTimersByTime(1000);
    notices.add('turn.completed', { turnId: 'next', stopReason: 'end_turn' }, new Date());
    await of.work();
    expect(send).not.toHaveBeenCalled();
    hasWebhooks.mockResolvedValue(true);
    open.mockImplementation(async ({ createdAt }) => Date.parse(createdAt));
    vi.setSystemTime(notices.nextSend() as number);
    await of.work();
    expect(send.mock.calls).toEqual([[{ accountId: 'a', session: 'sb-1', eventId: notices.all()[0]?.id }]]);
    vi.useRealTimers();
  });
});
