import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Event, gatewayRoutes, type Session, type Turn } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import {
  chat,
  createSession,
  type Door,
  eventsOf,
  eventually,
  expectCall,
  expectProblem,
  only,
  readUntil,
  run,
  script,
} from './door.ts';
import { hasEnded, sandboxProcess } from './sandbox-process.ts';

const sleep = (door: Door, sessionId: string) =>
  expectCall<Session>(door, 200, gatewayRoutes.sleep, { params: { sessionId } });
const wake = (door: Door, sessionId: string) =>
  expectCall<Session>(door, 200, gatewayRoutes.wake, { params: { sessionId } });

async function errorsOf(door: Door, sessionId: string): Promise<string[]> {
  const { data } = await expectCall<{ data: Event[] }>(door, 200, gatewayRoutes.getEvents, { params: { sessionId } });
  return only(data, 'error').map(({ code }) => code);
}

async function kill(sessionId: string): Promise<void> {
  const pid = await eventually(async () => sandboxProcess(sessionId));
  process.kill(pid, 'SIGKILL');
  while (!hasEnded(pid)) await nextTurn();
}

/** The same, until the gateway knows: a chat that comes before may still be taken, and is cut. */
async function lose(door: Door, sessionId: string): Promise<void> {
  await kill(sessionId);
  await eventually(() => isAsleep(door, sessionId));
}

async function isAsleep(door: Door, sessionId: string): Promise<boolean> {
  return (
    (await expectCall<Session>(door, 200, gatewayRoutes.getSession, { params: { sessionId } })).status === 'sleeping'
  );
}

/** The names in the bucket. */
async function stored({ workers }: Stack): Promise<string[]> {
  const bucket = (await workers.getR2Bucket('DISKS')) as unknown as {
    list(): Promise<{ objects: { key: string }[] }>;
  };
  return (await bucket.list()).objects.map(({ key }) => key);
}

