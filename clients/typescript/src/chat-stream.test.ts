import { describe, expect, test } from 'vitest';
import { longestSilenceMs } from './event-source.ts';
import { ApiError, ConnectionError, type Event, type PermissionAnswer, SandgateError, TurnError } from './index.ts';
import type { Session } from './resources/session.ts';
import { collect } from './testing/collect.ts';
import {
  type Answer,
  complete,
  delta,
  empty,
  hangUp,
  json,
  kept,
  output,
  passing,
  problem,
  silence,
  stream,
  TestGateway,
  turnUrl,
} from './testing/gateway.ts';

const head = 'retry: 500\n: hello\n\n';
const chatUrl = 'POST /v1/sessions/s/chat';
const eventsUrl = `GET ${turnUrl}/events`;

async function open(...answers: Answer[]): Promise<{ gateway: TestGateway; session: Session }> {
  const gateway = await TestGateway.start(...answers);
  return { gateway, session: gateway.client().sessions.handle('s') };
}

/** `1`, `2` for events that are kept, the text for others. */
async function summary(events: AsyncIterable<Event>): Promise<unknown[]> {
  return (await collect(events)).map((event) => ('seq' in event ? event.seq : event.text));
}

test('posts the text and yields events until complete', async () => {
  const { gateway, session } = await open(stream(head + output(1, 'hi\n') + delta('hi') + complete(2), 'stay'));
  const chat = session.chat('echo hi');
  expect(chat.turnId).toBeUndefined();
  expect(await collect(chat)).toMatchObject([
    { type: 'tool.result', seq: 1, output: 'hi\n', sessionId: 's' },
    { type: 'message.delta', text: 'hi' },
    { type: 'complete', seq: 2, stopReason: 'end_turn' },
  ]);
  expect(chat.turnId).toBe('turn_1');
  const [seen] = gateway.seen;
  expect(gateway.requests).toEqual([chatUrl]);
  expect(JSON.parse(seen?.body ?? '')).toEqual({ messages: [{ role: 'user', content: 'echo hi' }] });
  expect(seen?.headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer key' });
  await seen?.closed;
});

test('takes a whole request too', async () => {
  const { gateway, session } = await open(stream(complete(1)));
  const request = { messages: [{ role: 'user' as const, content: 'hi' }], onBusy: 'reject' as const };
  await collect(session.chat(request, { idempotencyKey: 'mine' }));
  expect(JSON.parse(gateway.seen[0]?.body ?? '')).toEqual(request);
  expect(gateway.seen[0]?.headers['idempotency-key']).toBe('mine');
});

describe('goes on', () => {
  test('after a cut, with the last id, at the Content-Location', async () => {
    const { gateway, session } = await open(
      stream(head + output(1, 'a') + delta('b'), 'cut'),
      stream(output(2, 'c') + complete(3)),
    );
    expect(await summary(session.chat('x'))).toEqual([1, 'b', 2, 3]);
    expect(gateway.requests).toEqual([chatUrl, eventsUrl]);
    expect(gateway.seen[1]?.headers).toMatchObject({ 'last-event-id': '1', accept: 'text/event-stream' });
    expect(gateway.timing.slept).toEqual([500]);
  });

  test('after an end without complete', async () => {
    const { session } = await open(stream(output(1, 'a')), stream(complete(2)));
    expect(await summary(session.chat('x'))).toEqual([1, 2]);
  });

  test('from the start, where only headers came', async () => {
    const { gateway, session } = await open(stream('', 'cut'), stream(output(1, 'a') + complete(2)));
    expect(await summary(session.chat('x'))).toEqual([1, 2]);
    expect(gateway.requests).toEqual([chatUrl, eventsUrl]);
    expect(gateway.seen[1]?.headers['last-event-id']).toBeUndefined();
  });

  test('by the same POST, where no header came', async () => {
    const { gateway, session } = await open(hangUp, empty(503), stream(complete(1)));
    expect(await summary(session.chat('x'))).toEqual([1]);
    expect(gateway.requests).toEqual([chatUrl, chatUrl, chatUrl]);
    const keys = gateway.seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBeTruthy();
    expect(new Set(keys).size).toBe(1);
  });

  test('by the same POST, where nobody said where', async () => {
    const nowhere = (frames: string): Answer => {
      return (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(frames);
    };
    const { gateway, session } = await open(nowhere(output(1, 'a')), nowhere(output(1, 'a') + complete(2)));
    expect(await summary(session.chat('x'))).toEqual([1, 2]);
    expect(gateway.requests).toEqual([chatUrl, chatUrl]);
    expect(gateway.seen[1]?.headers['idempotency-key']).toBe(gateway.seen[0]?.headers['idempotency-key']);
  });

  test('wherever it is cut: no kept event is missing, none comes twice', async () => {
    const frames = [output(1, 'grüß 🐘'), output(2, 'b').replaceAll('\n', '\r\n'), complete(3)];
    const whole = Buffer.from(frames.join(''));
    for (let at = 0; at <= whole.length; at += 3) {
      const rest: Answer = (response, seen) => {
        const last = Number(seen.headers['last-event-id'] ?? 0);
        stream(frames.slice(last).join(''))(response, seen);
      };
      const { session } = await open(stream(whole.subarray(0, at), 'cut'), rest);
      expect(await summary(session.chat('x'))).toEqual([1, 2, 3]);
    }
  });

  test('drops what it had, and lets a snapshot through', async () => {
    const snapshot = passing({ type: 'message.snapshot', messageId: 'msg_1', text: 'Hello' });
    const { session } = await open(
      stream(output(1, 'a') + output(2, 'b') + delta('Hel'), 'cut'),
      stream(output(1, 'a') + output(2, 'b') + snapshot + delta(' you') + complete(3)),
    );
    expect(await summary(session.chat('x'))).toEqual([1, 2, 'Hel', 'Hello', ' you', 3]);
  });

  test('through 503, 429 and 502, as late as the server asks', async () => {
    const busy = problem(503, 'sandbox_unavailable', { retryable: true, headers: { 'retry-after': '3' } });
    const { gateway, session } = await open(
      stream(`retry: 1200\n\n${output(1, 'a')}`, 'cut'),
      busy,
      problem(429, 'slow_down'),
      empty(502),
      stream(complete(2)),
    );
    expect(await summary(session.chat('x'))).toEqual([1, 2]);
    expect(gateway.timing.slept).toEqual([1200, 3000, 2000, 4000]);
  });

  test('after a silence of three heartbeats', async () => {
    const { gateway, session } = await open(stream(output(1, 'a'), 'stay'), stream(complete(2)));
    const events = session.chat('x')[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ seq: 1 });
    const next = events.next();
    await gateway.timing.expire(longestSilenceMs);
    expect((await next).value).toMatchObject({ seq: 2 });
    await gateway.seen[0]?.closed;
  });

  test('where a connection never begins', async () => {
    const arrived = Promise.withResolvers<void>();
    const { gateway, session } = await open(() => arrived.resolve(), stream(complete(1)));
    const done = summary(session.chat('x', { timeoutMs: 1234 }));
    await arrived.promise;
    await gateway.timing.expire(1234);
    expect(await done).toEqual([1]);
    expect(gateway.requests).toEqual([chatUrl, chatUrl]);
  });
});

test('takes its key to no other server', async () => {
  const elsewhere: Answer = (response) =>
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'content-location': 'http://127.0.0.1:1/events' })
      .end();
  const { gateway, session } = await open(elsewhere, stream(complete(1)));
  expect(await summary(session.chat('x'))).toEqual([1]);
  expect(gateway.requests).toEqual([chatUrl, chatUrl]);
});

