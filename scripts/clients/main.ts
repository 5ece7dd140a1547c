import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { commandLine } from '../dev/command-line.ts';
import { engineOptions } from '../dev/engine.ts';
import { startStack, stopSignal } from '../dev/stack.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { type Suite, suites } from './suites.ts';

/**
 * `npm run test:clients`: the suite of every client against one running stack, through a proxy with faults where a
 * scenario asks for them. What comes after another `--` goes to the suite: `npm run test:clients -- --only typescript -- -t
 * chat`.
 */
const args = process.argv.slice(2);
const end = args.includes('--') ? args.indexOf('--') : args.length;
const passedOn = args.slice(end + 1);
const names = suites.map(({ name }) => name);
const { only, engine } = commandLine(
  {
    name: 'npm run test:clients',
    about: 'The suite of every client against one stack, with faults. What comes after another -- goes to the suite.',
    options: {
      only: { type: 'list', about: 'the clients to test, all unless told', oneOf: names },
      engine: engineOptions.engine,
    },
  },
  args.slice(0, end),
);
const chosen = suites.filter(({ name }) => only?.includes(name) ?? true);

const signal = stopSignal();
const folder = mkdtempSync(join(tmpdir(), 'sandgate-clients-'));
// The suites use one key, and leave turns behind them.
const vars = { ALLOW_SCRIPTED_AGENT: '1', REQUEST_LIMIT: '1000000', ACCOUNT_TURN_LIMIT: '1000' };
const results: { name: string; failure: string | undefined; seconds: number; cuts: number; stumbles: number }[] = [];
try {
  const stack = await startStack({ folder, engine, vars, signal });
  const proxy = await FaultyProxy.open(stack.url);
  const env = {
    ...process.env,
    SANDGATE_BASE_URL: stack.url,
    SANDGATE_API_KEY: stack.apiKey,
    SANDGATE_CUTS_URL: proxy.cutsUrl,
    SANDGATE_STUMBLES_URL: proxy.stumblesUrl,
    SANDGATE_SCENARIOS: join(import.meta.dirname, '../../clients/scenarios.json'),
  };
  try {
    for (const suite of chosen) {
      if (signal.aborted) break;
      const began = performance.now();
      const before = proxy.faults;
      const failed = await failureOf(suite, env);
      const cuts = proxy.faults.cuts - before.cuts;
      const stumbles = proxy.faults.stumbles - before.stumbles;
      const isWhole = suite.playsScenarios && passedOn.length === 0;
      const spared = isWhole && (cuts === 0 || stumbles === 0);
      const failure = failed ?? (spared ? 'met no fault of the proxy, so proved nothing of them' : undefined);
      if (failure) console.log(styleText('red', `${suite.name}: ${failure}`));
      results.push({ name: suite.name, failure, seconds: (performance.now() - began) / 1000, cuts, stumbles });
    }
  } finally {
    proxy.close();
    await stack.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log('\n| client     | result | time  | cuts | refusals |\n| ---------- | ------ | ----: | ---: | -------: |');
for (const { name, failure, seconds, cuts, stumbles } of results)
  console.log(
    `| ${name.padEnd(10)} | ${failure ? 'failed' : 'passed'} | ${`${seconds.toFixed(0)} s`.padStart(5)} ` +
      `| ${String(cuts).padStart(4)} | ${String(stumbles).padStart(8)} |`,
  );
process.exitCode = results.length === chosen.length && results.every(({ failure }) => failure === undefined) ? 0 : 1;

/** Runs a suite, and says why it failed. */
async function failureOf({ name, needs, folder, before, tests, env: own }: Suite, env: typeof process.env) {
  const missing = needs.filter(({ path }) => path === undefined);
  if (missing.length > 0) return missing.map(({ program, remedy }) => `${program} is missing: ${remedy}`).join('; ');
  if (!existsSync(folder)) return `there is no ${folder}`;
  for (const [program = '', ...args] of [...before, [...tests, ...passedOn]]) {
    console.log(`\n${styleText('bold', name)} ${styleText('dim', [program, ...args].join(' '))}`);
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit'];
    const child = spawn(program, args, { cwd: folder, env: { ...env, ...own }, stdio });
    const stop = () => child.kill();
    signal.addEventListener('abort', stop);
    const [status, stoppedBy] = await once(child, 'exit');
    signal.removeEventListener('abort', stop);
    if (status !== 0) return `${program} ended with ${status ?? stoppedBy}`;
  }
  return undefined;
}
