// Plain JavaScript for whatever Node is there: it fetches the one that all else needs, and everything else.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [script, ...args] = process.argv.slice(2);
const onDocker = /--engine[ =]docker\b/.test(args.join(' '));
const onlyAsks = args.includes('--help') || args.includes('-h');
const needsIsolation =
  !onDocker && !onlyAsks && !args.includes('--unsafe-no-isolation') && !['check', 'release'].includes(script);

/** What runs after the set-up, from the root of the repository. */
const programs = {
  start: ['scripts/dev/start.ts'],
  demo: ['scripts/dev/demo.ts'],
  'rebuild-index': ['scripts/rebuild-index/main.ts'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  'test:examples': ['node_modules/vitest/vitest.mjs', 'run', 'scripts/public-door/examples.test.ts'],
  'test:unprivileged': ['scripts/public-door/unprivileged.ts'],
  'test:claude': ['scripts/claude/test.ts'],
  check: ['scripts/check.ts'],
  release: ['scripts/release/main.ts'],
  chaos: ['scripts/chaos/main.ts'],
  attack: ['scripts/attack-gateway/main.ts', '--engine'],
  'attack:gateway': ['scripts/attack-gateway/main.ts'],
  'attack:engine': ['scripts/attack/main.ts'],
  'bench:engine': ['scripts/local-engine/bench.ts'],
  browser: ['scripts/browser/main.ts'],
  clients: ['scripts/clients/main.ts'],
  'test:docs': ['scripts/docs/main.ts'],
  bench: ['scripts/bench/main.ts'],
};

const say = (text) => process.stderr.write(`${text}\n`);

function stop(text) {
  say(`\n${text}\n`);
  process.exit(1);
}

/** Runs a command and shows what it says only where it fails, or all the time where it takes long. */
function run(command, commandArgs, options = {}) {
  try {
    execFileSync(command, commandArgs, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  } catch (error) {
    stop(`"${[command, ...commandArgs].join(' ')}" failed: ${error.message.split('\n')[0]}`);
  }
}

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules/.sandgate-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the packages of package-lock.json (about a minute, once) …');
  // Not `npm ci`, which refuses a lock file without the optional packages of every other platform.
  run('npm', ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

const has = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command))) ||
  ['/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((folder) => existsSync(join(folder, command)));

function installSystemPackages() {
  if (process.platform !== 'linux')
    stop(
      `The local engine needs Linux: ${process.platform} has no bubblewrap. ` +
        (process.platform === 'win32'
          ? 'Run Sandgate in WSL 2.'
          : 'Where Docker or Podman runs:\n\n    npm start -- --engine docker'),
    );
  const needed = { bwrap: 'bubblewrap', socat: 'socat', nsenter: 'util-linux', setpriv: 'util-linux' };
  const missing = [
    ...new Set(
      Object.keys(needed)
        .filter((name) => !has(name))
        .map((name) => needed[name]),
    ),
  ];
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const mayInstall = process.getuid?.() === 0 && has('apt-get') && !process.env.SANDGATE_SKIP_SYSTEM_PACKAGES;
  if (!mayInstall)
    stop(
      `Sandboxes need ${missing.join(' and ')}. Install them, then come back:\n\n    sudo ${line}\n\n` +
        '(the same packages exist for dnf, pacman, zypper and apk),\n' +
        'or have Docker or Podman hold the sandboxes: npm start -- --engine docker\n' +
        'or run the agents without any isolation: npm start -- --unsafe-no-isolation',
    );
  say(`Installing ${missing.join(' and ')} with apt-get (set SANDGATE_SKIP_SYSTEM_PACKAGES=1 to forbid this) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 2] };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', line.split(' ').slice(1), quiet);
}

/** Node 24 of the packages comes first, for this and for all that it starts; what one of them compiles, the next need not. */
function environment() {
  const path = [join(root, 'node_modules/node/bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return {
    ...process.env,
    PATH: path,
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    TURBO_TELEMETRY_DISABLED: '1',
    WRANGLER_SEND_METRICS: 'false',
  };
}

if (!programs[script]) stop(`There is no "${script}": it is one of ${Object.keys(programs).join(', ')}.`);
installPackages();
if (needsIsolation) installSystemPackages();
const env = environment();
run(join(root, 'node_modules/.bin/turbo'), ['run', 'build', '--output-logs=errors-only', '--log-prefix=none'], {
  env,
  stdio: ['ignore', 'ignore', 2],
});

const node = join(root, 'node_modules/node/bin/node');
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...programs[script], ...args], {
  cwd: root,
  stdio: 'inherit',
  env,
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
