import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { schemathesis } from './schemathesis.ts';

/**
 * `npm run attack:gateway`, and with `--engine` `npm run attack`: all of the suites, the fuzzing with many more requests
 * than in `npm test`, and at the end a table of what was tried. Exits with 1 where anything got through.
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    runs: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
  },
});

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sandgate-attack-'));
const tallied = join(folder, 'tally');
// For the suites, which run as children.
Object.assign(process.env, {
  SANDGATE_ATTACK_TALLY: tallied,
  SANDGATE_FUZZ_SEED: values.seed,
  SANDGATE_FUZZ_RUNS: values.runs,
});
const failures: string[] = [];

function run(name: string, script: string, ...args: string[]): void {
  const command = ['--disable-warning=ExperimentalWarning', script, ...args];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failures.push(name);
}

try {
  console.log(styleText('bold', `Seed ${values.seed}, ${values.runs} requests of each operation`));
  const vitest = join(createRequire(join(root, 'package.json')).resolve('vitest/package.json'), '../vitest.mjs');
  const suites = values.only ? [values.only] : ['scripts/attack-gateway', 'scripts/public-door/hostile-sandbox'];
  run('the gateway', vitest, 'run', '--project', 'public door', ...suites);
  if (!values.only && !(await schemathesis(values.seed))) failures.push('Schemathesis');
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
