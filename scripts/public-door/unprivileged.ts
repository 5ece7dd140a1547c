import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asUnprivileged, canMakeNamespaces, unprivilegedUser } from './unprivileged-user.ts';

/**
 * `npm run test:unprivileged`: everything behind the public door, the faults of `npm run chaos`, and the engine's own
 * tests, with the whole stack run by a user without privileges, or the files that are named. As root it becomes one, in
 * a copy of the checkout that this user owns.
 */
const root = join(import.meta.dirname, '../..');
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
const quiet = ['--output-logs=errors-only', '--log-prefix=none'];
const chosen = process.argv.slice(2);
const suites = ['public-door', 'attack', 'attack-gateway', 'chaos', 'local-engine', 'docker-engine', 'dev'];
const args = [...vitest, ...(chosen.length > 0 ? chosen : suites.map((suite) => `scripts/${suite}/`))];

/** Ctrl-C ends the command, and then what follows it here: the copy is removed all the same. */
async function run(command: string, commandArgs: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, commandArgs, { cwd, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

async function runAsRoot(): Promise<number> {
  if (!canMakeNamespaces()) {
    process.stderr.write('No user but root may make a user namespace here: there is no unprivileged mode to test.\n');
    return 1;
  }
  // Short, as it holds unix sockets.
  const folder = mkdtempSync('/tmp/sandgate-');
  try {
    chmodSync(folder, 0o755);
    const checkout = join(folder, 'checkout');
    const home = join(folder, 'home');
    for (const path of [checkout, home]) mkdirSync(path);
    const owner = String(unprivilegedUser);
    const copy = `tar -C "$1" --exclude=./.git --exclude=./.sandgate -cf - . | tar -C "$2" -xf - && chown -R "$3:$3" "$2" "$4"`;
    const copied = await run('sh', ['-c', copy, 'sh', root, checkout, owner, home], '/', process.env);
    if (copied !== 0) throw new Error('the checkout could not be copied');
    const modules = join(checkout, 'node_modules');
    const env = {
      PATH: `${modules}/node/bin:${modules}/.bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
      HOME: home,
      TMPDIR: home,
      TURBO_TELEMETRY_DISABLED: '1',
      WRANGLER_SEND_METRICS: 'false',
    };
    const [command = '', ...become] = asUnprivileged;
    // So that `npm start` builds nothing anew there, while another test uses what is built.
    const built = await run(command, [...become, join(modules, '.bin/turbo'), 'run', 'build', ...quiet], checkout, env);
    if (built !== 0) return built;
    return await run(command, [...become, join(modules, 'node/bin/node'), ...args], checkout, env);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = process.getuid?.() === 0 ? await runAsRoot() : await run(process.execPath, args, root, process.env);
