import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MiniflareOptions } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineProcess } from '../dev/engine-process.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { createSession, run } from './door.ts';
import { Internet } from './internet.ts';
import { onDocker } from './test-engine.ts';

/** A local engine is one process: it may be killed, and another take its place under the workerd that runs on. */
describe.skipIf(onDocker)('where another engine took the place of one that was killed', () => {
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

  it('https:// goes through in a session of before, and in a new one', async () => {
    const settings = { permissionMode: 'bypass', egress: { allow: [{ host: 'api.example.org' }] } };
    const script = "curl -sS -m 20 -d 'a body' https://api.example.org/; true";
    const { id: before } = await createSession(stack, settings);
    expect((await run(stack, before, script)).outputText).toBe('the internet heard: a body');
    await replaceEngine();
    const { id: since } = await createSession(stack, settings);
    for (const sessionId of [since, before])
      expect((await run(stack, sessionId, script)).outputText).toBe('the internet heard: a body');
  });
});
