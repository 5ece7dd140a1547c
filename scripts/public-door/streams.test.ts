import { type Event, gatewayRoutes, type Session, type Turn } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import {
  call,
  chat,
  createSession,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  isDurable,
  letGo,
  only,
  readAll,
  readUntil,
  run,
  script,
  untilLetGo,
} from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const stream = { accept: 'text/event-stream' };

/** A session that asks nobody, and a script that prints ten lines over half a second. */
const bypass = () => createSession(door, { permissionMode: 'bypass' });
const ticking = 'for i in 0 1 2 3 4 5 6 7 8 9; do echo "tick $i"; sleep 0.05; done; echo done > done.txt';

async function log(sessionId: string): Promise<Event[]> {
  const { data } = await expectCall<{ data: Event[] }>(door, 200, gatewayRoutes.getEvents, { params: { sessionId } });
  return data;
}

describe('a caller that hangs up', () => {
  it('in mid-turn cancels nothing', async () => {
    const { id: sessionId } = await bypass();
    const hangUp = new AbortController();
    const response = await chat(door, sessionId, script(ticking), { signal: hangUp.signal });
    await readUntil(eventsOf(response), 'tool.delta');
    hangUp.abort();
    const turnId = response.headers.get('location')?.split('/').at(-1) ?? '';
    const turn = await eventually(async () => {
      const found = await expectCall<Turn>(door, 200, gatewayRoutes.getTurn, { params: { sessionId, turnId } });
      return found.status === 'complete' && found;
    });
    expect(turn.stopReason).toBe('end_turn');
    expect((await run(door, sessionId, 'cat done.txt')).outputText).toBe('done\n');
  });

  it('goes on at the Content-Location of the answer, with nothing missing and nothing twice', async () => {
    const { id: sessionId } = await bypass();
    const hangUp = new AbortController();
    const inTwoParts = `${ticking}; ${untilLetGo}; ${ticking}`;
    const response = await chat(door, sessionId, script(inTwoParts), { signal: hangUp.signal });
    const before = await readUntil(eventsOf(response), 'tool.delta');
    hangUp.abort();
    const lastId = before.filter(isDurable).at(-1) as Event & { seq: number };
    const again = await fetch(`${door.url}${response.headers.get('content-location')}`, {
      headers: { authorization: `Bearer ${door.apiKey}`, 'last-event-id': String(lastId.seq) },
    });
    await letGo(door, sessionId);
    const after = await readAll(again);
    const durable = [...before, ...after].filter(isDurable);
    expect(durable).toEqual((await log(sessionId)).filter(({ turnId }) => turnId !== undefined));
    // A snapshot replaces what was seen; the deltas behind it complete it to the letter.
    const output = [...before, ...after].reduce((text, event) => {
      if (event.type === 'tool.snapshot') return event.text;
      return event.type === 'tool.delta' ? text + event.text : text;
    }, '');
    expect(output).toBe(only(after, 'tool.result')[0]?.output);
  });
});

describe('a reader that comes back', () => {
  it('gets exactly the durable events behind its Last-Event-ID', async () => {
    const { id: sessionId } = await bypass();
    await run(door, sessionId, 'echo one');
    await run(door, sessionId, 'echo two');
    const all = await eventually(async () => {
      const events = await log(sessionId);
      return events.at(-1)?.type === 'status' && only(events, 'complete').length === 2 && events;
    });
    expect(all.map((event) => 'seq' in event && event.seq)).toEqual(all.map((_, index) => index + 1));
    for (const after of [0, 1, 5, all.length - 1]) {
      const hangUp = new AbortController();
      const options = {
        params: { sessionId },
        headers: { ...stream, 'last-event-id': String(after) },
        signal: hangUp.signal,
      };
      const { response } = await call(door, gatewayRoutes.getEvents, options);
      const events = eventsOf(response);
      const read: Event[] = [];
      while (read.length < all.length - after) read.push((await events.next()).value as Event);
      expect(read).toEqual(all.slice(after));
      hangUp.abort();
    }
  });

  it('is told by the header before the parameter, and refused beyond the head', async () => {
    const { id: sessionId } = await bypass();
    const turn = await run(door, sessionId, 'true');
    const params = { sessionId, turnId: turn.id };
    const at = (after: number) => ({ query: { after: String(after) } });
    const both = await call(door, gatewayRoutes.getTurnEvents, {
      params,
      ...at(0),
      headers: { 'last-event-id': String((turn.lastSeq ?? 0) - 1) },
    });
    expect((await readAll(both.response)).map(({ type }) => type)).toEqual(['complete']);
    await expectProblem(door, 'cursor_beyond_head', gatewayRoutes.getTurnEvents, { params, ...at(1e6) });
    await expectProblem(door, 'cursor_beyond_head', gatewayRoutes.getEvents, { params, ...at(1e6), headers: stream });
    await expectProblem(door, 'invalid_request', gatewayRoutes.getEvents, {
      params,
      headers: { ...stream, 'last-event-id': 'x' },
    });
    expect((await call(door, gatewayRoutes.getTurnEvents, { params, ...at(turn.lastSeq ?? 0) })).response.status).toBe(
      204,
    );
  });

  it('pages through the log and reads it filtered', async () => {
    const { id: sessionId } = await bypass();
    await run(door, sessionId, 'echo hello');
    const all = await eventually(async () => {
      const events = await log(sessionId);
      return events.at(-1)?.type === 'status' && events;
    });
    const paged: Event[] = [];
    for (let after = '0'; ; ) {
      const page = await expectCall<{ data: Event[]; nextCursor: string | null }>(door, 200, gatewayRoutes.getEvents, {
        params: { sessionId },
        query: { after, limit: '3' },
      });
      paged.push(...page.data);
      if (page.nextCursor === null) break;
      after = page.nextCursor;
    }
    expect(paged).toEqual(all);
    const { data } = await expectCall<{ data: Event[] }>(door, 200, gatewayRoutes.getEvents, {
      params: { sessionId },
      query: { types: 'message,complete' },
    });
    expect(data.map(({ type }) => type)).toEqual(['message', 'complete']);
    const messages = await expectCall<{ data: { role: string; seq: number }[] }>(
      door,
      200,
      gatewayRoutes.listMessages,
      {
        params: { sessionId },
      },
    );
    expect(messages.data).toMatchObject([{ role: 'user', seq: 1 }]);
  });
});

