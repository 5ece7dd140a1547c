import { type AccountRequest, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { createSession, eventually, expectCall, expectProblem, script } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const { listAccountRequests, resume, chat, deleteSession } = gatewayRoutes;

interface Page {
  data: AccountRequest[];
  unavailable: string[];
  nextCursor: string | null;
}
const list = (query: Record<string, string> = {}) => expectCall<Page>(door, 200, listAccountRequests, { query });
const of = async (sessionId: string) => (await list({ sessionId })).data;

/** A session that asks, once that is listed. */
async function asking(content: string): Promise<{ session: Session; request: AccountRequest }> {
  const session = await createSession(door);
  const body = script(content);
  await expectCall(door, 202, chat, { params: { sessionId: session.id }, body, headers: { prefer: 'respond-async' } });
  const request = await eventually(async () => (await of(session.id))[0], 45_000);
  return { session, request };
}

describe('what waits for a person in all sessions', () => {
  it('is listed as it was asked, until it is answered', async () => {
    const { session, request } = await asking('echo a');
    const params = { sessionId: session.id };
    const { openRequests } = await expectCall<Session>(door, 200, gatewayRoutes.getSession, { params });
    expect([request]).toEqual(openRequests.map((open) => ({ sessionId: session.id, ...open })));
    expect((await list({ sessionId: session.id, kind: 'question' })).data).toEqual([]);
    expect((await list({ sessionId: session.id, kind: 'permission' })).data).toEqual([request]);
    await expectCall(door, 200, resume, { params, body: { requestId: request.requestId, decision: 'deny' } });
    expect(await of(session.id)).toEqual([]); // At once, though the index may not know yet.
  });

  it('comes in pages, the nearest deadline first, and goes with its session', async () => {
    const mine = new Set<string>();
    for (const { session } of await Promise.all(['a', 'b'].map(asking))) mine.add(session.id);
    const seen: AccountRequest[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: Page = await list({ limit: '1', ...(after && { after }) });
      seen.push(...page.data);
      after = page.nextCursor;
    }
    const deadlines = seen.map(({ expiresAt }) => Date.parse(expiresAt));
    expect(deadlines).toEqual(deadlines.toSorted((a, b) => a - b));
    expect(seen.filter(({ sessionId }) => mine.has(sessionId))).toHaveLength(2);
    await expectProblem(door, 'invalid_request', listAccountRequests, { query: { after: 'nonsense' } });
    for (const sessionId of mine) {
      await expectCall(door, 204, deleteSession, { params: { sessionId } });
      expect(await of(sessionId)).toEqual([]);
    }
  });
});
