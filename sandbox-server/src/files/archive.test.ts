import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Problem, sandboxRoutes } from '@sandgate/api-spec';
import { packTar, type TarHeader } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, problemOf } from '../testing/contract.ts';
import { eventually } from '../testing/eventually.ts';
import { isRoot, TestSandbox, toolsUid } from '../testing/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const { readArchive, writeArchive } = sandboxRoutes;
const query = (params: Record<string, string>) => `/archive?${new URLSearchParams(params)}`;
const download = (path: string, format = 'tar') => sandbox.fetch(query({ path, format }));
const upload = (path: string, body: Uint8Array<ArrayBuffer>) => sandbox.fetch(query({ path }), { method: 'PUT', body });
const inWorkspace = (path: string) => join(sandbox.workspace, path);
/** All that there is below a directory, with what an archive shall keep. */
const inventory = (path: string) =>
  execFileSync('find', ['.', '-mindepth', '1', '-printf', '%P %y %m %s %T@ %l\\0'], { cwd: path, encoding: 'utf8' })
    .split('\0')
    // To the microsecond, as Node sets them.
    .map((line) => line.replace(/(\.\d{6})\d+/, '$1').replace(/ d (\d+) \d+ /, ' d $1 '))
    .sort();
const filesProcess = () =>
  execFileSync('pgrep', ['-P', String(sandbox.process.pid), '-f', '/files.ts '], { encoding: 'utf8' }).trim();
const packed = async (...entries: [TarHeader, string?][]) =>
  packTar(entries.map(([header, body]) => ({ header, ...(body !== undefined && { body }) })));
const file = (name: string, body = 'x'): [TarHeader, string] => [{ name, size: body.length, type: 'file' }, body];

