import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentEvent } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eventually, isAlive } from '../../testing/eventually.ts';
import { frames, next, only, TestSandbox } from '../../testing/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const program = new URL('../../testing/acp-agent.ts', import.meta.url).pathname;
const miniThat = (...can: string[]) => ({
  command: process.execPath,
  args: ['--disable-warning=ExperimentalWarning', program, ...can],
});
const mini = miniThat();
const steps = (...list: unknown[]) => JSON.stringify(list);
const saidIn = (events: AgentEvent[]) =>
  only(events, 'message').flatMap(({ message }) => message.content.map(({ text }) => text));
const textOf = async (path: string) => (await sandbox.fetch(`/files/${path}`)).text();

test('a program that never answers can be interrupted, and is ended', async () => {
  const script = 'echo $$ > silent.part; mv silent.part silent.pid; exec tail -f /dev/null';
  const silence = { command: '/bin/sh', args: ['-c', script] };
  const stream = frames(await sandbox.chat('hello', { agent: 'acp', agentOptions: silence }));
  await eventually(async () => (await sandbox.fetch('/files/silent.pid')).status === 200);
  const pid = Number(await textOf('silent.pid'));
  expect(isAlive(pid)).toBe(true);
  await sandbox.post('/interrupt', {});
  expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
  await eventually(() => !isAlive(pid));
});

test('a program that is not there says so', async () => {
  const events = await sandbox.run('hello', { agent: 'acp', agentOptions: { command: 'no-such-agent' } });
  expect(only(events, 'error')).toEqual([
    expect.objectContaining({ code: 'agent_not_started', message: expect.stringMatching(/it ended with 12[67]/) }),
  ]);
});

test('what the agent says of its failure is told', async () => {
  const script = JSON.stringify([{ fail: 'The provider refuses the key.' }]);
  const events = await sandbox.run(script, { agent: 'acp', agentOptions: mini, sessionId: 'failing' });
  expect(only(events, 'error')).toEqual([
    expect.objectContaining({ code: 'agent_failed', message: expect.stringContaining('refuses the key') }),
  ]);
});

test('an agent that lives on ends with the server', async () => {
  const own = await TestSandbox.start();
  const script = JSON.stringify([{ run: ['echo $PPID'] }]);
  const [result] = only(await own.run(script, { agent: 'acp', agentOptions: mini }), 'tool.result');
  const pid = Number(result?.output);
  expect(isAlive(pid)).toBe(true);
  await own.stop();
  expect(isAlive(pid)).toBe(false);
});

test('an agent whose conversation cannot be noted goes on with it', async () => {
  const own = await TestSandbox.start();
  onTestFinished(async () => void (await own.stop()));
  mkdirSync(join(own.data, 'acp-sessions.json.new')); // In the way of the file, as a full disk would be.
  const session = { agent: 'acp', agentOptions: mini, sessionId: 'unnoted' } as const;
  const [first] = only(await own.run(steps({ run: ['echo $PPID'] }), session), 'tool.result');
  const events = await own.run(steps({ recall: true }, { run: ['echo $PPID'] }), session);
  expect(saidIn(events)).toEqual(['I heard 1 before.']);
  expect(only(events, 'tool.result')).toMatchObject([{ output: first?.output }]);
  expect(own.log).toContainEqual(expect.objectContaining({ event: 'transcript_not_noted' }));
});

describe('after another start of the server', () => {
  const after = async (agentOptions: object, step: object = { recall: true }) => {
    const own = await TestSandbox.start();
    const session = { agent: 'acp', agentOptions, sessionId: 'sleeper' } as const;
    await own.run(steps({ say: 'one' }), session);
    await own.restart();
    const events = await own.run(steps(step), session);
    await own.stop();
    return { said: saidIn(events), details: only(events, 'status').map(({ status }) => status.detail) };
  };

  test('an agent that keeps its conversations goes on with it, and nothing is said twice', async () => {
    const { said, details } = await after(miniThat('keeps'));
    expect(said).toEqual(['I heard 1 before.']);
    expect(details).not.toContainEqual(expect.stringContaining('remembers nothing'));
  });

  test('one that does not says that it remembers nothing', async () => {
    const { said, details } = await after(mini);
    expect(said).toEqual(['I heard 0 before.']);
    expect(details).toContainEqual(expect.stringContaining('remembers nothing'));
  });

  test('one that goes on and names no modes is put into the one that asks', async () => {
    const { said } = await after(miniThat('keeps', 'omits'), { tell: 'mode' });
    expect(said).toEqual(['"read-only"']);
  });
});

