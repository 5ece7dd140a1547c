import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Block, Page } from './page.ts';
import { typescriptProgram } from './typescript-program.ts';

const compilerOptions = {
  target: 'es2024',
  module: 'nodenext',
  lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

const isTypeScript = ({ language }: Block) => language === 'ts';

/** What the compiler has to say of the blocks in TypeScript, those that are not run among them, by page and line. */
export function typeErrors(folder: string, pages: Page[]): string[] {
  const typed = pages.filter(({ blocks }) => blocks.some(isTypeScript));
  if (typed.length === 0) return [];
  for (const { path, blocks, preludes } of typed) {
    const own = blocks.filter(isTypeScript);
    const before = preludes.filter(isTypeScript);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, `${path}.ts`), typescriptProgram(own, before));
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  const { stdout, stderr, error } = spawnSync('tsc', ['-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const said = `${error ?? ''}${stdout}${stderr}`.trim();
  return said === '' ? [] : said.split(/\n(?=\S)/).map((line) => line.replace(/^(.+\.md)\.ts\((\d+),\d+\)/, '$1:$2'));
}
