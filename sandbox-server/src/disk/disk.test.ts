import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiskFrame, DiskFrameHead } from '@sandgate/api-spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stagingName } from '../files/staging-name.ts';
import { type Chunk, decodeManifest, type Entry, encodeManifest, type Manifest } from './manifest.ts';
import { digestOf } from './pack.ts';
import { restoreTree } from './restore.ts';
import { saveTree } from './save.ts';

let folder: string;
let root: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandgate-disk-'));
  root = join(folder, 'tree');
  mkdirSync(root);
});
afterEach(() => {
  execFileSync('chmod', ['-R', 'u+rwx', folder]);
  rmSync(folder, { recursive: true, force: true });
});

interface Save {
  manifest: Manifest;
  /** Those that this save brought. */
  packs: Map<number, Uint8Array>;
  end: Extract<DiskFrameHead, { type: 'end' }> | Extract<DiskFrameHead, { type: 'problem' }>;
}

function save(last: Manifest = [], firstPack = 1, limits = { byteLimit: 1e9, entryLimit: 1e6 }): Save {
  return asSave([...saveTree(root, { last, firstPack, ...limits })]);
}

function asSave(frames: DiskFrame[]): Save {
  const packs = new Map(
    frames.flatMap(({ head, bytes }) => (head.type === 'pack' ? [[head.number, bytes] as const] : [])),
  );
  const parts = frames.flatMap(({ head, bytes }) => (head.type === 'manifest' ? [bytes] : []));
  return { manifest: decodeManifest(Buffer.concat(parts)), packs, end: frames.at(-1)?.head as Save['end'] };
}

async function restored({ manifest, packs }: Pick<Save, 'manifest' | 'packs'>): Promise<string> {
  const target = join(folder, `restored-${crypto.randomUUID()}`);
  mkdirSync(target);
  const bytes = encodeManifest(manifest);
  const frames: DiskFrame[] = [
    { head: { type: 'manifest', length: bytes.byteLength }, bytes },
    ...[...packs].map(([number, pack]): DiskFrame => {
      return { head: { type: 'pack', number, length: pack.byteLength }, bytes: pack };
    }),
  ];
  await restoreTree(
    target,
    (async function* () {
      yield* frames;
    })(),
  );
  return target;
}

/** All that can be seen of a tree, the times to the microsecond. */
function seen(path: string): Record<string, unknown> {
  // By `find`: Node's own recursion takes no names of bytes.
  const names = execFileSync('find', ['.', '-print0'], { cwd: path }).toString('latin1').split('\0').filter(Boolean);
  return Object.fromEntries(
    names.toSorted().map((name) => {
      const real = Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name, 'latin1')]);
      const { mode, mtimeNs, nlink, size } = lstatSync(real, { bigint: true });
      const type = Number(mode) & 0o170000;
      const content =
        type === 0o100000
          ? { size, digest: digestOf(readFileSync(real)), links: nlink }
          : type === 0o120000
            ? { target: readlinkSync(real, { encoding: 'latin1' }) }
            : {};
      const microsecond = (mtimeNs - (((mtimeNs % 1000n) + 1000n) % 1000n)) / 1000n;
      return [name, { mode, modified: microsecond, ...content }];
    }),
  );
}

