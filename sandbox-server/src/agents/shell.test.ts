import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentEvent } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, isAlive } from '../testing/eventually.ts';
import { chatRequest, frames, isRoot, next, only, readFrames, TestSandbox, toolsUid } from '../testing/sandbox.ts';
import { fileLimit, resultLimit, streamLimit } from '../tools/command-output.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start({
    SANDGATE_SESSION_ENV: '{"GREETING":"hello"}',
    HTTPS_PROXY: 'http://127.0.0.1:3128',
    API_TOKEN: 'not for tools',
  });
});
afterAll(() => sandbox.stop());

const resultOf = async (script: string, commandTimeoutSeconds = 60) =>
  only(await sandbox.run(script, { agentOptions: { commandTimeoutSeconds } }), 'tool.result')[0];
const outputOf = async (script: string) => (await resultOf(script))?.output;
const pidsIn = (text: string) => text.trim().split(/\s+/).map(Number);

describe('asking', () => {
  async function ask(content: string, sessionId = 'asking') {
    const stream = frames(await sandbox.chat(content, { permissionMode: 'ask', sessionId }));
    const call = await next(stream, 'tool.call');
    const request = await next(stream, 'permission.requested');
    const answer = (body: object) => sandbox.post('/resume', { requestId: request.requestId, by: 'user', ...body });
    return { stream, call, request, answer };
  }

  test('says what it wants, and waits', async () => {
    const { stream, call, request, answer } = await ask('echo hi');
    expect(call).toMatchObject({ name: 'shell', title: 'Run a shell script', input: { script: 'echo hi' } });
    expect(request).toMatchObject({
      kind: 'permission',
      toolCallId: call.toolCallId,
      tool: 'shell',
      input: { script: 'echo hi' },
      options: [
        { id: 'allow', scope: 'once' },
        { id: 'allow', scope: 'session' },
        { id: 'deny', scope: 'once' },
      ],
    });
    expect((await next(stream, 'status')).status.state).toBe('waiting');
    await answer({ decision: 'allow' });
    await next(stream, 'permission.resolved');
    expect((await next(stream, 'status')).status.state).toBe('working');
    expect(await next(stream, 'tool.result')).toMatchObject({
      toolCallId: call.toolCallId,
      output: 'hi\n',
      exitCode: 0,
    });
  });

  test('a denial is told to the agent, and nothing runs', async () => {
    const { stream, answer } = await ask('touch denied.txt');
    await answer({ decision: 'deny', message: 'Not in this directory.' });
    const result = await next(stream, 'tool.result');
    expect(result).toMatchObject({ isError: true, output: 'Denied: Not in this directory.' });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'end_turn' });
    expect((await sandbox.fetch('/files/denied.txt')).status).toBe(404);
  });

  test('an edited script runs instead, and the log shows it', async () => {
    const { stream, call, answer } = await ask('echo original');
    await answer({ decision: 'allow', updatedInput: { script: 'echo edited' } });
    const second = await next(stream, 'tool.call');
    expect(second).toMatchObject({ toolCallId: call.toolCallId, input: { script: 'echo edited' } });
    expect((await next(stream, 'tool.result')).output).toBe('edited\n');
    await next(stream, 'complete');
  });

  test('parks at each of its scripts, and goes on at that one', async () => {
    const messages = ['echo one', 'echo two', 'echo three'].map((content) => ({ role: 'user' as const, content }));
    const patience = await TestSandbox.start({ SANDGATE_PARK_AFTER_SECONDS: '0.1' });
    const turn = { ...chatRequest(''), messages, permissionMode: 'ask' as const };
    const said: AgentEvent[] = [];
    let resume = {};
    for (let parks = 0; parks < 4; parks++) {
      const events = (await readFrames(await patience.post('/chat', { ...turn, ...resume }))).map(({ event }) => event);
      const [request] = only(events, 'permission.requested');
      resume = { resume: { requestId: request?.requestId, decision: 'allow', by: 'user' } };
      said.push(...events);
    }
    expect(only(said, 'tool.result').map(({ output }) => output)).toEqual(['one\n', 'two\n', 'three\n']);
    expect(only(said, 'tool.call').map(({ toolCallId }) => toolCallId)).toEqual(
      only(said, 'tool.result').map(({ toolCallId }) => toolCallId),
    );
    expect(only(said, 'parked')).toHaveLength(3);
    expect(said.at(-1)).toMatchObject({ type: 'complete', stopReason: 'end_turn' });
    await patience.stop();
  });

  test.runIf(isRoot)('what is parked can neither be read nor written by the tools', async () => {
    const patience = await TestSandbox.start({ SANDGATE_PARK_AFTER_SECONDS: '0.1' });
    const turn = { ...chatRequest('true'), permissionMode: 'ask' as const };
    await readFrames(await patience.post('/chat', turn));
    const file = join(patience.data, 'parked.json');
    expect(statSync(file)).toMatchObject({ uid: 0, mode: 0o100600 });
    const asTools = (script: string) =>
      spawnSync('sh', ['-c', script], { uid: toolsUid, gid: toolsUid, cwd: '/', encoding: 'utf8' });
    const forging = [
      `cat ${file}`,
      `echo {} > ${file}`,
      `rm -f ${file}; ls ${file}`,
      `mv ${patience.data} ${patience.data}2`,
    ];
    for (const script of forging) expect(asTools(script).status, script).not.toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(turn.turnId);
    await patience.stop();
  });

  test('an edit that is no script runs nothing', async () => {
    const { stream, answer } = await ask('touch edited.txt');
    await answer({ decision: 'allow', updatedInput: { command: 'ls' } });
    const result = await next(stream, 'tool.result');
    expect(result).toMatchObject({ isError: true, output: expect.stringContaining('{"script": "…"}') });
    await next(stream, 'complete');
    expect((await sandbox.fetch('/files/edited.txt')).status).toBe(404);
  });

  test('an answer for the session covers its later scripts, and only its', async () => {
    const { stream, answer } = await ask('echo 1', 'covered');
    await answer({ decision: 'allow', scope: 'session' });
    expect(await next(stream, 'permission.resolved')).toMatchObject({ scope: 'session' });
    await next(stream, 'complete');
    const later = await sandbox.run('echo 2', { permissionMode: 'ask', sessionId: 'covered' });
    expect(only(later, 'permission.requested')).toEqual([]);
    expect(only(later, 'tool.result')[0]?.output).toBe('2\n');
    const other = await ask('echo 3', 'another');
    await other.answer({ decision: 'deny' });
    await next(other.stream, 'complete');
  });

  test('acceptEdits asks too: a script can do anything', async () => {
    const stream = frames(await sandbox.chat('true', { permissionMode: 'acceptEdits' }));
    const { requestId } = await next(stream, 'permission.requested');
    await sandbox.post('/resume', { requestId, decision: 'deny', by: 'timeout' });
    expect((await next(stream, 'tool.result')).output).toBe('Not run: nobody answered in time.');
    await next(stream, 'complete');
  });
});

