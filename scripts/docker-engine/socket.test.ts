import { describe, expect, it } from 'vitest';
import { candidates, findSocket } from './socket.ts';

/** A machine where these paths are sockets that may be used, and those are there for others only. */
function machine(sockets: string[], env: NodeJS.ProcessEnv = {}, forbidden: string[] = []) {
  const probe = async (path: string) => {
    if (forbidden.includes(path)) throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    if (!sockets.includes(path)) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  };
  return findSocket({ env, home: '/home/ann', probe });
}

describe('findSocket', () => {
  it('takes the first that is there, in the order that the README tells', async () => {
    const places = candidates({ XDG_RUNTIME_DIR: '/run/user/1000' }, '/home/ann');
    expect(places).toEqual([
      '/var/run/docker.sock',
      '/run/user/1000/podman/podman.sock',
      '/run/podman/podman.sock',
      '/home/ann/.docker/run/docker.sock',
      '/home/ann/.colima/default/docker.sock',
    ]);
    for (const [index, place] of places.entries())
      expect(await machine(places.slice(index), { XDG_RUNTIME_DIR: '/run/user/1000' })).toBe(place);
  });

  it('obeys DOCKER_HOST before all others', async () => {
    const named = { DOCKER_HOST: 'unix:///tmp/own.sock' };
    expect(await machine(['/var/run/docker.sock', '/tmp/own.sock'], named)).toBe('/tmp/own.sock');
    await expect(machine(['/var/run/docker.sock'], named)).rejects.toThrow('DOCKER_HOST names /tmp/own.sock');
    expect(await machine(['/var/run/docker.sock'], { DOCKER_HOST: '' })).toBe('/var/run/docker.sock');
  });

  it.each(['tcp://10.0.0.1:2375', 'ssh://host', 'npipe:////./pipe/docker_engine', '/var/run/docker.sock', 'unix://'])(
    'refuses DOCKER_HOST=%s, which is no socket of this machine',
    async (DOCKER_HOST) => {
      await expect(machine(['/var/run/docker.sock'], { DOCKER_HOST })).rejects.toThrow('unix:///path');
    },
  );

  it('says where it looked and what to do, where there is none', async () => {
    await expect(machine([])).rejects.toThrow(/\/var\/run\/docker\.sock.*podman\.sock.*start Docker or Podman/s);
  });

  it('says who may use a socket that this user may not, and goes no further', async () => {
    const others = machine(['/run/podman/podman.sock'], {}, ['/var/run/docker.sock']);
    await expect(others).rejects.toThrow(/usermod -aG docker/);
  });
});
