import { spawnSync } from 'node:child_process';
import type { Block } from './page.ts';
import { pythonProgram } from './python-program.ts';
import { shellProgram } from './shell-program.ts';
import { typescriptProgram } from './typescript-program.ts';

export interface Language {
  program(blocks: Block[], preludes: Block[], root: string): string;
  command: string;
  args?: string[];
  /** What is lacking here, where it cannot be run. */
  lacks?: () => string | undefined;
}

const pythonClient = () =>
  spawnSync('python3', ['-c', 'import sandgate']).status === 0
    ? undefined
    : 'needs Python 3 with the client: pip install ./clients/python';

/** What is run of a page, each language as one program. */
export const languages: Record<string, Language> = {
  sh: { program: (blocks, _, root) => shellProgram(blocks, root), command: 'bash' },
  ts: { program: typescriptProgram, command: 'node', args: ['--disable-warning=ExperimentalWarning'] },
  py: { program: pythonProgram, command: 'python3', args: ['-u'], lacks: pythonClient },
};