describe('running', () => {
  test('streams both outputs as they come', async () => {
    const stream = frames(
      await sandbox.chat('echo out; while [ ! -e on.txt ]; do sleep 0.01; done; echo err >&2; exit 7'),
    );
    expect(await next(stream, 'tool.delta')).toMatchObject({ stream: 'stdout', text: 'out\n' });
    await sandbox.fetch('/files/on.txt', { method: 'PUT', body: '' });
    expect(await next(stream, 'tool.delta')).toMatchObject({ stream: 'stderr', text: 'err\n' });
    expect(await next(stream, 'tool.result')).toMatchObject({ isError: true, exitCode: 7, output: 'out\nerr\n' });
  });

  test('puts characters together that come in pieces', async () => {
    const script = String.raw`printf '\xf0\x9f'; sleep 0.1; printf '\x99\x82 \xc3'; sleep 0.1; printf '\xa9\n'`;
    const events = await sandbox.run(script);
    expect(
      only(events, 'tool.delta')
        .map((event) => event.text)
        .join(''),
    ).toBe('🙂 é\n');
    expect(only(events, 'tool.result')[0]?.output).toBe('🙂 é\n');
  });

  test('takes scripts of any size, with nothing on their input', async () => {
    expect(await outputOf(`cat; printf %s '${'é'.repeat(250_000)}' | wc -c; echo "$0 $#"`)).toMatch(
      /^500000\n(ba)?sh 0\n$/,
    );
    expect(await resultOf(' ')).toMatchObject({ exitCode: 0, output: '' });
    expect(await outputOf('#!/bin/sh\n# a comment\ncat <<END\n"quoted" $((6*7)) \\\\\nEND')).toBe('"quoted" 42 \\\n');
    expect((await resultOf('if'))?.exitCode).toBe(2);
  });

  test('runs each message in turn', async () => {
    const messages = ['export A=1; echo one', 'echo "two $A"'].map((content) => ({ role: 'user' as const, content }));
    const results = only(await sandbox.run('', { messages }), 'tool.result');
    expect(results.map((result) => result.output)).toEqual(['one\n', 'two \n']);
  });

  test('gives an allow-listed environment, the proxies and the variables of the session', async () => {
    const env = (await outputOf('env')) ?? '';
    expect(env).toContain('GREETING=hello\n');
    expect(env).toContain('HTTPS_PROXY=http://127.0.0.1:3128\n');
    expect(env).toContain(`HOME=${sandbox.workspace}\n`);
    expect(env).not.toMatch(/SANDGATE|API_TOKEN|test-secret/);
  });

  test.runIf(isRoot)('is another user, to whom the server is closed', async () => {
    expect(await outputOf('id -u; id -G')).toBe(`${toolsUid}\n${toolsUid}\n`);
    const pid = sandbox.process.pid;
    const attempts = [
      `cat /proc/${pid}/environ`,
      `cat /proc/${pid}/maps`,
      `kill -9 ${pid}`,
      `ls ${sandbox.directory}/data`,
    ];
    for (const attempt of attempts) {
      const result = await resultOf(attempt);
      expect(result?.isError, attempt).toBe(true);
      expect(result?.output, attempt).not.toContain(sandbox.secret);
    }
    expect(await outputOf(`cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -c '${sandbox.secret}'`)).toBe(
      '0\n',
    );
  });

  test('starts in the workspace', async () => {
    expect(await outputOf('pwd')).toBe(`${sandbox.workspace}\n`);
  });

  test('reports a signal as a shell does', async () => {
    expect(await resultOf('kill -KILL $$')).toMatchObject({ isError: true, exitCode: 137 });
  });

  test('leaves alone what goes on in the background, and does not wait for it', async () => {
    const pids = pidsIn((await outputOf('(while true; do echo noise; sleep 0.05; done) & echo $!')) ?? '').filter(
      Boolean,
    );
    const [pid] = pids as [number];
    expect(isAlive(pid)).toBe(true);
    expect(await outputOf(`sleep 0.3; kill -0 ${pid} && echo alive; kill ${pid}`)).toContain('alive');
  });
});