test('goes on under the prefix of the base URL', async () => {
  const gateway = await TestGateway.start(stream(output(1, 'a'), 'cut'), stream(complete(2)));
  const client = gateway.client({ baseUrl: `${gateway.url}/prefix` });
  expect(await summary(client.sessions.handle('s').chat('x'))).toEqual([1, 2]);
  expect(gateway.requests[1]).toBe(`GET /prefix${turnUrl}/events`);
});

describe('ends', () => {
  test('with 204, which says that there is no more', async () => {
    const { session } = await open(stream(output(1, 'a'), 'cut'), empty(204));
    expect(await summary(session.chat('x'))).toEqual([1]);
  });

  test('with complete, also if it was seen before', async () => {
    const { session } = await open(stream(complete(2), 'stay'));
    expect(await summary(session.turns.events('turn_1', { after: 2 }))).toEqual([]);
  });

  test('with complete, whatever happens to the connection', async () => {
    const { gateway, session } = await open(stream(complete(1), 'cut'));
    expect(await summary(session.chat('x'))).toEqual([1]);
    expect(gateway.requests).toHaveLength(1);
  });

  test('with a refusal, which is not asked for twice', async () => {
    const { gateway, session } = await open(stream(output(1, 'a'), 'cut'), problem(404, 'turn_not_found'));
    await expect(collect(session.chat('x'))).rejects.toMatchObject({ code: 'turn_not_found' });
    expect(gateway.requests).toHaveLength(2);
    const refused = await open(problem(404, 'session_not_found'));
    await expect(collect(refused.session.chat('x'))).rejects.toThrow(ApiError);
  });

  test('after about a minute in which nothing came', async () => {
    const { gateway, session } = await open(stream(head + output(1, 'a'), 'cut'), stream(head));
    await expect(collect(session.chat('x'))).rejects.toThrow(ConnectionError);
    const slept = gateway.timing.slept.reduce((sum, ms) => sum + ms, 0);
    expect(slept).toBe(55_500);
    expect(gateway.requests).toHaveLength(11);
  });

  test.each([
    ['before', silence, 60_000],
    ['after', stream('', 'stay'), longestSilenceMs],
  ])('after as many attempts that fall silent %s they began', async (_, answer, ms) => {
    const { gateway, session } = await open(stream(output(1, 'a'), 'cut'), answer);
    const events = session.chat('x')[Symbol.asyncIterator]();
    await events.next();
    let lost: unknown;
    const next = events.next().catch((error) => {
      lost = error;
    });
    while (!lost) await Promise.race([gateway.timing.expire(ms), next]);
    expect(lost).toBeInstanceOf(ConnectionError);
    expect(gateway.timing.slept).toHaveLength(10);
  });

  test('not while something comes, or a connection still brings heartbeats after a while', async () => {
    const snapshot = passing({ type: 'message.snapshot', messageId: 'msg_1', text: 'a' });
    const news = Array.from({ length: 15 }, () => stream(delta('a'), 'cut'));
    const waits = Array.from({ length: 15 }, () => stream(`${snapshot}: heartbeat\n\n`, 'cut'));
    const { gateway, session } = await open(...news, ...waits, stream(complete(1)));
    for await (const event of session.chat('x')) {
      if (event.type === 'message.snapshot') gateway.timing.pass(15_000);
    }
    expect(gateway.timing.slept).toEqual(Array.from({ length: 30 }, () => 500));
  });
});

