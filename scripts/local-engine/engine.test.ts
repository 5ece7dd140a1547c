import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cpuTime } from '../bench/machine.ts';
import { identify, isAlive, type ProcessIdentity, poll } from './processes.ts';
import { DockerClient, unframe } from './testing/docker-client.ts';
import { EngineProcess, writeImage } from './testing/engine-process.ts';
import { startStack } from './testing/stack.ts';

const isRoot = process.getuid?.() === 0;
const patient = { timeout: 60_000 };

/** What the engine promises, seen through real workerd and the real Sandbox class of @cloudflare/sandbox. */
describe.skipIf(process.platform !== 'linux')('the local engine under workerd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-engine-'));
  let engine: EngineProcess;
  let miniflare: Miniflare;
  let url: URL;

  beforeAll(async () => {
    writeImage(folder);
    engine = await EngineProcess.start(folder);
    ({ miniflare, url } = await startStack(engine.ready.socket));
  });

  afterAll(async () => {
    await miniflare?.dispose();
    await engine?.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string) => fetch(new URL(path, url), { signal: AbortSignal.timeout(60_000) });
  const text = async (path: string) => (await get(path)).text();
  const json = async <T>(path: string) => (await get(path)).json() as Promise<T>;
  const run = (id: string, command: string, as = 'server') =>
    json<{ status: number; stdout: string; stderr: string }>(
      `/${id}/run?as=${as}&command=${encodeURIComponent(command)}`,
    );
  const fetchFrom = (id: string, target: string) =>
    json<{ status?: number; body?: string; error?: string }>(`/${id}/fetch?url=${encodeURIComponent(target)}`);

  it('starts a sandbox with the first request, and answers the next ones from the same', async () => {
    expect(await text('/first/hello')).toBe('hello');
    const { stdout } = await run('first', 'echo $PPID');
    expect((await run('first', 'echo $PPID')).stdout).toBe(stdout);
  });

  it('hands events on as they come', async () => {
    const response = await get('/first/events');
    const seen: { text: string; at: number }[] = [];
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      seen.push({ text: Buffer.from(chunk).toString(), at: performance.now() });
    }
    expect(seen.map((chunk) => chunk.text).join('')).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n');
    expect(seen.length).toBeGreaterThan(1);
    expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(60);
  });

  it('passes the environment of the class and of the image, and nothing of the host', async () => {
    const environment = await json<Record<string, string>>('/first/environment');
    expect(environment).toMatchObject({
      SECRET_TOKEN: 'hunter2',
      FROM_IMAGE: 'yes',
      SANDGATE_DATA_DIR: '/var/lib/sandgate',
    });
    expect(environment.SANDGATE_TOOLS_UID).toBe(isRoot ? '1000' : undefined);
    expect(Object.keys(environment).filter((name) => /^(npm_|VITEST|USER$)/.test(name))).toEqual([]);
  });

  it('keeps the environment out of every argv', async () => {
    const lines = readdirSync('/proc').flatMap((pid) => {
      try {
        return [String(readCommandLine(pid))];
      } catch {
        return [];
      }
    });
    expect(lines.filter((line) => line.includes('hunter2'))).toEqual([]);
  });

  it('reaches a server that listens on 0.0.0.0, and not one that listens on 127.0.0.1', async () => {
    expect((await run('first', 'curl -s http://127.0.0.1:9090/')).stdout).toBe('only from inside');
    const response = await get('/first/hello?port=9090');
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('not listening');
  });

  it('gives every sandbox files, processes and ports of its own', async () => {
    await run('first', 'echo mine > /workspace/note; touch /tmp/note; (sleep 4242 &) >/dev/null 2>&1', 'tools');
    expect(await text('/second/hello')).toBe('hello');
    const seen = await run('second', 'ls /workspace /tmp; cat /proc/[0-9]*/cmdline | tr "\\0" " "');
    expect(seen.stdout).not.toContain('note');
    expect(seen.stdout).not.toContain('4242');
    expect(seen.stdout).not.toContain('engine');
  });

  it('shows nothing of the host but an allow-list', async () => {
    const { stdout } = await run(
      'first',
      'ls -A /; echo; ls -A /home /root /sys /mnt /etc/shadow 2>&1; cat /etc/passwd',
    );
    expect(stdout.split('\n\n')[0]?.split('\n')).toEqual(
      expect.arrayContaining(['app', 'dev', 'etc', 'home', 'proc', 'run', 'tmp', 'usr', 'var', 'workspace']),
    );
    expect(stdout).toMatch(/cannot access '\/root'/);
    expect(stdout).toMatch(/cannot access '\/sys'/);
    expect(stdout).toMatch(/cannot access '\/etc\/shadow'/);
    expect(stdout.match(/^\w+:x:/gm)).toEqual(['root:x:', 'agent:x:', 'nobody:x:']);
  });

  it('refuses new namespaces, mounts, tracing and strange sockets', async () => {
    for (const command of ['unshare --user true', 'unshare --net true', 'mount -t tmpfs x /tmp', 'chroot / true']) {
      expect(await run('first', command), command).toMatchObject({ status: expect.any(Number), stdout: '' });
      expect((await run('first', command)).status, command).not.toBe(0);
    }
    const { stdout } = await run('first', 'grep -E "^(Seccomp|NoNewPrivs):" /proc/self/status');
    expect(stdout).toMatch(/NoNewPrivs:\s1/);
    expect(stdout).toMatch(/Seccomp:\s2/);
  });

  it('leaves no descriptor of the engine open inside', async () => {
    const { stdout } = await run('first', 'ls -l /proc/1/fd /proc/2/fd');
    expect(stdout).not.toMatch(/sandgate|engine\.sock/);
  });

  it.runIf(isRoot)('keeps the server from the tools: its environment, its records, its life', async () => {
    const attempts = [
      'cat /proc/2/environ',
      'cat /proc/1/environ',
      'cat /proc/2/maps',
      'ls /var/lib/sandgate',
      'kill -9 2',
      'kill -9 1',
      'touch /app/x',
      'touch /etc/x',
    ];
    for (const command of attempts) {
      const { status, stdout } = await run('first', command, 'tools');
      expect({ command, refused: status !== 0, stdout }).toEqual({ command, refused: true, stdout: '' });
    }
    expect(
      (await run('first', 'id -u; stat -c %u:%a /workspace /home/agent; touch /workspace/ok && echo ok', 'tools'))
        .stdout,
    ).toBe('1000\n1000:755\n1000:755\nok\n');
    expect((await run('first', 'id -u; stat -c %u:%a /var/lib/sandgate; grep CapEff /proc/self/status')).stdout).toBe(
      '0\n0:700\nCapEff:\t00000000000000e0\n',
    );
  });

  it('lets out only what a handler of the Worker takes, and tells it who asks', async () => {
    const handled = await fetchFrom('first', 'http://model.test/v1?x=1');
    expect(JSON.parse(handled.body ?? '')).toMatchObject({ url: 'http://model.test/v1?x=1', method: 'GET' });
    const other = JSON.parse((await fetchFrom('second', 'http://model.test/')).body ?? '');
    expect(other.sandbox).not.toBe(JSON.parse(handled.body ?? '').sandbox);

    for (const target of [
      'http://other.test/',
      'http://10.0.0.1/',
      'http://169.254.169.254/',
      `http://[fe80::1]:${url.port}/`,
    ]) {
      expect(await fetchFrom('first', target), target).toHaveProperty('error');
    }
    const direct = await run('first', 'curl -sS -m 2 --noproxy "*" http://1.1.1.1/ 2>&1');
    expect(direct.status).not.toBe(0);
  });

  it('takes a proxy request in absolute form as well', async () => {
    const { stdout } = await run('first', 'curl -s -x http://127.0.0.1:3128 http://model.test/plain', 'tools');
    expect(JSON.parse(stdout ?? '')).toMatchObject({ url: 'http://model.test/plain' });
    const refused = await run(
      'first',
      'curl -s -o /dev/null -w "%{http_code}" -x http://127.0.0.1:3128 http://other.test/',
    );
    expect(refused.stdout).toBe('403');
  });

  it('carries a WebSocket', async () => {
    const socket = new WebSocket(new URL('/first/socket', url));
    const answer = await new Promise((resolve, reject) => {
      socket.onmessage = ({ data }) => resolve(data);
      socket.onerror = () => reject(new Error('the WebSocket failed'));
      socket.onopen = () => socket.send('hello');
    });
    socket.close();
    expect(answer).toBe('HELLO');
  });

  it.each(['end', 'destroy'] as const)('tells the server when workerd hangs up: by %s', async (how) => {
    const aborted = async () => Number(await text('/first/aborted'));
    const before = await aborted();
    const socket = createConnection(await sidecarPort(engine.ready.socket), '127.0.0.1');
    socket.write('CONNECT 127.0.0.1:8080 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n');
    await once(socket, 'data');
    socket.write('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket[how]();
    expect(await eventually(async () => (await aborted()) === before + 1)).toBe(true);
  });

  it('takes an upload of 30 MB', async () => {
    const body = Buffer.alloc(30 << 20, 'sandgate');
    const response = await fetch(new URL('/first/upload', url), { method: 'POST', body });
    expect(await response.text()).toBe(createHash('sha256').update(body).digest('hex'));
  });

  const execute = async (body: object) => {
    const response = await fetch(new URL('/first/exec', url), { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as { stdout: string; stderr: string; exitCode: number };
  };

  it('runs further programs in a container, confined as the others', async () => {
    const shown = await execute({
      command: [
        'sh',
        '-c',
        'id -u; pwd; echo $GIVEN; grep -E "^(Seccomp|NoNewPrivs|CapEff|CapPrm):" /proc/self/status; exit 3',
      ],
      env: { GIVEN: 'yes' },
      cwd: '/tmp',
    });
    const kept = isRoot ? 'e0' : '00';
    expect(shown.stdout).toBe(
      `0\n/tmp\nyes\nCapPrm:\t00000000000000${kept}\nCapEff:\t00000000000000${kept}\nNoNewPrivs:\t1\nSeccomp:\t2\n`,
    );
    expect(shown.exitCode).toBe(3);
    expect(await execute({ command: ['cat'], input: 'through cat' })).toEqual({
      stdout: 'through cat',
      stderr: '',
      exitCode: 0,
    });
    expect((await execute({ command: ['/no/such/program'] })).exitCode).toBe(127);
    expect((await execute({ command: ['unshare', '--user', 'true'] })).exitCode).not.toBe(0);
  });

  it.runIf(isRoot)('runs them as the tools’ user where asked, without the server’s variables', async () => {
    const { stdout } = await execute({
      command: [
        'sh',
        '-c',
        'id -u; env; cat /proc/2/environ; grep CapEff /proc/self/status; touch /workspace/by-exec && echo ok',
      ],
      user: 'agent',
    });
    expect(stdout).toMatch(/^1000\n/);
    expect(stdout).toMatch(/CapEff:\t0000000000000000\nok\n$/);
    expect(stdout).not.toContain('hunter2');
  });

  it('ends a program that was started so', async () => {
    const began = performance.now();
    const { exitCode } = await execute({ command: ['sleep', '20'], kill: 15 });
    expect(exitCode).toBe(143);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('starts twenty sandboxes at once, and tells the Worker them apart', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    expect(await Promise.all(names.map((name) => text(`/${name}/hello`)))).toEqual(names.map(() => 'hello'));
    const asked = await Promise.all(names.map((name) => fetchFrom(name, 'http://model.test/')));
    const identities = asked.map(({ body = '{}' }) => JSON.parse(body).sandbox);
    expect(new Set(identities).size).toBe(20);
    await Promise.all(names.map((name) => get(`/${name}/destroy`)));
  });

  it('destroys a sandbox with its disk, and starts a clean one under the same name', async () => {
    await run('doomed', 'echo old > /workspace/note', 'tools');
    await get('/doomed/destroy');
    expect((await run('doomed', 'ls /workspace')).stdout).toBe('');
  });

  it('starts again after the server crashed', async () => {
    expect(await text('/crashing/exit?code=3')).toBe('bye');
    const again = await eventually(async () => (await get('/crashing/hello')).ok);
    expect(again).toBe(true);
  });

  it('lets only its own user at the socket', () => {
    expect(statSync(engine.ready.socket).mode & 0o777).toBe(0o600);
    expect(statSync(`${folder}/state`).mode & 0o777).toBe(0o700);
  });

  it('opens the way in again when its relay is killed, and leaves nothing of either', async () => {
    expect(await text('/relayed/hello')).toBe('hello');
    const relays = () =>
      descendants(engine.process.pid as number).filter((process) => /^socat\0/.test(commandOf(process)));
    for (const { pid } of relays()) process.kill(pid, 'SIGKILL');
    expect(await eventually(async () => (await text('/relayed/hello')) === 'hello')).toBe(true);
    const again = relays();
    expect(again.length).toBeGreaterThan(0);
    for (const name of ['first', 'second', 'relayed', 'crashing', 'doomed']) await get(`/${name}/destroy`);
    expect(await poll(() => !again.some(isAlive), 60_000)).toBe(true);
    expect(readdirSync(`${folder}/state/containers`)).toEqual([]);
  });

  it('serves the next workerd when one is killed, which finds its sandboxes and ends them', async () => {
    expect(await text('/orphan/hello')).toBe('hello');
    const [workerd] = descendants(process.pid).filter((each) => /^[^\0]*workerd\0/.test(commandOf(each)));
    process.kill(workerd?.pid as number, 'SIGKILL');
    await miniflare.dispose().catch(() => {});
    ({ miniflare, url } = await startStack(engine.ready.socket));
    expect(await eventually(async () => (await text('/orphan/hello')) === 'hello')).toBe(true);
    await get('/orphan/destroy');
    expect(readdirSync(`${folder}/state/containers`)).toEqual([]);
  });

  it('leaves no process behind when it is killed, and starts clean', async () => {
    await text('/first/hello');
    const children = descendants(engine.process.pid as number);
    expect(children.length).toBeGreaterThan(3);
    await engine.end('SIGKILL');
    expect(await poll(() => !children.some(isAlive), 60_000)).toBe(true);

    engine = await EngineProcess.start(folder);
    expect(readdirSync(`${folder}/state/containers`)).toEqual([]);
    expect(await eventually(async () => (await get('/first/hello')).ok)).toBe(true);
    expect((await run('first', 'ls /workspace')).stdout).toBe('');
  });

  it('ends its containers and removes its socket when it is asked to end', async () => {
    const children = descendants(engine.process.pid as number);
    expect(children.length).toBeGreaterThan(3);
    expect(await engine.end('SIGTERM')).toBe(0);
    expect(await poll(() => !children.some(isAlive), 60_000)).toBe(true);
    expect(existsSync(engine.ready.socket)).toBe(false);
  });
});

describe.skipIf(process.platform !== 'linux')('the engine by itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-engine-'));
  let engine: EngineProcess;

  beforeAll(async () => {
    writeImage(folder);
    engine = await EngineProcess.start(folder);
  });

  afterAll(async () => {
    await engine?.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const docker = (method: string, path: string, body?: unknown) =>
    new DockerClient(engine.ready.socket).call(method, path, body);
  const start = async (name: string, command?: string[]) => {
    await docker('POST', `/containers/create?name=${name}`, { Image: 'any', Cmd: command ?? [], Env: [] });
    return docker('POST', `/containers/${name}/start`);
  };

  it('reports exit codes as Docker does', async () => {
    await start('exits', ['/bin/sh', '-c', 'exit 7']);
    expect(await docker('POST', '/containers/exits/wait')).toMatchObject({ status: 200, body: { StatusCode: 7 } });
    await start('killed', ['/bin/sleep', '1000']);
    await docker('POST', '/containers/killed/kill?signal=SIGTERM');
    expect(await docker('POST', '/containers/killed/wait')).toMatchObject({ body: { StatusCode: 143 } });
    await start('forced', ['/bin/sleep', '1000']);
    await docker('POST', '/containers/forced/kill?signal=SIGKILL');
    expect(await docker('POST', '/containers/forced/wait')).toMatchObject({ body: { StatusCode: 137 } });
  });

  it.each([0, 5, 20, 60])('ends a container that is killed %s ms after its start was asked for', async (ms) => {
    const name = `killed-early-${ms}`;
    const started = start(name, ['/bin/sleep', '1000']);
    await new Promise((resolve) => setTimeout(resolve, ms));
    // Before it is made, or before it is started, there is nothing to kill.
    let killed: { status: number };
    do killed = await docker('POST', `/containers/${name}/kill?signal=SIGKILL`);
    while (killed.status !== 204);
    expect(await docker('POST', `/containers/${name}/wait`)).toMatchObject({ body: { StatusCode: 137 } });
    await started;
  });

  it('gives a server that will not end its time, and then ends it', async () => {
    await start('stubborn', ['/bin/sh', '-c', 'trap "" TERM; echo deaf; while :; do sleep 0.1; done']);
    const printed = async () => unframe((await docker('GET', '/containers/stubborn/logs?stdout=1')).raw);
    await expect.poll(printed).toBe('deaf\n');
    const before = performance.now();
    expect(await docker('POST', '/containers/stubborn/stop?t=1')).toMatchObject({ status: 204 });
    expect(performance.now() - before).toBeGreaterThan(900);
    expect(await docker('GET', '/containers/stubborn/json')).toMatchObject({
      body: { State: { Status: 'exited', ExitCode: 137 } },
    });
    expect(await docker('POST', '/containers/stubborn/stop')).toMatchObject({ status: 304 });
  });

  it('says so when a program is not there, and leaves nothing', async () => {
    await start('missing', ['/no/such/program']);
    expect(await docker('POST', '/containers/missing/wait')).toMatchObject({ body: { StatusCode: 127 } });
    expect(readdirSync(`${folder}/state/containers`)).toEqual([]);
  });

  it.skipIf(!isRoot)(
    'holds a sandbox to its memory and its number of processes',
    async () => {
      if (engine.ready.limits === 'prlimit') return;
      const eat = 'const all=[];for(;;)all.push(Buffer.alloc(64<<20,1))';
      await start('hungry', ['/usr/local/bin/node', '-e', eat]);
      expect(await docker('POST', '/containers/hungry/wait')).toMatchObject({ body: { StatusCode: 137 } });
      expect(await docker('GET', '/containers/hungry/json')).toMatchObject({ body: { State: { OOMKilled: true } } });
      await start('forking', ['/bin/sh', '-c', 'i=0; while [ $i -lt 700 ]; do sleep 100 & i=$((i+1)); done; exit 0']);
      expect(await docker('POST', '/containers/forking/wait')).toMatchObject({ body: { StatusCode: 2 } });
    },
    60_000,
  );

  it.skipIf(!isRoot)(
    'leaves others their part of the processors, however many sandboxes are busy',
    async ({ skip }) => {
      skip(engine.ready.limits !== 'cgroup1', 'where there are no groups for cpu, nothing is promised');
      // All on one processor, so that they meet.
      const [, processor = ''] = /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
      const spin = ['-c', processor, 'sh', '-c', 'while :; do :; done'];
      const names = Array.from({ length: 8 }, (_, index) => `busy-${index}`);
      for (const name of names) await start(name, ['taskset', ...spin, `${folder}-inside`]);
      // In a session of its own: by itself it weighs as much as a sandbox would by itself (autogroup, sched(7)).
      const other = spawn('taskset', [...spin, `${folder}-outside`], { detached: true, stdio: 'ignore' });
      const used = (where: string) => cpuTimes(`${folder}-${where}`);
      try {
        await expect.poll(() => used('inside').filter((time) => time > 100_000), patient).toHaveLength(8);
        await expect.poll(() => used('outside').filter((time) => time > 100_000), patient).toHaveLength(1);
        const [inside, outside] = [sum(used('inside')), sum(used('outside'))];
        const more = () => [sum(used('inside')) - inside, sum(used('outside')) - outside] as [number, number];
        await expect.poll(() => sum(more()), patient).toBeGreaterThan(1_000_000);
        // Together they use as much as the other, and by themselves would use eight times as much.
        const [ofAll, ofOther] = more();
        expect(ofAll).toBeLessThan(4 * ofOther);
      } finally {
        other.kill('SIGKILL');
        for (const name of names) await docker('POST', `/containers/${name}/kill`);
      }
    },
  );

  it('refuses what it does not emulate, in words', async () => {
    await start('plain', ['/bin/sleep', '1000']);
    expect(await docker('POST', '/containers/plain/exec', { Cmd: ['true'], Tty: true })).toMatchObject({ status: 501 });
    expect(await docker('POST', '/containers/plain/exec', { Cmd: ['true'], User: 'mallory' })).toMatchObject({
      status: 400,
    });
    expect(await docker('POST', '/containers/nobody/exec', { Cmd: ['true'] })).toMatchObject({ status: 404 });
    expect(await docker('GET', '/swarm')).toMatchObject({
      status: 501,
      body: { message: expect.stringContaining('/swarm') },
    });
    expect(await docker('GET', '/containers/nobody/json')).toMatchObject({ status: 404 });
    expect(await docker('POST', '/containers/create?name=plain', {})).toMatchObject({ status: 409 });
    expect(await docker('POST', '/containers/create?name=..%2Fx', {})).toMatchObject({ status: 400 });
  });

  const exec = (name: string, command: string[]) => new DockerClient(engine.ready.socket).exec(name, command);

  it('runs further programs for a client that does not upgrade', async () => {
    expect(await exec('plain', ['sh', '-c', 'echo out; exit 4'])).toEqual({ output: 'out\n', exitCode: 4 });
  });

  it('unpacks an archive before the start and after, as the user whose folder it is', async () => {
    const archive = execFileSync('tar', ['--create', '--directory', folder, 'image/image.json', 'image/app']);
    await docker('POST', '/containers/create?name=unpacked', { Cmd: ['/bin/sleep', '1000'] });
    expect(await docker('PUT', '/containers/unpacked/archive?path=/workspace', archive)).toMatchObject({ status: 200 });
    await docker('POST', '/containers/unpacked/start');
    expect(await docker('PUT', '/containers/unpacked/archive?path=/var/lib/sandgate', archive)).toMatchObject({
      status: 200,
    });
    const { output } = await exec('unpacked', [
      'sh',
      '-c',
      'stat -c "%u %n" /workspace/image/image.json /var/lib/sandgate/image/app/server.js',
    ]);
    expect(output).toBe(`${isRoot ? 1000 : 0} /workspace/image/image.json\n0 /var/lib/sandgate/image/app/server.js\n`);
    expect(await docker('PUT', '/containers/unpacked/archive?path=/usr', archive)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('/usr') },
    });
    expect(await docker('PUT', '/containers/unpacked/archive?path=relative', archive)).toMatchObject({ status: 400 });
  });

  it('keeps what a container printed after its end', async () => {
    await start('printing', ['/bin/sh', '-c', 'echo one; echo two >&2; exit 1']);
    await docker('POST', '/containers/printing/wait');
    expect(unframe((await docker('GET', '/containers/printing/logs?stdout=1')).raw)).toBe('one\n');
    expect(unframe((await docker('GET', '/containers/printing/logs?stderr=true')).raw)).toBe('two\n');
  });

  it('refuses a second engine on the same state', async () => {
    await expect(EngineProcess.start(folder)).rejects.toThrow(/exit 1: .*already uses this state folder/);
    expect(existsSync(engine.ready.socket)).toBe(true);
    expect(await docker('GET', '/_ping')).toMatchObject({ status: 200 });
  });
});

