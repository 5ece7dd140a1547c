import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../dev/command-line.ts';
import type { Bench, Row } from './row.ts';
import { agentNames, agents } from './rows/agents.ts';
import { type AuthBench, auth } from './rows/auth.ts';
import { type DiskBench, disk } from './rows/disk.ts';
import { firstEvent } from './rows/first-event.ts';
import { largeFile } from './rows/large-file.ts';
import { latency } from './rows/latency.ts';
import { limitedNeighbour } from './rows/limited-neighbour.ts';
import { sessionMemory } from './rows/memory.ts';
import { replay } from './rows/replay.ts';
import { smallJson } from './rows/small-json.ts';
import { startUp } from './rows/start-up.ts';
import { stuckReaders } from './rows/stuck-readers.ts';
import { subscribers } from './rows/subscribers.ts';
import { throughput } from './rows/throughput.ts';
import { Table } from './table.ts';
import { BareServers } from './targets/bare-server.ts';
import { bareWorker } from './targets/bare-worker.ts';
import { direct } from './targets/direct.ts';
import { gateway } from './targets/gateway.ts';
import { nginx } from './targets/nginx.ts';
import { passThrough } from './targets/pass-through.ts';
import type { Target } from './targets/target.ts';

/**
 * `npm run bench`: what the gateway costs, against the sandbox server itself, nginx and Workers that store nothing, each in
 * turns with the others. Rows are printed as they are found. `--quick` shows that all of it runs, with figures that mean nothing.
 */
const rows: Record<string, (bench: Bench) => AsyncIterable<Row>> = {
  memory: sessionMemory, // Before others have it grow: what was taken once is kept.
  throughput,
  latency,
  'first-event': firstEvent,
  'small-json': smallJson,
  'limited-neighbour': limitedNeighbour,
  replay,
  subscribers,
  'stuck-readers': stuckReaders,
  'start-up': startUp,
};

/** What is done to disks and files, with yardsticks of its own. A large file takes minutes: only for those who ask. */
const diskRows: Record<string, (bench: DiskBench) => AsyncIterable<Row>> = { disk, 'large-file': largeFile };

/** What the gateway does of its own, against itself where it need not. */
const ownRows: Record<string, (bench: AuthBench) => AsyncIterable<Row>> = { auth };

/** What is measured by agent, in a table of its own; that Claude's SDK is installed for it is for those who ask. */
const byAgent = 'agents';

const known = [...Object.keys(rows), ...Object.keys(ownRows), ...Object.keys(diskRows), byAgent];

const values = commandLine({
  name: 'npm run bench',
  about: 'What the gateway costs, against the bare server, nginx and Workers that store nothing.',
  options: {
    quick: { type: 'boolean', about: 'shows that all of it runs, with figures that mean nothing' },
    rounds: { type: 'number', about: 'how often each is measured; 3 unless told' },
    only: { type: 'list', about: `what is measured, all but large-file and ${byAgent} unless told`, oneOf: known },
    storage: { type: 'list', about: 'where state is', oneOf: ['memory', 'disk'], default: ['memory', 'disk'] },
  },
});
const storages = { memory: '/dev/shm', disk: tmpdir() };
const rounds = values.rounds ?? (values.quick ? 1 : 3);
const sizes = values.quick
  ? { scale: 0.01, sessionCounts: [1, 2], readerCounts: [1, 3], stuckReaders: 3 }
  : { scale: 1, sessionCounts: [1, 8, 40], readerCounts: [1, 10, 100, 1000], stuckReaders: 100 };
const workspaces = [
  { files: 100, bytesEach: 10_000 },
  { files: 5000, bytesEach: 10_000 },
  { files: 500, bytesEach: 1_000_000 },
].slice(0, values.quick ? 1 : 3);
const names = values.only ?? [...Object.keys(rows), 'auth', 'disk'];
const say = (text: string) => process.stderr.write(`${text}\n`);
const load = () => loadavg()[0]?.toFixed(1);

for (const storage of values.storage) {
  const root = storages[storage];
  console.log(`\n## State ${storage === 'memory' ? 'in memory' : 'on disk'} (${root}, ${fileSystem(root)})\n`);
  console.log(`${availableParallelism()} cores, load average at the start ${load()}; medians of ${rounds} rounds.`);
  if (names.some((name) => name in rows)) await runStreams(root);
  if (names.some((name) => name in ownRows)) await runOwn(root);
  if (names.some((name) => name in diskRows)) await runDisk(root);
  if (names.includes(byAgent)) await runAgents(root);
  console.log(`\nLoad average at the end ${load()}.`);
}
process.exit(0);

async function runStreams(root: string): Promise<void> {
  const folder = mkdtempSync(join(root, 'sandgate-bench-'));
  const servers = new BareServers(folder);
  const targets: Target[] = [];
  try {
    targets.push(direct(servers, folder));
    const proxy = await nginx(servers, folder);
    if (typeof proxy === 'string') console.log(`nginx ${proxy}.`);
    else targets.push(proxy);
    targets.push(await bareWorker(servers));
    const sandgate = await gateway(join(folder, 'state'));
    targets.push(sandgate);
    targets.splice(-1, 0, await passThrough(sandgate.stack.engine, join(folder, 'pass-through')));
    const bench: Bench = { targets, gateway: sandgate, servers, folder, rounds, ...sizes };
    const table = new Table(
      targets.map(({ name }) => name),
      ['pass-through', 'direct'],
    );
    console.log(`\n${table.head}`);
    for (const [name, measure] of Object.entries(rows)) {
      if (!names.includes(name)) continue;
      say(`${name} …`);
      for await (const row of measure(bench)) console.log(table.row(row));
    }
  } finally {
    for (const target of targets) await target.close();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runOwn(root: string): Promise<void> {
  const folder = mkdtempSync(join(root, 'sandgate-bench-'));
  const sandgate = await gateway(join(folder, 'state'));
  try {
    const table = new Table(['gateway', 'no key'], ['no key']);
    console.log(`\n${table.head}`);
    for (const [name, measure] of Object.entries(ownRows)) {
      if (!names.includes(name)) continue;
      say(`${name} …`);
      for await (const row of measure({ gateway: sandgate, rounds, scale: sizes.scale })) console.log(table.row(row));
    }
  } finally {
    await sandgate.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runDisk(root: string): Promise<void> {
  const folder = mkdtempSync(join(root, 'sandgate-bench-'));
  const sandgate = await gateway(join(folder, 'state'));
  try {
    const table = new Table(['gateway', 'tar', 'cp'], ['tar', 'cp']);
    console.log(`\n${table.head}`);
    for (const [name, measure] of Object.entries(diskRows)) {
      if (!names.includes(name)) continue;
      say(`${name} …`);
      for await (const row of measure({ gateway: sandgate, folder, rounds, workspaces })) console.log(table.row(row));
    }
  } finally {
    await sandgate.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAgents(root: string): Promise<void> {
  const folder = mkdtempSync(join(root, 'sandgate-bench-'));
  try {
    const table = new Table(agentNames, []);
    console.log(`\n${table.head}`);
    say(`${byAgent} …`);
    for await (const row of agents({ folder, rounds })) console.log(table.row(row));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As far as it can be told by its magic number (statfs(2)). */
function fileSystem(path: string): string {
  const names: Record<number, string> = { 16914836: 'tmpfs', 61267: 'ext4', 2435016766: 'btrfs', 1481003842: 'xfs' };
  return names[statfsSync(path).type] ?? 'another file system';
}
