import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { startStack } from '../dev/stack.ts';
import {
  call,
  chat,
  createSession,
  eventsOf,
  expectCall,
  expectProblem,
  only,
  readAll,
  readUntil,
  script,
} from './door.ts';
import { testEngine } from './test-engine.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const program = readFileSync(new URL('./acp-agent.js', import.meta.url));
const node = '/usr/local/bin/node';

const file = (sessionId: string, path: string, init: RequestInit = {}) =>
  fetch(`${door.url}/v1/sessions/${sessionId}/files/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${door.apiKey}`, 'content-type': 'application/octet-stream' },
  });

describe('an agent that speaks the Agent Client Protocol', () => {
  async function asked(agentOptions: object = { command: node, args: ['/workspace/agent.mjs'] }) {
    const { id: sessionId } = await createSession(door, { agent: 'acp', agentOptions });
    expect((await file(sessionId, 'agent.mjs', { method: 'PUT', body: program })).status).toBe(201);
    return { sessionId, params: { sessionId }, events: eventsOf(await chat(door, sessionId, script('remember me'))) };
  }

  it('speaks, asks, and does what was allowed', async () => {
    const { sessionId, params, events } = await asked();
    const before = await readUntil(events, 'permission.requested');
    const [message] = only(before, 'message').filter(({ message }) => message.role === 'assistant');
    expect(message?.message.content).toEqual([{ type: 'text', text: 'I shall write it down.' }]);
    const [request] = only(before, 'permission.requested');
    expect(request).toMatchObject({ tool: 'edit', title: 'Write note.txt', input: { path: 'note.txt' } });
    expect((await file(sessionId, 'note.txt')).status).toBe(404);
    const body = { requestId: request?.requestId, decision: 'allow' };
    await expectCall(door, 200, gatewayRoutes.resume, { params, body });
    const after = await readUntil(events, 'complete');
    expect(only(after, 'tool.result')).toMatchObject([{ isError: false }]);
    expect(only(after, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    expect(await (await file(sessionId, 'note.txt')).text()).toBe('remember me');
  });

  it('that does not start says which program it was', async () => {
    const { id: sessionId } = await createSession(door, { agent: 'acp', agentOptions: { command: 'no-such-agent' } });
    const events = await readAll(await chat(door, sessionId, script('hello')));
    expect(only(events, 'error')).toMatchObject([
      { code: 'agent_not_started', message: expect.stringContaining('no-such-agent'), retryable: false },
    ]);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'error' }]);
  });
});

describe('a session', () => {
  it.each([
    [{ agentOptions: { model: 'x' } }, 'agentOptions.model'],
    [{ agent: 'claude', agentOptions: { command: 'x' } }, 'agentOptions.command'],
    [{ agent: 'claude', agentOptions: { deniedTools: ['Bash('] } }, 'agentOptions.deniedTools.0'],
    [{ agent: 'acp' }, 'agentOptions.command'],
    [{ agent: 'acp', agentOptions: { command: 'x', env: { A: 'b' } } }, 'agentOptions'],
  ])('of %j is refused', async (body, path) => {
    const problem = await expectProblem(door, 'invalid_request', gatewayRoutes.createSession, { body });
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });

  it('of an agent that this server lacks is refused, and there is none', async () => {
    const body = { id: 'wants-claude', agent: 'claude' };
    const problem = await expectProblem(door, 'agent_unavailable', gatewayRoutes.createSession, { body });
    expect(problem).toMatchObject({ status: 422, detail: expect.stringContaining('ANTHROPIC_API_KEY') });
    const params = { sessionId: body.id };
    expect((await call(door, gatewayRoutes.getSession, { params })).response.status).toBe(404);
  });
});

describe('a turn', () => {
  it('of an agent that only the sandbox lacks says what is needed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
    const stack = await startStack({
      folder,
      engine: testEngine,
      vars: { ANTHROPIC_API_KEY: 'none' },
    });
    try {
      const { id: sessionId } = await createSession(stack, { agent: 'claude' });
      const events = await readAll(await chat(stack, sessionId, script('hello')));
      expect(only(events, 'error')).toMatchObject([
        { code: 'agent_unavailable', message: expect.stringContaining('claude-agent-sdk'), retryable: false },
      ]);
      expect(only(events, 'complete')).toMatchObject([{ stopReason: 'error' }]);
    } finally {
      await stack.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
