import { join } from 'node:path';
import type { Block } from './page.ts';

/**
 * A script that runs each block: they are whole programs, which import the client as its own module does. Blank lines put
 * each line at its number.
 */
export function goProgram(blocks: Block[], root: string): string {
  const scripts = blocks.map(
    ({ line, text }) => `printf '\\0%s\\n' ${line}
cat > "$PWD.${line}.go" <<'END OF THE BLOCK'
${'\n'.repeat(line)}${text}
END OF THE BLOCK
go run -C '${join(root, 'clients/go')}' "$PWD.${line}.go"
`,
  );
  return `set -euo pipefail\n${scripts.join('')}`;
}
