import { join } from 'node:path';
import { Listing } from './listing.ts';
import type { Block } from './page.ts';

/** The blocks as one script: the first command that fails ends it. */
export function shellProgram(blocks: Block[], root: string): string {
  const listing = new Listing();
  listing.put(1, 'set -euo pipefail;');
  for (const { line, endLine, text, folder, fails } of blocks) {
    listing.put(line, `printf '\\0%s\\n' ${line};`);
    if (folder) listing.put(line, `here=$PWD; cd '${join(root, folder)}';`);
    if (fails) listing.put(line, 'if (');
    listing.put(line + 1, text);
    if (fails) listing.put(endLine, '); then echo "This should have failed." >&2; exit 1; fi;');
    if (folder) listing.put(endLine, 'cd "$here";');
  }
  return listing.toString();
}
