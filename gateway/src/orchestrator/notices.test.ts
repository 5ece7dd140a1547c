import { beforeEach, describe, expect, it } from 'vitest';
import { Notices } from './notices.ts';
import { sessionStorage } from './testing/session-storage.ts';

describe('Notices', () => {
  let notices: Notices;

  beforeEach(() => {
    notices = new Notices(sessionStorage().sql, 's');
    notices.add('turn.completed', { turnId: 't', stopReason: 'end_turn' }, new Date(1000));
  });

  const id = () => notices.all()[0]?.id ?? '';

  it('have an event at once, under a name of its own', () => {
    expect(notices.due(1000)).toEqual([
      {
        id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
        type: 'turn.completed',
        createdAt: '1970-01-01T00:00:01.000Z',
        data: { sessionId: 's', turnId: 't', stopReason: 'end_turn' },
      },
    ]);
  });

  it('have it again while nobody says what became of it, ever more seldom', () => {
    const waits: number[] = [];
    for (let now = 1000; waits.length < 9; now = notices.nextSend() ?? 0) {
      expect(notices.due(now - 1)).toEqual([]);
      expect(notices.due(now)).toHaveLength(1);
      notices.sent(id(), now);
      waits.push(((notices.nextSend() ?? 0) - now) / 1000);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 600, 600, 600]);
  });

  it('have it when somebody waits for it, and no more when nobody does', () => {
    notices.sent(id(), 1000);
    notices.settle(id(), 5000);
    expect(notices.due(4999)).toEqual([]);
    expect(notices.due(5000)).toHaveLength(1);
    notices.settle(id(), undefined);
    expect(notices.nextSend()).toBeUndefined();
  });
});
