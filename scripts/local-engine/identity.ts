import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { bootId, identify, isAlive, type ProcessIdentity } from './processes.ts';

/**
 * Host users of a sandbox. They come from 1 880 000 000 up, a range that no distribution, no /etc/subuid default and
 * no systemd allocation uses, so that a sandbox never owns a file of anybody else.
 */
const FIRST_UID = 1_880_000_000;
const SLOTS = 4096;
/** Ids per slot: server, tools, relays, and one spare. */
const IDS = 4;

/** Inside, the server is user 0 of its own user namespace, and the agent's tools are user 1000. */
export const SERVER_UID = 0;
export const TOOLS_UID = 1000;

export interface Identity {
  slot: number;
  server: number;
  tools: number;
  /** The relays run beside the sandbox, not in it, and as nobody who owns anything. */
  relay: number;
}

export function identityOfSlot(slot: number): Identity {
  const server = FIRST_UID + slot * IDS;
  return { slot, server, tools: server + 1, relay: server + 2 };
}

/** The uid_map and gid_map of a sandbox: two users, one each. */
export function idMap(identity: Identity): string {
  return `${SERVER_UID} ${identity.server} 1\n${TOOLS_UID} ${identity.tools} 1\n`;
}

/** Of each slot that is taken, the engine that has it. */
const SCHEMA =
  'CREATE TABLE IF NOT EXISTS claims (slot INTEGER PRIMARY KEY, pid INTEGER NOT NULL, start INTEGER NOT NULL) STRICT';
/** How long engines that claim at once wait for each other, in milliseconds. Each takes less than one. */
const BUSY_TIMEOUT_MS = 30_000;

/**
 * Hands out identities so that no two live sandboxes of this machine share one, not even those of two engines. A claim
 * counts while the engine that made it lives. The lock around looking and claiming is SQLite's, which goes with its
 * process, in whatever way that ends.
 */
export class Identities {
  readonly #claims: DatabaseSync;
  readonly #owner: ProcessIdentity;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const owner = identify(process.pid);
    if (!owner) throw new Error('/proc is not readable: it must be mounted for the engine to run');
    this.#owner = owner;
    // Of this boot: processes of another are told by other numbers.
    this.#claims = new DatabaseSync(`${folder}/${bootId()}.sqlite`, { timeout: BUSY_TIMEOUT_MS });
    // What a crash of the machine would spoil, the next boot does not read.
    this.#claims.exec(`PRAGMA synchronous = OFF; ${SCHEMA}`);
  }

  claim(): Identity {
    this.#claims.exec('BEGIN IMMEDIATE');
    try {
      this.#dropThoseOfTheDead();
      const slot = this.#freeSlot();
      const { pid, start } = this.#owner;
      this.#claims.prepare('INSERT INTO claims VALUES (?, ?, ?)').run(slot, pid, start);
      this.#claims.exec('COMMIT');
      return identityOfSlot(slot);
    } catch (error) {
      this.#claims.exec('ROLLBACK');
      throw error;
    }
  }

  release({ slot }: Identity): void {
    this.#claims.prepare('DELETE FROM claims WHERE slot = ?').run(slot);
  }

  #dropThoseOfTheDead(): void {
    const engines = this.#claims.prepare('SELECT DISTINCT pid, start FROM claims').all();
    const drop = this.#claims.prepare('DELETE FROM claims WHERE pid = ? AND start = ?');
    for (const { pid, start } of engines as { pid: number; start: number }[])
      if (!isAlive({ pid, start })) drop.run(pid, start);
  }

  #freeSlot(): number {
    const claims = this.#claims.prepare('SELECT slot FROM claims').all();
    const taken = new Set(claims.map(({ slot }) => slot));
    for (let slot = 0; slot < SLOTS; slot++) if (!taken.has(slot)) return slot;
    throw new Error(`all ${SLOTS} sandbox identities of this machine are in use`);
  }
}
