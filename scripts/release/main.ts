import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../dev/command-line.ts';
import { versionOf, writeVersion } from './version.ts';

/**
 * `npm run release`: makes the next version of the changesets, to be looked at and committed. The changelog has their text,
 * all say the version, and what comes later is held against the contract as it is now. Publishes nothing.
 */
commandLine({
  name: 'npm run release',
  about: 'Makes the next version of the changesets, to be looked at and committed. Publishes nothing.',
  options: {},
});

const root = join(import.meta.dirname, '../..');
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

run('changeset', 'version');
writeVersion(root);
run('biome', 'check', '--write', 'CHANGELOG.md');
run('npm', 'run', '--silent', 'generate');
copyFileSync(join(root, 'api-spec/openapi.json'), join(root, 'api-spec/released/openapi.json'));
console.log(`This is Sandgate ${versionOf(root)}: look at it, and commit.`);
