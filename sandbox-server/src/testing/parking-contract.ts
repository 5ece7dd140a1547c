import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Frame, Problem, type SandboxChatRequest, type SandboxResumeRequest } from '@sandgate/api-spec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Subject } from './agent-contract.ts';
import { chatRequest, frames, next, only, readFrames, TestSandbox } from './sandbox.ts';

type Answer = Omit<SandboxResumeRequest, 'requestId' | 'by'> & { by?: SandboxResumeRequest['by'] };

/** What every agent must do that gives up its process while a request waits. */
export function parkingContract({ agent, agentOptions = {}, capabilities, env = {}, ...subject }: Subject): void {
  let sandbox: TestSandbox;
  let impatient: TestSandbox;
  beforeAll(async () => {
    sandbox = await TestSandbox.start(env);
    impatient = await TestSandbox.start({ ...env, SANDGATE_PARK_AFTER_SECONDS: '0.3' });
  });
  afterAll(() => Promise.all([sandbox.stop(), impatient.stop()]));

  const turnOf = (content: string): SandboxChatRequest => ({
    ...chatRequest(content),
    ...{ agent, agentOptions, permissionMode: 'ask', sessionId: `parking-${agent}-${crypto.randomUUID()}` },
  });
  const resume = (of: TestSandbox, turn: SandboxChatRequest, requestId: string, answer: Answer) =>
    of.post('/chat', { ...turn, resume: { by: 'user', ...answer, requestId } });
  const fileOf = (of: TestSandbox, path: string) => readFileSync(join(of.workspace, path), 'utf8');

  /** Asks for the script, and has the server told to stop, which parks it. */
  async function parked(content: string, of = sandbox) {
    const turn = turnOf(content);
    const stream = frames(await of.post('/chat', turn));
    const request = await next(stream, 'permission.requested');
    const rest = Array.fromAsync(stream);
    await of.restart();
    const last = (await rest).at(-1) as Frame;
    expect(last.event).toEqual({ type: 'parked' });
    return { turn, request, last };
  }

  /** Goes on with it, in a server that was started since. */
  async function resumed(content: string, answer: (request: { questions?: { id: string }[] | undefined }) => Answer) {
    const { turn, request, last } = await parked(content);
    const more = await readFrames(await resume(sandbox, turn, request.requestId, answer(request)));
    expect(more[0]?.cursor).toBe(last.cursor + 1);
    const events = more.map(({ event }) => event);
    expect(only(events, 'permission.resolved')).toMatchObject([{ requestId: request.requestId }]);
    expect(only(events, 'permission.requested')).toEqual([]);
    expect(only(events, 'tool.result')).toMatchObject([{ toolCallId: request.toolCallId }]);
    expect(events.at(-1)).toMatchObject({ type: 'complete', stopReason: 'end_turn' });
    return { events, result: only(events, 'tool.result')[0] };
  }

  test('where nobody answers soon: its process ends, and the answer goes on with the very call', async () => {
    const turn = turnOf(subject.run('echo ran >> alone.txt'));
    const before = await readFrames(await impatient.post('/chat', turn));
    expect(before.at(-1)?.event).toEqual({ type: 'parked' });
    const [request] = only(
      before.map(({ event }) => event),
      'permission.requested',
    );
    expect(await (await impatient.fetch('/health')).json()).toMatchObject({ status: 'idle' });
    const late = await impatient.post('/resume', { requestId: request?.requestId, decision: 'allow', by: 'user' });
    expect(Problem.parse(await late.json()).code).toBe('turn_parked');
    const more = await readFrames(await resume(impatient, turn, request?.requestId as string, { decision: 'allow' }));
    expect(more[0]?.cursor).toBe((before.at(-1)?.cursor ?? 0) + 1);
    const [result] = only(
      more.map(({ event }) => event),
      'tool.result',
    );
    expect(result).toMatchObject({ toolCallId: request?.toolCallId, isError: false });
    expect(fileOf(impatient, 'alone.txt')).toBe('ran\n');
  });

  test('where the server stops: another start runs what was allowed, and once', async () => {
    const { turn, request } = await parked(subject.run('echo ran >> restarted.txt'));
    const first = readFrames(await resume(sandbox, turn, request.requestId, { decision: 'allow' }));
    const second = readFrames(await resume(sandbox, turn, request.requestId, { decision: 'allow' }));
    expect(await second).toEqual(await first);
    expect(fileOf(sandbox, 'restarted.txt')).toBe('ran\n');
  });

  test('runs nothing that was denied, and says why', async () => {
    const { result } = await resumed(subject.run('touch denied-later.txt'), () => ({
      decision: 'deny',
      message: 'Not in this directory.',
    }));
    expect(result?.isError).toBe(true);
    if (capabilities.takesDenyMessage) expect(result?.output).toContain('Not in this directory.');
    expect(() => fileOf(sandbox, 'denied-later.txt')).toThrow('ENOENT');
  });

  test('a deadline that passed is a denial', async () => {
    const { result, events } = await resumed(subject.run('touch too-late.txt'), () => ({
      decision: 'deny',
      by: 'timeout',
    }));
    expect(result?.isError).toBe(true);
    expect(only(events, 'permission.resolved')[0]?.by).toBe('timeout');
    expect(() => fileOf(sandbox, 'too-late.txt')).toThrow('ENOENT');
  });

  if (capabilities.takesEditedInput)
    test('runs the edited input instead', async () => {
      const { result } = await resumed(subject.run('echo original'), () => ({
        decision: 'allow',
        updatedInput: subject.inputOf('echo edited'),
      }));
      expect(result?.output).toMatch(/^edited\n?$/);
    });

  if (capabilities.asksQuestions)
    test('a question is answered with words', async () => {
      const { result } = await resumed(
        subject.ask?.('Which database?', ['sqlite', 'postgres']) as string,
        ({ questions }) => ({ decision: 'allow', answers: { [questions?.[0]?.id as string]: 'postgres' } }),
      );
      expect(result?.output).toContain('postgres');
    });

  test('is for one request only, and there no second time', async () => {
    const { turn, request } = await parked(subject.run('echo ran >> once.txt'));
    const other = await resume(sandbox, turn, 'perm_of_something_else', { decision: 'allow' });
    expect(Problem.parse(await other.json()).code).toBe('turn_not_found');
    const stranger = await resume(sandbox, turnOf('x'), request.requestId, { decision: 'allow' });
    expect(Problem.parse(await stranger.json()).code).toBe('turn_not_found');
    await next(frames(await resume(sandbox, turn, request.requestId, { decision: 'allow' })), 'permission.resolved');
    await sandbox.restart('SIGKILL');
    const again = await resume(sandbox, turn, request.requestId, { decision: 'allow' });
    expect(Problem.parse(await again.json()).code).toBe('turn_not_found');
  });

  if (capabilities.asksInParallel)
    test('waits with its process where several requests are open', async () => {
      const stream = frames(await impatient.post('/chat', turnOf(subject.run('echo first', 'echo second'))));
      const requests = [await next(stream, 'permission.requested'), await next(stream, 'permission.requested')];
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      for (const { requestId } of requests) {
        const answered = await impatient.post('/resume', { requestId, decision: 'deny', by: 'user' });
        expect(answered.status).toBe(200);
      }
      expect((await next(stream, 'complete')).stopReason).toBe('end_turn');
    });
}
