import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/** The names in the bucket. */
async function stored({ workers }: Stack): Promise<string[]> {
  const bucket = (await workers.getR2Bucket('DISKS')) as unknown as {
    list(): Promise<{ objects: { key: string }[] }>;
  };
  return (await bucket.list()).objects.map(({ key }) => key);
}

/** All that can be seen of a tree: names, types, modes, links and their targets, sizes, times to the microsecond, bytes. */
const fingerprint = `
  find . -mindepth 1 -printf '%P\\0%y\\0%m\\0%l\\0%T@\\n' | sed -E 's/(\\.[0-9]{6})[0-9]+$/\\1/' | LC_ALL=C sort | sha256sum
  find . ! -type d -printf '%P\\0%n\\0%s\\n' | LC_ALL=C sort | sha256sum
  find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`;

const packages = resolve(import.meta.dirname, '../../node_modules');

describe('the disk of a session', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-disk-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ folder });
  });
  afterAll(async () => {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const getSession = (sessionId: string) =>
    expectCall<Session>(stack, 200, gatewayRoutes.getSession, { params: { sessionId } });

  it('is the same to the byte behind a sleep: packages, and a repository that git finds whole', async () => {
    const { id: sessionId } = await createSession(stack);
    const archive = join(folder, 'packages.tar');
    execFileSync('tar', [
      '-c',
      '--format=posix',
      '-C',
      packages,
      '-f',
      archive,
      'zod',
      'hono',
      '@hono',
      'vitest',
      '.bin',
    ]);
    const written = await fetch(`${stack.url}/v1/sessions/${sessionId}/files/packages.tar`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' },
      body: readFileSync(archive),
    });
    expect(written.status, await written.text()).toBe(201);
    const prepared = await run(
      stack,
      sessionId,
      `set -e; mkdir node_modules; tar -xpf packages.tar -C node_modules; rm packages.tar
       git init -q repository; cd repository; cp -r ../node_modules/hono/dist src
       git config user.email a@b; git config user.name a; git add .; git commit -qm first; ln src/index.js hard
       git add .; git commit -qm second; cd ..
       touch "odd 'name'" $'line\\nbreak' $'not utf-8 \\xff' '🎉'; mkdir -m 711 empty; ln -s nowhere dangling
       chmod 400 node_modules/zod/package.json; truncate -s 500M sparse; printf end >> sparse; rm -rf .sandgate
       find . | wc -l`,
    );
    expect(Number(prepared.outputText), prepared.outputText).toBeGreaterThan(2500);
    const look = `mv .sandgate /tmp/notes-$$; ${fingerprint}`;
    const before = (await run(stack, sessionId, look)).outputText;
    expect(before).toMatch(/^([0-9a-f]{64} {2}-\n){3}$/);
    await sleep(stack, sessionId);
    // Nothing of it is left but what was saved.
    expect(execFileSync('find', [join(folder, 'engine/containers'), '-mindepth', '1'], { encoding: 'utf8' })).toBe('');
    await wake(stack, sessionId);
    expect((await run(stack, sessionId, look)).outputText).toBe(before);
    const git = await run(stack, sessionId, 'cd repository; git fsck --full --strict; git status --porcelain; echo $?');
    expect(git.outputText?.replaceAll(/^.*\d+.*done\.?$/gm, '').trim()).toBe('0');
    expect(await errorsOf(stack, sessionId)).toEqual([]);
  }, 180_000);

  it('keeps what the server remembers, out of reach of the tools', async () => {
    const { id: sessionId } = await createSession(stack);
    await run(stack, sessionId, 'echo remembered');
    await sleep(stack, sessionId);
    const { outputText } = await run(
      stack,
      sessionId,
      'grep -c remembered .sandgate/messages.json; cat /var/lib/sandgate/* 2>&1 | grep -c remembered',
    );
    expect(outputText).toBe('2\n0\n');
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
    await kill(sessionId);
    expect((await run(stack, sessionId, 'cat kept')).outputText).toBe('one\n');
    expect(await errorsOf(stack, sessionId)).toEqual([]);
  });

  it('begins anew for a chat that comes as its container is killed, before anybody has seen that', async () => {
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    for (const word of ['one', 'two', 'three']) {
      const turn = await expectCall<Turn>(stack, 200, gatewayRoutes.chat, {
        params: { sessionId },
        body: script(`echo ${word} >> ran; cat ran`),
        headers: { accept: 'application/json' },
      });
      expect(turn).toMatchObject({ stopReason: 'end_turn' });
      expect(turn.outputText?.endsWith(`${word}\n`)).toBe(true);
      await eventually(async () => (await getSession(sessionId)).status === 'idle');
      await kill(sessionId);
    }
    expect(await errorsOf(stack, sessionId)).not.toContain('sandbox_restarted');
  });

  it('keeps a file that was written from outside, without any turn', async () => {
    const { id: sessionId } = await createSession(stack);
    const url = `${stack.url}/v1/sessions/${sessionId}/files/outside.txt`;
    const headers = { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/octet-stream' };
    expect((await fetch(url, { method: 'PUT', headers, body: 'hello' })).status).toBe(201);
    await eventually(async () => (await getSession(sessionId)).disk);
    await kill(sessionId);
    expect((await run(stack, sessionId, 'cat outside.txt')).outputText).toBe('hello');
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
      const { outputText } = await run(stack, sessionId, 'cat a b c d; wc -c < ballast');
      const [found, ...rest] = (outputText ?? '').trim().split('\n');
      expect(rest).toEqual([found, found, found, String(20 * 1024 * 1024)]);
      expect([known, n]).toContain(Number(found));
      known = Number(found);
    }
  }, 180_000);
});

describe('a disk that holds more than may be kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-disk-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused by the name of the limit, loses nothing, and goes with its session', {
    timeout: 120_000,
  }, async () => {
    const stack = await startStack({ folder, vars: { SESSION_DISK_LIMIT_BYTES: '1000000' } });
    try {
      const { id: sessionId } = await createSession(stack);
      await run(stack, sessionId, 'echo small > small');
      await run(stack, sessionId, 'head -c 2M /dev/urandom > large');
      const problem = await expectProblem(stack, 'disk_too_large', gatewayRoutes.sleep, { params: { sessionId } });
      expect(problem).toMatchObject({ status: 507, detail: expect.stringContaining('1000000 bytes') });
      expect((await run(stack, sessionId, 'cat small; wc -c < large')).outputText).toBe('small\n2097152\n');
      expect(await errorsOf(stack, sessionId)).toEqual(['disk_too_large']);
      await kill(sessionId);
      expect((await run(stack, sessionId, 'cat small; ls')).outputText).toBe('small\nsmall\n');
      expect((await sleep(stack, sessionId)).status).toBe('sleeping');
      expect(await stored(stack)).not.toEqual([]);
      await expectCall(stack, 204, gatewayRoutes.deleteSession, { params: { sessionId } });
      expect(await stored(stack)).toEqual([]);
    } finally {
      await stack.close();
    }
  });
});
