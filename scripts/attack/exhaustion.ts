import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findByArgument } from '../local-engine/processes.ts';
import { type Actor, type Need, PRELUDE } from './try.ts';
import type { World } from './world.ts';

/** Something that takes all that it can get, while a neighbour has to go on answering. */
export interface Exhaustion {
  name: string;
  actor: Actor;
  script: string;
  stoppedBy: string;
  evidence: RegExp;
  needs?: Need;
}

/** Long enough for a loaded machine to write all that the limits let through; what takes longer hangs. */
const DEADLINE_SECONDS = 300;
/** An attack may also end with its sandbox: that is a limit, too. */
const SANDBOX_ENDED = 'the sandbox ended';
/** What one sandbox may have of relays outside of it, with some for its neighbours. */
const MOST_RELAYS = 400;

export const exhaustions: readonly Exhaustion[] = [
  {
    name: 'fork bomb',
    actor: 'agent',
    script: `perl -e 'while (defined(my $p = fork)) { if (!$p) { sleep 2; exit } $n++ } print "stopped after $n: $!\\n"'
timeout 4 bash -c 'bomb() { bomb | bomb & }; bomb; sleep 3' 2>/dev/null; echo end`,
    needs: 'process limit',
    stoppedBy: 'pids limit of the group, or RLIMIT_NPROC counted by user namespace',
    evidence: /stopped after [1-5]?\d\d: Resource temporarily unavailable/,
  },
  {
    name: 'fork bomb in the server’s place',
    actor: 'server',
    script: `perl -e 'while (defined(my $p = fork)) { if (!$p) { sleep 2; exit } $n++ } print "stopped after $n: $!\\n"'`,
    needs: 'process limit',
    stoppedBy: 'pids limit of the group, or RLIMIT_NPROC counted by user namespace',
    evidence: /stopped after [1-5]?\d\d: Resource temporarily unavailable/,
  },
  {
    name: 'memory hog',
    actor: 'agent',
    script: `perl -e '$x .= "x" x 67108864 while 1'; echo "hog: $?"`,
    stoppedBy: 'memory limit',
    evidence: /hog: (137|12)\b|Out of memory/,
  },
  {
    name: 'memory hog in the server’s place',
    actor: 'server',
    script: `perl -e '$x .= "x" x 67108864 while 1'; echo "hog: $?"`,
    stoppedBy: 'memory limit',
    evidence: /hog: (137|12)\b|Out of memory/,
  },
  {
    name: 'memory hog that forks',
    actor: 'agent',
    script: `for i in 1 2 3 4; do perl -e '$x .= "x" x 16777216 while 1' & done; wait; echo hogs ended`,
    needs: 'group limits',
    stoppedBy: 'memory limit of the group',
    evidence: /hogs ended/,
  },
  {
    name: 'fill /tmp and /dev/shm',
    actor: 'agent',
    script: 'for d in /tmp /dev/shm; do dd if=/dev/zero of=$d/big bs=1M count=2000; rm -f $d/big; done; echo end',
    stoppedBy: 'size of the tmpfs',
    evidence: /No space left on device[\s\S]*No space left on device|hog|Killed/,
  },
  {
    name: 'file descriptors',
    actor: 'agent',
    script: `perl -e 'while (open(my $f, "<", "/dev/null")) { push @f, $f } print "stopped at " . @f . ": $!\\n"'`,
    stoppedBy: 'RLIMIT_NOFILE',
    evidence: /stopped at \d{1,5}: Too many open files/,
  },
  {
    name: 'one huge file',
    actor: 'agent',
    script: 'dd if=/dev/zero of=big bs=1M count=4500; ls -l big | cut -c1-40; rm -f big',
    stoppedBy: 'RLIMIT_FSIZE',
    evidence: /File too large|File size limit|No space left/,
  },
  {
    name: 'fill the disk with many files',
    actor: 'agent',
    script: 'for i in 1 2 3 4 5 6; do dd if=/dev/zero of=big$i bs=1M count=1000 || break; done; rm -f big*',
    needs: 'disk limit',
    stoppedBy: 'disk limit',
    evidence: /No space left on device/,
  },
  {
    name: 'fill the disk by the server’s records',
    actor: 'server',
    script:
      'cd /var/lib/sandgate; for i in 1 2 3 4 5 6; do dd if=/dev/zero of=big$i bs=1M count=1000 || break; done; rm -f big*',
    needs: 'disk limit',
    stoppedBy: 'disk limit',
    evidence: /No space left on device/,
  },
  {
    name: 'a million tiny files',
    actor: 'agent',
    script: `mkdir tiny; perl -e 'for (1 .. 1e6) { open(my $f, ">", "tiny/$_") or do { print "stopped at $_: $!\\n"; last } }'; echo end`,
    needs: 'disk limit',
    stoppedBy: 'number of inodes',
    evidence: /stopped at \d+: No space left on device/,
  },
  {
    name: 'log flood through the public door',
    actor: 'agent',
    script: 'timeout 4 yes "flood flood flood flood flood flood flood"; echo end',
    stoppedBy: 'a bounded excerpt, backpressure',
    evidence: /\[… \d+ characters left out …\]/,
  },
  {
    name: 'log flood of the server',
    actor: 'server',
    script: 'timeout 4 yes "flood flood flood flood flood flood flood"; echo end',
    stoppedBy: 'the engine keeps 64 KiB',
    evidence: /end\n$/,
  },
  {
    name: 'connections to the proxy, to have relays forked outside',
    actor: 'agent',
    script: `perl -MSocket -e 'for (1 .. 2000) { socket(my $s, AF_INET, SOCK_STREAM, 0); $SIG{ALRM} = sub { die "stopped: waits\\n" }; alarm 2; connect($s, sockaddr_in(3128, inet_aton("127.0.0.1"))) or last; push @s, $s } print "stopped at " . @s . "\\n"; sleep 3' 2>&1; echo end`,
    stoppedBy: 'a bounded number of relays',
    evidence: /stopped: waits|stopped at [1-4]?\d?\d\n/,
  },
];