function readCommandLine(pid: string): Buffer {
  return process.getBuiltinModule('node:fs').readFileSync(`/proc/${Number(pid)}/cmdline`);
}

const commandOf = ({ pid }: ProcessIdentity) => {
  try {
    return readCommandLine(String(pid)).toString();
  } catch {
    return '';
  }
};

/** All that a process has started, and what that has started, by number and start time. */
function descendants(root: number): ProcessIdentity[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    try {
      const stat = process.getBuiltinModule('node:fs').readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(entry, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === root || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow).flatMap((pid) => identify(pid) ?? []);
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** The CPU times of the programs that were started with this argument, in microseconds. */
function cpuTimes(argument: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return readCommandLine(pid).toString().split('\0').includes(argument) ? [cpuTime([Number(pid)])] : [];
    } catch {
      return []; // It is no process, or ended while we looked.
    }
  });
}

/** Tries until it holds: after a crash the Durable Object may take one request to notice. */
async function eventually(check: () => Promise<boolean>, milliseconds = 60_000): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (Date.now() < deadline) {
    if (await check().catch(() => false)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Where workerd dials: the sandbox that was there first is the first in the list. */
async function sidecarPort(socket: string): Promise<number> {
  const docker = new DockerClient(socket);
  const { body: list } = await docker.call('GET', '/containers/json?all=true');
  const sidecar = (list as { Id: string; Names: string[] }[]).find(({ Names }) => Names[0]?.endsWith('-proxy'));
  const { body } = await docker.call('GET', `/containers/${sidecar?.Id}/json`);
  const { NetworkSettings } = body as { NetworkSettings: { Ports: Record<string, { HostPort: string }[]> } };
  return Number(NetworkSettings.Ports['39001/tcp']?.[0]?.HostPort);
}
