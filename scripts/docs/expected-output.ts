import type { Code } from 'mdast';

/**
 * Whether something printed is what a page says. In text, `…` stands for anything in a line, and alone for any lines. Of
 * JSON a page may leave out fields, and `…` in a string stands for anything.
 */
export function isAsExpected({ lang, value }: Pick<Code, 'lang' | 'value'>, printed: string): boolean {
  if (lang !== 'json') return matches(value.trimEnd(), printed.trimEnd());
  try {
    return holds(JSON.parse(value), JSON.parse(printed));
  } catch {
    return false;
  }
}

function matches(pattern: string, text: string): boolean {
  const source = `${pattern}\n`
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll(/^ *… *\n/gm, '(?:.*\n)*')
    .replaceAll('…', '.*');
  return new RegExp(`^${source}$`).test(`${text}\n`);
}

function holds(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'string') return typeof actual === 'string' && matches(expected, actual);
  if (expected === null || typeof expected !== 'object') return expected === actual;
  if (actual === null || typeof actual !== 'object' || Array.isArray(expected) !== Array.isArray(actual)) return false;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([name, value]) => holds(value, (actual as Record<string, unknown>)[name]));
}