describe('stopping', () => {
  const family = 'trap "" TERM; sleep 300 & echo $!; (sleep 301 & echo $!; wait) & echo $$; echo $!; wait';

  test('an interrupt ends the whole group, grandchildren and the deaf among them', async () => {
    const stream = frames(await sandbox.chat(family));
    let output = '';
    while (pidsIn(output).length < 4) output += (await next(stream, 'tool.delta')).text;
    expect(pidsIn(output).every(isAlive)).toBe(true);
    await sandbox.post('/interrupt', {});
    expect(pidsIn(output).some(isAlive)).toBe(false);
    expect(await next(stream, 'tool.result')).toMatchObject({ isError: true, exitCode: 137 });
    expect(await next(stream, 'complete')).toMatchObject({ stopReason: 'interrupted' });
  });

  test('so does the time-out', async () => {
    const result = await resultOf('sleep 300 & echo $!; wait', 1);
    expect(result).toMatchObject({
      isError: true,
      exitCode: 143,
      output: expect.stringContaining('stopped after 1 s'),
    });
    await eventually(() => !isAlive(Number.parseInt(result?.output ?? '', 10)));
  });
});

describe('much output', () => {
  test('is cut for the result, and whole in a file', async () => {
    const script = 'seq 1 100000; echo end';
    const result = await resultOf(script);
    expect(result?.truncated).toBe(true);
    expect(result?.output.length).toBeLessThan(resultLimit + 100);
    expect(result?.output).toMatch(/^1\n2\n.*characters left out.*100000\nend\n$/s);
    expect(result?.file).toBe(`.sandgate/output/${result?.toolCallId}.txt`);
    const whole = await (await sandbox.fetch(`/files/${result?.file}`)).text();
    expect(whole).toBe(`${Array.from({ length: 100_000 }, (_, i) => `${i + 1}\n`).join('')}end\n`);
  });

  test('is streamed, and saved, to a limit; the command runs on to its end', async () => {
    const events = await sandbox.run("head -c 20000000 /dev/zero | tr '\\0' x; echo; touch ended.txt");
    const streamed = only(events, 'tool.delta').reduce((sum, event) => sum + event.text.length, 0);
    expect(streamed).toBeGreaterThanOrEqual(streamLimit);
    expect(streamed).toBeLessThan(streamLimit + 128 * 1024);
    expect(events.length).toBeLessThan(200);
    const file = only(events, 'tool.result')[0]?.file;
    const head = await sandbox.fetch(`/files/${file}`, { method: 'HEAD' });
    expect(Number(head.headers.get('content-length'))).toBe(fileLimit);
    expect((await sandbox.fetch('/files/ended.txt')).status).toBe(200);
  });
});
