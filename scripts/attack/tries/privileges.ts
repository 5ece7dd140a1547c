import { ALL, NOT_PERMITTED, systemCall, type TryClass } from '../try.ts';

const call = (name: string, syscall: string, args: string, before = '') => ({
  name,
  script: systemCall(syscall, args, before),
  actors: ALL,
  stoppedBy: `seccomp (${syscall})`,
  evidence: NOT_PERMITTED,
});

export const privileges: TryClass = {
  title: 'Privileges and the kernel',
  tries: [
    {
      name: 'a setuid file of its own',
      script:
        'cp /usr/bin/id "$SCRATCH/id-$$" && chown 0 "$SCRATCH/id-$$"; chmod 4755 "$SCRATCH/id-$$"; [ "$(setpriv --reuid 1000 --clear-groups "$SCRATCH/id-$$" -u)" = 0 ] && escaped setuid; setpriv --reuid 1000 --clear-groups grep NoNewPrivs /proc/self/status; rm -f "$SCRATCH/id-$$"',
      actors: ['server', 'exec'],
      needs: 'two users',
      stoppedBy: 'no_new_privs',
      evidence: /NoNewPrivs:\s+1/,
    },
    {
      name: 'keep or raise capabilities',
      script:
        'grep -E "^Cap(Eff|Prm|Inh|Amb)" /proc/self/status; eff=$(sed -n "s/^CapEff:\\s*//p" /proc/self/status); [ $((0x$eff & ~0xe0)) = 0 ] || escaped "$eff"',
      actors: ALL,
      stoppedBy: 'dropped: SETUID, SETGID and KILL for the server, none for the tools',
      evidence: /CapEff:\s+00000000000000(e0|00)/,
    },
    {
      name: 'a user namespace',
      script: 'unshare --user --map-root-user true && escaped user',
      actors: ALL,
      stoppedBy: 'seccomp (unshare)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'a mount namespace',
      script: 'unshare --mount true && escaped mount',
      actors: ALL,
      stoppedBy: 'seccomp (unshare)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'a user namespace by clone',
      script: systemCall('clone', '0x10000011, 0, 0, 0, 0'),
      actors: ALL,
      stoppedBy: 'seccomp (flags of clone)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'a user namespace by clone3',
      script: systemCall('clone3', '$a, 88', 'my $a = pack("Q11", 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0);'),
      actors: ALL,
      stoppedBy: 'seccomp (clone3: no such call)',
      evidence: /Function not implemented/,
    },
    {
      name: 'enter a namespace (setns)',
      script: 'nsenter --net=/proc/self/ns/net true && escaped nsenter',
      actors: ALL,
      stoppedBy: 'seccomp (setns)',
      evidence: /not permitted|Permission denied/,
    },
    {
      name: 'chroot',
      script: 'chroot / true && escaped chroot',
      actors: ALL,
      stoppedBy: 'seccomp (chroot)',
      evidence: NOT_PERMITTED,
    },
    call('new mount calls', 'fsopen', '$n, 0', 'my $n = "tmpfs";'),
    call('clone the tree of mounts', 'open_tree', '-100, $p, 1', 'my $p = "/";'),
    call('keyrings of the host', 'keyctl', '0, -3, 1'),
    call('put a key', 'add_key', '$t, $d, $v, 1, -3', 'my ($t, $d, $v) = ("user", "sgattack", "x");'),
    call('bpf', 'bpf', '0, $a, 72', 'my $a = pack("LLLL", 2, 4, 4, 1) . "\\0" x 56;'),
    call('io_uring', 'io_uring_setup', '1, $p', 'my $p = "\\0" x 120;'),
    call('userfaultfd', 'userfaultfd', '0'),
    call('perf events', 'perf_event_open', '$a, 0, -1, -1, 0', 'my $a = pack("LL", 1, 64) . "\\0" x 120;'),
    call('the kernel’s log', 'syslog', '10, 0, 0'),
    call('disk quotas', 'quotactl', '0x80000100, 0, 0, 0'),
    {
      name: 'write core_pattern and other sysctls',
      script:
        'for f in kernel/core_pattern kernel/hostname vm/overcommit_memory net/ipv4/ip_forward; do v=$(cat "/proc/sys/$f") && (printf "%s" "$v" > "/proc/sys/$f") && escaped "$f"; done; echo done',
      actors: ALL,
      stoppedBy: 'read-only /proc/sys, own user namespace',
      evidence: /Read-only file system|Permission denied/,
    },
    {
      name: 'sysrq',
      script: '(printf h > /proc/sysrq-trigger) && escaped sysrq; echo done',
      actors: ALL,
      stoppedBy: 'read-only /proc/sysrq-trigger, where the kernel has it',
      evidence: /Read-only file system|Permission denied|No such file|nonexistent/,
      withoutControl: 'not in every kernel',
    },
    {
      name: 'cgroup release_agent',
      script:
        'mkdir -p "$SCRATCH/cg-$$"; mount -t cgroup -o memory x "$SCRATCH/cg-$$" && escaped cgroup; mount -t cgroup2 x "$SCRATCH/cg-$$" && escaped cgroup2; umount "$SCRATCH/cg-$$"; rmdir "$SCRATCH/cg-$$"; find / -name release_agent -not -path "/proc/*" 2>/dev/null | grep . && escaped found; echo done',
      actors: ALL,
      stoppedBy: 'seccomp (mount), no cgroup file system',
      evidence: /permission denied|must be superuser|not permitted/i,
    },
    {
      name: 'make a device node',
      script: 'mknod "$SCRATCH/dev-$$" b 7 0 && escaped mknod; rm -f "$SCRATCH/dev-$$"',
      actors: ALL,
      stoppedBy: 'no CAP_MKNOD',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'find a device of the machine',
      script:
        'for d in /dev/mem /dev/kmsg /dev/vda /dev/sda /dev/loop-control /dev/fuse /dev/kvm /dev/net/tun; do [ -e "$d" ] && escaped "$d"; done; ls /dev/kmsg',
      actors: ALL,
      stoppedBy: 'a minimal /dev',
      evidence: /No such file/,
    },
    {
      name: 'set the clock',
      script: systemCall('adjtimex', '$b', 'my $b = "\\0" x 256;'),
      actors: ALL,
      stoppedBy: 'seccomp (adjtimex)',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'type into somebody’s terminal (TIOCSTI)',
      script: `perl -e 'my $b = "x"; print ioctl(STDIN, 0x5412, $b) ? "ESC" . "APED: tiocsti\\n" : "tiocsti: $!\\n"'`,
      actors: ALL,
      stoppedBy: 'seccomp (ioctl), a session without a terminal',
      evidence: NOT_PERMITTED,
      withoutControl: 'there is no terminal to type into',
    },
  ],
};
