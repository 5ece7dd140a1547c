import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes the Python client's models from the public document, and its synchronous half from its asynchronous one, with
 * the tools that its pyproject.toml names, in an environment of their own. `--check` only says what is not as it would
 * be written.
 */
const folder = join(import.meta.dirname, '../clients/python');
const environment = join(folder, '.venv');
const python = join(environment, 'bin/python');

install();
run(python, '-m', 'generate', ...process.argv.slice(2));

function install(): void {
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'pyproject.toml')))
    .digest('hex');
  const stamp = join(environment, 'sandgate-pyproject');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']).status !== 0)
    stop('The Python client needs Python 3.10 or later, with venv: apt-get install -y python3 python3-venv');
  run('python3', '-m', 'venv', environment);
  run(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--editable', '.[dev]');
  writeFileSync(stamp, wanted);
}

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(program, args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) stop(`"${[program, ...args].join(' ')}" failed.`);
}

function stop(reason: string): never {
  console.error(reason);
  process.exit(1);
}
