import type { Wire } from '../wire.ts';

/** What the `scripted` agent plays. */
export type Script = object[];

/** One way from an agent to its readers. */
export interface Target {
  readonly name: string;
  /** The processes of the way, without the agent's own server: what their work and memory is, the way costs. */
  readonly pids: number[];
  /** How many readers one session can have, where that is bounded. */
  readonly mostReaders?: number;
  /** A session of its own, warm. */
  open(): Promise<TargetSession>;
  /** A session whose server has yet to be started. Absent where the way has no part in that. */
  openCold?(): Promise<{ session: TargetSession; end?(): Promise<void> }>;
  close(): Promise<void>;
}

export interface TargetSession {
  /** The request for a turn, answered with its events. */
  chat(script: Script): Wire;
  /** Starts a turn that nobody reads yet, and answers its id. */
  start(script: Script): Promise<string>;
  /** The request for the events of a turn, from its first. */
  follow(turnId: string): Wire;
  /** The request for a small JSON answer. */
  small(): { url: string; headers: Record<string, string> };
}

export const warmUp: Script = [{ ticks: { count: 1, atOnce: 1, everyMs: 0 } }];
