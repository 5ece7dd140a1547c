import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';

/**
 * What the image copies to /app, which runs with nothing but Node: the server, the process for files, and in chunks what
 * both need and what only some agents do. Each start parses and runs its own part alone.
 */
const { metafile } = await build({
  entryPoints: { server: 'src/main.ts', files: 'src/files.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  metafile: true,
});
// Node would first try to read them as CommonJS.
writeFileSync('dist/package.json', '{ "type": "module" }\n');

const built = [...Object.keys(metafile.outputs).map((path) => basename(path)), 'package.json'];
for (const name of readdirSync('dist')) if (!built.includes(name)) rmSync(`dist/${name}`);
