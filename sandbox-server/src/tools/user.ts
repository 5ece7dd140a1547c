import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { trustEnvironment } from './trust.ts';

/** Who the agent's tools run as, and what they find. Without a `uid` they run as the server does. */
export interface ToolsUser {
  uid: number | undefined;
  gid: number | undefined;
  /** Where they work. */
  workspace: string;
  /** The whole of their environment, but for whom they trust. */
  env: Record<string, string>;
}

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
const passedOn = ['TERM', ...proxies, 'NODE_USE_ENV_PROXY'];

/** An allow-list: what is not named here or in the session's variables does not reach a tool. */
export function toolsEnvironment(
  env: NodeJS.ProcessEnv,
  home: string,
  sessionEnv: Record<string, string>,
): Record<string, string> {
  const tools: Record<string, string> = {
    PATH: env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: home,
    LANG: env.LANG ?? 'C.UTF-8',
    TMPDIR: env.TMPDIR ?? '/tmp',
  };
  for (const name of passedOn) {
    const value = env[name];
    if (value !== undefined) tools[name] = value;
  }
  return { ...tools, ...sessionEnv };
}

/** As they are once they may reach out. Looked at each time: the authority may be put there while the server starts. */
export function trusting(user: ToolsUser): ToolsUser {
  return { ...user, env: { ...trustEnvironment(), ...user.env } };
}

/**
 * Starts a process as the tools' user, in a process group of its own. It starts in `/` and enters the workspace itself:
 * Node would do that before it changes the user, and the server has no rights there.
 *
 * @throws where the system refuses at once, as for a variable with a NUL in it; a missing program is an `error` event.
 */
export function spawnAsTools(
  user: ToolsUser,
  command: string,
  args: readonly string[],
  stdio: SpawnOptions['stdio'],
): ChildProcess {
  const { uid, gid, env } = user;
  const identity = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
  const child = spawn(command, args, {
    ...{ ...identity, cwd: '/', env, detached: true },
    ...(stdio !== undefined && { stdio }),
  });
  if (child.stdio) return child;
  // Without a descriptor left Node leaves even the streams away, whatever its types say.
  child.once('error', () => {});
  throw Object.assign(new Error('There is no descriptor left for a process.'), { code: 'EMFILE' });
}
