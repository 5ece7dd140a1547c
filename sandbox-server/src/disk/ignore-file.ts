import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the root of a tree: what of it is not worth keeping, such as caches. */
const ignoreFileName = '.sandgateignore';

interface Rule {
  pattern: RegExp;
  onlyDirectories: boolean;
}

/**
 * What a `.sandgateignore` leaves out: a pattern a line as in `.gitignore`, with `*`, `?` and `**`, a slash at the end
 * for directories only, and one before it for a path from the root; a line with `#` first is a comment. There is no `!`.
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
    return this.#rules.some((rule) => (isDirectory || !rule.onlyDirectories) && rule.pattern.test(path));
  }
}

function ruleOf(line: string): Rule[] {
  const text = line.trim();
  const body = text.replace(/\/+$/, '');
  if (text.startsWith('#') || body === '') return [];
  const fromRoot = body.includes('/');
  const source = body
    .replace(/^\/+/, '')
    .split('/')
    .map((part) => (part === '**' ? '(?:.*)' : part.split('').map(charSource).join('')))
    .join('/')
    .replaceAll('(?:.*)/', '(?:.*/)?');
  return [
    { pattern: new RegExp(`^${fromRoot ? '' : '(?:.*/)?'}${source}$`, 's'), onlyDirectories: text.endsWith('/') },
  ];
}

function charSource(char: string): string {
  if (char === '*') return '[^/]*';
  return char === '?' ? '[^/]' : char.replace(/[\\^$.|+()[\]{}]/, '\\$&');
}
