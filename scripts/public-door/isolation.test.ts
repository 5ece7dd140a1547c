import { gatewayRoutes } from '@sandgate/api-spec';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { chat, createSession, eventsOf, expectCall, readUntil, run, script } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

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

  it('cannot see each other’s processes', async () => {
    const events = eventsOf(await chat(door, left, script('echo up; exec -a left-process sleep 300')));
    await readUntil(events, 'tool.delta');
    const { outputText } = await run(door, right, 'cat /proc/[0-9]*/cmdline | tr "\\0" "\\n"; echo end');
    expect(outputText).toMatch(/end\n$/);
    expect(outputText).not.toContain('left-process');
    await expectCall(door, 200, gatewayRoutes.interrupt, { params: { sessionId: left } });
  });

  it('cannot reach each other’s ports, though each reaches its own', async () => {
    const listen = `node -e 'require("net").createServer((s) => s.end("reached")).listen(9999, "0.0.0.0", () => console.log("up"))'`;
    const events = eventsOf(await chat(door, left, script(listen)));
    await readUntil(events, 'tool.delta');
    const connect = `(exec 3<>/dev/tcp/127.0.0.1/9999 && cat <&3) 2>&1; for ip in $(hostname -I 2>/dev/null) 10.0.0.1 172.17.0.1; do timeout 1 bash -c "cat < /dev/tcp/$ip/9999" 2>&1; done; echo end`;
    const { outputText } = await run(door, right, connect);
    expect(outputText).toMatch(/end\n$/);
    expect(outputText).not.toMatch(/^reached/m);
    await expectCall(door, 200, gatewayRoutes.interrupt, { params: { sessionId: left } });
  });
});

describe('the agent’s tools', () => {
  it('cannot read the server’s secret, nor answer for a person', async () => {
    const { id } = await createSession(door);
    const ask = `fetch("http://127.0.0.1:8080/resume", {method: "POST", headers: {"content-type": "application/json"}, body: "{}"}).then((r) => console.log("resume", r.status))`;
    const steal = 'id -u; env; cat /proc/[0-9]*/environ | tr "\\0" "\\n"; ls /var/lib/sandgate';
    const { outputText } = await run(door, id, `(${steal}; node -e '${ask}') 2>&1`);
    expect(outputText).toMatch(/^1000\n/);
    expect(outputText).not.toContain('SANDGATE_SECRET');
    expect(outputText).toContain('Permission denied');
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
    expect(outputText).toMatch(/^1$/m);
    expect(outputText).toMatch(/unreachable/i);
  });
});
