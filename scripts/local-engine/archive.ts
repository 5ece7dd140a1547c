import { text } from 'node:stream/consumers';
import { EngineError } from './engine-error.ts';
import { HOME, WORKSPACE } from './mounts.ts';
import { exitOf } from './processes.ts';
import type { Enter } from './runtime.ts';

/** Where files belong to the tools; everywhere else the server unpacks, with the rights that it has. */
const OF_TOOLS = [WORKSPACE, HOME, '/tmp'];
const SECONDS = 60;

/**
 * Unpacks a tar archive in a sandbox, by a `tar` that runs in it as one of its own users: a link that leads astray leads
 * nowhere that this user could not go by itself. Owners in the archive do not count.
 */
export async function extract(enter: Enter, path: string, content: Buffer): Promise<void> {
  const isOfTools = OF_TOOLS.some((folder) => path === folder || path.startsWith(`${folder}/`));
  const { process: tar } = await enter({
    command: ['tar', '--extract', '--file=-', '--no-same-owner', '--directory', path],
    environment: { PATH: '/usr/bin:/bin' },
    as: isOfTools ? 'tools' : 'server',
    workingDirectory: '/',
  });
  const timer = setTimeout(() => tar.kill('SIGKILL'), SECONDS * 1000);
  tar.stdin?.on('error', () => {});
  tar.stdin?.end(content);
  tar.stdout?.resume();
  const [said, code] = await Promise.all([tar.stderr ? text(tar.stderr) : '', exitOf(tar)]);
  clearTimeout(timer);
  if (code !== 0)
    throw new EngineError(400, `the archive could not be unpacked in ${path}: ${said.trim().slice(0, 500)}`);
}
