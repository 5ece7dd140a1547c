import type { Caller } from '../caller.ts';
import type { TryClass } from '../try.ts';

const actors = ['agent'] as const;
const LEADS_OUT = /400 invalid_request: .*Leads out of the workspace/;
const UNSAFE = /400 invalid_request: .*nothing was unpacked/;
const followed = 'all links followed, and the end has to be in the workspace';
const looked = 'each entry looked at, before any is in its place';
/** The host has no way to unpack as carelessly into a folder that the try may have. */
const noUnpacking = 'it names places of the sandbox';

/**
 * A directory that is no part of the workspace, a link to it in the workspace, and eyes on it for three seconds. The bait
 * comes last: without the link it could be moved away, and there would be none to lead out.
 */
const outside = (name: string) =>
  `mkdir -p "$SCRATCH/$$"; echo precious > "$SCRATCH/$$/precious"
until ln -sfnT "$SCRATCH/$$" ${name} 2>/dev/null; do rm -rf ${name}; done
echo bait > ${name}-bait
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 0.25; ls "$SCRATCH/$$" | grep -v precious && escaped written
[ "$(cat "$SCRATCH/$$/precious")" = precious ] || escaped gone; done; echo watched`;

const tell = (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>) => (caller: Caller, id: string) =>
  caller.request(id, method, path, body);

const change = (body: object) => tell('POST', '/files', JSON.stringify(body));

/** The tools put something in the workspace; then the caller changes it through the public door. */
export const filesChanges: TryClass = {
  title: 'What changes files and disks, after the tools have been there',
  tries: [
    {
      name: 'a directory made through a link',
      script: outside('for-mkdir'),
      ask: { caller: change({ operation: 'mkdir', path: 'for-mkdir/made' }), host: 'mkdir -p for-mkdir/made' },
      actors,
      stoppedBy: followed,
      evidence: LEADS_OUT,
    },
    {
      name: 'a file moved through a link',
      script: outside('for-move'),
      ask: {
        caller: change({ operation: 'move', from: 'for-move-bait', to: 'for-move/moved', overwrite: true }),
        host: 'cp for-move-bait for-move/moved',
      },
      actors,
      stoppedBy: followed,
      evidence: LEADS_OUT,
    },
    {
      name: 'a file moved from behind a link',
      script: outside('for-taking'),
      ask: {
        caller: change({ operation: 'move', from: 'for-taking/precious', to: 'taken', overwrite: true }),
        host: 'mv for-taking/precious taken',
      },
      actors,
      stoppedBy: followed,
      evidence: LEADS_OUT,
    },
    {
      name: 'a file written through a link',
      script: outside('for-write'),
      ask: { caller: tell('PUT', '/files/for-write%2Fwritten', 'x'), host: 'echo x > for-write/written' },
      actors,
      stoppedBy: followed,
      evidence: LEADS_OUT,
    },
    {
      name: 'a deletion of all that is behind a link',
      script: outside('for-deletion'),
      ask: {
        caller: tell('DELETE', '/files/for-deletion%2Fprecious?recursive=true'),
        host: 'rm -r for-deletion/precious',
      },
      actors,
      stoppedBy: followed,
      evidence: LEADS_OUT,
    },
    {
      name: 'an archive unpacked through a link',
      script: outside('for-archive'),
      ask: {
        caller: tell('PUT', '/archive?path=for-archive', tar({ name: 'unpacked' })),
        host: 'cd for-archive; tar -cf - -T /dev/null > unpacked; cd ..',
      },
      actors,
      stoppedBy: followed,
      evidence: LEADS_OUT,
    },
    {
      name: 'an archive with an absolute path',
      script: 'sleep 1; [ -e /tmp/absolute ] && escaped absolute; echo watched',
      ask: { caller: tell('PUT', '/archive', tar({ name: '/tmp/absolute' })) },
      actors,
      stoppedBy: looked,
      evidence: UNSAFE,
      withoutControl: noUnpacking,
    },
    {
      name: 'an archive with ".." in a path',
      script: 'sleep 1; [ -e ../tmp/up ] && escaped up; echo watched',
      ask: { caller: tell('PUT', '/archive', tar({ name: 'a/../../tmp/up' })) },
      actors,
      stoppedBy: looked,
      evidence: UNSAFE,
      withoutControl: noUnpacking,
    },
    {
      name: 'an archive with a link out, and a file behind it',
      script: 'sleep 1; [ -e /tmp/behind ] && escaped behind; echo watched',
      ask: { caller: tell('PUT', '/archive', tar({ name: 'l', type: '2', link: '../tmp' }, { name: 'l/behind' })) },
      actors,
      stoppedBy: looked,
      evidence: UNSAFE,
      withoutControl: noUnpacking,
    },
    {
      name: 'an archive with a hard link to a file of the sandbox',
      script: 'sleep 1; [ -e hard-out ] && escaped linked; echo watched',
      ask: { caller: tell('PUT', '/archive', tar({ name: 'hard-out', type: '1', link: '../etc/passwd' })) },
      actors,
      stoppedBy: looked,
      evidence: UNSAFE,
      withoutControl: noUnpacking,
    },
    {
      name: 'an archive with a device',
      script: 'sleep 1; [ -e device ] && escaped device; echo watched',
      ask: { caller: tell('PUT', '/archive', tar({ name: 'device', type: '3' })) },
      actors,
      stoppedBy: looked,
      evidence: UNSAFE,
      withoutControl: noUnpacking,
    },
    {
      name: 'a directory that is swapped for the server’s records while the disk is saved',
      script: `mkdir -p saved/real; echo inside > saved/real/file; ln -sfn "$SERVER_DATA" saved/link
(exec >/dev/null 2>&1; perl -e 'my $end = time + 8; while (time < $end) { rename("saved/real", "saved/d"); rename("saved/d", "saved/real"); rename("saved/link", "saved/d"); rename("saved/d", "saved/link") }') &
echo swapping`,
      ask: { caller: saveAndLook, once: true },
      actors,
      needs: 'two users',
      stoppedBy: 'the tools’ user reads for the save',
      evidence: /swapping[\s\S]*came back: /,
      withoutControl: 'the host saves nothing',
    },
    {
      name: 'a .sandgateignore that is a link to the server’s records, and links that point out, behind a restore',
      script: `ln -sfn "$SERVER_DATA" .sandgateignore; mkdir -p saved; ln -sfn "$SERVER_DATA" saved/records; ln -sfn /etc/passwd saved/outside; echo linked`,
      ask: { caller: saveAndLook, once: true },
      actors,
      needs: 'two users',
      stoppedBy: 'a link is kept as a link; the tools’ user reads for the save',
      evidence: /linked[\s\S]*came back: .*saved\/outside symlink/,
      withoutControl: 'the host saves nothing',
    },
  ],
};

