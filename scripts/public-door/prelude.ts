import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ourServer = join(import.meta.dirname, '../../sandbox-server/dist/server.js');

/** Writes our server with these lines before its own into a folder. To be given to `startStack` as `server`. */
export function serverWith(prelude: string, folder: string): string {
  const path = join(folder, 'server.js');
  writeFileSync(path, `${prelude}\n${readFileSync(ourServer, 'utf8')}`);
  return path;
}
