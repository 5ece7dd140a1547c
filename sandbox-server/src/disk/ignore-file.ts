import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the root of a tree: what of it is not worth keeping, such as caches. */
const ignoreFileName = '.sandgateignore';

interface Rule {
  /** A pattern for each name of a path; `**` stands for any number of them. */
  names: readonly string[];
  onlyDirectories: boolean;
  /** Takes back what a rule before it leaves out. */
  isKept: boolean;
}

/**
 * What a `.sandgateignore` leaves out: a pattern a line as in `.gitignore`, with `*`, `?` and `**`, a slash at the end
 * for directories only, and one before it for a path from the root; a line with `#` first is a comment. With `!` first it
 * keeps what a line before it leaves out, but nothing in a directory that is left out. A backslash before the first
 * character takes that for what it is. There is no `[…]`.
 */
export class IgnoreFile {
  readonly #rules: readonly Rule[];

  constructor(text: string) {
    this.#rules = text.split(/\r?\n/).flatMap(ruleOf);
  }

  /** Of a tree; one that cannot be read leaves nothing out. */
  static in(root: string): IgnoreFile {
    try {
      // A character for each byte, as the paths of a manifest are.
      return new IgnoreFile(readFileSync(join(root, ignoreFileName), 'latin1').slice(0, 64 * 1024));
    } catch {
      return new IgnoreFile('');
    }
  }

  leavesOut(path: string, isDirectory: boolean): boolean {
    const names = path.split('/');
    const last = this.#rules.findLast(
      (rule) => (isDirectory || !rule.onlyDirectories) && matches(rule.names, names, '**', nameMatches),
    );
    return last !== undefined && !last.isKept;
  }
}

function ruleOf(line: string): Rule[] {
  const text = line.trim();
  const isKept = text.startsWith('!');
  const body = text.replace(/^[!\\]/, '').replace(/\/+$/, '');
  if (text.startsWith('#') || body === '') return [];
  const names = body.replace(/^\/+/, '').split('/');
  // Behind the last slash `**` stands for one name at least.
  const whole = names.at(-1) === '**' ? [...names, '*'] : names;
  return [{ names: body.includes('/') ? whole : ['**', ...whole], onlyDirectories: text.endsWith('/'), isKept }];
}

const nameMatches = (pattern: string, name: string) => matches(pattern, name, '*', charMatches);

const charMatches = (pattern: string, char: string) => pattern === '?' || pattern === char;

/**
 * Whether the parts of a pattern are those of a whole, one for one but for the wildcard, which stands for any number of
 * them. Only the last wildcard that was met is tried with more of them, never one before it, which would gain nothing:
 * in time it is a product of both lengths at most, however many there are.
 */
function matches<T extends string | readonly string[]>(
  pattern: T,
  whole: T,
  wildcard: string,
  isMatch: (part: string, of: string) => boolean,
): boolean {
  let [at, position] = [0, 0];
  let behindWildcard: number | undefined;
  let triedFrom = 0;
  while (position < whole.length) {
    const part = pattern[at];
    if (part === wildcard) {
      at += 1;
      behindWildcard = at;
      triedFrom = position;
    } else if (part !== undefined && isMatch(part, whole[position] as string)) {
      at += 1;
      position += 1;
    } else if (behindWildcard !== undefined) {
      at = behindWildcard;
      triedFrom += 1;
      position = triedFrom;
    } else return false;
  }
  while (pattern[at] === wildcard) at += 1;
  return at === pattern.length;
}
