import type { Answer } from './agent.ts';

/** What an agent needs to go on with a call, should it give up its process while a person is asked about it. */
export interface Parking {
  /** Kept as JSON. */
  state: unknown;
  /** Whether nothing else of the turn is under way, which would be lost. So it is unless told. */
  isAlone?(): boolean;
}

/** What a parked turn goes on with: what the agent left, and the answer to what it asked then. */
export interface Resumed {
  state: unknown;
  answer: Answer;
}

/** Thrown at an agent that waits for an answer: it ends its process and throws this on. */
export class Parked extends Error {
  override readonly name = 'Parked';
}
