import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxChatRequest } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MessagesApi, type ModelReply } from '../../testing/messages-api.ts';
import { chatRequest, frames, isRoot, next, only, readFrames, TestSandbox } from '../../testing/sandbox.ts';

let api: MessagesApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  api = await MessagesApi.start();
  sandbox = await TestSandbox.start({
    SANDGATE_CLAUDE_DIR: process.env.SANDGATE_CLAUDE_DIR as string,
    ANTHROPIC_BASE_URL: api.url,
    ANTHROPIC_API_KEY: 'sk-ant-planted',
    SANDGATE_SESSION_ENV: '{"ANTHROPIC_BASE_URL":"http://127.0.0.1:1","GREETING":"hello"}',
  });
});
afterAll(async () => {
  await sandbox.stop();
  await api.stop();
});

const replies = (...list: ModelReply[]) => JSON.stringify(list);
const bash = (command: string): ModelReply => ({ use: [{ name: 'Bash', input: { command } }] });
const run = (content: string, more: Partial<SandboxChatRequest> = {}) =>
  sandbox.run(content, { agent: 'claude', sessionId: crypto.randomUUID(), ...more });

describe('the options of a session', () => {
  test('reach the model', async () => {
    const agentOptions = { model: 'claude-of-ours', systemPrompt: 'Answer in French.' };
    await run(replies({ say: 'Bonjour' }), { agentOptions });
    const { body } = api.asked.at(-1) ?? {};
    expect(body?.model).toBe('claude-of-ours');
    expect(JSON.stringify(body)).toContain('Answer in French.');
  });

  test('deny a tool in every mode, and let another run unasked', async () => {
    const agentOptions = { deniedTools: ['Write'], allowedTools: ['Bash(echo *)'] };
    const script = replies(
      { use: [{ name: 'Write', input: { file_path: join(sandbox.workspace, 'denied.txt'), content: 'x' } }] },
      bash('echo allowed'),
    );
    for (const permissionMode of ['ask', 'bypass'] as const) {
      const events = await run(script, { agentOptions, permissionMode });
      expect(only(events, 'permission.requested')).toEqual([]);
      const [denied, allowed] = only(events, 'tool.result');
      expect(denied).toMatchObject({ isError: true, output: "The session's rules do not allow this." });
      expect(allowed).toMatchObject({ isError: false, output: 'allowed' });
    }
    expect((await sandbox.fetch('/files/denied.txt')).status).toBe(404);
  });

  test('acceptEdits lets a file be written, and asks for a command', async () => {
    const script = replies(
      { use: [{ name: 'Write', input: { file_path: join(sandbox.workspace, 'edited.txt'), content: 'x' } }] },
      bash('touch commanded.txt'),
    );
    const request = { agent: 'claude', permissionMode: 'acceptEdits', sessionId: 'edits' } as const;
    const stream = frames(await sandbox.chat(script, request));
    const { requestId, tool } = await next(stream, 'permission.requested');
    expect(tool).toBe('Bash');
    expect((await sandbox.fetch('/files/edited.txt')).status).toBe(200);
    await sandbox.post('/resume', { requestId, decision: 'deny', by: 'user' });
    await next(stream, 'complete');
  });

  test('bring the tools of an MCP server, which are asked for', async () => {
    const server = new URL('../../testing/mcp-server.js', import.meta.url).pathname;
    const agentOptions = { mcpServers: { greeter: { command: process.execPath, args: [server] } } };
    const script = replies({ use: [{ name: 'mcp__greeter__greet', input: { name: 'Ada' } }] }, { say: 'Done.' });
    const request = { agent: 'claude', permissionMode: 'ask', sessionId: 'mcp', agentOptions } as const;
    const stream = frames(await sandbox.chat(script, request));
    const { requestId, tool } = await next(stream, 'permission.requested');
    expect(tool).toBe('mcp__greeter__greet');
    await sandbox.post('/resume', { requestId, decision: 'allow', by: 'user' });
    expect(await next(stream, 'tool.result')).toMatchObject({ isError: false, output: 'hello, Ada' });
    await next(stream, 'complete');
  });

  test('hold for the helpers of the agent too', async () => {
    const prompt = replies(bash('touch by-helper.txt'), { say: 'Helped.' });
    const helper = { description: 'Help', prompt, subagent_type: 'general-purpose', run_in_background: false };
    const script = replies({ use: [{ name: 'Task', input: helper }] }, { say: 'Done.' });
    const request = { agent: 'claude', permissionMode: 'ask', sessionId: 'helper' } as const;
    const stream = frames(await sandbox.chat(script, request));
    const { requestId, input } = await next(stream, 'permission.requested');
    expect(input).toMatchObject({ command: 'touch by-helper.txt' });
    await sandbox.post('/resume', { requestId, decision: 'deny', by: 'user' });
    await next(stream, 'complete');
    expect((await sandbox.fetch('/files/by-helper.txt')).status).toBe(404);
  });

  test('settings in the workspace allow nothing', async () => {
    const settings = JSON.stringify({ permissions: { allow: ['Bash', 'Bash(*)'], defaultMode: 'bypassPermissions' } });
    for (const file of ['settings.json', 'settings.local.json'])
      await sandbox.fetch(`/files/.claude/${file}`, { method: 'PUT', body: settings });
    const request = { agent: 'claude', permissionMode: 'ask', sessionId: 'settings' } as const;
    const stream = frames(await sandbox.chat(replies(bash('touch allowed-by-settings.txt')), request));
    const { requestId } = await next(stream, 'permission.requested');
    await sandbox.post('/resume', { requestId, decision: 'deny', by: 'user' });
    await next(stream, 'complete');
    expect((await sandbox.fetch('/files/allowed-by-settings.txt')).status).toBe(404);
  });
});