describe('hangs up', () => {
  test('on break', async () => {
    const { gateway, session } = await open(stream(output(1, 'a'), 'stay'));
    for await (const _ of session.chat('x')) break;
    await gateway.seen[0]?.closed;
    expect(gateway.requests).toHaveLength(1);
  });

  test('on return, while an event is awaited', async () => {
    const { gateway, session } = await open(stream(output(1, 'a'), 'stay'));
    const events = session.chat('x')[Symbol.asyncIterator]();
    await events.next();
    const next = events.next();
    await events.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    await gateway.seen[0]?.closed;
  });

  test('on abort, with its reason', async () => {
    const { gateway, session } = await open(stream(output(1, 'a'), 'stay'));
    const controller = new AbortController();
    const events = session.chat('x', { signal: controller.signal })[Symbol.asyncIterator]();
    await events.next();
    const failed = expect(events.next()).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await failed;
    await gateway.seen[0]?.closed;
    expect(gateway.requests).toHaveLength(1);
  });
});

test('hands through what it does not know', async () => {
  const { session } = await open(stream(`event: x\n${kept(1, { type: 'moon.phase', full: true })}${complete(2)}`));
  expect(await collect(session.chat('x'))).toMatchObject([{ type: 'moon.phase', seq: 1, full: true }, { seq: 2 }]);
});

test('an event that is not JSON is an error, and nothing to try again', async () => {
  const { gateway, session } = await open(stream('data: <html>\n\n', 'stay'));
  await expect(collect(session.chat('x'))).rejects.toThrow('an event is not JSON');
  await gateway.seen[0]?.closed;
  expect(gateway.requests).toHaveLength(1);
});

test('can be read once', async () => {
  const { session } = await open(stream(complete(1)));
  const chat = session.chat('x');
  await collect(chat);
  await expect(collect(chat)).rejects.toThrow(SandgateError);
});

