import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const upstreamStalled: Fault = {
  name: 'upstream stalled',
  sentence: 'The server in a sandbox stands still for some seconds, with its connections open, and goes on.',
  async strike({ world, sessions, random }) {
    const victims = random.shuffled(sessions).slice(0, random.int(1, 2));
    const pids = victims.flatMap(({ id }) => world.sandboxServer(id) ?? []);
    const ms = random.int(500, 5000);
    for (const pid of pids) signal(pid, 'SIGSTOP');
    await sleep(ms);
    for (const pid of pids) signal(pid, 'SIGCONT');
    return `${pids.length} servers, for ${ms} ms`;
  },
};

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Another fault has ended it.
  }
}
