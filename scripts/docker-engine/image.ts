import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DockerClient, DockerError } from './docker-client.ts';

export interface ImageSource {
  /** Without a tag, which is made of what goes in. */
  name: string;
  /** Each file of the build context, `Dockerfile` among them, by where it lies on this machine. */
  files: Record<string, string>;
  buildArguments?: Record<string, string>;
}

/**
 * Builds an image, unless the very same was built before.
 *
 * @param onLine told what the build says.
 * @param signal ends the build.
 * @returns its name and tag.
 * @throws with the last words of the build, where it fails.
 */
export async function buildImage(
  docker: DockerClient,
  { name, files, buildArguments = {} }: ImageSource,
  onLine: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const image = `${name}:${digestOf(files, buildArguments)}`;
  if (await exists(docker, image)) return image;
  const query = new URLSearchParams({ t: image, rm: '1', forcerm: '1', buildargs: JSON.stringify(buildArguments) });
  const answer = await docker.send('POST', `/build?${query}`, await pack(files), signal);
  const said: string[] = [];
  for await (const line of createInterface({ input: answer })) {
    if (line.trim() === '') continue;
    const { stream, status, error } = JSON.parse(line) as { stream?: string; status?: string; error?: string };
    if (error !== undefined) throw new Error(failure(name, error, said));
    const words = (stream ?? status ?? '').trim();
    if (words === '') continue;
    said.push(words);
    onLine(words);
  }
  // An engine that ends the stream early says nothing of it.
  if (!(await exists(docker, image))) throw new Error(failure(name, 'the build ended without an image', said));
  return image;
}

function digestOf(files: Record<string, string>, buildArguments: Record<string, string>): string {
  const hash = createHash('sha256').update(JSON.stringify([Object.keys(files), buildArguments]));
  for (const path of Object.values(files)) hash.update(createHash('sha256').update(readFileSync(path)).digest());
  return hash.digest('hex').slice(0, 12);
}

async function exists(docker: DockerClient, image: string): Promise<boolean> {
  try {
    (await docker.send('GET', `/images/${image}/json`)).resume();
    return true;
  } catch (error) {
    if (error instanceof DockerError && error.status === 404) return false;
    throw error;
  }
}

/** A tar of the build context. `tar` is wherever Docker or Podman is. */
async function pack(files: Record<string, string>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-build-'));
  try {
    for (const [name, path] of Object.entries(files)) await cp(path, join(folder, name));
    const args = ['-c', '-f', '-', '-C', folder, '.'];
    return execFileSync('tar', args, { maxBuffer: 1 << 28, env: { ...process.env, COPYFILE_DISABLE: '1' } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const unreachable = /pull|registry|no such host|lookup|manifest|TLS|timeout|connection refused/i;

function failure(name: string, error: string, said: string[]): string {
  const advice = unreachable.test(error)
    ? '\nIts base image comes from docker.io: is the network there, and a proxy told to Docker or Podman if you need one?\n' +
      'Without a registry, load the base image from a file first: docker load, or podman load.'
    : '';
  return `The image ${name} could not be built: ${error.trim()}\n${said.slice(-8).join('\n')}${advice}`;
}