describe('an agent that is to go on with its conversation', () => {
  const agentOptions = miniThat('keeps');
  const anew = { said: ['I heard 0 before.'], errors: [], details: [expect.stringContaining('remembers nothing')] };
  const ended = async (sessionId: string) => {
    const session = { agent: 'acp', agentOptions, sessionId } as const;
    await sandbox.run(steps({ say: 'one' }), session);
    await sandbox.run(steps({ exit: 0 }), session);
    return async () => {
      const events = await sandbox.run(steps({ recall: true }), session);
      const details = only(events, 'status').flatMap(({ status }) => status.detail ?? []);
      return { said: saidIn(events), errors: only(events, 'error'), details };
    };
  };
  let trouble: string;
  beforeAll(() => {
    trouble = join(sandbox.workspace, 'mini-load');
  });
  const meets = (what: string) => {
    writeFileSync(trouble, what);
    onTestFinished(() => rmSync(trouble, { force: true }));
  };

  test.each([
    ['-32002', 'knows it no more'],
    ['-32602', 'takes its id for invalid'],
  ])('and says %s, as it %s, begins anew, and says so once', async (code) => {
    const recall = await ended(`unknown ${code}`);
    meets(code);
    expect(await recall()).toEqual(anew);
    expect(await recall()).toEqual({ said: ['I heard 1 before.'], errors: [], details: [] });
  });

  test('and fails at it once goes on with it in the next turn', async () => {
    const recall = await ended('failing once');
    meets('-32603');
    const error = { code: 'agent_failed', retryable: true, message: expect.stringContaining('Not now.') };
    expect((await recall()).errors).toMatchObject([error]);
    rmSync(trouble);
    expect(await recall()).toEqual({ said: ['I heard 1 before.'], errors: [], details: [] });
  });

  test('and fails at it twice in a row begins anew', async () => {
    const recall = await ended('failing twice');
    meets('-32603');
    expect((await recall()).errors).toMatchObject([{ code: 'agent_failed' }]);
    expect(await recall()).toEqual(anew);
  });

  test('and ends at it begins anew in the next turn', async () => {
    const recall = await ended('ending');
    meets('exit');
    expect((await recall()).errors).toMatchObject([{ code: 'agent_session_lost', retryable: true }]);
    expect(await recall()).toEqual(anew);
    expect(await recall()).toEqual({ said: ['I heard 1 before.'], errors: [], details: [] });
  });

  test('and is interrupted meanwhile still has it', async () => {
    const recall = await ended('interrupted');
    meets('hang');
    const turn = recall();
    await eventually(() => existsSync(`${trouble}-met`));
    await sandbox.post('/interrupt', {});
    await turn;
    rmSync(trouble);
    expect(await recall()).toEqual({ said: ['I heard 1 before.'], errors: [], details: [] });
  });
});

test.each([
  ['max_turn_requests', 'max_turns'],
  ['max_tokens', 'end_turn'],
  ['refusal', 'refusal'],
  ['cancelled', 'error'], // Which nobody had told it to be.
])('the end that an agent calls %s is told as %s', async (stop, stopReason) => {
  const events = await sandbox.run(steps({ say: 'So far.' }, { stop }), { agent: 'acp', agentOptions: mini });
  expect(events.at(-1)).toMatchObject({ type: 'complete', stopReason });
});

test('an agent that starts in a mode that asks nobody is put into one that asks', async () => {
  const events = await sandbox.run(steps({ tell: 'mode' }), { agent: 'acp', agentOptions: mini, sessionId: 'mode' });
  expect(saidIn(events)).toEqual(['"read-only"']);
});

describe('MCP servers', () => {
  const mcpServers = {
    local: { command: 'mcp', args: ['--stdio'] },
    remote: { url: 'https://mcp.example.com/', headers: { 'x-tenant': 'acme' } },
    old: { url: 'https://old.example.com/sse', type: 'sse' as const },
  };
  const tell = (...can: string[]) => {
    const agentOptions = { ...miniThat(...can), mcpServers };
    return sandbox.run(steps({ tell: 'mcpServers' }), { agent: 'acp', agentOptions, sessionId: `mcp-${can}` });
  };

  test('are handed to the agent', async () => {
    expect(JSON.parse(saidIn(await tell('reaches')).join())).toEqual([
      { name: 'local', command: 'mcp', args: ['--stdio'], env: [] },
      {
        ...{ type: 'http', name: 'remote', url: 'https://mcp.example.com/' },
        headers: [{ name: 'x-tenant', value: 'acme' }],
      },
      { type: 'sse', name: 'old', url: 'https://old.example.com/sse', headers: [] },
    ]);
  });

  test('that the agent cannot reach are said', async () => {
    const message = expect.stringContaining('it reaches no MCP servers by http, as "remote" is');
    expect(only(await tell(), 'error')).toMatchObject([{ code: 'agent_not_started', message }]);
  });
});

