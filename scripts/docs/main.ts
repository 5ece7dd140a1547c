import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { commandLine } from '../dev/command-line.ts';
import { brokenLinks, missingInIndex } from './links.ts';
import { parsePage } from './page.ts';
import { runPage } from './page-run.ts';
import { typeErrors } from './type-check.ts';

const root = join(import.meta.dirname, '../..');
const forUsers = /^(README|docs\/.+|clients\/[^/]+\/README)\.md$/;

/**
 * `npm run test:docs`: runs what the pages tell a reader to run, as it is written, each page against a stack of its own;
 * holds the rest to the types of the client; follows the links.
 */
const { only } = commandLine({
  name: 'npm run test:docs',
  about: 'Runs what the pages of the documentation tell a reader to run, and follows their links.',
  options: {
    only: {
      type: 'string',
      about: 'the pages to run: those whose path has this in it, all unless told',
      default: '',
    },
  },
});

const list = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).trim().split('\n');
const pages = paths
  .filter((path) => !lstatSync(join(root, path)).isSymbolicLink())
  .map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')));
const guides = pages.filter(({ path }) => forUsers.test(path));
const chosen = guides.filter(({ path }) => path.includes(only));
if (chosen.length === 0) {
  console.error(`--only is "${only}", which is part of none of ${guides.map(({ path }) => path).join(', ')}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sandgate-docs-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, '.curlrc'), 'fail-with-body\n'); // A refusal is a failure, though for curl it is none.

let failed = 0;
const notRun: string[] = [];

function judge(name: string, wrong: string[]): void {
  failed += wrong.length;
  console.log(`${wrong.length === 0 ? styleText('green', '✓') : styleText('red', '✗')} ${name}`);
  for (const line of wrong) console.log(`  ${line}`);
}

try {
  judge(`links of ${pages.length} pages`, [...brokenLinks(root, pages), ...missingInIndex(pages)]);
  judge('types of the blocks in TypeScript', typeErrors(folder, chosen));
  for (const page of chosen) {
    const run = await runPage(page, folder);
    notRun.push(...run.notRun);
    if (run.ran > 0 || run.wrong.length > 0) judge(`${page.path}: ${run.ran} blocks run`, run.wrong);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (notRun.length > 0) console.log(`\nNot run:\n${notRun.map((line) => `  ${line}`).join('\n')}`);
console.log(failed === 0 ? '\nAll is as it is written.' : `\n${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
