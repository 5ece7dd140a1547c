import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { commandLine } from './dev/command-line.ts';

/** `npm run check`: all that can be said of the code without running it. Says everything that is wrong, not only the first. */
commandLine({
  name: 'npm run check',
  about: 'Format, lint, types, unused code, the OpenAPI documents, and what is generated.',
  options: {},
});

const root = join(import.meta.dirname, '..');
const workspaces = ['api-spec', 'gateway', 'sandbox-server', 'clients/typescript', 'scripts', 'examples'];

interface Check {
  name: string;
  command: string[];
  /** Where it runs; the root unless told. */
  folder?: string;
  /** What to do where it fails. */
  remedy: string;
  /** A program that not everybody has; without it, this is not checked. */
  needs?: string;
}

const generated = [
  'api-spec/openapi.json',
  'api-spec/sandbox.openapi.json',
  'api-spec/src/generated',
  'clients/typescript/src/generated',
  'docs/problems.md',
];

const checks: Check[] = [
  { name: 'format and lint', command: ['biome', 'check', '.'], remedy: 'npm run format' },
  ...workspaces.map((workspace) => ({
    name: `types of ${workspace}`,
    command: ['tsc', '-p', workspace],
    remedy: 'mend the types',
  })),
  { name: 'unused code and dependencies', command: ['knip'], remedy: 'delete what nobody uses' },
  { name: 'OpenAPI documents', command: ['redocly', 'lint'], folder: 'api-spec', remedy: 'mend the contract' },
  {
    name: 'changes since the last release',
    command: ['node', 'scripts/release/check.ts'],
    remedy: 'keep what clients stand on, or say `major` in a changeset; npm run release writes the version',
  },
  {
    name: 'generated files',
    command: ['turbo', 'run', 'generate', '--force', '--output-logs=errors-only'],
    remedy: 'mend the generators',
  },
  {
    name: 'generated files are committed',
    command: ['git', 'diff', '--exit-code', '--stat', 'HEAD', '--', ...generated],
    remedy: 'npm run generate, then commit what it wrote',
  },
  {
    name: 'package of the client',
    command: ['publint', '--strict'],
    folder: 'clients/typescript',
    remedy: 'mend its package.json',
  },
  {
    name: 'types of the package of the client',
    command: ['attw', '--pack', '.', '--profile', 'esm-only', '--no-color', '--no-emoji'],
    folder: 'clients/typescript',
    remedy: 'mend its package.json',
  },
  { name: 'size of the client', command: ['node', 'scripts/client-size.ts'], remedy: 'leave something out' },
  {
    name: 'workflows of GitHub',
    command: ['go', 'run', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'],
    remedy: 'mend .github/workflows',
    needs: 'go',
  },
];

const skipped = checks.filter(({ needs }) => needs !== undefined && spawnSync(needs, ['version']).error !== undefined);
for (const { name, needs } of skipped) console.log(styleText('yellow', `– ${name}: not checked, ${needs} is missing`));

const held = checks.filter((check) => !skipped.includes(check));
const failed = held.filter(({ name, command: [program = '', ...args], folder = '.', remedy }) => {
  const began = performance.now();
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd: join(root, folder), encoding: 'utf8' });
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  if (status === 0) console.log(`${styleText('green', '✓')} ${name} ${styleText('dim', took)}`);
  else console.log(`${styleText('red', '✗')} ${name}: ${remedy}\n${error ?? ''}${stdout}${stderr}`);
  return status !== 0;
});
console.log(`\n${held.length - failed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length === 0 ? 0 : 1;
