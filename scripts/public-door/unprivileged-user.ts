import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A user that owns nothing and has no name. */
const USER = 64_642;

/** How root runs a command as that user. */
export const asUnprivileged = ['setpriv', '--reuid', String(USER), '--regid', String(USER), '--clear-groups', '--'];
export const unprivilegedUser = USER;

/** Whether that user may read this repository, and make user namespaces: some distributions let nobody but root do so. */
export function canRunUnprivileged(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const program = join(import.meta.dirname, 'stack-process.ts');
  const question = ['sh', '-c', 'test -r "$1" && test -x "$2" && unshare --user true', 'sh', program, process.execPath];
  const [command = '', ...args] = [...asUnprivileged, ...question];
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