export async function judgeExhaustion(world: World, { actor, script, evidence }: Exhaustion) {
  const attack = actor === 'agent' ? attackAsAgent(world, script) : world.attack('server', { script });
  const watch = new AbortController();
  const neighbour = watchNeighbour(world, watch.signal);
  const output = await attack;
  watch.abort();
  const { answers, slowest, relays, error } = await neighbour;
  const note = `neighbour answered ${answers} times, slowest ${Math.round(slowest)} ms`;
  const problems = [
    !evidence.test(output) && output !== SANDBOX_ENDED && `no evidence of ${evidence} in:\n${output.slice(-1000)}`,
    error && `the neighbour did not answer: ${error}`,
    relays > MOST_RELAYS && `${relays} relays on the host`,
  ].filter((problem) => typeof problem === 'string' && problem.length > 0) as string[];
  return { note, reason: problems.length > 0 ? problems.join('\n') : undefined };
}

/** In a session of its own, which is then destroyed. */
async function attackAsAgent({ caller }: World, script: string): Promise<string> {
  const session = await caller.open({}, DEADLINE_SECONDS);
  try {
    const { output, stopReason } = await caller.run(session, PRELUDE + script);
    return stopReason === 'error' ? SANDBOX_ENDED : output;
  } finally {
    await caller.close(session);
  }
}

async function watchNeighbour({ stack, caller, neighbour }: World, signal: AbortSignal) {
  // In the arguments of this engine's relays, and of no other's.
  const runFolder = basename(dirname(stack.engine.socket));
  let answers = 0;
  let slowest = 0;
  let relays = 0;
  do {
    const began = performance.now();
    try {
      const { output } = await caller.run(neighbour, 'echo alive');
      if (output !== 'alive\n') return { answers, slowest, relays, error: output || 'nothing' };
    } catch (error) {
      return { answers, slowest, relays, error: String(error) };
    }
    answers += 1;
    slowest = Math.max(slowest, performance.now() - began);
    relays = Math.max(relays, findByArgument('socat', runFolder).length);
    await sleep(100, undefined, { signal }).catch(() => {});
  } while (!signal.aborted);
  return { answers, slowest, relays, error: undefined };
}
