import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/** What decides where the socket is: the machine, seen from here. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  home: string;
  /** @throws ENOENT where the path does not exist, EACCES where we may not use it. */
  probe(path: string): Promise<void>;
}

const settle = 'start Docker or Podman, or say where its socket is: DOCKER_HOST=unix:///path/to/docker.sock';

/**
 * Finds the socket of Docker or Podman: the one that `DOCKER_HOST` names, else the first that is there.
 *
 * @throws with what to do, where there is none or it is not ours to use.
 */
export async function findSocket({ env, home, probe }: Surroundings): Promise<string> {
  const named = env.DOCKER_HOST;
  if (named !== undefined && named !== '') {
    const path = /^unix:\/\/(\/.+)$/.exec(named)?.[1];
    if (!path)
      throw new Error(`DOCKER_HOST is "${named}": only a socket of this machine will do, as in unix:///path/to/it.`);
    if (await isUsable(path, probe)) return path;
    throw new Error(`DOCKER_HOST names ${path}, and nothing is there: ${settle}.`);
  }
  const places = candidates(env, home);
  for (const path of places) if (await isUsable(path, probe)) return path;
  throw new Error(`No socket of Docker or Podman at ${places.join(', ')}: ${settle}.`);
}

/** Docker's own, Podman's with and without root, and those that programs for macOS put into the home. */
export function candidates(env: NodeJS.ProcessEnv, home: string): string[] {
  return [
    '/var/run/docker.sock',
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
    join(home, '.docker/run/docker.sock'),
    join(home, '.colima/default/docker.sock'),
  ];
}

async function isUsable(path: string, probe: Surroundings['probe']): Promise<boolean> {
  try {
    await probe(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    if (code === 'EACCES' || code === 'EPERM')
      throw new Error(
        `${path} is there, and this user may not use it: join its group (usually \`sudo usermod -aG docker $USER\`, then ` +
          'log in again; whoever may use it is as good as root), or use rootless Podman.',
      );
    throw error;
  }
}

export const probeSocket = (path: string): Promise<void> => access(path, constants.R_OK | constants.W_OK);
