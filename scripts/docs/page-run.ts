import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStack } from '../dev/stack.ts';
import { isAsExpected } from './expected-output.ts';
import { type Language, languages } from './languages.ts';
import type { Block, Page } from './page.ts';
import { lastBegun, run } from './program.ts';

/** Where `npm start` listens, as the pages have it. */
const usualUrl = 'http://127.0.0.1:8787';

/** What is shown, and not to be run. */
const noPrograms: ReadonlySet<string> = new Set(['', 'nginx']);

export interface PageRun {
  ran: number;
  /** What did not do as the page says, as lines to print. */
  wrong: string[];
  /** What was not run, each with why. */
  notRun: string[];
}

/**
 * Runs the blocks of a page against a stack of its own, one language behind the other.
 *
 * @param folder where it may write, with the packages in `node_modules`.
 */
export async function runPage(page: Page, folder: string): Promise<PageRun> {
  const notRun: string[] = [];
  const wrong: string[] = [];
  const toRun: Block[] = [];
  for (const block of page.blocks) {
    if (block.file || noPrograms.has(block.language)) continue;
    const at = `${page.path}:${block.line} (${block.language})`;
    const language = languages[block.language];
    const reason = block.notRun ?? language?.lacks?.(block);
    if (reason !== undefined) notRun.push(`${at}: ${reason}`);
    else if (language) toRun.push(block);
    else wrong.push(`${at}: nothing runs this; say why by <!-- not run: … -->`);
  }
  if (toRun.length === 0) return { ran: 0, wrong, notRun };

  const cwd = join(folder, 'run', page.path);
  mkdirSync(cwd, { recursive: true });
  for (const { file, text } of page.blocks) if (file) writeFileSync(join(cwd, file), `${text}\n`);
  const stack = await startStack({ folder: join(folder, 'state', page.path) });
  try {
    const env = {
      ...process.env,
      SANDGATE_BASE_URL: stack.url,
      SANDGATE_API_KEY: stack.apiKey,
      CURL_HOME: folder,
      NO_COLOR: '1',
    };
    for (const [name, blocks] of Map.groupBy(toRun, ({ language }) => language)) {
      const { program, command, args = [] } = languages[name] as Language;
      const source = `${cwd}.${name}`;
      const preludes = page.preludes.filter(({ language }) => language === name);
      writeFileSync(source, program(blocks, preludes).replaceAll(usualUrl, stack.url));
      const outcome = await run({ command, args: [...args, source], cwd, env });
      const failed = outcome.failure === undefined ? undefined : lastBegun(blocks, outcome);
      for (const block of blocks) {
        const printed = outcome.printed.get(block.line);
        const verdict = block === failed ? `${outcome.failure}\n${printed ?? ''}` : judged(block, printed, !failed);
        if (verdict) wrong.push(`${page.path}:${block.line}: ${verdict.replaceAll(`${folder}/run/`, '')}`);
      }
    }
    return { ran: toRun.length, wrong, notRun };
  } finally {
    await stack.close();
  }
}

/** What is wrong with what a block printed, if anything is. Behind one that failed nothing is reached. */
function judged({ output }: Block, printed: string | undefined, shouldBeReached: boolean): string | undefined {
  if (printed === undefined) return shouldBeReached ? 'it was not reached' : undefined;
  if (!output || isAsExpected(output, printed)) return undefined;
  return `it should print\n${output.value}\nand printed\n${printed}`;
}
