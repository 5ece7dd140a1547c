import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Language, languages } from './languages.ts';
import { parsePage } from './page.ts';
import { lastBegun, run } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-program-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a page that has one language only. */
async function runPage(...lines: string[]) {
  const { blocks, preludes } = parsePage('page.md', lines.join('\n'));
  const name = blocks[0]?.language ?? '';
  const { program, command, args = [] } = languages[name] as Language;
  const path = join(folder, `page.md.${name === 'ts' ? 'mts' : name}`);
  writeFileSync(path, program(blocks, preludes));
  const outcome = await run({ command, args: [...args, path], cwd: folder, env: process.env });
  return { ...outcome, printed: [...outcome.printed.values()], failedAt: lastBegun(blocks, outcome)?.line };
}

describe('the blocks of a page', () => {
  it('in a shell know what those before them set', async () => {
    const { printed, failure } = await runPage('```sh', 'a=hello', '```', '```sh', 'echo "$a"', '```');
    expect({ printed, failure }).toEqual({ printed: ['', 'hello\n'], failure: undefined });
  });

  it('fail at the first command that fails, which is named by its line', async () => {
    const page = ['# Page', '```sh', 'true', '```', '```sh', 'true', 'nonsense', '```', '```sh', 'true', '```'];
    const { failure, failedAt } = await runPage(...page);
    expect(failure).toContain('page.md.sh: line 7: nonsense');
    expect(failedAt).toBe(5);
  });

  it('fail where one succeeds that shows a refusal', async () => {
    expect((await runPage('<!-- fails -->', '```sh', 'false', '```')).failure).toBeUndefined();
    expect((await runPage('<!-- fails -->', '```sh', 'true', '```')).failure).toContain('should have failed');
  });

  it('run where the page says', async () => {
    const page = ['<!-- in: gateway -->', '```sh', 'pwd', '```', '```sh', 'pwd', '```'];
    const gateway = join(import.meta.dirname, '../../gateway');
    expect((await runPage(...page)).printed).toEqual([`${gateway}\n`, `${folder}\n`]);
  });

  it('in TypeScript see what those before them declared, and may name it anew', async () => {
    const page = ['```ts', "import { sep } from 'node:path';", 'const a: string = sep;', '```', '```ts'];
    const { printed, failure } = await runPage(
      ...page,
      'console.log(a);',
      '```',
      '```ts',
      "const a = 'b';",
      'console.log(a);',
      '```',
    );
    expect({ printed, failure }).toEqual({ printed: ['', '/\n', 'b\n'], failure: undefined });
  });

  it('in TypeScript fail at their own line', async () => {
    const { failure, failedAt } = await runPage('# Page', '```ts', '', "throw new Error('so');", '```');
    expect(failure).toContain('page.md.mts:4');
    expect(failedAt).toBe(2);
  });

  it('leave nothing running behind them, which would keep the output open', async () => {
    expect((await runPage('```sh', 'sleep 1000 &', '```')).failure).toBeUndefined();
  });
});
