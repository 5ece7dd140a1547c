import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from './session.ts';
import { memoryOf, type World } from './world.ts';

/** The most memory that something had, in bytes: in a round without faults, and ever. */
export interface Peak {
  calm: number;
  most: number;
}

/** Looks at what is taken by workerd, and by whichever server in a sandbox takes most. */
export class MemoryWatch {
  readonly workerd: Peak = { calm: 0, most: 0 };
  readonly sandboxServer: Peak = { calm: 0, most: 0 };
  readonly #world: World;
  readonly #sessions: readonly Session[];

  constructor(world: World, sessions: readonly Session[]) {
    this.#world = world;
    this.#sessions = sessions;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#look();
      await sleep(1000, undefined, { signal }).catch(() => {});
    }
  }

  /** What was seen so far was calm. */
  setCalm(): void {
    for (const peak of [this.workerd, this.sandboxServer]) peak.calm = peak.most;
  }

  #look(): void {
    const servers = this.#world.sandboxServers(this.#sessions.map(({ id }) => id));
    this.workerd.most = Math.max(this.workerd.most, memoryOf(this.#world.workerd()));
    this.sandboxServer.most = Math.max(this.sandboxServer.most, ...servers.map(memoryOf));
  }
}