describe('text', () => {
  const message = (seq: number, role: string, ...content: [type: string, text: string][]) =>
    kept(seq, {
      type: 'message',
      message: { id: `msg_${seq}`, role, content: content.map(([type, text]) => ({ type, text })) },
    });
  const question = message(1, 'user', ['text', 'question']);

  test("is the agent's last message", async () => {
    const { session } = await open(
      stream(
        question +
          message(2, 'assistant', ['text', 'Let me see.']) +
          output(3, 'hello\n') +
          message(4, 'assistant', ['reasoning', 'Hm.'], ['text', 'It is '], ['text', 'hello.']) +
          complete(5),
      ),
    );
    const chat = session.chat('x');
    expect(await chat.text()).toBe('It is hello.');
    expect(await chat.finalMessage()).toMatchObject({ id: 'msg_4', role: 'assistant' });
  });

  test('is known when the events were read, too', async () => {
    const { gateway, session } = await open(stream(output(1, 'hello\n') + complete(2)));
    const chat = session.chat('x');
    await collect(chat);
    expect(await chat.text()).toBe('hello\n');
    expect(await chat.finalMessage()).toBeUndefined();
    expect(gateway.requests).toHaveLength(1);
  });

  test('is not known of a stream that was left', async () => {
    const { session } = await open(stream(output(1, 'hello\n') + complete(2)));
    const chat = session.chat('x');
    for await (const _ of chat) break;
    await expect(chat.text()).rejects.toThrow('was not read to its end');
  });

  test('is the output of the last tool, where the agent says nothing', async () => {
    const { session } = await open(stream(question + output(2, 'a') + output(3, 'hello\n') + complete(4)));
    expect(await session.chat('x').text()).toBe('hello\n');
  });

  test('is an error where the turn fails', async () => {
    const failure = kept(2, {
      type: 'error',
      code: 'sandbox_restarted',
      message: 'It was restarted.',
      retryable: true,
    });
    const { session } = await open(stream(question + failure + complete(3, 'error')));
    const error = await session
      .chat('x')
      .text()
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(TurnError);
    expect(error).toMatchObject({ code: 'sandbox_restarted', message: 'It was restarted.', retryable: true });
  });
});

describe('onPermission', () => {
  const requested = kept(1, { type: 'permission.requested', requestId: 'perm_1', kind: 'permission', tool: 'shell' });
  const resolved = kept(2, { type: 'permission.resolved', requestId: 'perm_1', decision: 'allow', by: 'user' });

  /** A turn that waits until its request is answered. */
  function waiting(answer: Answer): Answer {
    let goOn = () => {};
    return (response, seen) => {
      if (seen.url.endsWith('/resume')) {
        answer(response, seen);
        goOn();
        return;
      }
      stream(requested, 'stay')(response, seen);
      goOn = () => response.end(resolved + complete(3));
    };
  }

  test('answers while the stream goes on', async () => {
    const { gateway, session } = await open(waiting(json({ turnId: 'turn_1' })));
    const asked: string[] = [];
    const chat = session.chat('rm', {
      onPermission: async ({ requestId, tool }) => {
        asked.push(`${requestId} ${tool}`);
        return { decision: 'allow', scope: 'session' };
      },
    });
    expect(await summary(chat)).toEqual([1, 2, 3]);
    expect(asked).toEqual(['perm_1 shell']);
    expect(gateway.requests[1]).toBe('POST /v1/sessions/s/resume');
    expect(JSON.parse(gateway.seen[1]?.body ?? '')).toEqual({
      requestId: 'perm_1',
      decision: 'allow',
      scope: 'session',
    });
  });

  test('does not mind that somebody else was faster', async () => {
    const { session } = await open(waiting(problem(409, 'request_already_resolved')));
    const onPermission = (): PermissionAnswer => ({ decision: 'deny' });
    expect(await summary(session.chat('rm', { onPermission }))).toEqual([1, 2, 3]);
  });

  test('fails the stream where the answer is refused', async () => {
    const { session } = await open(stream(requested, 'stay'), problem(400, 'invalid_request'));
    const onPermission = (): PermissionAnswer => ({ decision: 'deny' });
    await expect(collect(session.chat('rm', { onPermission }))).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('fails the stream where it throws, and hangs up', async () => {
    const { gateway, session } = await open(stream(requested, 'stay'));
    const onPermission = () => Promise.reject(new Error('nobody there'));
    await expect(collect(session.chat('rm', { onPermission }))).rejects.toThrow('nobody there');
    await gateway.seen[0]?.closed;
    expect(gateway.requests).toHaveLength(1);
  });

  test('may leave it to somebody else', async () => {
    const { gateway, session } = await open(stream(requested + resolved + complete(3)));
    expect(await summary(session.chat('rm', { onPermission: () => undefined }))).toEqual([1, 2, 3]);
    expect(gateway.requests).toEqual([chatUrl]);
  });
});
