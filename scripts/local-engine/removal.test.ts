import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asUnprivileged } from '../public-door/unprivileged-user.ts';
import { removeTree } from './removal.ts';

const unwritable = `mkdir -p "$1/a/b" "$1/closed/inner"; touch "$1/a/b/file" "$1/a/$(printf '\\377')" "$1/closed/inner/file"
  chmod 500 "$1/a/b" "$1/a"; chmod 000 "$1/closed/inner" "$1/closed"`;

it('removes also what its owner may not write to or look into, as any user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-removal-'));
  const tree = join(folder, 'tree');
  const program = `import { removeTree } from ${JSON.stringify(join(import.meta.dirname, 'removal.ts'))}; removeTree(process.argv[1]);`;
  const [command = '', ...become] = process.getuid?.() === 0 ? asUnprivileged : ['env'];
  execFileSync('chmod', ['777', folder]);
  execFileSync(command, [...become, 'sh', '-c', unwritable, 'sh', tree]);
  execFileSync(command, [...become, process.execPath, '--input-type=module', '-e', program, tree]);
  expect(existsSync(tree)).toBe(false);
  removeTree(tree);
  removeTree(folder);
});
