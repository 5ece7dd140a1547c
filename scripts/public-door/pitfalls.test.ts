import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes } from '@sandgate/api-spec';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { chat, createSession, expectCall, expectProblem, only, readAll, run, script } from './door.ts';
import { serverWith } from './prelude.ts';
import { onDocker, testEngine } from './test-engine.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

describe('the session’s id', () => {
  const ids = [
    'x'.repeat(63),
    `${'x'.repeat(63)}y`,
    'x'.repeat(255),
    'UPPER',
    'upper',
    'a.b',
    '🦆',
    'é',
    '%2e',
    "it's",
  ];

  it('may be long and odd, and each is a session of its own', async () => {
    const suffix = crypto.randomUUID().slice(0, 8);
    const own = ids.map((id) => (id.length + 8 > 255 ? id.slice(0, -8) + suffix : id + suffix));
    for (const id of own) {
      await createSession(door, { id, permissionMode: 'bypass' });
      await expectCall(door, 200, gatewayRoutes.getSession, { params: { sessionId: id } });
    }
    // Two that begin with the same 63 characters, and two that differ in case only: no sandbox is shared.
    for (const [index, id] of own.slice(0, 5).entries()) await run(door, id, `echo ${index} > who`);
    for (const [index, id] of own.slice(0, 5).entries())
      expect((await run(door, id, 'cat who; hostname | wc -c')).outputText).toMatch(new RegExp(`^${index}\n`));
  });
});

describe('a request before the server is up', () => {
  it('waits for it, also where many come at once', async () => {
    const { id: sessionId } = await createSession(door);
    const lists = Array.from({ length: 5 }, () =>
      expectCall(door, 200, gatewayRoutes.listFiles, { params: { sessionId } }),
    );
    for (const list of await Promise.all(lists)) expect(list).toEqual({ data: [], nextCursor: null, hasMore: false });
  });
});

describe('a server in the sandbox that', () => {
  const stacks: { stack: Stack; folder: string }[] = [];

  /** A stack whose image begins with these lines, before our server's own. */
  async function stackWith(prelude: string, vars: Record<string, string> = {}): Promise<Stack> {
    const folder = mkdtempSync(join(tmpdir(), 'sandgate-pitfall-'));
    const server = serverWith(prelude, folder);
    const stack = await startStack({ folder: join(folder, 'state'), engine: testEngine, vars, server });
    stacks.push({ stack, folder });
    return stack;
  }

  afterEach(async () => {
    for (const { stack, folder } of stacks.splice(0)) {
      await stack.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('starts slowly is awaited', async () => {
    const stack = await stackWith('await new Promise((resolve) => setTimeout(resolve, 3000));');
    const { id } = await createSession(stack);
    expect((await run(stack, id, 'echo late')).outputText).toBe('late\n');
  });

  it('never starts is a clear 503, and a turn that says so', async () => {
    const stack = await stackWith('await new Promise((resolve) => setTimeout(resolve, 3_600_000));', {
      SANDBOX_READY_TIMEOUT_MS: '10000',
    });
    const { id: sessionId } = await createSession(stack);
    const [problem, events] = await Promise.all([
      expectProblem(stack, 'sandbox_unavailable', gatewayRoutes.listFiles, { params: { sessionId } }),
      chat(stack, sessionId, script('true')).then(readAll),
    ]);
    expect(problem).toMatchObject({ status: 503, retryable: true });
    expect(only(events, 'error')).toMatchObject([{ code: 'sandbox_unavailable', retryable: true }]);
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'error' }]);
  });

  it('binds the loopback only is not reachable', async ({ skip }) => {
    skip(onDocker, 'there the sidecar that dials it has the same loopback');
    const loopback = `import net from 'node:net';
      const { listen } = net.Server.prototype;
      net.Server.prototype.listen = function (...args) {
        const [first] = args;
        if (first && typeof first === 'object' && 'port' in first) return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1));
        if (typeof first === 'number') return listen.call(this, first, '127.0.0.1', ...args.slice(1).filter((arg) => typeof arg === 'function'));
        return listen.apply(this, args);
      };`;
    const stack = await stackWith(loopback, { SANDBOX_READY_TIMEOUT_MS: '10000' });
    const { id: sessionId } = await createSession(stack);
    await expectProblem(stack, 'sandbox_unavailable', gatewayRoutes.listFiles, { params: { sessionId } });
  });
});