describe('secrets', () => {
  test('no key is in the sandbox, and no variable of a session leads the model away', async () => {
    const events = await run(replies(bash('env; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"; true')));
    const [result] = only(events, 'tool.result');
    expect(result?.output).toContain('GREETING=hello');
    expect(JSON.stringify(events)).not.toContain('sk-ant-planted');
    if (isRoot) expect(JSON.stringify(events)).not.toContain(sandbox.secret);
    for (const { headers, body } of api.asked) {
      expect(headers['x-api-key']).toBe('none-in-the-sandbox');
      expect(JSON.stringify(body)).not.toContain('sk-ant-planted');
    }
  });
});

describe('a parked call', () => {
  /** Asks for a command, and is parked by the stop of its server. */
  async function parked(...list: ModelReply[]) {
    const turn: SandboxChatRequest = {
      ...chatRequest(replies(...list)),
      ...{ agent: 'claude', permissionMode: 'ask', sessionId: crypto.randomUUID() },
    };
    const stream = frames(await sandbox.post('/chat', turn));
    const { requestId } = await next(stream, 'permission.requested');
    const rest = Array.fromAsync(stream);
    await sandbox.restart();
    expect((await rest).at(-1)?.event).toEqual({ type: 'parked' });
    return (decision: 'allow' | 'deny') =>
      sandbox.post('/chat', { ...turn, resume: { requestId, decision, by: 'user' } });
  }

  test('that the tools changed in the transcript does not run on the answer to another', async () => {
    const resume = await parked(bash('touch asked-for.txt'), { say: 'Done.' });
    const projects = join(sandbox.workspace, '.claude/projects');
    const names = readdirSync(projects, { recursive: true, encoding: 'utf8' });
    for (const file of names.filter((name) => name.endsWith('.jsonl')).map((name) => join(projects, name)))
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('asked-for.txt', 'changed.txt'));
    const events = (await readFrames(await resume('allow'))).map(({ event }) => event);
    const output = expect.stringContaining('another call');
    expect(only(events, 'tool.result')).toMatchObject([{ isError: true, output }]);
    for (const name of ['asked-for.txt', 'changed.txt'])
      expect((await sandbox.fetch(`/files/${name}`)).status).toBe(404);
  });

  test('does not run where it was denied, though the CLI takes it for harmless', async () => {
    const resume = await parked(bash('echo harmless'), { say: 'Done.' });
    const events = (await readFrames(await resume('deny'))).map(({ event }) => event);
    expect(only(events, 'tool.result')).toMatchObject([{ isError: true, output: 'Denied.' }]);
  });

  test('is the only one that its answer is for: the next one asks again', async () => {
    const resume = await parked(bash('touch first.txt'), bash('echo second'), { say: 'Done.' });
    const stream = frames(await resume('allow'));
    expect(await next(stream, 'tool.result')).toMatchObject({ isError: false });
    const { requestId, input } = await next(stream, 'permission.requested');
    expect(input).toMatchObject({ command: 'echo second' });
    await sandbox.post('/resume', { requestId, decision: 'deny', by: 'user' });
    expect(await next(stream, 'tool.result')).toMatchObject({ isError: true, output: 'Denied.' });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'end_turn' });
  });
});

describe('the conversation', () => {
  test('that was lost is told, and then begun anew', async () => {
    const sessionId = 'forgetful';
    await run(replies({ say: 'one' }), { sessionId });
    rmSync(join(sandbox.workspace, '.claude/projects'), { recursive: true });
    const lost = await run(replies({ say: 'two' }), { sessionId });
    expect(only(lost, 'error')).toEqual([expect.objectContaining({ code: 'agent_session_lost', retryable: true })]);
    const anew = await run(replies({ recall: true }), { sessionId });
    expect(JSON.stringify(only(anew, 'message'))).toContain('I heard 0 before.');
  });
});
