import {
  type AgentCapabilities,
  type AgentEvent,
  type AgentInfo,
  type AgentName,
  type AgentOptions,
  type SandboxChatRequest,
  sandboxRoutes,
} from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultLimit } from '../tools/command-output.ts';
import { answerOf } from './contract.ts';
import { eventually, isAlive } from './eventually.ts';
import { parkingContract } from './parking-contract.ts';
import { frames, next, only, TestSandbox } from './sandbox.ts';

/** How an agent is brought to do what the contract speaks of: each is the text of a message. */
export interface Subject {
  agent: AgentName;
  /** The variables of its server. */
  env?: Record<string, string>;
  agentOptions?: AgentOptions;
  /** What it must declare. */
  capabilities: AgentCapabilities;
  /** Runs these scripts by its tool, all at once where it can. */
  run(...scripts: string[]): string;
  /** The input of the tool that runs a script. */
  inputOf(script: string): Record<string, unknown>;
  /** Runs a script that ends the agent itself; undefined where the agent is no process of its own. */
  crash: string | undefined;
  /** Where it speaks. */
  say?(text: string): string;
  /** Says this, and then never ends. */
  hang?(text: string): string;
  /** Says "I heard 1 before." where it was given one message before in this session. */
  recall?: string;
  /** Asks which of these. */
  ask?(question: string, choices: string[]): string;
  /** Has the model's provider refuse so, where the agent tells refusals apart. */
  fail?(status: number, type: string, message: string): string;
  /** Never ends by itself. */
  endless?: string;
}