/** Saves the disk some times, goes back to the last save, and says what is there; a link has nothing below it. */
async function saveAndLook(caller: Caller, id: string): Promise<string> {
  let snapshot = { id: '' };
  for (let time = 0; time < 5; time += 1) {
    const answer = await caller.request(id, 'POST', '/snapshots', '{}');
    if (!answer.startsWith('{')) continue; // The try before had the container killed, which is told once.
    snapshot = JSON.parse(answer);
    if (time < 4) await caller.request(id, 'DELETE', `/snapshots/${snapshot.id}`);
  }
  await caller.request(id, 'POST', `/snapshots/${snapshot.id}/restore`);
  const { data } = JSON.parse(await caller.request(id, 'GET', '/files?path=saved&recursive=true&limit=1000')) as {
    data: { path: string; type: string }[];
  };
  const known = /^saved\/(real|link|d|records|outside)$|^saved\/(real|d)\/file$/;
  const more = data.filter(({ path }) => !known.test(path)).map(({ path }) => path);
  await caller.request(id, 'DELETE', '/files/saved?recursive=true');
  await caller.request(id, 'DELETE', '/files/.sandgateignore');
  if (more.length > 0) return `ESCAPED: ${more}`;
  return `came back: ${data.map(({ path, type }) => `${path} ${type}`).join(', ')}`;
}

/** An archive of such entries (POSIX.1-2017, pax, "ustar Interchange Format"). */
function tar(...entries: { name: string; type?: string; link?: string }[]): Uint8Array<ArrayBuffer> {
  const blocks = entries.map(({ name, type = '0', link = '' }) => {
    const block = Buffer.alloc(512);
    block.write(name, 0);
    const attributes = ['0000644\0', '0000000\0'.repeat(2), '00000000000\0'.repeat(2), ' '.repeat(8)];
    block.write([...attributes, type, link].join(''), 100);
    block.write('ustar\x0000', 257);
    block.write('0000001\x000000003\0', 329);
    block.write(
      `${block
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return block;
  });
  return new Uint8Array(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
