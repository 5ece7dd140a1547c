import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, isAlive } from '../../testing/eventually.ts';
import { frames, next, only, TestSandbox } from '../../testing/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const program = new URL('../../testing/acp-agent.ts', import.meta.url).pathname;
const mini = { command: process.execPath, args: ['--disable-warning=ExperimentalWarning', program] };
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
