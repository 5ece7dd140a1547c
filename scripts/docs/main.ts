import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { startStack } from '../dev/stack.ts';
import { isAsExpected } from './expected-output.ts';
import { languages } from './languages.ts';
import { brokenLinks, missingInIndex } from './links.ts';
import { type Block, type Page, parsePage } from './page.ts';
import { lastBegun, run } from './program.ts';
import { typeErrors } from './type-check.ts';

/**
 * `npm run test:docs`: runs what the pages tell a reader to run, as it is written, each page against a stack of its own;
 * holds the rest to the types of the client; follows the links. `-- docs/streams.md` runs this page only.
 */
const { positionals: chosen } = parseArgs({ allowPositionals: true });
const root = join(import.meta.dirname, '../..');
const forUsers = /^(README|docs\/.+|clients\/[^/]+\/README)\.md$/;

const folder = mkdtempSync(join(tmpdir(), 'sandgate-docs-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, '.curlrc'), 'fail-with-body\n'); // A refusal is a failure, though curl has it that it is none.

const failures: string[] = [];
const notRun: string[] = [];
const tell = (passed: boolean, text: string) =>
  console.log(`${passed ? styleText('green', '✓') : styleText('red', '✗')} ${text}`);

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')));
const guides = pages.filter(({ path }) => forUsers.test(path) && (chosen.length === 0 || chosen.includes(path)));

function judge(name: string, wrong: string[]): void {
  tell(wrong.length === 0, name);
  failures.push(...wrong);
  for (const line of wrong) console.log(`  ${line}`);
}

/** Runs the blocks of a page, one language behind the other. */
async function runPage(page: Page): Promise<void> {
  const cwd = join(folder, 'run', page.path);
  mkdirSync(cwd, { recursive: true });
  for (const { file, text } of page.blocks) if (file) writeFileSync(join(cwd, file), `${text}\n`);

  const toRun = page.blocks.filter((block) => {
    const language = languages[block.language];
    if (!language || block.file) return false;
    const reason = block.notRun ?? language.lacks?.();
    if (reason !== undefined) notRun.push(`${page.path}:${block.line} (${block.language}): ${reason}`);
    return reason === undefined;
  });
  if (toRun.length === 0) return;

  const wrong: string[] = [];
  const stack = await startStack({ folder: join(folder, 'state', page.path) });
  try {
    const env = {
      ...process.env,
      SANDGATE_BASE_URL: stack.url,
      SANDGATE_API_KEY: stack.apiKey,
      CURL_HOME: folder,
      NO_COLOR: '1',
    };
    for (const [name, blocks] of Map.groupBy(toRun, ({ language }) => language))
      wrong.push(...(await runBlocks(name, blocks)));

    async function runBlocks(name: string, blocks: Block[]): Promise<string[]> {
      const {
        program,
        command: [command, ...args],
      } = languages[name] as (typeof languages)[string];
      const source = `${cwd}.${name}`;
      const preludes = page.preludes.filter(({ language }) => language === name);
      writeFileSync(source, program(blocks, preludes, root));
      const outcome = await run({ command, args: [...args, source], cwd, env });
      const failed = outcome.failure === undefined ? undefined : lastBegun(blocks, outcome);
      return blocks.flatMap((block) => {
        const at = `${page.path}:${block.line}`;
        const printed = outcome.printed.get(block.line);
        if (block === failed) return `${at}: ${outcome.failure}\n${printed ?? ''}`.replaceAll(`${folder}/run/`, '');
        if (printed === undefined) return failed ? [] : [`${at}: it was not reached`];
        const { output } = block;
        return !output || isAsExpected(output, printed)
          ? []
          : `${at}: it should print\n${output.value}\nand printed\n${printed}`;
      });
    }
  } finally {
    await stack.close();
  }
  judge(`${page.path}: ${toRun.length} blocks run`, wrong);
}

try {
  judge('links', [...brokenLinks(root, pages), ...missingInIndex(pages)]);
  judge('types of the blocks in TypeScript', typeErrors(folder, guides));
  for (const page of guides) await runPage(page);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (notRun.length > 0) console.log(`\nNot run:\n${notRun.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${failures.length === 0 ? 'all is as it is written' : `${failures.length} failed`}`);
process.exitCode = failures.length === 0 ? 0 : 1;