describe('the disk of a session', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-disk-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ folder });
  });
  afterAll(async () => {
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const getSession = (sessionId: string) =>
    expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });

  it('is saved and comes back though it is full', async (test) => {
    const { id: sessionId } = await createSession(stack);
    const output = async (script: string) => (await run(stack, sessionId, script)).outputText;
    const free = Number(await output('echo kept > kept; df --output=avail -B1 . | tail -1'));
    test.skip(!(free < 16 * 1024 ** 3), 'the disk has no limit of its own');
    // In parts: a single file may be limited, too. Of zeros, which take no room in a save.
    const part = Math.floor((free - 1024 ** 2) / 8);
    await output(`for i in 1 2 3 4 5 6 7 8; do fallocate -l ${part} filler-$i; done; cat /dev/zero > rest 2>/dev/null`);
    const look = 'cat kept; stat -c %s filler-*; ls -A | grep -v sandgate';
    const before = await output(look);
    expect(before).toContain(`kept\n${part}\n`);
    expect((await sleep(stack, sessionId)).status).toBe('sleeping');
    expect(await output(look)).toBe(before);
    expect(await errorsOf(stack, sessionId)).toEqual([]);
    expect(await output('rm filler-* rest; echo more > more; cat kept more')).toBe('kept\nmore\n');
  });

  it('comes back for whoever lists its files, with all that may be odd in it but pipes', async () => {
    const { id: sessionId } = await createSession(stack);
    const bytes = "$(printf 'bytes \\377')";
    await run(
      stack,
      sessionId,
      `mkdir shut caches; echo x > shut/file; chmod 0 shut/file shut
      echo s > suid; chmod 4711 suid; ln suid twin; mkfifo pipe; echo b > "${bytes}"; touch -d @-2 suid
      touch caches/gone caches/kept; printf '/caches/*\n!/caches/kept\n' > .sandgateignore`,
    );
    expect((await sleep(stack, sessionId)).status).toBe('sleeping');
    const query = { path: 'caches' };
    const params = { sessionId };
    const { data } = await expectCall<{ data: { path: string }[] }>(stack, 200, gatewayRoutes.listFiles, {
      params,
      query,
    });
    expect(data.map(({ path }) => path)).toEqual(['caches/kept']);
    expect((await getSession(sessionId)).status).toBe('idle');
    const look = `stat -c '%a %h %n' shut suid twin; stat -c %Y suid; cat "${bytes}"; chmod 700 shut; stat -c %a shut/file; ls pipe`;
    expect((await run(stack, sessionId, look)).outputText).toMatch(
      /^0 2 shut\n4711 2 suid\n4711 2 twin\n-2\nb\n0\n.*cannot access 'pipe'/,
    );
  });

  it('keeps what the server remembers, out of reach of the tools where those are another user', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'echo remembered');
    await sleep(stack, sessionId);
    const { outputText } = await run(
      stack,
      sessionId,
      'grep -c remembered .sandgate/messages.json; cat /var/lib/sandgate/* 2>&1 | grep -c remembered',
    );
    expect(outputText).toMatch(stack.engine.mode === 'unprivileged' ? /^2\n[1-9]\d*\n$/ : /^2\n0\n$/);
  });

  it('loses what the turn did that ran when its container was killed, and no more, and the log says so', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    await run(stack, sessionId, 'echo one > kept');
    const events = eventsOf(await chat(stack, sessionId, script('echo two > lost; echo up; sleep 600')));
    await readUntil(events, 'tool.delta');
    await kill(sessionId);
    await readUntil(events, 'complete');
    expect((await run(stack, sessionId, 'cat kept; ls')).outputText).toBe('one\nkept\n');
    expect(await errorsOf(stack, sessionId)).toEqual(['disk_rewound', 'sandbox_restarted']);
  });

  it('has nothing to say of a container that ended with nothing to lose', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    await run(stack, sessionId, 'echo one > kept');
    await run(stack, sessionId, 'true');
    await sleep(stack, sessionId);
    await wake(stack, sessionId);
    await lose(stack, sessionId);
    expect((await run(stack, sessionId, 'cat kept')).outputText).toBe('one\n');
    expect(await errorsOf(stack, sessionId)).toEqual([]);
  });

  it('begins anew for a chat that comes as its container is killed, or says that nobody can know how far it got', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    for (const word of ['one', 'two', 'three']) {
      const turn = await expectCall<Turn>(stack, 200, gatewayRoutes.chat, {
        params: { sessionId },
        body: script(`echo ${word} >> ran; cat ran`),
        headers: { accept: 'application/json' },
      });
      // In the moment of its death a connection may still be taken, and is cut then.
      if (turn.stopReason === 'error')
        expect(turn.error).toMatchObject({ code: 'sandbox_restarted', retryable: false });
      else expect(turn).toMatchObject({ stopReason: 'end_turn', outputText: expect.stringMatching(`${word}\n$`) });
      await eventually(async () => (await getSession(sessionId)).status === 'idle');
      await kill(sessionId);
    }
    await eventually(() => isAsleep(stack, sessionId)); // Else this chat, too, may be cut.
    expect((await run(stack, sessionId, 'sort ran 2>/dev/null | uniq -d')).outputText).toBe('');
  });

  it('keeps a file that was written from outside, without any turn', async () => {
    const { id: sessionId } = await createSession(stack);
    const url = `${stack.url}/v1/sessions/${sessionId}/files/outside.txt`;
    const headers = { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' };
    expect((await fetch(url, { method: 'PUT', headers, body: 'hello' })).status).toBe(201);
    await eventually(async () => (await getSession(sessionId)).disk);
    await lose(stack, sessionId);
    expect((await run(stack, sessionId, 'cat outside.txt')).outputText).toBe('hello');
  });

  it('keeps a file also of a caller who hangs up as its last byte is sent', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'true');
    const savedAt = async () => (await getSession(sessionId)).disk?.savedAt ?? '';
    const { hostname, port } = new URL(stack.url);
    const socket = connect(Number(port), hostname);
    const begun = await savedAt();
    socket.write(
      `PUT /v1/sessions/${sessionId}/files/outside.txt HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 5\r\n` +
        `Content-Type: application/octet-stream\r\nAuthorization: Bearer ${stack.apiKey}\r\n\r\nhell`,
    );
    // What was noted as it began is saved, and has none of it.
    const before = await eventually(async () => {
      const at = await savedAt();
      return at !== begun && at;
    });
    const server = (await eventually(async () => sandboxProcess(sessionId))) as number;
    process.kill(server, 'SIGSTOP');
    await new Promise((resolve) => socket.write('o', resolve));
    await getSession(sessionId); // It has arrived by then,
    socket.resetAndDestroy();
    await getSession(sessionId); // and so has this.
    process.kill(server, 'SIGCONT');
    await eventually(async () => (await savedAt()) !== before);
    await lose(stack, sessionId);
    expect((await run(stack, sessionId, 'cat outside.txt')).outputText).toBe('hello');
  });

  it('belongs to a session that is awake again for a file right behind the end of its container, and says so', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'true');
    const path = `${stack.url}/v1/sessions/${sessionId}/files/file.txt`;
    const headers = { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' };
    const put = () => fetch(path, { method: 'PUT', headers, body: 'hello' });
    for (const end of [sleep, (_: Door, id: string) => kill(id), sleep]) {
      await end(stack, sessionId);
      let answer = await put();
      // In the moment of its death a connection may still be taken, and is cut then: the caller is told to try again.
      if (answer.status === 503) answer = await put();
      expect(answer.ok).toBe(true);
      expect((await getSession(sessionId)).status).toBe('idle');
    }
  });

  it('is not said to be saved where its container was killed before that', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'echo one > kept');
    await run(stack, sessionId, 'true');
    const url = `${stack.url}/v1/sessions/${sessionId}/files/lost.txt`;
    const headers = { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' };
    const params = { sessionId };
    for (const route of [gatewayRoutes.sleep, gatewayRoutes.createSnapshot]) {
      await fetch(url, { method: 'PUT', headers, body: 'hello' });
      await lose(stack, sessionId);
      await expectProblem(stack, 'disk_rewound', route, { params });
      await sleep(stack, sessionId);
    }
    expect((await run(stack, sessionId, 'cat kept; ls')).outputText).toBe('one\nkept\n');
    expect(await errorsOf(stack, sessionId)).toEqual(['disk_rewound', 'disk_rewound']);
  });

  it('is not put to sleep under a turn', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    await readUntil(eventsOf(await chat(stack, sessionId, script('echo up; sleep 600'))), 'tool.delta');
    await expectProblem(stack, 'session_busy', gatewayRoutes.sleep, { params: { sessionId } });
    await expectCall(stack, 200, gatewayRoutes.interrupt, { params: { sessionId } });
  });

  it('is whole, as of before or after, wherever a save or a restore is cut off', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'for n in a b c d; do echo 0 > $n; done; head -c 20M /dev/urandom > ballast');
    let known = 0;
    for (let n = 1; n <= 12; n++) {
      // The pieces are saved in order, a large file between them.
      const write = run(stack, sessionId, `for n in a b c d; do echo ${n} > $n; done; head -c 9M /dev/urandom > c1`);
      await write.catch(() => undefined);
      const waiting = fetch(`${stack.url}/v1/sessions/${sessionId}/${n % 3 === 0 ? 'wake' : 'sleep'}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stack.apiKey}` },
      });
      await new Promise((resolve) => setTimeout(resolve, n * 17)); // At another moment each time.
      const pid = sandboxProcess(sessionId);
      if (pid) process.kill(pid, 'SIGKILL');
      await waiting.then((response) => response.text());
      // Until the gateway knows: it may have been woken before that, and by another server since.
      const isNoticed = async () => (sandboxProcess(sessionId) ?? pid) !== pid || (await isAsleep(stack, sessionId));
      await eventually(isNoticed);
      const { outputText } = await run(stack, sessionId, 'cat a b c d; wc -c < ballast');
      const [found, ...rest] = (outputText ?? '').trim().split('\n');
      expect(rest).toEqual([found, found, found, String(20 * 1024 * 1024)]);
      expect([known, n]).toContain(Number(found));
      known = Number(found);
    }
  });
});

