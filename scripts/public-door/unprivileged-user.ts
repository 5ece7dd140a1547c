import { spawnSync } from 'node:child_process';

/** A user that owns nothing and has no name. */
const USER = 64_642;

/** How root runs a command as that user. */
export const asUnprivileged = ['setpriv', '--reuid', String(USER), '--regid', String(USER), '--clear-groups', '--'];
export const unprivilegedUser = USER;

/** Whether that user may make user namespaces: some distributions let nobody but root do so. */
export const canMakeNamespaces = () => asks('unshare --user true');

function asks(question: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const [command = '', ...args] = [...asUnprivileged, 'sh', '-c', question];
  return spawnSync(command, args, { cwd: '/', stdio: 'ignore' }).status === 0;
}