describe('a directory goes and comes', () => {
  beforeAll(() =>
    sandbox.run(`mkdir -p tree/deep/er tree/empty; cd tree
      printf text > plain; printf '\\0\\377\\n' > binary; : > nothing
      touch 'a b' "it's \\"so\\"" $'line\\nbreak' 'é🙂' -- -rf; touch ${'n'.repeat(200)}
      printf run > deep/er/run.sh; chmod 750 deep/er/run.sh; chmod 400 plain; chmod 500 deep/er
      ln -s deep/er/run.sh link; ln -s ../plain deep/up; ln -s nowhere dangling
      find . -mindepth 1 -depth -exec touch -h -d 2001-02-03T04:05:06.123456Z {} +; touch -d 1960-01-01T00:00:00.123Z nothing`),
  );

  test.each(['tar', 'tar.gz'])('by %s, to the microsecond', async (format) => {
    const archive = await download('tree', format);
    expect([archive.status, archive.headers.get('content-type')]).toEqual([
      200,
      format === 'tar' ? 'application/x-tar' : 'application/gzip',
    ]);
    const result = await upload(`copy of ${format}`, new Uint8Array(await archive.arrayBuffer()));
    expect(await answerOf(writeArchive, result)).toEqual({ entries: 16, bytes: 4 + 3 + 3 });
    expect(inventory(inWorkspace(`copy of ${format}`))).toEqual(inventory(inWorkspace('tree')));
  });

  test('as the tar of the system has it', async () => {
    const theirs = join(sandbox.directory, 'theirs');
    mkdirSync(theirs);
    execFileSync('tar', ['-x', '-C', theirs], { input: Buffer.from(await (await download('tree')).bytes()) });
    expect(inventory(theirs)).toEqual(inventory(inWorkspace('tree')));
    const archive = execFileSync('tar', ['-cz', '--format=pax', '-C', theirs, '.'], { maxBuffer: 2 ** 26 });
    expect((await upload('from-theirs', Uint8Array.from(archive))).status).toBe(200);
    expect(inventory(inWorkspace('from-theirs'))).toEqual(inventory(inWorkspace('tree')));
  });

  test("a real package's tree in a git repository, byte for byte", async () => {
    const theirs = join(sandbox.directory, 'repository');
    const git = (directory: string, ...args: string[]) =>
      execFileSync(
        'git',
        ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'safe.directory=*', '-C', directory, ...args],
        { encoding: 'utf8' },
      );
    mkdirSync(theirs);
    execFileSync('cp', ['-rL', dirname(fileURLToPath(import.meta.resolve('zod/package.json'))), theirs]);
    git(theirs, 'init', '-q');
    git(theirs, 'add', '.');
    git(theirs, 'commit', '-qm', 'All');
    const archive = execFileSync('tar', ['-cz', '--format=pax', '-C', theirs, '.'], { maxBuffer: 2 ** 28 });
    const { entries } = await answerOf(writeArchive, await upload('repository', Uint8Array.from(archive)));
    expect(entries).toBeGreaterThan(500);
    const back = join(sandbox.directory, 'back');
    mkdirSync(back);
    const again = Buffer.from(await (await download('repository', 'tar.gz')).arrayBuffer());
    execFileSync('tar', ['-xz', '-C', back], { input: again, maxBuffer: 2 ** 28 });
    execFileSync('diff', ['-r', '--no-dereference', theirs, back]);
    expect(git(back, 'status', '--porcelain')).toBe('');
    git(back, 'fsck', '--strict');
  });

  test('with hard links, as other programs pack them', async () => {
    const theirs = join(sandbox.directory, 'linked');
    execFileSync('sh', ['-c', `mkdir ${theirs}; cd ${theirs}; mkdir d; echo one > d/a; ln d/a b`]);
    const archive = execFileSync('tar', ['-c', '-C', theirs, 'd', 'b']);
    expect((await upload('linked', Uint8Array.from(archive))).status).toBe(200);
    expect(statSync(inWorkspace('linked/b')).ino).toBe(statSync(inWorkspace('linked/d/a')).ino);
  });

  test('without what is no file', async () => {
    await sandbox.run('mkdir odd; mkfifo odd/pipe; touch odd/file');
    const names = execFileSync('tar', ['-t'], { input: Buffer.from(await (await download('odd')).bytes()) });
    expect(String(names)).toBe('file\n');
  });

  test('onto what is there: files are replaced, others stay', async () => {
    await sandbox.run('mkdir -p onto/d; echo old > onto/d/a; echo kept > onto/d/kept; chmod 711 onto/d; touch onto/l');
    const archive = await packed(
      [{ name: 'd/', type: 'directory', size: 0, mode: 0o700 }],
      file('d/a', 'new'),
      file('e/b', 'made'),
      [{ name: 'l', type: 'symlink', size: 0, linkname: 'd/a' }],
    );
    expect((await upload('onto', archive)).status).toBe(200);
    expect((await sandbox.fetch('/files/onto%2Fl').then((read) => read.text())).trim()).toBe('new');
    expect(readdirSync(inWorkspace('onto'), { recursive: true }).sort()).toEqual([
      'd',
      'd/a',
      'd/kept',
      'e',
      'e/b',
      'l',
    ]);
    expect(statSync(inWorkspace('onto/d')).mode & 0o777).toBe(0o711);
  });

  test.runIf(isRoot)('belongs to the tools, and gains no power', async () => {
    const archive = await packed([{ name: 'su', type: 'file', size: 1, mode: 0o6755, uid: 0, gid: 0 }, 'x']);
    await upload('owned', archive);
    const { uid, mode } = statSync(inWorkspace('owned/su'));
    expect([uid, mode & 0o7777]).toEqual([toolsUid, 0o755]);
  });

  test('is refused where it is none', async () => {
    expect(await problemOf(readArchive, await download('tree/plain'))).toBe('file_conflict');
    expect(await problemOf(readArchive, await download('nowhere'))).toBe('file_not_found');
    expect(await problemOf(writeArchive, await upload('tree/plain', await packed()))).toBe('file_conflict');
    expect(await problemOf(writeArchive, await upload('../x', await packed()))).toBe('invalid_request');
  });
});

