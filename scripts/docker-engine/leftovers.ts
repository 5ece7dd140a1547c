import { type DockerClient, DockerError } from './docker-client.ts';

/** Removes the containers whose names begin so, and what they wrote; all others are somebody else's. */
export async function removeContainers(docker: DockerClient, prefix: string): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ name: [prefix] }));
  const found = await docker.get<{ Id: string; Names: string[] }[]>(`/containers/json?all=1&filters=${filters}`);
  // The filter is a pattern, which need not match at the beginning.
  const ours = found.filter(({ Names }) => Names.some((name) => name.replace(/^\//, '').startsWith(prefix)));
  // A sidecar lends its network to the sandbox, and cannot go before it.
  const isSidecar = ({ Names }: { Names: string[] }) => Names.some((name) => name.endsWith('-proxy'));
  for (const kind of [ours.filter((one) => !isSidecar(one)), ours.filter(isSidecar)])
    await Promise.all(kind.map(({ Id }) => remove(docker, Id)));
  return ours.length;
}

async function remove(docker: DockerClient, id: string): Promise<void> {
  try {
    (await docker.send('DELETE', `/containers/${id}?force=true&v=true`)).resume();
  } catch (error) {
    // Gone, or going: workerd removes them too.
    if (!(error instanceof DockerError) || ![404, 409].includes(error.status)) throw error;
  }
}
