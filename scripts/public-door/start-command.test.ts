import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gatewayRoutes } from '@sandgate/api-spec';
import { afterAll, describe, expect, it } from 'vitest';
import { createSession, eventually, expectCall } from './door.ts';
import { testEngine } from './test-engine.ts';

const root = join(import.meta.dirname, '../..');

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-start-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts it, and resolves once it is ready. */
  async function start(...args: string[]) {
    const env = { ...process.env, PORT: '0', SANDGATE_STATE_DIR: folder, NO_COLOR: '1' };
    const server = spawn(process.execPath, ['scripts/bootstrap.mjs', 'start', '--engine', testEngine, ...args], {
      cwd: root,
      env,
    });
    let said = '';
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    const ended = once(server, 'exit').then(() => Promise.reject(new Error(said)));
    try {
      // It builds first what has changed, which takes its time on a busy machine.
      await Promise.race([eventually(async () => said.includes('Ctrl-C stops everything'), 240_000), ended]);
    } catch (error) {
      server.kill('SIGINT');
      throw error;
    }
    ended.catch(() => undefined); // From now on it may.
    return { server, said: () => said, url: /API +(\S+)/.exec(said)?.[1] ?? '' };
  }

  it('prints a conversation that works as it stands, and Ctrl-C stops everything', async () => {
    const { server, said } = await start();
    try {
      expect(said()).toMatch(/Docs +http:\/\/127\.0\.0\.1:\d+\/docs/);
      expect(statSync(join(folder, 'api-key')).mode & 0o777).toBe(0o600);
      const greeting = said();
      const conversation = greeting.slice(
        greeting.indexOf('A conversation to paste:'),
        greeting.indexOf('Ctrl-C stops'),
      );
      const shell = spawn('bash', { stdio: ['pipe', 'pipe', 'inherit'] });
      shell.stdin.end(conversation.split('\n').slice(1).join('\n'));
      const answers = await text(shell.stdout);
      expect(answers).toContain('"type":"complete"');
      expect(answers.trim()).toMatch(/hello$/);
    } finally {
      server.kill('SIGINT');
    }
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  it('says with --verbose what the engine, the sandboxes and the gateway say', async () => {
    const { server, said, url } = await start('--verbose');
    try {
      const door = { url, apiKey: readFileSync(join(folder, 'api-key'), 'utf8').trim() };
      const { id: sessionId } = await createSession(door);
      await expectCall(door, 200, gatewayRoutes.listFiles, { params: { sessionId } });
      await eventually(async () => said().includes('"event":"listening"'));
      expect(said()).toContain('[local-engine] POST /containers/create');
      expect(said()).toMatch(/sandbox started \d+ ms/);
      expect(said()).not.toContain(readFileSync(join(folder, 'master-secret'), 'utf8').trim());
    } finally {
      server.kill('SIGINT');
    }
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  it('leaves nothing behind where it is killed', async () => {
    const { server, url } = await start();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    // The command is the child of the one that set it up.
    const [pid] = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ').map(Number);
    process.kill(pid ?? 0, 'SIGKILL');
    await once(server, 'exit');
    await eventually(async () =>
      fetch(`${url}/health`).then(
        () => false,
        () => true,
      ),
    );
  });
});
