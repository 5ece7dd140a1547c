import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromiumPackages, chromiumPath } from '../browser/chromium.ts';

/** A program that has to be there. */
interface Need {
  program: string;
  path: string | undefined;
  /** What to do where it is missing. */
  remedy: string;
}

/** How a client is put to the test. */
export interface Suite {
  /** What `--only` calls it. */
  name: string;
  needs: Need[];
  /** Where its commands run. */
  folder: string;
  /** What comes before its tests: what it takes to run them, and whether what is generated of it is up to date. */
  before: string[][];
  tests: string[];
  env?: Record<string, string>;
  /** Whether it plays the scenarios, and so meets cuts and stumbles. */
  playsScenarios: boolean;
}

const root = join(import.meta.dirname, '../..');
const clients = join(root, 'clients');

export const suites: Suite[] = [
  {
    name: 'typescript',
    needs: [{ program: 'chromium', path: chromiumPath, remedy: chromiumPackages }],
    folder: root,
    before: [],
    tests: ['vitest', 'run', '--config', 'clients/typescript/scenarios/vitest.config.ts'],
    env: { SANDGATE_CHROMIUM: chromiumPath ?? '' },
    playsScenarios: true,
  },
  {
    name: 'python',
    needs: [onPath('python3', 'apt-get install -y python3 python3-venv, 3.10 or later')],
    folder: join(clients, 'python'),
    before: [
      ['python3', '-m', 'venv', '.venv'],
      ['.venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '--editable', '.[dev]'],
      ['.venv/bin/python', '-m', 'generate', '--check'],
      ['.venv/bin/ruff', 'check'],
      ['.venv/bin/ruff', 'format', '--check'],
      ['.venv/bin/mypy'],
    ],
    tests: ['.venv/bin/pytest'],
    playsScenarios: true,
  },
  {
    name: 'go',
    needs: [onPath('go', 'https://go.dev/doc/install, 1.26 or later')],
    folder: join(clients, 'go'),
    before: [
      ['node', '../../scripts/generate-go.ts', '--check'],
      ['gofmt', '-d', '.'],
      ['go', 'vet', './...'],
      ['go', 'tool', '-modfile=tools/go.mod', 'staticcheck', './...'],
    ],
    // Not from the cache: what is tested is not only in these files.
    tests: ['go', 'test', '-count=1', './...'],
    playsScenarios: true,
  },
  {
    name: 'samples',
    needs: [
      onPath('curl', 'apt-get install -y curl'),
      onPath('python3', 'apt-get install -y python3 python3-venv, 3.10 or later'),
      onPath('go', 'https://go.dev/doc/install, 1.26 or later'),
    ],
    folder: root,
    before: [
      ['python3', '-m', 'venv', 'clients/python/.venv'],
      [
        'clients/python/.venv/bin/pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--editable',
        'clients/python',
      ],
    ],
    tests: ['node', 'scripts/clients/samples/main.ts'],
    playsScenarios: false,
  },
];

function onPath(program: string, remedy: string): Need {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  return { program, path: paths.find(existsSync), remedy };
}
