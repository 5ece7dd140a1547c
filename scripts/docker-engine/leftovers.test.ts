import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DockerClient } from './docker-client.ts';
import { removeContainers } from './leftovers.ts';

it('removes what is ours, each sandbox before its sidecar, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-leftovers-'));
  const removed: string[] = [];
  const named = (Id: string, name: string) => ({ Id, Names: [`/${name}`] });
  const server = createServer((request, response) => {
    const id = /^\/containers\/(\w+)\?/.exec(request.url ?? '')?.[1] ?? '';
    if (request.method === 'GET')
      // As a filter that matches anywhere in a name answers.
      return void response.end(
        JSON.stringify([
          named('sidecar', 'workerd-sandgate-aa-1-proxy'),
          named('app', 'workerd-sandgate-aa-1'),
          named('gone', 'workerd-sandgate-aa-2'),
          named('other', 'my-workerd-sandgate-aa-1'),
        ]),
      );
    if (id === 'gone') return void response.writeHead(404).end('{"message": "no such container"}');
    removed.push(id);
    response.writeHead(204).end();
  });
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
  expect(await removeContainers(new DockerClient(join(folder, 's')), 'workerd-sandgate-aa-')).toBe(3);
  expect(removed).toEqual(['app', 'sidecar']);
});
