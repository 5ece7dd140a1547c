import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContainerLogs, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { DockerClient } from '../docker-engine/docker-client.ts';
import {
  call,
  chat,
  createSession,
  type Door,
  eventually,
  expectCall,
  expectProblem,
  only,
  readAll,
  run,
  script,
} from './door.ts';
import { startIssuer } from './issuer.ts';
import { serverWith } from './prelude.ts';
import { onDocker, testEngine } from './test-engine.ts';

const stacks: { stack: Stack; folder: string }[] = [];

/** A stack in whose containers these lines come before our server's own. */
async function stackWith(prelude = '', vars: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-logs-'));
  const server = serverWith(prelude, folder);
  const state = join(folder, 'state');
  const stack = await startStack({ folder: state, engine: testEngine, vars, server });
  stacks.push({ stack, folder });
  return { stack, state };
}

afterEach(async () => {
  for (const { stack, folder } of stacks.splice(0)) {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function logsOf(door: Door, sessionId: string, limit?: number): Promise<ContainerLogs> {
  const query = limit === undefined ? {} : { limit: String(limit) };
  return expectCall(door, 200, gatewayRoutes.getLogs, { params: { sessionId }, query });
}

const textOf = ({ data }: ContainerLogs) => data.map((line) => line.text).join('\n');

/** The containers of the stack that run, without the sidecars. */
async function running({ engine }: Stack): Promise<unknown[]> {
  const all = await new DockerClient(engine.socket).get<{ Names: string[] }[]>('/containers/json');
  const isOurs = (name: string) => name.includes(engine.namespace ?? '') && !name.endsWith('-proxy');
  return all.filter(({ Names }) => Names.some(isOurs));
}

describe('a container whose server refuses to start', () => {
  it('says why, to its owner only and without a secret', async () => {
    await using issuer = await startIssuer();
    const { stack, state } = await stackWith('console.log(process.env); delete process.env.SANDGATE_SECRET;', {
      ...issuer.vars,
      SANDBOX_READY_TIMEOUT_MS: '8000',
    });
    const { id: sessionId } = await createSession(stack);
    const params = { sessionId };
    const [problem, events] = await Promise.all([
      expectProblem(stack, 'sandbox_unavailable', gatewayRoutes.listFiles, { params }),
      chat(stack, sessionId, script('true')).then(readAll),
    ]);
    const pointer = `GET /v1/sessions/${sessionId}/logs`;
    expect(problem).toMatchObject({ status: 503, detail: expect.stringContaining(pointer) });
    expect(only(events, 'error')[0]?.message).toContain(pointer);

    // With Docker, its own watch over the container may still wait.
    const story = ['not_started', ...(onDocker ? [] : ['Container exited with unexpected exit code: 1'])];
    const logs = await eventually(async () => {
      const found = await logsOf(stack, sessionId, 500);
      return story.every((part) => textOf(found).includes(part)) && found;
    });
    expect(logs.data).toContainEqual({
      at: expect.any(String),
      source: 'container',
      stream: 'stdout',
      text: expect.stringMatching(/"event":"not_started".*SANDGATE_SECRET: Required/),
    });
    const gateway = logs.data.filter(({ source }) => source === 'gateway').map((line) => line.text);
    expect(gateway).toContain('The container is being started.');
    expect(gateway.join('\n')).toContain('The sandbox did not become ready');

    // The environment was printed, and the secret is not there.
    expect(textOf(logs)).toContain("SANDGATE_SECRET: '[secret]'");
    expect(textOf(logs)).not.toMatch(/SANDGATE_SECRET: '[0-9a-f]/);
    expect(textOf(logs)).not.toContain(stack.apiKey);
    expect(textOf(logs)).not.toContain(readFileSync(join(state, 'master-secret'), 'utf8').trim());

    const other = { url: stack.url, apiKey: await issuer.token({ sub: 'other', scope: 'sessions:read' }) };
    expect(await expectCall(other, 200, gatewayRoutes.listSessions)).toMatchObject({ data: [] });
    await expectProblem(other, 'session_not_found', gatewayRoutes.getLogs, { params });
    await expectCall(stack, 204, gatewayRoutes.deleteSession, { params });
    await expectProblem(stack, 'session_not_found', gatewayRoutes.getLogs, { params });
  });
});

describe('a container whose server answers something else', () => {
  const other = `import { createServer as listen } from 'node:http';
    listen(({ headers: { traceparent: trace } }, response) =>
      response.end(JSON.stringify({ own: process.env.SANDGATE_SECRET, trace }))).listen(8080);
    await new Promise(() => {});`;

  it('shows what, without a secret, and was asked in the trace of whoever wakes it', async () => {
    const { stack } = await stackWith(other, { SANDBOX_READY_TIMEOUT_MS: onDocker ? '30000' : '8000' });
    const params = { sessionId: (await createSession(stack)).id };
    const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `${trace}-00f067aa0ba902b7-01` };
    await expectProblem(stack, 'sandbox_unavailable', gatewayRoutes.wake, { params, headers });
    const text = textOf(await logsOf(stack, params.sessionId));
    expect(text).toContain(`The last answer: {"own":"[secret]","trace":"${trace}-`);
  });
});

describe('a container that floods its log', () => {
  const flood = `{
    process.stdout.write('y'.repeat(1e6) + '\\n');
    let lines = 0;
    setInterval(() => {
      for (let n = 0; n < 100; n++) console.error('<script>alert(1)</script> flood', ++lines, 'x'.repeat(500));
    }, 20);
  }`;

  it('goes on working, and the newest part of its log is there', async () => {
    const { stack } = await stackWith(flood);
    const { id: sessionId } = await createSession(stack);
    expect((await run(stack, sessionId, 'echo dry')).outputText).toBe('dry\n');
    const params = { sessionId };
    const count = (logs: ContainerLogs) => Number(/flood (\d+)/.exec(logs.data.at(-1)?.text ?? '')?.[1] ?? 0);
    const before = count(await logsOf(stack, sessionId));
    await eventually(async () => count(await logsOf(stack, sessionId)) > before);
    await eventually(async () => (await logsOf(stack, sessionId, 500)).truncated); // As soon as it said more than is kept.

    const { response, body } = await call(stack, gatewayRoutes.getLogs, { params, query: { limit: '500' } });
    expect(body).toMatchObject({ truncated: true });
    expect(JSON.stringify(body).length).toBeLessThan(256 * 1024);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await logsOf(stack, sessionId, 1)).data).toHaveLength(1);
    await expectProblem(stack, 'invalid_request', gatewayRoutes.getLogs, { params, query: { limit: '501' } });
  });
});

describe('to read the logs', () => {
  it('starts no sandbox, keeps none awake, and wakes none', async () => {
    const { stack } = await stackWith();
    const { id: sessionId } = await createSession(stack, { idleTimeoutSeconds: 10 });
    expect(await logsOf(stack, sessionId)).toEqual({ data: [], truncated: false });
    expect(await running(stack)).toEqual([]);

    await run(stack, sessionId, 'true');
    expect(await running(stack)).toHaveLength(1);
    const status = async () => {
      const session = await expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });
      return session.status;
    };
    // Read all the time, it sleeps all the same.
    await eventually(async () => {
      await logsOf(stack, sessionId);
      return (await status()) === 'sleeping';
    });
    expect(await running(stack)).toEqual([]);
    const { data } = await logsOf(stack, sessionId);
    const said = data.map((line) => (line.source === 'gateway' ? line.text : JSON.parse(line.text).event));
    // Without a user of their own for the tools, the server warns of it.
    const story = [
      'The container is being started.',
      'listening',
      expect.stringMatching(/^The container listens after \d+ ms\.$/),
      'turn_taken',
      'The container was idle for long enough and is put to sleep.',
      'stopping',
      'The container has ended with code 0.',
    ];
    const told = said.filter((event) => event !== 'tools_share_user');
    expect(told).toHaveLength(story.length);
    // Docker's clock of a line is not the gateway's.
    expect(told).toEqual(onDocker ? expect.arrayContaining(story) : story);
    expect(await running(stack)).toEqual([]);
    expect(await status()).toBe('sleeping');
  });
});
