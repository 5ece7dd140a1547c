import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Block } from './page.ts';

const limitMs = 300_000;

/** Of a line that nobody reads: a bundle is one. */
const longRest = /(?<=^.{300}).+$/gm;

export interface Command {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

export interface Outcome {
  /** What each block printed, by its line, in the order in which they began. */
  printed: Map<number, string>;
  /** Why the block that began last did not end well. */
  failure?: string;
}

/** Runs the blocks of a page in one language. Each begins by printing a NUL and its line. */
export async function run({ command, args, cwd, env }: Command): Promise<Outcome> {
  const program = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(program, 'close');
  const chunks: Record<'out' | 'err', Buffer[]> = { out: [], err: [] };
  program.stdout.on('data', (chunk: Buffer) => chunks.out.push(chunk));
  program.stderr.on('data', (chunk: Buffer) => chunks.err.push(chunk));
  const end = () => {
    try {
      if (program.pid) process.kill(-program.pid, 'SIGKILL');
    } catch {
      // It is over, and left nothing behind.
    }
  };
  const timer = setTimeout(end, limitMs);
  const [code, signal] = (await once(program, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  end(); // What a block left in the background.
  await closed;
  const [, ...parts] = Buffer.concat(chunks.out).toString().split('\0');
  const printed = new Map(
    parts.map((part) => {
      const [line = ''] = part.split('\n', 1);
      return [Number(line), part.slice(line.length + 1)];
    }),
  );
  if (code === 0) return { printed };
  const said = Buffer.concat(chunks.err).toString().trimEnd().replaceAll(longRest, '…');
  return { printed, failure: `${signal ? `ended by ${signal}` : `exit code ${code}`}\n${said}` };
}

/** The block that ran last: where a program failed, it failed there. */
export function lastBegun(blocks: Block[], { printed }: Outcome): Block | undefined {
  const line = [...printed.keys()].at(-1);
  return blocks.find((block) => block.line === line) ?? blocks[0];
}
