import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes, type SessionSummary } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { eventually, expectCall } from './door.ts';
import { Example } from './example.ts';
import { testEngine } from './test-engine.ts';

const folder = join(import.meta.dirname, '../../examples');
const state = mkdtempSync(join(tmpdir(), 'sandgate-examples-'));
/** Of their own: the bot's webhook is told of all that happens in the account. */
let door: Stack;
beforeAll(async () => {
  door = await startStack({ folder: state, engine: testEngine });
});
afterAll(async () => {
  await door?.close();
  rmSync(state, { recursive: true, force: true });
});

describe('each example', () => {
  const names = new Set(readdirSync(folder).map((file) => file.replace(/\.\w+$/, '')));
  for (const other of ['README', 'package', 'tsconfig', 'node_modules']) names.delete(other);

  it.each([...names])('%s has less than 80 lines', (name) => {
    const files = readdirSync(folder).filter((file) => file.startsWith(`${name}.`));
    const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'));
    expect(lines.length).toBeLessThan(80);
  });
});

describe('long-task', () => {
  it('is handed over, and asked for later', async () => {
    await using start = new Example('long-task.js', ['start', 'sleep 1; echo done'], door);
    expect(await start.ended(), start.said).toBe(0);
    const turn = start.said.trim();
    expect(turn).toMatch(/^\/v1\/sessions\/[^/]+\/turns\/[^/]+$/);
    await using result = new Example('long-task.js', ['result', turn], door);
    expect(await result.ended(), result.said).toBe(0);
    expect(result.said).toBe('done\n');
  });

  it('says what was refused', async () => {
    await using result = new Example('long-task.js', ['result', '/v1/sessions/none/turns/none'], door);
    expect(await result.ended()).toBe(1);
    expect(result.said).toContain('session_not_found');
  });
});

describe('ci-fork', () => {
  const project = mkdtempSync(join(tmpdir(), 'sandgate-project-'));
  afterAll(() => rmSync(project, { recursive: true, force: true }));
  writeFileSync(join(project, 'greeting'), 'hello\n');

  it('runs each test in a fork of its own of what was prepared', async () => {
    // Each would fail in the same session as another: it takes what it tests away.
    const test = 'test "$(cat built)" = HELLO && rm built';
    const tests = [test, `${test} && true`, 'echo broken >&2; false'];
    await using job = new Example('ci-fork.ts', [project, 'tr a-z A-Z < greeting > built', ...tests], door);
    expect(await job.ended(), job.said).toBe(1);
    expect(job.said).toContain(`✓ ${test}\n`);
    expect(job.said).toContain(`✓ ${test} && true\n`);
    expect(job.said).toContain('✗ echo broken >&2; false\n    broken\n');
    expect(job.said).toContain('2 passed, 1 failed\n');
  });

  it('leaves no session behind, also where the preparation fails', async () => {
    await using job = new Example('ci-fork.ts', [project, 'echo no compiler; false', 'true'], door);
    expect(await job.ended()).toBe(1);
    expect(job.said).toContain('The preparation failed:\nno compiler');
    const query = { 'metadata[job]': 'ci' };
    await eventually(async () => {
      const { data } = await expectCall<{ data: SessionSummary[] }>(door, 200, gatewayRoutes.listSessions, { query });
      return data.length === 0;
    });
  });
});

describe('code-review-bot', () => {
  const diff = `+++ b/main.js\n+console.log('here')\n+// TODO: handle errors\n-// FIXME gone\n`;

  async function sendDiff(bot: Example): Promise<string> {
    const [, url = ''] = await bot.until(/Send a diff to (\S+)/);
    const response = await fetch(url, { method: 'POST', body: diff });
    expect(response.status).toBe(202);
    return (await response.text()).trim();
  }

  it('asks a person, and says what it found once that was allowed', async () => {
    await using bot = new Example('code-review-bot.ts', [], door);
    const session = await sendDiff(bot);
    const [asked, url = ''] = await bot.until(new RegExp(`curl -d allow (\\S+${session}\\S+)`));
    expect(bot.said.slice(0, bot.said.indexOf(asked))).toContain('grep -nE');
    expect((await fetch(url, { method: 'POST', body: 'allow' })).status).toBe(200);
    await bot.until(new RegExp(`${session} is reviewed \\(end_turn\\):`));
    expect(bot.said).toContain(`2:+console.log('here')\n3:+// TODO: handle errors\n`);
    expect(bot.said).not.toContain('FIXME gone');
  });

  it('does not do what was denied', async () => {
    await using bot = new Example('code-review-bot.ts', [], door);
    const session = await sendDiff(bot);
    const [, url = ''] = await bot.until(new RegExp(`curl -d allow (\\S+${session}\\S+)`));
    expect((await fetch(url, { method: 'POST', body: 'deny' })).status).toBe(200);
    await bot.until(new RegExp(`${session} is reviewed`));
    expect(bot.said).not.toContain('2:+console.log');
  });

  it('believes only what is signed', async () => {
    await using bot = new Example('code-review-bot.ts', [], door);
    const [, url = ''] = await bot.until(/Send a diff to (\S+)\/reviews/);
    const body = JSON.stringify({ type: 'turn.completed', data: { sessionId: 'x', turnId: 'y' } });
    expect((await fetch(`${url}/webhook`, { method: 'POST', body })).status).toBe(400);
  });
});
