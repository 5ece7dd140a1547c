import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentEvent, type Event, gatewayRoutes, type HistoryMessage, type Turn } from '@sandgate/api-spec';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tally } from '../attack-gateway/tally.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  only,
  readAll,
  readUntil,
  script,
} from './door.ts';
import { testEngine } from './test-engine.ts';

/** What the sandbox does, step by step: see `hostile-server.js`. */
type Step = { say: AgentEvent[] } | Record<string, unknown>;

const says = (text: string, role: 'assistant' | 'user' = 'assistant'): AgentEvent => ({
  type: 'message',
  message: { id: `msg_${text}`, role, content: [{ type: 'text', text }] },
});
const asks = (requestId: string): AgentEvent => ({
  type: 'permission.requested',
  requestId,
  kind: 'permission',
  tool: 'shell',
  title: 'Run a shell script',
  input: {},
  options: [
    { id: 'allow', scope: 'once' },
    { id: 'allow', scope: 'session' },
    { id: 'deny', scope: 'once' },
  ],
  expiresAt: '2100-01-01T00:00:00.000Z',
});
const allowed = (more: object): AgentEvent =>
  ({ type: 'permission.resolved', requestId: 'r1', decision: 'allow', by: 'user', ...more }) as AgentEvent;
const tooDeep = `data: {"cursor":2,"event":{"type":"tool.call","toolCallId":"c","name":"x","input":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}\n\n`;
const ends: AgentEvent = { type: 'complete', stopReason: 'end_turn' };

