import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes } from '@sandgate/api-spec';
import type { MiniflareOptions } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineProcess } from '../dev/engine-process.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { call, createSession, eventually, expectProblem, run } from './door.ts';
import { Internet } from './internet.ts';
import { onDocker } from './test-engine.ts';

const { deleteSession } = gatewayRoutes;

/** A local engine is one process: it may be killed, and another take its place under the workerd that runs on. */
describe.skipIf(onDocker)('where the engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
  const socket = join(folder, 'engine.sock'); // Leads to that of the engine, whichever it is.
  const internet = new Internet();
  let stack: Stack;
  let engine: EngineProcess;
  beforeAll(async () => {
    const onWorkers = (options: MiniflareOptions) => {
      internet.takePlace(options);
      const { localDocker } = options.containerEngine as { localDocker: { socketPath: string } };
      symlinkSync(localDocker.socketPath.replace(/^unix:/, ''), socket);
      localDocker.socketPath = `unix:${socket}`;
    };
    stack = await startStack({ folder, engine: 'local', onWorkers });
    engine = stack.engine as EngineProcess;
  });
  afterAll(async () => {
    await stack?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function replaceEngine(): Promise<void> {
    await engine.stop('SIGKILL');
    engine = await EngineProcess.start({ state: join(folder, 'engine'), image: join(folder, 'image') });
    rmSync(socket);
    symlinkSync(engine.socket, socket);
  }

  it('was killed, and another took its place, https:// goes through in a session of before, and in a new one', async () => {
    const settings = { permissionMode: 'bypass', egress: { allow: [{ host: 'api.example.org' }] } };
    const script = "curl -sS -m 20 -d 'a body' https://api.example.org/; true";
    const { id: before } = await createSession(stack, settings);
    expect((await run(stack, before, script)).outputText).toBe('the internet heard: a body');
    await replaceEngine();
    const { id: since } = await createSession(stack, settings);
    for (const sessionId of [since, before])
      expect((await run(stack, sessionId, script)).outputText).toBe('the internet heard: a body');
  });

  it('does not answer, a session is deleted all the same: what cannot go yet is to be asked for again', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    const params = { sessionId };
    await run(stack, sessionId, 'true');
    process.kill(engine.pid, 'SIGSTOP');
    try {
      const refused = await expectProblem(stack, 'sandbox_unavailable', deleteSession, { params });
      expect(refused).toMatchObject({ status: 503, retryable: true });
      await expectProblem(stack, 'session_not_found', gatewayRoutes.getSession, { params });
    } finally {
      process.kill(engine.pid, 'SIGCONT');
    }
    await eventually(async () => (await call(stack, deleteSession, { params })).response.status === 204);
  });
});
