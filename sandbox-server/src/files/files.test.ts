import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { sandboxRoutes } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, problemOf } from '../testing/contract.ts';
import { eventually, isAlive } from '../testing/eventually.ts';
import { isRoot, TestSandbox, toolsUid } from '../testing/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const { readFile, writeFile, deleteFile, listFiles } = sandboxRoutes;
const get = (path: string) => sandbox.fetch(`/files/${path}`);
const put = (path: string, body: string | Buffer<ArrayBuffer>) =>
  sandbox.fetch(`/files/${path}`, { method: 'PUT', body });
const remove = (path: string) => sandbox.fetch(`/files/${path}`, { method: 'DELETE' });
const list = (path?: string) =>
  sandbox.fetch(path === undefined ? '/files' : `/files?path=${encodeURIComponent(path)}`);
const inWorkspace = (path: string) => join(sandbox.workspace, path);
const filesProcess = () =>
  Number(execFileSync('sh', ['-c', `pgrep -P ${sandbox.process.pid} -f ' files ' || true`], { encoding: 'utf8' }));

/** As a client that does not tidy the path: `fetch` would resolve `..` before it is sent. */
function raw(method: string, path: string, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${sandbox.secret}` };
    const request = httpRequest({ port: sandbox.port, method, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end(body);
  });
}

describe('write and read', () => {
  test.each([
    ['plain.txt', 'plain.txt'],
    ['deep/er/file.txt', 'deep/er/file.txt'],
    ['enc%2Foded%2Ffile', 'enc/oded/file'],
    ['100%25+%20%C3%A9%F0%9F%99%82', '100%+ é🙂'],
    ['%252F', '%2F'],
    ['-rf', '-rf'],
    ['line%0Abreak', 'line\nbreak'],
    ['%22%3Cb%3E%26%27', '"<b>&\''],
  ])('%s', async (path, name) => {
    const created = await put(path, name);
    expect(created.status).toBe(201);
    expect(await answerOf(writeFile, created)).toMatchObject({ path: name, type: 'file', mode: 0o644 });
    expect(readFileSync(inWorkspace(name), 'utf8')).toBe(name);
    const read = await get(path);
    expect(read.headers.get('content-type')).toBe('application/octet-stream');
    expect(read.headers.get('content-length')).toBe(String(Buffer.byteLength(name)));
    expect(await read.text()).toBe(name);
    const head = await sandbox.fetch(`/files/${path}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, read.headers.get('content-length')]);
    const replaced = await put(path, '');
    expect([replaced.status, (await answerOf(writeFile, replaced)).size]).toEqual([200, 0]);
    expect(await (await get(path)).text()).toBe('');
    expect((await remove(path)).status).toBe(204);
    expect(await problemOf(readFile, await get(path))).toBe('file_not_found');
  });

  test('any bytes, and many', async () => {
    const bytes = Buffer.alloc(
      20_000_000,
      Uint8Array.from({ length: 256 }, (_, i) => i),
    );
    expect((await put('large.bin', bytes)).status).toBe(201);
    expect(Buffer.from(await (await get('large.bin')).arrayBuffer()).equals(bytes)).toBe(true);
    await remove('large.bin');
  });

  test('JSON is bytes too', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{' };
    expect((await sandbox.fetch('/files/a.json', init)).status).toBe(201);
    expect(await (await get('a.json')).text()).toBe('{');
  });

  test('says since when a file is as it is, and never later than now', async () => {
    const lastModified = async (path: string) => (await get(path)).headers.get('last-modified');
    await sandbox.run('touch -d 2026-01-02T03:04:05.678Z dated; touch -d 1960-01-01Z old; touch -d 2090-01-01Z early');
    expect(await lastModified('dated')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    const head = await sandbox.fetch('/files/dated', { method: 'HEAD' });
    expect(head.headers.get('last-modified')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(await lastModified('old')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(Date.parse((await lastModified('early')) ?? '')).toBeLessThanOrEqual(Date.now());
  });

  test('keeps the mode of what it replaces', async () => {
    await sandbox.run('echo old > run.sh; chmod 750 run.sh');
    expect(await answerOf(writeFile, await put('run.sh', 'new'))).toMatchObject({ mode: 0o750 });
  });

  test.runIf(isRoot)("works with the tools' user and its rights", async () => {
    await put('owned.txt', 'x');
    expect(lstatSync(inWorkspace('owned.txt')).uid).toBe(toolsUid);
    writeFileSync(inWorkspace('root-only.txt'), 'x', { mode: 0o600 });
    expect(await problemOf(readFile, await get('root-only.txt'))).toBe('forbidden');
    await sandbox.run('mkdir closed && chmod 500 closed');
    expect(await problemOf(writeFile, await put('closed/a', 'x'))).toBe('forbidden');
  });

  test('a slow reader of a large file costs no memory, and one that hangs up leaves no file open', async () => {
    await sandbox.run('truncate -s 300M sparse.bin');
    const hangUp = new AbortController();
    const reading = await sandbox.fetch('/files/sparse.bin', { signal: hangUp.signal });
    await reading.body?.getReader().read();
    const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${sandbox.process.pid}/status`, 'utf8'))?.[1]);
    expect(rss()).toBeLessThan(300_000);
    hangUp.abort();
    const open = () => readdirSync(`/proc/${filesProcess()}/fd`).length;
    await eventually(() => open() < 30);
    await remove('sparse.bin');
  });
});

describe('a failed write', () => {
  const leftovers = () => readdirSync(sandbox.workspace).filter((name) => name.endsWith('.part'));

  test.each([
    ['with a length', { 'content-length': '1000000' }],
    ['in chunks', {}],
  ])('that is cut off %s leaves the old content, and nothing else', async (_, lengthHeader) => {
    await put('kept.txt', 'old');
    const headers = { authorization: `Bearer ${sandbox.secret}`, ...lengthHeader };
    const request = httpRequest({ port: sandbox.port, method: 'PUT', path: '/files/kept.txt', headers });
    request.on('error', () => {});
    request.write('n'.repeat(100_000));
    await eventually(() => leftovers().length === 1);
    request.destroy();
    await eventually(() => leftovers().length === 0);
    expect(readFileSync(inWorkspace('kept.txt')).length).toBe('old'.length);
  });

  test('onto a directory is a conflict, also for a large one', async () => {
    await sandbox.run('mkdir -p directory');
    expect(await problemOf(writeFile, await put('directory', 'x'))).toBe('file_conflict');
    expect(await problemOf(writeFile, await put('directory', Buffer.alloc(5_000_000)))).toBe('file_conflict');
    expect(await problemOf(writeFile, await put('.%2F', 'x'))).toBe('file_conflict');
  });

  test('below a file is a conflict', async () => {
    await put('kept.txt', 'old');
    expect(await problemOf(writeFile, await put('kept.txt/below', 'x'))).toBe('file_conflict');
  });

  test.runIf(isRoot)('on a full disk says so', async () => {
    await sandbox.run('mkdir -p small');
    const mounted = inWorkspace('small');
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=64k,uid=${toolsUid}`, 'tmpfs', mounted]);
    try {
      expect(await problemOf(writeFile, await put('small/file', Buffer.alloc(1_000_000)))).toBe('disk_full');
      expect(readdirSync(mounted)).toEqual([]);
    } finally {
      execFileSync('umount', [mounted]);
    }
  });

  test('with too long a name is invalid', async () => {
    expect(await problemOf(writeFile, await put('n'.repeat(300), 'x'))).toBe('invalid_request');
  });
});

