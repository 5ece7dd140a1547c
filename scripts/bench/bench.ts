import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandgate } from '@sandgate/client';
import { startStack } from '../dev/stack.ts';

/** `npm run bench`: how long a stranger waits, and what stays in memory. Figures of one run on one machine. */
const rounds = 20;
const rows: [what: string, figure: string][] = [];

const folder = mkdtempSync(join(tmpdir(), 'sandgate-bench-'));
const began = performance.now();
let stack = await startStack({ folder });
rows.push(['stack ready, no state yet', ms(performance.now() - began)]);
await stack.close();
const again = performance.now();
stack = await startStack({ folder });
rows.push(['stack ready, state of an earlier run', ms(performance.now() - again)]);

try {
  const client = new Sandgate({ baseUrl: stack.url, apiKey: stack.apiKey });
  await client.sessions.list();
  const idle = memory();
  rows.push(['memory of the idle stack (PSS): engine, Miniflare, workerd', mb(idle)]);

  const created: number[] = [];
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const session = await client.sessions.create({ permissionMode: 'bypass' });
    created.push(performance.now() - start);
    cold.push(await firstOfAgent(session, start));
    warm.push(await firstOfAgent(session, performance.now()));
  }
  rows.push([`create a session (p50, p95 of ${rounds})`, spread(created)]);
  rows.push(['create → first event of the agent, sandbox cold', spread(cold)]);
  rows.push(['chat → first event of the agent, sandbox warm', spread(warm)]);
  const all = memory();
  rows.push([`memory of one idle session (PSS, mean of ${rounds})`, mb((all - idle) / rounds)]);
} finally {
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
}
console.table(Object.fromEntries(rows.map(([what, figure]) => [what, { figure }])));

/** Milliseconds from `start` to the first event that comes from inside the sandbox. */
async function firstOfAgent(session: Awaited<ReturnType<Sandgate['sessions']['create']>>, start: number) {
  let first: number | undefined;
  for await (const event of session.chat('true')) if (event.type === 'tool.call') first ??= performance.now() - start;
  if (first === undefined) throw new Error('The agent said nothing.');
  return first;
}

/** What this process, the engine and all that they started hold, each shared page counted by its share; in bytes. */
function memory(): number {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const children = Map.groupBy(
    processes.map((line) => line.trim().split(/\s+/).map(Number)),
    ([, parent]) => parent,
  );
  const tree = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(([child]) => tree(child ?? 0))];
  return tree(process.pid).reduce((sum, pid) => sum + pss(pid), 0);
}

function pss(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It ended meanwhile.
  }
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function spread(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => ms(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `${at(0.5)}, ${at(0.95)}`;
}
