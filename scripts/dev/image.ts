import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const built = resolve(import.meta.dirname, '../../sandbox-server/dist');

/**
 * What is at /app in a sandbox: what `sandbox-server` is built to, by where it lies on this machine.
 *
 * @param server in the place of our own, for tests.
 */
export function appFiles(server?: string): Record<string, string> {
  const ours = Object.fromEntries(readdirSync(built).map((name) => [name, join(built, name)]));
  return server === undefined ? ours : { ...ours, 'server.js': server };
}

/** Lays out what the local engine runs in the place of the Dockerfile's image: our server, or another, as its command. */
export function layOutImage(folder: string, server?: string): void {
  const app = join(folder, 'app');
  mkdirSync(app, { recursive: true, mode: 0o755 });
  // Of the build before; what else somebody put there, as Claude's SDK, is in folders.
  for (const entry of readdirSync(app, { withFileTypes: true })) if (entry.isFile()) rmSync(join(app, entry.name));
  for (const [name, path] of Object.entries(appFiles(server))) cpSync(path, join(app, name));
  const image = { cmd: ['/usr/local/bin/node', '/app/server.js'], env: {}, exposedPorts: [8080] };
  writeFileSync(join(folder, 'image.json'), `${JSON.stringify(image, null, 2)}\n`);
}
