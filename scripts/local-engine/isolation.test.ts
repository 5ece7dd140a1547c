import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unsupported } from './isolation.ts';
import { DockerClient } from './testing/docker-client.ts';
import { EngineProcess, engineArguments, writeImage } from './testing/engine-process.ts';

const isRoot = process.getuid?.() === 0;

it.each([
  ['darwin', /--engine docker/],
  ['win32', /WSL 2/],
])('says where to go on %s', (platform, where) => {
  expect(unsupported(platform)).toMatch(where);
  expect(unsupported('linux')).toBeUndefined();
});

describe.skipIf(process.platform !== 'linux')('where isolation is not to be had', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandgate-engine-'));
    writeImage(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts the engine in a mount namespace in which one of its programs cannot be run. */
  const withoutProgram = (program: string) =>
    run('unshare', [
      '--mount',
      'sh',
      '-c',
      `mount --bind /dev/null $(command -v ${program}) && exec "$@"`,
      'sh',
      process.execPath,
      ...engineArguments(folder),
    ]);

  it.runIf(isRoot).each(['bwrap', 'socat', 'setpriv'])(
    'refuses, and says what to do: without a working %s',
    async (program) => {
      const { code, stdout, stderr } = await withoutProgram(program);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain('refusing to start');
      expect(stderr).toContain('--unsafe-no-isolation');
    },
  );

  it.runIf(isRoot)('refuses an image that a sandbox could not read', async () => {
    chmodSync(`${folder}/image/app`, 0o700);
    await expect(EngineProcess.start(folder)).rejects.toThrow('chmod -R o+rX');
  });

  it('refuses a socket whose path is too long, also where that shows only once it is whole', async () => {
    const deep = join(folder, 'd'.repeat(90));
    mkdirSync(deep);
    const { code, stderr } = await run(process.execPath, [...engineArguments(folder), '--socket', 'e.sock'], deep);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`too long for a unix socket: ${deep}`),
    });
  });

  it('runs without any only when told to, warns, and then runs one at a time', async () => {
    const engine = await EngineProcess.start(folder, '--unsafe-no-isolation');
    try {
      expect(engine.ready).toMatchObject({ mode: 'none', limits: 'none', disk: 'none' });
      expect(engine.said()).toContain('!!!');
      const docker = new DockerClient(engine.ready.socket);
      const call = async (method: string, path: string) => (await docker.call(method, path)).status;
      for (const name of ['one', 'two']) {
        await docker.call('POST', `/containers/create?name=${name}`, { Cmd: ['/bin/sleep', '1000'] });
      }
      expect(await call('POST', '/containers/one/start')).toBe(204);
      expect(await call('POST', '/containers/two/start')).toBe(500);
      expect(await call('DELETE', '/containers/one?force=true')).toBe(204);
    } finally {
      expect(await engine.end('SIGTERM')).toBe(0);
    }
  });

  it('asks for its options', async () => {
    const { code, stderr } = await run(process.execPath, engineArguments(folder).slice(0, 1));
    expect(code).toBe(1);
    expect(stderr).toContain('usage:');
  });
});

function run(
  program: string,
  args: string[],
  cwd = '.',
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      // It should have refused: do not wait for ever.
      child.kill();
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