describe('list', () => {
  test('tells what there is, by name, ours included', async () => {
    await sandbox.run(
      'mkdir -p l/sub; cd l; printf abc > b; ln -s nowhere a; mkfifo pipe; touch "x y" $\'é\\n\' .hidden',
    );
    const { data } = await answerOf(listFiles, await list('l'));
    expect(data.map(({ path, type }: { path: string; type: string }) => [path, type])).toEqual([
      ['l/.hidden', 'file'],
      ['l/a', 'symlink'],
      ['l/b', 'file'],
      ['l/pipe', 'other'],
      ['l/sub', 'directory'],
      ['l/x y', 'file'],
      ['l/é\n', 'file'],
    ]);
    expect(data[2]).toMatchObject({ size: 3 });
    expect(Date.now() - Date.parse(data[2].modifiedAt)).toBeLessThan(60_000);
    const root = await answerOf(listFiles, await list());
    expect(root.data.map(({ path }: { path: string }) => path)).toContain('.sandgate');
    expect(await answerOf(listFiles, await list('.'))).toEqual(root);
  });

  test.each([
    ['/', 'invalid_request'],
    ['..', 'invalid_request'],
    ['', 'invalid_request'],
    ['a\0b', 'invalid_request'],
    ['none', 'file_not_found'],
    ['l/b', 'file_conflict'],
  ])('of %j is refused', async (path, code) => {
    expect(await problemOf(listFiles, await list(path))).toBe(code);
  });
});

describe('read', () => {
  test('only files are read', async () => {
    expect(await problemOf(readFile, await get('l'))).toBe('file_conflict');
    expect(await problemOf(readFile, await get('l/pipe'))).toBe('file_conflict');
    expect(await problemOf(readFile, await get('l/a'))).toBe('file_not_found');
    expect(await problemOf(readFile, await get('l/b/c'))).toBe('file_conflict');
  });
});