describe('a form of questions', () => {
  const fields = {
    name: { type: 'string', title: 'Name', description: 'of the database' },
    kind: { type: 'string', oneOf: [{ const: 'pg', title: 'Postgres' }] },
    size: { type: 'integer' },
    ratio: { type: 'number' },
    backup: { type: 'boolean' },
    zones: { type: 'array', items: { type: 'string', enum: ['a', 'b', 'c', 'Zürich, CH'] } },
  };
  const asked = async (sessionId: string, required = ['name']) => {
    const message = steps({ ask: { message: 'About the database', fields, required } });
    const stream = frames(await sandbox.chat(message, { agent: 'acp', agentOptions: mini, sessionId }));
    return { stream, request: await next(stream, 'permission.requested') };
  };
  const answered = async (sessionId: string, body: object, required?: string[]) => {
    const { stream, request } = await asked(sessionId, required);
    await sandbox.post('/resume', { requestId: request.requestId, by: 'user', ...body });
    const { output } = await next(stream, 'tool.result');
    await next(stream, 'complete');
    return JSON.parse(output);
  };

  test('is one request, with a question for each field', async () => {
    const { stream, request } = await asked('form');
    expect(request).toMatchObject({ kind: 'question', title: 'About the database', toolCallId: expect.any(String) });
    expect(request.questions).toEqual([
      { id: 'name', text: 'Name: of the database' },
      { id: 'kind', text: 'kind', choices: ['Postgres'] },
      { id: 'size', text: 'size' },
      { id: 'ratio', text: 'ratio' },
      { id: 'backup', text: 'backup', choices: ['yes', 'no'] },
      { id: 'zones', text: 'zones', choices: ['a', 'b', 'c', 'Zürich, CH'] },
    ]);
    await sandbox.post('/interrupt', {});
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
  });

  test('is answered by the kinds of its fields', async () => {
    const answers = { name: 'main', kind: 'Postgres', size: '3', ratio: '0.5', backup: 'no', zones: 'a, c' };
    expect(await answered('filled', { decision: 'allow', answers })).toEqual({
      action: 'accept',
      content: { name: 'main', kind: 'pg', size: 3, ratio: 0.5, backup: false, zones: ['a', 'c'] },
    });
  });

  test.each([
    ['Zürich, CH', ['Zürich, CH']],
    ['a, Zürich, CH,c', ['a', 'Zürich, CH', 'c']],
    ['', []],
  ])('takes "%s" for several choices', async (text, zones) => {
    const answers = { name: 'main', zones: text };
    const content = { name: 'main', zones };
    expect(await answered(`zones-${text}`, { decision: 'allow', answers })).toEqual({ action: 'accept', content });
  });

  test('is answered without what was left empty in it', async () => {
    const answers = { name: 'main', kind: '', size: '', ratio: ' ', backup: '' };
    expect(await answered('empty', { decision: 'allow', answers })).toEqual({
      action: 'accept',
      content: { name: 'main' },
    });
  });

  test.each([
    ['is left without what it needs', { size: '3' }],
    ['gets no number for a number', { name: 'main', size: 'three' }],
    ['gets part of a choice', { name: 'main', zones: 'Zürich' }],
    ['gets what was no choice', { name: 'main', zones: 'a, d' }],
  ])('that %s is not answered', async (why, answers) => {
    expect(await answered(why, { decision: 'allow', answers })).toEqual({ action: 'decline' });
  });

  test.each(['zones', 'kind', 'size'])('that needs %s is not answered by none', async (field) => {
    const answers = { [field]: '' };
    expect(await answered(`no-${field}`, { decision: 'allow', answers }, [field])).toEqual({ action: 'decline' });
  });

  test('that is denied is declined, and one that nobody answers in time is cancelled', async () => {
    expect(await answered('denied', { decision: 'deny' })).toEqual({ action: 'decline' });
    expect(await answered('late', { decision: 'deny', by: 'timeout' })).toEqual({ action: 'cancel' });
  });
});
