import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command where it is to refuse, and answers what it says. */
async function refusal(args: string[], variables: Record<string, string> = {}): Promise<string> {
  const env = { ...process.env, NO_COLOR: '1', PORT: '0', SANDGATE_STATE_DIR: join(folder, 'state'), ...variables };
  const command = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args], { env });
  const [said, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  expect(code).toBe(1);
  expect(said).not.toMatch(/^ +at /m);
  return said;
}

describe('the start command with --engine docker', () => {
  it('says where it looked, where there is no socket', async () => {
    const DOCKER_HOST = `unix://${folder}/none.sock`;
    expect(await refusal(['--engine', 'docker'], { DOCKER_HOST })).toContain(
      `DOCKER_HOST names ${folder}/none.sock, and nothing is there: start Docker or Podman`,
    );
  });

  it('says so where nothing listens, or something else does', async () => {
    writeFileSync(join(folder, 'dead'), '');
    expect(await refusal(['--engine', 'docker'], { DOCKER_HOST: `unix://${folder}/dead` })).toContain(
      `No Docker or Podman answers at ${folder}/dead`,
    );
    const other = createServer((_, response) => response.writeHead(418).end('a teapot'));
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.listen(join(folder, 'other'), resolve));
    expect(await refusal(['--engine', 'docker'], { DOCKER_HOST: `unix://${folder}/other` })).toContain('a teapot');
  });

  it('knows no engine without isolation', async () => {
    expect(await refusal(['--engine', 'docker', '--unsafe-no-isolation'])).toContain('is for the local engine');
  });
});
