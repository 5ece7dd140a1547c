import { ALL, NOT_PERMITTED, systemCall, type TryClass } from '../try.ts';

const child =
  'my $p = fork; if (!$p) { sleep 2; exit } select undef, undef, undef, 0.05; $SIG{ALRM} = sub { exit }; alarm 3;';

export const processes: TryClass = {
  title: 'Processes of the host and of other sandboxes',
  tries: [
    {
      name: 'signal a process of the host',
      script: 'kill -0 "$VICTIM_PID" && escaped signal',
      actors: ALL,
      stoppedBy: 'pid namespace',
      evidence: /No such process/i,
    },
    {
      name: 'find a process of the host or of a neighbour',
      script: `cat /proc/[0-9]*/cmdline | tr "\\0" "\\n" | perl -ne 'for my $mark (@ENV{"VICTIM_MARK", "NEIGHBOUR_MARK"}) { print "ESC", "APED: $_" if index($_, $mark) >= 0 }'; echo looked`,
      actors: ALL,
      stoppedBy: 'pid namespace',
      evidence: /looked/,
    },
    {
      name: 'trace a process (ptrace)',
      script: systemCall('ptrace', '16, $p, 0, 0', child),
      actors: ALL,
      stoppedBy: 'seccomp (ptrace)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'read the memory of a process (process_vm_readv)',
      script: systemCall(
        'process_vm_readv',
        '$$ + 0, $l, 1, $l, 1, 0',
        'my $b = "x" x 8; my $l = pack("QQ", unpack("Q", pack("p", $b)), 8);',
      ),
      actors: ALL,
      stoppedBy: 'seccomp (process_vm_readv)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'take a descriptor out of a process (pidfd_getfd)',
      script: systemCall('pidfd_getfd', 'syscall(434, $$ + 0, 0), 0, 0'),
      actors: ALL,
      stoppedBy: 'seccomp (pidfd_getfd)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'read /proc/PID/mem of a process of the host',
      script: 'head -c1 "/proc/$VICTIM_PID/mem"; [ -e "/proc/$VICTIM_PID/mem" ] && escaped mem',
      actors: ALL,
      stoppedBy: 'pid namespace',
      evidence: /No such file/,
    },
  ],
};
