import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DockerClient } from '../docker-engine/docker-client.ts';
import { namespaceOf } from '../docker-engine/docker-engine.ts';
import { findSocket, probeSocket } from '../docker-engine/socket.ts';
import { createSession, run } from './door.ts';
import { onDocker } from './test-engine.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

if (!onDocker) console.log('The engine of the machine is not tested: SANDGATE_TEST_ENGINE=docker does.');

describe.runIf(onDocker)('on the engine of the machine', () => {
  describe('a tool', () => {
    /** Tries each address by TCP, as `host port` lines on its standard input. */
    const dial = (targets: string[]) =>
      targets
        .map((target) => `timeout 3 bash -c 'exec 3<>/dev/tcp/${target} && echo reached' 2>/dev/null || echo unreached`)
        .join('\n');

    it('reaches no neighbour, neither by IPv4 nor by IPv6, nor its sidecar', async () => {
      const [left, right] = [await createSession(door), await createSession(door)];
      const addresses = `node -p 'Object.values(os.networkInterfaces()).flat().filter((one) => !one.internal).map(({ address, scopeid }) => address + (scopeid ? "%eth0" : "")).join("\\n")'`;
      const neighbour = (await run(door, left.id, addresses)).outputText?.trim().split('\n') ?? [];
      expect(neighbour.length).toBeGreaterThan(0);
      const targets = [...neighbour.flatMap((host) => [`${host}/8080`, `${host}/39001`]), '127.0.0.1/39001'];
      const { outputText } = await run(door, right.id, dial(['127.0.0.1/8080', ...targets]));
      // Its own server answers there: the tries themselves are sound.
      expect(outputText).toBe(['reached', ...targets.map(() => 'unreached'), ''].join('\n'));
    });
  });

  describe('the stack', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandgate-docker-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    let docker: DockerClient;
    beforeAll(async () => {
      docker = new DockerClient(await findSocket({ env: process.env, home: homedir(), probe: probeSocket }));
    });

    /** A stack in a process of its own, on the same state each time. */
    async function start(): Promise<{ stack: ChildProcess; url: string; apiKey: string }> {
      const program = join(import.meta.dirname, 'stack-process.ts');
      const stack = spawn(process.execPath, [program, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
      const [line] = await once(createInterface({ input: stack.stdout }), 'line');
      return { stack, ...JSON.parse(line) };
    }

    /** Those of the stack, by id. */
    const containers = async () => {
      const all = await docker.get<{ Id: string; Names: string[] }[]>('/containers/json?all=1');
      const isOurs = (name: string) => name.includes(namespaceOf(folder));
      return all
        .filter(({ Names }) => Names.some(isOurs))
        .map(({ Id }) => Id)
        .sort();
    };

    it('removes its containers as it stops, and those of one that was killed as it starts, and no others', async () => {
      const { id: neighbour } = await createSession(door);
      await run(door, neighbour, 'echo here > kept');
      const killed = await start();
      await run(killed, (await createSession(killed)).id, 'true');
      const left = await containers();
      expect(left).toHaveLength(2);
      killed.stack.kill('SIGKILL');
      await once(killed.stack, 'exit');
      expect(await containers()).toEqual(left);

      const next = await start();
      expect(await containers()).toEqual([]);
      await run(next, (await createSession(next)).id, 'true');
      expect(await containers()).toHaveLength(2);
      next.stack.stdin?.end();
      await once(next.stack, 'exit');
      expect(await containers()).toEqual([]);
      expect((await run(door, neighbour, 'cat kept')).outputText).toBe('here\n');
    });
  });
});