/** What providers refuse, and how a turn ends then. */
const providerFailures: [name: string, refusal: [number, string, string], code: string, retryable: boolean][] = [
  ['a missing or wrong key', [401, 'authentication_error', 'invalid x-api-key'], 'provider_unauthorized', false],
  ['too many requests', [429, 'rate_limit_error', 'slow down'], 'provider_rate_limited', true],
  ['too much load', [529, 'overloaded_error', 'Overloaded'], 'provider_overloaded', true],
  ['a failure of its own', [500, 'api_error', 'Internal'], 'provider_error', true],
  [
    'a conversation that is too long',
    [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'],
    'context_overflow',
    false,
  ],
];

/** What every agent must do, or declare that it cannot. */
export function agentContract(subject: Subject): void {
  const { agent, agentOptions = {}, capabilities } = subject;
  let sandbox: TestSandbox;
  let sessions = 0;
  beforeAll(async () => {
    sandbox = await TestSandbox.start(subject.env);
  });
  afterAll(() => sandbox.stop());

  const inSession = (more: Partial<SandboxChatRequest> = {}) => ({
    ...{ agent, agentOptions, sessionId: `session-${agent}-${++sessions}` },
    ...more,
  });
  const run = (content: string, more: Partial<SandboxChatRequest> = {}) => sandbox.run(content, inSession(more));
  const start = async (content: string, more: Partial<SandboxChatRequest> = {}) =>
    frames(await sandbox.chat(content, inSession(more)));
  const asking = (content: string, more: Partial<SandboxChatRequest> = {}) =>
    start(content, { permissionMode: 'ask', ...more });
  const answer = (requestId: string, decision: 'allow' | 'deny', more: object = {}) =>
    sandbox.post('/resume', { requestId, decision, by: 'user', ...more });
  const fileExists = async (path: string) => (await sandbox.fetch(`/files/${path}`)).status === 200;

  /** A test of what only some agents can. For the others: that they say so. */
  const able = (capability: keyof AgentCapabilities, name: string, body: () => Promise<void>) =>
    capabilities[capability]
      ? test(name, body)
      : test(`declares that it lacks: ${capability}`, () => lacks(capability));
  const declared = async () => {
    const { agents } = await answerOf(sandboxRoutes.health, await sandbox.fetch('/health'));
    return (agents as AgentInfo[]).find(({ name }) => name === agent);
  };
  const lacks = async (capability: keyof AgentCapabilities) =>
    expect((await declared())?.capabilities[capability]).toBe(false);

  test('is available, and declares what it can', async () => {
    expect(await declared()).toEqual({ name: agent, available: true, capabilities });
  });

  describe('streaming', () => {
    able('speaks', 'says a message in pieces, and then as a whole', async () => {
      const text = 'Counting: one, two, three, four, five.';
      const events = await run(subject.say?.(text) as string);
      const deltas = only(events, 'message.delta');
      const [message] = only(events, 'message');
      expect(deltas.length).toBeGreaterThan(1);
      expect(deltas.map((delta) => delta.text).join('')).toBe(text);
      expect(message?.message).toMatchObject({ role: 'assistant', content: [{ type: 'text', text }] });
      expect(new Set(deltas.map(({ messageId }) => messageId))).toEqual(new Set([message?.message.id]));
      expect(events.at(-1)).toMatchObject({ type: 'complete', stopReason: 'end_turn' });
    });

    test('tells of a call, then of its result, in the order of things', async () => {
      const events = await run(subject.run('echo from the tool'));
      const [call] = only(events, 'tool.call').slice(-1);
      const [result] = only(events, 'tool.result');
      expect(call).toMatchObject({ input: expect.objectContaining(subject.inputOf('echo from the tool')) });
      expect(result).toMatchObject({ toolCallId: call?.toolCallId, isError: false });
      expect(result?.output).toMatch(/^from the tool\n?$/);
      expect(only(events, 'permission.requested')).toEqual([]);
      expect(events.findIndex(({ type }) => type === 'tool.call')).toBeLessThan(
        events.findIndex(({ type }) => type === 'tool.result'),
      );
      expect(only(events, 'complete')).toHaveLength(1);
    });

    test('an output over the limit is cut, and said to be', async () => {
      const [result] = only(await run(subject.run('seq 1 100000')), 'tool.result');
      expect(result?.truncated).toBe(true);
      expect(result?.output.length).toBeLessThan(resultLimit + 100);
      expect(result?.output).toMatch(/^1\n2\n/);
    });

    able('speaks', 'remembers the turns before, also after a sleep', async () => {
      const session = inSession();
      await sandbox.run(subject.run('true'), session);
      const recalled = async () =>
        JSON.stringify(only(await sandbox.run(subject.recall as string, session), 'message'));
      expect(await recalled()).toContain('I heard 1 before.');
      await sandbox.restart();
      expect(await recalled()).toContain('I heard 2 before.');
    });
  });

  describe('asking', () => {
    test('runs what was allowed, and not before', async () => {
      const stream = await asking(subject.run('touch allowed.txt'));
      const request = await next(stream, 'permission.requested');
      expect(request).toMatchObject({ kind: 'permission', toolCallId: expect.any(String) });
      expect(request.input).toMatchObject(subject.inputOf('touch allowed.txt'));
      expect((await next(stream, 'status')).status.state).toBe('waiting');
      expect(await fileExists('allowed.txt')).toBe(false);
      await answer(request.requestId, 'allow');
      expect(await next(stream, 'permission.resolved')).toMatchObject({ decision: 'allow', by: 'user' });
      expect((await next(stream, 'status')).status.state).toBe('working');
      expect(await next(stream, 'tool.result')).toMatchObject({ toolCallId: request.toolCallId, isError: false });
      expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'end_turn' });
      expect(await fileExists('allowed.txt')).toBe(true);
    });

    test('runs nothing that was denied', async () => {
      const stream = await asking(subject.run('touch denied.txt'));
      const { requestId, toolCallId } = await next(stream, 'permission.requested');
      await answer(requestId, 'deny', { message: 'Not in this directory.' });
      const result = await next(stream, 'tool.result');
      expect(result).toMatchObject({ toolCallId, isError: true });
      if (capabilities.takesDenyMessage) expect(result.output).toContain('Not in this directory.');
      expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'end_turn' });
      expect(await fileExists('denied.txt')).toBe(false);
    });

    test('a session that allowed a tool is not asked again, another is', async () => {
      const session = inSession({ permissionMode: 'ask' });
      const stream = frames(await sandbox.chat(subject.run('true'), session));
      await answer((await next(stream, 'permission.requested')).requestId, 'allow', { scope: 'session' });
      await next(stream, 'complete');
      const later = await sandbox.run(subject.run('echo later'), session);
      expect(only(later, 'permission.requested')).toEqual([]);
      expect(only(later, 'tool.result')[0]?.output).toMatch(/^later\n?$/);
      const other = await asking(subject.run('true'));
      await answer((await next(other, 'permission.requested')).requestId, 'deny');
      await next(other, 'complete');
    });

    able('takesDenyMessage', 'a denial that nobody gave in time says so', async () => {
      const stream = await asking(subject.run('touch late.txt'));
      const { requestId } = await next(stream, 'permission.requested');
      await answer(requestId, 'deny', { by: 'timeout' });
      expect((await next(stream, 'tool.result')).output).toContain('nobody answered in time');
      await next(stream, 'complete');
      expect(await fileExists('late.txt')).toBe(false);
    });

    able('takesEditedInput', 'runs the edited input instead, and the log shows it', async () => {
      const stream = await asking(subject.run('echo original'));
      const { requestId, toolCallId } = await next(stream, 'permission.requested');
      await answer(requestId, 'allow', { updatedInput: subject.inputOf('echo edited') });
      expect(await next(stream, 'tool.call')).toMatchObject({ toolCallId, input: subject.inputOf('echo edited') });
      expect((await next(stream, 'tool.result')).output).toMatch(/^edited\n?$/);
      await next(stream, 'complete');
    });

    able('asksQuestions', 'a question is answered with words', async () => {
      const stream = await asking(subject.ask?.('Which database?', ['sqlite', 'postgres']) as string);
      const { requestId, kind, questions } = await next(stream, 'permission.requested');
      expect(kind).toBe('question');
      expect(questions).toEqual([{ id: expect.any(String), text: 'Which database?', choices: ['sqlite', 'postgres'] }]);
      await answer(requestId, 'allow', { answers: { [questions?.[0]?.id as string]: 'postgres' } });
      expect((await next(stream, 'tool.result')).output).toContain('postgres');
      expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'end_turn' });
    });

    able('asksQuestions', 'a question is asked also where nothing else is', async () => {
      const stream = await start(subject.ask?.('Which database?', ['sqlite', 'postgres']) as string);
      const { requestId } = await next(stream, 'permission.requested');
      await answer(requestId, 'deny', { message: 'Choose yourself.' });
      const { output } = await next(stream, 'tool.result');
      if (capabilities.takesDenyMessage) expect(output).toContain('Choose yourself.');
      await next(stream, 'complete');
    });

    able('asksInParallel', 'two requests are open at once, and each is answered on its own', async () => {
      const scripts = ['echo first', 'echo second'];
      const stream = await asking(subject.run(...scripts));
      const requests = [await next(stream, 'permission.requested'), await next(stream, 'permission.requested')];
      const [first, second] = scripts.map((script) =>
        requests.find(({ input }) => JSON.stringify(input).includes(script.slice(5))),
      );
      await answer(second?.requestId as string, 'allow');
      expect(await next(stream, 'permission.resolved')).toMatchObject({ requestId: second?.requestId });
      await answer(first?.requestId as string, 'deny');
      const rest = await eventsOf(stream);
      const results = only(rest, 'tool.result');
      expect(results.find(({ toolCallId }) => toolCallId === second?.toolCallId)).toMatchObject({ isError: false });
      expect(results.find(({ toolCallId }) => toolCallId === first?.toolCallId)).toMatchObject({ isError: true });
      expect(rest.at(-1)).toMatchObject({ type: 'complete', stopReason: 'end_turn' });
    });
  });

  describe('interrupting', () => {
    const interrupted = async (stream: ReturnType<typeof frames>) => {
      await sandbox.post('/interrupt', {});
      return next(stream, 'complete');
    };

    able('speaks', 'in the middle of its words', async () => {
      const session = inSession();
      const stream = frames(await sandbox.chat(subject.hang?.('Hello, and') as string, session));
      await next(stream, 'message.delta');
      expect(await interrupted(stream)).toMatchObject({ stopReason: 'interrupted' });
      const after = await sandbox.run(subject.run('echo still here'), session);
      expect(only(after, 'tool.result')[0]?.output).toMatch(/^still here\n?$/);
    });

    test('in a tool, which ends with all that it started', async () => {
      const stream = await start(subject.run('tail -f /dev/null & echo $! > child.txt; mv child.txt pid.txt; wait'));
      await eventually(() => fileExists('pid.txt'));
      const pid = Number(await (await sandbox.fetch('/files/pid.txt')).text());
      expect(isAlive(pid)).toBe(true);
      await sandbox.post('/interrupt', {});
      expect(await next(stream, 'tool.result')).toMatchObject({ isError: true });
      expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
      await eventually(() => !isAlive(pid));
    });

    test('while it waits for a person', async () => {
      const session = inSession({ permissionMode: 'ask' });
      const stream = frames(await sandbox.chat(subject.run('touch interrupted.txt'), session));
      await next(stream, 'permission.requested');
      await sandbox.post('/interrupt', {});
      expect(await next(stream, 'permission.resolved')).toMatchObject({ decision: 'deny', by: 'interrupt' });
      expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
      expect(await fileExists('interrupted.txt')).toBe(false);
      const after = await sandbox.run(subject.run('echo on'), { ...session, permissionMode: 'bypass' });
      expect(only(after, 'tool.result')[0]?.output).toMatch(/^on\n?$/);
    });
  });

  describe('failing', () => {
    const { crash } = subject;
    const itCrashes = async (message: string) => {
      const session = inSession();
      const events = await sandbox.run(message, session);
      expect(only(events, 'error')).toEqual([expect.objectContaining({ code: 'agent_crashed', retryable: false })]);
      expect(events.at(-1)).toMatchObject({ type: 'complete', stopReason: 'error' });
      const after = await sandbox.run(subject.run('echo back'), session);
      expect(only(after, 'tool.result').at(-1)?.output).toMatch(/^back\n?$/);
    };
    if (crash) test('says that the agent crashed, and can go on', () => itCrashes(crash));

    if (capabilities.namesProviderFailures)
      test.each(providerFailures)('names what the provider said: %s', async (_, refusal, code, retryable) => {
        const events = await run(subject.fail?.(...refusal) as string);
        expect(only(events, 'error')).toEqual([expect.objectContaining({ code, retryable })]);
        expect(only(events, 'message')).toEqual([]);
        expect(events.at(-1)).toMatchObject({ type: 'complete', stopReason: 'error' });
      });
    else test('declares that it lacks: namesProviderFailures', () => lacks('namesProviderFailures'));

    able('limitsTurns', 'ends at the limit of turns', async () => {
      const events = await run(subject.endless as string, { agentOptions: { ...agentOptions, maxTurns: 2 } });
      expect(events.at(-1)).toMatchObject({ type: 'complete', stopReason: 'max_turns' });
    });
  });

  if (capabilities.parks) describe('parking', () => parkingContract(subject));
  else test('declares that it lacks: parks', () => lacks('parks'));
}

async function eventsOf(stream: ReturnType<typeof frames>): Promise<AgentEvent[]> {
  const events: AgentEvent[] = [];
  for await (const { event } of stream) events.push(event);
  return events;
}
