import { assemble, type Instruction } from './bpf.ts';
import { type Architecture, AUDIT_ARCH, DENIED, FILTERED, numberOn } from './syscalls.ts';

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const errno = (code: number) => 0x00050000 | code;
const EPERM = errno(1);
const ENOSYS = errno(38);
const EAFNOSUPPORT = errno(97);

/** Offsets in `struct seccomp_data`; of an argument we read the low half, which is where these small values are. */
const NUMBER = 0;
const ARCH = 4;
const ARGUMENT_0 = 16;
const ARGUMENT_1 = 24;

/** NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const CLONE_NEW = 0x7e020000;
/** x86-64 kernels also take x32 calls, with this bit set, under other rules. */
const X32 = 0x40000000;
/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: AF_VSOCK or AF_ALG would reach past the network namespace. */
const FAMILIES = [1, 2, 10, 16];
/** Terminal tricks: typing into, or pasting to, somebody else's terminal. */
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;

/**
 * The filter that bwrap installs before it starts the server. It is a deny list: it takes away what breaks out or what
 * a container engine takes away too, and leaves everything that a compiler, a shell or a language runtime needs.
 */
function seccompProgram(architecture: Architecture): Instruction[] {
  const call = (name: keyof typeof FILTERED) => numberOn(architecture, FILTERED[name]) as number;
  const program: Instruction[] = [
    { op: 'load', offset: ARCH },
    { op: 'jump-equal', value: AUDIT_ARCH[architecture], yes: 'native' },
    { op: 'return', value: KILL_PROCESS },
    { op: 'label', name: 'native' },
    { op: 'load', offset: NUMBER },
  ];
  if (architecture === 'x64') {
    program.push({ op: 'jump-at-least', value: X32, no: 'not x32' });
    program.push({ op: 'return', value: KILL_PROCESS });
    program.push({ op: 'label', name: 'not x32' });
  }
  program.push(
    { op: 'jump-equal', value: call('clone'), yes: 'clone' },
    { op: 'jump-equal', value: call('clone3'), yes: 'clone3' },
    { op: 'jump-equal', value: call('socket'), yes: 'socket' },
    { op: 'jump-equal', value: call('ioctl'), yes: 'ioctl' },
  );
  for (const numbers of Object.values(DENIED)) {
    const number = numberOn(architecture, numbers);
    if (number !== null) program.push({ op: 'jump-equal', value: number, yes: 'deny' });
  }
  program.push(
    { op: 'return', value: ALLOW },

    // clone3 keeps its flags in memory, where a filter cannot look. "No such call" makes libc fall back to clone.
    { op: 'label', name: 'clone3' },
    { op: 'return', value: ENOSYS },

    { op: 'label', name: 'clone' },
    { op: 'load', offset: ARGUMENT_0 },
    { op: 'and', mask: CLONE_NEW },
    { op: 'jump-equal', value: 0, yes: 'allow', no: 'deny' },

    { op: 'label', name: 'ioctl' },
    { op: 'load', offset: ARGUMENT_1 },
    { op: 'jump-equal', value: TIOCSTI, yes: 'deny' },
    { op: 'jump-equal', value: TIOCLINUX, yes: 'deny', no: 'allow' },

    { op: 'label', name: 'socket' },
    { op: 'load', offset: ARGUMENT_0 },
    ...FAMILIES.map((value): Instruction => ({ op: 'jump-equal', value, yes: 'allow' })),
    { op: 'return', value: EAFNOSUPPORT },

    { op: 'label', name: 'deny' },
    { op: 'return', value: EPERM },
    { op: 'label', name: 'allow' },
    { op: 'return', value: ALLOW },
  );
  return program;
}

/** The filter of this machine, as bwrap's `--seccomp FD` reads it. */
export function seccompFilter(architecture: string = process.arch): Buffer {
  if (architecture !== 'x64' && architecture !== 'arm64') {
    throw new Error(`no seccomp filter for ${architecture}: the local engine knows x64 and arm64`);
  }
  return assemble(seccompProgram(architecture));
}