describe('a tree that is saved and restored', () => {
  it('is the same: names, modes, times, links, empty directories, holes', async () => {
    writeFileSync(join(root, 'plain.txt'), 'hello\n');
    writeFileSync(join(root, 'empty'), '');
    writeFileSync(join(root, "odd 'name'\n\"é🎉\\"), 'odd');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/not-utf8-`), Buffer.from([0xff, 0xfe])]), 'bytes');
    mkdirSync(join(root, 'empty directory'), { mode: 0o711 });
    mkdirSync(join(root, 'deep/er/est'), { recursive: true });
    writeFileSync(join(root, 'deep/er/est/big'), Buffer.alloc(20 * 1024 * 1024, 'abcdefg'));
    linkSync(join(root, 'plain.txt'), join(root, 'deep/another name'));
    symlinkSync('../plain.txt', join(root, 'deep/link'));
    symlinkSync('/etc/shadow', join(root, 'a dangling\nlink'));
    lutimesSync(join(root, 'deep/link'), 1_234_567_890.25, 1_234_567_890.25);
    writeFileSync(join(root, 'program'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(root, 'secret'), 'x', { mode: 0o600 });
    utimesSync(join(root, 'plain.txt'), 499_162_500, 499_162_500);
    writeFileSync(join(root, 'sparse'), 'start');
    truncateSync(join(root, 'sparse'), 100 * 1024 * 1024);
    appendFileSync(join(root, 'sparse'), 'end');
    mkdirSync(join(root, 'closed'), { mode: 0o700 });
    writeFileSync(join(root, 'closed/inside'), 'x');
    chmodSync(join(root, 'closed'), 0o500);
    chmodSync(root, 0o750);
    const first = save();
    const target = await restored(first);
    expect(seen(target)).toEqual(seen(root));
    expect(statSync(join(target, 'sparse')).blocks * 512).toBeLessThan(10 * 1024 * 1024);
    expect(first.end).toMatchObject({ type: 'end', entries: first.manifest.length });
    chmodSync(join(root, 'closed'), 0o700);
  });

  it('is the same, whatever its owner may do with it, and however old it is', async () => {
    mkdirSync(join(root, 'shut'));
    writeFileSync(join(root, 'shut/unreadable'), 'x');
    for (const [name, mode] of Object.entries({ setuid: 0o4711, setgid: 0o2755, unwritable: 0o444 })) {
      writeFileSync(join(root, name), name);
      chmodSync(join(root, name), mode);
    }
    mkdirSync(join(root, 'sticky'));
    chmodSync(join(root, 'sticky'), 0o1777);
    execFileSync('touch', ['-d', '1969-12-31 23:59:58.000001 UTC', 'shut/unreadable'], { cwd: root });
    execFileSync('touch', ['-d', '1901-12-14 00:00:00 UTC', 'setuid'], { cwd: root });
    execFileSync('touch', ['-d', '2026-11-23 07:00:00.123456789 UTC', 'setgid'], { cwd: root });
    chmodSync(join(root, 'shut/unreadable'), 0);
    chmodSync(join(root, 'shut'), 0);
    const before = seen(root);
    const first = save();
    expect(seen(root)).toEqual(before);
    const target = await restored(first);
    expect(lstatSync(join(target, 'shut')).mode & 0o7777).toBe(0);
    expect(seen(target)).toEqual(before);
  });

  it('leaves out pipes and sockets', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const server = createServer().listen(join(root, 'socket'));
    await once(server, 'listening');
    writeFileSync(join(root, 'file'), 'x');
    expect(save().manifest.map(({ path }) => path)).toEqual(['', 'file']);
    server.close();
  });

  it('has of a file that is written meanwhile no more than it had, and sees by the next save that it was', async () => {
    const path = join(root, 'growing');
    writeFileSync(path, Buffer.alloc(20 * 1024 * 1024, 'ab'));
    writeFileSync(join(root, 'shrinking'), randomBytes(20 * 1024 * 1024));
    settle(root);
    const frames: DiskFrame[] = [];
    for (const frame of saveTree(root, { last: [], firstPack: 1, byteLimit: 1e9, entryLimit: 1e6 })) {
      frames.push(frame);
      if (frame.head.type !== 'pack') continue;
      appendFileSync(path, 'more');
      truncateSync(join(root, 'shrinking'), 9 * 1024 * 1024);
    }
    const first = asSave(frames);
    const target = await restored(first);
    expect(statSync(join(target, 'growing')).size).toBe(20 * 1024 * 1024);
    expect(statSync(join(target, 'shrinking')).size).toBe(9 * 1024 * 1024);
    settle(root);
    const second = save(first.manifest, 10);
    const packs = new Map([...first.packs, ...second.packs]);
    expect(seen(await restored({ manifest: second.manifest, packs }))).toEqual(seen(root));
  });

  it('brings only what is new, and finds the rest where it was', async () => {
    for (let n = 0; n < 100; n++) writeFileSync(join(root, `file-${n}`), `content ${n}`.repeat(1000));
    settle(root);
    const first = save();
    expect(first.packs.size).toBe(1);
    expect(save(first.manifest, 2).packs.size).toBe(0);
    writeFileSync(join(root, 'file-7'), 'another');
    rmSync(join(root, 'file-8'));
    const second = save(first.manifest, 2);
    expect([...second.packs].map(([number, { byteLength }]) => [number, byteLength])).toEqual([[2, 7]]);
    expect(second.end).toMatchObject({ packs: [1, 2], entries: 100 });
    const all = new Map([...first.packs, ...second.packs]);
    expect(seen(await restored({ manifest: second.manifest, packs: all }))).toEqual(seen(root));
  });

  it('sees a change that leaves size and time as they were', () => {
    const path = join(root, 'file');
    writeFileSync(path, 'one');
    const { atime, mtime } = statSync(path);
    settle(root);
    const first = save();
    writeFileSync(path, 'two');
    utimesSync(path, atime, mtime);
    expect(save(first.manifest, 2).packs.size).toBe(1);
  });

  it('gives up packs of which little is needed, and puts many small ones together', () => {
    writeFileSync(join(root, 'large'), Buffer.alloc(4_000_000, 'x'));
    writeFileSync(join(root, 'small'), 'y');
    let last = save();
    rmSync(join(root, 'large'));
    for (let n = 0; n < 100; n++) {
      writeFileSync(join(root, `file-${n}`), `content ${n}`);
      last = save(last.manifest, n + 2);
      expect(last.end.type === 'end' && last.end.packs.length).toBeLessThan(40);
    }
  });

  it('leaves out what .sandgateignore says', () => {
    mkdirSync(join(root, 'a/node_modules/b'), { recursive: true });
    mkdirSync(join(root, 'dist/sub'), { recursive: true });
    for (const name of ['a/x.log', 'a/keep.txt', 'a/node_modules/b/c', 'dist/sub/x', 'a/dist', 'x.tmp', 'y.tmpx'])
      writeFileSync(join(root, name), name);
    writeFileSync(join(root, '.sandgateignore'), '# caches\nnode_modules/\n*.log\n/dist\n?.tmp\n');
    expect(
      save()
        .manifest.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['', '.sandgateignore', 'a', 'a/dist', 'a/keep.txt', 'y.tmpx'].toSorted());
  });

  it('may have very many pieces in one pack', () => {
    const count = 200_000;
    const chunks = Array.from({ length: count }, (_, n): Chunk => [`digest ${n}`, 1, n, 1]);
    const before: Entry = { type: 'file', path: 'gone', mode: 0o644, modified: '0', size: count, chunks };
    expect(save([before], 2).end).toMatchObject({ type: 'end', entries: 1 });
  });

  it('leaves out what is still being uploaded or unpacked', () => {
    mkdirSync(join(root, `a/${stagingName()}`), { recursive: true });
    writeFileSync(join(root, 'a', stagingName()), 'half of');
    for (const name of ['.part', 'x.part', '.0123456789abcdef.part2']) writeFileSync(join(root, name), name);
    const names = save().manifest.map(({ path }) => path);
    expect(names.toSorted()).toEqual(['', '.0123456789abcdef.part2', '.part', 'a', 'x.part']);
  });

  it('says which limit it is over', () => {
    writeFileSync(join(root, 'a'), 'x'.repeat(1001));
    expect(save([], 1, { byteLimit: 1000, entryLimit: 10 }).end).toMatchObject({
      type: 'problem',
      code: 'disk_too_large',
      detail: expect.stringContaining('1000 bytes'),
    });
    expect(save([], 1, { byteLimit: 1e6, entryLimit: 1 }).end).toMatchObject({ code: 'disk_too_large' });
  });
});

describe('a restore', () => {
  it('takes no other bytes for a file', async () => {
    writeFileSync(join(root, 'a'), 'hello');
    const { manifest, packs } = save();
    const wrong = new Map([...packs].map(([number]) => [number, Buffer.from('jello')]));
    await expect(restored({ manifest, packs: wrong })).rejects.toThrow('does not hold what it should');
    await expect(restored({ manifest, packs: new Map() })).rejects.toThrow('missing');
  });

  it.each(['symlink', 'file'] as const)('makes nothing below a %s, nor through it by another name', async (type) => {
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    const common = { path: 'a', modified: '0', mode: 0o600, size: 0, chunks: [] };
    const above = type === 'symlink' ? { type, ...common, target: outside } : { type, ...common };
    const below = { type: 'file', ...common, path: 'a/b' } as const;
    await expect(restored({ manifest: [above, below], packs: new Map() })).rejects.toThrow('a path that is none');
    const twice = { type: 'directory', ...common } as const;
    await expect(restored({ manifest: [above, twice, below], packs: new Map() })).rejects.toThrow('EEXIST');
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each(['..', '../x', 'a/../../x', '/x', 'a//b', './a'])('makes nothing at %s', async (path) => {
    const manifest: Manifest = [{ type: 'symlink', path, modified: '0', target: 'x' }];
    await expect(restored({ manifest, packs: new Map() })).rejects.toThrow('names a path that is none');
  });
});

/** As if it had been written a while ago: what is new may still change without a trace. */
function settle(path: string): void {
  const end = Date.now() + 120;
  while (Date.now() < end) readdirSync(path);
}