describe('delete', () => {
  test('takes files, links and empty directories', async () => {
    await sandbox.run('mkdir -p d/full d/empty; touch d/full/x; ln -s full d/link');
    expect(await problemOf(deleteFile, await remove('d/full'))).toBe('file_conflict');
    expect((await remove('d/link')).status).toBe(204);
    expect((await remove('d/empty')).status).toBe(204);
    expect((await remove('d/full/x')).status).toBe(204);
    expect((await remove('d/full')).status).toBe(204);
    expect(await problemOf(deleteFile, await remove('d/full'))).toBe('file_not_found');
    expect(await problemOf(deleteFile, await remove('.%2F'))).toBe('invalid_request');
  });
});

describe('leaving the workspace', () => {
  test.each([
    '/files/..%2F..%2Fetc%2Fpasswd',
    '/files/%2Fetc%2Fpasswd',
    '/files//etc/passwd',
    '/files/a%2f..%2f..%2fetc/passwd',
    '/files/%2e%2e%2fetc',
    '/files/a%00',
    '/files/..%5c..%5c/..%2f',
  ])('%s is invalid', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(await raw(method, path, method === 'PUT' ? 'x' : undefined)).toBe(400);
  });

  test.each(['/files/../../etc/passwd', '/files/%2e%2e/%2e%2e/etc/passwd', '/files/../health'])(
    '%s names another route, never a file',
    async (path) => {
      for (const method of ['PUT', 'DELETE']) expect([404, 405]).toContain(await raw(method, path));
    },
  );

  test('links may lead about within it, and not out of it', async () => {
    const secret = join(sandbox.directory, 'outside.txt');
    writeFileSync(secret, 'outside', { mode: 0o666 });
    symlinkSync(secret, inWorkspace('out'));
    symlinkSync(sandbox.directory, inWorkspace('up'));
    symlinkSync('/', inWorkspace('root'));
    await sandbox.run(
      'mkdir -p in; echo inside > in/file; ln -s in/file near; ln -s in dir; ln -s out chain; ln -s loop loop',
    );
    expect(await (await get('near')).text()).toBe('inside\n');
    expect(await (await get('dir/file')).text()).toBe('inside\n');
    for (const path of ['out', 'up/outside.txt', 'root/etc/passwd', 'chain'])
      expect(await problemOf(readFile, await get(path)), path).toBe('invalid_request');
    expect(await problemOf(readFile, await get('loop'))).toBe('file_not_found');
    for (const path of ['up', 'root']) expect(await problemOf(listFiles, await list(path))).toBe('invalid_request');
    for (const path of ['up/outside.txt', 'up/made/new.txt', 'root/tmp/sandgate-made'])
      expect(await problemOf(writeFile, await put(path, 'x')), path).toBe('invalid_request');
    for (const path of ['up/outside.txt', 'root/etc/passwd'])
      expect(await problemOf(deleteFile, await remove(path)), path).toBe('invalid_request');
    expect(readdirSync(sandbox.directory)).not.toContain('made');

    // What is at the path itself is the link.
    expect((await put('out', 'mine')).status).toBe(200);
    expect(readFileSync(inWorkspace('out'), 'utf8')).toBe('mine');
    expect((await remove('root')).status).toBe(204);
    expect(readFileSync(secret, 'utf8')).toBe('outside');
  });
});

describe('the files process', () => {
  test('is started anew if it dies, and ends with the server', async () => {
    const own = await TestSandbox.start();
    const pid = () =>
      Number(execFileSync('sh', ['-c', `pgrep -P ${own.process.pid} -f ' files ' || true`], { encoding: 'utf8' }));
    expect(pid()).toBe(0);
    expect((await own.fetch('/files')).status).toBe(200);
    const first = pid();
    process.kill(first, 'SIGKILL');
    expect((await own.fetch('/files')).status).toBe(200);
    expect(pid()).not.toBe(first);
    const last = pid();
    await own.stop();
    await eventually(() => !isAlive(last));
  });

  test('that dies at work is a bad gateway', async () => {
    await put('first.txt', 'x');
    const headers = { authorization: `Bearer ${sandbox.secret}` };
    const answered = new Promise<number>((resolve) => {
      const request = httpRequest({ port: sandbox.port, method: 'PUT', path: '/files/dying', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', () => {}).write('begun');
    });
    await eventually(() => readdirSync(sandbox.workspace).some((name) => name.endsWith('.part')));
    process.kill(filesProcess(), 'SIGKILL');
    expect(await answered).toBe(502);
    expect((await get('first.txt')).status).toBe(200);
  });

  test.runIf(isRoot)('runs as the tools do, and finds nothing in its environment', async () => {
    await list();
    const pid = filesProcess();
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:(\\s${toolsUid}){4}$`, 'm'));
  });
});