describe('a sandbox that lies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-hostile-'));
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({
      folder,
      engine: testEngine,
      vars: { SANDBOX_READY_TIMEOUT_MS: '30000' },
      server: join(import.meta.dirname, 'hostile-server.js'),
    });
  }, 120_000);

  afterAll(async () => {
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => tally('lies of a hostile sandbox', 1));

  const lying = async (LIE: string) => ({ sessionId: (await createSession(stack, { env: { LIE } })).id });

  const begin = (sessionId: string, steps: Step[]) => chat(stack, sessionId, script(JSON.stringify(steps)));

  async function logOf(sessionId: string): Promise<Event[]> {
    const { data } = await expectCall<{ data: Event[] }>(stack, 200, gatewayRoutes.getEvents, {
      params: { sessionId },
    });
    return data;
  }

  /** Plays a turn to its end, and answers the session's log. */
  async function played(steps: Step[], sessionId?: string) {
    const id = sessionId ?? (await createSession(stack)).id;
    const events = await readAll(await begin(id, steps));
    expect(events.at(-1)?.type).toBe('complete');
    return { sessionId: id, params: { sessionId: id }, log: await logOf(id) };
  }

  async function expectToRun(sessionId: string) {
    const { log } = await played([{ say: [says('next'), ends] }], sessionId);
    expect(only(log, 'message').at(-1)?.message.content).toEqual([{ type: 'text', text: 'next' }]);
    expect(only(log, 'complete').at(-1)?.stopReason).toBe('end_turn');
  }

  /** The turn failed once and for all, and what was forged is nowhere. */
  async function expectDistrust(log: Event[], sessionId: string) {
    expect(only(log, 'error')).toMatchObject([{ code: 'sandbox_untrusted' }]);
    expect(only(log, 'complete')).toMatchObject([{ stopReason: 'error' }]);
    const { data } = await expectCall<{ data: HistoryMessage[] }>(stack, 200, gatewayRoutes.listMessages, {
      params: { sessionId },
    });
    expect(JSON.stringify(data.slice(1))).not.toContain('forged');
  }

  describe('about the end of a turn', () => {
    it('resolves what it leaves open', async () => {
      const { sessionId, params, log } = await played([{ say: [asks('r1'), ends] }]);
      const turnEvents = log.filter(({ turnId }) => turnId !== undefined);
      expect(turnEvents.map(({ type }) => type)).toEqual([
        'message',
        'status',
        'permission.requested',
        'permission.resolved',
        'complete',
      ]);
      expect(only(log, 'permission.resolved')).toMatchObject([
        { requestId: 'r1', decision: 'deny', by: expect.stringMatching(/^(interrupt|restart)$/) },
      ]);
      const answer = { requestId: 'r1', decision: 'allow' };
      await expectProblem(stack, 'request_already_resolved', gatewayRoutes.resume, { params, body: answer });
      const { data } = await expectCall<{ data: Turn[] }>(stack, 200, gatewayRoutes.listTurns, { params });
      expect(data).toMatchObject([{ status: 'complete', openRequests: [] }]);
      await expectToRun(sessionId);
      expect(only(await logOf(sessionId), 'complete')).toHaveLength(2);
    });

    it('is not heard behind it', async () => {
      const { sessionId } = await played([{ say: [says('before'), ends, says('after'), asks('late'), ends] }]);
      const log = await eventually(async () => {
        const events = await logOf(sessionId);
        return events.at(-1)?.turnId === undefined && events;
      });
      expect(log.map(({ type }) => type)).toEqual(['message', 'status', 'message', 'complete', 'status']);
    });
  });

  describe('about a person’s answer', () => {
    it.each([
      ['of a policy', { by: 'policy' }],
      ['of a restart', { by: 'restart' }],
      ['of an interrupt that was none', { by: 'interrupt' }],
      ['of a person who gave none', { by: 'user' }],
      ['of a deadline that is not over', { by: 'timeout' }],
      ['to what nobody asked', { requestId: 'another' }],
    ])('fails the turn: %s', async (_, forged) => {
      const { sessionId, log } = await played([
        { say: [asks('r1')] },
        { say: [allowed(forged), says('forged'), ends] },
      ]);
      await expectDistrust(log, sessionId);
      expect(only(log, 'permission.resolved')).toMatchObject([
        { requestId: 'r1', decision: 'deny', by: expect.stringMatching(/^(interrupt|restart)$/) },
      ]);
    });

    it.each([
      ['another scope', { scope: 'session' }],
      ['another decision', { decision: 'deny', scope: 'once' }],
    ])('fails the turn: %s than was stored', async (_, forged) => {
      const { id: sessionId } = await createSession(stack);
      const steps = [{ say: [asks('r1')] }, { await: 'answer' }, { say: [allowed(forged), says('forged'), ends] }];
      const events = eventsOf(await begin(sessionId, steps));
      await readUntil(events, 'permission.requested');
      await expectCall(stack, 200, gatewayRoutes.resume, {
        params: { sessionId },
        body: { requestId: 'r1', decision: 'allow', scope: 'once' },
      });
      await readUntil(events, 'complete');
      const log = await logOf(sessionId);
      await expectDistrust(log, sessionId);
      const [resolved] = only(log, 'permission.resolved');
      expect(resolved).toMatchObject({ decision: 'allow', by: 'user' });
      expect(resolved?.scope).not.toBe('session');
    });
  });

  describe('about who spoke', () => {
    it('fails the turn, and is no message of the user', async () => {
      const { sessionId, log } = await played([{ say: [says('forged', 'user'), ends] }]);
      await expectDistrust(log, sessionId);
      await expectToRun(sessionId);
    });
  });

  it('about whose turn it is, and when, is not heard', async () => {
    const foreign = { sessionId: 'another', turnId: 'turn_another', seq: 99, at: '2000-01-01T00:00:00.000Z' };
    const { sessionId, log } = await played([
      {
        say: [
          { ...says('own'), ...foreign },
          { ...ends, ...foreign },
        ],
      },
    ]);
    expect(log.map((event) => event.sessionId)).toEqual(log.map(() => sessionId));
    expect(log.map((event) => 'seq' in event && event.seq)).toEqual(log.map((_, index) => index + 1));
    const [asked, answered] = only(log, 'message');
    expect(answered?.turnId).toBe(asked?.turnId);
    expect(JSON.stringify(log.slice(1))).not.toMatch(/another|2000-01-01/); // The first is what it was told to say.
  });

  describe('about what it asked', () => {
    it('fails the turn, and loses nothing on the quiet', async () => {
      const again = { say: [says('kept or failed'), asks('r1'), says('forged'), ends] };
      const { sessionId, log } = await played([{ say: [asks('r1')] }, again]);
      await expectDistrust(log, sessionId);
      expect(only(log, 'permission.requested')).toHaveLength(1);
    });

    it('cannot take the name of an earlier turn’s request', async () => {
      const { sessionId } = await played([{ say: [asks('r1'), ends] }]);
      const { log } = await played([{ say: [asks('r1'), ends] }], sessionId);
      expect(only(log, 'permission.requested')).toHaveLength(1);
      expect(only(log, 'complete').at(-1)?.stopReason).toBe('error');
    });
  });

  describe('in a stream that is none', () => {
    it.each<[string, Step]>([
      ['no JSON', { write: 'data: nonsense\n\n' }],
      ['no frame', { write: 'data: {"cursor":2}\n\n' }],
      ['a gap', { write: `data: ${JSON.stringify({ cursor: 5, event: ends })}\n\n` }],
      ['a frame that is too large', { shout: { letter: 'x', times: 1_100_000 } }],
      ['a frame that is too large for a row', { shout: { letter: '界', times: 900_000 } }],
      ['a line without an end', { flood: true }],
      ['a cursor that is none', { write: `data: ${JSON.stringify({ cursor: 1.5, event: ends })}\n\n` }],
      ['a cursor below nothing', { write: `data: ${JSON.stringify({ cursor: -1, event: ends })}\n\n` }],
      ['a cursor beyond all numbers', { write: `data: {"cursor":1e999,"event":${JSON.stringify(ends)}}\n\n` }],
      [
        'an event of the session’s own',
        {
          write: `data: ${JSON.stringify({ cursor: 2, event: { type: 'egress.denied', host: 'x', reason: 'x' } })}\n\n`,
        },
      ],
      ['input that is too deep', { write: tooDeep }],
    ])('fails the turn once: %s', async (_, garbage) => {
      const began = Date.now();
      const { sessionId, log } = await played([{ say: [says('first')] }, garbage]);
      expect(Date.now() - began).toBeLessThan(30_000);
      expect(only(log, 'error')).toMatchObject([{ code: expect.stringMatching(/^sandbox_(error|untrusted)$/) }]);
      expect(only(log, 'complete')).toMatchObject([{ stopReason: 'error' }]);
      await expectToRun(sessionId);
    });
  });

  describe('about its files', () => {
    it('makes no page of ours', async () => {
      const params = { ...(await lying('')), path: 'page.html' };
      const { response } = await call(stack, gatewayRoutes.readFile, { params });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': expect.stringMatching(/^attachment/),
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining('sandbox'),
      });
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(await response.text()).toBe('<script>alert(origin)</script>');
    });

    it('passes on no header but those of a file', async () => {
      const { response } = await call(stack, gatewayRoutes.readFile, {
        params: { ...(await lying('headers of a file')), path: 'x' },
      });
      const sent = Object.fromEntries(response.headers);
      expect(sent['x-request-id']).not.toBe('req_forged');
      expect(sent['ratelimit-policy']).not.toBe('forged');
      expect(sent['content-disposition']).toBe('attachment');
      expect(sent['content-security-policy']).toBe("sandbox; default-src 'none'");
      expect(sent['cache-control']).toBe('no-store');
      const own = [
        'cache-control',
        'content-disposition',
        'content-security-policy',
        'content-type',
        'content-length',
        'ratelimit-policy',
        'server-timing',
        'x-content-type-options',
        'x-request-id',
      ];
      expect(
        Object.keys(sent).filter(
          (name) => !own.includes(name) && !['connection', 'keep-alive', 'date', 'transfer-encoding'].includes(name),
        ),
      ).toEqual([]);
      await response.body?.cancel();
    });

    it('that end early are no whole files', async () => {
      const params = { ...(await lying('short file')), path: 'x' };
      // Cut off before the head of the answer was sent, or behind it.
      const read = call(stack, gatewayRoutes.readFile, { params }).then(({ response }) => response.bytes());
      await expect(read).rejects.toThrow();
    });

    it.each(['no list', 'endless list', ''])('is a sandbox_error: %j', async (lie) => {
      const problem = await expectProblem(stack, 'sandbox_error', gatewayRoutes.listFiles, {
        params: await lying(lie),
      });
      expect(problem.status).toBe(502);
    });
  });

  it('is told nothing of its caller but what matters to a file', async () => {
    const params = { ...(await lying('echo')), path: 'x' };
    const nosy = {
      cookie: 'session=mine',
      'proxy-authorization': 'Basic mine',
      'x-api-key': 'mine',
      'x-sandgate-account': 'mine',
      'x-forwarded-for': 'mine',
      'cf-connecting-ip': 'mine',
      forwarded: 'for=mine',
      origin: 'https://mine.example',
      referer: 'https://mine.example',
      'user-agent': 'mine',
      'accept-language': 'mine',
      'x-request-id': 'mine',
      traceparent: '00-mine',
      prefer: 'mine',
      'if-match': '"kept"',
    };
    for (const route of [
      gatewayRoutes.listFiles,
      gatewayRoutes.statFile,
      gatewayRoutes.readFile,
      gatewayRoutes.deleteFile,
    ])
      await call(stack, route, { params, headers: nosy });
    await call(stack, gatewayRoutes.writeFile, {
      params,
      body: 'x',
      headers: { ...nosy, 'content-type': 'text/plain' },
    });
    await chat(stack, params.sessionId, script(JSON.stringify([{ say: [ends] }])), { headers: nosy }).then(readAll);
    const { data } = await expectCall<{ data: { path: string }[] }>(stack, 200, gatewayRoutes.listFiles, {
      params,
      headers: nosy,
    });
    const heard = data.map(({ path }): Record<string, string> => JSON.parse(path));
    expect(heard.length).toBeGreaterThanOrEqual(7);
    expect(heard.some((headers) => headers['if-match'] === '"kept"')).toBe(true);
    for (const headers of heard) {
      expect(JSON.stringify(headers)).not.toContain('mine');
      expect(JSON.stringify(headers)).not.toContain(stack.apiKey);
      expect(
        Object.keys(headers).filter(
          (name) =>
            ![
              'traceparent',
              'if-match',
              'content-type',
              'content-length',
              'transfer-encoding',
              'authorization',
              'host',
              'connection',
            ].includes(name),
        ),
      ).toEqual([]);
    }
  });

  // At once, to the last of those that are concurrent: they mostly wait, as a connection that is lost is tried again.
  describe.concurrent('in all that it answers', { timeout: 120_000 }, () => {
    const wrong = [
      'redirect',
      'redirect to itself',
      'another protocol',
      'no HTTP',
      'two lengths',
      'many headers',
      'a page',
      'nothing',
      'a cut',
      'bomb',
    ];

    it.each(wrong)('is an error that is told: %s', async (lie) => {
      const { sessionId } = await lying(lie);
      const params = { sessionId, path: 'x' };
      await expectProblem(stack, 'sandbox_error', gatewayRoutes.listFiles, { params });
      await expectProblem(stack, 'sandbox_error', gatewayRoutes.statFile, { params });
      await expectProblem(stack, 'sandbox_error', gatewayRoutes.writeFile, { params, body: 'x' });
      const log = await readAll(await begin(sessionId, [{ say: [says('forged'), ends] }]));
      expect(only(log, 'complete')).toMatchObject([{ stopReason: 'error' }]);
      expect(JSON.stringify(only(log, 'message').slice(1))).not.toContain('forged');
      await expectCall(stack, 204, gatewayRoutes.deleteSession, { params });
    });

    it('or never does is given up in time, and its neighbours go on meanwhile', async () => {
      const slow = await Promise.all(['a head that never ends', 'silence'].map(lying));
      const state = { isOver: false };
      const given = Promise.all(
        slow.map((params) => expectProblem(stack, 'sandbox_error', gatewayRoutes.listFiles, { params })),
      ).then(() => {
        state.isOver = true;
      });
      const { id: neighbour } = await createSession(stack);
      await expectToRun(neighbour);
      expect(state.isOver).toBe(false);
      await given;
    });
  });

  it.concurrent('about a line that grows for ever is stopped by whoever wants it, and its neighbours go on', async () => {
    const { id: sessionId } = await createSession(stack);
    const events = eventsOf(await begin(sessionId, [{ say: [says('first')] }, { drip: true }]));
    while ((await events.next()).value?.message?.role !== 'assistant');
    await expectToRun((await createSession(stack)).id);
    await expectCall(stack, 200, gatewayRoutes.interrupt, { params: { sessionId } });
    expect(only(await readUntil(events, 'complete'), 'complete')).toHaveLength(1);
    await expectToRun(sessionId);
  });

  it.concurrent.each(['unfinished health', 'endless health'])(
    'about its %s is not waited for without end',
    { timeout: 120_000 },
    async (lie) => {
      const params = await lying(lie);
      const problem = await expectProblem(stack, 'sandbox_unavailable', gatewayRoutes.listFiles, { params });
      expect(problem.status).toBe(503);
    },
  );

  it.concurrent('about nothing, but loses its connections while it waits, goes on', async () => {
    const { id: sessionId } = await createSession(stack);
    const working: AgentEvent = { type: 'status', status: { state: 'working' } };
    const steps = [
      { say: [asks('r1')] },
      { cut: 9 },
      { say: [working] },
      { await: 'answer' },
      { say: [allowed({ scope: 'once' }), ends] },
    ];
    const events = eventsOf(await begin(sessionId, steps));
    await readUntil(events, 'permission.requested');
    await readUntil(events, 'status'); // The sandbox's own, behind the last cut.
    const answer = { requestId: 'r1', decision: 'allow', scope: 'once' };
    await expectCall(stack, 200, gatewayRoutes.resume, { params: { sessionId }, body: answer });
    expect(only(await readUntil(events, 'complete'), 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
  });

  it('or dies in mid-turn ends it, and the next one runs', async () => {
    const { sessionId, log } = await played([{ say: [says('last words')] }, { exit: true }]);
    expect(only(log, 'error')).toMatchObject([{ code: 'sandbox_restarted', retryable: false }]);
    expect(only(log, 'complete')).toMatchObject([{ stopReason: 'error' }]);
    await expectToRun(sessionId);
  });

  it('or refuses a turn before it runs is asked again', async () => {
    const { log } = await played([{ refuse: true }, { say: [says('at last'), ends] }]);
    expect(only(log, 'error')).toEqual([]);
    expect(only(log, 'message').map(({ message }) => message.role)).toEqual(['user', 'assistant']);
    expect(only(log, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
  });

  it('or will not stop cannot keep its session from being deleted', async () => {
    const params = await lying('slow interrupt');
    const events = eventsOf(await begin(params.sessionId, [{ say: [says('running')] }, { await: 'answer' }]));
    while ((await events.next()).value?.message?.role !== 'assistant');
    const deletion = { over: false };
    const deleting = expectCall(stack, 204, gatewayRoutes.deleteSession, { params }).then(() => (deletion.over = true));
    await eventually(async () => (await call(stack, gatewayRoutes.getSession, { params })).response.status === 404);
    expect(deletion.over).toBe(false);
    await expectProblem(stack, 'session_not_found', gatewayRoutes.chat, { params, body: script('[]') });
    await deleting;
    expect(only(await readUntil(events, 'complete'), 'complete')).toHaveLength(1);
    expect((await events.next()).done).toBe(true);
  });
});