describe('nothing is changed', () => {
  const device: TarHeader = { name: 'dev', type: 'character-device', size: 0 };
  const link = (name: string, linkname: string, type: 'symlink' | 'link' = 'symlink'): [TarHeader] => [
    { name, type, size: 0, linkname },
  ];
  const whole = packed(file('new', 'n'.repeat(5000)));

  beforeAll(() => sandbox.run('mkdir -p kept/directory; echo old > kept/file; ln -s / kept/root'));

  test.each<[string, () => Promise<Uint8Array<ArrayBuffer>>, string, string?]>([
    ['an absolute path', () => packed(file('new'), file('/tmp/x')), 'invalid_request', '/tmp/x'],
    ['a path that leads up', () => packed(file('new'), file('a/../../x')), 'invalid_request', 'a/../../x'],
    ['a name with a NUL', () => packed([{ ...file('a')[0], pax: { path: 'a\0b' } }, 'x']), 'invalid_request'],
    ['a device', () => packed(file('new'), [device]), 'invalid_request', 'character-device'],
    ['a pipe', () => packed(file('new'), [{ ...device, type: 'fifo' }]), 'invalid_request', 'fifo'],
    ['an absolute link', () => packed(link('l', '/etc/passwd')), 'invalid_request', '/etc/passwd'],
    ['a link that leads out', () => packed(link('a/l', '../../../x')), 'invalid_request', '../../../x'],
    ['a link that leads down and out', () => packed(link('l', 'd/../../..')), 'invalid_request', 'd/../../..'],
    ['a link to nothing', () => packed(link('l', '')), 'invalid_request'],
    ['a path through a link', () => packed(link('l', '.'), file('l/x')), 'invalid_request', '"l"'],
    [
      'a directory where a link is',
      () => packed(link('l', '.'), [{ name: 'l/', type: 'directory', size: 0 }]),
      'invalid_request',
    ],
    ['a hard link out', () => packed(link('h', '/etc/passwd', 'link')), 'invalid_request'],
    ['a hard link to what is there', () => packed(link('h', 'file', 'link')), 'invalid_request'],
    ['a hard link to a link', () => packed(link('l', 'x'), link('h', 'l', 'link')), 'invalid_request'],
    ['a path through a file', () => packed(file('new'), file('new/x')), 'invalid_request'],
    ['a file for a directory', () => packed(file('new'), file('directory')), 'file_conflict', 'directory'],
    ['a directory for a file', () => packed(file('new'), file('file/x')), 'file_conflict', 'file'],
    ['a directory for a link', () => packed(file('new'), file('root/x')), 'file_conflict', 'root'],
    ['half an archive', async () => (await whole).slice(0, 2048), 'invalid_request', 'truncated'],
    ['no end of the archive', async () => (await whole).slice(0, 512 + 5120), 'invalid_request'],
    ['half a gzip', async () => Uint8Array.from(gzipSync(await whole)).slice(0, -9), 'invalid_request'],
    ['noise', async () => new TextEncoder().encode('no archive '.repeat(100)), 'invalid_request'],
    ['no bytes', async () => new Uint8Array(), 'invalid_request'],
    ['a bomb', async () => Uint8Array.from(gzipSync(Buffer.alloc(80 * 1024 ** 2))), 'payload_too_large'],
  ])('by %s', async (_, archive, code, named = '') => {
    const before = inventory(inWorkspace('kept'));
    const response = await upload('kept', await archive());
    const problem = Problem.parse(await response.clone().json());
    expect(await problemOf(writeArchive, response), problem.detail).toBe(code);
    expect(problem.detail).toContain(named);
    expect(inventory(inWorkspace('kept'))).toEqual(before);
  });

  test('by an upload that is cut off', async () => {
    const before = inventory(inWorkspace('kept'));
    const headers = { authorization: `Bearer ${sandbox.secret}` };
    const path = query({ path: 'kept' });
    const request = httpRequest({ port: sandbox.port, method: 'PUT', path, headers }).on('error', () => {});
    request.write((await whole).subarray(0, 4096));
    await eventually(() => readdirSync(inWorkspace('kept')).some((name) => name.endsWith('.part')));
    request.destroy();
    await eventually(() => readdirSync(inWorkspace('kept')).every((name) => !name.endsWith('.part')));
    expect(inventory(inWorkspace('kept'))).toEqual(before);
  });

  test.runIf(isRoot)('by one that the disk has no room for', async () => {
    await sandbox.run('mkdir small');
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=1m,uid=${toolsUid}`, 'tmpfs', inWorkspace('small')]);
    try {
      await sandbox.run('echo old > small/file');
      const response = await upload('small', await packed(file('file'), file('big', 'b'.repeat(2_000_000))));
      expect(await problemOf(writeArchive, response)).toBe('disk_full');
      expect(readFileSync(inWorkspace('small/file'), 'utf8')).toBe('old\n');
      expect(readdirSync(inWorkspace('small'))).toEqual(['file']);
    } finally {
      execFileSync('umount', [inWorkspace('small')]);
    }
  });
});

test('a large one costs no memory, and a reader who hangs up leaves no file open', async () => {
  await sandbox.run('mkdir large; truncate -s 200M large/sparse');
  const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${filesProcess()}/status`, 'utf8'))?.[1]);
  const hangUp = new AbortController();
  const response = await sandbox.fetch(query({ path: 'large', format: 'tar' }), { signal: hangUp.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const read = async (bytes: number) => {
    for (let left = bytes; left > 0; ) left -= (await reader.read()).value?.length ?? Number.NaN;
    return peak();
  };
  const early = await read(40_000_000);
  expect((await read(100_000_000)) - early).toBeLessThan(40_000);
  hangUp.abort();
  await eventually(() => readdirSync(`/proc/${filesProcess()}/fd`).length < 30);
  await sandbox.run('rm -r large');
});
