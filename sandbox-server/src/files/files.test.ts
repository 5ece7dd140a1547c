import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { type FileEntry, type FileList, Problem, sandboxRoutes } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, problemOf } from '../testing/contract.ts';
import { eventually, isAlive } from '../testing/eventually.ts';
import { isRoot, TestSandbox, toolsUid } from '../testing/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await TestSandbox.start();
});
afterAll(() => sandbox.stop());

const { readFile, writeFile, deleteFile, listFiles, statFile, changeFiles } = sandboxRoutes;
const get = (path: string) => sandbox.fetch(`/files/${path}`);
const put = (path: string, body: string | Buffer<ArrayBuffer>) =>
  sandbox.fetch(`/files/${path}`, { method: 'PUT', body });
const remove = (path: string) => sandbox.fetch(`/files/${path}`, { method: 'DELETE' });
const list = (path?: string) =>
  sandbox.fetch(path === undefined ? '/files' : `/files?path=${encodeURIComponent(path)}`);
const inWorkspace = (path: string) => join(sandbox.workspace, path);
/** Its process for files; 0 where there is none. */
const filesProcess = ({ process }: TestSandbox = sandbox) =>
  Number(execFileSync('sh', ['-c', `pgrep -P ${process.pid} -f '/files.ts ' || true`], { encoding: 'utf8' }));

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
      const refused = await put('small/file', Buffer.alloc(1_000_000));
      expect(Problem.parse(await refused.clone().json()).detail).toMatch(
        /^There is no room for "small\/file": the disk of the sandbox takes \d+ MiB/,
      );
      expect(await problemOf(writeFile, refused)).toBe('disk_full');
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

describe('list, in pages', () => {
  const page = async (query: Record<string, string>) =>
    answerOf(listFiles, await sandbox.fetch(`/files?${new URLSearchParams(query)}`));
  const pathsOf = ({ data }: { data: FileEntry[] }) => data.map(({ path }) => path);
  const all = async (query: Record<string, string>) => {
    const paths: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const next: FileList = await page({ ...query, ...(after && { after }) });
      expect(next.hasMore).toBe(next.nextCursor !== null);
      paths.push(...pathsOf(next));
      after = next.nextCursor;
    }
    return paths;
  };
  const tree = ['p/a', 'p/a b', 'p/a/x', 'p/a/y', 'p/a/y/z', 'p/b\n', 'p/c', 'p/link', 'p/é🙂'];

  beforeAll(() => sandbox.run("mkdir -p p/a/y; cd p; touch a/x a/y/z 'a b' $'b\\n' c é🙂; ln -s a link"));

  test.each([1, 2, 3, 8, 9, 100])('of %i: each directory before what is in it, and no link followed', async (limit) => {
    const listed = await all({ path: 'p', recursive: 'true', limit: String(limit) });
    expect(listed).toEqual([
      'p/a',
      'p/a/x',
      'p/a/y',
      'p/a/y/z',
      ...tree.filter((path) => !path.startsWith('p/a/') && path !== 'p/a'),
    ]);
    expect(await all({ path: 'p', limit: String(limit) })).toEqual(tree.filter((path) => !path.startsWith('p/a/')));
  });

  test('goes on where an entry was that is gone', async () => {
    await sandbox.run('mkdir gone; touch gone/a gone/b gone/c');
    const { nextCursor } = await page({ path: 'gone', limit: '2' });
    await sandbox.run('rm gone/b');
    expect(pathsOf(await page({ path: 'gone', after: nextCursor }))).toEqual(['gone/c']);
  });

  test('of long names is shorter than its limit', async () => {
    await sandbox.run(
      'mkdir long; cd long; name=$(printf "%0240d" 0); for i in $(seq 1000 5000); do echo $name$i; done | xargs touch',
    );
    const first = await page({ path: 'long', limit: '1000' });
    expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(1.5 * 1024 * 1024);
    const listed = await all({ path: 'long', limit: '1000' });
    expect([listed.length, new Set(listed).size]).toEqual([4001, 4001]);
    await remove('long?recursive=true');
  });

  test('is of one directory', async () => {
    for (const query of [{ after: 'q/a' }, { after: 'p' }, { after: '../p/a' }, { limit: '0' }, { recursive: 'yes' }])
      expect(
        await problemOf(
          listFiles,
          await sandbox.fetch(`/files?${new URLSearchParams({ path: 'p', ...query } as Record<string, string>)}`),
        ),
      ).toBe('invalid_request');
  });

  test('holds a time that no other format can say', async () => {
    await sandbox.run('mkdir times; touch -d 20000-01-01Z times/far || touch times/far');
    expect(pathsOf(await page({ path: 'times' }))).toEqual(['times/far']);
  });
});

