import { expectTypeOf, test } from 'vitest';
import type { Answer, Input, Route } from './contract.ts';
import type { Event, Sandgate, SessionData, SessionSummary, Turn } from './index.ts';

declare const client: Sandgate;

test('a session that was asked for has data, a handle has none', () => {
  expectTypeOf(client.sessions.create()).resolves.toHaveProperty('data').toEqualTypeOf<SessionData>();
  expectTypeOf(client.sessions.handle('s').data).toEqualTypeOf<undefined>();
});

test('a list is awaited by the page and iterated by the item', () => {
  expectTypeOf(client.sessions.list()).resolves.toHaveProperty('data').toEqualTypeOf<SessionSummary[]>();
  expectTypeOf(client.sessions.list()[Symbol.asyncIterator]()).toExtend<AsyncIterator<SessionSummary>>();
});

test('the type of an event tells what is in it', () => {
  const read = (event: Event) => {
    if (event.type === 'tool.delta') expectTypeOf(event.stream).toEqualTypeOf<'stdout' | 'stderr'>();
    // @ts-expect-error only deltas and snapshots have a text
    event.text;
    // @ts-expect-error there is no such event
    event.type === 'moon.phase';
  };
  expectTypeOf(read).toBeFunction();
});

test('a route is known by its operation in the contract', () => {
  expectTypeOf<Answer<'POST /v1/sessions/{sessionId}/chat'>>().toEqualTypeOf<Turn>();
  expectTypeOf<Answer<'DELETE /v1/sessions/{sessionId}'>>().toEqualTypeOf<never>();
  expectTypeOf<'PUT /v1/sessions'>().not.toExtend<Route>();
  expectTypeOf<{ params: { sessionId: string } }>().not.toExtend<Input<'POST /v1/sessions/{sessionId}/resume'>>();
});

test('what the contract does not know does not compile', () => {
  // @ts-expect-error
  () => client.sessions.create({ name: 'x' });
  // @ts-expect-error
  () => client.sessions.handle('s').resume({ requestId: 'p', decision: 'maybe' });
  // @ts-expect-error
  () => client.sessions.handle('s').chat({ messages: [{ role: 'assistant', content: 'x' }] });
});
