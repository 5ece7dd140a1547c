import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Stack, startStack } from '../dev/stack.ts';
import { signal } from '../local-engine/processes.ts';
import { DockerClient } from '../local-engine/testing/docker-client.ts';
import { Caller } from './caller.ts';
import { type Host, openHost } from './host.ts';
import { type Actor, PRELUDE, type Try } from './try.ts';

/** What takes longer hangs. */
const CONTROL_SECONDS = 60;

type Attempt = Pick<Try, 'script' | 'file' | 'ask'>;

/** A whole stack, a host worth attacking, a neighbour with something to hide, and a session to attack from. */
export interface World {
  stack: Stack;
  docker: DockerClient;
  caller: Caller;
  neighbour: string;
  /** Runs a script as an attacker, and answers what it printed, with what came of what its caller asked meanwhile. */
  attack(actor: Actor, attempt: Attempt): Promise<string>;
  /** Runs it on the host itself, where nothing holds it, and does what is asked as anybody would. */
  control(attempt: Attempt): Promise<string>;
  /** Whether an output holds what it must not. */
  shows(output: string): string | undefined;
  close(): Promise<void>;
}

/** @param signal ends it while it opens. */
export async function openWorld(signal?: AbortSignal): Promise<World> {
  const host = await openHost();
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-attacked-'));
  let stack: Stack | undefined;
  const close = async () => {
    await stack?.close();
    host.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // The engine inherits it, and must not hand it on.
    process.env.SANDGATE_ATTACK_CANARY = host.token;
    stack = await startStack({ folder, ...(signal && { signal }) });
    delete process.env.SANDGATE_ATTACK_CANARY;
    return await populate(stack, host, folder, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function populate(stack: Stack, host: Host, state: string, close: () => Promise<void>): Promise<World> {
  const docker = new DockerClient(stack.engine.socket);
  const caller = new Caller(stack.url, stack.apiKey);
  const mark = `neighbour-${randomBytes(8).toString('hex')}`;
  const neighbour = await caller.open();
  await caller.run(neighbour, `echo ${mark} > secret; sync secret; (exec -a ${mark} sleep 3600 >/dev/null 2>&1 &)`);

  const knowledge: Record<string, string> = {
    ...host.knowledge,
    STATE: state,
    GATEWAY: stack.url,
    ENGINE_SOCKET: stack.engine.socket,
    RUN_FOLDER: dirname(stack.engine.socket),
    NEIGHBOUR_MARK: mark,
    SIDECAR_PORT: await sidecarPort(docker),
  };
  const attacker = await caller.open(knowledge);
  await caller.run(attacker, 'true');
  const secrets = [host.token, stack.apiKey, masterSecret(state), ...sandboxSecrets()];

  const entered = 'attack-exec';
  await docker.call('POST', `/containers/create?name=${entered}`, { Cmd: ['/bin/sleep', '3600'] });
  await docker.call('POST', `/containers/${entered}/start`);
  let attacks = 0;
  return {
    stack,
    docker,
    caller,
    neighbour,
    attack: async (actor, { script, file, ask }) => {
      if (actor === 'agent') {
        const running = caller.run(attacker, PRELUDE + script).then(({ output }) => output);
        const question =
          ask?.caller ?? (file === undefined ? undefined : (_: Caller, id: string) => caller.read(id, file));
        if (!question) return running;
        if (ask?.once) return [await running, await question(caller, attacker)].join('\n');
        const answers = await askMeanwhile(() => question(caller, attacker), running);
        return [await running, ...answers].join('\n');
      }
      const command = ['/bin/sh', '-c', PRELUDE + script];
      if (actor === 'exec') return (await docker.exec(entered, command, knowledge)).output;
      const name = `attack-${++attacks}`;
      return (await docker.run(name, command, knowledge)).output;
    },
    control: ({ script, file, ask }) => {
      const asked = ask?.host ?? (file === undefined ? undefined : `cat -- "${decodeURIComponent(file)}"`);
      const alone = `cd "$SCRATCH"; (${script}) & while kill -0 $! 2>&-; do ${asked}; done; ${asked}`;
      return runOnHost(PRELUDE + (asked === undefined ? script : alone), { ...knowledge, ...host.controlKnowledge });
    },
    shows: (output) =>
      /ESCAPED: .*/.exec(output)?.[0] ?? (secrets.some((secret) => output.includes(secret)) ? 'a secret' : undefined),
    close,
  };
}

/** Asks until the other has ended, and once more; answers what differs. */
async function askMeanwhile(ask: () => Promise<string>, other: Promise<unknown>): Promise<Set<string>> {
  const answers = new Set<string>();
  let ended = false;
  const end = () => {
    ended = true;
  };
  other.then(end, end);
  while (!ended) answers.add(await ask());
  return answers.add(await ask());
}

/**
 * In a mount namespace and a process group of its own, so that a control leaves nothing behind: neither what it mounts
 * nor what it starts, as a process that it traced and that is stopped ever since.
 */
async function runOnHost(script: string, knowledge: Record<string, string>): Promise<string> {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', HOME: '/', ...knowledge };
  const child = spawn('unshare', ['--mount', '--', '/bin/bash', '-c', script], {
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  await once(child, 'spawn');
  const end = () => signal(-(child.pid as number), 'SIGKILL');
  const deadline = setTimeout(end, CONTROL_SECONDS * 1000);
  child.once('exit', end);
  try {
    return await text(child.stdout);
  } finally {
    clearTimeout(deadline);
  }
}

async function sidecarPort(docker: DockerClient): Promise<string> {
  const { body } = await docker.call('GET', '/containers/json?all=true');
  const sidecar = (body as { Id: string; Names: string[] }[]).find(({ Names }) => Names[0]?.endsWith('-proxy'));
  const inspected = await docker.call('GET', `/containers/${sidecar?.Id}/json`);
  const { NetworkSettings } = inspected.body as { NetworkSettings: { Ports: Record<string, { HostPort: string }[]> } };
  return NetworkSettings.Ports['39001/tcp']?.[0]?.HostPort ?? '1';
}

function masterSecret(state: string): string {
  return readFileSync(join(state, 'master-secret'), 'utf8').trim();
}

/** The secrets of all sandbox servers that run now. */
function sandboxSecrets(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return /SANDGATE_SECRET=([^\0]+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1] ?? [];
      } catch {
        return [];
      }
    });
}
