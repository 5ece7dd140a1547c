import { Listing } from './listing.ts';
import type { Block } from './page.ts';

const importLine = /^import .*;$/gm;

/**
 * The blocks as one module, each within the one before it: it sees what that declared, and may give a name anew. Imports
 * move to the first line.
 */
export function typescriptProgram(blocks: Block[], preludes: Block[]): string {
  const listing = new Listing();
  const parts = [...blocks, ...preludes];
  const imports = new Set(parts.flatMap(({ text }) => text.match(importLine) ?? []));
  listing.put(1, [...imports, 'export {};'].join(' '));
  for (const { line, text } of blocks) {
    listing.put(line, `{ process.stdout.write('\\x00${line}\\n');`);
    listing.put(line + 1, text.replaceAll(importLine, ''));
  }
  for (const { line, text } of preludes) listing.put(line + 1, text.replaceAll(importLine, ''));
  listing.put(Math.max(...parts.map(({ endLine }) => endLine)) + 1, '}'.repeat(blocks.length));
  return listing.toString();
}
