import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, type ProcessIdentity } from './processes.ts';

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

/**
 * Hands out identities so that no two live sandboxes of this machine share one, not even those of two engines.
 * A claim is a file named by the slot; it counts while the engine that wrote it lives.
 */
export class Identities {
  readonly #folder: string;
  readonly #owner: ProcessIdentity;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const owner = identify(process.pid);
    if (!owner) throw new Error('/proc is not readable: it must be mounted for the engine to run');
    this.#owner = owner;
  }

  claim(): Identity {
    for (let slot = 0; slot < SLOTS; slot++) {
      if (this.#take(slot)) return identityOfSlot(slot);
    }
    throw new Error(`all ${SLOTS} sandbox identities of this machine are in use`);
  }

  release(identity: Identity): void {
    rmSync(this.#file(identity.slot), { force: true });
  }

  #take(slot: number): boolean {
    const file = this.#file(slot);
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const descriptor = openSync(file, 'wx', 0o600);
        writeFileSync(descriptor, JSON.stringify(this.#owner));
        closeSync(descriptor);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (!this.#isStale(file)) return false;
      rmSync(file, { force: true });
    }
    return false;
  }

  #isStale(file: string): boolean {
    try {
      return !isAlive(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Half written by another engine at this very moment: leave it alone.
      return false;
    }
  }

  #file(slot: number): string {
    return `${this.#folder}/${slot}`;
  }
}
