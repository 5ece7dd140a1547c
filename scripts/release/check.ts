import { join } from 'node:path';
import { readChangesets } from '@changesets/read';
import { breakingChanges } from './contract-changes.ts';
import { outdated, versionOf } from './version.ts';

/**
 * Holds the contract against that of the last release, `api-spec/released/openapi.json`: what breaks clients has to be
 * announced, by a changeset that says `major`. And all have to say the same version. Run by `npm run check`.
 */
const root = join(import.meta.dirname, '../..');
const breaking = breakingChanges(join(root, 'api-spec/released/openapi.json'), join(root, 'api-spec/openapi.json'));
const changesets = await readChangesets(root);
const isAnnounced = changesets.some(({ releases }) => releases.some(({ type }) => type === 'major'));

for (const change of breaking) console.log(change);
if (breaking.length > 0 && !isAnnounced)
  fail('This breaks clients of the last release, and no changeset says so (major).');
const wrong = outdated(root);
if (wrong.length > 0) fail(`The version is ${versionOf(root)}, and these say another: ${wrong.join(', ')}.`);

function fail(reason: string): void {
  console.log(`\n${reason}`);
  process.exitCode = 1;
}
