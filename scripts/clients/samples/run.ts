import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Language, pathOf } from './sample.ts';

const clients = join(import.meta.dirname, '../../../clients');

/** How long a sample may take, in milliseconds: Go has to build it first. */
const timeoutMs = 120_000;

/** Runs the text of a sample as its language does, and answers what it prints. @throws where it fails */
export async function run(language: Language, name: string, source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-sample-'));
  try {
    const { command, cwd } = commandOf(language, name, source, folder);
    const [program = '', ...args] = command;
    const signal = AbortSignal.timeout(timeoutMs);
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], signal });
    const [printed, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    if (code !== 0) throw new Error(`It ended with ${code}:\n${printed}${said}`);
    return printed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandOf(language: Language, name: string, source: string, folder: string) {
  if (language === 'curl') return { command: ['sh', '-c', source], cwd: clients };
  if (language === 'python') return { command: ['.venv/bin/python', '-c', source], cwd: join(clients, 'python') };
  if (language === 'typescript') {
    const evaluate = ['--input-type=module-typescript', '--eval', source];
    return {
      command: [process.execPath, '--disable-warning=ExperimentalWarning', ...evaluate],
      cwd: join(clients, 'typescript'),
    };
  }
  // The file is read from elsewhere, so that it may hold other names and is still part of its module.
  const [overlay, changed] = [join(folder, 'overlay.json'), join(folder, 'main.go')];
  writeFileSync(changed, source);
  writeFileSync(overlay, JSON.stringify({ Replace: { [pathOf(language, name)]: changed } }));
  return { command: ['go', 'run', '-overlay', overlay, `./samples/${name}`], cwd: join(clients, 'go') };
}
