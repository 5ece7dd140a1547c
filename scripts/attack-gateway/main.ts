import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { commandLine } from '../dev/command-line.ts';
import { schemathesis } from './schemathesis.ts';

const root = join(import.meta.dirname, '../..');
const attacks = ['scripts/attack-gateway/**/*.test.ts', 'scripts/public-door/hostile-sandbox.test.ts'];
const suites = globSync(attacks, { cwd: root }).toSorted();

/**
 * `npm run attack:gateway`, and with `--engine` `npm run attack`: all of the suites, the fuzzing with many more requests
 * than in `npm test`, and at the end a table of what was tried. Exits with 1 where anything got through.
 */
const { seed = Math.floor(Math.random() * 2 ** 31), ...values } = commandLine({
  name: 'npm run attack:gateway',
  about: 'Every operation of the contract: by all who may not, fuzzed, and by a sandbox that lies.',
  options: {
    engine: { type: 'boolean', about: 'then the local engine, too, as npm run attack does' },
    seed: { type: 'number', about: 'the same requests again; another each time unless told' },
    runs: { type: 'number', about: 'how many requests of each operation', default: 200 },
    only: { type: 'string', about: 'part of the path of the suites to run', partOf: suites, default: '' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'sandgate-attack-'));
const tallied = join(folder, 'tally');
// For the suites, which run as children.
Object.assign(process.env, {
  SANDGATE_ATTACK_TALLY: tallied,
  SANDGATE_FUZZ_SEED: String(seed),
  SANDGATE_FUZZ_RUNS: String(values.runs),
});
const failures: string[] = [];

function run(name: string, script: string, ...args: string[]): void {
  const command = ['--disable-warning=ExperimentalWarning', script, ...args];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failures.push(name);
}

try {
  console.log(styleText('bold', `Seed ${seed}, ${values.runs} requests of each operation`));
  const vitest = join(createRequire(join(root, 'package.json')).resolve('vitest/package.json'), '../vitest.mjs');
  const chosen = suites.filter((path) => path.includes(values.only));
  run('the gateway', vitest, 'run', '--project', 'public door', ...chosen);
  if (!values.only && !(await schemathesis(String(seed)))) failures.push('Schemathesis');
  if (values.engine) run('the engine', 'scripts/attack/main.ts');
  console.log(`\n${table()}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures.length === 0 ? '\nAll hold.' : `\nNot all hold: ${failures.join(', ')}.`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** What was tried how often, as Markdown. */
function table(): string {
  const counts = new Map<string, number>();
  for (const line of readFileSync(tallied, 'utf8').trim().split('\n')) {
    const [what, times]: [string, number] = JSON.parse(line);
    counts.set(what, (counts.get(what) ?? 0) + times);
  }
  const rows = [...counts].map(([what, times]) => `| ${what} | ${times.toLocaleString('en')} |`);
  return ['| tried | times |', '| --- | ---: |', ...rows].join('\n');
}
