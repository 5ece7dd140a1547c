import type { Random } from '../random.ts';
import type { Session } from '../session.ts';
import type { Trials } from '../trials.ts';
import type { World } from '../world.ts';

/** Where and when a fault strikes. */
export interface Target {
  world: World;
  sessions: readonly Session[];
  round: number;
  random: Random;
  trials: Trials;
}

/** Something that goes wrong, and is over again when `strike` resolves. */
export interface Fault {
  name: string;
  /** What it stands for, in a sentence. */
  sentence: string;
  /** Why it cannot be had here, if so. */
  missing?(world: World): string | undefined;
  /** Answers what it did, in words. */
  strike(target: Target): Promise<string>;
}
