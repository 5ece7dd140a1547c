import type { TryClass } from '../try.ts';

const actors = ['agent'] as const;
const OUTSIDE = /400 invalid_request: .*Leads out of the workspace/;
/** Something that its own user may read, and that is no part of the workspace. */
const outside = 'mkdir -p "$SCRATCH/outside-$$"; escaped outside > "$SCRATCH/outside-$$/file"';

/** The tools put something in the workspace; then the caller reads it through the public door. */
export const filesApi: TryClass = {
  title: 'GET …/files, after the tools have been there',
  tries: [
    {
      name: 'a symbolic link to a file of the host',
      script: 'ln -sfn "$CANARY_FILE" to-host',
      file: 'to-host',
      actors,
      stoppedBy: 'mounts by allow-list',
      evidence: /404 file_not_found/,
    },
    {
      name: 'a symbolic link out of the workspace',
      script: `${outside}; ln -sfn "$SCRATCH/outside-$$/file" to-outside`,
      file: 'to-outside',
      actors,
      stoppedBy: 'all links followed, and the end has to be in the workspace',
      evidence: OUTSIDE,
    },
    {
      name: 'a symbolic link to a directory, and on from there',
      script: `${outside}; ln -sfn "$SCRATCH/outside-$$" to-directory`,
      file: 'to-directory/file',
      actors,
      stoppedBy: 'all links followed, and the end has to be in the workspace',
      evidence: OUTSIDE,
    },
    {
      name: 'a chain of links',
      script: `${outside}; ln -sfn chain-b chain-a; ln -sfn "$SCRATCH/outside-$$/file" chain-b`,
      file: 'chain-a',
      actors,
      stoppedBy: 'all links followed, and the end has to be in the workspace',
      evidence: OUTSIDE,
    },
    {
      name: '.. in the path',
      script: 'true',
      file: '..%2Fcanary',
      actors,
      stoppedBy: 'no ".." in a path',
      evidence: /400 invalid_request: .*Holds "\.\."/,
    },
    {
      name: 'a link to /proc/1/environ',
      script: 'ln -sfn /proc/1/environ to-environ',
      file: 'to-environ',
      actors,
      stoppedBy: 'the end has to be in the workspace; the process that reads is the tools’',
      evidence: OUTSIDE,
      withoutControl: 'that of the host’s first process holds no token',
    },
    {
      name: 'a link to the environment of whoever reads',
      script: 'ln -sfn /proc/self/environ to-self',
      file: 'to-self',
      actors,
      stoppedBy: 'the end has to be in the workspace',
      evidence: OUTSIDE,
      withoutControl: 'that of the host’s reader is ours',
    },
    {
      name: 'a magic link to a descriptor of whoever reads',
      script: 'ln -sfn /proc/self/fd/3 to-descriptor',
      file: 'to-descriptor',
      actors,
      stoppedBy: 'the end has to be in the workspace',
      evidence: /40[04] (invalid_request|file_not_found)/,
      withoutControl: 'what is open there is not ours to choose',
    },
    {
      name: 'through the root of a process, by a magic link',
      script: 'ln -sfn "/proc/self/root$CANARY_FILE" to-root',
      file: 'to-root',
      actors,
      stoppedBy: 'its root is that of the sandbox',
      evidence: /404 file_not_found/,
    },
    {
      name: 'a link to the server’s records',
      script: 'ln -sfn "$SERVER_DATA/$(ls "$SERVER_DATA" 2>/dev/null | head -1)" to-records',
      file: 'to-records',
      actors,
      stoppedBy: 'the end has to be in the workspace, two users',
      evidence: /403 forbidden|400 invalid_request/,
    },
    {
      name: 'a hard link to the server’s records',
      script: 'rm -f hard; ln "$SERVER_DATA"/* hard; mkdir -p hard-d; ln "$SERVER_DATA"/* hard-d/',
      file: 'hard',
      actors,
      stoppedBy: 'two users, and no hard link leads from mount to mount',
      evidence: /(Permission denied|cross-device)[\s\S]*404 file_not_found/,
    },
    {
      name: 'a link to the sockets in /run',
      script: 'ln -sfn "$ENGINE_SOCKET" to-socket; ln -sfn /run to-run',
      file: 'to-socket',
      actors,
      stoppedBy: 'mounts by allow-list',
      evidence: /404 file_not_found/,
      withoutControl: 'a socket cannot be read as a file',
    },
    {
      name: 'a path that is swapped while it is read: the file',
      script: `${outside}; mkdir -p race; echo inside > race/inside; ln -sfn "$SCRATCH/outside-$$/file" race/link; end=$(($(date +%s) + 4)); while [ "$(date +%s)" -lt $end ]; do for i in 1 2 3 4 5 6 7 8 9; do cp -P race/inside race/a; mv -fT race/a race/file; cp -P race/link race/b; mv -fT race/b race/file; done; done; mv -fT race/link race/file; echo swapped`,
      file: 'race/file',
      actors,
      stoppedBy: 'O_NOFOLLOW, and a look at what was opened',
      evidence: OUTSIDE,
    },
    {
      name: 'a path that is swapped while it is read: its directory',
      script: `${outside}; mkdir -p swap/real; echo inside > swap/real/file; ln -sfn "$SCRATCH/outside-$$" swap/link; perl -e 'my $end = time + 4; while (time < $end) { rename("swap/real", "swap/d"); rename("swap/d", "swap/real"); rename("swap/link", "swap/d"); rename("swap/d", "swap/link") } rename("swap/link", "swap/d")'; echo swapped`,
      file: 'swap/d/file',
      actors,
      stoppedBy: 'a look at what was opened, by its descriptor',
      evidence: OUTSIDE,
    },
  ],
};
