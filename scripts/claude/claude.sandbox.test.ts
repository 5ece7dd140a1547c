import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Event, gatewayRoutes, type Session, type Turn } from '@sandgate/api-spec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MessagesApi } from '../../sandbox-server/src/testing/messages-api.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import {
  chat,
  createSession,
  eventsOf,
  eventually,
  expectCall,
  only,
  readUntil,
  run,
  script,
} from '../public-door/door.ts';
import { sandboxProcess } from '../public-door/sandbox-process.ts';
import { search } from '../public-door/search.ts';
import { claudeStack, plantedKey } from './stack-options.ts';

let stack: Stack;
let model: MessagesApi;
const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
beforeAll(async () => {
  model = await MessagesApi.start();
  stack = await startStack(claudeStack(folder, model));
});
afterAll(async () => {
  await stack?.close();
  await model?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bash = (command: string) => ({ use: [{ name: 'Bash', input: { command } }] });

test('Claude works in a sandbox of the local engine, as the user of the tools', async () => {
  const { id: sessionId } = await createSession(stack, { agent: 'claude' });
  const params = { sessionId };
  const replies = JSON.stringify([{ say: 'I shall look.', ...bash('id -un; pwd') }, { say: 'Done.' }]);
  const events = eventsOf(await chat(stack, sessionId, script(replies)));
  const before = await readUntil(events, 'permission.requested');
  const [request] = only(before, 'permission.requested');
  const body = { requestId: request?.requestId, decision: 'allow' };
  await expectCall(stack, 200, gatewayRoutes.resume, { params, body });
  const after = await readUntil(events, 'complete');
  expect(only(after, 'tool.result')).toMatchObject([{ isError: false, exitCode: 0 }]);
  expect(only(after, 'tool.result')[0]?.output).toMatch(/\n\/workspace\n?$/);
  expect(only(after, 'complete')).toMatchObject([{ stopReason: 'end_turn', usage: { inputTokens: 24 } }]);
  if (stack.engine.mode === 'root') expect(only(after, 'tool.result')[0]?.output).toMatch(/^agent\n/);

  const turn: Turn = await run(stack, sessionId, JSON.stringify([{ recall: true }]));
  expect(turn).toMatchObject({ outputText: 'I heard 1 before.', usage: { outputTokens: 7 } });
});
test('Claude finds no key: neither in its process nor anywhere else', async () => {
  const decoy = 'decoy-in-the-session-e77a';
  const { id: sessionId } = await createSession(stack, { agent: 'claude', env: { DECOY: decoy } });
  model.asked.splice(0);
  const replies = [bash(search([plantedKey, decoy])), { say: 'Done.' }];
  await run(stack, sessionId, JSON.stringify(replies));
  expect(model.asked.map(({ headers }) => headers['x-api-key'])).toEqual([plantedKey, plantedKey]);
  const query = { limit: '1000' };
  const params = { sessionId };
  const { data } = await expectCall<{ data: Event[] }>(stack, 200, gatewayRoutes.getEvents, { params, query });
  const { output = '' } = only(data, 'tool.result')[0] ?? {};
  expect(output).toContain(`found in environ: ${decoy}`);
  expect(output).toMatch(/searched\n?$/);
  expect(JSON.stringify(data)).not.toContain(plantedKey);
  expect(JSON.stringify(model.asked.map(({ body }) => body))).not.toContain(plantedKey);
});

test('a budget that is spent ends the turn of Claude', async () => {
  const { id: sessionId } = await createSession(stack, { agent: 'claude', budget: { outputTokens: 8 } });
  const params = { sessionId };
  await expectCall(stack, 200, gatewayRoutes.updateSession, { params, body: { permissionMode: 'bypass' } });
  model.asked.splice(0);
  const replies = JSON.stringify([bash('true'), bash('true'), bash('true'), { say: 'Done.' }]);
  const events = await Array.fromAsync(eventsOf(await chat(stack, sessionId, script(replies))));
  expect(only(events, 'complete')).toMatchObject([{ stopReason: 'budget' }]);
  expect(only(events, 'error')).toEqual([]);
  expect(model.asked).toHaveLength(2);
  const session = await expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params });
  expect(session.usage).toMatchObject({ inputTokens: 24, outputTokens: 14 });
});

test("Claude's call waits without a container, and runs once with the answer, in the next", async () => {
  const { id: sessionId } = await createSession(stack, { agent: 'claude' });
  const params = { sessionId };
  const replies = JSON.stringify([bash('echo ran >> count; cat count'), { say: 'Done.' }]);
  const events = eventsOf(await chat(stack, sessionId, script(replies)));
  const [request] = only(await readUntil(events, 'permission.requested'), 'permission.requested');
  process.kill(sandboxProcess(sessionId) as number, 'SIGTERM');
  await eventually(async () => sandboxProcess(sessionId) === undefined);
  const waiting = await expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params });
  expect(waiting).toMatchObject({ status: 'waiting', openRequests: [{ requestId: request?.requestId }] });
  const body = { requestId: request?.requestId, decision: 'allow' };
  await expectCall(stack, 200, gatewayRoutes.resume, { params, body });
  const after = await readUntil(events, 'complete');
  expect(only(after, 'permission.requested')).toEqual([]);
  expect(only(after, 'tool.result')).toMatchObject([{ toolCallId: request?.toolCallId, output: 'ran' }]);
  expect(only(after, 'complete')).toMatchObject([{ stopReason: 'end_turn', usage: { outputTokens: 14 } }]);
});
