import { expectTypeOf, test } from 'vitest';
import type { Answer, Input, Item, ListRoute, Query, Route } from './contract.ts';
import type {
  ApiError,
  ApiPromise,
  ChatOptions,
  DurableEvent,
  Event,
  Message,
  NewKey,
  Page,
  PagePromise,
  RequestLog,
  ResponseHead,
  Sandgate,
  SessionData,
  SessionSummary,
  Turn,
} from './index.ts';

// `npm run check` compiles this: a type that is not as it says here is an error.
declare const client: Sandgate;
const session = client.sessions.handle('s');

test('a session that was asked for has data, a handle has none', () => {
  expectTypeOf(client.sessions.create()).resolves.toHaveProperty('data').toEqualTypeOf<SessionData>();
  expectTypeOf(client.sessions.handle('s').data).toEqualTypeOf<undefined>();
});

test('a list is awaited by the page and iterated by the item', () => {
  expectTypeOf(client.sessions.list()).toEqualTypeOf<PagePromise<SessionSummary>>();
  expectTypeOf(client.sessions.list()).resolves.toEqualTypeOf<Page<SessionSummary>>();
  expectTypeOf(client.sessions.list()).resolves.toHaveProperty('data').toEqualTypeOf<SessionSummary[]>();
  expectTypeOf(client.sessions.list()[Symbol.asyncIterator]()).toExtend<AsyncIterator<SessionSummary>>();
  expectTypeOf(session.listEvents()).resolves.toEqualTypeOf<Page<DurableEvent>>();
  expectTypeOf(session.listEvents())
    .resolves.toHaveProperty('next')
    .returns.resolves.toEqualTypeOf<Page<DurableEvent> | undefined>();
});

test('an answer can be had with what it came with', () => {
  expectTypeOf(client.keys.get('k').withResponse()).resolves.toHaveProperty('response').toEqualTypeOf<ResponseHead>();
  expectTypeOf(client.keys.rotate('k').withResponse()).resolves.toHaveProperty('data').toEqualTypeOf<NewKey>();
  expectTypeOf(session.delete().withResponse()).resolves.toHaveProperty('data').toEqualTypeOf<void>();
  expectTypeOf(session.turns.list().withResponse()).resolves.toHaveProperty('data').toEqualTypeOf<Page<Turn>>();
  expectTypeOf(session.get()).toExtend<Promise<SessionData>>();
  expectTypeOf(session.get().then((data) => data.id)).toEqualTypeOf<Promise<string>>();
  expectTypeOf<ApiPromise<Turn>>().not.toExtend<ApiPromise<SessionData>>();
});

test('the type of an event tells what is in it', () => {
  const read = (event: Event) => {
    if (event.type === 'tool.delta') expectTypeOf(event.stream).toEqualTypeOf<'stdout' | 'stderr'>();
    if (event.type === 'message') expectTypeOf(event.message).toEqualTypeOf<Message>();
    if (event.type === 'complete') expectTypeOf(event.seq).toEqualTypeOf<number>();
    if ('seq' in event) expectTypeOf(event).toExtend<DurableEvent>();
    // @ts-expect-error only some events have a number
    event.seq;
    // @ts-expect-error only deltas and snapshots have a text
    event.text;
    // @ts-expect-error there is no such event
    event.type === 'moon.phase';
  };
  expectTypeOf(read).toBeFunction();
});

test('an event that is not known yet falls into the default branch', () => {
  const read = (event: Event): string => {
    switch (event.type) {
      case 'tool.delta':
        return event.text;
      default:
        return (event.type satisfies string) && '';
    }
  };
  expectTypeOf(read).returns.toEqualTypeOf<string>();
});

test('a chat is read as events, or as what came out', () => {
  expectTypeOf(session.chat('x')[Symbol.asyncIterator]()).toExtend<AsyncIterator<Event>>();
  expectTypeOf(session.chat('x').text()).resolves.toEqualTypeOf<string>();
  expectTypeOf(session.chat('x').finalMessage()).resolves.toEqualTypeOf<Message | undefined>();
  expectTypeOf(session.chat('x').response).toEqualTypeOf<ResponseHead | undefined>();
  expectTypeOf<ChatOptions['onPermission']>().extract<(...args: never) => unknown>().parameter(0).toExtend<{
    type: 'permission.requested';
    requestId: string;
  }>();
});

test('a failure may have no answer', () => {
  expectTypeOf<RequestLog['status']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<ApiError['code']>().toEqualTypeOf<string | undefined>();
});

test('a route is known by its operation in the contract', () => {
  expectTypeOf<Answer<'POST /v1/sessions/{sessionId}/chat'>>().toEqualTypeOf<Turn>();
  expectTypeOf<Answer<'DELETE /v1/sessions/{sessionId}'>>().toEqualTypeOf<never>();
  expectTypeOf<Item<'GET /v1/sessions'>>().toEqualTypeOf<SessionSummary>();
  expectTypeOf<'GET /v1/sessions/{sessionId}'>().not.toExtend<ListRoute>();
  expectTypeOf<Query<'GET /v1/sessions'>>().toHaveProperty('limit');
  expectTypeOf<'PUT /v1/sessions'>().not.toExtend<Route>();
  expectTypeOf<{ params: { sessionId: string } }>().not.toExtend<Input<'POST /v1/sessions/{sessionId}/resume'>>();
});

test('what the contract does not know does not compile', () => {
  // @ts-expect-error
  () => client.sessions.create({ name: 'x' });
  // @ts-expect-error
  () => client.sessions.list({ status: 'asleep' });
  // @ts-expect-error
  () => session.resume({ requestId: 'p', decision: 'maybe' });
  // @ts-expect-error
  () => session.chat({ messages: [{ role: 'assistant', content: 'x' }] });
  // @ts-expect-error
  () => session.chat('x', { onPermission: () => ({ decision: 'perhaps' }) });
  // @ts-expect-error
  () => client.keys.create({ name: 'ci', scopes: ['everything'] });
  // @ts-expect-error
  () => client.webhooks.create({ url: 'https://example.com/', events: ['moon.phase'] });
  // @ts-expect-error
  () => session.files.write('a', { text: 'x' });
  // @ts-expect-error
  () => session.get({ idempotencyKey: 'only for what creates or runs something' });
  // @ts-expect-error
  () => session.turns.events('t', { idempotencyKey: 'x' });
});