describe('a disk that holds more than may be kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-disk-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused by the name of the limit, loses nothing, and goes with its session', async () => {
    const stack = await startStack({ folder, vars: { SESSION_DISK_LIMIT_BYTES: '1000000' } });
    try {
      const { id: sessionId } = await createSession(stack);
      await run(stack, sessionId, 'echo small > small');
      await run(stack, sessionId, 'head -c 2M /dev/urandom > large');
      const problem = await expectProblem(stack, 'disk_too_large', gatewayRoutes.sleep, { params: { sessionId } });
      expect(problem).toMatchObject({ status: 507, detail: expect.stringContaining('1000000 bytes') });
      expect((await run(stack, sessionId, 'cat small; wc -c < large')).outputText).toBe('small\n2097152\n');
      expect(await errorsOf(stack, sessionId)).toEqual(['disk_too_large']);
      await lose(stack, sessionId);
      expect((await run(stack, sessionId, 'cat small; ls')).outputText).toBe('small\nsmall\n');
      expect((await sleep(stack, sessionId)).status).toBe('sleeping');
      expect(await stored(stack)).not.toEqual([]);
      await expectCall(stack, 204, gatewayRoutes.deleteSession, { params: { sessionId } });
      expect(await stored(stack)).toEqual([]);
    } finally {
      await stack.close();
    }
  });

  it('names the limit of files, too, and is kept again once there are fewer', async () => {
    const stack = await startStack({ folder: join(folder, 'files'), vars: { SESSION_DISK_LIMIT_ENTRIES: '100' } });
    try {
      const { id: sessionId } = await createSession(stack);
      await run(stack, sessionId, 'mkdir many; cd many; touch $(seq 100)');
      const problem = await expectProblem(stack, 'disk_too_large', gatewayRoutes.sleep, { params: { sessionId } });
      expect(problem.detail).toContain('more than 100 files, directories and links');
      await expectProblem(stack, 'disk_too_large', gatewayRoutes.createSnapshot, { params: { sessionId } });
      expect((await run(stack, sessionId, 'ls many | wc -l; rm -r many; touch few')).outputText).toBe('100\n');
      expect((await sleep(stack, sessionId)).status).toBe('sleeping');
      expect((await run(stack, sessionId, 'ls')).outputText).toBe('few\n');
      expect(await errorsOf(stack, sessionId)).toEqual(['disk_too_large']);
    } finally {
      await stack.close();
    }
  });
});
