import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `redocly diff` reports of one difference, as far as it is read here. */
interface Change {
  path: string;
  kind: 'added' | 'removed' | 'modified';
  impact: 'major' | 'minor' | 'patch';
  verdicts: { ruleId: string; message: string }[];
}

const specification = join(import.meta.dirname, '../../api-spec');

/**
 * What may break a client that was made for the document `base` where the server follows `revision`, one line each.
 *
 * @throws where a document cannot be read
 */
export function breakingChanges(base: string, revision: string): string[] {
  return compare(base, revision)
    .filter((change) => change.impact === 'major' && !isAnotherKind(change))
    .map(({ path, verdicts }) => `${verdicts.map(({ message }) => message).join(' ')}\n    ${readable(path)}`);
}

function compare(base: string, revision: string): Change[] {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-diff-'));
  try {
    const report = join(folder, 'report.json');
    const command = ['diff', base, revision, '--format', 'json', '--output', report, '--fail-on', 'none'];
    // From the folder of redocly.yaml, which says what breaks.
    const { status, stderr, error } = spawnSync('redocly', command, { cwd: specification, encoding: 'utf8' });
    if (status !== 0) throw error ?? new Error(stderr);
    return (JSON.parse(readFileSync(report, 'utf8')) as { changes: Change[] }).changes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another kind of event, for instance: clients hand on those that they do not know. No rule of redocly's tells it apart. */
function isAnotherKind({ kind, path, verdicts }: Change): boolean {
  return (
    kind === 'added' &&
    /\/(oneOf|anyOf)\/\d+$/.test(path) &&
    verdicts.every(({ ruleId }) => ruleId === 'schema-combinator-changed')
  );
}

/** A JSON pointer (RFC 6901) without its escapes. */
function readable(pointer: string): string {
  return pointer.replaceAll('~1', '/').replaceAll('~0', '~');
}
