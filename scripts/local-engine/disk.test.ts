import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DockerClient } from './testing/docker-client.ts';
import { EngineProcess, writeImage } from './testing/engine-process.ts';

const isRoot = process.getuid?.() === 0;
/** In a mount namespace in which no file system can be made, as where there are no loop devices. */
const withoutLoop = [
  'unshare',
  '--mount',
  'sh',
  '-c',
  'mount --bind /dev/null "$(command -v mkfs.ext4)"; exec "$@"',
  'sh',
];
const ways: [disk: string, starter: string[]][] = isRoot
  ? [
      ['loop', []],
      ['tmpfs', withoutLoop],
    ]
  : [['tmpfs', []]];

/** Writes more than there is room for to all that a sandbox keeps, each as its owner, and then a little. */
const asTools = isRoot ? 'setpriv --reuid 1000 --regid 1000 --clear-groups --' : '';
const write = `for folder; do head -c 64M /dev/zero > "$folder/big"; rm "$folder/big"; echo fits > "$folder/small" && cat "$folder/small"; done`;
const fill = `exec 2>&1
${asTools} sh -c '${write}' sh /workspace /home/agent
sh -c '${write}' sh /var/lib/sandgate
stat -c '%u %a %n' /workspace /home/agent /var/lib/sandgate`;

describe.skipIf(process.platform !== 'linux')('a disk of 32 MiB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-engine-'));
  beforeAll(() => writeImage(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(ways)('holds no more, as %s, and is its owner’s alone', async (disk, starter) => {
    const engine = await EngineProcess.startBy(starter, folder, '--disk-limit', '32');
    try {
      expect(engine.ready.disk).toBe(disk);
      const { output } = await new DockerClient(engine.ready.socket).run('filling', ['/bin/sh', '-c', fill]);
      const full = 'head: error writing .standard output.: No space left on device';
      const tools = isRoot ? 1000 : 0;
      expect(output).toMatch(
        new RegExp(
          `^(${full}\nfits\n){3}${tools} 755 /workspace\n${tools} 755 /home/agent\n0 7[05]{2} /var/lib/sandgate\n$`,
        ),
      );
    } finally {
      await engine.end('SIGTERM');
    }
  });
});
