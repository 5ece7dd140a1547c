import { ALL, systemCall, type TryClass } from '../try.ts';

export const hostFiles: TryClass = {
  title: 'Files of the host and of other sandboxes',
  tries: [
    {
      name: 'read /etc/shadow',
      script: 'cat /etc/shadow && grep -q "^root:" /etc/shadow && escaped shadow',
      actors: ALL,
      stoppedBy: 'an /etc of our own',
      evidence: /No such file/,
    },
    {
      name: 'read a world-readable file of the host',
      script: 'cat "$CANARY_FILE"',
      actors: ALL,
      stoppedBy: 'mounts by allow-list',
      evidence: /No such file/,
    },
    {
      name: 'list the home of root',
      script: '[ -n "$(ls -A /root)" ] && escaped "$(ls -A /root | head -1)"; ls -d /root',
      actors: ALL,
      stoppedBy: 'mounts by allow-list',
      evidence: /No such file/,
    },
    {
      name: 'read the key and the master secret of the stack',
      script: 'cat "$STATE/api-key" "$STATE/master-secret"',
      actors: ALL,
      stoppedBy: 'mounts by allow-list',
      evidence: /No such file/,
    },
    {
      name: 'read the workspace of a neighbour',
      script:
        'ls "$STATE/engine/containers" && escaped list; cat /proc/[0-9]*/root/workspace/secret | grep -F "$NEIGHBOUR_MARK" && escaped neighbour',
      actors: ALL,
      stoppedBy: 'mounts by allow-list, pid namespace',
      evidence: /No such file/,
    },
    {
      name: 'walk out through /proc/*/root and /proc/*/cwd',
      script: 'for p in /proc/[0-9]*; do cat "$p/root$CANARY_FILE" "$p/cwd$CANARY_FILE"; done',
      actors: ALL,
      stoppedBy: 'pid and mount namespaces',
      evidence: /No such file|Permission denied/,
    },
    {
      name: 'read a file through a descriptor that somebody left open',
      script:
        'for f in /proc/[0-9]*/fd/[3-9] /proc/[0-9]*/fd/1[0-9]; do [ -f "$f" ] && head -c 200 "$f"; done 2>/dev/null; echo looked',
      actors: ALL,
      stoppedBy: 'descriptors closed on exec, pid namespace',
      evidence: /looked/,
    },
    {
      name: 'read the environment of the engine, and of all else',
      script: 'cat /proc/[0-9]*/environ | tr "\\0" "\\n" | grep CANARY=; echo looked',
      actors: ALL,
      stoppedBy: 'pid namespace, empty spawn environment',
      evidence: /looked/,
    },
    {
      name: 'reach a host file through a symbolic link',
      script:
        'cd /tmp && ln -sfn / "way-out-$$" && cat "way-out-$$$CANARY_FILE" "way-out-$$/proc/1/root$CANARY_FILE"; rm -f "way-out-$$"',
      actors: ALL,
      stoppedBy: 'mounts by allow-list',
      evidence: /No such file|Permission denied/,
    },
    {
      name: 'bind the host over something',
      script: 'mkdir -p "/tmp/bind-$$" && mount --bind /usr "/tmp/bind-$$" && escaped bind; rmdir "/tmp/bind-$$"',
      actors: ALL,
      stoppedBy: 'seccomp (mount), no CAP_SYS_ADMIN',
      evidence: /permission denied|must be superuser|not permitted/i,
    },
    {
      name: 'make a sandbox of its own, to look from there',
      script:
        'bwrap --ro-bind / / --dev /dev cat "$CANARY_FILE"; bwrap --unshare-user --ro-bind / / true && escaped nested',
      actors: ALL,
      stoppedBy: 'seccomp (clone with NEW*, unshare)',
      evidence: /not permitted|No permissions/i,
    },
    {
      name: 'open files by handle, around the mount namespace',
      script: systemCall(
        'name_to_handle_at',
        '-100, $p, $h, $m, 0',
        'my ($p, $h, $m) = ("/", pack("Ll", 128, 0) . "\\0" x 128, "\\0" x 4);',
      ),
      actors: ALL,
      stoppedBy: 'seccomp (name_to_handle_at, open_by_handle_at)',
      evidence: /Operation not permitted/,
    },
    {
      name: 'change the programs, the image or /etc',
      script:
        'for d in /usr/bin /etc /app /usr/local/bin; do touch "$d/.sandgate-attack" && { rm -f "$d/.sandgate-attack"; escaped "$d"; }; done',
      actors: ALL,
      stoppedBy: 'read-only mounts',
      evidence: /Read-only file system|Permission denied/,
      withoutControl: 'it would write to the programs of the host',
    },
    {
      name: 'see the host through /sys',
      script: 'ls /sys/class/net /sys/block && escaped sys',
      actors: ALL,
      stoppedBy: 'no /sys',
      evidence: /No such file/,
    },
  ],
};
