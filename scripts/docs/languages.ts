import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from './go-program.ts';
import type { Block } from './page.ts';
import { pythonProgram } from './python-program.ts';
import { shellProgram } from './shell-program.ts';
import { typescriptProgram } from './typescript-program.ts';

export interface Language {
  program(blocks: Block[], preludes: Block[]): string;
  command: string;
  args?: string[];
  /** Why a block cannot be run, where it cannot: what is lacking here, or in it. */
  lacks?: (block: Block) => string | undefined;
}

const root = join(import.meta.dirname, '../..');
const python = join(root, 'clients/python/.venv/bin/python');

/** What is run of a page, each language as one program. */
export const languages: Record<string, Language> = {
  sh: { program: (blocks) => shellProgram(blocks, root), command: 'bash' },
  ts: { program: typescriptProgram, command: 'node', args: ['--disable-warning=ExperimentalWarning'] },
  py: {
    program: pythonProgram,
    command: python,
    args: ['-u', join(import.meta.dirname, 'run-python.py')],
    // In CI nothing is left out that could be there.
    lacks: () =>
      existsSync(python) || process.env.CI
        ? undefined
        : 'needs clients/python/.venv, which `npm run test:clients` makes',
  },
  go: {
    program: (blocks) => goProgram(blocks, root),
    command: 'bash',
    lacks: ({ text }) => {
      if (!text.startsWith('package main')) return 'is a part of a program';
      return spawnSync('go', ['version']).status === 0 ? undefined : 'needs Go: https://go.dev/doc/install';
    },
  },
};