describe('stat', () => {
  const stat = (path: string) => sandbox.fetch(`/stat?${new URLSearchParams({ path })}`);

  test('says what is there, a link itself', async () => {
    await sandbox.run('mkdir -p s/d; echo one > s/f; ln -s f s/l; ln -s d s/to');
    expect(await answerOf(statFile, await stat('s/d'))).toMatchObject({ path: 's/d', type: 'directory' });
    expect(await answerOf(statFile, await stat('s/l'))).toMatchObject({ type: 'symlink' });
    expect(await answerOf(statFile, await stat('.'))).toMatchObject({ path: '', type: 'directory' });
    const file = await answerOf(statFile, await stat('s/f'));
    expect(file).toMatchObject({ path: 's/f', type: 'file', size: 4, mode: 0o644 });
    expect((await get('s%2Ff')).headers.get('etag')).toBe(file.etag);
    const { data } = await answerOf(listFiles, await list('s'));
    expect(data).toContainEqual(file);
  });

  test('of nothing, or outside', async () => {
    expect(await problemOf(statFile, await stat('s/none'))).toBe('file_not_found');
    expect(await problemOf(statFile, await stat('../x'))).toBe('invalid_request');
    await sandbox.run('ln -sfn / s/root');
    expect(await problemOf(statFile, await stat('s/root/etc'))).toBe('invalid_request');
  });
});

