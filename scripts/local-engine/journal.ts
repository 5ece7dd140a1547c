import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { removeGroups } from './cgroup.ts';
import { bootId, findByArgument, identify, isAlive, type ProcessIdentity, poll, signal } from './processes.ts';
import { removeTree } from './removal.ts';

/** What must be cleaned up if the engine is killed: written before a thing exists, erased after it is gone. */
export interface JournalEntry {
  id: string;
  processes: ProcessIdentity[];
  cgroups: string[];
  folder: string;
}

/** A sidecar's published port. workerd remembers it, and goes on asking there after an engine was replaced. */
export interface SidecarPort {
  name: string;
  port: number;
}

interface Record {
  bootId: string;
  engine: ProcessIdentity;
  runFolder: string;
  containers: JournalEntry[];
  sidecars: SidecarPort[];
}

/** The engine's record of its live containers, in one small file that is replaced whole. */
export class Journal {
  readonly #file: string;
  readonly #record: Record;

  private constructor(file: string, runFolder: string, sidecars: SidecarPort[]) {
    this.#file = file;
    const engine = identify(process.pid) as ProcessIdentity;
    this.#record = { bootId: bootId(), engine, runFolder, containers: [], sidecars };
    this.#write();
  }

  /** Opens the journal of a state folder, after clearing away what an engine that was killed left there. */
  static async open(stateFolder: string, runFolder: string): Promise<{ journal: Journal; reaped: number }> {
    const file = `${stateFolder}/journal.json`;
    const left = await reap(file);
    return { journal: new Journal(file, runFolder, left.sidecars), reaped: left.containers.length };
  }

  get sidecars(): readonly SidecarPort[] {
    return this.#record.sidecars;
  }

  putSidecar(sidecar: SidecarPort): void {
    this.#record.sidecars = [...this.#record.sidecars.filter(({ name }) => name !== sidecar.name), sidecar];
    this.#write();
  }

  removeSidecar(name: string): void {
    this.#record.sidecars = this.#record.sidecars.filter((sidecar) => sidecar.name !== name);
    this.#write();
  }

  put(entry: JournalEntry): void {
    this.#record.containers = [...this.#record.containers.filter(({ id }) => id !== entry.id), entry];
    this.#write();
  }

  remove(id: string): void {
    this.#record.containers = this.#record.containers.filter((entry) => entry.id !== id);
    this.#write();
  }

  #write(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#record, null, 2), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

async function reap(file: string): Promise<Pick<Record, 'containers' | 'sidecars'>> {
  const record = parse(file);
  if (!record) return { containers: [], sidecars: [] };
  const sameBoot = record.bootId === bootId();
  if (sameBoot && isAlive(record.engine)) {
    const { pid } = record.engine;
    throw new Error(`the engine with pid ${pid} already uses this state folder; stop it, or choose another --state`);
  }
  if (sameBoot) {
    // Beside those that are recorded, all carry the name of the run folder, which nobody else has, in their arguments.
    const named = ['bwrap', 'socat'].flatMap((program) => findByArgument(program, basename(record.runFolder)));
    const left = [
      ...record.containers.flatMap(({ processes }) => processes).filter(isAlive),
      ...named.flatMap((pid) => identify(pid) ?? []),
    ];
    for (const { pid } of left) signal(pid, 'SIGKILL');
    // A folder that something still writes into cannot be removed.
    await poll(() => !left.some(isAlive), 5000);
    const groups = record.containers.flatMap(({ cgroups }) => cgroups);
    await poll(() => removeGroups(groups), 5000);
  }
  for (const { folder } of record.containers) removeTree(folder);
  rmSync(record.runFolder, { recursive: true, force: true });
  return { containers: record.containers, sidecars: sameBoot ? record.sidecars : [] };
}

function parse(file: string): Record | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
