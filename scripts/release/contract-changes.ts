import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    const named = [base, revision].map((path, index) => {
      const copy = join(folder, `${index}.json`);
      writeFileSync(copy, JSON.stringify(withNamedMembers(JSON.parse(readFileSync(path, 'utf8')))));
      return copy;
    });
    const command = ['diff', ...named, '--format', 'json', '--output', report, '--fail-on', 'none'];
    // From the folder of redocly.yaml, which says what breaks.
    const { status, stderr, error } = spawnSync('redocly', command, { cwd: specification, encoding: 'utf8' });
    if (status !== 0) throw error ?? new Error(stderr);
    return (JSON.parse(readFileSync(report, 'utf8')) as { changes: Change[] }).changes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Document {
  components: { schemas: Record<string, unknown> };
}

/**
 * The document with a name for each member of a union that has none, by its place: redocly takes one that was changed in
 * whatever way for another one.
 */
function withNamedMembers(document: Document): Document {
  const { schemas } = document.components;
  const visit = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => visit(each, `${name}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    const visited = Object.entries(value).map(([key, each]) => [key, visit(each, `${name}.${key}`)]);
    if (!/\.(oneOf|anyOf)\.\d+$/.test(name) || '$ref' in value) return Object.fromEntries(visited);
    schemas[name] = Object.fromEntries(visited);
    return { $ref: `#/components/schemas/${name}` };
  };
  for (const [name, schema] of Object.entries(schemas)) schemas[name] = visit(schema, name);
  return document;
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