describe('an ETag', () => {
  const etagOf = async (path: string) => (await get(path)).headers.get('etag') as string;
  const asking = (path: string, headers: Record<string, string>, method = 'GET', body?: string) =>
    sandbox.fetch(`/files/${path}`, { method, headers, ...(body !== undefined && { body }) });

  test('is of one content: a change of the tools changes it too', async () => {
    await put('tag', 'one');
    const first = await etagOf('tag');
    expect(first).toMatch(/^"[0-9a-f-]+"$/);
    expect(await etagOf('tag')).toBe(first);
    await sandbox.run('printf two > tag; touch -d 2001-01-01 tag');
    const second = await etagOf('tag');
    const written = await answerOf(writeFile, await put('tag', 'six'));
    expect(new Set([first, second, written.etag]).size).toBe(3);
    expect(await etagOf('tag')).toBe(written.etag);
  });

  test('lets a write replace only what its writer knows', async () => {
    await put('known', 'one');
    const etag = await etagOf('known');
    expect((await asking('known', { 'if-match': etag }, 'PUT', 'two')).status).toBe(200);
    expect(await problemOf(writeFile, await asking('known', { 'if-match': etag }, 'PUT', 'three'))).toBe(
      'precondition_failed',
    );
    expect(await problemOf(deleteFile, await asking('known', { 'if-match': etag }, 'DELETE'))).toBe(
      'precondition_failed',
    );
    expect(await problemOf(readFile, await asking('known', { 'if-match': etag }))).toBe('precondition_failed');
    expect(await (await get('known')).text()).toBe('two');
    expect((await asking('known', { 'if-match': await etagOf('known') }, 'DELETE')).status).toBe(204);
    for (const ifMatch of ['*', etag])
      expect(await problemOf(writeFile, await asking('known', { 'if-match': ifMatch }, 'PUT', 'x'))).toBe(
        'precondition_failed',
      );
    expect(readdirSync(sandbox.workspace)).not.toContain('known');
  });

  test('lets exactly one of several writers who know the same replace it', async () => {
    await put('contended', 'old');
    const etag = await etagOf('contended');
    const bodies = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(bodies.map((body) => asking('contended', { 'if-match': etag }, 'PUT', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const winner = bodies[answers.findIndex(({ status }) => status === 200)];
    expect(await (await get('contended')).text()).toBe(winner);
  });

  test('is looked at again when all has arrived', async () => {
    await put('slow', 'one');
    const headers = { authorization: `Bearer ${sandbox.secret}`, 'if-match': await etagOf('slow') };
    const answered = new Promise<number>((resolve) => {
      const request = httpRequest({ port: sandbox.port, method: 'PUT', path: '/files/slow', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.write('late');
      eventually(() => readdirSync(sandbox.workspace).some((name) => name.endsWith('.part')))
        .then(() => sandbox.run('echo between > slow'))
        .then(() => request.end());
    });
    expect(await answered).toBe(412);
    expect(await (await get('slow')).text()).toBe('between\n');
  });

  test('of none lets a write only create, of several at once exactly one', async () => {
    const create = (body: string) => asking('created', { 'if-none-match': '*' }, 'PUT', body);
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(create));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412]);
    const winner = ['a', 'b', 'c', 'd'][answers.findIndex(({ status }) => status === 201)];
    expect(await (await get('created')).text()).toBe(winner);
    expect(readdirSync(sandbox.workspace).filter((name) => name.endsWith('.part'))).toEqual([]);
    await sandbox.run('ln -s nowhere dangling');
    expect(await problemOf(writeFile, await asking('dangling', { 'if-none-match': '*' }, 'PUT', 'x'))).toBe(
      'precondition_failed',
    );
    expect(await problemOf(writeFile, await asking('x', { 'if-none-match': '"1"' }, 'PUT', 'x'))).toBe(
      'invalid_request',
    );
  });

  test('that a reader has spares the bytes', async () => {
    await put('cached', 'bytes');
    const etag = await etagOf('cached');
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await asking('cached', { 'if-none-match': known });
      expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await asking('cached', { 'if-none-match': '"x"' })).status).toBe(200);
  });

  test('says of which file a range is', async () => {
    await put('ranged', '0123456789');
    const etag = await etagOf('ranged');
    const part = await asking('ranged', { range: 'bytes=2-4', 'if-range': etag });
    expect([part.status, await part.text()]).toEqual([206, '234']);
    expect(Object.fromEntries(part.headers)).toMatchObject({
      'content-range': 'bytes 2-4/10',
      'content-length': '3',
      'accept-ranges': 'bytes',
      etag,
    });
    for (const ifRange of ['"x"', `W/${etag}`, new Date().toUTCString()]) {
      const whole = await asking('ranged', { range: 'bytes=2-4', 'if-range': ifRange });
      expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
    }
    const beyond = await asking('ranged', { range: 'bytes=10-' });
    expect(beyond.headers.get('content-range')).toBe('bytes */10');
    expect(await problemOf(readFile, beyond)).toBe('range_not_satisfiable');
    const head = await asking('ranged', { range: 'bytes=2-4' }, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([200, '10', etag]);
  });
});

describe('mkdir and move', () => {
  const change = (body: object) => sandbox.post('/files', body);
  const mkdir = (path: string) => change({ operation: 'mkdir', path });
  const move = (from: string, to: string, overwrite?: boolean) => change({ operation: 'move', from, to, overwrite });
  const content = async (path: string) => (await get(encodeURIComponent(path))).text();

  test('a directory is made with those above it, once', async () => {
    const made = await mkdir('m/a/b');
    expect([made.status, await answerOf(changeFiles, made)]).toMatchObject([201, { path: 'm/a/b', type: 'directory' }]);
    expect((await mkdir('m/a/b')).status).toBe(200);
    await put('m%2Ffile', 'x');
    expect(await problemOf(changeFiles, await mkdir('m/file'))).toBe('file_conflict');
    expect(await problemOf(changeFiles, await mkdir('m/file/below'))).toBe('file_conflict');
    await sandbox.run('ln -sfn / m/root');
    for (const path of ['../x', '/x', 'm/root/tmp/x'])
      expect(await problemOf(changeFiles, await mkdir(path))).toBe('invalid_request');
  });

  test('a path of a thousand names costs no more than its names', async () => {
    const path = Array(1000).fill('x').join('/');
    expect((await mkdir(path)).status).toBe(201);
    await sandbox.run('rm -r x');
  });

  test('what is moved is there as it was, and its new directories are made', async () => {
    await sandbox.run('mkdir -p v/d; echo one > v/d/f; ln -s f v/d/l; chmod 750 v/d/f');
    expect(await answerOf(changeFiles, await move('v/d', 'v/new/place'))).toMatchObject({ type: 'directory' });
    expect(await content('v/new/place/l')).toBe('one\n');
    expect(await answerOf(changeFiles, await move('v/new/place/f', 'v/é "\n'))).toMatchObject({
      path: 'v/é "\n',
      mode: 0o750,
    });
    expect(await problemOf(changeFiles, await move('v/d', 'v/e'))).toBe('file_not_found');
  });

  test('replaces only when told', async () => {
    await sandbox.run('mkdir -p o/full/d o/empty; echo one > o/a; echo two > o/b; touch o/full/d/x');
    expect(await problemOf(changeFiles, await move('o/a', 'o/b'))).toBe('file_conflict');
    expect(await content('o/b')).toBe('two\n');
    expect((await move('o/a', 'o/b', true)).status).toBe(200);
    expect(await content('o/b')).toBe('one\n');
    expect(await problemOf(changeFiles, await move('o/empty', 'o/full', true))).toBe('file_conflict');
    expect(await problemOf(changeFiles, await move('o/b', 'o/full', true))).toBe('file_conflict');
    expect((await move('o/full', 'o/empty', true)).status).toBe(200);
  });

  test('not into itself, nor out', async () => {
    await sandbox.run('mkdir -p i/d; ln -sfn / i/root; ln -sfn / i/away');
    for (const [from, to] of [
      ['i/d', 'i/d/e'],
      ['i/d', '../d'],
      ['i/root/etc', 'i/etc'],
      ['i/d', 'i/root/tmp/d'],
      ['.', 'x'],
      ['i', '.'],
    ] as const)
      expect(await problemOf(changeFiles, await move(from, to)), `${from} ${to}`).toBe('invalid_request');
    expect((await move('i/away', 'i/gone')).status).toBe(200); // The link itself.
  });

  test('nothing else is taken', async () => {
    for (const body of [
      {},
      { operation: 'chmod', path: 'a' },
      { operation: 'mkdir' },
      { operation: 'move', from: 'a' },
    ])
      expect(await problemOf(changeFiles, await change(body))).toBe('invalid_request');
    const text = await sandbox.fetch('/files', { method: 'POST', body: 'x' });
    expect(await problemOf(changeFiles, text)).toBe('unsupported_media_type');
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

  test('takes a directory with all that it holds, and nothing that a link leads to', async () => {
    await sandbox.run('mkdir -p t/a/b kept; touch t/a/b/c kept/x; ln -s ../../kept t/a/kept; ln -s t/a/kept entry');
    expect((await remove('t?recursive=true')).status).toBe(204);
    expect((await remove('entry?recursive=true')).status).toBe(204);
    expect(readdirSync(inWorkspace('kept'))).toEqual(['x']);
    expect(await problemOf(deleteFile, await remove('t?recursive=true'))).toBe('file_not_found');
    expect(await problemOf(deleteFile, await remove('.%2F?recursive=true'))).toBe('invalid_request');
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
    const pid = () => filesProcess(own);
    expect(pid()).toBe(0);
    expect((await own.fetch('/files')).status).toBe(200);
    const first = pid();
    expect(first).toBeGreaterThan(0);
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
    const pid = filesProcess();
    expect(pid).toBeGreaterThan(0); // Else it would be all of us.
    process.kill(pid, 'SIGKILL');
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
