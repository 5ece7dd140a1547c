import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lays out what the local engine runs in the place of the Dockerfile's image: a server, as its command. */
export function layOutImage(folder: string, server: string): void {
  mkdirSync(join(folder, 'app'), { recursive: true, mode: 0o755 });
  cpSync(server, join(folder, 'app/server.js'));
  writeFileSync(join(folder, 'app/package.json'), '{ "type": "module" }\n');
  const image = { cmd: ['/usr/local/bin/node', '/app/server.js'], env: {}, exposedPorts: [8080] };
  writeFileSync(join(folder, 'image.json'), `${JSON.stringify(image, null, 2)}\n`);
}
