import { join } from 'node:path';

/** How a client is put to the test. */
export interface Suite {
  /** What `--only` calls it. */
  name: string;
  /** The programs that it takes, each with what to install where it is missing. */
  needs: Record<string, string>;
  /** Where its commands run. */
  folder: string;
  /** What has to be done first, once or again and again. */
  prepare: string[][];
  command: string[];
  /** Whether it plays the scenarios, and so meets cuts and stumbles. */
  playsScenarios: boolean;
}

const root = join(import.meta.dirname, '../..');
const clients = join(root, 'clients');

export const suites: Suite[] = [
  {
    name: 'typescript',
    needs: { chromium: 'apt-get install -y --no-install-recommends chromium' },
    folder: root,
    prepare: [],
    command: ['vitest', 'run', '--config', 'clients/typescript/scenarios/vitest.config.ts'],
    playsScenarios: true,
  },
  {
    name: 'python',
    needs: { python3: 'Python 3.10 or later, with venv: apt-get install -y python3 python3-venv' },
    folder: join(clients, 'python'),
    prepare: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '--editable', '.[dev]'],
    ],
    command: ['.venv/bin/pytest'],
    playsScenarios: true,
  },
  {
    name: 'go',
    needs: { go: 'Go 1.24 or later: https://go.dev/doc/install' },
    folder: join(clients, 'go'),
    prepare: [],
    // Not from the cache: what is tested is not only in these files.
    command: ['go', 'test', '-count=1', './...'],
    playsScenarios: true,
  },
];
