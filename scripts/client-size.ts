import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A check: what a page that uses the client has to load of it, which is all of it, minified. */
const limitBytes = 8000;
const bytes = gzipSync(readFileSync(join(import.meta.dirname, '../clients/typescript/dist/index.js'))).length;
console.log(`${bytes} bytes gzipped, of at most ${limitBytes}`);
process.exitCode = bytes <= limitBytes ? 0 : 1;
