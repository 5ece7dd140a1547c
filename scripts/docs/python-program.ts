import { Listing } from './listing.ts';
import type { Block } from './page.ts';

/** The blocks as one script. */
export function pythonProgram(blocks: Block[], preludes: Block[]): string {
  const listing = new Listing();
  for (const { line, text } of preludes) listing.put(line + 1, text);
  for (const { line, text } of blocks) {
    listing.put(line, `print("\\x00${line}", flush=True)`);
    listing.put(line + 1, text);
  }
  return listing.toString();
}
