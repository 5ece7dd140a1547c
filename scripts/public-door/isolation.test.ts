import { type Event, gatewayRoutes } from '@sandgate/api-spec';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { chat, createSession, eventsOf, expectCall, only, readUntil, run, script } from './door.ts';
import { onDocker } from './test-engine.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const { isolation } = await expectCall<{ isolation: string }>(door, 200, gatewayRoutes.health);

/** Reads the output of a tool until it ends so. */
async function outputUntil(events: AsyncIterator<Event>, end: string): Promise<string> {
  let output = '';
  while (!output.endsWith(end)) output += only(await readUntil(events, 'tool.delta'), 'tool.delta')[0]?.text;
  return output;
}

describe('two sessions', () => {
  let left = '';
  let right = '';

  beforeAll(async () => {
    left = (await createSession(door, { permissionMode: 'bypass' })).id;
    right = (await createSession(door, { permissionMode: 'bypass' })).id;
    await run(door, left, 'echo secret > /workspace/left.txt; echo secret > /tmp/left.txt');
  });

  it('cannot see each other’s files', async () => {
    const { outputText } = await run(door, right, 'ls /workspace /tmp; find / -name left.txt 2>/dev/null; echo end');
    expect(outputText).not.toContain('left.txt');
    expect(outputText).toMatch(/end\n$/);
  });

  it('cannot see each other’s processes, though each sees its own', async () => {
    const look = 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n" | grep -x "left[-]process"';
    const start = `node -e 'setTimeout(() => {}, 300_000)' left-process & until ${look}; do sleep 0.1; done; wait`;
    const events = eventsOf(await chat(door, left, script(start)));
    expect(await outputUntil(events, '\n')).toBe('left-process\n');
    expect((await run(door, right, `${look}; echo end`)).outputText).toBe('end\n');
    await expectCall(door, 200, gatewayRoutes.interrupt, { params: { sessionId: left } });
  });

  it('cannot reach each other’s ports, though each reaches its own', async () => {
    const listen = `node -e '
      const addresses = Object.values(os.networkInterfaces()).flat().filter(({ scopeid }) => !scopeid).map(({ address }) => address);
      const reach = (host) => fetch("http://" + (host.includes(":") ? "[" + host + "]" : host) + ":9999").then((response) => response.text(), () => "unreached");
      http.createServer((_, response) => response.end("left")).listen(9999, "::", async () => {
        for (const address of addresses) console.log(await reach(address), address);
        console.log("up");
      });'`;
    const events = eventsOf(await chat(door, left, script(listen)));
    const own = await outputUntil(events, 'up\n');
    const addresses = own
      .split('\n')
      .slice(0, -2)
      .map((line) => line.split(' ') as [string, string]);
    expect(addresses).toContainEqual(['left', '127.0.0.1']);
    expect(addresses.map(([answer]) => answer)).not.toContain('unreached');

    const hosts = [...addresses.map(([, address]) => address), '10.0.0.1', '172.17.0.1'];
    const connect = `timeout 2 bash -c true || echo no bash; for host in ${hosts.join(' ')}; do
      timeout 2 bash -c "exec 3<>/dev/tcp/$host/9999 && echo reached" 2>/dev/null || echo "unreached $host"; done`;
    const { outputText } = await run(door, right, connect);
    expect(outputText).toBe(hosts.map((host) => `unreached ${host}\n`).join(''));
    await expectCall(door, 200, gatewayRoutes.interrupt, { params: { sessionId: left } });
  });
});

it('holds a sandbox by as much as this user may have', () => {
  expect(isolation).toBe(process.getuid?.() === 0 ? 'root' : 'unprivileged');
});

describe('the agent’s tools', () => {
  const ask = `fetch("http://127.0.0.1:8080/resume", {method: "POST", headers: {"content-type": "application/json"}, body: "{}"}).then((r) => console.log("resume", r.status))`;
  const steal = `(id -u; echo "own: $SANDGATE_SECRET"; cat /proc/[0-9]*/environ | tr "\\0" "\\n"; ls /var/lib/sandgate; node -e '${ask}') 2>&1`;

  it('cannot read the server’s secret, nor answer for a person', async ({ skip }) => {
    skip(isolation !== 'root', 'the next test says what is promised here');
    const { id } = await createSession(door);
    const { outputText } = await run(door, id, steal);
    expect(outputText).toMatch(/^1000\nown: \n/);
    expect(outputText).not.toContain('SANDGATE_SECRET');
    expect(outputText).toContain('Permission denied');
    expect(outputText).toContain('resume 401');
  });

  it('are not handed the server’s secret, but share its user, where there is one user only', async ({ skip }) => {
    skip(isolation !== 'unprivileged', 'they have a user of their own');
    const { id } = await createSession(door);
    const { outputText } = await run(door, id, steal);
    expect(outputText).toMatch(/^0\nown: \n/);
    // What the README does not promise in this mode. Of a neighbour's it shows nothing.
    expect(new Set(outputText?.match(/^SANDGATE_SECRET=.+$/gm)).size).toBe(1);
    expect(outputText).toContain('resume 401');
  });

  it('reach no network', async () => {
    const { id } = await createSession(door);
    const { outputText } = await run(
      door,
      id,
      `node -e 'fetch("http://example.com").then((r) => console.log("status", r.status), (e) => console.log("failed"))'; cat /proc/net/dev | grep -c :; timeout 2 bash -c 'echo > /dev/tcp/1.1.1.1/53' 2>&1; echo end`,
    );
    expect(outputText).toMatch(/failed|status 403|status 5\d\d/);
    if (!onDocker) expect(outputText).toMatch(/^1$/m);
    expect(outputText).toMatch(onDocker ? /refused/i : /unreachable/i);
  });
});

// Docker may know no bound, and then it is the machine that ends.
describe.skipIf(onDocker)('a session that forks without end', () => {
  it('is held to its own share, and its neighbours go on', async () => {
    const [bomb, neighbour] = await Promise.all([createSession(door), createSession(door)]);
    const fork = `perl -e 'while (defined(my $p = fork)) { if (!$p) { sleep 5; exit } $n++ } print "stopped after $n: $!\\n"; sleep 2'`;
    const [bombed, answered] = await Promise.all([
      run(door, bomb.id, fork),
      run(door, neighbour.id, 'for i in $(seq 40); do /bin/echo $i; sleep 0.05; done'),
    ]);
    const [, count] = /stopped after (\d+): Resource temporarily unavailable/.exec(bombed.outputText ?? '') ?? [];
    expect(Number(count)).toBeLessThan(512);
    expect(answered.outputText).toMatch(/^40$/m);
  });
});
