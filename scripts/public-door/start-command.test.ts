import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from './door.ts';

const root = join(import.meta.dirname, '../..');

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-start-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints a conversation that works as it stands, and Ctrl-C stops everything', async () => {
    const env = { ...process.env, PORT: '0', SANDGATE_STATE_DIR: folder, NO_COLOR: '1' };
    const server = spawn(process.execPath, ['scripts/bootstrap.mjs', 'start'], { cwd: root, env });
    let said = '';
    server.stdout.on('data', (text) => {
      said += text;
    });
    server.stderr.on('data', (text) => {
      said += text;
    });
    try {
      await eventually(async () => said.includes('Ctrl-C stops everything'));
      expect(said).toMatch(/Docs +http:\/\/127\.0\.0\.1:\d+\/docs/);
      expect(statSync(join(folder, 'api-key')).mode & 0o777).toBe(0o600);
      const lines = said
        .slice(said.indexOf('A conversation to paste:'), said.indexOf('Ctrl-C stops'))
        .split('\n')
        .slice(1);
      const shell = spawn('bash', { stdio: ['pipe', 'pipe', 'pipe'] });
      let answers = '';
      shell.stdout.on('data', (text) => {
        answers += text;
      });
      shell.stdin.end(lines.join('\n'));
      const [code] = await once(shell, 'exit');
      expect(code).toBe(0);
      expect(answers).toContain('"type":"complete"');
      expect(answers.trim()).toMatch(/hello$/);
    } finally {
      server.kill('SIGINT');
    }
    const [code, signal] = await once(server, 'exit');
    expect([code, signal]).toEqual([0, null]);
  });
});
