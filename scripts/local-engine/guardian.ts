import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Waits until its input ends, which is when the engine is gone in whatever way, and ends every process that has the
 * engine's token among its arguments: those of sandboxes and relays have. More than once, as one may be about to start.
 * Then nothing needs the run folder any more.
 */
const SCRIPT = `read -r ended
for round in 1 2 3 4 5; do
  for file in $(grep -ls -e "$2" /proc/[0-9]*/cmdline); do
    pid=\${file#/proc/}
    pid=\${pid%/cmdline}
    [ "$pid" = $$ ] || kill -KILL "$pid"
  done 2>/dev/null
  sleep 0.1
done
rm -rf -- "$1"`;

/**
 * Starts a shell that outlives a killed engine for half a second. The kernel's parent-death signal ends nearly
 * everything by itself; but a process whose parent dies before it has asked for the signal never gets it.
 *
 * @param runFolder its name is found in the arguments of this engine's processes, and of no other's
 * @returns ends it, for an engine that has ended its containers itself
 */
export function startGuardian(runFolder: string): () => void {
  const guardian = spawn('/bin/sh', ['-c', SCRIPT, 'sh', runFolder, basename(runFolder)], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a session of its own: Ctrl-C is for the engine.
    detached: true,
  });
  guardian.on('error', () => {});
  guardian.unref();
  return () => guardian.kill('SIGKILL');
}