describe('subscribers', () => {
  it('of one session see the same', async () => {
    const { id: sessionId } = await bypass();
    const hangUp = new AbortController();
    const subscribe = async () => {
      const options = { params: { sessionId }, headers: stream, signal: hangUp.signal };
      return eventsOf((await call(door, gatewayRoutes.getEvents, options)).response);
    };
    const readers = await Promise.all([subscribe(), subscribe(), subscribe()]);
    const turn = eventsOf(await chat(door, sessionId, script(ticking)));
    const [own, ...others] = await Promise.all([turn, ...readers].map((events) => readUntil(events, 'complete')));
    const durable = own?.filter(isDurable);
    for (const other of others) expect(other.filter(isDurable)).toEqual(durable);
    const output = (events: Event[]) =>
      only(events, 'tool.delta')
        .map(({ text }) => text)
        .join('');
    for (const other of others) expect(output(other)).toBe(output(own ?? []));
    expect(output(own ?? [])).toContain('tick 9');
    hangUp.abort();
  });

  it('are told first when to come back, and are told not to buffer', async () => {
    const { id: sessionId } = await bypass();
    const response = await chat(door, sessionId, script('true'));
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(await response.text()).toMatch(/^retry: \d+\n: [^\n]*\n\n/);
  });
});

describe('text of a user', () => {
  it('cannot break the framing', async () => {
    const { id: sessionId } = await bypass();
    const hostile = 'printf "a\\n\\nid: 99\\ndata: {}\\n\\n\\r\\r\\n\\xe2\\x80\\xa8"';
    const events = await readAll(await chat(door, sessionId, script(hostile)));
    expect(only(events, 'tool.result')).toMatchObject([{ output: 'a\n\nid: 99\ndata: {}\n\n\r\r\n\u2028' }]);
  });
});

describe('the scripted agent', () => {
  /** What a reader has of a message from its pieces. */
  const textOf = (events: Event[]) =>
    events.reduce((before, event) => {
      if (event.type === 'message.snapshot') return event.text;
      return event.type === 'message.delta' ? before + event.text : before;
    }, '');
  const messageOf = (events: Event[]) => only(events, 'message')[1]?.message.content[0]?.text;

  it('streams a long message in deltas that make it to the letter', async () => {
    const session = await expectCall<Session>(door, 201, gatewayRoutes.createSession, { body: { agent: 'scripted' } });
    const steps = [{ burst: { count: 500, textBytes: 20, everyMs: 0 } }];
    const events = await readAll(await chat(door, session.id, script(JSON.stringify(steps))));
    const [, message] = only(events, 'message');
    const text = message?.message.content.map((block) => block.text).join('');
    expect(
      only(events, 'message.delta')
        .map((delta) => delta.text)
        .join(''),
    ).toBe(text);
    expect(text).toHaveLength(10_000);
  });

  it('shows whoever comes in the middle of a message all of it, and nothing twice', async () => {
    const session = await createSession(door, { agent: 'scripted' });
    const params = { sessionId: session.id };
    const steps = [{ burst: { count: 1500, textBytes: 7, everyMs: 4 } }];
    const response = await chat(door, session.id, script(JSON.stringify(steps)));
    const turnId = response.headers.get('location')?.split('/').at(-1) ?? '';
    const late: Promise<Event[]>[] = [];
    const own: Event[] = [];
    for await (const event of eventsOf(response)) {
      own.push(event);
      if (event.type === 'message.delta' && only(own, 'message.delta').length % 40 === 0)
        late.push(
          call(door, gatewayRoutes.getTurnEvents, { params: { ...params, turnId } }).then((r) => readAll(r.response)),
        );
    }
    // On a busy machine many come too late, and some as it begins.
    const seen = (await Promise.all(late)).filter((events) => only(events, 'message.snapshot').length > 0);
    for (const events of [own, ...seen]) expect(textOf(events)).toBe(messageOf(events));
  });

  it('shows whoever comes while a message waits all of it, and nothing twice', async () => {
    const { id: sessionId } = await createSession(door, { agent: 'scripted' });
    const piece = (text: string) => ({ emit: { type: 'message.delta', messageId: 'm', text } });
    const content = [{ type: 'text', text: 'before, after' }];
    const steps = [
      piece('before, '),
      { ask: { tool: 'scripted', title: 'May I?' } },
      piece('after'),
      { emit: { type: 'message', message: { id: 'm', role: 'assistant', content } } },
    ];
    const own = eventsOf(await chat(door, sessionId, script(JSON.stringify(steps))));
    const [request] = only(await readUntil(own, 'permission.requested'), 'permission.requested');
    const params = { sessionId, turnId: request?.turnId ?? '' };
    const { response } = await call(door, gatewayRoutes.getTurnEvents, { params });
    const body = { requestId: request?.requestId, decision: 'allow' };
    await expectCall(door, 200, gatewayRoutes.resume, { params, body });
    const late = await readAll(response);
    expect(only(late, 'message.snapshot')).toMatchObject([{ text: 'before, ' }]);
    expect(textOf(late)).toBe(messageOf(late));
  });
});
