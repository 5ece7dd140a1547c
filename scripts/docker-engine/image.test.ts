import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DockerClient } from './docker-client.ts';
import { buildImage } from './image.ts';

/** An engine that knows images and builds as it is told. */
describe('buildImage', () => {
  let folder: string;
  let server: Server;
  let docker: DockerClient;
  let images: Set<string>;
  let builds: { query: URLSearchParams; context: Buffer }[];
  let answer: object[];
  let keeps: boolean;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandgate-image-'));
    images = new Set();
    builds = [];
    keeps = true;
    answer = [{ stream: 'STEP 1/1: FROM scratch\n' }, { stream: 'COMMIT' }];
    server = createServer(async (request, response) => {
      const url = new URL(request.url ?? '', 'http://docker');
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const name = /^\/images\/(.+)\/json$/.exec(url.pathname)?.[1];
      if (name !== undefined)
        return void response.writeHead(images.has(name) ? 200 : 404).end(JSON.stringify({ message: 'no such image' }));
      builds.push({ query: url.searchParams, context: Buffer.concat(chunks) });
      if (keeps) images.add(url.searchParams.get('t') ?? '');
      response.end(answer.map((line) => `${JSON.stringify(line)}\r\n`).join(''));
    });
    await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
    docker = new DockerClient(join(folder, 's'));
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY dist/server.js /\n');
    writeFileSync(join(folder, 'server.js'), 'one');
  });

  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const build = (onLine: (line: string) => void = () => {}) =>
    buildImage(
      docker,
      { name: 'thing', files: { Dockerfile: join(folder, 'Dockerfile'), 'dist/server.js': join(folder, 'server.js') } },
      onLine,
    );

  it('sends the files under their names in the context, and passes on what is said', async () => {
    const said: string[] = [];
    const image = await build((line) => said.push(line));
    expect(image).toMatch(/^thing:[0-9a-f]{12}$/);
    expect(said).toEqual(['STEP 1/1: FROM scratch', 'COMMIT']);
    expect(builds[0]?.query.get('t')).toBe(image);
    expect(builds[0]?.context.toString('latin1')).toContain('dist/server.js');
  });

  it('builds once, and again as soon as a file changes', async () => {
    const first = await build();
    expect(await build()).toBe(first);
    expect(builds).toHaveLength(1);
    writeFileSync(join(folder, 'server.js'), 'two');
    expect(await build()).not.toBe(first);
    expect(builds).toHaveLength(2);
  });

  it('fails with the words of the build', async () => {
    answer = [{ stream: 'RUN apt-get install nothing' }, { error: 'The command returned a non-zero code: 100' }];
    const failed = build();
    await expect(failed).rejects.toThrow(/thing could not be built: The command.*\nRUN apt-get install nothing$/);
  });

  it('says what to do where the base image cannot be pulled', async () => {
    answer = [{ error: 'pinging container registry registry-1.docker.io: lookup registry-1.docker.io: no such host' }];
    await expect(build()).rejects.toThrow(/no such host.*docker load/s);
  });

  it('does not believe a build that ends without a word', async () => {
    keeps = false;
    await expect(build()).rejects.toThrow('without an image');
  });
});
