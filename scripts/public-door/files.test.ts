import { execFileSync } from 'node:child_process';
import { type FileEntry, type FileList, gatewayRoutes } from '@sandgate/api-spec';
import { Sandgate } from '@sandgate/client';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { call, createSession, expectCall, expectProblem, run } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const { listFiles, changeFiles, statFile, readFile, writeFile, deleteFile, readArchive, writeArchive } = gatewayRoutes;

let params: { sessionId: string };
beforeAll(async () => {
  params = { sessionId: (await createSession(door)).id };
});
const at = (path: string) => ({ params: { ...params, path } });
const put = (path: string, body: string, headers: Record<string, string> = {}) => ({
  ...at(path),
  body,
  headers: { 'content-type': 'application/octet-stream', ...headers },
});
const output = async (script: string) => (await run(door, params.sessionId, script)).outputText;

/** As it is: `call` takes no bytes. */
const send = (path: string, init: RequestInit & { duplex?: 'half' }) =>
  fetch(`${door.url}/v1/sessions/${params.sessionId}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${door.apiKey}`, ...init.headers },
  });

describe('the files of a session', () => {
  it.each(['with space', 'it\'s "so"', 'line\nbreak', 'é🙂\u202e', '100% + #?&;', '-rf', '\\'])(
    'may be called %j',
    async (name) => {
      const { etag } = await expectCall<FileEntry>(door, 201, writeFile, put(`names/${name}`, name));
      expect(
        (await expectCall<FileEntry>(door, 200, statFile, { params, query: { path: `names/${name}` } })).etag,
      ).toBe(etag);
      const { response } = await call(door, readFile, at(`names/${name}`));
      expect(await response.text()).toBe(name);
      const move = { operation: 'move', from: `names/${name}`, to: `moved/${name}` };
      expect((await expectCall<FileEntry>(door, 200, changeFiles, { params, body: move })).path).toBe(`moved/${name}`);
      const { data } = await expectCall<FileList>(door, 200, listFiles, { params, query: { path: 'moved' } });
      expect(data.map(({ path }) => path)).toContain(`moved/${name}`);
      await expectCall(door, 204, deleteFile, at(`moved/${name}`));
      await expectProblem(door, 'file_not_found', readFile, at(`moved/${name}`));
    },
  );

  it('are listed in pages, also all below', async () => {
    await expectCall(door, 201, changeFiles, { params, body: { operation: 'mkdir', path: 'tree/a/b' } });
    for (const path of ['tree/a/x', 'tree/z']) await expectCall(door, 201, writeFile, put(path, ''));
    const query = { path: 'tree', recursive: 'true', limit: '3' };
    const first = await expectCall<FileList>(door, 200, listFiles, { params, query });
    const after = first.nextCursor ?? '';
    const second = await expectCall<FileList>(door, 200, listFiles, { params, query: { ...query, after } });
    expect([first.data, second.data].map((page) => page.map(({ path }) => path))).toEqual([
      ['tree/a', 'tree/a/b', 'tree/a/x'],
      ['tree/z'],
    ]);
    expect([first.hasMore, second.hasMore, second.nextCursor]).toEqual([true, false, null]);
    await expectProblem(door, 'file_conflict', deleteFile, at('tree'));
    await expectCall(door, 204, deleteFile, { ...at('tree'), query: { recursive: 'true' } });
  });

  it('are written only as their writer knows them', async () => {
    const { etag = '' } = await expectCall<FileEntry>(
      door,
      201,
      writeFile,
      put('known', 'one', { 'if-none-match': '*' }),
    );
    await expectProblem(door, 'precondition_failed', writeFile, put('known', 'x', { 'if-none-match': '*' }));
    await output('echo -n two > known');
    await expectProblem(door, 'precondition_failed', writeFile, put('known', 'three', { 'if-match': etag }));
    await expectProblem(door, 'precondition_failed', deleteFile, { ...at('known'), headers: { 'if-match': etag } });
    const { response } = await call(door, readFile, at('known'));
    const now = response.headers.get('etag') ?? '';
    expect(await response.text()).toBe('two');
    await expectCall(door, 200, writeFile, put('known', 'three', { 'if-match': now }));
    expect(await output('cat known')).toBe('three');
  });

  it('are read in part, or not at all where they are known', async () => {
    await expectCall(door, 201, writeFile, put('ranged', '0123456789'));
    const ask = (headers: Record<string, string>) => call(door, readFile, { ...at('ranged'), headers });
    const { response: part } = await ask({ range: 'bytes=-3' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 7-9/10', '789']);
    const etag = part.headers.get('etag') ?? '';
    const head = await send('/files/ranged', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([200, '10', etag]);
    const known = await send('/files/ranged', { headers: { 'if-none-match': etag } });
    expect([known.status, known.headers.get('etag'), await known.text()]).toEqual([304, etag, '']);
    const beyond = await expectProblem(door, 'range_not_satisfiable', readFile, {
      ...at('ranged'),
      headers: { range: 'bytes=10-' },
    });
    expect(beyond.detail).toBe('The file has 10 bytes.');
    expect((await ask({ range: 'bytes=10-' })).response.headers.get('content-range')).toBe('bytes */10');
  });

  it('are kept by no cache on their way, nor is all else of an account', async () => {
    const { etag = '' } = await expectCall<FileEntry>(door, 201, writeFile, put('fresh', 'one'));
    const asked: [path: string, headers: Record<string, string>, status: number][] = [
      ['/files/fresh', {}, 200],
      ['/files/fresh', { range: 'bytes=1-' }, 206],
      ['/files/fresh', { 'if-none-match': etag }, 304],
      ['/files/none', {}, 404],
      ['/archive', {}, 200],
      ['', {}, 200],
      ['', { authorization: 'Bearer wrong' }, 401],
    ];
    for (const [path, headers, status] of asked) {
      const response = await send(path, { headers });
      await response.body?.cancel();
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, status, 'no-store']);
    }
  });

  it('go and come as an archive, with modes, times and links', async () => {
    const look =
      "find . -printf '%P %y %m %T@ %l\\n' | sed 's/\\(\\.[0-9]\\{6\\}\\)[0-9]*/\\1/' | sort; find . -type f -exec cksum {} + | sort";
    const before = await output(`mkdir -p pack/d; cd pack; head -c 300000 /dev/urandom > d/random; : > nothing
      echo x > "a b"; chmod 751 "a b"; ln -s ../"a b" d/up; ln -s nowhere dangling
      find . -depth -exec touch -h -d 2020-02-03T04:05:06.789Z {} +; ${look}`);
    for (const format of ['tar', 'tar.gz']) {
      const archive = await send(`/archive?path=pack&format=${format}`, {});
      expect(archive.headers.get('content-type')).toBe(format === 'tar' ? 'application/x-tar' : 'application/gzip');
      expect(archive.headers.get('content-disposition')).toBe('attachment');
      const body = archive.body as ReadableStream<Uint8Array>;
      const unpacked = await send(`/archive?path=${format}`, { method: 'PUT', body, duplex: 'half' });
      expect(await unpacked.json()).toEqual({ entries: 6, bytes: 300_002 });
      expect(await output(`cd ${format}; touch -d 2020-02-03T04:05:06.789Z .; ${look}`)).toBe(before);
    }
    await expectProblem(door, 'file_not_found', readArchive, { params, query: { path: 'nowhere' } });
  });

  it('are as they were where an archive is not safe', async () => {
    await output('mkdir safe; echo old > safe/file');
    const archive = execFileSync('sh', [
      '-c',
      'cd "$(mktemp -d)" && echo new > file && ln -s ../../../etc out && tar -c file out; rm -r "$PWD"',
    ]);
    const options = {
      params,
      query: { path: 'safe' },
      body: archive.toString('latin1'),
      headers: { 'content-type': 'application/x-tar' },
    };
    const problem = await expectProblem(door, 'invalid_request', writeArchive, options);
    expect(problem.detail).toContain('"out" is a link that may lead out: "../../../etc"');
    expect(await output('ls -A safe; cat safe/file')).toBe('file\nold\n');
  });

  it('are those of the account: to another they are not there', async () => {
    const stranger = { ...door, apiKey: 'sk_nobody' };
    for (const route of [statFile, readArchive, listFiles])
      await expectProblem(stranger, 'unauthorized', route, { params });
    for (const route of [statFile, readArchive, listFiles])
      await expectProblem(door, 'session_not_found', route, { params: { sessionId: 'none' } });
  });

  it('are in the hand of the client', async () => {
    const { files } = new Sandgate({ baseUrl: door.url, apiKey: door.apiKey }).sessions.handle(params.sessionId);
    await files.mkdir('client/d');
    const { etag } = await files.write('client/d/a', 'one', { createOnly: true });
    await expect(files.write('client/d/a', 'x', { createOnly: true })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
    await files.write('client/d/a', '0123456789', { ifMatch: etag });
    expect(await (await files.read('client/d/a', { range: { start: 3, end: 5 } })).text()).toBe('345');
    await files.writeArchive('client/copy', (await files.readArchive('client/d')).stream);
    await files.move('client/copy/a', 'client/b');
    const all = await Array.fromAsync(files.list('client', { recursive: true, limit: 2 }), ({ path }) => path);
    expect(all).toEqual(['client/b', 'client/copy', 'client/d', 'client/d/a']);
    await files.delete('client', { recursive: true });
    await expect(files.stat('client')).rejects.toMatchObject({ code: 'file_not_found' });
  });
});

describe('a full disk', () => {
  it('says how much it takes, and keeps what was there', async (test) => {
    const free = Number(await output('echo kept > kept; df --output=avail -B1 . | tail -1'));
    test.skip(!(free < 16 * 1024 ** 3), 'the disk has no limit of its own');
    // In parts: a single file may be limited, too.
    const part = Math.floor((free - 1024 ** 2) / 8);
    await output(`for i in 1 2 3 4 5 6 7 8; do fallocate -l ${part} filler-$i; done`);
    // It is refused while most of it is yet to come.
    const large = put('kept', 'x'.repeat(80 * 1024 ** 2));
    const problem = await expectProblem(door, 'disk_full', writeFile, large);
    expect(problem.detail).toMatch(/the disk of the sandbox takes \d+ MiB\./);
    expect(await output('cat kept; ls -A | grep part; rm filler-*')).toBe('kept\n');
    await expectCall(door, 200, writeFile, put('kept', 'more'));
  });
});
